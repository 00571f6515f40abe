#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <set>

#include "geo/density_at.h"
#include "geo/errors.h"
#include "geo/forecast_accuracy.h"
#include "geo/kernel.h"
#include "tools/cli.h"
#include "tools/cli_text.h"
#include "tools/hotspot_files.h"
#include "tools/verify_points.h"

namespace lagesbild::tools {
namespace {

using Json = nlohmann::ordered_json;

struct AccuracyCommand {
  HotspotsCommand earlier;  ///< its points are those that the forecast is made of
  std::string test, areas, kernel = "quartic", predicted = "predicted", out;
  double bandwidth_m = 500;
  std::vector<double> shares = {0.01, 0.02, 0.05};
};

/// One way to say where it will happen.
struct Forecast {
  const char* code;
  const char* sv;
  std::vector<double> predicted;  ///< by area
};

struct Line {
  std::string forecast_sv, forecast;
  int flagged = 0;
  geo::ForecastAccuracy accuracy;
};

struct AccuracyAnswer {
  double train = 0, test = 0;
  int hot_cells = 0;
  TestSettings settings;
  std::vector<Line> lines;
};

std::vector<int> Flagged(const AccuracyCommand& command, std::size_t areas, int hot_cells) {
  std::set<int> flagged;
  if (hot_cells > 0) flagged.insert(hot_cells);
  for (const double share : command.shares) {
    if (!(share > 0 && share <= 1)) throw BadInput("--shares must lie over 0 and at most at 1");
    flagged.insert(std::max(1, static_cast<int>(std::lround(share * static_cast<double>(areas)))));
  }
  return {flagged.begin(), flagged.end()};
}

void Assess(const std::vector<Forecast>& forecasts, const std::vector<geo::ForecastArea>& areas,
            const std::vector<int>& flagged, AccuracyAnswer& answer) {
  for (const int many : flagged)
    for (const Forecast& forecast : forecasts) {
      std::vector<geo::ForecastArea> filled = areas;
      for (std::size_t i = 0; i < filled.size(); ++i) filled[i].predicted = forecast.predicted[i];
      answer.lines.push_back({forecast.sv, forecast.code, many, geo::AssessForecast(filled, many)});
    }
}

std::vector<double> Densities(const AccuracyCommand& command, const std::vector<geo::PlanePoint>& train,
                              const std::vector<geo::PlanePoint>& centers) {
  geo::DensityOptions options;
  options.kernel = KernelByCode(command.kernel);
  options.bandwidths = {AskedBandwidth(options.kernel, command.bandwidth_m, "")};
  return geo::ComputeDensityAt({.points = train}, centers, options).at(0);
}

/// The cells where incidents can happen, with what happened in them before and after.
struct Cells {
  std::vector<geo::ForecastArea> areas;
  std::vector<geo::PlanePoint> centers;
  std::vector<geo::CellIndex> cells;
};

Cells CellsOf(const HotspotGrid& before, const HotspotGrid& after) {
  const geo::GridSpec& spec = before.exposure.spec();
  Cells result;
  for (int row = 0; row < spec.rows; ++row)
    for (int column = 0; column < spec.columns; ++column) {
      const geo::CellIndex cell{column, row};
      const int train = before.groups.at(0).reported[cell], test = after.groups.at(0).reported[cell];
      if (before.exposure[cell] <= 0 && train + test == 0) continue;
      result.areas.push_back({.id = static_cast<int>(spec.index(cell)),
                              .predicted = 0,
                              .train_incidents = static_cast<double>(train),
                              .test_incidents = static_cast<double>(test),
                              .area_km2 = spec.cell_area_km2()});
      result.centers.push_back(spec.center(cell));
      result.cells.push_back(cell);
    }
  return result;
}

AccuracyAnswer AssessPoints(const AccuracyCommand& command) {
  const HotspotGrid before = ReadHotspotGrid(command.earlier);
  HotspotsCommand later = command.earlier;
  later.points.path = command.test;
  const HotspotGrid after = ReadHotspotGrid(later);
  AccuracyAnswer answer;
  answer.train = before.groups.at(0).incidents;
  answer.test = after.groups.at(0).incidents;
  if (answer.train < command.earlier.min_incidents || answer.test < 1) return answer;
  const Cells cells = CellsOf(before, after);
  const HotspotAnswer tested = TestCounts(command.earlier, before);
  answer.settings = tested.settings;
  geo::Grid<double> tail(before.exposure.spec(), 1.0);
  for (const HotspotRow& row : tested.rows) {
    tail[row.cell] = row.p;
    answer.hot_cells += row.hot;
  }
  Forecast hot{"test", "prövningens svans", {}}, counts{"count", "enkelt antal", {}};
  for (std::size_t i = 0; i < cells.cells.size(); ++i) {
    hot.predicted.push_back(-tail[cells.cells[i]]);
    counts.predicted.push_back(cells.areas[i].train_incidents);
  }
  const Forecast density{"kde", "täthet (KDE)",
                         Densities(command, ReadPoints(command.earlier.points).points, cells.centers)};
  Assess({hot, counts, density}, cells.areas, Flagged(command, cells.areas.size(), answer.hot_cells), answer);
  return answer;
}

AccuracyAnswer AssessAreas(const AccuracyCommand& command) {
  const Table table = ReadTable(command.areas);
  const auto predicted = table.numbers(command.predicted), train = table.numbers("train"),
             test = table.numbers("test"), size = table.numbers("area_km2");
  AccuracyAnswer answer;
  answer.settings = {.side = "high", .family = 0, .correction = "none", .seed = 0, .draws = 0};
  std::vector<geo::ForecastArea> areas;
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    areas.push_back({.id = static_cast<int>(i),
                     .predicted = 0,
                     .train_incidents = train[i],
                     .test_incidents = test[i],
                     .area_km2 = size[i]});
    answer.train += train[i];
    answer.test += test[i];
  }
  if (answer.train < command.earlier.min_incidents || answer.test < 1) return answer;
  Assess({{"predicted", "prognos", predicted}, {"count", "enkelt antal", train}}, areas,
         Flagged(command, areas.size(), 0), answer);
  return answer;
}

Json LineJson(const Line& line) {
  const geo::ForecastAccuracy& accuracy = line.accuracy;
  return {{"forecast", line.forecast},
          {"flagged", line.flagged},
          {"hits", accuracy.hit_count},
          {"hit_rate", Finite(accuracy.hit_rate)},
          {"area_share", accuracy.area_share},
          {"pai", Finite(accuracy.accuracy_index)},
          {"pei", Finite(accuracy.efficiency_index)},
          {"rri", Finite(accuracy.recapture_rate)}};
}

void PrintAccuracy(const Session& session, const AccuracyAnswer& answer) {
  if (session.json()) {
    Json json = {{"status", "value"},
                 {"train_incidents", answer.train},
                 {"test_incidents", answer.test},
                 {"hot_cells", answer.hot_cells}};
    json["settings"] = ToJson(answer.settings);
    json["forecasts"] = Json::array();
    for (const Line& line : answer.lines) json["forecasts"].push_back(LineJson(line));
    PrintJsonDocument(json);
    return;
  }
  std::printf(session.Say("%.0f händelser före, %.0f efter; %d heta rutor före.\n",
                          "%.0f incidents before, %.0f after; %d hot cells before.\n"),
              answer.train, answer.test, answer.hot_cells);
  if (answer.settings.family > 0) PrintSettings(session, answer.settings);
  TextTable table({session.Say("prognos", "forecast"), session.Say("rutor", "cells"),
                   session.Say("träffar", "hits"), session.Say("träffandel", "hit rate"), "PAI", "PEI",
                   "RRI"});
  for (const Line& line : answer.lines)
    table.Add({session.swedish() ? line.forecast_sv : line.forecast, std::to_string(line.flagged),
               Short(line.accuracy.hit_count), Short(line.accuracy.hit_rate),
               Short(line.accuracy.accuracy_index), Short(line.accuracy.efficiency_index),
               Short(line.accuracy.recapture_rate)});
  table.Print();
}

void WriteAccuracy(const std::string& path, const AccuracyAnswer& answer) {
  Table table{.columns = {"forecast", "flagged", "hits", "hit_rate", "area_share", "pai", "pei", "rri"},
              .rows = {}};
  for (const Line& line : answer.lines)
    table.rows.push_back({line.forecast, std::to_string(line.flagged), FormatNumber(line.accuracy.hit_count),
                          FormatNumber(line.accuracy.hit_rate), FormatNumber(line.accuracy.area_share),
                          FormatNumber(line.accuracy.accuracy_index),
                          FormatNumber(line.accuracy.efficiency_index),
                          FormatNumber(line.accuracy.recapture_rate)});
  WriteTableAtomically(path, table);
}

void RunAccuracy(Session& session, const AccuracyCommand& command) {
  if (command.areas.empty() == command.earlier.points.path.empty())
    throw BadInput("give either --points with --test, --study-area and --cell, or --areas");
  if (command.areas.empty() &&
      (command.test.empty() || command.earlier.study_area.empty() || !(command.earlier.cell_m > 0)))
    throw BadInput("--points need --test, --study-area and a --cell of more than 0 m");
  const AccuracyAnswer answer = command.areas.empty() ? AssessPoints(command) : AssessAreas(command);
  if (AnswerTooFew(session, "en prognos", "a forecast", std::llround(answer.train),
                   command.earlier.min_incidents) ||
      AnswerTooFew(session, "att mäta träffar", "measuring hits", std::llround(answer.test), 1))
    return;
  if (!command.out.empty()) WriteAccuracy(command.out, answer);
  PrintAccuracy(session, answer);
}

}  // namespace

