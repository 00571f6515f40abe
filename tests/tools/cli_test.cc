// The program from outside: commands, exit codes, one line per error.

#include <sys/stat.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/tools/program.h"

namespace lagesbild::tools {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class CommandLine : public testing::Test {
 protected:
  Ended Run(const std::vector<std::string>& arguments) { return Process(folder.path(), arguments).Wait(); }
  void ExpectOneLine(const Ended& ended, int code, const std::string& text) {
    EXPECT_EQ(ended.code, code) << ended.err;
    EXPECT_THAT(ended.err, StartsWith("lagesbild: "));
    EXPECT_THAT(ended.err, HasSubstr(text));
    EXPECT_EQ(std::count(ended.err.begin(), ended.err.end(), '\n'), 1) << ended.err;
    EXPECT_EQ(ended.out, "");
  }
  service::TemporaryFolder folder;
};

TEST_F(CommandLine, SaysItsVersion) {
  const Ended ended = Run({"--version"});
  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.out, testing::MatchesRegex("lagesbild [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST_F(CommandLine, HelpsOnEveryLevelWithAnExample) {
  for (const std::vector<std::string>& path : std::vector<std::vector<std::string>>{{},
                                                                                    {"serve"},
                                                                                    {"register", "import"},
                                                                                    {"register", "update"},
                                                                                    {"register", "list"},
                                                                                    {"reporter", "put"},
                                                                                    {"reporter", "list"},
                                                                                    {"reporter", "ask"},
                                                                                    {"reporter", "answer"},
                                                                                    {"reporter", "status"},
                                                                                    {"reporter", "compare"},
                                                                                    {"reporter", "aim"},
                                                                                    {"import"},
                                                                                    {"imports", "list"},
                                                                                    {"imports", "undo"},
                                                                                    {"imports", "rejected"},
                                                                                    {"picture"},
                                                                                    {"geocode"},
                                                                                    {"review"},
                                                                                    {"review", "list"},
                                                                                    {"review", "resolve"},
                                                                                    {"review", "history"},
                                                                                    {"review", "undo"},
                                                                                    {"review", "report"},
                                                                                    {"layers", "list"},
                                                                                    {"layers", "get"},
                                                                                    {"jobs", "list"},
                                                                                    {"jobs", "cancel"},
                                                                                    {"template"},
                                                                                    {"verify"},
                                                                                    {"attack"},
                                                                                    {"completion"}}) {
    std::vector<std::string> arguments = path;
    arguments.push_back("--help");
    const Ended ended = Run(arguments);
    EXPECT_EQ(ended.code, 0);
    EXPECT_THAT(ended.out, HasSubstr("Example: ")) << (path.empty() ? "" : path.front());
  }
}

TEST_F(CommandLine, EndsWithTwoWhenItIsUsedWrongly) {
  ExpectOneLine(Run({"nonsense"}), 2, "--help");
  ExpectOneLine(Run({}), 2, "--help");
  ExpectOneLine(Run({"--store", "l.db", "register", "import", "x.gpkg", "--kind", "trains"}), 2, "--kind");
  ExpectOneLine(Run({"picture"}), 2, "--quarter");
  ExpectOneLine(Run({"--lang", "fi", "jobs", "list"}), 2, "--lang");
}

TEST_F(CommandLine, EndsWithThreeWhenTheInputIsRefused) {
  const std::string store = folder / "l.db";
  ExpectOneLine(Run({"jobs", "list"}), 3, "--server ADDRESS");
  ExpectOneLine(Run({"--server", "unix:" + (folder / "none").string(), "jobs", "list"}), 3, "--token-file");
  ExpectOneLine(Run({"--store", store, "--server", "unix:x", "jobs", "list"}), 3, "exclude");
  ExpectOneLine(Run({"--store", store, "picture", "--quarter", "summer", "--out", "x"}), 3, "2026Q3");
  ExpectOneLine(Run({"--store", store, "--lang", "sv", "picture", "--quarter", "2026K3", "--out", "x"}), 3,
                "register");
  ExpectOneLine(Run({"--store", store, "picture", "--quarter", "2026Q3", "--out", "x", "--audience",
                     "internal,public", "--request-id", "11111111-1111-4111-8111-111111111111"}),
                3, "one --audience");
  ExpectOneLine(Run({"--store", store, "--lang", "en", "imports", "undo", "7"}), 3, "import");
  ExpectOneLine(
      Run({"--store", store, "import", "missing.csv", "--mapping", "missing.toml", "--reporter", "x"}), 3,
      "missing.toml");
  ExpectOneLine(Run({"--store", (folder / "no/such/folder/l.db").string(), "jobs", "list"}), 3,
                "no/such/folder");
}

TEST_F(CommandLine, EndsWithThreeWhenTheServiceDoesNotAnswer) {
  folder.Write("token", std::string(40, 't') + " internal test\n");
  ::chmod((folder / "token").c_str(), 0600);
  const Ended ended = Run({"--server", "unix:" + (folder / "none").string(), "--token-file", folder / "token",
                           "--lang", "sv", "jobs", "list"});
  ExpectOneLine(ended, 3, "Tjänsten svarar inte");
}

TEST_F(CommandLine, AttacksWithoutAServiceAndSaysWhatWasFound) {
  const std::vector<std::string> town = {"--json",           "attack", "--address-count", "300",
                                         "--incident-count", "60",     "--runs",          "2"};
  const Ended ended = Run(town);
  ASSERT_EQ(ended.code, 0) << ended.err;
  const auto reply = nlohmann::json::parse(ended.out);
  EXPECT_EQ(reply["address_count"], 300);
  EXPECT_EQ(reply["incident_count"], 60);
  ASSERT_EQ(reply["surfaces"].size(), 4U);
  EXPECT_GT(reply["surfaces"][0]["found_count"], 30);
  ASSERT_EQ(reply["release"].size(), 3U);
  EXPECT_LT(reply["release"][0]["z_score"], 3);
  EXPECT_EQ(Run(town).out, ended.out);
}

TEST_F(CommandLine, AttacksPositionsOfOnesOwn) {
  folder.Write("a.csv", "easting,northing\n600000,6650000\n600040,6650000\n600000,6650070\n");
  folder.Write("i.csv", "easting,northing\n600040,6650000\n");
  const Ended ended = Run({"--lang", "sv", "attack", "--addresses", folder / "a.csv", "--incidents",
                           folder / "i.csv", "--crs", "3006"});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("3 adresser"));
  EXPECT_THAT(ended.out, HasSubstr("ingenting att pröva"));  // one incident: its count is withheld
  ExpectOneLine(Run({"attack", "--addresses", folder / "a.csv"}), 2, "--incidents");
  ExpectOneLine(Run({"attack", "--addresses", folder / "a.csv", "--incidents", folder / "none.csv"}), 3,
                "none.csv");
  ExpectOneLine(Run({"attack", "--crs", "4326"}), 3, "4326");
  ExpectOneLine(Run({"attack", "--address-count", "0"}), 3, "1 to 20000");
}

TEST_F(CommandLine, GeocodesAFileAgainstAnother) {
  const std::string addresses = folder / "adresser.csv", asked = folder / "fragor.csv",
                    found = folder / "svar.csv";
  folder.Write("adresser.csv",
               "gata,nr,lon,lat\n"
               "Storgatan,1,16.8600,59.9380\nStorgatan,5,16.8640,59.9380\nTingsgatan,2,16.8660,59.9400\n");
  folder.Write("fragor.csv", "id,plats\n1,\"Storg. 5, Heby\"\n2,Okändvägen 9\n3,tingsgatan 2\n");
  const std::vector<std::string> command = {"--lang",
                                            "en",
                                            "geocode",
                                            "--register",
                                            addresses,
                                            "--columns",
                                            "street=gata,number=nr,x=lon,y=lat",
                                            "--register-crs",
                                            "EPSG:4326",
                                            "--in",
                                            asked,
                                            "--column",
                                            "plats",
                                            "--out",
                                            found};
  const Ended ended = Run(command);
  ASSERT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, testing::HasSubstr("3 rows: 2 placed"));
  std::ifstream in(found);
  std::string header, first, second, third, fourth;
  std::getline(in, header);
  std::getline(in, first);
  std::getline(in, second);
  std::getline(in, third);
  EXPECT_EQ(header, "id,plats,level,category,faults,matched,lon,lat,easting,northing,accuracy_m,score");
  EXPECT_THAT(first, testing::StartsWith("1,\"Storg. 5, Heby\",address_point,"));
  EXPECT_THAT(first, testing::HasSubstr(",16.86400"));
  EXPECT_THAT(second, testing::StartsWith("2,Okändvägen 9,none,,"));
  EXPECT_THAT(third, testing::StartsWith("3,tingsgatan 2,address_point,A,"));
  EXPECT_FALSE(std::getline(in, fourth));
}

