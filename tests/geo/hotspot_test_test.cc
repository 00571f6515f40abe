#include "geo/hotspot_test.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

GridSpec Spec(int columns, int rows) { return {{Meters{0}, Meters{0}}, Meters{250}, columns, rows}; }

HotspotLayerInput Layer(int columns, int rows, double exposure = 1) {
  return {.group = "UNGDOM",
          .counts = Grid<int>(Spec(columns, rows)),
          .exposure = Grid<double>(Spec(columns, rows), exposure)};
}

const HotspotCell& CellAt(const HotspotLayerResult& layer, CellIndex index) {
  for (const HotspotCell& cell : layer.cells)
    if (cell.cell == index) return cell;
  throw std::out_of_range("no such cell");
}

TEST(BinomialUpperTail, CountsOutSmallCases) {
  EXPECT_DOUBLE_EQ(BinomialUpperTail(2, 3, 0.5), 0.5);
  EXPECT_DOUBLE_EQ(BinomialUpperTail(1, 4, 0.25), 1 - std::pow(0.75, 4));
  EXPECT_DOUBLE_EQ(BinomialUpperTail(3, 4, 0.25), 13.0 / 256);
  EXPECT_DOUBLE_EQ(BinomialUpperTail(1, 1, 0.3), 0.3);
}

TEST(BinomialUpperTail, KeepsItsDigitsInTheFarTail) {
  // A chance of 2⁻¹⁰ is exact in binary, so the expected values are too.
  const double p = std::ldexp(1, -10);
  EXPECT_DOUBLE_EQ(BinomialUpperTail(100, 100, p), std::ldexp(1, -1000));
  EXPECT_DOUBLE_EQ(BinomialUpperTail(99, 100, p), std::ldexp(100 * (1 - p) + p, -990));
  EXPECT_NEAR(BinomialUpperTail(1, 1000000, 1e-12), 1e-6 - 0.5e-12, 1e-17);
}

TEST(BinomialUpperTail, SumsToOneWithTheLowerTailOfTheOtherOutcome) {
  for (const int n : {1, 7, 40, 333, 5000})
    for (const double p : {0.03125, 0.25, 0.5, 0.875})
      for (const int y : {1, n / 10, n / 3, n / 2, n - 1, n})
        EXPECT_NEAR(BinomialUpperTail(y, n, p) + BinomialUpperTail(n - y + 1, n, 1 - p), 1, 1e-13)
            << n << " " << p << " " << y;
}

TEST(BinomialUpperTail, FallsWithTheCount) {
  for (int y = 0; y < 60; ++y) EXPECT_GE(BinomialUpperTail(y, 60, 0.2), BinomialUpperTail(y + 1, 60, 0.2));
}

TEST(BinomialUpperTail, HasPlainEnds) {
  EXPECT_EQ(BinomialUpperTail(0, 10, 0.1), 1);
  EXPECT_EQ(BinomialUpperTail(-3, 10, 0.1), 1);
  EXPECT_EQ(BinomialUpperTail(11, 10, 0.1), 0);
  EXPECT_EQ(BinomialUpperTail(1, 10, 0), 0);
  EXPECT_EQ(BinomialUpperTail(10, 10, 1), 1);
  EXPECT_EQ(BinomialUpperTail(1, 0, 0.5), 0);
  EXPECT_TRUE(std::isnan(BinomialUpperTail(1, 10, std::nan(""))));
}

TEST(HotspotTest, ComparesANeighborhoodWithItsShareOfTheExposure) {
  HotspotLayerInput layer = Layer(5, 5);
  layer.counts[{2, 2}] = 9;
  layer.counts[{0, 0}] = 1;
  const auto result = TestHotspots(std::span(&layer, 1), {.min_incidents = 10});
  ASSERT_TRUE(result.layers[0].tested);
  EXPECT_EQ(result.family_size, 25);
  EXPECT_EQ(result.layers[0].incidents_in_mask, 10);
  const HotspotCell& center = CellAt(result.layers[0], {2, 2});
  EXPECT_EQ(center.count, 9);
  EXPECT_EQ(center.neighborhood_count, 9);
  EXPECT_DOUBLE_EQ(center.exposure, 9);
  EXPECT_DOUBLE_EQ(center.expected, 10 * 9.0 / 25);
  // P(Y >= 9), Y ~ Bin(10, 0.36) = 10 · 0.36⁹ · 0.64 + 0.36¹⁰
  EXPECT_DOUBLE_EQ(center.binomial_p, 10 * std::pow(0.36, 9) * 0.64 + std::pow(0.36, 10));
  const HotspotCell& inner = CellAt(result.layers[0], {1, 1});
  EXPECT_EQ(inner.neighborhood_count, 10);
  EXPECT_EQ(inner.hot_class, 3);
  EXPECT_EQ(CellAt(result.layers[0], {0, 0}).neighborhood_count, 1);
}

