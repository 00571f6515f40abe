// Statistics on plain tables from outside: what they find, and what they answer where there is too little.
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/tools/program.h"

namespace lagesbild::tools {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

class StatisticsCommands : public testing::Test {
 protected:
  void SetUp() override {
    Write("area.geojson",
          R"({"type":"Polygon","coordinates":[[[600000,6640000],[605000,6640000],[605000,6645000],)"
          R"([600000,6645000],[600000,6640000]]]})");
    // 40 places spread over the area by steps of two primes, and eight in one neighborhood.
    std::string points = "x,y,day,period,age\n";
    for (int i = 0; i < 40; ++i) points += Row(600000 + i * 1931 % 5000, 6640000 + i * 3163 % 5000, i);
    for (int i = 0; i < 8; ++i) points += Row(601010 + i * 57, 6641020 + i * 211 % 450, i);
    Write("points.csv", points);
    Write("none.csv", "x,y,day,period\n");
    Write("two.csv", "x,y,day,period\n600100,6640100,1,1\n600900,6640900,2,2\n");
    std::string pile = "x,y,day,period\n";
    for (int i = 0; i < 30; ++i) pile += "600100,6640100,1,1\n";
    Write("pile.csv", pile);
  }
  static std::string Row(int x, int y, int i) {
    return std::to_string(x) + "," + std::to_string(y) + "," + std::to_string(i % 30) + "," +
           std::to_string(i % 9) + "," + (i % 2 == 0 ? "13-17" : "18-24") + "\n";
  }
  void Write(const std::string& name, const std::string& text) { std::ofstream(folder / name) << text; }
  std::string File(const std::string& name) { return (folder / name).string(); }

  Ended Run(std::vector<std::string> arguments, const std::string& language = "sv") {
    arguments.insert(arguments.begin(), {"--lang", language});
    return Process(folder.path(), arguments).Wait();
  }
  Json RunJson(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "--json");
    const Ended ended = Run(arguments);
    EXPECT_EQ(ended.code, 0) << ended.err;
    return Json::parse(ended.out, nullptr, false);
  }
  std::vector<std::string> OnGrid(const std::string& command, const std::string& points,
                                  const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {
        command, "--points", File(points), "--study-area", File("area.geojson"), "--cell", "250"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  }
  void ExpectRefused(const Ended& ended, const std::string& text) {
    EXPECT_EQ(ended.code, 3) << ended.out;
    EXPECT_THAT(ended.err, HasSubstr(text));
    EXPECT_EQ(std::count(ended.err.begin(), ended.err.end(), '\n'), 1) << ended.err;
  }
  service::TemporaryFolder folder;
};

TEST_F(StatisticsCommands, FindThePlantedPlaceAndSayHow) {
  const Json json = RunJson(OnGrid("hotspots", "points.csv", {"--seed", "7", "--out", File("cells.csv")}));
  ASSERT_FALSE(json["hot"].empty());
  EXPECT_NEAR(json["hot"][0]["x"].get<double>(), 601250, 400);
  EXPECT_NEAR(json["hot"][0]["y"].get<double>(), 6641250, 400);
  EXPECT_LE(json["hot"][0]["q"].get<double>(), 0.05);
  EXPECT_EQ(json["settings"]["side"], "high");
  EXPECT_EQ(json["settings"]["correction"], "bh");
  EXPECT_EQ(json["settings"]["seed"], 7);
  EXPECT_EQ(json["settings"]["draws"], 999);
  EXPECT_EQ(json["settings"]["family"], 400);
  EXPECT_EQ(json["mask_cells"], 400);
  EXPECT_GE(json["power"]["least_count"].get<int>(), 3);
  EXPECT_TRUE(std::filesystem::exists(folder / "cells.csv"));
}

TEST_F(StatisticsCommands, WriteCellsAsAGeoPackage) {
  const Ended ended = Run(OnGrid("hotspots", "points.csv", {"--crs", "3006", "--out", File("cells.gpkg")}));
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("Familj: 400"));
  EXPECT_TRUE(std::filesystem::exists(folder / "cells.gpkg"));
  ExpectRefused(Run(OnGrid("hotspots", "points.csv", {"--out", File("x.gpkg")})), "--crs");
  ExpectRefused(Run(OnGrid("hotspots", "points.csv", {"--out", File("x.tif")})), ".csv");
}

