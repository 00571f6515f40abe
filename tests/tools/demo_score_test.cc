#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "maps/errors.h"
#include "tools/demo_data/score.h"
#include "tools/demo_data/vector_file.h"

namespace lagesbild::tools::demo {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Radius 300 m and cells of 250 m: found within 300 + 1.5 * 353.6 = 830.3 m.
const TrueHotspot kStation{"2026Q3", "UNGDOM", "Heby station", {10000, 10000}, 300, 8};

HotLayer Layer(const std::string& group, std::vector<Xy> centers) {
  HotLayer layer{"2026Q3", group, true, {}};
  for (const Xy center : centers) layer.cells.push_back({center, 250, 2});
  return layer;
}

TEST(ScorePictures, FindsAPlantedHotspotByAHotCellNearby) {
  const Score score = ScorePictures({kStation}, {Layer("UNGDOM", {{10000, 10830}})});
  ASSERT_THAT(score.hotspots, SizeIs(1));
  EXPECT_TRUE(score.hotspots[0].found);
  EXPECT_THAT(score.false_clusters, IsEmpty());
}

TEST(ScorePictures, MissesItWhenTheHotCellIsTooFarAway) {
  const Score score = ScorePictures({kStation}, {Layer("UNGDOM", {{10000, 10831}})});
  EXPECT_FALSE(score.hotspots[0].found);
  ASSERT_THAT(score.false_clusters, SizeIs(1));
  EXPECT_TRUE(score.false_clusters[0].headline);
}

TEST(ScorePictures, DoesNotCountAnotherAgeGroupAsFound) {
  const Score score = ScorePictures({kStation}, {Layer("UNGDOM", {}), Layer("VUXEN", {{10000, 10000}})});
  EXPECT_FALSE(score.hotspots[0].found);
  EXPECT_THAT(score.hotspots[0].also_in, IsEmpty());
  EXPECT_THAT(score.false_clusters, SizeIs(1));
}

TEST(ScorePictures, TellsTheWiderGroupsThatAreHotThere) {
  const Score score = ScorePictures(
      {kStation}, {Layer("UNGDOM", {}), Layer("U18", {{10000, 10000}}), Layer("ALLA", {{10100, 10000}})});
  EXPECT_FALSE(score.hotspots[0].found);
  EXPECT_THAT(score.hotspots[0].also_in, ElementsAre("U18", "ALLA"));
  EXPECT_THAT(score.false_clusters, IsEmpty());
}

TEST(ScorePictures, JoinsCellsThatTouchIntoOneFalseCluster) {
  const Score score = ScorePictures(
      {kStation}, {Layer("OKAND", {{50000, 50000}, {50250, 50250}, {50500, 50250}, {60000, 50000}})});
  ASSERT_THAT(score.false_clusters, SizeIs(2));
  EXPECT_EQ(score.false_clusters[0].cells, 3);
  EXPECT_FALSE(score.false_clusters[0].headline);
  EXPECT_EQ(score.false_clusters[1].cells, 1);
}

TEST(ScorePictures, LeavesOutHotspotsOfQuartersWithoutAPicture) {
  TrueHotspot earlier = kStation;
  earlier.quarter = "2024Q3";
  const Score score = ScorePictures({earlier}, {Layer("UNGDOM", {})});
  EXPECT_THAT(score.hotspots, IsEmpty());
  EXPECT_THAT(ScoreText(score), HasSubstr("ingen planterad"));
}

TEST(ScoreText, TellsFoundAndMissed) {
  TrueHotspot school = kStation;
  school.place = "Heby skola";
  school.center = {90000, 90000};
  const std::string text = ScoreText(ScorePictures({kStation, school}, {Layer("UNGDOM", {{10000, 10000}})}));
  EXPECT_THAT(text, HasSubstr("Heby station, 8 extra: hittad"));
  EXPECT_THAT(text, HasSubstr("Heby skola, 8 extra: missad"));
  EXPECT_THAT(text, HasSubstr("Hittade 1 av 2"));
}

TEST(ScoreJson, HoldsTheSameNumbers) {
  const std::string json = ScoreJson(ScorePictures({kStation}, {Layer("UNGDOM", {{10000, 10000}})}));
  EXPECT_THAT(json, HasSubstr("\"found\": true"));
  EXPECT_THAT(json, HasSubstr("\"false_clusters\": []"));
}

class ScoreInput : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("lagesbild_score_test_" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void WriteCells(const char* table, const std::vector<std::pair<Xy, int>>& cells) {
    VectorFile file(folder_ / "picture.gpkg");
    OGRLayer& layer = file.AddLayer(table, "test", wkbPolygon, "geom", {{"quarter"}, {"class", OFTInteger}});
    for (const auto& [center, hot_class] : cells) {
      OGRFeature feature(layer.GetLayerDefn());
      feature.SetField("quarter", "2026K3");
      feature.SetField("class", hot_class);
      OGRPolygon square = OgrPolygon({{center.e - 125, center.n - 125},
                                      {center.e + 125, center.n - 125},
                                      {center.e + 125, center.n + 125},
                                      {center.e - 125, center.n + 125}});
      feature.SetGeometry(&square);
      file.Add(layer, feature);
    }
    file.Close();
  }

  fs::path folder_;
};

TEST_F(ScoreInput, ReadsHotCellsOfAPicture) {
  WriteCells("hotspot_ungdom_13_17",
             {{{1000, 2000}, 0}, {{1250, 2000}, 1}, {{1500, 2000}, 2}, {{1750, 2000}, 3}});
  const std::vector<HotLayer> layers = ReadHotLayers(folder_ / "picture.gpkg");
  ASSERT_THAT(layers, SizeIs(1));
  EXPECT_EQ(layers[0].quarter, "2026Q3");
  EXPECT_EQ(layers[0].group, "UNGDOM");
  EXPECT_TRUE(layers[0].tested);
  ASSERT_THAT(layers[0].cells, SizeIs(2));
  EXPECT_DOUBLE_EQ(layers[0].cells[0].center.e, 1500);
  EXPECT_DOUBLE_EQ(layers[0].cells[0].size, 250);
}

TEST_F(ScoreInput, DoesNotTakeTheCodeForTooFewAsHot) {
  WriteCells("hotspot_ungdom_13_17", {{{1000, 2000}, 10}});
  const std::vector<HotLayer> layers = ReadHotLayers(folder_ / "picture.gpkg");
  EXPECT_FALSE(layers[0].tested);
  EXPECT_THAT(layers[0].cells, IsEmpty());
}

TEST_F(ScoreInput, RefusesAGeoPackageWithoutHotspotLayers) {
  WriteCells("something_else", {{{1000, 2000}, 2}});
  EXPECT_THROW(ReadHotLayers(folder_ / "picture.gpkg"), maps::IoError);
}

TEST_F(ScoreInput, ReadsTheTruth) {
  std::ofstream(folder_ / "planterade_hotspots.csv")
      << "kvartal;grupp;plats;easting;northing;radie_m;extra_handelser;adresser;handelser;kalla\r\n"
         "2026Q3;UNGDOM;Heby station;603880.00;6645670.00;300.00;8;a|b;1|2;SYNTETISK\r\n";
  const std::vector<TrueHotspot> truth = ReadTruth(folder_);
  ASSERT_THAT(truth, SizeIs(1));
  EXPECT_EQ(truth[0].place, "Heby station");
  EXPECT_DOUBLE_EQ(truth[0].center.n, 6645670);
  EXPECT_EQ(truth[0].incidents, 8);
}

TEST_F(ScoreInput, RefusesATruthOfAnotherForm) {
  EXPECT_THROW(ReadTruth(folder_), maps::IoError);
  std::ofstream(folder_ / "planterade_hotspots.csv") << "a;b;c\n1;2;3\n";
  EXPECT_THROW(ReadTruth(folder_), maps::IoError);
  std::ofstream(folder_ / "planterade_hotspots.csv", std::ios::trunc)
      << "kvartal;grupp;plats;easting;northing;radie_m;extra_handelser\n2026Q3;UNGDOM;x;east;1;1;1\n";
  EXPECT_THROW(ReadTruth(folder_), maps::IoError);
  std::ofstream(folder_ / "planterade_hotspots.csv", std::ios::trunc)
      << "kvartal;grupp;plats;easting;northing;radie_m;extra_handelser\n2026Q3;UNGDOM;x\n";
  EXPECT_THROW(ReadTruth(folder_), maps::IoError);
}

}  // namespace
}  // namespace lagesbild::tools::demo
