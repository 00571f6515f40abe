// lagesbild bench geocode: the geocoder against open data and made-up noise.
#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <memory>

#include "maps/markup.h"
#include "tools/bench_geocoder.h"
#include "tools/bench_geocoder_json.h"
#include "tools/cli.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

/// Numbers and shares in the person's language.
class Writer {
 public:
  explicit Writer(const Session& session) : session_(session) {}
  const char* Say(const char* sv, const char* en) const { return session_.Say(sv, en); }
  std::string Number(double value, int decimals = 0) const {
    if (session_.swedish()) return maps::SwedishNumber(value, decimals);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
    return text.data();
  }
  std::string Share(int part, int whole, int decimals = 1) const {
    return whole == 0 ? "–" : Number(100.0 * part / whole, decimals);
  }
  void Title(const char* sv, const char* en) const { std::printf("\n%s\n", Say(sv, en)); }

 private:
  const Session& session_;
};

void PrintSpeed(const Writer& w, const GeocoderBench& bench) {
  std::printf("%s\n", w.Say("Fart, en kärna (frågor per CPU-sekund, median av tre)",
                            "Throughput, one core (queries per CPU second, median of three)"));
  TextTable table({"", w.Say("per sekund", "per second"), w.Say("mot genomsökning", "to the scan")});
  const SpeedFigures& s = bench.speed;
  table.Add({w.Say("genomsökning, namn för namn", "linear scan, name by name"), w.Number(s.scan_per_s),
             w.Number(1, 1)});
  table.Add({w.Say("  bara det närmaste namnet", "  the nearest name alone"), w.Number(s.nearest_scan_per_s),
             w.Number(s.nearest_scan_per_s / s.scan_per_s, 1)});
  table.Add(
      {w.Say("blandade frågor", "mixed queries"), w.Number(s.mixed_per_s), w.Number(s.mixed_ratio(), 1)});
  table.Add({w.Say("exakta", "exact"), w.Number(s.exact_per_s), w.Number(s.exact_ratio(), 1)});
  table.Print("  ");
  const AdversarialTimes& a = bench.adversarial;
  std::printf(w.Say("  fientliga texter: %zu, p99 %s ms, längst %s ms (%zu byte); %zu placerade\n",
                    "  adversarial texts: %zu, p99 %s ms, longest %s ms (%zu bytes); %zu placed\n"),
              a.inputs, w.Number(a.p99_ms, 2).c_str(), w.Number(a.max_ms, 2).c_str(), a.slowest_bytes,
              a.placed);
}

std::vector<std::string> ScoreRow(const Writer& w, const ClassScore& s) {
  return {w.Say(s.label_sv.c_str(), s.label_en.c_str()),
          w.Number(s.asked),
          w.Share(s.right, s.asked),
          w.Share(s.wrong, s.asked, 2),
          w.Number(s.wrong),
          w.Number(s.wrong_confident),
          w.Number(s.wrong_nearer),
          w.Number(s.outside),
          w.Number(s.coarse),
          w.Number(s.ambiguous),
          w.Number(s.none)};
}

void PrintScores(const Writer& w, const std::vector<ClassScore>& scores) {
  ClassScore all{.code = "all", .label_sv = "alla", .label_en = "all"};
  TextTable table({w.Say("slag", "class"), w.Say("frågor", "asked"), w.Say("rätt %", "right %"),
                   w.Say("fel %", "wrong %"), w.Say("fel", "wrong"), w.Say("varav A/B", "of them A/B"),
                   w.Say("annan närmare", "another nearer"), w.Say("utanför radien", "outside radius"),
                   w.Say("grovt", "coarse"), w.Say("flertydigt", "ambiguous"), w.Say("inget", "none")});
  for (const ClassScore& score : scores) {
    table.Add(ScoreRow(w, score));
    all.Add(score);
  }
  table.Add(ScoreRow(w, all));
  table.Print("  ");
  for (const ClassScore& score : scores)
    for (const std::string& example : score.examples)
      std::printf("    %s, %s\n", score.code.c_str(), example.c_str());
}

