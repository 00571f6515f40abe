#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>

#include "geo/calendar.h"
#include "geo/errors.h"
#include "geo/mann_kendall.h"
#include "geo/rate_change.h"
#include "tools/cli.h"
#include "tools/cli_statistics.h"
#include "tools/cli_text.h"
#include "tools/statistics_files.h"
#include "tools/trend_cells.h"

namespace lagesbild::tools {
namespace {

using Json = nlohmann::ordered_json;

struct TrendCommand {
  TrendCells cells;
  std::string counts, group;
  double level = 0.95;
  int season = 4, min_steps = 8;
};

struct Step {
  std::string period;
  int count = 0;
  double days = 1;
};

/// A count against an earlier one.
struct Change {
  const char* against_sv;
  const char* against_en;
  geo::RateChange rate;
};

struct Series {
  std::string label;
  std::vector<Step> steps;
  std::vector<Change> changes;
  geo::MannKendall trend;
};

double DaysOfQuarter(geo::CalendarQuarter quarter) {
  return geo::DaysBetween(quarter.first_day(), quarter.last_day()) + 1;
}

/// Throws where the periods of a series are not quarters, or numbers, one after the other: a gap is no zero.
void CheckPeriods(const std::vector<Step>& steps) {
  for (std::size_t i = 1; i < steps.size(); ++i) {
    const auto before = geo::ParseQuarter(steps[i - 1].period), now = geo::ParseQuarter(steps[i].period);
    const auto number_before = ParseNumber(steps[i - 1].period), number = ParseNumber(steps[i].period);
    const bool follows =
        before && now ? before->next() == *now : number_before && number && *number == *number_before + 1;
    if (!follows)
      throw geo::InvalidInput(
          "period " + std::to_string(i + 1) +
          " of a series does not follow the one before; periods are quarters like 2026Q3 or "
          "whole numbers, ascending, with a row for those of zero too");
  }
}

std::vector<Series> ReadSeries(const TrendCommand& command) {
  const Table table = ReadTable(command.counts);
  const auto periods = table.texts("period");
  const std::vector<double> counts = table.numbers("count");
  std::vector<std::string> labels(periods.size());
  if (!command.group.empty()) labels = table.texts(command.group);
  std::vector<double> days;
  if (table.find("days")) days = table.numbers("days");
  std::map<std::string, Series> by_label;
  for (std::size_t i = 0; i < periods.size(); ++i) {
    if (!(counts[i] >= 0 && counts[i] <= 1e6) || counts[i] != std::floor(counts[i]))
      throw geo::InvalidInput("column count, row " + std::to_string(i + 1) +
                              " is no count; it must be a whole number from 0 to a million");
    if (!days.empty() && !(days[i] > 0 && std::isfinite(days[i])))
      throw geo::InvalidInput("column days, row " + std::to_string(i + 1) + " must be more than 0");
    Step step{periods[i], static_cast<int>(counts[i]), 1};
    const auto quarter = geo::ParseQuarter(periods[i]);
    step.days = !days.empty() ? days[i] : quarter ? DaysOfQuarter(*quarter) : 1;
    Series& series = by_label[labels[i]];
    series.label = labels[i];
    series.steps.push_back(step);
  }
  std::vector<Series> all;
  for (auto& [label, series] : by_label) all.push_back(std::move(series));
  return all;
}

Change Compare(const char* sv, const char* en, const Step& now, int before, double days_before,
               double level) {
  return {sv, en, geo::CompareCounts(before, now.count, now.days / days_before, level)};
}

void Analyze(const TrendCommand& command, Series& series) {
  CheckPeriods(series.steps);
  const std::size_t n = series.steps.size(), season = static_cast<std::size_t>(command.season);
  if (n < 2) return;
  const Step& now = series.steps.back();
  const Step& previous = series.steps[n - 2];
  series.changes.push_back(
      Compare("föregående period", "previous period", now, previous.count, previous.days, command.level));
  if (n > season) {
    const Step& same = series.steps[n - 1 - season];
    series.changes.push_back(Compare("samma period året före", "same period a year before", now, same.count,
                                     same.days, command.level));
  }
  if (n > 2) {
    int earlier = 0;
    double days = 0;
    for (std::size_t i = 0; i + 1 < n; ++i) {
      earlier += series.steps[i].count;
      days += series.steps[i].days;
    }
    series.changes.push_back(
        Compare("alla tidigare perioder", "all earlier periods", now, earlier, days, command.level));
  }
  std::vector<double> times, values;
  for (std::size_t i = 0; i < n; ++i) {
    times.push_back(static_cast<double>(i));
    values.push_back(series.steps[i].count / series.steps[i].days);
  }
  series.trend = geo::MannKendallTrend(times, values);
}

bool Enough(const TrendCommand& command, const Series& series) {
  return static_cast<int>(series.steps.size()) >= command.min_steps;
}

Json SeriesJson(const TrendCommand& command, const Series& series) {
  Json json = {{"group", series.label}, {"periods", series.steps.size()}};
  json["changes"] = Json::array();
  for (const Change& change : series.changes)
    json["changes"].push_back({{"against", change.against_en},
                               {"now", change.rate.later},
                               {"before", change.rate.earlier},
                               {"ratio", Finite(change.rate.ratio)},
                               {"low", Finite(change.rate.lower)},
                               {"high", Finite(change.rate.upper)},
                               {"level", command.level},
                               {"p", change.rate.p_value}});
  if (!Enough(command, series)) {
    json["trend"] = {{"status", "too_few"},
                     {"text_sv", "för få perioder"},
                     {"found", series.steps.size()},
                     {"minimum", command.min_steps}};
    return json;
  }
  const geo::MannKendall& trend = series.trend;
  json["trend"] = {{"status", "value"},
                   {"s", trend.s},
                   {"z", Finite(trend.z_score)},
                   {"p", Finite(trend.continuity_p_value)},
                   {"exact_p", Finite(trend.exact_p_value)},
                   {"sen_slope_per_day", Finite(trend.sen_slope)}};
  return json;
}

void PrintSeries(const Session& session, const TrendCommand& command, const Series& series) {
  if (!series.label.empty()) std::printf("%s\n", series.label.c_str());
  if (series.changes.empty()) {
    std::printf(session.Say("För få perioder för en jämförelse: %zu, det behövs minst 2.\n",
                            "Too few periods to compare: %zu, it needs at least 2.\n"),
                series.steps.size());
    return;
  }
  TextTable table({session.Say("mot", "against"), session.Say("nu", "now"), session.Say("då", "then"),
                   session.Say("kvot per dag", "ratio per day"), session.Say("från", "from"),
                   session.Say("till", "to"), "p"});
  for (const Change& change : series.changes)
    table.Add({session.Say(change.against_sv, change.against_en), std::to_string(change.rate.later),
               std::to_string(change.rate.earlier), Short(change.rate.ratio), Short(change.rate.lower),
               std::isinf(change.rate.upper) ? "∞" : Short(change.rate.upper), Short(change.rate.p_value)});
  table.Print();
  if (!Enough(command, series)) {
    std::printf(session.Say("För få perioder för en trend: %zu, det behövs minst %d.\n",
                            "Too few periods for a trend: %zu, it needs at least %d.\n"),
                series.steps.size(), command.min_steps);
    return;
  }
  const geo::MannKendall& trend = series.trend;
  if (!std::isfinite(trend.z_score)) {
    std::printf("%s\n",
                session.Say("Alla perioder är lika: ingen trend.", "All periods are equal: no trend."));
    return;
  }
  const bool exact = std::isfinite(trend.exact_p_value);
  std::printf(session.Say("Mann-Kendall: S %lld, %s p %s (båda sidor).\n",
                          "Mann-Kendall: S %lld, %s p %s (two-sided).\n"),
              trend.s,
              exact ? session.Say("exakt", "exact") : session.Say("normalt (lika värden)", "normal (ties)"),
              Short(exact ? trend.exact_p_value : trend.continuity_p_value).c_str());
}

void RunSeries(Session& session, const TrendCommand& command) {
  std::vector<Series> all = ReadSeries(command);
  for (Series& series : all) Analyze(command, series);
  if (session.json()) {
    Json json = {{"status", all.empty() ? "too_few" : "value"}};
    TestSettings settings{.side = "two_sided", .family = 0, .correction = "none", .seed = 0, .draws = 0};
    for (const Series& series : all) settings.family += static_cast<long long>(series.changes.size());
    json["settings"] = ToJson(settings);
    json["series"] = Json::array();
    for (const Series& series : all) json["series"].push_back(SeriesJson(command, series));
    PrintJsonDocument(json);
    return;
  }
  if (all.empty()) AnswerTooFew(session, "trend", "a trend", 0, command.min_steps);
  for (const Series& series : all) PrintSeries(session, command, series);
}

void RunTrend(Session& session, const TrendCommand& command) {
  if (command.counts.empty() == command.cells.points.path.empty())
    throw BadInput("give either --counts with columns period and count, or --points with --period");
  if (!(command.level > 0 && command.level < 1)) throw BadInput("--level must lie between 0 and 1");
  if (command.counts.empty())
    RunTrendCells(session, command.cells, command.min_steps);
  else
    RunSeries(session, command);
}

}  // namespace

void AddTrendCommand(CLI::App& app, CommandLine& line) {
  const auto command = std::make_shared<TrendCommand>();
  CLI::App* trend = app.add_subcommand("trend",
                                       "Change of counts per period with exact intervals, and trend; of "
                                       "points, how places turned hot; needs no "
                                       "service\n"
                                       "Example: lagesbild trend --counts quarters.csv --group place");
  trend->add_option("--counts", command->counts,
                    "CSV with period (2026Q3, or 1, 2, ...), count, perhaps days");
  trend->add_option("--group", command->group, "Column of --counts: a series for each of its values");
  trend->add_option("--season", command->season, "Periods of a year; default 4")->check(CLI::Range(1, 366));
  trend->add_option("--level", command->level, "Of the intervals; default 0.95");
  trend->add_option("--min-periods", command->min_steps, "Fewer give no trend and no class; default 8")
      ->check(CLI::Range(5, 1000));
  AddPointOptions(*trend, command->cells.points, false);
  trend->add_option("--period", command->cells.period, "Of points: column of quarters or whole numbers");
  trend->add_option("--study-area", command->cells.study_area, "GeoJSON polygons in the plane of the points");
  trend->add_option("--cell", command->cells.cell_m, "Side of the cells, m");
  trend->add_option("--fdr", command->cells.fdr, "Level at which a period is hot; default 0.05");
  trend
      ->add_option("--min-incidents", command->cells.min_incidents,
                   "A period with fewer is not tested; default 10")
      ->check(CLI::Range(3, 1'000'000));
  trend->add_option("--out", command->cells.out, "CSV of all cells");
  trend->callback(
      [&line, command] { line.run = [command](Session& session) { RunTrend(session, *command); }; });
}

}  // namespace lagesbild::tools