TEST_F(CommandLine, RefusesAFileToGeocodeThatLacksSomething) {
  ExpectOneLine(Run({"geocode", "--register", "x.csv", "--in", "y.csv", "--column", "a", "--out", "z.csv"}),
                3, "--columns");
  ExpectOneLine(Run({"geocode", "--register", "x.csv", "--columns", "gata=b", "--in", "y.csv", "--column",
                     "a", "--out", "z.csv"}),
                3, "street=gata");
  ExpectOneLine(Run({"geocode", "--in", "y.csv", "--column", "a", "--out", "z.csv"}), 3, "--register");
  ExpectOneLine(Run({"geocode"}), 3, "--register");
}

TEST_F(CommandLine, CompilesATableOfAddressesAlone) {
  folder.Write("adresser.csv", "gata;nr;x;y\nStorgatan;1;600000;6650000\nStorgatan;3;600040;6650000\n");
  folder.Write("karta.toml",
               "[mapping]\nversion = 1\nname = \"a\"\n[file]\nformat = \"csv\"\ndelimiter = \";\"\n"
               "[columns]\nstreet = \"gata\"\nnumber = \"nr\"\neasting = \"x\"\nnorthing = \"y\"\n"
               "[coordinates]\nepsg = 3006\n");
  const std::string table = folder / "adresser.csv", mapping = folder / "karta.toml",
                    out = folder / "Östervåla gårdar.lbidx";
  const Ended built = Run({"--json", "register", "build", table, "--mapping", mapping, "--out", out});
  ASSERT_EQ(built.code, 0) << built.err;
  const auto told = nlohmann::json::parse(built.out);
  EXPECT_EQ(told["addresses"], 2);
  EXPECT_EQ(told["crs"], "EPSG:3006");
  EXPECT_EQ(Run({"--json", "register", "info", out}).out, built.out);
  ExpectOneLine(Run({"--lang", "en", "register", "build", table, "--out", out}), 3, "--mapping");
  ExpectOneLine(
      Run({"--lang", "en", "register", "build", table, "--mapping", mapping, "--style", "x", "--out", out}),
      3, "--style must be one of");
  ExpectOneLine(Run({"--lang", "en", "register", "build", table, "--mapping", mapping, "--roads", "r.gpkg",
                     "--out", out}),
                3, "needs --reference");
}

