#include "tools/cli_bench_calibration.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "tools/bench_hotspots/calibration.h"
#include "tools/cli_session.h"
#include "tools/cli_statistics.h"
#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

using Json = nlohmann::ordered_json;
using bench::CalibrationOptions;
using bench::FalseShares;
using bench::Null;
using bench::PowerShares;

constexpr Null kNulls[] = {Null::kUniform, Null::kPopulation, Null::kRepeats, Null::kMisplaced};

struct CalibrationCommand {
  CalibrationOptions options;
  bool full = false;
};

const char* NullText(const Session& session, Null null) {
  switch (null) {
    case Null::kUniform:
      return session.Say("jämnt", "uniform");
    case Null::kPopulation:
      return session.Say("som befolkningen", "as the population");
    case Null::kRepeats:
      return session.Say("30 % upprepade", "30 % repeats");
    case Null::kMisplaced:
      return session.Say("20 % felplacerade", "20 % misplaced");
  }
  return "";
}

std::string Percent(double share) {
  if (share < 0) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", 100 * share);
  return text;
}

bool Holds(const FalseShares& shares) {
  const double limit = bench::HighestAllowed(shares.runs);
  return shares.binomial_bh <= limit && shares.maximum <= limit;
}

bool Holds(const PowerShares& shares) {
  return shares.maximum >= shares.largest_count - 1e-12 || shares.binomial_bh >= shares.largest_count - 1e-12;
}

Json ToJson(const FalseShares& shares) {
  Json json = {{"null", bench::NullCode(shares.null)}, {"grid", shares.side},
               {"incidents", shares.incidents},        {"runs", shares.runs},
               {"binomial_bh", shares.binomial_bh},    {"maximum", shares.maximum},
               {"uncollapsed", shares.uncollapsed},    {"too_few", shares.too_few}};
  if (shares.gi_star_exact >= 0) {
    json["gi_star_normal"] = shares.gi_star_normal;
    json["gi_star_exact"] = shares.gi_star_exact;
  }
  json["limit"] = bench::HighestAllowed(shares.runs);
  json["holds"] = Holds(shares);
  return json;
}

Json ToJson(const PowerShares& shares) {
  return {{"grid", shares.side},
          {"incidents", shares.incidents},
          {"planted", shares.planted},
          {"runs", shares.runs},
          {"binomial_bh", shares.binomial_bh},
          {"maximum", shares.maximum},
          {"largest_count", shares.largest_count},
          {"gi_star_exact", shares.gi_star_exact},
          {"holds", Holds(shares)}};
}

struct Results {
  std::vector<FalseShares> nulls;
  std::vector<PowerShares> power;
  double pile_flagged = 0, pile_hot = 0;
  bool holds = true;
};

Results Measure(const Session& session, const CalibrationOptions& options) {
  Results results;
  ProgressBar bar;
  const double all = 4.0 * static_cast<double>(options.sides.size() * options.incidents.size());
  for (const Null null : kNulls)
    for (const int side : options.sides)
      for (const int incidents : options.incidents) {
        bar.Show(static_cast<double>(results.nulls.size()) / all, session.Say("kalibrering", "calibration"));
        results.nulls.push_back(bench::MeasureFalseShares(null, side, incidents, options));
        results.holds = results.holds && Holds(results.nulls.back());
      }
  for (const int side : options.sides)
    for (const int planted : {6, 8, 12}) {
      results.power.push_back(bench::MeasurePower(side, 40, planted, options));
      results.holds = results.holds && Holds(results.power.back());
    }
  results.pile_flagged = bench::PileUpShare(options);
  results.pile_hot = bench::PileUpHotShare(options);
  results.holds = results.holds && results.pile_flagged >= 1;
  return results;
}

void PrintNulls(const Session& session, const CalibrationOptions& options, const Results& results) {
  std::printf(
      session.Say("Kartor med någon hotspot, procent av %d; högst %s väntas vid nivån 5 %% (tre medelfel)\n",
                  "Maps with any hotspot, percent of %d; at most %s at the level of 5 %% (three standard "
                  "errors)\n"),
      options.runs, Percent(bench::HighestAllowed(options.runs)).c_str());
  TextTable table({session.Say("händelserna faller", "incidents fall"), session.Say("rutnät", "grid"), "n",
                   "binomial+BH", "maximum", session.Say("utan sammanslagning", "repeats kept"),
                   session.Say("för få", "too few"), session.Say("Gi* normal+BH", "Gi* normal+BH"),
                   session.Say("Gi* exakt+BH", "Gi* exact+BH"), session.Say("håller", "holds")});
  for (const FalseShares& shares : results.nulls)
    table.Add({NullText(session, shares.null), std::to_string(shares.side), std::to_string(shares.incidents),
               Percent(shares.binomial_bh), Percent(shares.maximum), Percent(shares.uncollapsed),
               Percent(shares.too_few), Percent(shares.gi_star_normal), Percent(shares.gi_star_exact),
               Holds(shares) ? session.Say("ja", "yes") : session.Say("NEJ", "NO")});
  table.Print();
}