TEST_F(StatisticsCommands, TakeAllGroupsAsOneFamily) {
  const Json json = RunJson(OnGrid("hotspots", "points.csv", {"--group", "age"}));
  EXPECT_EQ(json["settings"]["family"], 800);
  EXPECT_EQ(json["groups"].size(), 2U);
}

TEST_F(StatisticsCommands, GiveEveryLocalStatisticATailOrAReason) {
  for (const std::string statistic : {"gstar", "g", "moran", "geary"})
    for (const std::string weights : {"queen", "rook", "band", "nearest"}) {
      const Json json = RunJson(OnGrid("hotspots", "points.csv",
                                       {"--statistic", statistic, "--weights", weights, "--distance", "400",
                                        "--nearest", "5", "--permutations", "99"}));
      EXPECT_EQ(json["settings"]["family"], statistic == "geary" ? 0 : 400) << statistic << " " << weights;
      EXPECT_EQ(json["without_p"].contains("NO_TAIL"), statistic == "geary");
    }
  const Json drawn = RunJson(OnGrid("hotspots", "points.csv",
                                    {"--statistic", "gstar", "--weights", "inverse", "--distance", "600",
                                     "--inference", "permutation", "--permutations", "199", "--seed", "3"}));
  EXPECT_EQ(drawn["settings"]["draws"], 199);
  EXPECT_EQ(drawn["settings"]["seed"], 3);
}

TEST_F(StatisticsCommands, RefuseNormalTheoryForSmallCounts) {
  const Json json =
      RunJson(OnGrid("hotspots", "points.csv", {"--statistic", "gstar", "--inference", "normal"}));
  EXPECT_EQ(json["status"], "too_few");
  ExpectRefused(Run(OnGrid("hotspots", "points.csv", {"--inference", "normal"})), "normal theory");
}

TEST_F(StatisticsCommands, SayTooFewWithTheCountThatWouldDo) {
  for (const std::string points : {"none.csv", "two.csv"})
    for (const auto& arguments :
         {OnGrid("hotspots", points), OnGrid("hotspots", points, {"--statistic", "gstar"}),
          OnGrid("scan", points), OnGrid("trend", points, {"--period", "period"}),
          OnGrid("accuracy", points, {"--test", File("points.csv")}),
          std::vector<std::string>{"knox", "--points", File(points), "--day", "day"},
          std::vector<std::string>{"scan", "--points", File(points), "--model", "permutation", "--day",
                                   "day"}}) {
      const Ended ended = Run(arguments);
      EXPECT_EQ(ended.code, 0) << arguments[0] << ended.err;
      EXPECT_THAT(ended.out, HasSubstr("ör få händelser")) << arguments[0];
      EXPECT_THAT(ended.out, HasSubstr("10")) << arguments[0];
      const Json json = RunJson(arguments);
      EXPECT_EQ(json["status"], "too_few") << arguments[0];
    }
}

TEST_F(StatisticsCommands, CountOnePlaceOnceAndSayWhatWasReported) {
  const Json json = RunJson(OnGrid("hotspots", "pile.csv"));
  EXPECT_EQ(json["status"], "too_few");
  EXPECT_EQ(json["groups"][0]["incidents"], 30);
  EXPECT_EQ(json["groups"][0]["after_collapse"], 1);
  const Json kept = RunJson(OnGrid("hotspots", "pile.csv", {"--keep-repeats"}));
  EXPECT_EQ(kept["hot"][0]["reported"], 30);
}

TEST_F(StatisticsCommands, SayThatTheMaskIsSmallerThanANeighborhood) {
  const Json json = RunJson(
      {"hotspots", "--points", File("points.csv"), "--study-area", File("area.geojson"), "--cell", "2500"});
  EXPECT_EQ(json["status"], "undefined");
  EXPECT_EQ(json["reason"], "MASK_TOO_SMALL");
}

TEST_F(StatisticsCommands, HaveNoTailWhereAllCellsAreEqual) {
  std::string points = "x,y\n";
  for (int i = 0; i < 25; ++i)
    points += std::to_string(600500 + i % 5 * 1000) + "," + std::to_string(6640500 + i / 5 * 1000) + "\n";
  Write("even.csv", points);
  const Json json = RunJson({"hotspots", "--points", File("even.csv"), "--study-area", File("area.geojson"),
                             "--cell", "1000", "--statistic", "gstar"});
  EXPECT_EQ(json["without_p"]["ZERO_VARIANCE"], 25);
  EXPECT_TRUE(json["hot"].empty());
}

