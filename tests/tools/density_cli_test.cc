// `density`, `bandwidth` and `risk` from outside: what they write, tell and refuse.
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "geo/density_at.h"
#include "tests/tools/program.h"
#include "tools/point_files.h"

namespace lagesbild::tools {
namespace {

using geo::Meters;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kExtent = "600000,6640000,602000,6641500";

class DensityCommands : public testing::Test {
 protected:
  DensityCommands() {
    std::string text = "x,y,w,age,accuracy\n";
    for (int i = 0; i < 90; ++i)
      text += std::to_string(600100 + i * 379 % 1800) + "," + std::to_string(6640100 + i * i * 53 % 1300) +
              "," + std::to_string(1 + i % 3) + (i % 3 == 0 ? ",13-17," : ",25+,") +
              std::to_string(i % 2 * 150) + "\n";
    folder.Write("p.csv", text);
    folder.Write("a.geojson",
                 R"({"type": "Polygon", "coordinates": [[[600050, 6640050], [601950, 6640050],
                 [601950, 6641450], [600050, 6641450], [600050, 6640050]]]})");
    folder.Write("at.csv", "id,x,y\n7,600900,6640700\n8,601500,6641000\n9,0,0\n");
  }

  Ended Run(std::vector<std::string> arguments) { return Process(folder.path(), arguments).Wait(); }
  /// `density` on a raster of 80 x 60 with more options; the reply as JSON.
  std::vector<std::string> OnRaster(const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {
        "--json",    "--lang",   "en",    "density", "--points", folder / "p.csv", "--crs",
        "EPSG:3006", "--extent", kExtent, "--size",  "80x60",    "--out",          folder / "d.tif"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  json Reply(const std::vector<std::string>& arguments) {
    const Ended ended = Run(arguments);
    EXPECT_EQ(ended.code, 0) << ended.err;
    return json::parse(ended.out);
  }
  void ExpectRefused(const Ended& ended, const std::string& text) {
    EXPECT_EQ(ended.code, 3) << ended.err;
    EXPECT_THAT(ended.err, StartsWith("lagesbild: "));
    EXPECT_THAT(ended.err, HasSubstr(text));
    EXPECT_EQ(std::count(ended.err.begin(), ended.err.end(), '\n'), 1) << ended.err;
    EXPECT_EQ(ended.out, "");
  }
  bool Exists(const std::string& name) { return std::filesystem::exists(folder / name); }
  service::TemporaryFolder folder;
};

TEST_F(DensityCommands, HelpWithAnExample) {
  for (const char* command : {"density", "bandwidth", "risk"}) {
    const Ended ended = Run({command, "--help"});
    EXPECT_EQ(ended.code, 0);
    EXPECT_THAT(ended.out, HasSubstr(std::string("Example: lagesbild ") + command));
  }
}

TEST_F(DensityCommands, TellBandwidthInBothFormsWithTheReasonAndCheckTheMass) {
  const json reply =
      Reply(OnRaster({"--bandwidth", "200", "--study-area", folder / "a.geojson", "--edge", "diggle"}));
  EXPECT_EQ(reply["bandwidths"][0]["asked"], "200");
  EXPECT_EQ(reply["bandwidths"][0]["used"]["radius_m"], 200);
  EXPECT_NEAR(reply["bandwidths"][0]["used"]["sd_m"], 70.71, 0.01);
  EXPECT_EQ(reply["bandwidths"][0]["why"], "given as radius");
  const json& surface = reply["surfaces"][0];
  EXPECT_EQ(surface["method"], "row_differences");
  EXPECT_LE(surface["error_bound"], 1e-9);
  EXPECT_EQ(surface["incident_mass"], 90);
  EXPECT_NEAR(surface["mass_ratio"], 1, 5e-3);
  EXPECT_LT(surface["centroid_distance_m"], 2);
  EXPECT_EQ(surface["file"], "d.tif");
  EXPECT_TRUE(Exists("d.tif"));
}

TEST_F(DensityCommands, PrintTheSameForPeople) {
  std::vector<std::string> arguments = OnRaster({"--bandwidth", "200"});
  arguments.erase(arguments.begin());  // --json
  const Ended english = Run(arguments);
  EXPECT_EQ(english.code, 0) << english.err;
  EXPECT_THAT(english.out, HasSubstr("asked 200, used radius 200 m, sd 70.7107 m: given as radius"));
  EXPECT_THAT(english.out, HasSubstr("mass/incidents"));
  EXPECT_THAT(english.out, HasSubstr("centroid moved m"));
  arguments[1] = "sv";
  const Ended swedish = Run(arguments);
  EXPECT_THAT(swedish.out, HasSubstr("önskad 200, använd radie 200 m, sd 70.7107 m: given som radie"));
  EXPECT_THAT(swedish.out, HasSubstr("tyngdpunkt flyttad m"));
}

TEST_F(DensityCommands, TakeASelectorAsBandwidth) {
  const json reply = Reply(OnRaster({"--bandwidth", "scott"}));
  EXPECT_EQ(reply["bandwidths"][0]["asked"], "scott");
  EXPECT_THAT(reply["bandwidths"][0]["why"], HasSubstr("selected by scott from 90 points"));
  const json selected = Reply({"--json", "bandwidth", "--points", folder / "p.csv", "--selector", "scott"});
  EXPECT_EQ(reply["bandwidths"][0]["used"], selected[0]["bandwidth"]);
}

TEST_F(DensityCommands, WriteEveryGroupAndBandwidth) {
  const json reply = Reply(OnRaster({"--bandwidth", "200,350.5", "--group", "age", "--weight", "w"}));
  ASSERT_EQ(reply["surfaces"].size(), 4U);
  std::vector<std::string> files;
  double young = 0;
  for (const json& surface : reply["surfaces"]) {
    files.push_back(surface["file"]);
    EXPECT_TRUE(Exists(files.back()));
    if (surface["group"] == "13-17") young = surface["incident_mass"];
  }
  EXPECT_THAT(files,
              ElementsAre("d_13-17_200m.tif", "d_25+_200m.tif", "d_13-17_350_5m.tif", "d_25+_350_5m.tif"));
  EXPECT_EQ(young, 30);  // weight 1 each
  EXPECT_FALSE(Exists("d.tif"));
}

TEST_F(DensityCommands, AdaptBandwidthsToTheDensity) {
  const std::vector<std::string> adaptive = {"--bandwidth", "300",     "--adaptive", "--trim",
                                             "1.5",         "--pilot", "80"};
  const json reply = Reply(OnRaster(adaptive));
  EXPECT_EQ(reply["adaptive"]["trim"], 1.5);
  EXPECT_EQ(reply["adaptive"]["pilot_sd_m"], 80);
  EXPECT_EQ(reply["adaptive"]["incidents"], 90);
  EXPECT_LT(reply["adaptive"]["smallest"]["radius_m"], 300);
  EXPECT_GT(reply["adaptive"]["largest"]["radius_m"], 300);
  EXPECT_LE(reply["adaptive"]["largest"]["radius_m"], 450.0001);
  EXPECT_EQ(reply["surfaces"][0]["method"], "row_differences");
  for (const char* edge : {"uniform", "diggle"}) {
    std::vector<std::string> more = adaptive;
    more.insert(more.end(), {"--edge", edge, "--study-area", folder / "a.geojson", "--group", "age"});
    const json corrected = Reply(OnRaster(more));
    ASSERT_EQ(corrected["surfaces"].size(), 2U);
    EXPECT_NEAR(corrected["surfaces"][0]["mass_ratio"], 1, 0.1) << edge;
  }
}

TEST_F(DensityCommands, SpreadUncertainPlacesAndTellTheDifference) {
  const json reply = Reply(OnRaster({"--bandwidth", "200", "--place-uncertainty", "accuracy"}));
  ASSERT_EQ(reply["place_uncertainty"].size(), 1U);
  const json& spread = reply["place_uncertainty"][0];
  EXPECT_EQ(spread["file"], "d_spread.tif");
  EXPECT_EQ(spread["difference_file"], "d_difference.tif");
  EXPECT_TRUE(Exists("d.tif") && Exists("d_spread.tif") && Exists("d_difference.tif"));
  EXPECT_GT(spread["largest_rise_per_km2"], 0);
  EXPECT_LT(spread["largest_fall_per_km2"], 0);
  EXPECT_EQ(spread["spread_coarsely"], 0);
}

TEST_F(DensityCommands, DrawBandsWithASeed) {
  const std::vector<std::string> bands = {"--bandwidth", "200", "--bootstrap", "20", "--seed", "5"};
  const json reply = Reply(OnRaster(bands));
  EXPECT_EQ(reply["bootstrap"]["resamples"], 20);
  EXPECT_EQ(reply["bootstrap"]["seed"], 5);
  const json& one = reply["bootstrap"]["surfaces"][0];
  EXPECT_TRUE(Exists("d_lower.tif") && Exists("d_upper.tif") && Exists("d_top.tif"));
  EXPECT_GT(one["cells_ever_in_top"], one["cells_mostly_in_top"]);
  const std::string first = service::ReadBytes(folder / "d_top.tif");
  EXPECT_EQ(Reply(OnRaster(bands)), reply);
  EXPECT_EQ(service::ReadBytes(folder / "d_top.tif"), first);
}

TEST_F(DensityCommands, GiveTheDefinitionAtPlaces) {
  const std::vector<std::string> at = {"--json",
                                       "density",
                                       "--points",
                                       folder / "p.csv",
                                       "--at",
                                       folder / "at.csv",
                                       "--out",
                                       folder / "out.csv",
                                       "--bandwidth",
                                       "400",
                                       "--group",
                                       "age",
                                       "--place-uncertainty",
                                       "accuracy"};
  const json reply = Reply(at);
  EXPECT_THAT(reply["columns"],
              ElementsAre("density_per_km2_13-17", "density_per_km2_25+", "density_per_km2_13-17_spread",
                          "density_per_km2_13-17_difference", "density_per_km2_25+_spread",
                          "density_per_km2_25+_difference"));
  const Table out = ReadTable(folder / "out.csv");
  EXPECT_THAT(out.texts("id"), ElementsAre("7", "8", "9"));
  const PointTable young = OfGroup(ReadPoints({.path = folder / "p.csv", .group = "age"}), 0);
  const std::vector<geo::PlanePoint> places = ReadPoints({.path = folder / "at.csv"}).points;
  const auto expected =
      geo::ComputeDensityAt({.points = young.points}, places, {.bandwidths = {Meters{400}}});
  const std::vector<double> plain = out.numbers("density_per_km2_13-17"),
                            spread = out.numbers("density_per_km2_13-17_spread"),
                            difference = out.numbers("density_per_km2_13-17_difference");
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(plain[i], expected[0][i]);
    EXPECT_DOUBLE_EQ(difference[i], spread[i] - plain[i]);
  }
  EXPECT_GT(plain[0], 0);
  EXPECT_EQ(plain[2], 0);
}

