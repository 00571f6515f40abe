// `lagesbild review` on a store of its own: what an analyst sees and decides, and what is never repeated.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/service/import_support.h"
#include "tests/tools/program.h"

namespace lagesbild::tools {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kRows =
    "Datum;Händelse;Plats\n"
    "2026-07-01;Skadegörelse;bakom kiosken\n"
    "2026-07-02;Skadegörelse;Bakom  kiosken\n"
    "2026-07-03;Skadegörelse;Kyrkvägen 1\n"
    "2026-07-04;Skadegörelse;Storgatan 1, Testby\n";

class ReviewCommand : public testing::Test {
 protected:
  void SetUp() override {
    const auto store = service::FilledStore(folder, "sqlite");
    std::vector<geo::Address> addresses = service::TestAddresses();
    for (const char* locality : {"Testby", "Annanby"}) {  // two equals, to be chosen between
      geo::Address address = addresses.front();
      address.id = std::string("K") + locality;
      address.area = "Kyrkvägen";
      address.locality = address.postal_town = locality;
      address.postcode = locality == std::string("Testby") ? "74430" : "74431";
      address.position = service::At(locality == std::string("Testby") ? 605200 : 615000, 6650400);
      addresses.push_back(address);
    }
    store->PutAddresses(service::Version("adr2"), geo::Epsg{3006}, addresses);
    service::Deliver(*store, folder, kRows, service::kSimple);
  }
  Ended Run(std::vector<std::string> arguments, const std::string& language = "sv") {
    arguments.insert(arguments.begin(), {"--store", folder / "l.db", "--lang", language});
    return Process(folder.path(), arguments).Wait();
  }
  std::string Expect(const std::vector<std::string>& arguments, const std::string& language = "sv") {
    const Ended ended = Run(arguments, language);
    EXPECT_EQ(ended.code, 0) << ended.err;
    return ended.out;
  }
  nlohmann::json Json(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "--json");
    return nlohmann::json::parse(Expect(arguments));
  }
  service::TemporaryFolder folder;
};

TEST_F(ReviewCommand, ListsWhatWaitsWithItsCandidates) {
  const std::string list = Expect({"review"});
  EXPECT_THAT(list, AllOf(HasSubstr("bakom kiosken"), HasSubstr("not-found"), HasSubstr("ambiguous"),
                          HasSubstr("--candidate 1"), HasSubstr("--candidate 2"), HasSubstr("Kyrkvägen 1")));
  EXPECT_EQ(Expect({"review", "list"}), list);
  EXPECT_EQ(Json({"review", "list"})["places"].size(), 3U);
}

TEST_F(ReviewCommand, ResolvesByCandidateWithReasonAndNote) {
  const std::string out = Expect({"review", "resolve", "3", "--candidate", "2", "--reason", "several-fit",
                                  "--note", "uppgiftslämnaren tillfrågad"});
  EXPECT_THAT(out,
              AllOf(HasSubstr("1 händelser utredda (resolutions/1, version 1)"), HasSubstr("Kyrkvägen 1")));
  const auto history = Json({"review", "history"})["resolutions"];
  ASSERT_EQ(history.size(), 1U);
  EXPECT_EQ(history[0]["reason"], "RESOLUTION_REASON_SEVERAL_FIT");
  EXPECT_EQ(history[0]["note"], "uppgiftslämnaren tillfrågad");
  EXPECT_EQ(history[0]["state"], "RESOLUTION_STATE_IN_FORCE");
}

TEST_F(ReviewCommand, KeepsVersionsAndTakesTheLastBack) {
  Expect({"review", "resolve", "1", "--address", "Storgatan 5", "--locality", "Testby"});
  Expect({"review", "resolve", "1", "--address", "Storgatan 3", "--locality", "Testby", "--reason",
          "wrongly-placed"});
  EXPECT_THAT(Expect({"review", "history"}), AllOf(HasSubstr("ersatt"), HasSubstr("gäller"),
                                                   HasSubstr("Storgatan 3"), HasSubstr("wrongly-placed")));
  EXPECT_THAT(Expect({"review", "undo", "2"}), AllOf(HasSubstr("resolutions/2 är återtaget; 2 händelser"),
                                                     HasSubstr("2 följer beslutet före det.")));
  EXPECT_THAT(Expect({"review", "undo", "resolutions/1"}, "en"), HasSubstr("2 wait for a place again."));
  EXPECT_THAT(Expect({"review", "history"}, "en"), AllOf(HasSubstr("undone"), Not(HasSubstr("in force"))));
  EXPECT_EQ(Json({"review"})["places"].size(), 3U);
}

TEST_F(ReviewCommand, RepeatsTheReportersWordsOnlyWhenAsked) {
  const std::vector<std::string> resolve = {"review", "resolve", "1", "--address", "Testby skola"};
  EXPECT_THAT(Expect(resolve), Not(HasSubstr("kiosken")));
  EXPECT_THAT(Json(resolve).dump(), Not(HasSubstr("kiosken")));
  EXPECT_THAT(Expect({"review", "history"}), Not(HasSubstr("kiosken")));
  EXPECT_THAT(Json({"review", "history"}).dump(), Not(HasSubstr("kiosken")));
  EXPECT_THAT(Expect({"review", "history", "--with-texts"}), HasSubstr("kiosken"));
  EXPECT_THAT(Json({"review", "undo", "1"}).dump(), Not(HasSubstr("kiosken")));
}

TEST_F(ReviewCommand, RefusesANoteWithPersonalDataWithoutRepeatingIt) {
  const Ended ended =
      Run({"review", "resolve", "1", "--dismiss", "--note", "ring 070-123 45 67 eller 811218-9876"});
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.err, HasSubstr("Noteringen kan innehålla personuppgifter"));
  EXPECT_THAT(ended.err + ended.out, AllOf(Not(HasSubstr("070")), Not(HasSubstr("811218"))));
  EXPECT_EQ(Json({"review"})["places"].size(), 3U) << "nothing changed";
}

