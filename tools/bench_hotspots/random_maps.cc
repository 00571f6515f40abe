#include "tools/bench_hotspots/random_maps.h"

#include <algorithm>
#include <chrono>

#include "geo/random_draw.h"

namespace lagesbild::tools::bench {
namespace {

constexpr double kCenter = 11;  ///< times the exposure of the rest
constexpr double kInhabited = 0.4, kRepeatShare = 0.3, kMisplacedShare = 0.2;
constexpr int kFarthest = 3;  ///< cells, of a misplaced incident

/// A cell that follows the exposure, by rejection.
geo::CellIndex DrawCell(const geo::Grid<double>& exposure, std::mt19937_64& random) {
  const geo::GridSpec& grid = exposure.spec();
  while (true) {
    const geo::CellIndex cell{
        static_cast<int>(geo::DrawBelow(random, static_cast<std::uint64_t>(grid.columns))),
        static_cast<int>(geo::DrawBelow(random, static_cast<std::uint64_t>(grid.rows)))};
    if (geo::DrawUniform(random) * kCenter < exposure[cell]) return cell;
  }
}

geo::PlanePoint PointIn(const geo::GridSpec& grid, geo::CellIndex cell, std::mt19937_64& random) {
  const double side = grid.cell_size.value();
  const double east = geo::DrawUniform(random), north = geo::DrawUniform(random);
  return {geo::Meters{grid.origin.easting.value() + (cell.column + east) * side},
          geo::Meters{grid.origin.northing.value() + (cell.row + north) * side}};
}

/// Some cells away, inside the square.
geo::CellIndex Misplaced(const geo::GridSpec& grid, geo::CellIndex cell, std::mt19937_64& random) {
  const auto step = [&] { return static_cast<int>(geo::DrawBelow(random, 2 * kFarthest + 1)) - kFarthest; };
  const int east = step(), north = step();
  return {std::clamp(cell.column + east, 0, grid.columns - 1),
          std::clamp(cell.row + north, 0, grid.rows - 1)};
}

geo::Incident At(geo::PlanePoint position, std::size_t number) {
  geo::Incident incident;
  incident.id = static_cast<std::int64_t>(number) + 1;
  incident.reporter = number % 3 == 0 ? "A" : number % 3 == 1 ? "B" : "C";
  incident.place = geo::PlaceKind::kPlaced;
  incident.level = geo::MatchLevel::kAddressPoint;
  incident.position = position;
  incident.has_position = true;
  incident.category = static_cast<geo::Category>(number % 4);
  incident.date = std::chrono::sys_days{std::chrono::days{20'000 + static_cast<int>(number) * 7 % 90}};
  return incident;
}

}  // namespace

const char* NullCode(Null null) {
  switch (null) {
    case Null::kUniform:
      return "uniform";
    case Null::kPopulation:
      return "population";
    case Null::kRepeats:
      return "repeats";
    case Null::kMisplaced:
      return "misplaced";
  }
  return "";
}

geo::Grid<double> BenchExposure(int side, Null null) {
  const geo::GridSpec grid{.origin = {geo::Meters{600'000}, geo::Meters{6'640'000}},
                           .cell_size = geo::Meters{250},
                           .columns = side,
                           .rows = side};
  geo::Grid<double> exposure(grid, 1.0);
  if (null == Null::kUniform) {
    // The same mask for every run of a side: where people live does not change from quarter to quarter.
    std::mt19937_64 random = geo::ReplicateRandom(20'261'125, static_cast<std::uint64_t>(side));
    for (double& value : exposure.values()) value = geo::DrawUniform(random) < kInhabited;
    return exposure;
  }
  for (int row = side * 2 / 5; row < side * 3 / 5; ++row)
    for (int column = side * 2 / 5; column < side * 3 / 5; ++column) exposure[{column, row}] = kCenter;
  return exposure;
}

std::vector<geo::Incident> BenchIncidents(const geo::Grid<double>& exposure, Null null, int count,
                                          std::mt19937_64& random) {
  std::vector<geo::Incident> incidents;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    if (null == Null::kRepeats && i > 0 && geo::DrawUniform(random) < kRepeatShare) {
      incidents.push_back(At(incidents[geo::DrawBelow(random, i)].position, i));
      continue;
    }
    geo::CellIndex cell = DrawCell(exposure, random);
    if (null == Null::kMisplaced && geo::DrawUniform(random) < kMisplacedShare)
      cell = Misplaced(exposure.spec(), cell, random);
    incidents.push_back(At(PointIn(exposure.spec(), cell, random), i));
  }
  return incidents;
}

geo::CellIndex PlantedCell(const geo::GridSpec& grid) { return {grid.columns / 4, grid.rows / 4}; }

std::vector<geo::Incident> PlantedIncidents(const geo::Grid<double>& exposure, int count, int planted,
                                            std::mt19937_64& random) {
  std::vector<geo::Incident> incidents = BenchIncidents(exposure, Null::kPopulation, count - planted, random);
  const geo::CellIndex corner = PlantedCell(exposure.spec());
  for (int i = 0; i < planted; ++i) {
    const geo::CellIndex cell{corner.column + i % 2, corner.row + i / 2 % 2};
    incidents.push_back(At(PointIn(exposure.spec(), cell, random), incidents.size()));
  }
  return incidents;
}

}  // namespace lagesbild::tools::bench