void AddAccuracyCommand(CLI::App& app, CommandLine& line) {
  const auto command = std::make_shared<AccuracyCommand>();
  HotspotsCommand& earlier = command->earlier;
  CLI::App* accuracy = app.add_subcommand(
      "accuracy",
      "How well an earlier period's hotspots held what came after (PAI, PEI, RRI), beside simple counts and "
      "density; needs no service\n"
      "Example: lagesbild accuracy --points q1.csv --test q2.csv --study-area a.geojson --cell 250");
  AddPointOptions(*accuracy, earlier.points, false);
  accuracy->add_option("--test", command->test, "CSV of what came after, with the same columns");
  accuracy->add_option("--study-area", earlier.study_area, "GeoJSON polygons in the plane of the points");
  accuracy->add_option("--places", earlier.places, "GeoJSON polygons where incidents can happen");
  accuracy->add_option("--exposure", earlier.exposure.path, "CSV with x, y; default equal cells");
  accuracy->add_option("--exposure-column", earlier.exposure.weight,
                       "Its column; default every row counts 1");
  accuracy->add_option("--cell", earlier.cell_m, "Side of the cells, m");
  accuracy->add_option("--kernel", command->kernel, "Of the density; default quartic")
      ->check(CLI::IsMember({"quartic", "gaussian", "epanechnikov", "triangular", "uniform", "triweight"}));
  accuracy->add_option("--bandwidth", command->bandwidth_m, "Of the density, m; default 500");
  accuracy->add_option("--areas", command->areas,
                       "CSV of areas in place of points: predicted, train, test, area_km2");
  accuracy->add_option("--predicted", command->predicted, "Column of the forecast; default predicted");
  accuracy
      ->add_option("--shares", command->shares,
                   "Of all cells that are flagged; default 0.01,0.02,0.05, and as many as were hot")
      ->delimiter(',');
  accuracy->add_option("--permutations", earlier.permutations, "Default 999")
      ->check(CLI::Range(1, 1'000'000));
  accuracy->add_option("--seed", earlier.seed, "Default 1");
  accuracy->add_option("--fdr", earlier.fdr, "Level of the test; default 0.05");
  accuracy->add_option("--min-incidents", earlier.min_incidents, "Fewer give no forecast; default 10")
      ->check(CLI::Range(3, 1'000'000));
  accuracy->add_option("--out", command->out, "CSV of the figures");
  accuracy->callback(
      [&line, command] { line.run = [command](Session& session) { RunAccuracy(session, *command); }; });
}

}  // namespace lagesbild::tools
