#include "tools/bench_geocode/speed.h"

#include <time.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <thread>
#include <utility>

#include "tools/bench_geocode/scan.h"
#include "tools/bench_geocode/score.h"
#include "tools/demo_data/random.h"

namespace lagesbild::tools::bench {
namespace {

double Seconds(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// What a row's rate is measured on.
struct Work {
  SpeedRow& row;
  std::function<std::size_t()> run;
};

/// Every k-th, so that all classes are in it.
std::vector<std::string> NamesOf(const std::vector<BenchQuery>& queries, std::size_t most) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < queries.size(); i += std::max<std::size_t>(1, queries.size() / most))
    names.push_back(LinearScan::NameOf(queries[i].address));
  return names;
}

std::vector<BenchQuery> ExactQueries(const geo::Gazetteer& gazetteer) {
  constexpr std::size_t kExact = 20'000;
  demo::Rng rng(331, "exact queries");
  std::vector<BenchQuery> exact;
  while (exact.size() < kExact && !gazetteer.addresses.empty()) {
    const geo::Address& a = rng.Pick(gazetteer.addresses);
    BenchQuery query;
    query.address = a.area + (a.number > 0 ? " " + std::to_string(a.number) : "") + a.letter +
                    (a.addition.empty() ? "" : " " + a.addition);
    exact.push_back(std::move(query));
  }
  return exact;
}

std::vector<BenchQuery> Misspelt(const std::vector<BenchQuery>& mixed) {
  std::vector<BenchQuery> fuzzy;
  for (const BenchQuery& query : mixed)
    if (query.query_class.starts_with("typo") || query.query_class.starts_with("edit_"))
      fuzzy.push_back(query);
  return fuzzy;
}

void MeasureThreads(const geo::Geocoder& geocoder, const std::vector<BenchQuery>& queries, int runs,
                    SpeedScore& score) {
  double alone_s = 0, together_s = 0;
  for (int run = 0; run < runs; ++run) {
    const double begin = Seconds(CLOCK_MONOTONIC);
    const std::string alone = AnswersAsBytes(geocoder, queries, 1);
    const double middle = Seconds(CLOCK_MONOTONIC);
    const std::string together = AnswersAsBytes(geocoder, queries, score.threads);
    const double end = Seconds(CLOCK_MONOTONIC);
    score.same_bytes = (run == 0 || score.same_bytes) && alone == together;
    alone_s = run == 0 ? middle - begin : std::min(alone_s, middle - begin);
    together_s = run == 0 ? end - middle : std::min(together_s, end - middle);
  }
  if (together_s > 0) score.threads_ratio = alone_s / together_s;
}

std::string AsBytes(const geo::GeocodeMatch& match) {
  std::array<char, 128> numbers{};
  std::snprintf(numbers.data(), numbers.size(), "%d|%d|%d|%a|%a|%a|%d|", static_cast<int>(match.level),
                static_cast<int>(match.reason), static_cast<int>(match.category),
                match.position.easting.value(), match.position.northing.value(),
                match.accuracy_radius.value(), match.score);
  std::string bytes = numbers.data() + match.matched;
  for (const std::string& fault : match.faults) bytes += "|" + fault;
  for (const std::string& candidate : match.candidates) bytes += "|" + candidate;
  return bytes + "\n";
}

}  // namespace

double ThreadCpuSeconds() { return Seconds(CLOCK_THREAD_CPUTIME_ID); }

std::optional<double> SpeedScore::Ratio(const SpeedRow& row, const SpeedRow& reference) const {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < std::min(row.per_second.size(), reference.per_second.size()); ++i)
    ratios.push_back(row.per_second[i] / reference.per_second[i]);
  if (ratios.empty()) return std::nullopt;
  return Quantile(std::move(ratios), 0.5);
}

SpeedScore MeasureSpeed(const geo::Geocoder& geocoder, const std::vector<BenchQuery>& mixed, int runs,
                        int threads) {
  constexpr std::size_t kBanded = 1000, kWhole = 200;
  const LinearScan scan(geocoder.gazetteer());
  const std::vector<std::string> banded = NamesOf(mixed, kBanded), whole = NamesOf(mixed, kWhole);
  const std::vector<BenchQuery> exact = ExactQueries(geocoder.gazetteer()), fuzzy = Misspelt(mixed);
  SpeedScore score;
  score.names = scan.names();
  score.threads = threads;
  score.whole = {"genomsökning, hela tabeller", "linear scan, whole tables", whole.size(), {}};
  score.banded = {"genomsökning i band", "linear scan, banded", banded.size(), {}};
  score.mixed = {"blandade frågor", "mixed queries", mixed.size(), {}};
  score.exact = {"exakta", "exact", exact.size(), {}};
  score.fuzzy = {"felstavade", "misspelt", fuzzy.size(), {}};
  const auto answers = [&](const std::vector<BenchQuery>& queries) {
    std::size_t letters = 0;
    for (const BenchQuery& query : queries) letters += geocoder.Geocode(AsPlaceQuery(query)).matched.size();
    return letters;
  };
  const auto counts = [](const std::vector<std::string>& names, auto count) {
    std::size_t near = 0;
    for (const std::string& name : names) near += count(name);
    return near;
  };
  const std::vector<Work> works = {
      {score.whole,
       [&] { return counts(whole, [&](const std::string& n) { return scan.CountByWholeTables(n); }); }},
      {score.banded, [&] { return counts(banded, [&](const std::string& n) { return scan.Count(n); }); }},
      {score.mixed, [&] { return answers(mixed); }},
      {score.exact, [&] { return answers(exact); }},
      {score.fuzzy, [&] { return answers(fuzzy); }}};
  std::size_t sum = 0;
  for (int run = 0; run < runs; ++run)
    for (const Work& work : works) {
      if (work.row.queries == 0) continue;
      const double begin = ThreadCpuSeconds();
      sum += work.run();
      work.row.per_second.push_back(static_cast<double>(work.row.queries) /
                                    std::max(1e-9, ThreadCpuSeconds() - begin));
    }
  [[maybe_unused]] const volatile std::size_t kept = sum;  // so that no look-up is thought away
  MeasureThreads(geocoder, mixed, runs, score);
  return score;
}

std::string AnswersAsBytes(const geo::Geocoder& geocoder, const std::vector<BenchQuery>& queries,
                           int threads) {
  const auto count = static_cast<std::size_t>(std::max(1, threads));
  std::vector<std::string> parts(count);
  std::vector<std::jthread> workers;
  for (std::size_t t = 0; t < count; ++t)
    workers.emplace_back([&, t] {
      const std::size_t begin = queries.size() * t / count, end = queries.size() * (t + 1) / count;
      for (std::size_t i = begin; i < end; ++i)
        parts[t] += AsBytes(geocoder.Geocode(AsPlaceQuery(queries[i])));
    });
  workers.clear();
  std::string all;
  for (const std::string& part : parts) all += part;
  return all;
}

}  // namespace lagesbild::tools::bench