void PrintPhiladelphia(const Writer& w, const BlockScore& b) {
  w.Title("Philadelphia 2019–2020 mot kvarter 2015–2018 (% av alla)",
          "Philadelphia 2019–2020 against blocks of 2015–2018 (% of all)");
  TextTable table({w.Say("frågor", "asked"), w.Say("svar", "answered"), w.Say("inom 100 m", "within 100 m"),
                   w.Say("inom 250 m", "within 250 m"), w.Say("över 1 km", "over 1 km"),
                   w.Say("därav A/B", "of them A/B")});
  table.Add({w.Number(b.asked), w.Share(b.answered, b.asked), w.Share(b.within_100_m, b.asked),
             w.Share(b.within_250_m, b.asked), w.Share(b.over_1_km, b.asked, 2),
             w.Share(b.over_1_km_confident, b.asked, 2)});
  table.Print("  ");
}

void PrintFolds(const Writer& w, const std::vector<RegisterFolds>& folds) {
  w.Title("Interpolerade nummer, vart och ett utelämnat (m)", "Interpolated numbers, each left out (m)");
  TextTable table(
      {"", w.Say("antal", "count"), "p50", "p90", "p95", w.Say("i 90 %-radien %", "in 90 % radius %")});
  const auto add = [&](const std::string& label, const EstimateErrors& e) {
    table.Add({label, w.Number(static_cast<double>(e.error_m.size())), w.Number(e.Quantile(0.5), 1),
               w.Number(e.Quantile(0.9), 1), w.Number(e.Quantile(0.95), 1),
               w.Number(100 * e.InsideShare(), 1)});
  };
  for (const RegisterFolds& f : folds) {
    add(f.label + w.Say(", mellan", ", between"), f.errors.between);
    add(f.label + w.Say(", bortom sista", ", beyond the last"), f.errors.end);
    table.Add({f.label + w.Say(", annat svar", ", other answer"), w.Number(f.errors.elsewhere)});
  }
  table.Print("  ");
}

void PrintText(const Writer& w, const GeocoderBench& bench, const GeocoderBenchOptions& options) {
  PrintSpeed(w, bench);
  w.Title("malmo_noisy_queries.csv (regression, inget kvalitetsbevis)",
          "malmo_noisy_queries.csv (a regression set, no proof of quality)");
  PrintScores(w, bench.prepared);
  PrintPhiladelphia(w, bench.philadelphia);
  PrintFolds(w, bench.folds);
  for (const NoiseScores& n : bench.noise) {
    std::printf(w.Say("\nPåhittat brus ur registret %s (%s, frö %llu); fel = över 50 m från adressen\n",
                      "\nMade-up noise from the register %s (%s, seed %llu); wrong = over 50 m from the "
                      "address\n"),
                n.label.c_str(), options.held_out ? "held-out" : "dev",
                static_cast<unsigned long long>(options.seed));
    PrintScores(w, n.classes);
  }
}

void AddGeocode(CLI::App& bench, CommandLine& line) {
  const auto options = std::make_shared<GeocoderBenchOptions>();
  const auto set = std::make_shared<std::string>("dev");
  CLI::App* command =
      bench.add_subcommand("geocode",
                           "The geocoder against open registers and made-up noise; needs no service\n"
                           "Example: lagesbild bench geocode --data ../shared/data --set dev");
  command->add_option("--data", options->data, "Folder with malmo, elverum and philadelphia")->required();
  command->add_option("--set", *set, "Seeds and wordings; tune on dev alone")
      ->check(CLI::IsMember({"dev", "held-out"}));
  command->add_option("--seed", options->seed, "Another number, other queries");
  command->add_option("--count", options->count, "Queries of each kind of noise")
      ->check(CLI::Range(1, 100000));
  command->add_option("--examples", options->examples, "Texts of each kind that were not right; dev only");
  command->add_option("--folds", options->folds, "Registers with every so-manieth number left out")
      ->check(CLI::Range(3, 1000));
  command->callback([&line, options, set] {
    line.run = [options, set](Session& session) {
      options->held_out = *set == "held-out";
      const GeocoderBench result = [&] {
        ProgressBar bar;
        return RunGeocoderBench(*options,
                                [&](double done, const std::string& stage) { bar.Show(done, stage); });
      }();
      if (session.json())
        std::printf("%s\n", BenchJson(result, *options).c_str());
      else
        PrintText(Writer(session), result, *options);
    };
  });
}

}  // namespace

void AddBenchCommand(CLI::App& app, CommandLine& line) {
  CLI::App* command = app.add_subcommand("bench", "Measures the program against open data");
  command->require_subcommand(1);
  AddGeocode(*command, line);
}

}  // namespace lagesbild::tools