TEST_F(DensityCommands, TellTheirTimes) {
  const Ended ended = Run(OnRaster({"--bandwidth", "200", "--timings"}));
  ASSERT_EQ(ended.code, 0) << ended.err;
  const json seconds = json::parse(ended.err);
  for (const char* part : {"read_s", "sort_s", "compute_s", "write_s"}) EXPECT_GE(seconds[part], 0) << part;
  EXPECT_EQ(seconds["error_bound"], 1e-9);
}

TEST_F(DensityCommands, WarnOfABandwidthBelowThePixel) {
  const Ended ended = Run(OnRaster({"--bandwidth", "5"}));
  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.err, HasSubstr("below a pixel"));
}

TEST_F(DensityCommands, RefuseOptionsThatDoNotGoTogether) {
  const auto refused = [&](const std::vector<std::string>& more, const std::string& text) {
    ExpectRefused(Run(OnRaster(more)), text);
  };
  refused({"--bandwidth", "200,300", "--adaptive"}, "--adaptive goes with one --bandwidth");
  refused({"--bandwidth", "200", "--adaptive", "--method", "binned"}, "--method binned");
  refused({"--bandwidth", "200", "--adaptive", "--bootstrap", "20"}, "--bootstrap");
  refused({"--bandwidth", "200", "--adaptive", "--place-uncertainty", "accuracy"}, "--place-uncertainty");
  refused({"--bandwidth", "200", "--adaptive", "--trim", "0.5"}, "trimming");
  refused({"--bandwidth", "200,300", "--bootstrap", "20"}, "one --bandwidth");
  refused({"--bandwidth", "200", "--edge", "diggle"}, "--study-area");
  refused({"--bandwidth", "200", "--at", folder / "at.csv"}, "either --extent and --size, or --at");
  refused({"--bandwidth", "200", "--kernel", "gaussian", "--bandwidth-is", "radius"}, "no radius");
  refused({"--bandwidth", "far"}, "scott");
  refused({"--bandwidth", "200", "--group", "none"}, "column none is missing");
  refused({"--bandwidth", "200", "--place-uncertainty", "age"}, "column age, row 1");
  refused({"--bandwidth", "200", "--weight", "age"}, "column age, row 1");
  EXPECT_EQ(Run(OnRaster({"--bandwidth", "200", "--bootstrap", "5"})).code, 2);
  EXPECT_EQ(Run(OnRaster({"--bandwidth", "200", "--kernel", "cosine"})).code, 2);
  EXPECT_EQ(Run(OnRaster({})).code, 2);
  ExpectRefused(Run({"--lang", "en", "density", "--points", folder / "p.csv", "--bandwidth", "200", "--at",
                     folder / "at.csv", "--out", folder / "o.csv", "--bootstrap", "20"}),
                "--extent and --size");
  EXPECT_FALSE(Exists("d.tif") || Exists("o.csv"));
}

