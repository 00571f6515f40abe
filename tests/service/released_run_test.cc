#include "service/released_run.h"

#include <gmock/gmock.h>

#include "service/errors.h"
#include "service/released_summary.h"
#include "tests/service/released_support.h"

namespace lagesbild::service {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ReleaseOf : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    store = GetParam() == std::string("sqlite") ? OpenSqliteStore(folder / "l.db", "salt")
                                                : NewMemoryStore("salt");
    FillReleaseRegisters(*store);
  }
  Release Make(geo::Audience audience, int quarter = 3) {
    ReleaseRequest request;
    request.audience = audience;
    request.quarter = {2026, quarter};
    return MakeRelease(*store, request);
  }
  static double Value(const Release& release, const std::string& area, const std::string& group) {
    for (const geo::ReleasedRow& row : release.result.picture.rows)
      if (row.area_code == area && row.group.slug == group)
        return std::holds_alternative<double>(row.incidents) ? std::get<double>(row.incidents) : -1;
    return -2;
  }

  TemporaryFolder folder;
  std::unique_ptr<Store> store;
};

INSTANTIATE_TEST_SUITE_P(Of, ReleaseOf, testing::Values("sqlite", "memory"),
                         [](const auto& name) { return std::string(name.param); });

TEST_P(ReleaseOf, ShowsNoCountUnderTheAudiencesOwnThreshold) {
  AddYouthIncidents(*store, {{0, 24}, {1, 7}, {2, 3}});
  for (const geo::Audience audience : {geo::Audience::kPartner, geo::Audience::kPublic}) {
    const Release release = Make(audience);
    const int k = release.result.picture.rule.k;
    EXPECT_FALSE(release.result.picture.values.empty());
    for (const geo::PublishedValue& value : release.result.picture.values) EXPECT_GE(value.value, k);
  }
}

TEST_P(ReleaseOf, HasTheSameIdWhenOnlyWithheldCountsDiffer) {
  AddYouthIncidents(*store, {{0, 24}, {1, 2}, {2, 1}});
  const Release release = Make(geo::Audience::kPublic);
  const auto other = NewMemoryStore("other salt");
  FillReleaseRegisters(*other);
  AddYouthIncidents(*other, {{0, 24}, {1, 1}, {2, 2}});
  ReleaseRequest request;
  request.quarter = {2026, 3};
  const Release twin = MakeRelease(*other, request);
  EXPECT_NE(release.data.hash, twin.data.hash);
  EXPECT_EQ(ReleaseId(release), ReleaseId(twin)) << "nobody can try out what is withheld";
}

TEST_P(ReleaseOf, NamesReportersThatTookPartNotThoseWithIncidents) {
  AddYouthIncidents(*store, {{0, 24}});
  const std::string summary = ReleasedSummaryJson(Make(geo::Audience::kPublic));
  EXPECT_THAT(summary, HasSubstr("skolan"));
  store->PutReporter({"ny", "Ny förening", ReporterKind::kAssociation, "", "2026-11-01"});
  EXPECT_THAT(ReleasedSummaryJson(Make(geo::Audience::kPublic)), Not(HasSubstr("\"ny\"")))
      << "it joined after the quarter";
}

TEST_P(ReleaseOf, ComparesAreasByInhabitantsOfTheAgeAndSaysSoInTheSummary) {
  AddYouthIncidents(*store, {{0, 39}, {1, 7}});
  const Release release = Make(geo::Audience::kPartner);
  ASSERT_FALSE(release.result.picture.layers.empty());
  EXPECT_EQ(release.result.picture.layers[0].comparison.basis, geo::ExposureBasis::kGroupInhabitants);
  const std::string summary = ReleasedSummaryJson(release);
  EXPECT_NE(summary.find("\"basis\":\"GROUP_INHABITANTS\""), std::string::npos);
  EXPECT_NE(summary.find("\"change\":\"NOT_COMPARABLE\""), std::string::npos)
      << "there is no earlier quarter";
}

TEST_P(ReleaseOf, NeedsAnAddressRegisterAndAQuarterWithDeliveries) {
  try {
    Make(geo::Audience::kPublic);
    FAIL() << "no delivery is stored";
  } catch (const NotReady& error) {
    EXPECT_EQ(error.reason, "NO_DATA");
  }
  AddYouthIncidents(*store, {{0, 24}});
  EXPECT_THROW(Make(geo::Audience::kPublic, 1), NotReady) << "before the first delivery";
  store->PutAddresses(Version("none"), geo::Epsg{3006}, {});
  try {
    Make(geo::Audience::kPublic);
    FAIL() << "there are no dwellings";
  } catch (const NotReady& error) {
    EXPECT_EQ(error.reason, "NO_ADDRESSES");
  }
}

