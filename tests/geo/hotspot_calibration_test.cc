// The table of small counts repeated with our own test: under randomness the share of runs with any hot cell
// must stay at or below alpha, apart from Monte Carlo error; a planted hotspot must be found.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "geo/hotspot_test.h"

namespace lagesbild::geo {
namespace {

constexpr int kRuns = 300;
constexpr int kIncidents = 40;
constexpr double kAlpha = 0.05;

enum class People { kUniform, kCentered };

Grid<double> Exposure(int side, People people) {
  Grid<double> exposure({{}, Meters{250}, side, side}, 1.0);
  // A fifth of the width in the middle has eleven times the people of the rest.
  if (people == People::kCentered)
    for (int row = side * 2 / 5; row < side * 3 / 5; ++row)
      for (int column = side * 2 / 5; column < side * 3 / 5; ++column) exposure[{column, row}] = 11;
  return exposure;
}

double Uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

/// A cell with a chance that follows the exposure, by rejection.
CellIndex Draw(const Grid<double>& exposure, std::mt19937_64& random) {
  const int side = exposure.spec().columns;
  while (true) {
    const CellIndex cell{static_cast<int>(Uniform(random) * side), static_cast<int>(Uniform(random) * side)};
    if (Uniform(random) * 11 < exposure[cell]) return cell;
  }
}

struct Shares {
  double adjusted = 0, maximum = 0;
};

/// Share of runs with any cell hot at 95 % after Benjamini-Hochberg, and by the maximum statistic.
Shares ShareOfRunsWithAHotCell(int side, People people, int planted) {
  std::mt19937_64 random(20260701);
  Shares shares;
  for (int run = 0; run < kRuns; ++run) {
    HotspotLayerInput layer{.group = "ALLA",
                            .counts = Grid<int>({{}, Meters{250}, side, side}),
                            .exposure = Exposure(side, people)};
    for (int i = 0; i < planted; ++i) ++layer.counts[{side / 4 + i % 2, side / 4 + i / 2 % 2}];
    for (int i = planted; i < kIncidents; ++i) ++layer.counts[Draw(layer.exposure, random)];
    const auto result = TestHotspots(std::span(&layer, 1),
                                     {.permutations = 199, .seed = static_cast<std::uint64_t>(run) + 1});
    bool adjusted = false, maximum = false;
    for (const HotspotCell& cell : result.layers[0].cells) {
      adjusted = adjusted || cell.hot_class >= 2;
      maximum = maximum || cell.maximum_p <= kAlpha;
    }
    shares.adjusted += adjusted ? 1.0 / kRuns : 0;
    shares.maximum += maximum ? 1.0 / kRuns : 0;
  }
  ::testing::Test::RecordProperty("adjusted", std::to_string(shares.adjusted));
  ::testing::Test::RecordProperty("maximum", std::to_string(shares.maximum));
  return shares;
}

class HotspotCalibration : public ::testing::TestWithParam<std::tuple<int, People>> {};
INSTANTIATE_TEST_SUITE_P(Grids, HotspotCalibration,
                         ::testing::Combine(::testing::Values(10, 20),
                                            ::testing::Values(People::kUniform, People::kCentered)),
                         [](const auto& param) {
                           return std::string(std::get<1>(param.param) == People::kUniform ? "Uniform"
                                                                                           : "Centered") +
                                  std::to_string(std::get<0>(param.param));
                         });

TEST_P(HotspotCalibration, FindsNothingInRandomMapsMoreOftenThanItSays) {
  const auto [side, people] = GetParam();
  const Shares shares = ShareOfRunsWithAHotCell(side, people, 0);
  const double limit = kAlpha + 3 * std::sqrt(kAlpha * (1 - kAlpha) / kRuns);
  EXPECT_LE(shares.adjusted, limit);
  EXPECT_LE(shares.maximum, limit);
}

TEST(HotspotPower, FindsEightOfFortyIncidentsPlantedInTwoByTwoCells) {
  const Shares shares = ShareOfRunsWithAHotCell(20, People::kUniform, 8);
  EXPECT_GE(shares.adjusted, 0.95);
  EXPECT_GE(shares.maximum, 0.95);
}

}  // namespace
}  // namespace lagesbild::geo
