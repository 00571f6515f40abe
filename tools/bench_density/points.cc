#include "tools/bench_density/points.h"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <numbers>
#include <random>

#include "geo/errors.h"

namespace lagesbild::tools::bench {
namespace {

constexpr int kPlaces = 40;
constexpr double kSpread = 40;  // cells

}  // namespace

geo::GridSpec BenchGrid(int columns, int rows) {
  return {{geo::Meters{600000}, geo::Meters{6640000}}, geo::Meters{10}, columns, rows};
}

std::vector<geo::PlanePoint> BenchPoints(std::size_t count, const geo::GridSpec& grid, std::uint64_t seed) {
  std::mt19937_64 bits(seed);
  const auto uniform = [&] { return static_cast<double>(bits() >> 11) * 0x1p-53; };
  const double cell = grid.cell_size.value();
  double places[kPlaces][2];
  for (auto& place : places) {
    place[0] = uniform() * grid.columns;
    place[1] = uniform() * grid.rows;
  }
  std::vector<geo::PlanePoint> points;
  points.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    double x = uniform() * grid.columns, y = uniform() * grid.rows;
    if (i % 2 == 1) {
      const auto& place = places[bits() % kPlaces];
      const double radius = kSpread * std::sqrt(-2 * std::log(1 - uniform()));
      const double angle = 2 * std::numbers::pi * uniform();
      // Folded back at the raster's sides, so that every program has the same incidents to count.
      x = std::abs(place[0] + radius * std::cos(angle));
      y = std::abs(place[1] + radius * std::sin(angle));
      if (x > grid.columns) x = 2 * grid.columns - x;
      if (y > grid.rows) y = 2 * grid.rows - y;
    }
    points.push_back({geo::Meters{grid.origin.easting.value() + x * cell},
                      geo::Meters{grid.origin.northing.value() + y * cell}});
  }
  return points;
}

void WritePoints(const std::vector<geo::PlanePoint>& points, const std::string& file) {
  std::ofstream out(file);
  out << "x,y\n";
  char line[64];
  for (const geo::PlanePoint& point : points) {
    std::snprintf(line, sizeof line, "%.6f,%.6f\n", point.easting.value(), point.northing.value());
    out << line;
  }
  out.close();
  if (!out) throw geo::InvalidInput("the points cannot be written to " + file + "; name a file that can");
}

}  // namespace lagesbild::tools::bench