TEST_F(DensityCommands, RefuseAnotherPlane) {
  const auto refused = [&](const std::string& crs, const std::string& text) {
    ExpectRefused(Run({"--lang", "en", "density", "--points", folder / "p.csv", "--crs", crs, "--extent",
                       kExtent, "--size", "80x60", "--bandwidth", "200", "--out", folder / "d.tif"}),
                  text);
  };
  refused("EPSG:4326", "projected");
  refused("EPSG:99999", "99999");
  refused("SWEREF", "EPSG:3006");
  folder.Write("deg.csv", "x,y\n16.8,59.9\n16.9,59.8\n");
  folder.Write("yx.csv", "x,y\n6640700,600900\n");
  std::vector<std::string> raster = OnRaster({"--bandwidth", "200"});
  raster[5] = folder / "deg.csv";
  ExpectRefused(Run(raster), "degrees");
  raster[5] = folder / "yx.csv";
  ExpectRefused(Run(raster), "exchanged");
  folder.Write("far.geojson", R"({"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 0]]]})");
  ExpectRefused(
      Run(OnRaster({"--bandwidth", "200", "--edge", "uniform", "--study-area", folder / "far.geojson"})),
      "no point lies in the study area");
  EXPECT_FALSE(Exists("d.tif"));
}

TEST_F(DensityCommands, RefuseTooManyPixelsInTimeNotToBeMissed) {
  std::vector<std::string> raster = OnRaster({"--bandwidth", "200"});
  raster[9] = "600000,6640000,660000,6685000";
  raster[11] = "60000x45000";
  ExpectRefused(Run(raster), "25000000 pixels");
  std::string text = "x,y,g\n";
  for (int i = 0; i < 30; ++i) text += "600900,6640700,g" + std::to_string(i) + "\n";
  folder.Write("p.csv", text);
  raster[11] = "4000x3000";
  raster.insert(raster.end(), {"--group", "g"});
  ExpectRefused(Run(raster), "200 million");
}