TEST_F(StatisticsCommands, RefuseAPopulationThatIsNoNumber) {
  Write("people.csv", "x,y,n\n600100,6640100,NaN\n");
  ExpectRefused(
      Run(OnGrid("hotspots", "points.csv", {"--exposure", File("people.csv"), "--exposure-column", "n"})),
      "row 1 is not a finite number");
  Write("negative.csv", "x,y,n\n600100,6640100,-4\n");
  ExpectRefused(
      Run(OnGrid("scan", "points.csv", {"--exposure", File("negative.csv"), "--exposure-column", "n"})),
      "is negative");
  Write("locations.csv", "x,y,cases,population\n1,1,30,NaN\n2,2,1,10\n");
  ExpectRefused(Run({"scan", "--locations", File("locations.csv")}), "row 1 is not a finite number");
}

TEST_F(StatisticsCommands, TestGivenAreasWithTheirNeighbors) {
  Write("values.csv", "id,value,population\na,12,100\nb,1,100\nc,2,100\nd,0,100\ne,1,100\n");
  Write("neighbours.csv", "from,to\na,b\nb,a\nb,c\nc,b\nc,d\nd,c\nd,e\ne,d\n");
  const Json counts = RunJson({"hotspots", "--values", File("values.csv"), "--out", File("areas.csv")});
  ASSERT_EQ(counts["hot"].size(), 1U);
  EXPECT_EQ(counts["hot"][0]["id"], "a");
  EXPECT_EQ(counts["settings"]["family"], 5);
  const Json local = RunJson({"hotspots", "--values", File("values.csv"), "--neighbours",
                              File("neighbours.csv"), "--statistic", "gstar"});
  EXPECT_EQ(local["settings"]["family"], 5);
  ExpectRefused(Run({"hotspots", "--values", File("values.csv"), "--statistic", "gstar"}), "--neighbours");
  Write("unknown.csv", "from,to\na,x\n");
  ExpectRefused(Run({"hotspots", "--values", File("values.csv"), "--neighbours", File("unknown.csv"),
                     "--statistic", "g"}),
                "row 1 names an area");
}

TEST_F(StatisticsCommands, ScanPlacesCellsAndTimes) {
  std::string locations = "x,y,cases,population,controls\n";
  for (int i = 0; i < 49; ++i)
    locations += std::to_string(600000 + i % 7 * 500) + "," + std::to_string(6640000 + i / 7 * 500) + "," +
                 (i == 24 || i == 25 ? "9" : "1") + ",100,5\n";
  Write("locations.csv", locations);
  for (const std::string model : {"poisson", "bernoulli"}) {
    const Json json =
        RunJson({"scan", "--locations", File("locations.csv"), "--model", model, "--seed", "5"});
    EXPECT_GE(json["clusters"][0]["observed"].get<int>(), 18) << model;
    EXPECT_LE(json["clusters"][0]["p"].get<double>(), 0.01) << model;
    EXPECT_EQ(json["settings"]["seed"], 5);
    EXPECT_EQ(json["settings"]["correction"], "max");
  }
  const Json grid =
      RunJson(OnGrid("scan", "points.csv", {"--radii", "0,250,500", "--out", File("scan.csv")}));
  EXPECT_GE(grid["clusters"][0]["observed"].get<int>(), 7);
  const Json cylinders =
      RunJson(OnGrid("scan", "points.csv", {"--day", "day", "--period-length", "10", "--simulations", "99"}));
  EXPECT_EQ(cylinders["clusters"][0]["periods"].size(), 2U);
  const Json permutation = RunJson({"scan", "--points", File("points.csv"), "--model", "permutation", "--day",
                                    "day", "--simulations", "99"});
  EXPECT_EQ(permutation["settings"]["draws"], 99);
  ExpectRefused(Run({"scan", "--points", File("points.csv"), "--model", "permutation"}), "--period");
}

TEST_F(StatisticsCommands, CountNearRepeats) {
  const Json json = RunJson({"knox", "--points", File("points.csv"), "--day", "day", "--distance", "500",
                             "--days", "7", "--bands", "250,500", "--day-bands", "3,7", "--seed", "2"});
  EXPECT_GT(json["knox"]["observed"].get<int>(), json["knox"]["expected"].get<double>());
  EXPECT_LE(json["knox"]["p"].get<double>(), 0.05);
  EXPECT_EQ(json["bands"].size(), 6U);  // the same place and two bands, in two of time
  Write("days.csv", "x,y,day\n1,1,yesterday\n");
  ExpectRefused(Run({"knox", "--points", File("days.csv"), "--day", "day"}), "row 1 is no day");
}