TEST(HotspotTest, FindsTheKnownFamilyWisePOfOneStackedCell) {
  // Ten incidents in one corner of a large uniform grid: no redraw comes near.
  HotspotLayerInput layer = Layer(20, 20);
  layer.counts[{3, 3}] = 10;
  const auto result = TestHotspots(std::span(&layer, 1), {.permutations = 99});
  EXPECT_DOUBLE_EQ(CellAt(result.layers[0], {3, 3}).maximum_p, 0.01);
  EXPECT_DOUBLE_EQ(CellAt(result.layers[0], {15, 15}).maximum_p, 1);
  EXPECT_EQ(CellAt(result.layers[0], {15, 15}).hot_class, 0);
}

TEST(HotspotTest, GivesTheSameResultForTheSameSeed) {
  HotspotLayerInput layer = Layer(10, 10);
  for (int i = 0; i < 10; ++i) layer.counts[{i, (i * 7) % 10}] = 4;
  const auto p = [&](std::uint64_t seed) {
    const HotspotTestResult result = TestHotspots(std::span(&layer, 1), {.seed = seed});
    std::vector<double> values;
    for (const HotspotCell& cell : result.layers[0].cells) values.push_back(cell.maximum_p);
    return values;
  };
  EXPECT_EQ(p(5), p(5));
  EXPECT_NE(p(5), p(6));
}

TEST(HotspotTest, SaysWhenALayerHasTooFewIncidents) {
  HotspotLayerInput layer = Layer(5, 5);
  layer.counts[{2, 2}] = 9;
  const auto result = TestHotspots(std::span(&layer, 1), {.min_incidents = 10});
  EXPECT_FALSE(result.layers[0].tested);
  EXPECT_TRUE(result.layers[0].cells.empty());
  EXPECT_EQ(result.layers[0].incidents_in_mask, 9);
  EXPECT_EQ(result.family_size, 0);
  EXPECT_FALSE(TestHotspots(std::vector{Layer(3, 3)}, {.min_incidents = 0}).layers[0].tested);
}

TEST(HotspotTest, NeverCallsFewerThanTheMinimumHot) {
  HotspotLayerInput layer = Layer(40, 40);
  for (int i = 0; i < 18; ++i) layer.counts[{2 * i, (i % 2) * 20 + i}] = 1;
  layer.exposure[{39, 39}] = 1e-9;
  for (int row = 37; row < 40; ++row)
    for (int column = 37; column < 40; ++column) layer.exposure[{column, row}] = 1e-9;
  layer.counts[{39, 39}] = 2;
  const auto result = TestHotspots(std::span(&layer, 1), {.min_cell_count = 3, .min_expected = 0});
  const HotspotCell& cell = CellAt(result.layers[0], {39, 39});
  EXPECT_LT(cell.q_value, 0.01);
  EXPECT_EQ(cell.hot_class, 0);
  EXPECT_EQ(cell.maximum_p, 1);
}

TEST(HotspotTest, FloorsTheExpectedCountWhereHardlyAnyoneLives) {
  HotspotLayerInput layer = Layer(10, 10, 100);
  for (int row = 0; row < 3; ++row)
    for (int column = 0; column < 3; ++column) layer.exposure[{column, row}] = 0.0001;
  layer.counts[{0, 0}] = 1;
  layer.counts[{8, 8}] = 19;
  const auto result = TestHotspots(std::span(&layer, 1), {.min_expected = 0.05});
  const HotspotCell& lonely = CellAt(result.layers[0], {0, 0});
  EXPECT_LT(lonely.expected, 1e-5);
  EXPECT_DOUBLE_EQ(lonely.binomial_p, BinomialUpperTail(1, 20, 0.05 / 20));
}