TEST_F(DensityCommands, GiveZerosWithoutIncidents) {
  folder.Write("p.csv", "x,y\n");
  const json reply = Reply(OnRaster({"--bandwidth", "200"}));
  EXPECT_EQ(reply["surfaces"][0]["mass"], 0);
  EXPECT_TRUE(reply["surfaces"][0]["centroid"].is_null());
  EXPECT_TRUE(Exists("d.tif"));
}

TEST_F(DensityCommands, SelectBandwidthsWithCurveAndSensitivity) {
  const json reply = Reply({"--json", "bandwidth", "--points", folder / "p.csv", "--study-area",
                            folder / "a.geojson", "--curve", folder / "curve.csv", "--sensitivity", "100"});
  std::vector<std::string> selectors;
  for (const json& one : reply) {
    selectors.push_back(one["selector"]);
    EXPECT_GT(one["bandwidth"]["radius_m"], one["bandwidth"]["sd_m"]);
    EXPECT_EQ(one["points"], 90);
    EXPECT_EQ(one["sensitivity"].size(), 5U);
  }
  EXPECT_THAT(selectors,
              ElementsAre("scott", "silverman", "least_squares", "likelihood", "diggle", "arcgis"));
  const Table curve = ReadTable(folder / "curve.csv");
  EXPECT_GT(curve.rows.size(), 300U);
  EXPECT_THAT(curve.columns, ElementsAre("selector", "sd_m", "objective", "better"));
}

