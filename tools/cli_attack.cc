#include <CLI/CLI.hpp>
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "maps/markup.h"
#include "maps/spatial_reference.h"
#include "tools/attack.h"
#include "tools/cli.h"
#include "tools/cli_session.h"

namespace lagesbild::tools {
namespace {

struct AttackOptions {
  TownSize town;
  double side_m = TownSize{}.side.value();
  std::uint64_t seed = 1;
  int runs = 20, k = 10, epsg = 3006;
  std::string addresses, incidents;
};

struct AttackReport {
  int addresses = 0, incidents = 0, elsewhere = 0;
  int runs = 0;
  std::vector<SurfaceAttack> surfaces;  ///< of the first run
  std::vector<AgainstGuess> release;    ///< of all runs together
};

AttackReport RunAttacks(const AttackOptions& options) {
  const bool files = !options.addresses.empty();
  AttackReport report;
  report.runs = files ? 1 : options.runs;
  for (int run = 0; run < report.runs; ++run) {
    const AttackSetup setup = files
                                  ? SetupFromTables(options.addresses, options.incidents)
                                  : InventedTown(options.town, options.seed, static_cast<std::uint64_t>(run));
    const std::vector<AgainstGuess> release = AttackRelease(setup, options.k);
    if (run == 0) {
      report.addresses = static_cast<int>(setup.addresses.size());
      report.incidents = static_cast<int>(setup.positions().size());
      report.elsewhere = static_cast<int>(setup.elsewhere.size());
      report.surfaces = AttackSurfaces(setup);
      report.release = release;
    } else {
      for (std::size_t i = 0; i < release.size(); ++i) report.release[i].Add(release[i]);
    }
  }
  return report;
}

void PrintJson(const AttackReport& report, const AttackOptions& options) {
  nlohmann::ordered_json json = {{"address_count", report.addresses},
                                 {"incident_count", report.incidents},
                                 {"incident_at_no_address_count", report.elsewhere},
                                 {"k", options.k},
                                 {"run_count", report.runs}};
  for (const SurfaceAttack& attack : report.surfaces)
    json["surfaces"].push_back({{"code", attack.code},
                                {"placed_count", attack.score.placed},
                                {"found_count", attack.score.found},
                                {"readable_share", attack.readable_share}});
  for (const AgainstGuess& attack : report.release)
    json["release"].push_back({{"code", attack.code},
                               {"placed_count", attack.score.placed},
                               {"found_count", attack.score.found},
                               {"found_by_estimates_alone_count", attack.rounded_found},
                               {"guess_found_mean", attack.guess.mean},
                               {"guess_found_sd", std::sqrt(attack.guess.variance)},
                               {"z_score", attack.z()}});
  std::printf("%s\n", json.dump(2).c_str());
}

std::string Number(const Session& session, double value, int decimals) {
  if (session.swedish()) return maps::SwedishNumber(value, decimals);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return text.data();
}

void PrintText(const Session& session, const AttackReport& report, const AttackOptions& options) {
  std::printf(session.Say("Angriparen känner %d adresser och metoden. %d händelser, varav %d inte vid "
                          "någon känd adress.\n\n",
                          "The attacker knows %d addresses and the method. %d incidents, %d of them at no "
                          "known address.\n\n"),
              report.addresses, report.incidents, report.elsewhere);
  std::printf("%s\n",
              session.Say("Täthet gjord av händelsernas punkter (radie 500 m, rutor 50 m): så mycket hade "
                          "läckt",
                          "Density made from the incidents' points (radius 500 m, cells 50 m): what would "
                          "have leaked"));
  for (const SurfaceAttack& attack : report.surfaces)
    std::printf(session.Say("  %s: %d av %d händelser hittade på sin adress (%d utplacerade; %s %% av ytan "
                            "läsbar)\n",
                            "  %s: %d of %d incidents found at their address (%d placed; %s %% of the "
                            "surface readable)\n"),
                session.Say(attack.label_sv.c_str(), attack.label_en.c_str()), attack.score.found,
                report.incidents, attack.score.placed,
                Number(session, 100 * attack.readable_share, 0).c_str());
  std::printf(session.Say("\nMot gissning: angriparen har också de frisläppta antalen (rutor om 1 km, k=%d), "
                          "%d omgångar\n",
                          "\nAgainst guessing: the attacker also has the released counts (1 km squares, "
                          "k=%d), %d runs\n"),
              options.k, report.runs);
  for (const AgainstGuess& attack : report.release)
    std::printf(session.Say("  %s: %d hittade av %d utplacerade; gissning ger %s ± %s (z = %s)\n",
                            "  %s: %d found of %d placed; guessing gives %s ± %s (z = %s)\n"),
                session.Say(attack.label_sv.c_str(), attack.label_en.c_str()), attack.score.found,
                attack.score.placed, Number(session, attack.guess.mean, 1).c_str(),
                Number(session, std::sqrt(attack.guess.variance), 1).c_str(),
                Number(session, attack.z(), 1).c_str());
  // Nothing tested is not the same as nothing found.
  if (!(report.release.front().guess.variance > 0)) {
    std::printf("%s\n", session.Say("Inget antal släpptes fritt, så här fanns ingenting att pröva.",
                                    "No count was released, so there was nothing to test."));
    return;
  }
  const bool safe = report.release.front().z() < 3;
  std::printf("%s\n", safe ? session.Say("Den frisläppta tätheten säger inte mer än antalen.",
                                         "The released density says no more than the counts.")
                           : session.Say("Den frisläppta tätheten säger MER än antalen: släpp den inte.",
                                         "The released density says MORE than the counts: do not release "
                                         "it."));
}

}  // namespace

void AddAttackCommand(CLI::App& app, CommandLine& line) {
  const auto options = std::make_shared<AttackOptions>();
  CLI::App* command = app.add_subcommand(
      "attack",
      "Tries to find incidents' addresses from density surfaces, as an attacker would; needs no service.\n"
      "Takes an invented town, or positions of one's own; attacks the kinds of surface, not a release that "
      "was made\n"
      "Example: lagesbild attack --address-count 1500 --incident-count 40");
  command->add_option("--address-count", options->town.addresses, "Of the invented town");
  command->add_option("--incident-count", options->town.incidents, "Of the invented town");
  command->add_option("--side-m", options->side_m, "Of the invented town, a square");
  command->add_option("--seed", options->seed, "Another number, another town");
  command
      ->add_option("--runs", options->runs, "Times that incidents are drawn anew, to compare with guessing")
      ->check(CLI::Range(1, 1000));
  command->add_option("--k", options->k, "A count under it is not released")->check(CLI::Range(1, 1000));
  CLI::Option* addresses =
      command->add_option("--addresses", options->addresses, "Table with columns easting, northing");
  CLI::Option* incidents =
      command->add_option("--incidents", options->incidents, "Table with columns easting, northing");
  command->add_option("--crs", options->epsg, "EPSG code of both tables; projected, in meters");
  addresses->needs(incidents);
  incidents->needs(addresses);
  command->callback([&line, options] {
    line.run = [&line, options](Session& session) {
      maps::SpatialReference(geo::Epsg{options->epsg});
      options->town.side = geo::Meters{options->side_m};
      const AttackReport report = RunAttacks(*options);
      session.json() ? PrintJson(report, *options) : PrintText(session, report, *options);
      line.exit_code = report.release.front().z() < 3 ? 0 : 3;
    };
  });
}

}  // namespace lagesbild::tools