TEST_F(StatisticsCommands, CompareAPeriodWithEarlierOnes) {
  std::string counts = "period,count\n";
  const int series[] = {5, 7, 6, 9, 8, 11, 12, 15, 30};
  for (int i = 0; i < 9; ++i)
    counts += std::to_string(2024 + i / 4) + "Q" + std::to_string(1 + i % 4) + "," +
              std::to_string(series[i]) + "\n";
  Write("counts.csv", counts);
  const Json one = RunJson({"trend", "--counts", File("counts.csv")})["series"][0];
  ASSERT_EQ(one["changes"].size(), 3U);
  EXPECT_EQ(one["changes"][1]["before"], 8);
  EXPECT_GT(one["changes"][1]["low"].get<double>(), 1);
  EXPECT_LT(one["trend"]["exact_p"].get<double>(), 0.01);
  Write("short.csv", "period,count\n2026Q1,4\n2026Q2,9\n");
  const Ended ended = Run({"trend", "--counts", File("short.csv")});
  EXPECT_THAT(ended.out, HasSubstr("För få perioder för en trend: 2, det behövs minst 8"));
  Write("gap.csv", "period,count\n2026Q1,4\n2026Q3,9\n");
  ExpectRefused(Run({"trend", "--counts", File("gap.csv")}), "does not follow");
  Write("minus.csv", "period,count\n2026Q1,-4\n");
  ExpectRefused(Run({"trend", "--counts", File("minus.csv")}), "is no count");
}

TEST_F(StatisticsCommands, ClassifyHowCellsTurnedHot) {
  std::string points = "x,y,period\n";
  for (int period = 0; period < 9; ++period) {
    for (int i = 0; i < 30; ++i)
      points += std::to_string(600000 + (i * 1931 + period * 577) % 5000) + "," +
                std::to_string(6640000 + (i * 3163 + period * 911) % 5000) + "," + std::to_string(period) +
                "\n";
    for (int i = 0; period > 6 && i < 18; ++i)
      points += std::to_string(601010 + i * 25) + "," + std::to_string(6641020 + i * 211 % 450) + "," +
                std::to_string(period) + "\n";
  }
  Write("periods.csv", points);
  const Json json = RunJson(OnGrid("trend", "periods.csv", {"--period", "period"}));
  ASSERT_FALSE(json["cells"].empty());
  EXPECT_EQ(json["cells"][0]["class"], "consecutive");
  EXPECT_EQ(json["cells"][0]["hot_periods"], 2);
  EXPECT_EQ(json["settings"]["family"], 9 * 400);
}

TEST_F(StatisticsCommands, MeasureAnEarlierForecastBesideSimpleCounts) {
  const Json json =
      RunJson(OnGrid("accuracy", "points.csv", {"--test", File("points.csv"), "--shares", "0.05"}));
  std::vector<std::string> forecasts;
  for (const Json& line : json["forecasts"])
    if (line["flagged"] == 20) {
      forecasts.push_back(line["forecast"]);
      EXPECT_NEAR(line["pai"].get<double>(), line["hit_rate"].get<double>() / 0.05, 1e-9);
    }
  EXPECT_THAT(forecasts, testing::UnorderedElementsAre("test", "count", "kde"));
  Write("areas.csv", "predicted,train,test,area_km2\n3,9,4,1\n2,2,1,1\n1,1,3,1\n");
  const Json areas = RunJson({"accuracy", "--areas", File("areas.csv"), "--shares", "0.34"});
  EXPECT_DOUBLE_EQ(areas["forecasts"][0]["hit_rate"].get<double>(), 0.5);
  ExpectRefused(Run({"accuracy", "--points", File("points.csv")}), "--test");
}

TEST_F(StatisticsCommands, HelpWithAnExample) {
  for (const std::string command : {"hotspots", "scan", "knox", "trend", "accuracy"})
    EXPECT_THAT(Run({command, "--help"}).out, HasSubstr("Example: lagesbild " + command)) << command;
}

}  // namespace
}  // namespace lagesbild::tools
