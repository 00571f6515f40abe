#include "geo/density_layers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "geo/edge_factors.h"
#include "geo/errors.h"
#include "geo/group_positions.h"

namespace lagesbild::geo {
namespace {

PlanePoint At(double easting, double northing) { return {Meters{easting}, Meters{northing}}; }

const AgeGroup& Group(const AgeScheme& scheme, const std::string& code) {
  for (const AgeGroup& group : scheme.groups)
    if (group.code == code) return group;
  throw std::logic_error("no such group");
}

/// 40 incidents in 10 places of a square of 10 km, every second one with a person of 14, the others of 30.
class DensityLayersOfAPicture : public testing::Test {
 protected:
  DensityLayersOfAPicture() {
    input.scheme = DefaultAgeScheme();
    input.study_area = &area;
    for (int i = 0; i < 40; ++i) {
      Incident incident;
      incident.id = i + 1;
      incident.reporter = "polisen";
      incident.category = Category::kVandalism;
      incident.place = PlaceKind::kPlaced;
      incident.level = MatchLevel::kAddressPoint;
      incident.has_position = true;
      incident.position = At(603000 + 400 * (i % 10), 6643000 + 300 * (i % 7));
      incident.accuracy_radius = Meters{i % 3 == 0 ? 150.0 : 20.0};
      Person person;
      const int band = Band(i % 2 == 0 ? 14 : 30);
      person.age = AgeSpan{band, band};
      incident.persons = {person};
      input.incidents.push_back(incident);
    }
    options.density_cell = Meters{100};
    groups = {Group(input.scheme, "UNGDOM"), Total()};
  }
  int Band(int age) const {
    int band = 0;
    while (input.scheme.bands[static_cast<std::size_t>(band)].last_age < age) ++band;
    return band;
  }
  const AgeGroup& Total() const {
    for (const AgeGroup& group : input.scheme.groups)
      if (group.kind == AgeGroupKind::kTotal) return group;
    throw std::logic_error("no total");
  }

