#include "tools/bench_geocoder_speed.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <set>

#include "tools/noise_text.h"

namespace lagesbild::tools {
namespace {

constexpr int kRounds = 3;
constexpr int kScanEdits = 2;

double CpuSeconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

/// Texts per CPU second. What `use` returns is summed so that no look-up is thought away.
template <class Use>
double PerSecond(const std::vector<std::string>& texts, Use&& use) {
  std::size_t sum = 0;
  const double begin = CpuSeconds();
  for (const std::string& text : texts) sum += use(text);
  const double spent = CpuSeconds() - begin;
  [[maybe_unused]] const volatile std::size_t kept = sum;
  return static_cast<double>(texts.size()) / std::max(spent, 1e-9);
}

double Median(std::array<double, kRounds> values) {
  std::sort(values.begin(), values.end());
  return values[kRounds / 2];
}

std::string Repeated(std::string_view text, std::size_t bytes) {
  std::string result;
  while (result.size() < bytes) result += text;
  return result;
}

/// Folded, up to the first digit.
std::string StreetPart(std::string_view query) {
  std::string folded = FoldedText(query);
  folded.resize(std::min(folded.size(), folded.find_first_of("0123456789")));
  while (folded.ends_with(' ')) folded.pop_back();
  return folded;
}

}  // namespace

LinearScan::LinearScan(const geo::Gazetteer& gazetteer) {
  std::set<std::string> names;
  for (const geo::Address& a : gazetteer.addresses) names.insert(FoldedText(a.area));
  names_.assign(names.begin(), names.end());
}

std::size_t LinearScan::Nearest(std::string_view query) const {
  const std::string folded = StreetPart(query);
  int best = kScanEdits + 1;
  std::size_t nearest = names_.size();
  for (std::size_t i = 0; i < names_.size() && best > 0; ++i) {
    const int distance = EditDistance(names_[i], folded, best - 1);
    if (distance >= best) continue;
    best = distance;
    nearest = i;
  }
  return nearest;
}

std::size_t LinearScan::CountWithin(std::string_view query) const {
  const std::string folded = StreetPart(query);
  std::size_t count = 0;
  for (const std::string& name : names_)
    count += EditDistance(name, folded, kScanEdits) <= kScanEdits ? 1 : 0;
  return count;
}

SpeedFigures MeasureSpeed(const geo::Geocoder& geocoder, const std::vector<std::string>& mixed,
                          const std::vector<std::string>& exact) {
  const LinearScan scan(geocoder.gazetteer());
  const auto find = [&](const std::string& text) {
    return static_cast<std::size_t>(geocoder.Geocode({.address = text}).level);
  };
  std::array<double, kRounds> scan_rates{}, nearest_rates{}, mixed_rates{}, exact_rates{};
  for (std::size_t round = 0; round < kRounds; ++round) {
    scan_rates[round] = PerSecond(mixed, [&](const std::string& text) { return scan.CountWithin(text); });
    nearest_rates[round] = PerSecond(mixed, [&](const std::string& text) { return scan.Nearest(text); });
    mixed_rates[round] = PerSecond(mixed, find);
    exact_rates[round] = PerSecond(exact, find);
  }
  return {Median(scan_rates), Median(nearest_rates), Median(mixed_rates), Median(exact_rates)};
}

std::vector<std::string> AdversarialInputs(const geo::Gazetteer& gazetteer) {
  std::vector<std::string> inputs = {"",
                                     " ",
                                     std::string(3, '\0'),
                                     "\x01\x02\x1b[31m",
                                     "\xff\xfe\xfd",
                                     "1234567890",
                                     "' OR 1=1; DROP TABLE addresses; --",
                                     "^(a+)+$ [[:alpha:]]{1,99}",
                                     "%s%s%n",
                                     "../../../../",
                                     "<script>alert(1)</script>",
                                     "\u200f\u05e8\u05d7\u05d5\u05d1 12",
                                     "\u0634\u0627\u0631\u0639 5",
                                     "\U0001F600\U0001F4A5 12",
                                     "Sto\u0308rgatan 1\u0301"};
  // Each token to the length of a line, of a page and of the longest text that is promised.
  const std::vector<std::string> tokens = {
      "a",           "1",      " ",      ".",      "g. ",        "st. ", "12A ",        "/",
      "och ",        "gatan",  "väg ",   "norra ", "hörnet ",    "vid ", "1-2 ",        "lgh ",
      "c/o ",        "\u0301", "\t",     "\n",     "\U0001F600", "å",    "1:1 ",        "59.9 17.1 ",
      "korsningen ", "(",      "21145 ", "ab ",    "aaaa ",      "12, ", "Stora g. 1 ", "g/v/t "};
  for (const std::string& token : tokens)
    for (const std::size_t bytes : {200U, 2000U, 10000U}) inputs.push_back(Repeated(token, bytes));
  const LinearScan names(gazetteer);
  std::string all, all_joined, crossings, misspelt;
  for (std::size_t i = 0; i < names.size() && all.size() < 10000; i += 7) {
    all += names.name(i) + " ";
    all_joined += names.name(i);
    crossings += names.name(i) + "/";
    misspelt += names.name(i).substr(1) + " 12 ";
  }
  for (const std::string& heap : {all, all_joined, crossings, misspelt})
    for (const std::size_t bytes : {300U, 3000U, 10000U}) inputs.push_back(heap.substr(0, bytes));
  return inputs;
}

AdversarialTimes MeasureAdversarial(const geo::Geocoder& geocoder, const std::vector<std::string>& inputs) {
  AdversarialTimes times;
  times.inputs = inputs.size();
  std::vector<double> spent_ms;
  for (const std::string& input : inputs) {
    double quickest = 0;
    for (int round = 0; round < kRounds; ++round) {
      const double begin = CpuSeconds();
      const bool placed = geocoder.Geocode({.address = input}).placed();
      const double ms = 1000 * (CpuSeconds() - begin);
      quickest = round == 0 ? ms : std::min(quickest, ms);
      times.placed += round == 0 && placed ? 1 : 0;
    }
    if (quickest > times.max_ms) times.slowest_bytes = input.size();
    times.max_ms = std::max(times.max_ms, quickest);
    spent_ms.push_back(quickest);
  }
  if (spent_ms.empty()) return times;
  std::sort(spent_ms.begin(), spent_ms.end());
  times.p99_ms = spent_ms[static_cast<std::size_t>(0.99 * static_cast<double>(spent_ms.size() - 1))];
  return times;
}

}  // namespace lagesbild::tools
