#include "geo/picture_parts.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "geo/grid_gi_star.h"
#include "geo/neighborhood.h"

namespace lagesbild::geo {
namespace {

bool LivesInGroup(const Inhabitants& inhabitants, const AgeGroup& group) {
  return group.kind == AgeGroupKind::kUnknown || group.kind == AgeGroupKind::kTotal ||
         (inhabitants.age >= group.first_age && inhabitants.age <= group.last_age);
}

/// Incidents of each cell that has any.
std::map<std::pair<int, int>, std::vector<const Incident*>> ByCell(std::span<const Incident> used,
                                                                   const GridSpec& grid) {
  std::map<std::pair<int, int>, std::vector<const Incident*>> cells;
  for (const Incident& incident : used)
    if (const auto cell = grid.cell_of(incident.position))
      cells[{cell->row, cell->column}].push_back(&incident);
  return cells;
}

bool IsFamily(const AgeGroup& group) {
  return group.kind == AgeGroupKind::kHeadline || group.kind == AgeGroupKind::kUnknown;
}

}  // namespace

bool IsUsed(const Incident& incident, const PictureInput& input, const PictureOptions& options,
            const AgeGroup& group) {
  return incident.place == PlaceKind::kPlaced && InfoOf(incident.category).incident &&
         !TooCoarse(incident, options.max_accuracy) &&
         CountsInGroup(incident, input.scheme, group, options.role);
}

GroupIncidents PrepareGroup(const PictureInput& input, const PictureOptions& options, const AgeGroup& group,
                            const GridSpec& grid) {
  GroupIncidents data;
  for (const Incident& incident : input.incidents)
    if (IsUsed(incident, input, options, group)) data.used.push_back(incident);
  data.kept = CollapseRepeats(data.used, options.repeats);
  data.input.group = group.code;
  data.input.in_family = IsFamily(group);
  data.input.counts = Grid<int>(grid);
  for (const std::size_t i : data.kept)
    if (const auto cell = grid.cell_of(data.used[i].position)) ++data.input.counts[*cell];
  data.input.exposure = InhabitantsPerCell(input.inhabitants, group, grid);
  return data;
}

Grid<double> InhabitantsPerCell(std::span<const Inhabitants> inhabitants, const AgeGroup& group,
                                const GridSpec& grid) {
  Grid<double> people(grid);
  for (const Inhabitants& entry : inhabitants)
    if (LivesInGroup(entry, group))
      if (const auto cell = grid.cell_of(entry.position)) people[*cell] += entry.count;
  return people;
}

std::vector<PictureCell> CellsOfLayer(std::span<const Incident> used, const HotspotLayerInput& input,
                                      const HotspotLayerResult& result,
                                      std::span<const std::string> new_reporters) {
  const GridSpec& grid = input.counts.spec();
  const auto by_cell = ByCell(used, grid);
  const std::set<std::string> newcomers(new_reporters.begin(), new_reporters.end());

  // Row-major order of the map's keys is the order of the answer.
  std::map<std::pair<int, int>, PictureCell> cells;
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column)
      if (input.exposure[{column, row}] > 0) cells[{row, column}].test.cell = {column, row};
  for (const auto& [key, incidents] : by_cell)
    ForNeighborhood(grid, {key.second, key.first}, [&](CellIndex cell) {
      cells[{cell.row, cell.column}].test.cell = cell;
    });

  for (auto& [key, filled] : cells) {
    PictureCell& cell = filled;  // clang 14 captures no structured binding
    cell.inhabitants = input.exposure[cell.test.cell];
    std::set<std::string> reporters;
    ForNeighborhood(grid, cell.test.cell, [&](CellIndex neighbor) {
      cell.test.neighborhood_count += input.counts[neighbor];
      cell.test.exposure += input.exposure[neighbor];
      const auto found = by_cell.find({neighbor.row, neighbor.column});
      if (found == by_cell.end()) return;
      cell.neighborhood_incidents += static_cast<int>(found->second.size());
      for (const Incident* incident : found->second) {
        reporters.insert(incident->reporter);
        if (newcomers.contains(incident->reporter)) ++cell.neighborhood_of_new;
      }
    });
    cell.neighborhood_reporters = static_cast<int>(reporters.size());
    cell.test.count = input.counts[cell.test.cell];
    const auto own = by_cell.find(key);
    cell.incidents = own == by_cell.end() ? 0 : static_cast<int>(own->second.size());
  }
  for (const HotspotCell& tested : result.cells) {
    const auto found = cells.find({tested.cell.row, tested.cell.column});
    if (found != cells.end()) found->second.test = tested;
  }

  const double nan = std::numeric_limits<double>::quiet_NaN();
  const GridGiStar gi = result.tested ? GiStarOnMaskedGrid(input.counts, input.exposure)
                                      : GridGiStar{Grid<double>(grid, nan), Grid<double>(grid, nan)};
  std::vector<PictureCell> answer;
  answer.reserve(cells.size());
  for (auto& [key, cell] : cells) {
    cell.gi_star_z = gi.z_scores[cell.test.cell];
    cell.gi_star_exact_p = gi.exact_p_values[cell.test.cell];
    answer.push_back(cell);
  }
  return answer;
}

std::vector<DistrictCounts> CountDistricts(const PictureInput& input, RoleSelection role,
                                           const AgeGroup& group) {
  std::vector<DistrictCounts> answer;
  for (const NamedArea& district : input.districts) {
    const StudyArea area(district.polygons);
    DistrictCounts& counts = answer.emplace_back();
    counts.code = district.code;
    counts.name = district.name;
    for (const Incident& incident : input.incidents)
      if (incident.place == PlaceKind::kPlaced && InfoOf(incident.category).incident &&
          CountsInGroup(incident, input.scheme, group, role) && area.contains(incident.position))
        ++counts.incidents;
    for (const Inhabitants& entry : input.inhabitants)
      if (LivesInGroup(entry, group) && area.contains(entry.position)) counts.inhabitants += entry.count;
  }
  return answer;
}

std::vector<RepeatPlace> RepeatPlaces(std::span<const Incident> used) {
  std::map<PlanePoint, std::pair<int, std::set<std::string>>> places;
  for (const Incident& incident : used) {
    auto& [count, reporters] = places[incident.position];
    ++count;
    reporters.insert(incident.reporter);
  }
  std::vector<RepeatPlace> answer;
  for (const auto& [position, found] : places)
    if (found.first >= 2) answer.push_back({position, found.first, static_cast<int>(found.second.size())});
  std::stable_sort(answer.begin(), answer.end(),
                   [](const RepeatPlace& a, const RepeatPlace& b) { return a.incidents > b.incidents; });
  return answer;
}

}  // namespace lagesbild::geo
