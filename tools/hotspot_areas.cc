#include <cmath>
#include <limits>

#include "geo/errors.h"
#include "geo/multiple_testing.h"
#include "geo/released_hot_areas.h"
#include "tools/hotspot_files.h"

namespace lagesbild::tools {
namespace {

std::vector<double> FiniteColumn(const Table& table, const std::string& column) {
  std::vector<double> values = table.numbers(column);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!std::isfinite(values[i]))
      throw geo::InvalidInput("column " + column + ", row " + std::to_string(i + 1) +
                              " is not a finite number");
  return values;
}

/// Each area's count against its share of the population.
void TestAgainstPopulation(const HotspotsCommand& command, const Table& table,
                           const std::vector<double>& values, HotspotAnswer& answer) {
  const std::vector<double> population = FiniteColumn(table, "population");
  std::vector<int> counts;
  double people = 0;
  int total = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] < 0 || values[i] > 1e6 || values[i] != std::floor(values[i]))
      throw geo::InvalidInput("column value, row " + std::to_string(i + 1) +
                              " is no count; it must be a whole number from 0 to a million");
    counts.push_back(static_cast<int>(values[i]));
    total += population[i] > 0 ? counts.back() : 0;
    people += population[i];
  }
  if (total < command.min_incidents) {
    answer.rows.clear();
    answer.too_few.emplace_back("", total);
    return;
  }
  const std::vector<double> p = geo::HotAreaPValues(counts, population);
  for (std::size_t i = 0; i < p.size(); ++i) {
    HotspotRow& row = answer.rows[i];
    row.p = p[i];
    row.count = row.reported = row.neighborhood_count = counts[i];
    row.exposure = population[i];
    row.expected = total * population[i] / people;
    row.z = row.maximum_p = std::numeric_limits<double>::quiet_NaN();
    if (!std::isfinite(p[i])) row.reason = "NO_EXPOSURE";
  }
  Adjust(command, answer);
  answer.settings.side = "high";
  answer.settings.draws = 0;
  for (HotspotRow& row : answer.rows) row.hot = row.q <= command.fdr && row.count >= command.min_cell_count;
}

}  // namespace

HotspotAnswer TestAreas(const HotspotsCommand& command) {
  const Table table = ReadTable(command.values);
  const std::vector<std::string> ids = table.texts("id");
  const std::vector<double> values = FiniteColumn(table, "value");
  HotspotAnswer answer;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    HotspotRow row;
    row.id = ids[i];
    row.value = values[i];
    answer.rows.push_back(row);
  }
  if (command.statistic == "count") {
    TestAgainstPopulation(command, table, values, answer);
    return answer;
  }
  const geo::SpatialWeights weights = ReadNeighbors(command.neighbours, ids);
  if (values.size() < 4) throw geo::InvalidInput("a local statistic needs at least 4 areas");
  FillLocalStatistic(command, values, weights, answer.rows, 0);
  Adjust(command, answer);
  return answer;
}

}  // namespace lagesbild::tools
