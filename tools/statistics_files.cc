#include "tools/statistics_files.h"

#include <chrono>
#include <cmath>
#include <map>

#include "geo/errors.h"

namespace lagesbild::tools {
namespace {

std::optional<int> Digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = 10 * value + (c - '0');
  }
  return value;
}

/// Days since 1970 of "2026-07-01".
std::optional<double> ParseIsoDay(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = Digits(text.substr(0, 4)), month = Digits(text.substr(5, 2)),
             day = Digits(text.substr(8));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return static_cast<double>(std::chrono::sys_days{date}.time_since_epoch().count());
}

constexpr double kMostDays = 3.6e6;  ///< some ten thousand years: further no calendar goes

}  // namespace

std::optional<double> ParseDay(std::string_view text) {
  if (const auto day = ParseIsoDay(text)) return day;
  const auto number = ParseNumber(text);
  if (!number || !(std::abs(*number) <= kMostDays)) return std::nullopt;
  return number;
}

std::vector<double> DaysOf(const Table& table, const std::string& column) {
  std::vector<double> days;
  for (const std::string& text : table.texts(column)) {
    const auto day = ParseDay(text);
    if (!day)
      throw geo::InvalidInput("column " + column + ", row " + std::to_string(days.size() + 1) +
                              " is no day; it must be a number or like 2026-07-01");
    days.push_back(*day);
  }
  return days;
}

std::vector<IncidentGroup> ReadIncidentGroups(const PointFile& file, const std::string& day) {
  const PointTable points = ReadPoints(file);
  std::vector<double> days(points.points.size(), 0);
  if (!day.empty()) days = DaysOf(ReadTable(file.path), day);
  std::vector<IncidentGroup> groups(std::max<std::size_t>(1, points.labels.size()));
  for (std::size_t i = 0; i < points.labels.size(); ++i) groups[i].label = points.labels[i];
  for (std::size_t i = 0; i < points.points.size(); ++i) {
    geo::Incident incident;
    incident.id = static_cast<std::int64_t>(i);
    incident.place = geo::PlaceKind::kPlaced;
    incident.level = geo::MatchLevel::kCoordinate;
    incident.position = points.points[i];
    incident.has_position = true;
    incident.date = std::chrono::sys_days{std::chrono::days{static_cast<int>(std::floor(days[i]))}};
    groups[points.groups.empty() ? 0 : static_cast<std::size_t>(points.groups[i])].incidents.push_back(
        incident);
  }
  return groups;
}

geo::Grid<double> ReadExposure(const PointFile& file, const geo::GridSpec& grid, double& outside) {
  const PointTable table = ReadPoints(file);
  geo::Grid<double> exposure(grid);
  outside = 0;
  for (std::size_t i = 0; i < table.points.size(); ++i) {
    const double value = table.weights.empty() ? 1 : table.weights[i];
    if (value < 0)
      throw geo::InvalidInput("column " + file.weight + ", row " + std::to_string(i + 1) +
                              " is negative; an exposure must be 0 or more");
    if (const auto cell = grid.cell_of(table.points[i]))
      exposure[*cell] += value;
    else
      outside += value;
  }
  return exposure;
}

geo::Grid<double> CellsInside(const geo::GridSpec& grid, const geo::StudyArea& area,
                              const geo::StudyArea* places) {
  geo::Grid<double> inside(grid);
  for (int row = 0; row < grid.rows; ++row)
    for (int column = 0; column < grid.columns; ++column) {
      const geo::PlanePoint center = grid.center({column, row});
      inside[{column, row}] = area.contains(center) && (places == nullptr || places->contains(center));
    }
  return inside;
}

geo::SpatialWeights ReadNeighbors(const std::filesystem::path& path, const std::vector<std::string>& ids) {
  std::map<std::string, int> index;
  for (const std::string& id : ids)
    if (!index.emplace(id, static_cast<int>(index.size())).second)
      throw geo::InvalidInput("the areas' ids must differ; one stands twice");
  const Table table = ReadTable(path);
  const auto from = table.texts("from"), to = table.texts("to");
  std::vector<double> weights(from.size(), 1);
  if (table.find("weight")) weights = table.numbers("weight");
  std::vector<std::vector<geo::Neighbor>> rows(ids.size());
  for (std::size_t i = 0; i < from.size(); ++i) {
    const auto a = index.find(from[i]), b = index.find(to[i]);
    if (a == index.end() || b == index.end())
      throw geo::InvalidInput("the neighbors' row " + std::to_string(i + 1) +
                              " names an area that the values do not have");
    rows[static_cast<std::size_t>(a->second)].push_back({b->second, weights[i]});
  }
  return geo::SpatialWeights(std::move(rows));
}

geo::Adjustment AdjustmentByCode(const std::string& code) {
  if (code == "bh") return geo::Adjustment::kBenjaminiHochberg;
  if (code == "by") return geo::Adjustment::kBenjaminiYekutieli;
  if (code == "holm") return geo::Adjustment::kHolm;
  throw geo::InvalidInput("no correction " + code + "; there are bh, by and holm");
}

}  // namespace lagesbild::tools
