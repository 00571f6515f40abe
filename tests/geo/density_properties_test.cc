// Properties of the density engine under random input. What fails is shrunk and printed with its seed.
#include <gtest/gtest.h>
#include <hwy/highway.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>

#include "geo/density_surface.h"
#include "tests/geo/direct_density.h"

namespace lagesbild::geo {
namespace {

// The same cases at every run; RC_PARAMS in the environment gives others.
[[maybe_unused]] const int kSeeded = setenv("RC_PARAMS", "seed=20261125 max_success=60", 0);

constexpr Kernel kKernels[] = {Kernel::kQuartic,    Kernel::kEpanechnikov, Kernel::kTriweight,
                               Kernel::kTriangular, Kernel::kUniform,      Kernel::kGaussian};

/// One random call. Coordinates are multiples of 1/1024 m, so that moving them by 6.6e6 loses nothing.
struct Case {
  Kernel kernel;
  GridSpec grid;
  double bandwidth;
  std::vector<PlanePoint> points;
  std::vector<double> weights, bandwidths;
  std::vector<int> groups;

  DensityIncidents incidents() const { return {.points = points, .weights = weights}; }
  DensityOptions options() const {
    return {.kernel = kernel, .bandwidths = {Meters{bandwidth}}, .threads = 1};
  }
  DirectDensity direct() const { return SumDirectly(points, weights, kernel, {&bandwidth, 1}, grid); }
};

Case RandomCase() {
  Case random;
  random.kernel = kKernels[*rc::gen::inRange(0, 6)];
  const int columns = *rc::gen::inRange(1, 90), rows = *rc::gen::inRange(1, 60);
  const double cell = *rc::gen::elementOf(std::vector<double>{16, 50, 100});
  random.grid = {{Meters{0}, Meters{0}}, Meters{cell}, columns, rows};
  // From below one cell to beyond the raster, evenly in the logarithm; never on the lattice of the cells.
  random.bandwidth = cell * 0.3 * std::pow(2.0, *rc::gen::inRange(0, 85) / 10.0) * 1.000123;
  const int n = *rc::gen::inRange(0, 120);
  std::mt19937_64 bits(*rc::gen::arbitrary<std::uint64_t>());
  const auto within = [&](double low, double high) {
    const double share = static_cast<double>(bits() >> 11) * 0x1p-53;
    return std::round((low + share * (high - low)) * 1024) / 1024;
  };
  // Also outside the raster, near enough to reach it and not.
  const double around = std::min(2 * random.bandwidth, 40 * cell);
  for (int i = 0; i < n; ++i) {
    random.points.push_back(
        {Meters{within(-around, columns * cell + around)}, Meters{within(-around, rows * cell + around)}});
    if (bits() % 4 == 0) random.points.back() = random.points[bits() % random.points.size()];
    random.weights.push_back(bits() % 8 == 0 ? 0 : within(0, 5));
    random.bandwidths.push_back(random.bandwidth * (0.4 + static_cast<double>(bits() % 1000) / 400));
    random.groups.push_back(static_cast<int>(bits() % 4) - (bits() % 16 == 0 ? 4 : 0));
  }
  if (bits() % 3 == 0) random.weights.clear();
  return random;
}

template <class Value>
void CheckAgainst(const DirectDensity& direct, const Grid<Value>& density, double share) {
  for (std::size_t i = 0; i < direct.values.size(); ++i) {
    const auto value = static_cast<double>(density.values()[i]);
    RC_ASSERT(value >= 0);
    RC_ASSERT(std::abs(value - static_cast<double>(direct.values[i])) <=
              share * static_cast<double>(direct.peak));
    if (!direct.covered[i]) RC_ASSERT(value == 0);
  }
}

std::vector<double> Values(const DensityIncidents& incidents, const GridSpec& grid,
                           const DensityOptions& options) {
  std::vector<double> values;
  for (const auto& surface : ComputeDensity<double>(incidents, grid, options).surfaces)
    values.insert(values.end(), surface.density.values().begin(), surface.density.values().end());
  return values;
}

double Peak(const std::vector<double>& values) {
  return values.empty() ? 0 : *std::max_element(values.begin(), values.end());
}

RC_GTEST_PROP(DensityProperties, EqualTheDefinitionToTheStatedBound, ()) {
  const Case random = RandomCase();
  const DirectDensity direct = random.direct();
  CheckAgainst(direct,
               ComputeDensity<double>(random.incidents(), random.grid, random.options()).surfaces[0].density,
               1e-9);
  CheckAgainst(direct,
               ComputeDensity<float>(random.incidents(), random.grid, random.options()).surfaces[0].density,
               1e-6);
}

RC_GTEST_PROP(DensityProperties, EqualTheDefinitionWithABandwidthForEachIncident, ()) {
  const Case random = RandomCase();
  RC_PRE(!random.points.empty());
  const DirectDensity direct =
      SumDirectly(random.points, random.weights, random.kernel, random.bandwidths, random.grid);
  DensityIncidents incidents = random.incidents();
  incidents.bandwidths_m = random.bandwidths;
  CheckAgainst(direct, ComputeDensity<double>(incidents, random.grid, random.options()).surfaces[0].density,
               1e-9);
}

RC_GTEST_PROP(DensityProperties, DoNotChangeABitWithTheOrderOfTheIncidents, ()) {
  const Case random = RandomCase();
  Case other = random;
  std::vector<std::size_t> order(random.points.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::mt19937_64 bits(7);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[bits() % i]);
  for (std::size_t i = 0; i < order.size(); ++i) {
    other.points[i] = random.points[order[i]];
    if (!random.weights.empty()) other.weights[i] = random.weights[order[i]];
  }
  RC_ASSERT(Values(random.incidents(), random.grid, random.options()) ==
            Values(other.incidents(), other.grid, other.options()));
}

RC_GTEST_PROP(DensityProperties, DoNotChangeABitWithTheNumberOfThreads, ()) {
  const Case random = RandomCase();
  DensityOptions options = random.options();
  const auto one = Values(random.incidents(), random.grid, options);
  for (const int threads : {2, 5}) {
    options.threads = threads;
    RC_ASSERT(Values(random.incidents(), random.grid, options) == one);
  }
}

/// Every instruction set of this machine that the engine is compiled for, the scalar one included.
std::vector<std::int64_t> Targets() {
  hwy::SetSupportedTargetsForTest(0);
  std::vector<std::int64_t> targets = {HWY_SCALAR};
  for (const std::int64_t target :
       {std::int64_t{HWY_SSSE3}, std::int64_t{HWY_SSE4}, std::int64_t{HWY_AVX2}, std::int64_t{HWY_AVX3}})
    if ((hwy::SupportedTargets() & target) != 0) targets.push_back(target);
  return targets;
}
void UseTarget(std::int64_t target) {
  hwy::SetSupportedTargetsForTest(target);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

RC_GTEST_PROP(DensityProperties, HaveTheSameBitsOnEveryInstructionSet, ()) {
  const Case random = RandomCase();
  DensityIncidents incidents = random.incidents();
  if (*rc::gen::arbitrary<bool>()) incidents.bandwidths_m = random.bandwidths;
  UseTarget(HWY_SCALAR);
  const auto scalar = ComputeDensity<double>(incidents, random.grid, random.options()).surfaces[0];
  const auto narrow = ComputeDensity<float>(incidents, random.grid, random.options()).surfaces[0];
  for (const std::int64_t target : Targets()) {
    UseTarget(target);
    const auto other = ComputeDensity<double>(incidents, random.grid, random.options()).surfaces[0];
    const auto other_narrow = ComputeDensity<float>(incidents, random.grid, random.options()).surfaces[0];
    UseTarget(0);
    RC_ASSERT(other.density.values() == scalar.density.values());
    RC_ASSERT(other_narrow.density.values() == narrow.density.values());
    RC_ASSERT(other.checks.mass == scalar.checks.mass);
    RC_ASSERT(other_narrow.checks.mass == narrow.checks.mass);
  }
}

RC_GTEST_PROP(DensityProperties, DoNotChangeWhenEverythingMovesToSwedishCoordinates, ()) {
  Case random = RandomCase();
  const auto near = Values(random.incidents(), random.grid, random.options());
  for (PlanePoint& point : random.points)
    point = {Meters{point.easting.value() + 6e5}, Meters{point.northing.value() + 6.6e6}};
  random.grid.origin = {Meters{6e5}, Meters{6.6e6}};
  const auto far = Values(random.incidents(), random.grid, random.options());
  RC_ASSERT(near == far);
}

RC_GTEST_PROP(DensityProperties, FallWithTheSquareWhenAllLengthsGrow, ()) {
  Case random = RandomCase();
  const auto before = Values(random.incidents(), random.grid, random.options());
  for (PlanePoint& point : random.points)
    point = {Meters{3 * point.easting.value()}, Meters{3 * point.northing.value()}};
  random.bandwidth *= 3;
  random.grid.cell_size = Meters{3 * random.grid.cell_size.value()};
  const auto after = Values(random.incidents(), random.grid, random.options());
  for (std::size_t i = 0; i < before.size(); ++i)
    RC_ASSERT(std::abs(before[i] - 9 * after[i]) <= 1e-9 * Peak(before));
}

RC_GTEST_PROP(DensityProperties, AddUpOverGroups, ()) {
  const Case random = RandomCase();
  DensityIncidents grouped = random.incidents();
  grouped.groups = random.groups;
  grouped.group_count = 4;
  const auto sum = SumOfGroups(ComputeDensity<double>(grouped, random.grid, random.options()), 0);
  Case members = random;
  members.points.clear();
  members.weights.clear();
  for (std::size_t i = 0; i < random.points.size(); ++i) {
    if (random.groups[i] < 0) continue;
    members.points.push_back(random.points[i]);
    if (!random.weights.empty()) members.weights.push_back(random.weights[i]);
  }
  const auto all = Values(members.incidents(), random.grid, random.options());
  for (std::size_t i = 0; i < all.size(); ++i)
    RC_ASSERT(std::abs(sum.values()[i] - all[i]) <= 2e-9 * Peak(all));
}

RC_GTEST_PROP(DensityProperties, DoNotDependOnTheRasterAround, ()) {
  const Case random = RandomCase();
  const auto part = Values(random.incidents(), random.grid, random.options());
  GridSpec wide = random.grid;
  const double cell = wide.cell_size.value();
  const int west = *rc::gen::inRange(0, 300), south = *rc::gen::inRange(0, 80);
  wide.origin = {Meters{-west * cell}, Meters{-south * cell}};
  wide.columns += west + 37;
  wide.rows += south + 5;
  const auto whole = ComputeDensity<double>(random.incidents(), wide, random.options()).surfaces[0].density;
  const double peak = Peak(whole.values());
  for (int row = 0; row < random.grid.rows; ++row)
    for (int column = 0; column < random.grid.columns; ++column)
      RC_ASSERT(std::abs(whole[(CellIndex{column + west, row + south})] -
                         part[random.grid.index({column, row})]) <= 2e-9 * peak);
}

RC_GTEST_PROP(DensityProperties, KeepTheMassAndTheMiddle, ()) {
  Case random = RandomCase();
  RC_PRE(!random.points.empty());
  const double cell = random.grid.cell_size.value();
  random.bandwidth = cell * (12 + *rc::gen::inRange(0, 8) * 1.03);
  const double reach = random.bandwidth * (random.kernel == Kernel::kGaussian ? 6 : 1) + cell;
  const auto [west, east] = std::minmax_element(random.points.begin(), random.points.end());
  double south = HUGE_VAL, north = -HUGE_VAL;
  for (const PlanePoint& point : random.points) {
    south = std::min(south, point.northing.value());
    north = std::max(north, point.northing.value());
  }
  random.grid = CoveringGrid({Meters{west->easting.value() - reach}, Meters{south - reach}},
                             {Meters{east->easting.value() + reach}, Meters{north + reach}}, Meters{cell});
  const SurfaceChecks checks =
      ComputeDensity<double>(random.incidents(), random.grid, random.options()).surfaces[0].checks;
  RC_PRE(checks.incident_mass > 0);
  // The sum over cells against the integral: a disc's rim is cut by cells, the others are smooth.
  const double share = random.kernel == Kernel::kUniform    ? 0.02
                       : random.kernel == Kernel::kGaussian ? 1e-7
                                                            : 3e-3;
  RC_ASSERT(std::abs(checks.mass - checks.incident_mass) <= share * checks.incident_mass);
  RC_ASSERT(std::abs(checks.centroid.easting.value() - checks.incident_centroid.easting.value()) <=
            0.2 * cell);
  RC_ASSERT(std::abs(checks.centroid.northing.value() - checks.incident_centroid.northing.value()) <=
            0.2 * cell);
}

}  // namespace
}  // namespace lagesbild::geo
