// `lagesbild reporter` on a store of its own: who was asked, who answered, and what that says of a change.

#include <nlohmann/json.hpp>

#include "tests/service/import_support.h"
#include "tests/tools/program.h"

namespace lagesbild::tools {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class ReporterCommand : public testing::Test {
 protected:
  void SetUp() override {
    const auto store = service::FilledStore(folder, "sqlite");
    service::Deliver(*store, folder,
                     "Datum;Händelse;Plats\n2026-07-01;Skadegörelse;Storgatan 1, Testby\n"
                     "2026-04-02;Skadegörelse;Storgatan 2, Testby\n",
                     service::kSimple);
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
  service::TemporaryFolder folder;
};

TEST_F(ReporterCommand, TellsTheFourAnswersApart) {
  Expect({"reporter", "ask", "butiken", "--quarter", "2026Q3", "--date", "2026-10-01"});
  Expect({"reporter", "answer", "skolan", "--quarter", "2026K3", "--nothing"});
  Expect({"reporter", "aim", "2026", "7"});
  EXPECT_THAT(Expect({"reporter", "status", "--quarter", "2026Q3"}),
              AllOf(HasSubstr("2026K3"), HasSubstr("svarade inte"), HasSubstr("inget att rapportera"),
                    HasSubstr("inte tillfrågad"), HasSubstr("Svarsfrekvens: 2 av 3 (67 %)"),
                    HasSubstr("löftets mål vid årets slut: 7")));
  EXPECT_THAT(Expect({"reporter", "status", "--quarter", "2026Q3"}, "en"),
              AllOf(HasSubstr("nothing to report"), HasSubstr("Response rate: 2 of 3")));
  Expect({"reporter", "answer", "skolan", "--quarter", "2026K3", "--withdraw"});
  const auto json = nlohmann::json::parse(Expect({"--json", "reporter", "status", "--quarter", "2026Q3"}));
  EXPECT_EQ(json["quarters"][0]["not_asked_count"], 3);
}

TEST_F(ReporterCommand, ComparesQuartersOnThoseWhoWereThereBothTimes) {
  EXPECT_THAT(Expect({"reporter", "compare", "--quarter", "2026Q3"}),
              AllOf(HasSubstr("2026K3 mot 2026K2: 1 till 1, osäkert"), HasSubstr("Jämförbara: polisen")));
  EXPECT_THAT(Expect({"reporter", "compare", "--quarter", "2026Q3", "--against", "2025Q3"}),
              HasSubstr("ingen förändring kan räknas"));
}

TEST_F(ReporterCommand, KeepsAreaAgesAndContactRole) {
  EXPECT_THAT(Expect({"reporter", "put", "skolan", "--name", "Testby skola", "--kind", "school", "--area",
                      "Testby", "--ages", "UNGDOM", "--contact-role", "rektor"}),
              AllOf(HasSubstr("T1,UNGDOM"), HasSubstr("rektor")));
  const Ended refused = Run({"reporter", "put", "skolan", "--name", "Testby skola", "--kind", "school",
                             "--contact-role", "Anna Svensson"});
  EXPECT_EQ(refused.code, 3);
  EXPECT_THAT(refused.err, testing::Not(HasSubstr("Anna")));
}

TEST_F(ReporterCommand, RefusesAnAnswerThatSaysNothing) {
  EXPECT_EQ(Run({"reporter", "answer", "skolan", "--quarter", "2026Q3"}).code, 3);
  EXPECT_EQ(Run({"reporter", "ask", "okand", "--quarter", "2026Q3"}).code, 3);
  EXPECT_EQ(Run({"reporter", "aim", "2026"}).code, 2);
  EXPECT_EQ(Run({"reporter", "compare", "--quarter", "2026Q3", "--against", "2026Q4"}).code, 3);
}

}  // namespace
}  // namespace lagesbild::tools
