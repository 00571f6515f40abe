#include "maps/ranked_places.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "maps/picture_files.h"
#include "tests/maps/synthetic_picture.h"
#include "tests/maps/temporary_folder.h"

namespace lagesbild::maps {
namespace {

using testing::MakeSyntheticPicture;
using testing::SyntheticPicture;
using testing::TemporaryFolder;

bool Holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Every hot place of the picture with figures of its own.
geo::PlaceList ListOf(const SyntheticPicture& made) {
  geo::PlaceList list;
  list.variants.resize(8);
  list.earlier = {{2026, 2}, {2026, 1}};
  for (const geo::PictureLayer& layer : made.picture.layers) {
    for (const geo::HotPlace& hot : geo::HotPlaces(layer, made.picture.grid))
      list.places.push_back({.group = layer.group.code,
                             .place = hot,
                             .interval = {2.5, 14.5},
                             .variants = 8,
                             .hot_variants = 6,
                             .stability = 0.75,
                             .leans_on = {},
                             .tested_quarters = 2,
                             .hot_quarters = 1});
    geo::GroupSpread spread{layer.group.code, std::nullopt, std::nullopt};
    if (layer.tested) {
      spread.power.emplace();
      spread.power->at_this_number = {5, 0.4, 0.2, 20};
      spread.power->asked_ratio = 10;
      spread.power->least_incidents = 61;
      spread.concentration.emplace();
      spread.concentration->generalized_gini = 0.31;
      spread.concentration->places = 120;
      spread.concentration->places_with_half = 4;
    }
    list.groups.push_back(spread);
  }
  return list;
}

TEST(RankPlaces, FollowsTheRingsOfTheReportAndSaysWhatAPlaceRestsOn) {
  const SyntheticPicture made = MakeSyntheticPicture();
  const auto ranked = RankPlaces(made.picture, ListOf(made), made.metadata, made.reference);
  ASSERT_GE(ranked.size(), 2U);
  for (std::size_t i = 0; i < ranked.size(); ++i) EXPECT_EQ(ranked[i].rank, static_cast<int>(i) + 1);
  EXPECT_TRUE(Holds(ranked[0].name, "Östervåla (vid Östervåla skola)")) << ranked[0].name;
  EXPECT_TRUE(Holds(ranked[0].sentence, "Kvar i 6 av 8 omdragningar")) << ranked[0].sentence;
  EXPECT_TRUE(Holds(ranked[0].sentence, "het i 1 av 2 tidigare kvartal")) << ranked[0].sentence;
}

TEST(RankPlaces, NamesAStreetButNoneOfAFewHomes) {
  SyntheticPicture made = MakeSyntheticPicture();
  const geo::PlaceList list = ListOf(made);
  const geo::PlanePoint center = list.places.at(0).place.center;
  for (int i = 0; i < 4; ++i) made.reference.street_addresses.push_back({"Gårdsvägen", center});
  EXPECT_FALSE(Holds(RankPlaces(made.picture, list, made.metadata, made.reference)[0].name, "Gårdsvägen"));
  for (int i = 0; i < 5; ++i) made.reference.street_addresses.push_back({"Skolgatan", center});
  EXPECT_TRUE(Holds(RankPlaces(made.picture, list, made.metadata, made.reference)[0].name, ", Skolgatan"));
}

TEST(RestsOnSentence, WarnsOfOneReporterAndOfAPile) {
  PictureMetadata metadata;
  metadata.reporters = {{"POLIS", "Polisen"}};
  geo::ListedPlace place;
  place.variants = 8;
  place.hot_variants = 5;
  place.leans_on = {"POLIS"};
  place.largest_repeat = 6;
  place.pile_up = true;
  EXPECT_EQ(
      RestsOnSentence(place, metadata),
      "Kvar i 5 av 8 omdragningar; vilar på Polisen: utan den syns platsen inte; 6 händelser har samma läge "
      "(upphopning, kontrollera adressen); inget tidigare kvartal kunde prövas.");
  place.pile_up = false;
  place.leans_on_repeats = true;
  EXPECT_TRUE(Holds(RestsOnSentence(place, metadata), "syns inte utan de lägen som upprepas"));
}

TEST(RankedPlacesTable, HasARowForEachPlace) {
  const SyntheticPicture made = MakeSyntheticPicture();
  const geo::PlaceList list = ListOf(made);
  const auto ranked = RankPlaces(made.picture, list, made.metadata, made.reference);
  const ReportTable table = RankedPlacesTable(list, ranked);
  ASSERT_EQ(table.rows.size(), ranked.size());
  for (const ReportRow& row : table.rows) EXPECT_EQ(row.cells.size(), table.columns.size());
  EXPECT_EQ(std::get<std::string>(table.rows[0].cells[3].content), "2,5–14,5");
  EXPECT_EQ(std::get<std::string>(table.rows[0].cells[6].content), "6 av 8");
}

TEST(PowerSection, TellsOfTestedGroupsWhatCouldBeSeen) {
  const SyntheticPicture made = MakeSyntheticPicture();
  const ReportSection section = PowerSection(made.picture, ListOf(made));
  const auto tested = std::count_if(made.picture.layers.begin(), made.picture.layers.end(),
                                    [](const geo::PictureLayer& layer) {
                                      return layer.tested && layer.group.kind == geo::AgeGroupKind::kHeadline;
                                    });
  ASSERT_EQ(section.items.size(), static_cast<std::size_t>(tested));
  EXPECT_TRUE(Holds(section.items[0], "märks ut från 5 händelser (väntat 0,40)")) << section.items[0];
  EXPECT_TRUE(Holds(section.items[0], "Hälften av händelserna ligger i 4 rutor av 120")) << section.items[0];
  EXPECT_TRUE(PowerSection(made.picture, {}).items.empty());
}

TEST(WritePictureFiles, PutsTheRankedPlacesIntoGeoPackageProjectAndReport) {
  const SyntheticPicture made = MakeSyntheticPicture();
  const TemporaryFolder folder;
  const geo::PlaceList list = ListOf(made);
  const auto files = WritePictureFiles(made.picture, made.metadata, made.reference, folder / "with", list);
  ASSERT_FALSE(files.empty());
  EXPECT_TRUE(std::filesystem::exists(files[0].path));
  const VectorLayer layer = RankedPlacesLayer(made.picture, made.metadata, list,
                                              RankPlaces(made.picture, list, made.metadata, made.reference));
  ASSERT_FALSE(layer.features.empty());
  for (const Feature& feature : layer.features) EXPECT_EQ(feature.values.size(), layer.fields.size());
  const std::string report = ReportHtml(MakeInternalReport(
      made.picture, made.metadata, made.reference,
      MakeLegend(made.picture.options.kernel, made.picture.options.bandwidth, made.picture.options.test),
      list));
  EXPECT_TRUE(Holds(report, "Platser i rangordning"));
  EXPECT_TRUE(Holds(report, "Vad prövningen kunde se"));
}

}  // namespace
}  // namespace lagesbild::maps
