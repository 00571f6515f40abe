#pragma once

#include <array>
#include <span>
#include <string_view>

namespace lagesbild::geo {

/// How a text says that two streets meet. Lower case, without dots. A language is a row of data.
struct CrossingWords {
  /// "korsningen", "hörnet": two streets follow, whatever stands between them.
  std::span<const std::string_view> openers;
  /// May stand between such a word and the first street: "mellan", "av".
  std::span<const std::string_view> between;
  /// Between the streets. Without an opener such a word says so only where streets stand on either side of it
  /// and nothing else is left.
  std::span<const std::string_view> connectors;
  /// Connectors that may as well say where a street is: "Storgatan vid torget".
  std::span<const std::string_view> beside;
};

namespace crossing_words {

inline constexpr std::array<std::string_view, 28> kSwedishOpeners{"korsning",
                                                                  "hörnan",
                                                                  "gathörnan",
                                                                  "korsningen",
                                                                  "korsn",
                                                                  "gatukorsning",
                                                                  "gatukorsningen",
                                                                  "vägkorsning",
                                                                  "vägkorsningen",
                                                                  "gathörn",
                                                                  "gathörnet",
                                                                  "gatuhörn",
                                                                  "gatuhörnet",
                                                                  "hörn",
                                                                  "hörnet",
                                                                  "vägskäl",
                                                                  "vägskälet",
                                                                  "rondell",
                                                                  "rondellen",
                                                                  "cirkulationsplats",
                                                                  "cirkulationsplatsen",
                                                                  "trevägskorsningen",
                                                                  "fyrvägskorsningen",
                                                                  "hornet",
                                                                  "gathornet",
                                                                  "vagkorsningen",
                                                                  "vagskalet",
                                                                  "korset"};
inline constexpr std::array<std::string_view, 5> kSwedishBetween{"av", "mellan", "vid", "i", "på"};
inline constexpr std::array<std::string_view, 8> kSwedishConnectors{"och",   "samt", "med", "mot",
                                                                    "möter", "x",    "o",   "×"};
inline constexpr std::array<std::string_view, 4> kSwedishBeside{"vid", "nära", "intill", "invid"};

inline constexpr std::array<std::string_view, 20> kNorwegianOpeners{
    "kryss",       "krysset",     "veikryss",      "veikrysset",   "vegkryss",    "vegkrysset", "gatekryss",
    "gatekrysset", "hjørne",      "hjørnet",       "gatehjørne",   "gatehjørnet", "hjornet",    "hjoernet",
    "gatehjornet", "rundkjøring", "rundkjøringen", "rundkjøringa", "krysningen",  "veidelet"};
inline constexpr std::array<std::string_view, 6> kNorwegianBetween{"av", "mellom", "ved", "i", "på", "til"};
inline constexpr std::array<std::string_view, 8> kNorwegianConnectors{"og",    "samt", "med", "mot",
                                                                      "møter", "x",    "o",   "×"};
inline constexpr std::array<std::string_view, 4> kNorwegianBeside{"ved", "nær", "inntil", "innved"};

inline constexpr std::array<std::string_view, 4> kEnglishOpeners{"corner", "intersection", "crossing",
                                                                 "junction"};
inline constexpr std::array<std::string_view, 5> kEnglishBetween{"of", "the", "at", "between", "near"};
inline constexpr std::array<std::string_view, 6> kEnglishConnectors{"and", "at", "with", "x", "meets", "×"};
inline constexpr std::array<std::string_view, 1> kEnglishBeside{"near"};

}  // namespace crossing_words

inline constexpr CrossingWords kSwedishCrossings{
    crossing_words::kSwedishOpeners, crossing_words::kSwedishBetween, crossing_words::kSwedishConnectors,
    crossing_words::kSwedishBeside};
inline constexpr CrossingWords kNorwegianCrossings{
    crossing_words::kNorwegianOpeners, crossing_words::kNorwegianBetween,
    crossing_words::kNorwegianConnectors, crossing_words::kNorwegianBeside};
inline constexpr CrossingWords kEnglishCrossings{
    crossing_words::kEnglishOpeners, crossing_words::kEnglishBetween, crossing_words::kEnglishConnectors,
    crossing_words::kEnglishBeside};

}  // namespace lagesbild::geo
