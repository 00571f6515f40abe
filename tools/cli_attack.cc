#include <CLI/CLI.hpp>
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "lagesbild/v1/picture_service.grpc.pb.h"
#include "maps/markup.h"
#include "maps/spatial_reference.h"
#include "tools/attack.h"
#include "tools/cli.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

struct AttackOptions {
  TownSize town;
  double side_m = TownSize{}.side.value();
  std::uint64_t seed = 1;
  int runs = 20, k = 10, epsg = 3006, pairs = 1000;
  bool releases = false;
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

std::string PeriodText(const Session& session, const v1::QuarterPeriod& period) {
  const std::string first = QuarterText(period.first(), session.swedish());
  const std::string last = QuarterText(period.last(), session.swedish());
  return first == last ? last : first + "–" + last;
}

const char* LevelWord(const Session& session, v1::AreaLevel level) {
  switch (level) {
    case v1::AREA_LEVEL_MUNICIPALITY:
      return session.Say("hela kommunen", "whole municipality");
    case v1::AREA_LEVEL_DISTRICT:
      return session.Say("distrikt", "districts");
    case v1::AREA_LEVEL_LOCALITY:
      return session.Say("tätorter och landsbygd", "localities");
    default:
      return session.Say("små områden", "small areas");
  }
}

const char* AudienceWord(const Session& session, v1::Audience audience) {
  return audience == v1::AUDIENCE_PARTNER ? session.Say("samverkanspartner", "partners")
                                          : session.Say("allmänheten", "the public");
}

void PrintDensityAttack(const Session& session, const v1::DensityAttack& attack) {
  const std::string what = attack.group_label_sv() + ", " + PeriodText(session, attack.period()) + ", " +
                           LevelWord(session, attack.level());
  if (!attack.not_tested_reason_sv().empty()) {
    std::printf(session.Say("    täthet %s: INTE PRÖVAD, %s\n", "    density %s: NOT TESTED, %s\n"),
                what.c_str(), attack.not_tested_reason_sv().c_str());
  } else if (attack.z_score().kind_case() != v1::Statistic::kValue) {
    std::printf(session.Say("    täthet %s: inget att gissa\n", "    density %s: nothing to guess\n"),
                what.c_str());
  } else {
    std::printf(
        session.Say("    täthet %s: %d av %d utplacerade händelser hittade, gissning ger %s ± %s "
                    "(z = %s): %s\n",
                    "    density %s: %d of %d placed incidents found, guessing gives %s ± %s (z = %s): "
                    "%s\n"),
        what.c_str(), attack.found_count(), attack.placed_count(),
        Number(session, attack.guess_found_mean(), 1).c_str(),
        Number(session, attack.guess_found_sd(), 1).c_str(),
        Number(session, attack.z_score().value(), 1).c_str(),
        attack.leaks() ? session.Say("LÄCKER", "LEAKS")
        : attack.follows_from_counts()
            ? session.Say("kartan är exakt vad antalen ger", "the map is exactly what the counts give")
            : session.Say("säger inte mer än antalen", "says no more than the counts"));
  }
}

void PrintReleaseAttack(const Session& session, const v1::ReleaseAttack& release) {
  std::printf(session.Say("  %s för %s, utgåva %s%s\n", "  %s for %s, release %s%s\n"),
              QuarterText(release.quarter(), session.swedish()).c_str(),
              AudienceWord(session, release.audience()), release.run_id().c_str(),
              release.published() ? "" : session.Say(" (utkast)", " (draft)"));
  for (const v1::DensityAttack& attack : release.densities()) PrintDensityAttack(session, attack);
  const v1::Statistic& share = release.utility().share_in_released_areas();
  if (share.kind_case() == v1::Statistic::kValue)
    std::printf(session.Say("    nytta: %s %% av kartans händelser ligger i områden som visas\n",
                            "    utility: %s %% of the map's incidents lie in areas that are shown\n"),
                Number(session, 100 * share.value(), 0).c_str());
}

void PrintDifferencing(const Session& session, const v1::DifferencingTest& test) {
  std::printf(session.Say("  %s läser %d tal; %d av %lld par där det ena rymmer det andra drogs från "
                          "varandra: %d skillnader under %d, %d tal under %d, %d skillnader är noll: %s\n",
                          "  %s read %d values; %d of %lld pairs of which one contains the other were "
                          "subtracted: %d differences under %d, %d values under %d, %d differences are zero: "
                          "%s\n"),
              AudienceWord(session, test.audience()), test.value_count(), test.tested_pair_count(),
              static_cast<long long>(test.nested_pair_count()), test.difference_under_minimum_count(),
              test.minimum_count(), test.value_under_minimum_count(), test.minimum_count(),
              test.difference_of_zero_count(),
              test.leaks() ? session.Say("LÄCKER", "LEAKS")
                           : session.Say("inget under gränsen", "nothing under the limit"));
  if (test.unknown_value_count() > 0)
    std::printf(
        session.Say("    %d tal är av områden eller åldrar som registren inte längre har och kunde inte "
                    "prövas\n",
                    "    %d values are of areas or ages that the registers no longer have and could "
                    "not be tested\n"),
        test.unknown_value_count());
}

/// Whether everything that should be tested was: what was not is no proof.
bool AllTested(const v1::AttackReleasesResponse& response) {
  for (const v1::ReleaseAttack& release : response.releases())
    for (const v1::DensityAttack& attack : release.densities())
      if (!attack.not_tested_reason_sv().empty()) return false;
  for (const v1::DifferencingTest& test : response.differencing())
    if (test.unknown_value_count() > 0) return false;
  return true;
}

void PrintReleases(const Session& session, const v1::AttackReleasesResponse& response) {
  if (response.releases_size() == 0) {
    std::printf("%s\n",
                session.Say("Ingen bild för partner eller allmänhet är gjord, så här fanns inget att pröva.",
                            "No picture for partners or the public has been made, so there was nothing "
                            "to test."));
    return;
  }
  std::printf("%s\n",
              session.Say("Återskapande: angriparen känner alla adresser, metoden och filerna",
                          "Reconstruction: the attacker knows all addresses, the method and the files"));
  for (const v1::ReleaseAttack& release : response.releases()) PrintReleaseAttack(session, release);
  std::printf("\n%s\n", session.Say("Subtraktion: slumpade par av allt som en målgrupp läser",
                                    "Differencing: random pairs of all that an audience reads"));
  for (const v1::DifferencingTest& test : response.differencing()) PrintDifferencing(session, test);
  if (response.replaced_draft_count() > 0)
    std::printf(session.Say("  %d utkast som ersatts av nyare prövades inte.\n",
                            "  %d drafts that newer ones replace were not tested.\n"),
                response.replaced_draft_count());
  std::printf("\n%s\n",
              response.leaks()
                  ? session.Say("Ett angrepp LYCKADES: publicera inte, och se över det som är publicerat.",
                                "An attack SUCCEEDED: do not publish, and review what is published.")
              : AllTested(response)
                  ? session.Say("Inget angrepp lyckades.", "No attack succeeded.")
                  : session.Say("Inget angrepp lyckades, men allt kunde inte prövas.",
                                "No attack succeeded, but not everything could be tested."));
}

void AttackOwnReleases(Session& session, const AttackOptions& options, CommandLine& line) {
  v1::AttackReleasesRequest request;
  request.set_pair_count(options.pairs);
  request.set_seed(static_cast<std::int64_t>(options.seed));
  v1::AttackReleasesResponse response;
  const auto stub = session.Stub<v1::PictureService>();
  const auto context = session.Context(std::chrono::hours{2});
  session.Check(stub->AttackReleases(context.get(), request, &response));
  if (session.json()) {
    session.PrintJson(response);
  } else {
    PrintReleases(session, response);
  }
  line.exit_code = response.leaks() ? 3 : 0;
}

}  // namespace

