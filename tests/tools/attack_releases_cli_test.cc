// `lagesbild attack --releases` end to end on a small invented store: honest releases, then a leaky one.
#include <nlohmann/json.hpp>

#include "service/sqlite_store.h"
#include "tests/service/released_support.h"
#include "tests/tools/program.h"

namespace lagesbild::tools {
namespace {

using testing::HasSubstr;

class AttackOnReleases : public testing::Test {
 protected:
  void SetUp() override {
    const auto store = service::OpenSqliteStore(folder_ / "l.db", "salt");
    service::FillReleaseRegisters(*store);
    service::AddYouthIncidents(*store, {{0, 30}, {1, 8}, {2, 3}});
  }

  Ended Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--store", (folder_ / "l.db").string(), "--lang", "sv"});
    return Process(folder_.path(), arguments).Wait();
  }
  void MakeReleases() {
    for (const char* audience : {"partner", "public"})
      ASSERT_EQ(
          Run({"picture", "--quarter", "2026Q3", "--audience", audience, "--out", folder_ / "out"}).code, 0);
  }

  /// A newer draft of the public's picture whose table holds one more count, three under the municipality's.
  void AddLeakyDraft() {
    const auto store = service::OpenSqliteStore(folder_ / "l.db", "salt");
    for (const service::PictureRecord& listed : store->ListPictures("internal", 0, 100).items) {
      if (listed.audience != "public") continue;
      service::PictureRecord leaky = store->GetPicture(listed.id);
      auto summary = nlohmann::ordered_json::parse(leaky.summary_json);
      for (auto row : nlohmann::ordered_json(summary["rows"])) {
        if (row["incidents"]["status"] != "VALUE" || row["code"] != "M") continue;
        row["incidents"]["value"] = row["incidents"]["value"].get<double>() - 3;
        row["group"]["slug"] = "13_17";
        summary["rows"].push_back(row);
        break;
      }
      summary["layers"] = nlohmann::ordered_json::array();
      leaky.summary_json = summary.dump();
      leaky.run_id = "00112233445566ff";
      store->AddPicture(leaky);
      return;
    }
    FAIL() << "the public's picture is not stored";
  }

 private:
  service::TemporaryFolder folder_;
};

TEST_F(AttackOnReleases, SaysInSwedishThatNothingWasMade) {
  const Ended ended = Run({"attack", "--releases"});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("fanns inget att pröva"));
}

TEST_F(AttackOnReleases, ReportsThatHonestReleasesStandAndHowMuchTheyShow) {
  MakeReleases();
  const Ended ended = Run({"attack", "--releases"});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("2026K3 för samverkanspartner"));
  EXPECT_THAT(ended.out, HasSubstr("2026K3 för allmänheten"));
  EXPECT_THAT(ended.out, HasSubstr("kartan är exakt vad antalen ger"));
  EXPECT_THAT(ended.out, HasSubstr("av kartans händelser ligger i områden som visas"));
  EXPECT_THAT(ended.out, HasSubstr("Inget angrepp lyckades."));
  const Ended json = Run({"--json", "attack", "--releases", "--pairs", "50"});
  EXPECT_EQ(json.code, 0) << json.err;
  const auto report = nlohmann::json::parse(json.out);
  EXPECT_EQ(report.at("releases").size(), 2U);
  EXPECT_EQ(report.at("leaks"), false);
  EXPECT_EQ(report.at("differencing").at(0).at("minimum_count"), 5);
}

TEST_F(AttackOnReleases, EndsWithThreeWhenAReleaseLeaks) {
  MakeReleases();
  AddLeakyDraft();
  const Ended ended = Run({"attack", "--releases"});
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.out, HasSubstr("1 skillnader under 10"));
  EXPECT_THAT(ended.out, HasSubstr("Ett angrepp LYCKADES"));
  EXPECT_EQ(Run({"--json", "attack", "--releases"}).code, 3);
}

TEST_F(AttackOnReleases, TakesNoTablesOfItsOwnBesides) {
  EXPECT_EQ(Run({"attack", "--releases", "--addresses", "a.csv", "--incidents", "b.csv"}).code, 2);
  EXPECT_EQ(Run({"attack", "--pairs", "5"}).code, 2);
}

}  // namespace
}  // namespace lagesbild::tools
