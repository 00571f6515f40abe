#include "tools/attack.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "geo/reconstruction_attack.h"
#include "geo/released_density.h"
#include "maps/class_polygons.h"
#include "maps/legend.h"

namespace lagesbild::tools {
namespace {

using geo::Kernel, geo::Meters, geo::PlanePoint;

constexpr double kSquare = 1000;      // of the release, m
constexpr int kSquareAddresses = 10;  // that a square needs to be an area

geo::GridSpec GridAround(const AttackSetup& setup, Meters reach, Meters cell) {
  PlanePoint low = setup.addresses.front(), high = low;
  std::vector<PlanePoint> all = setup.addresses;
  all.insert(all.end(), setup.elsewhere.begin(), setup.elsewhere.end());
  for (const PlanePoint& point : all) {
    low = {std::min(low.easting, point.easting), std::min(low.northing, point.northing)};
    high = {std::max(high.easting, point.easting), std::max(high.northing, point.northing)};
  }
  const double r = reach.value();
  return geo::CoveringGrid({Meters{low.easting.value() - r}, Meters{low.northing.value() - r}},
                           {Meters{high.easting.value() + r}, Meters{high.northing.value() + r}}, cell);
}

std::size_t Readable(const geo::Grid<double>& surface) {
  return static_cast<std::size_t>(std::count_if(surface.values().begin(), surface.values().end(),
                                                [](double value) { return std::isfinite(value); }));
}

geo::Ring Box(double west, double south, double side) {
  const auto at = [](double x, double y) { return PlanePoint{Meters{x}, Meters{y}}; };
  return {at(west, south), at(west + side, south), at(west + side, south + side), at(west, south + side)};
}

PlanePoint CornerOf(PlanePoint point, double side) {
  return {Meters{std::floor(point.easting.value() / side) * side},
          Meters{std::floor(point.northing.value() / side) * side}};
}

geo::StudyArea BoxOf(const geo::GridSpec& grid) {
  const double west = grid.origin.easting.value(), south = grid.origin.northing.value();
  const double east = west + grid.columns * grid.cell_size.value();
  const double north = south + grid.rows * grid.cell_size.value();
  const auto at = [](double x, double y) { return PlanePoint{Meters{x}, Meters{y}}; };
  return geo::StudyArea({{{at(west, south), at(east, south), at(east, north), at(west, north)}, {}}});
}

}  // namespace

std::vector<SurfaceAttack> AttackSurfaces(const AttackSetup& setup, std::stop_token stop) {
  constexpr Meters kRadius{500}, kCell{50};
  constexpr Kernel kKernel = Kernel::kQuartic;
  // Seven classes in the manner of the legend: multiples of what a lone incident gives at its own place.
  std::vector<double> breaks;
  for (const double factor : {0.1, 0.5, 1.0, 2.0, 4.0, 8.0})
    breaks.push_back(factor * maps::LoneIncidentPeak(kKernel, kRadius));
  struct Way {
    const char *code, *label_sv, *label_en;
    geo::SurfaceForm form;
  };
  const std::vector<Way> ways = {
      {"exact_k5", "exakt täthet, dold under 5 händelser", "exact density, withheld under 5 incidents", {5}},
      {"exact_k10",
       "exakt täthet, dold under 10 händelser",
       "exact density, withheld under 10 incidents",
       {10}},
      {"rounded_k10",
       "avrundad till 0,1, dold under 10 händelser",
       "rounded to 0.1, withheld under 10 incidents",
       {10, 0.1}},
      {"classes_k10",
       "sju klasser, dold under 10 händelser",
       "seven classes, withheld under 10 incidents",
       {10, 0, breaks}}};
  const geo::GridSpec grid = GridAround(setup, kRadius, kCell);
  const std::vector<PlanePoint> incidents = setup.positions();
  const auto within = static_cast<double>(
      std::max<std::size_t>(1, Readable(geo::PublishedSurface(incidents, grid, kKernel, kRadius, {}, stop))));
  std::vector<SurfaceAttack> attacks;
  for (const Way& way : ways) {
    const auto surface = geo::PublishedSurface(incidents, grid, kKernel, kRadius, way.form, stop);
    const auto estimates = geo::ReconstructCounts(surface, setup.addresses, kKernel, kRadius, stop);
    attacks.push_back({way.code, way.label_sv, way.label_en, static_cast<double>(Readable(surface)) / within,
                       geo::ScoreEstimates(estimates, setup.incidents)});
  }
  return attacks;
}

double AgainstGuess::z() const {
  return guess.variance > 0 ? (score.found - guess.mean) / std::sqrt(guess.variance) : 0;
}

void AgainstGuess::Add(const AgainstGuess& other) {
  score.placed += other.score.placed;
  score.found += other.score.found;
  rounded_found += other.rounded_found;
  guess.placed += other.guess.placed;
  guess.mean += other.guess.mean;
  guess.variance += other.guess.variance;
}

std::vector<geo::ReleasedArea> SquareRelease(const AttackSetup& setup, int k,
                                             std::vector<int>& area_of_address) {
  std::map<PlanePoint, std::vector<std::size_t>> squares;
  for (std::size_t i = 0; i < setup.addresses.size(); ++i)
    squares[CornerOf(setup.addresses[i], kSquare)].push_back(i);
  area_of_address.assign(setup.addresses.size(), -1);
  std::vector<geo::ReleasedArea> areas;
  for (const auto& [corner, addresses] : squares) {
    if (addresses.size() < kSquareAddresses) continue;
    geo::ReleasedArea area;
    area.code = "square " + std::to_string(areas.size());
    area.geometry = {{Box(corner.easting.value(), corner.northing.value(), kSquare), {}}};
    std::map<PlanePoint, int> inhabited;
    int count = 0;
    for (const std::size_t i : addresses) {
      area_of_address[i] = static_cast<int>(areas.size());
      count += setup.incidents[i];
      ++inhabited[CornerOf(setup.addresses[i], geo::kInhabitedSquareSize.value())];
    }
    for (const PlanePoint& incident : setup.elsewhere) count += CornerOf(incident, kSquare) == corner ? 1 : 0;
    for (const auto& [south_west, dwellings] : inhabited)
      area.inhabited.push_back({south_west, dwellings, 0});
    area.dwellings = static_cast<int>(addresses.size());
    if (count >= k) area.incidents = static_cast<double>(count);
    areas.push_back(std::move(area));
  }
  return areas;
}

std::vector<AgainstGuess> AttackRelease(const AttackSetup& setup, int k, std::stop_token stop) {
  constexpr Meters kRadius{1000}, kCell{100};
  constexpr Kernel kKernel = Kernel::kQuartic;
  geo::ReleasedCounts released;
  const std::vector<geo::ReleasedArea> areas = SquareRelease(setup, k, released.area_of_address);
  for (const geo::ReleasedArea& area : areas) released.counts.push_back(area.incidents);
  const geo::GridSpec grid = GridAround(setup, kRadius, kCell);
  const geo::StudyArea study_area = BoxOf(grid);
  geo::ReleasedDensityOptions options{.kernel = kKernel, .bandwidth = kRadius};
  options.upper = maps::BreaksOf(maps::ReleasedDensityClassesOf(maps::MakeLegend(kKernel, kRadius, {})));
  const geo::GuessOdds guess = geo::GuessByReleasedCounts(setup.incidents, released);

  std::vector<AgainstGuess> attacks;
  const auto attack = [&](const char* code, const char* sv, const char* en,
                          const geo::Grid<double>& surface) {
    const auto estimates = geo::ReconstructCounts(surface, setup.addresses, kKernel, kRadius, stop);
    attacks.push_back({code, sv, en, geo::ScoreWithReleasedCounts(estimates, setup.incidents, released),
                       geo::ScoreEstimates(estimates, setup.incidents).found, guess});
  };
  attack("released_classes", "frisläppt täthet: klasser av frisläppta antal",
         "released density: classes of released counts",
         geo::MiddlesOfClasses(geo::ReleasedDensityClasses(areas, study_area, grid, options, stop),
                               options.upper));
  attack("released_surface", "ytan under den, i exakta tal (släpps inte)",
         "the surface under it, in exact numbers (not released)",
         geo::ReleasedSurface(areas, study_area, grid, options, stop));
  attack("points_surface", "jämförelse: exakt yta av händelserna själva, dold under k",
         "for comparison: exact surface of the incidents themselves, withheld under k",
         geo::PublishedSurface(setup.positions(), grid, kKernel, kRadius, {k}, stop));
  return attacks;
}

}  // namespace lagesbild::tools