void AddAttackCommand(CLI::App& app, CommandLine& line) {
  const auto options = std::make_shared<AttackOptions>();
  CLI::App* command = app.add_subcommand(
      "attack",
      "Tries to find incidents' addresses from density surfaces, as an attacker would.\n"
      "Takes an invented town, or positions of one's own, and needs no service; --releases attacks what a "
      "store "
      "has released\n"
      "for partners and the public, with a report for the impact assessment. Exit code 3 when an attack "
      "succeeds\n"
      "Example: lagesbild --store l.db attack --releases");
  CLI::Option* releases = command->add_flag("--releases", options->releases,
                                            "The releases of a store or service, published ones and drafts");
  command->add_option("--pairs", options->pairs, "Random pairs per audience that are subtracted")
      ->check(CLI::Range(1, 100'000))
      ->needs(releases);
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
  releases->excludes(addresses);
  command->callback([&line, options] {
    line.run = [&line, options](Session& session) {
      if (options->releases) {
        AttackOwnReleases(session, *options, line);
        return;
      }
      maps::SpatialReference(geo::Epsg{options->epsg});
      options->town.side = geo::Meters{options->side_m};
      const AttackReport report = RunAttacks(*options);
      session.json() ? PrintJson(report, *options) : PrintText(session, report, *options);
      line.exit_code = report.release.front().z() < 3 ? 0 : 3;
    };
  });
}

}  // namespace lagesbild::tools
