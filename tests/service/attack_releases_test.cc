// The proof on a store's own releases: honest ones pass; one with a small difference, one with a density made
// of points and one of other areas do not.
#include "service/attack_releases.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "geo/reconstruction_attack.h"
#include "maps/class_polygons.h"
#include "maps/released_files.h"
#include "service/errors.h"
#include "service/released_run.h"
#include "service/released_summary.h"
#include "service/run_content.h"
#include "tests/service/released_support.h"

namespace lagesbild::service {
namespace {

class AttackOnStoredReleases : public testing::Test {
 protected:
  void SetUp() override {
    store = NewMemoryStore("salt");
    FillReleaseRegisters(*store);
    AddYouthIncidents(*store, {{0, 30}, {1, 8}, {2, 3}});
  }

  PictureRecord Make(geo::Audience audience) {
    ReleaseRequest request;
    request.audience = audience;
    request.quarter = {2026, 3};
    return MakeReleasedRun(*store, request, folder / "pictures", "2026-11-25T00:00:00Z");
  }
  ReleaseAttackReport Attack(int pairs = 1000) {
    return AttackReleases(*store, folder / "pictures", {pairs, 7});
  }

  /// A stored draft with numbers and a density of somebody's making.
  void AddRelease(const geo::ReleasedPicture& picture, const std::vector<geo::Grid<std::int8_t>>& densities) {
    IncidentSelection selection;
    selection.first = selection.last = {2026, 3};
    Release release;
    release.municipality = LoadRun(*store, selection).municipality;
    release.result.picture = picture;
    maps::PictureMetadata metadata;
    metadata.municipality_name = "Testby";
    metadata.crs = release.municipality.crs;
    metadata.run_id = "00112233445566ff";
    metadata.audience = std::string(geo::AudienceCode(picture.rule.audience));
    PictureRecord record;
    record.run_id = metadata.run_id;
    record.quarter = "2026Q3";
    record.audience = metadata.audience;
    record.summary_json = ReleasedSummaryJson(release);
    maps::ReferenceLayers reference;
    reference.boundary = release.municipality.boundary;
    for (const maps::WrittenFile& file :
         maps::WriteReleasedFiles({picture, densities, geo::PictureOptions{}.bandwidth}, metadata, reference,
                                  folder / "pictures" / record.run_id)) {
      StoredFile stored;
      stored.name = file.path.filename().string();
      record.files.push_back(stored);
    }
    store->AddPicture(record);
  }

  /// One count for the whole municipality, ages 13-24.
  geo::ReleasedPicture WholeMunicipality(double count = 41) {
    IncidentSelection selection;
    selection.first = selection.last = {2026, 3};
    const RunContent content = LoadRun(*store, selection);
    geo::ReleasedPicture picture;
    picture.rule = geo::DefaultRule(geo::Audience::kPublic);
    picture.quarter = {2026, 3};
    geo::ReleasedLayer layer;
    for (const geo::PublishedGroup& group : geo::PublishedGroups(content.scheme, picture.rule))
      if (group.slug == "13_24") layer.group = group;
    layer.period = {{2026, 3}, {2026, 3}, 1};
    layer.level = geo::AreaLevel::kMunicipality;
    geo::ReleasedArea area;
    area.code = "M";
    area.name_sv = "Hela kommunen";
    area.level = geo::AreaLevel::kMunicipality;
    area.geometry = content.municipality.boundary;
    area.incidents = count;
    layer.areas = {area};
    picture.layers = {layer};
    picture.map_shown = true;
    return picture;
  }

  /// Classes of a density made of the incidents' points, as must never be released.
  geo::Grid<std::int8_t> DensityOfPoints() {
    IncidentSelection selection;
    selection.first = selection.last = {2026, 3};
    const RunContent content = LoadRun(*store, selection);
    const geo::StudyArea area(content.municipality.boundary);
    const geo::PictureOptions options;
    const geo::GridSpec grid = geo::CoveringGrid(area.south_west(), area.north_east(), options.density_cell);
    std::vector<geo::PlanePoint> points;
    for (const geo::Incident& incident : content.incidents) points.push_back(incident.position);
    const auto surface = geo::PublishedSurface(points, grid, options.kernel, options.bandwidth, {});
    geo::Grid<std::int8_t> classes(grid);
    for (int row = 0; row < grid.rows; ++row)
      for (int column = 0; column < grid.columns; ++column) {
        int code = 0;
        for (const double upper : maps::BreaksOf(maps::ReleasedDensityClassesOf(
                 maps::MakeLegend(options.kernel, options.bandwidth, options.test))))
          code += surface[{column, row}] > upper ? 1 : 0;
        classes[{column, row}] = static_cast<std::int8_t>(code);
      }
    return classes;
  }

