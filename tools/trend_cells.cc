#include "tools/trend_cells.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "geo/calendar.h"
#include "geo/emerging_hotspot.h"
#include "geo/errors.h"
#include "geo/grid_gi_star.h"
#include "geo/multiple_testing.h"
#include "tools/cli_statistics.h"
#include "tools/cli_text.h"
#include "tools/statistics_files.h"
#include "tools/verify_points.h"

namespace lagesbild::tools {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostLines = 20;

/// Number of a period: quarters since year 0, or the number itself.
int PeriodNumber(const std::string& text, std::size_t row) {
  if (const auto quarter = geo::ParseQuarter(text)) return 4 * quarter->year + quarter->number - 1;
  const auto number = ParseNumber(text);
  if (!number || *number != std::floor(*number) || std::abs(*number) > 1e6)
    throw geo::InvalidInput("the period of row " + std::to_string(row + 1) +
                            " is neither a quarter like 2026Q3 nor a whole number");
  return static_cast<int>(*number);
}

struct Steps {
  geo::GridSpec grid;
  std::vector<geo::Grid<int>> counts;  ///< by period, from the first with an incident to the last
  std::vector<int> incidents;
  int outside = 0;
};

Steps ReadSteps(const TrendCells& command, const geo::StudyArea& area) {
  constexpr int kMostPeriods = 1000;
  Steps steps;
  steps.grid = geo::CoveringGrid(area.south_west(), area.north_east(), geo::Meters{command.cell_m});
  const PointTable points = ReadPoints(command.points);
  std::vector<int> periods;
  for (const std::string& text : ReadTable(command.points.path).texts(command.period))
    periods.push_back(PeriodNumber(text, periods.size()));
  if (periods.empty()) return steps;
  const auto [first, last] = std::minmax_element(periods.begin(), periods.end());
  if (*last - *first >= kMostPeriods)
    throw geo::InvalidInput("there are over 1000 periods; take longer ones");
  steps.counts.assign(static_cast<std::size_t>(*last - *first) + 1, geo::Grid<int>(steps.grid));
  steps.incidents.assign(steps.counts.size(), 0);
  for (std::size_t i = 0; i < periods.size(); ++i) {
    const auto cell = area.contains(points.points[i]) ? steps.grid.cell_of(points.points[i]) : std::nullopt;
    if (!cell) {
      ++steps.outside;
      continue;
    }
    const auto step = static_cast<std::size_t>(periods[i] - *first);
    ++steps.counts[step][*cell];
    ++steps.incidents[step];
  }
  return steps;
}

struct CellClass {
  geo::CellIndex cell;
  int incidents = 0;
  geo::EmergingHotspot emerging;
};

struct Classes {
  long long family = 0;
  int untested = 0;  ///< periods with too few incidents: neither hot nor cold
  std::vector<CellClass> cells;
};

Classes Classify(const TrendCells& command, const Steps& steps, const geo::StudyArea& area, int min_steps) {
  const geo::Grid<double> inside = CellsInside(steps.grid, area, nullptr);
  const std::size_t cells = steps.grid.cell_count(), periods = steps.counts.size();
  std::vector<double> z(cells * periods, 0), p(cells * periods, std::nan(""));
  Classes classes;
  for (std::size_t step = 0; step < periods; ++step) {
    if (steps.incidents[step] < command.min_incidents) {
      ++classes.untested;
      continue;
    }
    const geo::GridGiStar gi = geo::GiStarOnMaskedGrid(steps.counts[step], inside);
    for (std::size_t i = 0; i < cells; ++i)
      if (std::isfinite(gi.z_scores.values()[i])) {
        z[i * periods + step] = gi.z_scores.values()[i];
        p[i * periods + step] = gi.exact_p_values.values()[i];
      }
  }
  const std::vector<double> q = geo::AdjustPValues(p, geo::Adjustment::kBenjaminiHochberg);
  for (const double value : p) classes.family += std::isfinite(value);
  geo::EmergingOptions options;
  options.min_steps = min_steps;
  for (std::size_t i = 0; i < cells; ++i) {
    std::vector<int> marks;
    int incidents = 0;
    for (std::size_t step = 0; step < periods; ++step) {
      marks.push_back(q[i * periods + step] <= command.fdr);
      incidents += steps.counts[step].values()[i];
    }
    const geo::EmergingHotspot emerging =
        geo::ClassifyEmergingHotspot(std::span(z).subspan(i * periods, periods), marks, options);
    if (emerging.hot_steps > 0)
      classes.cells.push_back(
          {{static_cast<int>(i) % steps.grid.columns, static_cast<int>(i) / steps.grid.columns},
           incidents,
           emerging});
  }
  std::stable_sort(classes.cells.begin(), classes.cells.end(), [](const CellClass& a, const CellClass& b) {
    return a.emerging.hot_steps > b.emerging.hot_steps;
  });
  return classes;
}

std::string PatternSv(geo::EmergingPattern pattern) {
  static const std::map<geo::EmergingPattern, std::string> kNames = {
      {geo::EmergingPattern::kNone, "inget mönster"},   {geo::EmergingPattern::kNew, "ny"},
      {geo::EmergingPattern::kConsecutive, "i följd"},  {geo::EmergingPattern::kIntensifying, "tilltagande"},
      {geo::EmergingPattern::kPersistent, "bestående"}, {geo::EmergingPattern::kDiminishing, "avtagande"},
      {geo::EmergingPattern::kSporadic, "då och då"},   {geo::EmergingPattern::kOscillating, "växlande"},
      {geo::EmergingPattern::kHistorical, "tidigare"},  {geo::EmergingPattern::kTooFew, "för få perioder"}};
  return kNames.at(pattern);
}

void WriteClasses(const std::string& path, const Steps& steps, const Classes& classes) {
  Table table{.columns = {"x", "y", "incidents", "hot_periods", "periods", "class"}, .rows = {}};
  for (const CellClass& cell : classes.cells) {
    const geo::PlanePoint center = steps.grid.center(cell.cell);
    table.rows.push_back({FormatNumber(center.easting.value()), FormatNumber(center.northing.value()),
                          std::to_string(cell.incidents), std::to_string(cell.emerging.hot_steps),
                          std::to_string(steps.counts.size()),
                          std::string(geo::EmergingPatternCode(cell.emerging.pattern))});
  }
  WriteTableAtomically(path, table);
}

void PrintJson(const Steps& steps, const Classes& classes, const TestSettings& settings, int min_steps) {
  Json json = {{"status", "value"},
               {"periods", steps.counts.size()},
               {"periods_not_tested", classes.untested},
               {"min_periods", min_steps},
               {"outside", steps.outside}};
  json["settings"] = ToJson(settings);
  json["cells"] = Json::array();
  for (const CellClass& cell : classes.cells) {
    const geo::PlanePoint center = steps.grid.center(cell.cell);
    json["cells"].push_back({{"x", center.easting.value()},
                             {"y", center.northing.value()},
                             {"incidents", cell.incidents},
                             {"hot_periods", cell.emerging.hot_steps},
                             {"class", std::string(geo::EmergingPatternCode(cell.emerging.pattern))},
                             {"order_decides", cell.emerging.order_decides}});
  }
  PrintJsonDocument(json);
}

void PrintText(const Session& session, const Steps& steps, const Classes& classes,
               const TestSettings& settings, int min_steps) {
  PrintSettings(session, settings);
  std::printf(session.Say("%zu perioder, %d med för få händelser för att prövas; klass från %d perioder.\n",
                          "%zu periods, %d with too few incidents to test; class from %d periods on.\n"),
              steps.counts.size(), classes.untested, min_steps);
  if (classes.cells.empty()) {
    std::printf("%s\n", session.Say("Ingen ruta är het i någon period.", "No cell is hot in any period."));
    return;
  }
  TextTable table({"x", "y", session.Say("antal", "count"), session.Say("heta perioder", "hot periods"),
                   session.Say("klass", "class")});
  for (std::size_t i = 0; i < std::min(kMostLines, classes.cells.size()); ++i) {
    const CellClass& cell = classes.cells[i];
    char x[32], y[32];
    std::snprintf(x, sizeof x, "%.0f", steps.grid.center(cell.cell).easting.value());
    std::snprintf(y, sizeof y, "%.0f", steps.grid.center(cell.cell).northing.value());
    table.Add({x, y, std::to_string(cell.incidents),
               std::to_string(cell.emerging.hot_steps) + "/" + std::to_string(steps.counts.size()),
               session.swedish() ? PatternSv(cell.emerging.pattern)
                                 : std::string(geo::EmergingPatternCode(cell.emerging.pattern))});
  }
  table.Print();
}

}  // namespace

void RunTrendCells(const Session& session, const TrendCells& command, int min_steps) {
  if (command.period.empty() || command.study_area.empty() || !(command.cell_m > 0))
    throw BadInput("--points need --period, --study-area and a --cell of more than 0 m");
  if (!(command.fdr > 0 && command.fdr < 1)) throw BadInput("--fdr must lie between 0 and 1");
  const geo::StudyArea area = ReadStudyArea(command.study_area);
  const Steps steps = ReadSteps(command, area);
  int most = 0;
  for (const int incidents : steps.incidents) most = std::max(most, incidents);
  if (AnswerTooFew(session, "någon period", "any period", most, command.min_incidents)) return;
  if (steps.counts.size() < 2) {
    AnswerTooFew(session, "en jämförelse av perioder", "a comparison of periods", 1, 2);
    return;
  }
  const Classes classes = Classify(command, steps, area, min_steps);
  if (!command.out.empty()) WriteClasses(command.out, steps, classes);
  const TestSettings settings{
      .side = "high", .family = classes.family, .correction = "bh", .seed = 0, .draws = 0};
  if (session.json())
    PrintJson(steps, classes, settings, min_steps);
  else
    PrintText(session, steps, classes, settings, min_steps);
}

}  // namespace lagesbild::tools
