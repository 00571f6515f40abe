#include "tools/bench_geocode/speed_table.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "tools/bench_geocode/score.h"
#include "tools/bench_geocode/speed.h"

namespace lagesbild::tools::bench {

void PrintSpeed(BenchReport& report, const geo::Geocoder& geocoder, const geo::Gazetteer& gazetteer,
                const std::vector<BenchQuery>& mixed, int runs, int threads) {
  std::vector<BenchQuery> exact, fuzzy;
  for (const BenchQuery& query : mixed) {
    if (query.query_class == "exact") exact.push_back(query);
    if (query.query_class.starts_with("typo") || query.query_class.starts_with("edit_"))
      fuzzy.push_back(query);
  }
  const LinearScan scan(gazetteer);
  std::vector<std::string> names;
  for (const BenchQuery& query : fuzzy) names.push_back(LinearScan::NameOf(query.address));
  std::size_t sink = 0;
  const double reference = Throughput(names.size(), runs, [&] {
    for (const std::string& name : names) sink += scan.Count(name);
  });
  const std::vector<std::string> few(
      names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(names.size(), 50)));
  const double plain_reference = Throughput(few.size(), runs, [&] {
    for (const std::string& name : few) sink += scan.CountByWholeTables(name);
  });
  report.Begin("speed",
               "Hastighet på en kärna, median av " + std::to_string(runs) + " (CPU-tid; " +
                   std::to_string(scan.names()) + " gatunamn, avstånd ≤ 2)",
               "Throughput on one core, median of " + std::to_string(runs) + " (CPU time; " +
                   std::to_string(scan.names()) + " street names, distance ≤ 2)",
               {{"what", "vad", "what"},
                {"query_count", "frågor", "queries"},
                {"per_second", "per s", "per s"},
                {"ratio_to_scan", "mot bandsökning", "to banded scan"},
                {"ratio_to_whole_tables", "mot hela tabeller", "to whole tables"}});
  const auto row = [&](const char* sv, const char* en, std::size_t count, double rate) {
    report.Row({{report.swedish() ? sv : en, en},
                report.Count(static_cast<long long>(count)),
                report.Number(rate, 0),
                report.Number(rate / reference, 1),
                report.Number(rate / plain_reference, 1)});
  };
  row("genomsökning i band", "linear scan, banded", names.size(), reference);
  row("genomsökning, hela tabeller", "linear scan, whole tables", few.size(), plain_reference);
  const auto measure = [&](const char* sv, const char* en, const std::vector<BenchQuery>& queries,
                           int repeats) {
    if (queries.empty()) return;
    row(sv, en, queries.size(), Throughput(queries.size() * static_cast<std::size_t>(repeats), runs, [&] {
          for (int i = 0; i < repeats; ++i)
            for (const BenchQuery& query : queries)
              sink += geocoder.Geocode(AsPlaceQuery(query)).matched.size();
        }));
  };
  constexpr int kFast = 20;  // so that a run of exact ones takes longer than the clock's step
  measure("blandade", "mixed", mixed, 1);
  measure("exakta", "exact", exact, kFast);
  measure("felstavade", "fuzzy", fuzzy, 1);
  if (sink == 0) report.Note("inget hittades", "nothing was found");
  const bool same = AnswersAsBytes(geocoder, mixed, 1) == AnswersAsBytes(geocoder, mixed, threads);
  report.Begin("threads", "Samma svar på flera trådar", "Same answers on several threads",
               {{"thread_count", "trådar", "threads"}, {"same_bytes", "samma byte", "same bytes"}});
  report.Row({report.Count(threads),
              {same ? (report.swedish() ? "ja" : "yes") : (report.swedish() ? "NEJ" : "NO"), same}});
}

}  // namespace lagesbild::tools::bench