TEST_F(DensityCommands, RefuseBandwidthsOfWhatGivesNone) {
  const auto refused = [&](const std::string& text, const std::vector<std::string>& more,
                           const std::string& why) {
    folder.Write("few.csv", text);
    std::vector<std::string> arguments = {"--lang", "en", "bandwidth", "--points", folder / "few.csv"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    ExpectRefused(Run(arguments), why);
  };
  refused("x,y\n", {}, "too few incidents: found 0");
  refused("x,y\n1,2\n3,4\n", {"--selector", "likelihood"}, "too few incidents: found 2");
  refused("x,y\n1,2\n1,2\n1,2\n", {"--selector", "scott"}, "one position");
  refused("x,y\n1,2\n3,nan\n", {}, "column y, row 2");
  refused("", {}, "few.csv is empty");
  ExpectRefused(Run({"--lang", "en", "bandwidth", "--points", folder / "p.csv", "--selector", "diggle"}),
                "study area");
  ExpectRefused(Run({"--lang", "en", "bandwidth", "--points", folder / "p.csv", "--selector", "likelihood",
                     "--from", "90", "--to", "50"}),
                "search range");
  EXPECT_EQ(Run({"bandwidth", "--points", folder / "p.csv", "--selector", "guess"}).code, 2);
}

TEST_F(DensityCommands, CompareTheRiskOfGroups) {
  std::vector<std::string> risk = {"--json",         "risk",
                                   "--points",       folder / "p.csv",
                                   "--group",        "age",
                                   "--case",         "13-17",
                                   "--study-area",   folder / "a.geojson",
                                   "--crs",          "EPSG:3006",
                                   "--bandwidth",    "250",
                                   "--extent",       kExtent,
                                   "--size",         "80x60",
                                   "--out",          folder / "r.tif",
                                   "--permutations", "19",
                                   "--seed",         "3",
                                   "--contours",     folder / "lines.geojson"};
  const json reply = Reply(risk);
  EXPECT_EQ(reply["cases"], 30);
  EXPECT_EQ(reply["controls"], 60);
  EXPECT_EQ(reply["bandwidths"][0]["asked"], "250");
  EXPECT_EQ(reply["bandwidths"][0]["why"], "given as standard deviation");
  EXPECT_TRUE(Exists("r.tif") && Exists("r_p.tif") && Exists("r_p_monte_carlo.tif"));
  EXPECT_EQ(json::parse(service::ReadBytes(folder / "lines.geojson"))["type"], "FeatureCollection");
  const std::string first = service::ReadBytes(folder / "r_p_monte_carlo.tif");
  EXPECT_EQ(Reply(risk), reply);
  EXPECT_EQ(service::ReadBytes(folder / "r_p_monte_carlo.tif"), first);
}

TEST_F(DensityCommands, CompareTheRiskAtPlacesAndRefuseWhatIsNone) {
  const auto at = [&](const std::vector<std::string>& more) {
    std::vector<std::string> risk = {
        "--lang",         "en",      "--json", "risk",          "--points",
        folder / "p.csv", "--group", "age",    "--study-area",  folder / "a.geojson",
        "--bandwidth",    "250",     "--out",  folder / "r.csv"};
    risk.insert(risk.end(), more.begin(), more.end());
    return risk;
  };
  const std::string places = folder / "at.csv";
  EXPECT_EQ(Reply(at({"--case", "13-17", "--control", "25+", "--at", places}))["cases"], 30);
  const Table out = ReadTable(folder / "r.csv");
  EXPECT_THAT(out.texts("status"), ElementsAre("value", "value", "outside_study_area"));
  EXPECT_THAT(out.texts("log_ratio")[2], "NaN");
  ExpectRefused(Run(at({"--case", "99", "--at", places})), "99");
  ExpectRefused(Run(at({"--case", "25+", "--control", "25+", "--at", places})), "two groups");
  ExpectRefused(Run(at({"--case", "25+"})), "either --extent and --size, or --at");
  ExpectRefused(Run(at({"--case", "25+", "--at", places, "--contours", "x.geojson"})),
                "contours need a raster");
  ExpectRefused(Run(at({"--case", "25+", "--at", places, "--min-incidents", "60"})), "too few incidents");
  ExpectRefused(Run(at({"--case", "25+", "--at", folder / "none.csv"})), "none.csv");
}

}  // namespace
}  // namespace lagesbild::tools