void PrintPower(const Session& session, const Results& results) {
  std::printf("%s\n", session.Say("Styrka: kartor där den inlagda platsen hittas, procent",
                                  "Power: maps in which the planted place is found, percent"));
  TextTable table({session.Say("rutnät", "grid"), session.Say("inlagda av 40", "planted of 40"),
                   "binomial+BH", "maximum",
                   session.Say("största antal (att nå)", "largest count (to reach)"),
                   session.Say("Gi* exakt+BH", "Gi* exact+BH"), session.Say("når", "reaches")});
  for (const PowerShares& shares : results.power)
    table.Add({std::to_string(shares.side), std::to_string(shares.planted), Percent(shares.binomial_bh),
               Percent(shares.maximum), Percent(shares.largest_count), Percent(shares.gi_star_exact),
               Holds(shares) ? session.Say("ja", "yes") : session.Say("NEJ", "NO")});
  table.Print();
}

void PrintResults(const Session& session, const CalibrationOptions& options, const Results& results) {
  if (session.json()) {
    Json json = {{"runs", options.runs},
                 {"redraws", options.redraws},
                 {"seed", options.seed},
                 {"level", 0.05},
                 {"limit", bench::HighestAllowed(options.runs)}};
    json["nulls"] = Json::array();
    for (const FalseShares& shares : results.nulls) json["nulls"].push_back(ToJson(shares));
    json["power"] = Json::array();
    for (const PowerShares& shares : results.power) json["power"].push_back(ToJson(shares));
    json["pile_up"] = {{"flagged", results.pile_flagged}, {"hot_after_collapse", results.pile_hot}};
    json["holds"] = results.holds;
    PrintJsonDocument(json);
    return;
  }
  PrintNulls(session, options, results);
  PrintPower(session, results);
  std::printf(
      session.Say("Fem rapporter på en adress: flaggade i %s %%, hotspot efter sammanslagning i %s %%\n",
                  "Five reports at one address: flagged in %s %%, a hotspot after collapsing in %s %%\n"),
      Percent(results.pile_flagged).c_str(), Percent(results.pile_hot).c_str());
  std::printf(session.Say("Frö %llu, %d omdragningar per karta.\n", "Seed %llu, %d redraws per map.\n"),
              static_cast<unsigned long long>(options.seed), options.redraws);
}

}  // namespace

void AddCalibrationBench(CLI::App& bench, CommandLine& line) {
  const auto command = std::make_shared<CalibrationCommand>();
  CalibrationOptions& options = command->options;
  CLI::App* calibration =
      bench.add_subcommand("calibration",
                           "How often the hotspot tests find something in random maps, and how often what is "
                           "there; ends with 1 when "
                           "more than they say or less than the largest count finds; needs no service\n"
                           "Example: lagesbild bench calibration --full --threads 2");
  calibration->add_option("--runs", options.runs, "Maps of each line; default 200")
      ->check(CLI::Range(20, 100'000));
  calibration->add_flag("--full", command->full, "2000 maps of each line, and Gi* for comparison");
  calibration->add_flag("--gi-star", options.gi_star, "Gi* by normal theory and by its exact tail too");
  calibration->add_option("--redraws", options.redraws, "Of the maximum statistic; default 199")
      ->check(CLI::Range(19, 100'000));
  calibration->add_option("--grids", options.sides, "Sides in cells; default 10,20,30,60")->delimiter(',');
  calibration->add_option("--incidents", options.incidents, "Default 10,20,40,80,400")->delimiter(',');
  calibration->add_option("--seed", options.seed, "Default 1");
  calibration->add_option("--threads", options.threads, "Default 1")->check(CLI::Range(1, 256));
  calibration->callback([&line, command] {
    line.run = [&line, command](Session& session) {
      if (command->full) {
        command->options.runs = 2000;
        command->options.gi_star = true;
      }
      for (const int side : command->options.sides)
        if (side < 5 || side > 200) throw BadInput("--grids must lie between 5 and 200 cells");
      for (const int incidents : command->options.incidents)
        if (incidents < 1 || incidents > 10'000) throw BadInput("--incidents must lie between 1 and 10000");
      const Results results = Measure(session, command->options);
      PrintResults(session, command->options, results);
      line.exit_code = results.holds ? 0 : 1;
    };
  });
}

}  // namespace lagesbild::tools
