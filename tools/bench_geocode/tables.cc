#include "tools/bench_geocode/tables.h"

#include <map>

#include "geo/incident.h"

namespace lagesbild::tools::bench {

void PrintScore(BenchReport& report, const std::string& code, const std::string& title_sv,
                const std::string& title_en, const Score& score) {
  report.Begin(code, title_sv, title_en,
               {{"class", "klass", "class"},
                {"query_count", "frågor", "queries"},
                {"right_share", "rätt", "right"},
                {"wrong_share", "fel", "wrong"},
                {"confident_wrong_count", "säkra fel", "sure, wrong"},
                {"confident_share_of_wrong", "av felen", "of the wrong"},
                {"ambiguous_share", "tvetydig", "ambiguous"},
                {"none_share", "inget", "none"},
                {"coarse_share", "grövre", "coarse"},
                {"open_count", "öppna", "open"},
                {"p50_m", "p50 m", "p50 m"},
                {"p95_m", "p95 m", "p95 m"}});
  const auto row = [&](const ClassScore& of, const std::string& name) {
    const int all = of.queries();
    report.Row({report.Text(name), report.Count(all), report.Share(of.count(Outcome::kRight), all),
                report.Share(of.count(Outcome::kWrong), all), report.Count(of.confident_wrong),
                report.Share(of.confident_wrong, of.count(Outcome::kWrong)),
                report.Share(of.count(Outcome::kAmbiguous), all), report.Share(of.count(Outcome::kNone), all),
                report.Share(of.count(Outcome::kCoarse), all), report.Count(of.open),
                report.Number(Quantile(of.distances, 0.5), 1),
                report.Number(Quantile(of.distances, 0.95), 1)});
  };
  for (const ClassScore& of : score.classes) row(of, of.query_class);
  row(score.all, "*");
  report.Note(
      "fel = lagd längre från det sanna läget än toleransen (genererade: 50 m), eller lagd där inget "
      "finns; "
      "säkra fel = kategori A eller B; öppna = texten passar flera adresser, \"tvetydig\" är då också rätt",
      "wrong = put further from the truth than the tolerance (generated: 50 m), or put where nothing is; "
      "sure = category A or B; open = the text fits several addresses, \"ambiguous\" is right as well");
  PrintLevels(report, code + "_levels", score.levels);
  if (score.nothing_expected == 0) return;
  report.Begin(code + "_refused", "Avvisade av det som inte finns", "Refused of what does not exist",
               {{"query_count", "frågor", "queries"}, {"refused_share", "avvisade", "refused"}});
  report.Row(
      {report.Count(score.nothing_expected), report.Share(score.nothing_given, score.nothing_expected)});
}

void PrintLevels(BenchReport& report, const std::string& code, const std::vector<LevelScore>& levels) {
  report.Begin(code, "Nivåer: hur ofta det sanna läget ligger inom den angivna radien",
               "Levels: how often the truth lies within the stated radius",
               {{"level", "nivå", "level"},
                {"placed_count", "lagda", "placed"},
                {"within_radius_share", "inom radien", "within radius"},
                {"p50_m", "p50 m", "p50 m"},
                {"p90_m", "p90 m", "p90 m"},
                {"p95_m", "p95 m", "p95 m"}});
  for (const LevelScore& level : levels)
    report.Row({report.Text(std::string(geo::MatchLevelCode(level.level))), report.Count(level.placed),
                report.Share(level.within, level.placed), report.Number(Quantile(level.distances, 0.5), 1),
                report.Number(Quantile(level.distances, 0.9), 1),
                report.Number(Quantile(level.distances, 0.95), 1)});
}

void PrintInterpolation(BenchReport& report, const std::string& code, const InterpolationScore& score) {
  report.Begin("interpolation_" + code, "Utelämnade nummer, " + code, "Numbers left out, " + code,
               {{"asked_count", "frågor", "queries"},
                {"ambiguous_share", "tvetydig", "ambiguous"},
                {"none_share", "inget", "none"},
                {"coarse_share", "grövre", "coarse"},
                {"confident_outside_count", "säkra utanför", "sure, outside"},
                {"outside_count", "utanför radien", "outside the radius"}});
  report.Row({report.Count(score.asked), report.Share(score.ambiguous, score.asked),
              report.Share(score.none, score.asked), report.Share(score.coarse, score.asked),
              report.Count(score.confident_outside), report.Count(score.outside)});
  PrintLevels(report, "interpolation_" + code + "_levels", score.levels);
}

void PrintExamples(BenchReport& report, const std::string& code, const std::vector<BenchQuery>& queries,
                   const std::vector<Miss>& misses, int each) {
  if (each == 0 || misses.empty()) return;
  report.Begin(code + "_examples", "Exempel på det som inte blev rätt", "Examples of what was not right",
               {{"class", "klass", "class"},
                {"outcome", "utfall", "outcome"},
                {"confident", "säkert", "sure"},
                {"query", "fråga", "query"},
                {"answer", "svar", "answer"}});
  std::map<std::string, int> told;
  for (const Miss& miss : misses) {
    const BenchQuery& query = queries[miss.query];
    if (told[query.query_class]++ >= each) continue;
    const char* sure = miss.confident ? (report.swedish() ? "ja" : "yes") : "";
    report.Row({report.Text(query.query_class),
                report.Text(OutcomeCode(miss.outcome)),
                {sure, miss.confident},
                report.Text(query.address),
                report.Text(miss.matched)});
  }
}

void PrintBlocks(BenchReport& report, const PairScore& naive, const PairScore& geocoder) {
  report.Begin("philadelphia", "Philadelphia 2019–2020 mot kvarteren 2015–2018",
               "Philadelphia 2019–2020 against the blocks of 2015–2018",
               {{"method", "metod", "method"},
                {"tier", "slag", "tier"},
                {"asked_count", "frågor", "queries"},
                {"answered_share", "svarade", "answered"},
                {"within_100_m_share", "≤ 100 m", "≤ 100 m"},
                {"within_250_m_share", "≤ 250 m", "≤ 250 m"},
                {"beyond_1_km_share", "> 1 km", "> 1 km"},
                {"confident_beyond_1_km_count", "säkra > 1 km", "sure > 1 km"},
                {"within_radius_share", "inom radien", "within radius"},
                {"p50_m", "p50 m", "p50 m"},
                {"p95_m", "p95 m", "p95 m"}});
  const auto row = [&](const char* method, const std::string& tier, const BlockScore& of, bool radius) {
    report.Row(
        {report.Text(method), report.Text(tier), report.Count(of.asked), report.Share(of.answered, of.asked),
         report.Share(of.within_100, of.asked), report.Share(of.within_250, of.asked),
         report.Share(of.beyond_1000, of.asked), report.Count(of.confident_beyond_1000),
         report.Share(of.within_radius, radius ? of.answered : 0),
         report.Number(Quantile(of.distances, 0.5), 1), report.Number(Quantile(of.distances, 0.95), 1)});
  };
  row("naive", "*", naive.All(), false);
  for (const auto& [tier, score] : geocoder.tiers) row("lagesbild", tier, score, true);
  row("lagesbild", "*", geocoder.All(), true);
}

}  // namespace lagesbild::tools::bench