TEST(HotspotTest, CountsIncidentsThatNobodyLivesNear) {
  HotspotLayerInput layer = Layer(6, 3, 0);
  layer.exposure[{0, 1}] = 50;
  layer.counts[{5, 1}] = 4;   // far from everyone
  layer.counts[{1, 1}] = 11;  // next to where people live
  const auto result = TestHotspots(std::span(&layer, 1), {});
  EXPECT_EQ(result.layers[0].incidents_outside_mask, 4);
  EXPECT_EQ(result.layers[0].incidents_in_mask, 11);
  EXPECT_EQ(result.layers[0].cells.size(), 2u);  // where people live, and the visited square beside it
  EXPECT_EQ(CellAt(result.layers[0], {1, 1}).binomial_p, 1);  // all exposure is in this neighborhood
}

TEST(HotspotTest, AdjustsOverAllLayersOfTheFamilyAndTotalsAlone) {
  std::vector<HotspotLayerInput> layers = {Layer(8, 8), Layer(8, 8), Layer(8, 8)};
  layers[2].in_family = false;
  for (HotspotLayerInput& layer : layers) {
    layer.counts[{2, 2}] = 6;
    for (int i = 0; i < 8; ++i) layer.counts[{i, 7}] = 1;
  }
  const auto all = TestHotspots(layers, {});
  const auto alone = TestHotspots(std::span(layers).subspan(2), {});
  EXPECT_EQ(all.family_size, 128);
  EXPECT_EQ(alone.family_size, 0);
  for (std::size_t i = 0; i < 64; ++i) {
    EXPECT_EQ(all.layers[2].cells[i].q_value, alone.layers[0].cells[i].q_value);
    EXPECT_EQ(all.layers[2].cells[i].maximum_p, alone.layers[0].cells[i].maximum_p);
    EXPECT_GE(all.layers[0].cells[i].maximum_p, all.layers[2].cells[i].maximum_p);
  }
}

TEST(HotspotTest, PutsSizeOfTheFamilyInTheAdjustment) {
  // One hot layer and one without any pattern: the q-values of the first grow with the tests of the second.
  std::vector<HotspotLayerInput> layers = {Layer(8, 8), Layer(8, 8)};
  layers[0].counts[{2, 2}] = 10;
  for (int i = 0; i < 8; ++i)
    for (int j = 0; j < 8; ++j) layers[1].counts[{i, j}] = 1;
  const double q_alone = CellAt(TestHotspots(std::span(layers).first(1), {}).layers[0], {2, 2}).q_value;
  const double q_both = CellAt(TestHotspots(layers, {}).layers[0], {2, 2}).q_value;
  EXPECT_DOUBLE_EQ(q_both, 2 * q_alone);
}

TEST(HotspotTest, TestsNothingWithoutLayers) {
  EXPECT_EQ(TestHotspots({}, {}).family_size, 0);
  EXPECT_TRUE(TestHotspots({}, {}).layers.empty());
}

TEST(HotspotTest, RejectsWhatItCannotUse) {
  HotspotLayerInput good = Layer(3, 3);
  EXPECT_THROW(TestHotspots(std::span(&good, 1), {.permutations = 0}), InvalidInput);
  EXPECT_THROW(TestHotspots(std::span(&good, 1), {.min_expected = -1}), InvalidInput);
  HotspotLayerInput layer = good;
  layer.counts[{0, 0}] = -1;
  EXPECT_THROW(TestHotspots(std::span(&layer, 1), {}), InvalidInput);
  layer = good;
  layer.exposure[{0, 0}] = -1;
  EXPECT_THROW(TestHotspots(std::span(&layer, 1), {}), InvalidInput);
  layer.exposure[{0, 0}] = std::numeric_limits<double>::infinity();
  EXPECT_THROW(TestHotspots(std::span(&layer, 1), {}), InvalidInput);
  layer.exposure[{0, 0}] = std::nan("");
  EXPECT_THROW(TestHotspots(std::span(&layer, 1), {}), InvalidInput);
  layer = good;
  layer.exposure = Grid<double>(Spec(3, 4), 1);
  EXPECT_THROW(TestHotspots(std::span(&layer, 1), {}), InvalidInput);
  EXPECT_THROW(TestHotspots(std::vector{Layer(3, 3), Layer(4, 3)}, {}), InvalidInput);
}

TEST(HotspotTest, StopsWhenAsked) {
  HotspotLayerInput layer = Layer(3, 3);
  layer.counts[{1, 1}] = 20;
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(TestHotspots(std::span(&layer, 1), {.stop = source.get_token()}), Cancelled);
}

}  // namespace
}  // namespace lagesbild::geo