TEST_P(ReleaseOf, RefusesARuleWeakerThanTheDefault) {
  AddYouthIncidents(*store, {{0, 24}});
  ReleaseRequest request;
  request.quarter = {2026, 3};
  request.rules.open.k = 3;
  EXPECT_THROW(MakeRelease(*store, request), std::exception);
}

TEST_P(ReleaseOf, WritesADraftWithFilesThatSaySo) {
  AddYouthIncidents(*store, {{0, 24}, {1, 12}});
  ReleaseRequest request;
  request.quarter = {2026, 3};
  const PictureRecord record = MakeReleasedRun(*store, request, folder / "pictures", "2026-11-25T00:00:00Z");
  EXPECT_EQ(record.audience, "public");
  EXPECT_FALSE(record.published);
  ASSERT_FALSE(record.files.empty());
  bool report = false;
  for (const StoredFile& file : record.files) {
    EXPECT_THAT(file.name, testing::AnyOf(testing::EndsWith(".gpkg"), testing::EndsWith(".html"),
                                          testing::EndsWith(".qgz")))
        << "no rasters";
    if (!file.name.ends_with(".html")) continue;
    report = true;
    const std::string html = ReadBytes(folder / "pictures" / record.run_id / file.name);
    EXPECT_THAT(html, Not(HasSubstr(record.data_version)));
  }
  EXPECT_TRUE(report);
  EXPECT_EQ(MakeReleasedRun(*store, request, folder / "pictures", "2026-11-26T00:00:00Z").id, record.id);
}

TEST_P(ReleaseOf, StaysAsItIsWhenAnIncidentBeforeItsSeriesIsDelivered) {
  AddYouthIncidents(*store, {{0, 24}, {1, 12}});
  ReleaseRequest request;
  request.quarter = {2026, 3};
  const PictureRecord record = MakeReleasedRun(*store, request, folder / "pictures", "2026-11-25T00:00:00Z");
  EXPECT_EQ(store->SeriesStart(), "2026Q3");
  AddYouthIncidents(*store, {{1, 3}}, std::chrono::year{2026} / 2 / 1, "skolan");
  EXPECT_EQ(ReleaseId(Make(geo::Audience::kPublic)), record.run_id);
  try {
    Make(geo::Audience::kPublic, 1);
    FAIL() << "the quarter lies before the series";
  } catch (const NotReady& error) {
    EXPECT_EQ(error.reason, "BEFORE_SERIES");
    EXPECT_THAT(error.what(), HasSubstr("2026Q3"));
  }
  EXPECT_EQ(store->BeginSeries("2025Q1"), "2026Q3") << "once and for all";
}

TEST_P(ReleaseOf, IsMadeAnewWhenAReporterGetsAnotherName) {
  AddYouthIncidents(*store, {{0, 24}, {1, 12}});
  ReleaseRequest request;
  request.quarter = {2026, 3};
  const PictureRecord record = MakeReleasedRun(*store, request, folder / "pictures", "2026-11-25T00:00:00Z");
  for (Reporter reporter : store->ListReporters()) {
    reporter.name = "Nytt namn";
    store->PutReporter(reporter);
  }
  const PictureRecord renamed = MakeReleasedRun(*store, request, folder / "pictures", "2026-11-26T00:00:00Z");
  EXPECT_NE(renamed.run_id, record.run_id);
  for (const StoredFile& file : renamed.files)
    if (file.name.starts_with("rapport_")) {
      EXPECT_THAT(ReadBytes(folder / "pictures" / renamed.run_id / file.name), HasSubstr("Nytt namn"));
    }
}

TEST_P(ReleaseOf, IsStaleWhenAnEarlierQuarterChanges) {
  AddYouthIncidents(*store, {{0, 24}, {1, 12}});
  ReleaseRequest request;
  request.quarter = {2026, 3};
  const PictureRecord record = MakeReleasedRun(*store, request, folder / "pictures", "2026-11-25T00:00:00Z");
  AddYouthIncidents(*store, {{1, 3}}, std::chrono::year{2026} / 2 / 1, "skolan");
  EXPECT_TRUE(store->GetPicture(record.id).stale);
}

}  // namespace
}  // namespace lagesbild::service
