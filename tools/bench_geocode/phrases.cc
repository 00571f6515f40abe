#include "tools/bench_geocode/phrases.h"

#include <array>
#include <cstdio>
#include <string_view>

#include "tools/bench_geocode/wordings.h"

namespace lagesbild::tools::bench {
namespace {

template <std::size_t N>
const char* OneOf(const std::array<const char*, N>& words, Rng& rng) {
  return words[rng.Index(N)];
}

std::string Two(int value) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%02d", value);
  return text.data();
}

std::string Date(WritingLanguage language, Rng& rng) {
  static constexpr std::array<const char*, 12> kMonths = {"januari",   "februari", "mars",     "april",
                                                          "maj",       "juni",     "juli",     "augusti",
                                                          "september", "oktober",  "november", "december"};
  static constexpr std::array<const char*, 12> kNorwegian = {"januar",    "februar", "mars",     "april",
                                                             "mai",       "juni",    "juli",     "august",
                                                             "september", "oktober", "november", "desember"};
  const int day = rng.Int(1, 28), month = rng.Int(1, 12), year = rng.Int(2023, 2026);
  const auto m = static_cast<std::size_t>(month - 1);
  const bool swedish = language == WritingLanguage::kSwedish;
  switch (rng.Int(0, 4)) {
    case 0:
      return std::to_string(year) + "-" + Two(month) + "-" + Two(day);
    case 1:
      return std::to_string(day) + "/" + std::to_string(month);
    case 2:
      return std::to_string(day) + (swedish ? " " : ". ") + (swedish ? kMonths[m] : kNorwegian[m]);
    case 3:
      return std::to_string(day) + (swedish ? " " : ". ") + (swedish ? kMonths[m] : kNorwegian[m]) + " " +
             std::to_string(year);
    default:
      return Two(year % 100) + Two(month) + Two(day);
  }
}

std::string Time(Rng& rng) {
  const std::string hour = Two(rng.Int(0, 23)), minute = Two(5 * rng.Int(0, 11));
  static constexpr std::array<const char*, 3> kBetween = {":", ".", ""};
  return hour + OneOf(kBetween, rng) + minute;
}

std::string Plate(Rng& rng) {
  static constexpr std::string_view kLetters = "ABCDEFGHJKLMNOPRSTUWXYZ";
  std::string plate;
  for (int i = 0; i < 3; ++i) plate += kLetters[rng.Index(kLetters.size())];
  if (rng.Chance(0.5)) plate += " ";
  plate += std::to_string(rng.Int(10, 99));
  plate += rng.Chance(0.3) ? kLetters[rng.Index(kLetters.size())] : static_cast<char>('0' + rng.Int(0, 9));
  return plate;
}

std::string Slot(char slot, WritingLanguage language, Rng& rng) {
  static constexpr std::array<const char*, 10> kSurnames = {
      "Andersson", "Berg", "Lindqvist", "Nilsson", "Ek", "Hansen", "Olsen", "Sjöberg", "Lund", "Holm"};
  switch (slot) {
    case 'd':
      return Date(language, rng);
    case 't':
      return Time(rng);
    case 'p':
      return Plate(rng);
    case 'm':
      return std::to_string(10 * rng.Int(2, 40));
    case 'n':
      return std::to_string(rng.Int(2, 9));
    case 'y':
      return std::to_string(rng.Int(11, 67));
    case 'c':
      return std::to_string(rng.Int(1000, 9899));
    case 'l':
      return std::to_string(rng.Int(10, 16)) + Two(rng.Int(1, 9));
    case 'k':
      return std::string(1, static_cast<char>('A' + rng.Int(0, 5)));
    default:
      return OneOf(kSurnames, rng);
  }
}

std::string Filled(std::string_view wording, const std::string& a, const std::string& b,
                   WritingLanguage language, Rng& rng) {
  std::string text;
  for (std::size_t i = 0; i < wording.size(); ++i) {
    if (wording[i] != '{') {
      text += wording[i];
      continue;
    }
    const char slot = wording[i + 1];
    text += slot == 'a' ? a : slot == 'b' ? b : Slot(slot, language, rng);
    i += 2;
  }
  return text;
}

}  // namespace

std::string WithClutter(const std::string& address, WritingLanguage language, QuerySet set, Rng& rng) {
  std::string text = address;
  const bool before = rng.Chance(0.4);
  if (before)
    text = Filled(rng.Pick(WordingsOf(Wording::kBefore, language, set)), "", "", language, rng) + text;
  const int behind = before ? rng.Int(0, 1) : rng.Int(1, 2);
  for (int i = 0; i < behind; ++i)
    text += Filled(rng.Pick(WordingsOf(Wording::kBehind, language, set)), "", "", language, rng);
  return text;
}

std::string InSentence(const std::string& address, WritingLanguage language, QuerySet set, Rng& rng) {
  return Filled(rng.Pick(WordingsOf(Wording::kSentences, language, set)), address, "", language, rng);
}

std::string NumberInOtherWords(const std::string& number, QuerySet set, Rng& rng) {
  static constexpr std::array<const char*, 3> kDev = {" nr ", ", ", "  "};
  static constexpr std::array<const char*, 3> kHeld = {" nr. ", " nummer ", ","};
  return OneOf(set == QuerySet::kDev ? kDev : kHeld, rng) + number;
}

std::string SentenceWithoutPlace(WritingLanguage language, QuerySet set, Rng& rng) {
  return Filled(rng.Pick(WordingsOf(Wording::kPlaceless, language, set)), "", "", language, rng);
}

std::string AsCrossing(const std::string& a, const std::string& b, WritingLanguage language, QuerySet set,
                       Rng& rng) {
  return Filled(rng.Pick(WordingsOf(Wording::kCrossings, language, set)), a, b, language, rng);
}

}  // namespace lagesbild::tools::bench
