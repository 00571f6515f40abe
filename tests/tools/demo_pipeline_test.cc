#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "geo/geocoder.h"
#include "service/import.h"
#include "service/register_index_cache.h"
#include "service/runs.h"
#include "service/store.h"
#include "tools/demo_data/deliveries.h"
#include "tools/demo_data/demo_data.h"
#include "tools/demo_data/score.h"

// The whole path on the demo's files, without a server: registers, deliveries, pictures, score.

namespace lagesbild::tools::demo {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNow = "2026-11-25T12:00:00Z";

std::string Text(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// Lines after the header, cut at semicolons.
std::vector<std::vector<std::string>> Lines(const fs::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  std::vector<std::vector<std::string>> lines;
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    lines.emplace_back();
    for (std::string cell; std::getline(cells, cell, ';');) lines.back().push_back(cell);
    lines.back().resize(std::max<std::size_t>(lines.back().size(), 5));
  }
  return lines;
}

class DemoPipeline : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    root_ = fs::temp_directory_path() / ("lagesbild_pipeline_test_" + std::to_string(::getpid()));
    fs::remove_all(root_);
    fs::create_directories(root_);
    WriteDemoData(331, Data());
    store_ = service::NewMemoryStore();
    service::ImportRegister(*store_, "reference", Data() / "syntetisk_referens_0331.gpkg", kNow);
    service::ImportRegister(*store_, "addresses", Data() / "syntetisk_belagenhetsadress_kn0331.gpkg", kNow);
    service::ImportRegister(*store_, "population", Data() / "syntetisk_befolkning.csv", kNow);
    service::ImportRegister(*store_, "roads", Data() / "syntetisk_vagar.gpkg", kNow);
    service::ImportRegister(*store_, "properties", Data() / "syntetisk_fastigheter.gpkg", kNow);
    service::ImportRegister(*store_, "places", Data() / "syntetisk_alias.csv", kNow);
    service::ImportRegister(*store_, "neighbors", Data() / "syntetisk_grannar.csv", kNow);
    for (const auto& line : Lines(Data() / "rapportorer.csv"))
      store_->PutReporter({line[0], line[1], service::ParseReporterKind(line[2]).value(), line[3], line[4]});
    for (const auto& line : Lines(Data() / "leveranser.csv")) {
      service::ImportRequest request;
      request.file = Data() / line[0];
      request.file_name = request.file.filename().string();
      request.mapping_toml = Text(Data() / line[1]);
      request.reporter = line[2];
      request.now = kNow;
      outcomes_.emplace_back(line[0], service::ImportIncidents(*store_, request));
    }
  }
  static void TearDownTestSuite() {
    outcomes_.clear();
    store_.reset();
    fs::remove_all(root_);
  }
  static fs::path Data() { return root_ / "data"; }

  static fs::path root_;
  static std::unique_ptr<service::Store> store_;
  static std::vector<std::pair<std::string, service::ImportOutcome>> outcomes_;
};

fs::path DemoPipeline::root_;
std::unique_ptr<service::Store> DemoPipeline::store_;
std::vector<std::pair<std::string, service::ImportOutcome>> DemoPipeline::outcomes_;

TEST_F(DemoPipeline, AnswersFromItsCompiledRegisterAsFromTheOneInMemory) {
  const service::Municipality municipality = *store_->LoadMunicipality();
  const geo::Geocoder built(municipality.gazetteer);
  service::OpenOrBuildIndex(root_ / "index", municipality);
  const service::CachedIndex opened = service::OpenOrBuildIndex(root_ / "index", municipality);
  ASSERT_FALSE(opened.built) << opened.refusal;
  ASSERT_FALSE(municipality.gazetteer.addresses.empty());
  for (const geo::Address& address : municipality.gazetteer.addresses) {
    const std::string text = "vid " + address.area + " " + std::to_string(address.number) + address.letter;
    const geo::GeocodeMatch a = built.Geocode({.address = text, .locality = address.locality});
    const geo::GeocodeMatch b = opened.geocoder.Geocode({.address = text, .locality = address.locality});
    ASSERT_EQ(a.matched, b.matched);
    ASSERT_EQ(a.position, b.position);
    ASSERT_EQ(a.faults, b.faults);
    ASSERT_EQ(a.candidates, b.candidates);
  }
}

TEST_F(DemoPipeline, ReadsTheRegistersWhole) {
  for (const service::RegisterVersion& version : store_->ListRegisters()) {
    EXPECT_EQ(version.rejected, 0) << version.kind;
    EXPECT_GT(version.accepted, 0) << version.kind;
    if (version.kind != "addresses" && version.kind != "population") {
      EXPECT_TRUE(version.synthetic) << version.kind;
    }
    if (version.kind == "addresses") {
      EXPECT_EQ(version.not_in_force, 48);
    }
  }
  const auto municipality = store_->LoadMunicipality();
  ASSERT_TRUE(municipality.has_value());
  EXPECT_TRUE(municipality->synthetic);
  EXPECT_EQ(municipality->districts.size(), 7U);
  EXPECT_EQ(municipality->localities.size(), 8U);
  int inhabitants = 0;
  for (const geo::Inhabitants& here : municipality->inhabitants) inhabitants += here.count;
  EXPECT_EQ(inhabitants, 14421);
}