  const StudyArea area{
      {{{At(600000, 6640000), At(610000, 6640000), At(610000, 6650000), At(600000, 6650000)}, {}}}};
  PictureInput input;
  PictureOptions options;
  std::vector<AgeGroup> groups;
};

TEST_F(DensityLayersOfAPicture, HaveASetForEachBandwidthAndGroupThatAddsUp) {
  EdgeFactorCache cache;
  const DensityLayers layers = MakeDensityLayers(
      input, options, groups, {.bandwidths = {Meters{500}, Meters{1000}}, .edge_cache = &cache});
  ASSERT_EQ(layers.sets.size(), 4u);
  EXPECT_EQ(layers.sets[1].group_code, groups[1].code);
  EXPECT_EQ(layers.sets[2].bandwidth_index, 1u);
  EXPECT_GT(cache.bytes(), 0u);
  for (const DensityLayerSet& set : layers.sets) {
    EXPECT_NEAR(set.plain.checks.incident_mass, set.group_code == "UNGDOM" ? 20 : 40, 1e-9);
    EXPECT_NEAR(Compared(set.plain.checks).mass_deviation, 0, 0.01);
    EXPECT_LT(Compared(set.plain.checks).centroid_distance_m, 20);
    EXPECT_FALSE(set.spread || set.difference || set.lower || set.upper || set.share_in_top);
  }
}

TEST_F(DensityLayersOfAPicture, SpreadMassOverAccuracyAndTellTheDifference) {
  const DensityLayers layers = MakeDensityLayers(
      input, options, groups, {.bandwidths = {Meters{500}}, .place_spread = PlaceSpread::kNormal});
  const DensityLayerSet& set = layers.sets.at(1);
  ASSERT_TRUE(set.spread && set.difference);
  EXPECT_NEAR(set.spread->checks.incident_mass, 40, 1e-9);
  double most = 0, sum = 0;
  for (std::size_t i = 0; i < set.difference->values().size(); ++i) {
    const double plain = set.plain.density.values()[i], spread = set.spread->density.values()[i];
    if (std::isnan(plain)) continue;
    EXPECT_DOUBLE_EQ(set.difference->values()[i], spread - plain);
    most = std::max(most, std::abs(spread - plain));
    sum += spread - plain;
  }
  EXPECT_GT(most, 0);
  EXPECT_NEAR(sum * 0.01, 0, 0.1) << "mass only moves";
}

TEST_F(DensityLayersOfAPicture, GiveEveryGroupTheSameBandwidthsSoThatGroupsAddUp) {
  groups = {};
  for (const AgeGroup& group : input.scheme.groups)
    if (group.kind != AgeGroupKind::kSubtotal) groups.push_back(group);
  const DensityLayers layers = MakeDensityLayers(
      input, options, groups,
      {.bandwidths = {Meters{800}}, .adaptive = AdaptiveLayerOptions{.pilot = {}, .trim = 1.2}});
  ASSERT_EQ(layers.adaptive.size(), 1u);
  const AdaptiveSpan& span = layers.adaptive[0];
  EXPECT_EQ(span.incidents, 40);
  EXPECT_GT(span.trimmed, 0);
  EXPECT_LT(span.smallest.radius->value(), 800);
  EXPECT_NEAR(span.largest.radius->value(), 1.2 * 800, 1e-9);
  const DensityLayerSet* total = nullptr;
  std::vector<double> sums(layers.sets.at(0).plain.density.values().size(), 0.0);
  for (const DensityLayerSet& set : layers.sets) {
    if (set.group_code == Total().code) {
      total = &set;
      continue;
    }
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += set.plain.density.values()[i];
  }
  ASSERT_NE(total, nullptr);
  for (std::size_t i = 0; i < sums.size(); ++i)
    ASSERT_TRUE(std::isnan(sums[i]) || std::abs(sums[i] - total->plain.density.values()[i]) < 1e-8) << i;
}

TEST_F(DensityLayersOfAPicture, HoldTheDensityBetweenBandsWithTheSameSeedTheSame) {
  const DensityLayerOptions asked{.bandwidths = {Meters{600}},
                                  .bootstrap = BootstrapOptions{.resamples = 40}};
  const DensityLayers layers = MakeDensityLayers(input, options, groups, asked);
  const DensityLayers again = MakeDensityLayers(input, options, groups, asked);
  const DensityLayerSet& set = layers.sets.at(1);
  ASSERT_TRUE(set.lower && set.upper && set.share_in_top);
  std::size_t inside = 0, cells = 0;
  for (std::size_t i = 0; i < set.lower->values().size(); ++i) {
    if (std::isnan(set.plain.density.values()[i])) continue;
    ++cells;
    const double low = set.lower->values()[i], high = set.upper->values()[i];
    EXPECT_LE(low, high);
    inside += low <= set.plain.density.values()[i] + 1e-4 && set.plain.density.values()[i] <= high + 1e-4;
    EXPECT_EQ(set.share_in_top->values()[i], again.sets[1].share_in_top->values()[i]);
  }
  EXPECT_GT(static_cast<double>(inside), 0.9 * static_cast<double>(cells));
}

TEST_F(DensityLayersOfAPicture, KnowNothingOutsideTheStudyAreaWithoutAnEdgeCorrection) {
  const StudyArea triangle{{{{At(600000, 6640000), At(610000, 6640000), At(600000, 6650000)}, {}}}};
  input.study_area = &triangle;
  options.edge = EdgeCorrection::kNone;
  const DensityLayers layers = MakeDensityLayers(input, options, groups,
                                                 {.bandwidths = {Meters{600}},
                                                  .place_spread = PlaceSpread::kDisc,
                                                  .bootstrap = BootstrapOptions{.resamples = 10}});
  const DensityLayerSet& set = layers.sets.at(0);
  const CellIndex outside{90, 90}, inside{10, 10};
  for (const Grid<double>* surface : {&set.plain.density, &set.spread->density, &*set.difference, &*set.lower,
                                      &*set.upper, &*set.share_in_top}) {
    EXPECT_TRUE(std::isnan((*surface)[outside]));
    EXPECT_FALSE(std::isnan((*surface)[inside]));
  }
}

TEST_F(DensityLayersOfAPicture, RefuseWhatDoesNotGoTogether) {
  const AdaptiveLayerOptions adaptive{.pilot = {}, .trim = 5};
  EXPECT_THROW(MakeDensityLayers(input, options, groups, {.bandwidths = {}}), InvalidInput);
  EXPECT_THROW(MakeDensityLayers(input, options, groups, {.binned = true, .adaptive = adaptive}),
               InvalidInput);
  EXPECT_THROW(MakeDensityLayers(input, options, groups,
                                 {.adaptive = adaptive, .bootstrap = BootstrapOptions{.resamples = 10}}),
               InvalidInput);
  options.edge = EdgeCorrection::kUniform;
  EXPECT_THROW(MakeDensityLayers(input, options, groups, {.adaptive = adaptive}), InvalidInput);
  input.study_area = nullptr;
  EXPECT_THROW(MakeDensityLayers(input, options, groups, {}), InvalidInput);
}

TEST_F(DensityLayersOfAPicture, StopWhenAskedTo) {
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(MakeDensityLayers(input, options, groups, {}, source.get_token()), Cancelled);
}

TEST_F(DensityLayersOfAPicture, TellOfGrowingProgress) {
  std::vector<double> told;
  MakeDensityLayers(input, options, groups,
                    {.place_spread = PlaceSpread::kNormal, .bootstrap = BootstrapOptions{.resamples = 10}},
                    {}, [&](double fraction, const char*) { told.push_back(fraction); });
  ASSERT_GT(told.size(), 3u);
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_EQ(told.back(), 1);
}

TEST_F(DensityLayersOfAPicture, DivideCasesFromControlsWithoutOneInBoth) {
  const CasesAndControls divided = DivideByGroup(input, options, Group(input.scheme, "UNGDOM"), Total());
  EXPECT_EQ(divided.cases.size(), 20u);
  EXPECT_EQ(divided.controls.size(), 20u);
  EXPECT_EQ(UsedPositions(input, options, Total()).size(), 40u);
}

}  // namespace
}  // namespace lagesbild::geo
