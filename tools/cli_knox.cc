#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "geo/errors.h"
#include "geo/knox.h"
#include "tools/cli.h"
#include "tools/cli_statistics.h"
#include "tools/cli_text.h"
#include "tools/statistics_files.h"

namespace lagesbild::tools {
namespace {

using Json = nlohmann::ordered_json;

struct KnoxCommand {
  PointFile points;
  std::string day, out;
  double distance_m = 200, days = 14;
  std::vector<double> meters, day_limits;
  int permutations = 999, min_incidents = 10;
  std::uint64_t seed = 1;
};

/// 0, 100, 200 -> the same place, then up to 100, then up to 200.
std::vector<geo::KnoxBand> SpaceBands(const std::vector<double>& limits) {
  std::vector<geo::KnoxBand> bands = {{0, 0}};
  for (const double limit : limits)
    if (limit > 0) bands.push_back({bands.back().high, limit});
  return bands;
}

std::vector<geo::KnoxBand> TimeBands(const std::vector<double>& limits) {
  std::vector<geo::KnoxBand> bands;
  double from = 0;
  for (const double limit : limits) {
    if (limit > 0 || bands.empty()) bands.push_back({from, limit});
    from = limit;
  }
  return bands;
}

std::string BandText(const geo::KnoxBand& band, bool first) {
  if (band.high == 0) return "0";
  return (first ? "[" : "(") + Short(band.low) + ", " + Short(band.high) + "]";
}

Json TestJson(const geo::KnoxTest& test) {
  return {{"events", test.events},
          {"pairs", test.pairs},
          {"close_in_space", test.close_in_space},
          {"close_in_time", test.close_in_time},
          {"observed", test.observed},
          {"expected", Finite(test.expected)},
          {"variance", Finite(test.variance)},
          {"z", Finite(test.z_score)}};
}

Json CellsJson(const std::vector<geo::NearRepeatCell>& cells) {
  Json rows = Json::array();
  for (const geo::NearRepeatCell& cell : cells)
    rows.push_back({{"meters", {cell.meters.low, cell.meters.high}},
                    {"days", {cell.days.low, cell.days.high}},
                    {"observed", cell.observed},
                    {"expected", Finite(cell.expected)},
                    {"mean", Finite(cell.mean)},
                    {"median", Finite(cell.median)},
                    {"p", Finite(cell.p_at_least)}});
  return rows;
}

void PrintKnox(const Session& session, const KnoxCommand& command, const geo::KnoxTest& test,
               const geo::NearRepeatCell& close, const std::vector<geo::NearRepeatCell>& cells) {
  const TestSettings settings{.side = "high",
                              .family = static_cast<long long>(cells.size()) + 1,
                              .correction = "none",
                              .seed = command.seed,
                              .draws = command.permutations};
  if (session.json()) {
    Json json = {{"status", "value"}, {"distance_m", command.distance_m}, {"days", command.days}};
    json["settings"] = ToJson(settings);
    json["knox"] = TestJson(test);
    json["knox"]["p"] = Finite(close.p_at_least);
    json["bands"] = CellsJson(cells);
    PrintJsonDocument(json);
    return;
  }
  PrintSettings(session, settings);
  std::printf(session.Say("%lld händelser: %lld par inom %s m och %s dagar, väntat %s (z %s, p %s).\n",
                          "%lld incidents: %lld pairs within %s m and %s days, expected %s (z %s, p %s).\n"),
              test.events, test.observed, Short(command.distance_m).c_str(), Short(command.days).c_str(),
              Short(test.expected).c_str(), Short(test.z_score).c_str(), Short(close.p_at_least).c_str());
  TextTable table({"m", session.Say("dagar", "days"), session.Say("par", "pairs"),
                   session.Say("väntat", "expected"), "median", "p"});
  for (const geo::NearRepeatCell& cell : cells)
    table.Add({BandText(cell.meters, false), BandText(cell.days, cell.days.low == 0),
               std::to_string(cell.observed), Short(cell.expected), Short(cell.median),
               Short(cell.p_at_least)});
  table.Print();
}

void WriteKnox(const std::string& path, const std::vector<geo::NearRepeatCell>& cells) {
  Table table{.columns = {"meters_low", "meters_high", "days_low", "days_high", "observed", "expected",
                          "mean", "median", "p"},
              .rows = {}};
  for (const geo::NearRepeatCell& cell : cells)
    table.rows.push_back({FormatNumber(cell.meters.low), FormatNumber(cell.meters.high),
                          FormatNumber(cell.days.low), FormatNumber(cell.days.high),
                          std::to_string(cell.observed), FormatNumber(cell.expected), FormatNumber(cell.mean),
                          FormatNumber(cell.median), FormatNumber(cell.p_at_least)});
  WriteTableAtomically(path, table);
}

void RunKnox(Session& session, const KnoxCommand& command) {
  const PointTable points = ReadPoints(command.points);
  const std::vector<double> days = DaysOf(ReadTable(command.points.path), command.day);
  std::vector<geo::KnoxEvent> events;
  for (std::size_t i = 0; i < days.size(); ++i) events.push_back({points.points[i], days[i]});
  if (AnswerTooFew(session, "närupprepning (Knox)", "near repeats (Knox)",
                   static_cast<long long>(events.size()), command.min_incidents))
    return;
  const geo::KnoxTest test = geo::TestKnox(events, geo::Meters{command.distance_m}, command.days);
  geo::NearRepeatOptions options{.meters = {{0, command.distance_m}},
                                 .days = {{0, command.days}},
                                 .permutations = command.permutations,
                                 .seed = command.seed};
  const geo::NearRepeatCell close = geo::NearRepeats(events, options).at(0);
  options.meters =
      SpaceBands(command.meters.empty() ? std::vector<double>{command.distance_m / 2, command.distance_m}
                                        : command.meters);
  options.days = TimeBands(command.day_limits.empty() ? std::vector<double>{command.days / 2, command.days}
                                                      : command.day_limits);
  const auto cells = geo::NearRepeats(events, options);
  if (!command.out.empty()) WriteKnox(command.out, cells);
  PrintKnox(session, command, test, close, cells);
}

}  // namespace

void AddKnoxCommand(CLI::App& app, CommandLine& line) {
  const auto command = std::make_shared<KnoxCommand>();
  CLI::App* knox = app.add_subcommand(
      "knox",
      "Near repeats: pairs near in space and time, against days permuted over incidents; needs no service\n"
      "Example: lagesbild knox --points p.csv --day date --distance 200 --days 14 --bands 100,200,400 "
      "--day-bands 7,14,28");
  AddPointOptions(*knox, command->points);
  knox->add_option("--day,--date", command->day, "Column of days, 2026-07-01 or numbers")->required();
  knox->add_option("--distance", command->distance_m, "Near in space, m; default 200");
  knox->add_option("--days", command->days, "Near in time; default 14");
  knox->add_option("--bands", command->meters, "Upper limits, m; the same place is a band of its own")
      ->delimiter(',');
  knox->add_option("--day-bands", command->day_limits, "Upper limits, days")->delimiter(',');
  knox->add_option("--permutations", command->permutations, "Default 999")->check(CLI::Range(1, 1'000'000));
  knox->add_option("--seed", command->seed, "Default 1");
  knox->add_option("--min-incidents", command->min_incidents, "Fewer are not tested; default 10")
      ->check(CLI::Range(4, 200'000));
  knox->add_option("--out", command->out, "CSV of the bands");
  knox->callback(
      [&line, command] { line.run = [command](Session& session) { RunKnox(session, *command); }; });
}

}  // namespace lagesbild::tools