TEST_F(CommandLine, RefusesToServeTheNetwork) {
  ExpectOneLine(Run({"serve", "--store", folder / "l.db", "--token-file", folder / "token", "--listen",
                     "0.0.0.0:50051"}),
                3, "127.0.0.1:PORT");
  EXPECT_FALSE(std::filesystem::exists(folder / "l.db"));
  EXPECT_FALSE(std::filesystem::exists(folder / "token"));
}

TEST_F(CommandLine, RefusesToServeWithTokensThatOthersMayRead) {
  folder.Write("token", std::string(40, 't') + " internal test\n");
  ::chmod((folder / "token").c_str(), 0644);
  ExpectOneLine(
      Run({"serve", "--store", folder / "l.db", "--token-file", folder / "token", "--listen", "127.0.0.1:0"}),
      3, "0600");
}

TEST_F(CommandLine, StartsTheServiceInItsOwnProcessForAStore) {
  const std::string store = folder / "l.db";
  EXPECT_EQ(
      Run({"--store", store, "reporter", "put", "polisen", "--name", "Polisen", "--kind", "POLICE"}).code, 0);
  const Ended ended = Run({"--store", store, "--json", "reporters", "list"});
  ASSERT_EQ(ended.code, 0) << ended.err;
  const auto reply = nlohmann::json::parse(ended.out);
  EXPECT_EQ(reply["reporters"][0]["code"], "polisen");
  EXPECT_EQ(reply["reporters"][0]["kind"], "REPORTER_KIND_POLICE");
}

TEST_F(CommandLine, SpeaksTheLanguageThatIsAskedFor) {
  const std::string store = folder / "l.db";
  EXPECT_THAT(Run({"--store", store, "--lang", "sv", "review"}).out, HasSubstr("Inga platser"));
  EXPECT_THAT(Run({"--store", store, "--lang", "en", "review"}).out, HasSubstr("No places"));
}

TEST_F(CommandLine, RefusesAResolutionThatSaysTwoThingsOrNone) {
  const std::string store = folder / "l.db";
  for (const std::vector<std::string>& what :
       {std::vector<std::string>{}, {"--dismiss", "--address", "Storgatan 1"}}) {
    std::vector<std::string> arguments = {"--store", store, "review", "resolve", "incidents/7"};
    arguments.insert(arguments.end(), what.begin(), what.end());
    const Ended ended = Run(arguments);
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.err, HasSubstr("--address, --candidate, --position and --dismiss"));
  }
}

TEST_F(CommandLine, CompletesCommandsAndOptionsInBash) {
  folder.Write("completion", Run({"completion", "bash"}).out);
  const auto complete = [&](const std::string& words, int current) {
    const std::string script = "source " + (folder / "completion").string() + "; COMP_WORDS=(" + words +
                               "); COMP_CWORD=" + std::to_string(current) +
                               "; _lagesbild; echo \"${COMPREPLY[*]}\"";
    folder.Write("script", script);
    const std::string command =
        "bash " + (folder / "script").string() + " > " + (folder / "words").string() + " 2>&1";
    EXPECT_EQ(std::system(command.c_str()), 0);
    return service::ReadBytes(folder / "words");
  };
  EXPECT_EQ(complete("lagesbild reg", 1), "register\n");
  EXPECT_THAT(complete("lagesbild --store l.db imports ''", 4), HasSubstr("undo"));
  EXPECT_EQ(complete("lagesbild review hi", 2), "history\n");
  EXPECT_EQ(complete("lagesbild review resolve --ca", 3), "--candidate\n");
  EXPECT_EQ(complete("lagesbild picture --qu", 2), "--quarter\n");
}

}  // namespace
}  // namespace lagesbild::tools
