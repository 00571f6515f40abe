#include "tools/geocode_bench/speed.h"

#include <malloc.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <set>
#include <thread>
#include <utility>

#include "tools/demo_data/random.h"
#include "tools/geocode_bench/register.h"
#include "tools/geocode_bench/score.h"
#include "tools/geocode_bench/text.h"

namespace lagesbild::tools::bench {
namespace {

constexpr int kMost = 2;

std::string Bytes(const std::u32string& plain) {
  std::string bytes;
  for (const char32_t c : plain) bytes += c < 0x80 ? static_cast<char>(c) : '?';
  return bytes;
}

/// Whether two names lie within distance 2. Rows are read from a band around the diagonal alone.
bool Within2(const std::string& a, const std::string& b) {
  const int rows = static_cast<int>(a.size()), columns = static_cast<int>(b.size());
  constexpr int kLongest = 96, kNone = kMost + 1;
  if (rows - columns > kMost || columns - rows > kMost || rows > kLongest || columns > kLongest) return false;
  // Cell k of a row stands for column i + k - 2; cell -1 and 5 are never near.
  std::array<int, 5> before{kNone, kNone, kNone, kNone, kNone}, last{kNone, kNone, 0, 1, 2}, now{};
  for (int i = 1; i <= rows; ++i) {
    int least = kNone;
    for (int k = 0; k < 5; ++k) {
      const int j = i + k - kMost;
      const auto at = static_cast<std::size_t>(k);
      now[at] = kNone;
      if (j < 0 || j > columns) continue;
      if (j == 0) {
        now[at] = i;
        least = std::min(least, i);
        continue;
      }
      const char x = a[static_cast<std::size_t>(i - 1)], y = b[static_cast<std::size_t>(j - 1)];
      int best = last[at] + (x == y ? 0 : 1);
      if (k < 4) best = std::min(best, last[at + 1] + 1);
      if (k > 0) best = std::min(best, now[at - 1] + 1);
      if (i > 1 && j > 1 && x == b[static_cast<std::size_t>(j - 2)] &&
          y == a[static_cast<std::size_t>(i - 2)])
        best = std::min(best, before[at] + 1);
      now[at] = std::min(best, kNone);
      least = std::min(least, now[at]);
    }
    if (least > kMost) return false;
    before = last;
    last = now;
  }
  return last[static_cast<std::size_t>(columns - rows + kMost)] <= kMost;
}

/// The same distance from the whole table.
bool Within2ByWholeTable(const std::string& a, const std::string& b) {
  const std::size_t width = b.size() + 1;
  std::vector<int> table((a.size() + 1) * width);
  const auto cell = [&](std::size_t row, std::size_t column) -> int& { return table[row * width + column]; };
  for (std::size_t i = 0; i <= a.size(); ++i) cell(i, 0) = static_cast<int>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) cell(0, j) = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      int best = std::min(
          {cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        best = std::min(best, cell(i - 2, j - 2) + 1);
      cell(i, j) = best;
    }
  return cell(a.size(), b.size()) <= kMost;
}

double ResidentMib() {
  ::malloc_trim(0);
  std::ifstream statm("/proc/self/statm");
  double all = 0, resident = 0;
  statm >> all >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
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

/// Characters that mean something to some reader, thrown together.
void AddRandomTexts(std::vector<HostileText>& texts) {
  static constexpr std::array<const char*, 28> kPieces = {"a",
                                                          "Zq",
                                                          "9",
                                                          "12",
                                                          " ",
                                                          " ",
                                                          ",",
                                                          ".",
                                                          ":",
                                                          "/",
                                                          "(",
                                                          ")",
                                                          "-",
                                                          "\"",
                                                          "'",
                                                          "\\",
                                                          "\n",
                                                          "\t",
                                                          "%",
                                                          "*",
                                                          "\xC3\xA5",
                                                          "\xC3\x96",
                                                          "e\xCC\x81",
                                                          "\xE2\x80\x93",
                                                          "\xF0\x9F\x9A\x93",
                                                          "\xD8\xB4",
                                                          "\xFF",
                                                          "#"};
  demo::Rng rng(331, "hostile texts");
  constexpr int kTexts = 400, kMostPieces = 1200;
  for (int i = 0; i < kTexts; ++i) {
    std::string text;
    for (int left = rng.Int(1, i % 2 == 0 ? 60 : kMostPieces); left > 0; --left)
      text += kPieces[rng.Index(kPieces.size())];
    texts.push_back({"random " + std::to_string(i + 1), text});
  }
}

std::string Repeated(const std::string& part, std::size_t size) {
  std::string text;
  while (text.size() < size) text += part;
  return text;
}

}  // namespace

double ThreadCpuSeconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double Throughput(std::size_t texts, int runs, const std::function<void()>& work) {
  std::vector<double> rates;
  for (int run = 0; run < runs; ++run) {
    const double begin = ThreadCpuSeconds();
    work();
    rates.push_back(static_cast<double>(texts) / std::max(1e-9, ThreadCpuSeconds() - begin));
  }
  return Quantile(std::move(rates), 0.5);
}

LinearScan::LinearScan(const geo::Gazetteer& gazetteer) {
  std::set<std::string> names;
  for (const geo::Address& address : gazetteer.addresses) names.insert(Bytes(Plain(address.area)));
  names_.assign(names.begin(), names.end());
}

std::size_t LinearScan::Count(const std::string& name) const {
  return static_cast<std::size_t>(std::count_if(
      names_.begin(), names_.end(), [&](const std::string& other) { return Within2(name, other); }));
}

std::size_t LinearScan::CountByWholeTables(const std::string& name) const {
  return static_cast<std::size_t>(std::count_if(names_.begin(), names_.end(), [&](const std::string& other) {
    return Within2ByWholeTable(name, other);
  }));
}

std::string LinearScan::NameOf(const std::string& address) {
  const std::size_t digit = address.find_first_of("0123456789");
  return Bytes(Plain(digit == 0 || digit == std::string::npos ? address : address.substr(0, digit)));
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

std::vector<HostileText> HostileTexts(const geo::Gazetteer& gazetteer) {
  constexpr std::size_t kLong = 10'000;
  std::vector<HostileText> texts = {
      {"empty", ""},
      {"blanks", Repeated(" ", kLong)},
      {"one letter, 10,000 times", Repeated("a", kLong)},
      {"digits, 10,000", Repeated("1234567890", kLong)},
      {"numbers apart", Repeated("12 ", kLong)},
      {"street types", Repeated("gatan ", kLong)},
      {"street type, one word", Repeated("gatan", kLong)},
      {"single letters", Repeated("n s v ", kLong)},
      {"and", Repeated("och ", kLong)},
      {"slashes", Repeated("/", kLong)},
      {"brackets", Repeated("(", kLong) + Repeated(")", kLong)},
      {"commas", Repeated(",", kLong)},
      {"hyphens", Repeated("-", kLong)},
      {"flats", Repeated("lgh 1101 ", kLong)},
      {"relation words", Repeated("vid utanför ", kLong)},
      {"combining marks", Repeated("o\xCC\x88", kLong)},
      {"control characters", Repeated(std::string("\x01\x02\x1B\x7F\x00", 5), 500)},
      {"zero-width", Repeated("\xE2\x80\x8B", 3000)},
      {"emoji", Repeated("\xF0\x9F\x98\x80\xF0\x9F\x8F\xBD", 400)},
      {"right to left", Repeated("\xD7\xA8\xD7\x97\xD7\x95\xD7\x91 \xE2\x80\xAE", 800)},
      {"invalid UTF-8", Repeated("\xC3\x28\xFF\xFE\xE2\x82", 900)},
      {"surrogates", Repeated("\xED\xA0\x80", 900)},
      {"SQL", "'; DROP TABLE addresses; --"},
      {"SQL union", "' UNION SELECT * FROM incidents WHERE '1'='1"},
      {"regex", "(a+)+$^[.*]{1,9999}\\b(?=x)"},
      {"regex, long", Repeated("(a|aa)+", 900)},
      {"format", "%s%s%n{}{0}$HOME`id`"},
      {"HTML", "<script>alert(1)</script>"},
      {"only numbers", "123 456 7890 12 2024-01-01 12:30"},
      {"only a number", "12"},
      {"only a postcode", "999 99"},
      {"many words under the limit", Repeated("abcdefg ", 300)},
      {"commas under the limit", Repeated("ab,", 900)},
      {"slashes under the limit", Repeated("ab/", 900)},
      {"numbers under the limit", Repeated("1 2 ", 900)},
      {"street types under the limit", Repeated("vägen ", 240)},
      {"single letters under the limit", Repeated("a ", 78)},
      {"one word under the limit", Repeated("ab", 990)},
      {"unknown words and one number", Repeated("Zxqvagatan ", 350) + "4"},
  };
  // Real names in a row name places indeed, but no one place.
  std::string names, numbered;
  for (std::size_t i = 0; i < gazetteer.addresses.size() && names.size() < kLong;
       i += std::max<std::size_t>(1, gazetteer.addresses.size() / 997)) {
    names += gazetteer.addresses[i].area + " ";
    numbered += gazetteer.addresses[i].area + " " + std::to_string(gazetteer.addresses[i].number) + " ";
  }
  texts.push_back({"street names in a row", names});
  texts.push_back({"addresses in a row", numbered});
  const auto cut = [](const std::string& text) { return text.substr(0, text.rfind(' ', 480)); };
  texts.push_back({"street names in a row, under the limit", cut(names)});
  texts.push_back({"addresses in a row, under the limit", cut(numbered)});
  AddRandomTexts(texts);
  return texts;
}

HostileScore AskHostile(const geo::Geocoder& geocoder, const std::vector<HostileText>& texts, int runs) {
  HostileScore score;
  std::vector<double> times;
  for (const HostileText& hostile : texts) {
    std::vector<double> of_text;
    geo::GeocodeMatch match;
    for (int run = 0; run < runs; ++run) {
      const double begin = ThreadCpuSeconds();
      match = geocoder.Geocode({.address = hostile.text});
      of_text.push_back(1000 * (ThreadCpuSeconds() - begin));
    }
    const double median = Quantile(std::move(of_text), 0.5);
    if (median > score.most_ms) score.most_ms = median, score.slowest = hostile.description;
    times.push_back(median);
    ++score.texts;
    score.placed += match.placed() ? 1 : 0;
    score.without_fault += !match.placed() && match.faults.empty() ? 1 : 0;
  }
  score.p99_ms = Quantile(std::move(times), 0.99);
  return score;
}

SizeScore MeasureSize(const geo::Gazetteer& gazetteer, std::size_t size) {
  SizeScore score;
  const double empty = ResidentMib();
  geo::Gazetteer scaled = Scaled(gazetteer, size);
  score.addresses = scaled.addresses.size();
  std::set<std::string_view> streets;
  for (const geo::Address& address : scaled.addresses) streets.insert(address.area);
  score.streets = streets.size();
  streets.clear();
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < scaled.addresses.size(); i += std::max<std::size_t>(1, size / 5000))
    texts.push_back(scaled.addresses[i].area + " " + std::to_string(scaled.addresses[i].number) +
                    scaled.addresses[i].letter);
  score.register_mib = ResidentMib() - empty;
  const double begin = ThreadCpuSeconds();
  const geo::Geocoder geocoder(std::move(scaled));
  score.build_s = ThreadCpuSeconds() - begin;
  score.geocoder_mib = ResidentMib() - empty;
  const double asked = ThreadCpuSeconds();
  for (const std::string& text : texts) geocoder.Geocode({.address = text});
  score.answer_us =
      1e6 * (ThreadCpuSeconds() - asked) / static_cast<double>(std::max<std::size_t>(1, texts.size()));
  return score;
}

}  // namespace lagesbild::tools::bench
