#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "geo/road_search.h"

namespace lagesbild::geo {
namespace {

std::string_view WithoutDot(std::string_view word) {
  while (!word.empty() && (word.back() == '.' || word.back() == ',')) word.remove_suffix(1);
  return word;
}

constexpr std::array<std::pair<std::string_view, double>, 10> kUnits{{{"m", 1},
                                                                      {"meter", 1},
                                                                      {"metrar", 1},
                                                                      {"km", 1000},
                                                                      {"kilometer", 1000},
                                                                      {"mil", 10000},
                                                                      {"hundra", 100},
                                                                      {"metres", 1},
                                                                      {"mtr", 1},
                                                                      {"kilometers", 1000}}};

constexpr std::array<std::pair<std::string_view, double>, 8> kBearings{{{"nordost", 45},
                                                                        {"nordväst", 315},
                                                                        {"sydost", 135},
                                                                        {"sydväst", 225},
                                                                        {"norr", 0},
                                                                        {"söder", 180},
                                                                        {"öster", 90},
                                                                        {"väster", 270}}};

std::optional<double> UnitOf(std::string_view word) {
  for (const auto& [name, meters] : kUnits)
    if (WithoutDot(word) == name) return meters;
  return std::nullopt;
}

/// "norr", "norrut", "nordost".
std::optional<double> BearingOf(std::string_view word) {
  for (const auto& [name, degrees] : kBearings)
    if (word.starts_with(name) && word.size() <= name.size() + 2) return degrees;
  return std::nullopt;
}

}  // namespace

std::optional<OffsetPhrase> ReadOffset(const std::vector<Word>& words, std::size_t at) {
  constexpr std::array<std::string_view, 6> kAbout{"ca", "cirka", "ungefär", "omkring", "c:a", "typ"};
  constexpr std::array<std::string_view, 8> kOf{"om", "från",   "ifrån", "bort",
                                                "in", "längre", "efter", "fram"};
  const auto lower = [&](std::size_t i) {
    return i < words.size() ? std::string_view(words[i].lower) : std::string_view();
  };
  std::size_t i = at;
  bool said = std::find(kAbout.begin(), kAbout.end(), WithoutDot(lower(i))) != kAbout.end();
  if (said) ++i;
  std::string number(lower(i));
  std::replace(number.begin(), number.end(), ',', '.');
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc{} || value <= 0 || value > 9999) return std::nullopt;
  const std::string_view joined =
      std::string_view(number).substr(static_cast<std::size_t>(end - number.data()));
  std::optional<double> unit;
  if (joined.empty()) {
    unit = UnitOf(lower(i + 1));
    i += 2;
  } else {
    unit = UnitOf(joined);
    ++i;
  }
  if (!unit) return std::nullopt;
  OffsetPhrase phrase{value * *unit, std::nullopt, 0};
  phrase.bearing_deg = BearingOf(lower(i));
  if (phrase.bearing_deg) ++i;
  said = said || phrase.bearing_deg.has_value();
  for (; std::find(kOf.begin(), kOf.end(), lower(i)) != kOf.end(); ++i) said = true;
  if (!said) return std::nullopt;  // "5 m" is number 5, letter M
  phrase.words = i - at;
  return phrase;
}

}  // namespace lagesbild::geo