TEST_F(ReviewCommand, RefusesWhatIsNoDecisionOrNoCandidate) {
  const auto refused = [&](const std::vector<std::string>& arguments, int code, const std::string& text) {
    const Ended ended = Run(arguments, "en");
    EXPECT_EQ(ended.code, code) << ended.err;
    EXPECT_EQ(ended.out, "");
    EXPECT_THAT(ended.err, HasSubstr(text));
  };
  refused({"review", "resolve", "3"}, 3, "--address, --candidate, --position and --dismiss");
  refused({"review", "resolve", "3", "--candidate", "1", "--dismiss"}, 3, "needs one of");
  refused({"review", "resolve", "3", "--candidate", "9"}, 3, "must be 1 to 2");
  refused({"review", "resolve", "3", "--candidate", "0"}, 2, "--candidate");
  refused({"review", "resolve", "3", "--dismiss", "--reason", "because"}, 2, "--reason");
  refused({"review", "resolve", "3", "--dismiss", "--note", std::string(201, 'x')}, 3, "at most 200 bytes");
  refused({"review", "undo", "9"}, 3, "does not exist");
  refused({"review", "undo"}, 2, "NAME");
  refused({"review", "report", "--quarter", "summer"}, 3, "2026Q3");
  refused({"review", "report", "--last-quarter", "2026Q3"}, 2, "--quarter");
  refused({"review", "report", "--quarter", "2026Q3", "--last-quarter", "2026Q1"}, 3, "must not be before");
}

TEST_F(ReviewCommand, TellsWhenTheRegisterLostTheAddressOfADecision) {
  Expect({"review", "resolve", "1", "--address", "Storgatan 5", "--locality", "Testby"});
  EXPECT_THAT(Expect({"review", "history"}), Not(HasSubstr("finns inte i registret")));
  {
    const auto store = service::OpenSqliteStore(folder / "l.db");
    std::vector<geo::Address> addresses = service::TestAddresses();
    std::erase_if(addresses, [](const geo::Address& address) { return address.number == 5; });
    store->PutAddresses(service::Version("adr3"), geo::Epsg{3006}, addresses);
  }
  EXPECT_THAT(Expect({"review", "history"}), HasSubstr("finns inte i registret längre"));
  EXPECT_THAT(Expect({"review", "report"}), HasSubstr("VARNING: 1 beslut pekar på en adress"));
  EXPECT_THAT(Expect({"review", "report"}, "en"), HasSubstr("WARNING: 1 decisions name an address"));
}

TEST_F(ReviewCommand, MeasuresHowFastPlacesAreFound) {
  folder.Write("q.csv", "plats\nStorgatan 5\nKyrkvägen 1, Annanby\nTestby skola\n");
  const auto json = Json(
      {"bench", "rpc", "--in", folder / "q.csv", "--column", "plats", "--calls", "20", "--count", "250"});
  EXPECT_EQ(json["SuggestPlaces"]["calls"], 20);
  EXPECT_GT(json["SuggestPlaces"]["p99_ms"], 0.0);
  EXPECT_GT(json["StreamGeocode"]["queries_per_second"], 0.0);
  EXPECT_EQ(Run({"bench", "rpc", "--in", folder / "q.csv", "--column", "adress"}).code, 3);
}

TEST_F(ReviewCommand, ReportsHitRatesWarningsAndTextsThatWouldGainMost) {
  std::string rows = "Datum;Händelse;Plats\n";
  for (int i = 0; i < 30; ++i)
    rows += "2026-08-" + std::string(i < 9 ? "0" : "") + std::to_string(i + 1) + ";Skadegörelse;" +
            (i % 3 == 0   ? "Storgatan 5, Testby"
             : i % 3 == 1 ? "vid gamla ladan"
                          : "vid gamla lodan") +
            "\n";
  {
    const auto store = service::OpenSqliteStore(folder / "l.db");
    service::Deliver(*store, folder, rows, service::kSimple, "skolan");
  }
  const std::string report = Expect({"review", "report"});
  EXPECT_THAT(report, AllOf(HasSubstr("11 av 34 platser hittades (32 %)"),
                            HasSubstr("VARNING: Alla uppgiftslämnare: 11 av 34"),
                            HasSubstr("VARNING: Testby skola: 10 av 30"), HasSubstr("under 85 %"),
                            HasSubstr("2026-07"), HasSubstr("2026-08"), HasSubstr("vid gamla ladan"),
                            HasSubstr("Punkter som samlar händelser"), HasSubstr("upprepningar")));
  EXPECT_LT(report.find("gamla ladan"), report.find("bakom kiosken")) << "what would gain most stands first";
  EXPECT_THAT(Expect({"review", "report", "--quarter", "2026K3"}, "en"),
              AllOf(HasSubstr("11 of 34 places were found (32 %)"),
                    HasSubstr("WARNING: All reporters: 11 of 34 places were found (32 %). Under 85 %"),
                    HasSubstr("Resolve these first"), Not(HasSubstr("hittades"))));
  const auto json = Json({"review", "report"});
  EXPECT_EQ(json["texts"][0]["incident_count"], "20");
  EXPECT_EQ(json["texts"][0]["spelling_count"], 2);
  EXPECT_TRUE(json["total"]["below_threshold"]);
  EXPECT_THAT(Expect({"review", "report", "--quarter", "2025Q1"}), HasSubstr("Inga händelser"));
}

}  // namespace
}  // namespace lagesbild::tools
