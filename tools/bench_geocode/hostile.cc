#include "tools/bench_geocode/hostile.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tools/bench_geocode/score.h"
#include "tools/bench_geocode/speed.h"
#include "tools/demo_data/random.h"

namespace lagesbild::tools::bench {
namespace {

std::string Repeated(const std::string& part, std::size_t size) {
  std::string text;
  while (text.size() < size) text += part;
  return text;
}

/// Each token to the length of a line, of a page and of the longest text that is promised.
void AddTokens(std::vector<HostileText>& texts) {
  for (const char* token :
       {".",        "g. ",  "st. ",  "12A ", "väg ", "norra ", "hörnet ",     "1-2 ",          "c/o ",
        "\xCC\x81", "\t",   "\n",    "å",    "1:1 ", "ab ",    "aaaa ",       "12, ",          "21145 ",
        "g/v/t ",   "och ", "gatan", "vid ", "lgh ", "(",      "korsningen ", "hörnet av och "})
    for (const std::size_t bytes : {200U, 2000U, 10000U})
      texts.push_back({std::string(token) + " to " + std::to_string(bytes), Repeated(token, bytes)});
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

}  // namespace

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
  AddTokens(texts);
  // Real names in a row name places indeed, but no one place.
  std::string names, numbered, joined, crossings, misspelt;
  for (std::size_t i = 0; i < gazetteer.addresses.size() && names.size() < kLong;
       i += std::max<std::size_t>(1, gazetteer.addresses.size() / 997)) {
    names += gazetteer.addresses[i].area + " ";
    joined += gazetteer.addresses[i].area;
    crossings += gazetteer.addresses[i].area + "/";
    misspelt += gazetteer.addresses[i].area.substr(1) + " 12 ";
    numbered += gazetteer.addresses[i].area + " " + std::to_string(gazetteer.addresses[i].number) + " ";
  }
  texts.push_back({"street names in a row", names});
  texts.push_back({"addresses in a row", numbered});
  for (const std::string& heap : {joined, crossings, misspelt})
    for (const std::size_t bytes : {300U, 3000U, 10000U})
      texts.push_back({"heap of names", heap.substr(0, bytes)});
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
  score.p50_ms = Quantile(times, 0.5);
  score.p99_ms = Quantile(std::move(times), 0.99);
  return score;
}

void PrintHostile(BenchReport& report, const HostileScore& score) {
  report.Begin("hostile", "Texter som inte är adresser", "Texts that are no addresses",
               {{"text_count", "texter", "texts"},
                {"placed_count", "lagda", "placed"},
                {"without_fault_count", "utan angivet fel", "without a fault"},
                {"p50_ms", "p50 ms", "p50 ms"},
                {"p99_ms", "p99 ms", "p99 ms"},
                {"most_ms", "störst ms", "most ms"},
                {"slowest", "långsammast", "slowest"}});
  report.Row({report.Count(score.texts), report.Count(score.placed), report.Count(score.without_fault),
              report.Number(score.p50_ms, 3), report.Number(score.p99_ms, 3), report.Number(score.most_ms, 3),
              report.Text(score.slowest)});
}

}  // namespace lagesbild::tools::bench
