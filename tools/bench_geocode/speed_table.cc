#include "tools/bench_geocode/speed_table.h"

#include <string>

#include "tools/bench_geocode/score.h"

namespace lagesbild::tools::bench {

void PrintSpeed(BenchReport& report, const SpeedScore& score) {
  const std::string names = std::to_string(score.names);
  report.Begin(
      "speed",
      "Fart på en kärna (frågor per CPU-sekund; mot genomsökning av " + names + " gatunamn, avstånd ≤ 2)",
      "Throughput on one core (queries per CPU second; to scans of " + names + " street names, distance ≤ 2)",
      {{"what", "vad", "what"},
       {"query_count", "frågor", "queries"},
       {"run_count", "varv", "runs"},
       {"least_per_s", "minst/s", "least/s"},
       {"median_per_s", "median/s", "median/s"},
       {"ratio_to_whole_tables", "mot hela tabeller", "to whole tables"},
       {"ratio_to_banded", "mot band", "to banded"}});
  for (const SpeedRow* row : {&score.whole, &score.banded, &score.mixed, &score.exact, &score.fuzzy}) {
    if (row->per_second.empty()) continue;
    report.Row({{report.swedish() ? row->sv : row->en, row->en},
                report.Count(static_cast<long long>(row->queries)),
                report.Count(static_cast<long long>(row->per_second.size())),
                report.Number(Quantile(row->per_second, 0), 0),
                report.Number(Quantile(row->per_second, 0.5), 0),
                report.Number(score.Ratio(*row, score.whole).value_or(-1), 1),
                report.Number(score.Ratio(*row, score.banded).value_or(-1), 1)});
  }
  const char* same = score.same_bytes ? (report.swedish() ? "ja" : "yes") : (report.swedish() ? "NEJ" : "NO");
  report.Begin("threads",
               "Blandade frågor på flera trådar (efter klockan; annan last på datorn sänker farten)",
               "Mixed queries on several threads (by the clock; other load on the machine lowers it)",
               {{"thread_count", "trådar", "threads"},
                {"speed_ratio", "fart mot en", "speed to one"},
                {"same_bytes", "samma byte", "same bytes"}});
  report.Row({report.Count(score.threads),
              report.Number(score.threads_ratio.value_or(-1), 2),
              {same, score.same_bytes}});
}

}  // namespace lagesbild::tools::bench
