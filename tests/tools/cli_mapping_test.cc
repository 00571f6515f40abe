// A whole path by the one program and mapping files alone: an invented US city, from a GeoJSON to map files.

#include "tests/tools/program.h"

namespace lagesbild::tools {
namespace {

using testing::HasSubstr;

class MappedCity : public testing::Test {
 protected:
  Ended Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--lang", "en", "--store", folder / "l.db"});
    return Process(folder.path(), arguments).Wait();
  }
  std::string Expect(const std::vector<std::string>& arguments) {
    const Ended ended = Run(arguments);
    EXPECT_EQ(ended.code, 0) << ended.err;
    return ended.out;
  }
  static std::string Example(const std::string& file) {
    return std::string(LAGESBILD_SOURCE_DIR) + "/tools/examples/philadelphia/" + file;
  }
  std::string Boundary() {
    return folder.Write("city.geojson",
                        R"({"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":)"
                        R"([[[-75.2,39.9],[-75.0,39.9],[-75.0,40.1],[-75.2,40.1],[-75.2,39.9]]]}})");
  }

  service::TemporaryFolder folder;
};

TEST_F(MappedCity, GoesFromItsFilesToAPictureWithCountsAndDistances) {
  Expect(
      {"register", "import", Boundary(), "--kind", "reference", "--mapping", Example("municipality.toml")});
  std::string
      blocks = "street,block_start,lat,lon,n\n",
      victims = "the_geom,the_geom_webmercator,objectid,dc_key,date_,location,age,point_x,point_y,lat,lng\n";
  for (int i = 0; i < 12; ++i) {
    const std::string lon = std::to_string(-75.1 + 0.003 * i);
    blocks += "S 91ST ST," + std::to_string(100 * i) + ",40.0," + lon + ",1\n";
    victims += "01010000,01010000," + std::to_string(i) + ",20262500" + std::to_string(1000 + i) +
               ",2026-08-05 00:00:00+00," + std::to_string(100 * i) + " BLOCK S 91ST ST,17,,,40.0," + lon +
               "\n";
  }
  EXPECT_THAT(Expect({"register", "import", folder.Write("blocks.csv", blocks), "--kind", "addresses",
                      "--mapping", Example("register.toml")}),
              HasSubstr("12"));
  Expect({"reporter", "put", "police", "--name", "Police", "--kind", "police"});
  const std::string told = Expect({"import", folder.Write("victims.csv", victims), "--mapping",
                                   Example("incidents_text.toml"), "--reporter", "police"});
  EXPECT_THAT(told, HasSubstr("incidents: read 12 = accepted 12"));
  EXPECT_THAT(told,
              HasSubstr("12 incidents have both, 12 (100.0 %) of the texts placed, 0 of them coarsely"));
  EXPECT_THAT(told, HasSubstr("p50 0 m, p90 0 m"));
  const std::string picture = Expect({"picture", "--quarter", "2026Q3", "--out", (folder / "maps").string()});
  EXPECT_THAT(picture, HasSubstr("cannot be tested: no inhabitants of the group are known"));
  EXPECT_THAT(picture, HasSubstr("lagesbild_philadelphia_2026K3"));
}

TEST_F(MappedCity, IsToldWhatIsWrongWithItsFiles) {
  const Ended no_boundary =
      Run({"register", "import", folder.Write("b.csv", "street,block_start,lat,lon,n\n"), "--kind",
           "addresses", "--mapping", Example("register.toml")});
  EXPECT_EQ(no_boundary.code, 3);
  EXPECT_THAT(no_boundary.err, HasSubstr("reference"));
  const Ended no_mapping = Run({"register", "import", Boundary(), "--kind", "reference"});
  EXPECT_EQ(no_mapping.code, 3);
  Expect(
      {"register", "import", Boundary(), "--kind", "reference", "--mapping", Example("municipality.toml")});
  const Ended swapped =
      Run({"register", "import",
           folder.Write("s.csv", "street,block_start,lat,lon,n\nS 91ST ST,100,-75.1,40.0,1\n"), "--kind",
           "addresses", "--mapping", Example("register.toml")});
  EXPECT_EQ(swapped.code, 3);
  EXPECT_THAT(swapped.err, HasSubstr("axes look swapped"));
}

}  // namespace
}  // namespace lagesbild::tools