TEST_F(DemoPipeline, PlacesTextsThatNeedRoadsPropertiesAndDatedNames) {
  const geo::Geocoder geocoder(store_->LoadMunicipality()->gazetteer);
  const auto level = [&](const char* text, int year) {
    return geocoder.Geocode({text, "", "", std::chrono::sys_days{std::chrono::year{year} / 5 / 1}}).level;
  };
  EXPECT_EQ(level("väg 56 vid Runhällen", 2026), geo::MatchLevel::kRoadPlace);
  EXPECT_EQ(level("lv 272 mot Östervåla", 2026), geo::MatchLevel::kRoadPlace);
  EXPECT_EQ(level("korsningen Storgatan/Tingsgatan", 2026), geo::MatchLevel::kIntersection);
  const geo::GeocodeMatch sala = geocoder.Geocode({"Kungsgatan 3, Sala", "", ""});
  EXPECT_EQ(sala.reason, geo::UnplacedReason::kOutside);
  EXPECT_EQ(level("HEBY HORRSTA 1:23", 2026), geo::MatchLevel::kProperty);
  EXPECT_EQ(level("Horrsta S:1", 2026), geo::MatchLevel::kProperty);
  EXPECT_EQ(level("utanför Kvarnkiosken", 2026), geo::MatchLevel::kPoi);
  EXPECT_EQ(level("utanför Kvarnkiosken", 2025), geo::MatchLevel::kNone);
  EXPECT_EQ(level("Gamla busstorget", 2025), geo::MatchLevel::kPoi);
  EXPECT_EQ(level("Gamla busstorget", 2026), geo::MatchLevel::kNone);
}

TEST_F(DemoPipeline, ReconcilesEveryDeliveryWithItsTruth) {
  const World world = MakeWorld(331);
  const Story story = MakeStory(331, world);
  const std::vector<Delivery> deliveries = MakeDeliveries(331, world, story);
  ASSERT_EQ(deliveries.size(), outcomes_.size());
  for (std::size_t d = 0; d < deliveries.size(); ++d) {
    std::map<std::string, std::int64_t> truth;
    for (const RowTruth& row : deliveries[d].truths) ++truth[row.outcome];
    const auto& [file, outcome] = outcomes_[d];
    const geo::Tally& tally = outcome.batch.incidents;
    ASSERT_EQ(file, deliveries[d].path);
    EXPECT_EQ(tally.read, static_cast<std::int64_t>(deliveries[d].truths.size())) << file;
    EXPECT_EQ(tally.rejected, truth["stoppad_personuppgift"] + truth["fel_datum"] + truth["fel_alder"])
        << file;
    EXPECT_EQ(tally.duplicate, truth["dubblett"]) << file;
    EXPECT_EQ(tally.digital, truth["digital"]) << file;
    // A misspelt street is repaired where one address fits, and else waits for a person.
    const std::int64_t placed = truth["placerad"] + truth["grov"] + truth["standardadress"];
    EXPECT_GE(tally.placed, placed) << file;
    EXPECT_LE(tally.placed, placed + truth["felstavad"]) << file;
    EXPECT_EQ(tally.placed + tally.unplaced,
              placed + truth["utan_plats"] + truth["felstavad"] + truth["finns_ej"] + truth["utanfor"])
        << file;
    EXPECT_EQ(tally.outside, truth["utanfor"]) << file;
  }
}

TEST_F(DemoPipeline, FindsMostPlantedHotspotsAndFewFalseOnes) {
  std::vector<HotLayer> layers;
  for (int q = 0; q < kQuarters; ++q) {
    service::PictureRequest request;
    request.selection.first = request.selection.last = QuarterAt(q);
    const service::PictureRecord record = service::MakePicture(*store_, request, root_ / "pictures", kNow);
    for (const auto& entry : fs::recursive_directory_iterator(root_ / "pictures" / record.run_id))
      if (entry.path().extension() == ".gpkg")
        for (HotLayer& layer : ReadHotLayers(entry.path())) layers.push_back(std::move(layer));
  }
  const Score score = ScorePictures(ReadTruth(Data() / "sanning"), layers);
  SCOPED_TRACE(ScoreText(score));
  EXPECT_EQ(score.quarters.size(), 12U);
  ASSERT_EQ(score.hotspots.size(), 12U);
  const auto found = std::count_if(score.hotspots.begin(), score.hotspots.end(),
                                   [](const ScoredHotspot& hotspot) { return hotspot.found; });
  EXPECT_GE(found, 10);
  const auto false_headline = std::count_if(score.false_clusters.begin(), score.false_clusters.end(),
                                            [](const FalseCluster& cluster) { return cluster.headline; });
  EXPECT_LE(false_headline, 1);
  std::cout << ScoreText(score);
}

}  // namespace
}  // namespace lagesbild::tools::demo
