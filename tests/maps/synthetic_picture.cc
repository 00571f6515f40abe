#include "tests/maps/synthetic_picture.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <tuple>
#include <utility>

namespace lagesbild::maps::testing {
namespace {

using geo::CellIndex;
using geo::Meters;
using geo::PlanePoint;

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

PlanePoint At(double easting, double northing) { return {Meters{easting}, Meters{northing}}; }

/// The next pseudo-random number in [0, 1), the same on every library.
double Uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

struct Locality {
  const char* code;
  const char* name;
  double easting, northing;
  double radius_m;
};
constexpr Locality kLocalities[] = {
    {"T1", "Heby", 596500, 6645500, 1400},      {"T2", "Östervåla", 628500, 6675000, 900},
    {"T3", "Morgongåva", 602500, 6646500, 800}, {"T4", "Tärnsjö", 611500, 6672000, 800},
    {"T5", "Harbo", 628000, 6664000, 600},      {"T6", "Vittinge", 611500, 6643500, 500}};

geo::Ring Circle(double easting, double northing, double radius) {
  geo::Ring ring;
  for (int i = 0; i < 24; ++i) {
    const double angle = 2 * std::numbers::pi * i / 24;
    ring.push_back(At(easting + radius * std::cos(angle), northing + radius * std::sin(angle)));
  }
  return ring;
}

geo::Ring Boundary() {
  return {At(588000, 6638000), At(600000, 6634000), At(617000, 6637000), At(622000, 6651000),
          At(634000, 6658000), At(637000, 6672000), At(630000, 6684000), At(614000, 6683000),
          At(603000, 6678000), At(601000, 6662000), At(590000, 6653000)};
}

bool Contains(const geo::Ring& ring, PlanePoint point) {
  bool inside = false;
  const double x = point.easting.value(), y = point.northing.value();
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const double xi = ring[i].easting.value(), yi = ring[i].northing.value();
    const double xj = ring[j].easting.value(), yj = ring[j].northing.value();
    if ((yi > y) != (yj > y) && x < (xj - xi) * (y - yi) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/// Quartic density without edge correction; NaN outside the boundary.
geo::Grid<double> Density(const std::vector<PlanePoint>& points, const geo::GridSpec& spec, double radius) {
  const geo::Ring boundary = Boundary();
  geo::Grid<double> grid(spec, kUndefined);
  const double peak = 3 / (std::numbers::pi * radius * radius * 1e-6);
  for (int row = 0; row < spec.rows; ++row)
    for (int column = 0; column < spec.columns; ++column) {
      const PlanePoint center = spec.center({column, row});
      if (!Contains(boundary, center)) continue;
      double sum = 0;
      for (const PlanePoint& point : points) {
        const double dx = point.easting.value() - center.easting.value();
        const double dy = point.northing.value() - center.northing.value();
        const double u2 = (dx * dx + dy * dy) / (radius * radius);
        if (u2 < 1) sum += peak * (1 - u2) * (1 - u2);
      }
      grid[{column, row}] = sum;
    }
  return grid;
}

std::vector<PlanePoint> DrawIncidents(std::mt19937_64& random, int count) {
  std::vector<PlanePoint> points;
  for (int i = 0; i < count; ++i) {
    const Locality& place = kLocalities[std::min(static_cast<int>(Uniform(random) * 8), 5)];
    points.push_back(At(place.easting + (Uniform(random) - 0.5) * place.radius_m * 1.4,
                        place.northing + (Uniform(random) - 0.5) * place.radius_m * 1.4));
  }
  return points;
}

/// Inhabited cells of every locality and some farms, with the incidents counted.
std::vector<geo::PictureCell> Cells(const geo::GridSpec& grid, const std::vector<PlanePoint>& incidents,
                                    bool tested) {
  const geo::Ring boundary = Boundary();
  geo::Grid<int> counts(grid);
  for (const PlanePoint& point : incidents)
    if (const auto cell = grid.cell_of(point)) ++counts[*cell];
  std::vector<geo::PictureCell> cells;
  for (int row = 1; row + 1 < grid.rows; ++row)
    for (int column = 1; column + 1 < grid.columns; ++column) {
      const PlanePoint center = grid.center({column, row});
      const bool town =
          std::any_of(std::begin(kLocalities), std::end(kLocalities), [&](const Locality& place) {
            return std::hypot(place.easting - center.easting.value(),
                              place.northing - center.northing.value()) < place.radius_m;
          });
      const bool farm = (column * 7 + row * 13) % 29 == 0 && Contains(boundary, center);
      if (!town && !farm) continue;
      geo::PictureCell cell;
      cell.test.cell = {column, row};
      cell.incidents = counts[{column, row}];
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) cell.neighborhood_incidents += counts[{column + dx, row + dy}];
      cell.neighborhood_reporters = std::min(cell.neighborhood_incidents, 2);
      cell.inhabitants = town ? 25 : 2;
      cell.gi_star_z = tested ? cell.neighborhood_incidents - 0.5 : kUndefined;
      cell.gi_star_exact_p = tested ? 1.0 / (1 + cell.neighborhood_incidents) : kUndefined;
      if (tested) {
        // Reports of one event count once: the school yard's first cell has one of them.
        const bool repeat = cell.incidents > 2;
        cell.test.count = cell.incidents - (repeat ? 1 : 0);
        cell.test.neighborhood_count = cell.neighborhood_incidents - (repeat ? 1 : 0);
        cell.test.exposure = cell.inhabitants * 9;
        cell.test.expected = 0.4;
        cell.test.binomial_p = std::pow(0.1, cell.neighborhood_incidents);
        cell.test.q_value = std::min(1.0, cell.test.binomial_p * 300);
        cell.test.maximum_p = std::min(1.0, cell.test.binomial_p * 900);
        cell.test.hot_class = cell.test.q_value <= 0.01   ? 3
                              : cell.test.q_value <= 0.05 ? 2
                                                          : cell.test.q_value <= 0.1;
        if (cell.neighborhood_incidents < 3) cell.test.hot_class = 0;
      }
      cells.push_back(cell);
    }
  // An event in the forest: nobody lives there, so that the test says nothing.
  geo::PictureCell forest;
  forest.test.cell = {2, 2};
  forest.incidents = forest.neighborhood_incidents = forest.neighborhood_reporters = 1;
  forest.gi_star_z = forest.gi_star_exact_p = kUndefined;
  cells.push_back(forest);
  // Empty land beside it.
  geo::PictureCell beside;
  beside.test.cell = {3, 2};
  beside.neighborhood_incidents = beside.neighborhood_reporters = 1;
  beside.gi_star_z = beside.gi_star_exact_p = kUndefined;
  cells.push_back(beside);
  return cells;
}

std::vector<geo::NamedArea> Districts() {
  const auto box = [](double west, double south, double east, double north) {
    return geo::MultiPolygon{{{At(west, south), At(east, south), At(east, north), At(west, north)}, {}}};
  };
  return {{"D1", "Västerlövsta", box(589000, 6640000, 606000, 6655000)},
          {"D2", "Vittinge", box(606000, 6638000, 620000, 6655000)},
          {"D3", "Östervåla", box(614000, 6668000, 634000, 6682000)},
          {"D4", "Harbo", box(618000, 6655000, 634000, 6668000)}};
}

geo::PictureLayer MakeLayer(const geo::AgeGroup& group, const geo::SituationPicture& picture,
                            std::mt19937_64& random) {
  const bool few = group.code == "BARN", unknown = group.kind == geo::AgeGroupKind::kUnknown;
  const bool cluster = group.code == "UNGDOM" || group.code == "ALLA";
  const int drawn = few ? 4 : unknown ? 6 : group.code == "ALLA" ? 22 : 12;
  geo::PictureLayer layer;
  layer.group = group;
  layer.tested = !few && !unknown;
  if (few) layer.too_few = geo::TooFew{3, 10};
  if (unknown) layer.undefined = geo::Undefined{"NO_EXPOSURE"};
  const bool merged = group.kind == geo::AgeGroupKind::kSubtotal || group.kind == geo::AgeGroupKind::kTotal;
  if (layer.tested) layer.family_size = merged ? 567 : 1234;
  if (few) layer.coarser_level = "U18";
  std::vector<PlanePoint> incidents = DrawIncidents(random, drawn);
  if (cluster)  // a school yard
    for (int i = 0; i < 6; ++i) incidents.push_back(At(628600 + 40 * i, 6675100 + 25 * (i % 3)));
  layer.used_incidents = static_cast<int>(incidents.size());
  layer.used_after_collapse = layer.used_incidents - 1;
  geo::Tally& tally = layer.tally.incidents;
  layer.tally.group = group.code;
  tally.placed = layer.used_incidents + 2;
  tally.too_coarse = 2;
  tally.unplaced = 6;
  tally.outside = 1;
  tally.digital = 5;
  tally.accepted = tally.read = tally.placed + tally.unplaced + tally.digital;
  layer.tally.persons = tally;
  layer.cells = Cells(picture.grid, incidents, layer.tested);
  if (layer.tested) {
    layer.density = Density(incidents, picture.density_grid, picture.bandwidth.radius->value());
    for (const double value : layer.density->values())
      if (std::isfinite(value)) {
        layer.density_mass += value * picture.density_grid.cell_area_km2();
        layer.density_peak = std::max(layer.density_peak, value);
      }
  }
  int i = 0;
  for (const geo::NamedArea& area : Districts())
    layer.districts.push_back({area.code, area.name, 3 + i, 900 + 10 * i++});
  layer.repeats = {{At(628640, 6675125), 4, 2}, {At(596400, 6645300), 2, 1}, {At(602500, 6646500), 1, 1}};
  return layer;
}

}  // namespace

SyntheticPicture MakeSyntheticPicture(geo::CalendarQuarter quarter, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  SyntheticPicture result;
  geo::SituationPicture& picture = result.picture;
  picture.quarter = quarter;
  picture.bandwidth = {Meters{1000}, Meters{1000 / std::sqrt(8.0)}};
  picture.grid = geo::CoveringGrid(At(587000, 6633000), At(638000, 6685000), Meters{250});
  picture.density_grid = geo::CoveringGrid(At(587000, 6633000), At(638000, 6685000), Meters{100});
  picture.family_size = 1234;
  for (const geo::AgeGroup& group : geo::DefaultAgeScheme().groups)
    picture.layers.push_back(MakeLayer(group, picture, random));
  picture.reporters = {"POLIS", "SKOLA1"};
  picture.perceived_unsafety = 3;
  picture.in_buffer = 1;

  result.metadata = {.municipality_code = "0331",
                     .municipality_name = "Heby",
                     .synthetic = true,
                     .run_id = "0123456789abcdef",
                     .data_version = "feedc0de",
                     .program_version = "0.1.0",
                     .bandwidth_reason_sv = "samma för alla åldersgrupper, så att färgerna kan jämföras",
                     .category_labels_sv = {},
                     .reporters = {{"POLIS", "Polisen"}, {"SKOLA1", "Skolan i Östervåla"}}};
  result.reference.boundary = {{Boundary(), {}}};
  result.reference.districts = Districts();
  for (const Locality& place : kLocalities)
    result.reference.localities.push_back(
        {place.code, place.name, {{Circle(place.easting, place.northing, place.radius_m), {}}}});
  result.reference.places = {
      {"P1", "Östervåla skola", {}, "school", "Östervåla", At(628650, 6675120), Meters{50}},
      {"P2", "Fritidsgården i Heby", {}, "meeting_place", "Heby", At(596300, 6645900), Meters{50}}};
  return result;
}

SyntheticPicture MakeHostilePicture() {
  SyntheticPicture result = MakeSyntheticPicture();
  const std::string name = kHostileName;
  result.metadata.municipality_name = name;
  result.metadata.bandwidth_reason_sv = name;
  result.metadata.category_labels_sv = {name};
  result.metadata.data_version = result.metadata.program_version = name;
  result.metadata.reporters = {{name, name}};
  for (auto* areas : {&result.reference.districts, &result.reference.localities})
    for (geo::NamedArea& area : *areas) area.name = name + area.name;
  for (geo::Place& place : result.reference.places)
    place.name = place.kind = place.locality = name + place.name;
  for (geo::PictureLayer& layer : result.picture.layers) {
    layer.group.label_sv = name + layer.group.label_sv;
    for (geo::DistrictCounts& district : layer.districts) district.name = name + district.name;
  }
  return result;
}

}  // namespace lagesbild::maps::testing