  TemporaryFolder folder;
  std::unique_ptr<Store> store;
};

TEST_F(AttackOnStoredReleases, FailsOnWhatDisclosureControlMade) {
  Make(geo::Audience::kPartner);
  Make(geo::Audience::kPublic);
  const ReleaseAttackReport report = Attack();
  ASSERT_EQ(report.releases.size(), 2U);
  EXPECT_EQ(report.releases[0].release.audience, "partner");
  int tested = 0;
  for (const ReleaseAttack& release : report.releases)
    for (const DensityAttackOfLayer& density : release.densities) {
      EXPECT_EQ(density.not_tested_reason_sv, "");
      EXPECT_TRUE(density.attack.follows_from_counts) << release.release.audience;
      EXPECT_EQ(density.dwellings, 120);
      EXPECT_GT(density.incidents, 0);
      ++tested;
    }
  EXPECT_GT(tested, 0);
  ASSERT_EQ(report.differencing.size(), 2U);
  EXPECT_EQ(report.differencing[0].k, 5);
  EXPECT_GT(report.differencing[0].test.values, 0);
  EXPECT_EQ(report.differencing[0].test.unknown_values, 0);
  EXPECT_FALSE(report.leaks());
}

TEST_F(AttackOnStoredReleases, HasNothingToTestInAnEmptyStore) {
  const ReleaseAttackReport report = Attack();
  EXPECT_TRUE(report.releases.empty());
  EXPECT_TRUE(report.differencing.empty());
  EXPECT_FALSE(report.leaks());
}

TEST_F(AttackOnStoredReleases, SucceedsOnADensityMadeOfPoints) {
  store = NewMemoryStore("salt");
  FillReleaseRegisters(*store);
  AddYouthIncidents(*store, {{0, 30}});  // one village of three in the area whose count is released
  AddRelease(WholeMunicipality(30), {DensityOfPoints()});
  const ReleaseAttackReport report = Attack();
  ASSERT_EQ(report.releases.size(), 1U);
  ASSERT_EQ(report.releases[0].densities.size(), 1U);
  const DensityAttackOfLayer& density = report.releases[0].densities[0];
  EXPECT_FALSE(density.attack.follows_from_counts);
  EXPECT_EQ(density.incidents, 30);
  ASSERT_TRUE(std::holds_alternative<double>(density.attack.z));
  EXPECT_GE(std::get<double>(density.attack.z), geo::kAttackSucceedsAt);
  EXPECT_TRUE(density.attack.succeeded);
  EXPECT_TRUE(report.leaks());
}

TEST_F(AttackOnStoredReleases, SucceedsOnTwoCountsWithASmallDifference) {
  geo::ReleasedPicture picture = WholeMunicipality();
  const geo::ReleasedLayer layer = picture.layers[0];
  picture.layers.clear();
  geo::PublishedGroup narrower = layer.group;
  narrower.slug = "13_17";
  for (const auto& [group, count] : {std::pair(layer.group, 41.0), std::pair(narrower, 38.0)})
    picture.rows.push_back({"M", "Hela kommunen", geo::AreaLevel::kMunicipality, group,
                            geo::CategoryClass::kNonSensitive, layer.period, count});
  AddRelease(picture, {});
  const ReleaseAttackReport report = Attack();
  ASSERT_EQ(report.differencing.size(), 1U);
  EXPECT_EQ(report.differencing[0].test.differences_under_k, 1) << "41 - 38 = 3 persons aged 18 to 24";
  EXPECT_TRUE(report.leaks());
}

TEST_F(AttackOnStoredReleases, TakesTheNewestDraftAndSaysWhatItCouldNotTest) {
  AddRelease(WholeMunicipality(), {DensityOfPoints()});
  PictureRecord newer = store->GetPicture(1);
  newer.run_id = "ff112233445566ff";
  std::string& json = newer.summary_json;
  json.replace(json.find("\"code\":\"M\""), 10, "\"code\":\"X\"");
  store->AddPicture(newer);
  const ReleaseAttackReport report = Attack();
  ASSERT_EQ(report.releases.size(), 1U);
  EXPECT_EQ(report.replaced_drafts, 1);
  EXPECT_NE(report.releases[0].densities.at(0).not_tested_reason_sv, "");
  EXPECT_EQ(report.differencing.at(0).test.unknown_values, 1);
}

TEST_F(AttackOnStoredReleases, RefusesNumbersOfAnotherForm) {
  PictureRecord old;
  old.run_id = "00112233445566ff";
  old.quarter = "2026Q3";
  old.audience = "public";
  old.summary_json = "{\"audience\":\"public\"}";
  store->AddPicture(old);
  try {
    Attack();
    FAIL() << "its numbers cannot be read";
  } catch (const NotReady& error) {
    EXPECT_EQ(error.reason, "OLD_PICTURE");
  }
}

}  // namespace
}  // namespace lagesbild::service
