#pragma once

#include <array>
#include <span>
#include <string_view>

namespace lagesbild::geo {

/// Words of a place text that say nothing of where the place lies, or only that it lies beside what is
/// named. Lower case. A language is a row of data.
struct ClutterWords {
  /// Followed by a number or a letter: "lgh 1102", "uppg. B", "port 3".
  std::span<const std::string_view> units;
  std::span<const std::string_view> floors;         ///< after a number or before one: "2 tr", "2. etg"
  std::span<const std::string_view> ground_floors;  ///< alone
  std::span<const std::string_view> parts_of_buildings;
  std::span<const std::string_view> relations;         ///< "vid", "bakom"
  std::span<const std::string_view> relation_phrases;  ///< of several words: "i närheten av"
  std::span<const std::string_view> fillers;           ///< may stand before a relation: "strax"
  std::span<const std::string_view> prepositions;      ///< may begin a text: "på Storgatan 12"
  std::span<const std::string_view> number_words;      ///< before the house number: "nr"
  /// Letters that begin a flat's number of four digits: "H0203". Empty: there are no such.
  std::string_view flat_letters;
};

/// Whether the word is one of these. Most are not by length or first letter alone.
inline bool IsAmong(std::string_view word, std::span<const std::string_view> words) {
  if (word.empty()) return false;
  for (const std::string_view w : words)
    if (w.size() == word.size() && w[0] == word[0] && w == word) return true;
  return false;
}

namespace clutter {

inline constexpr std::array<std::string_view, 15> kSwedishUnits{
    "lgh",  "lägenhet", "lägenhetsnr", "lägenhetsnummer", "uppg",  "upg", "uppgång", "trapphus",
    "port", "ingång",   "ing",         "entré",           "entre", "vån", "våning"};
inline constexpr std::array<std::string_view, 3> kSwedishFloors{"tr", "trappor", "trappa"};
inline constexpr std::array<std::string_view, 2> kSwedishGroundFloors{"bv", "nb"};
inline constexpr std::array<std::string_view, 38> kSwedishParts{"källare",
                                                                "källaren",
                                                                "källargången",
                                                                "vinden",
                                                                "trapphuset",
                                                                "trappuppgången",
                                                                "porten",
                                                                "ingången",
                                                                "entrén",
                                                                "entren",
                                                                "huvudentrén",
                                                                "baksidan",
                                                                "baksida",
                                                                "framsidan",
                                                                "gården",
                                                                "innergården",
                                                                "bakgården",
                                                                "skolgården",
                                                                "parkering",
                                                                "parkeringen",
                                                                "parkeringsplatsen",
                                                                "p-platsen",
                                                                "garaget",
                                                                "tvättstugan",
                                                                "soprummet",
                                                                "förrådet",
                                                                "cykelförrådet",
                                                                "cykelstället",
                                                                "lekplatsen",
                                                                "matsalen",
                                                                "aulan",
                                                                "korridoren",
                                                                "klassrummet",
                                                                "omklädningsrummet",
                                                                "toaletten",
                                                                "kapprummet",
                                                                "busshållplatsen",
                                                                "hissen"};
inline constexpr std::array<std::string_view, 15> kSwedishRelations{
    "utanför", "vid",  "bakom", "mittemot", "nära",   "framför", "intill",  "invid",
    "bredvid", "runt", "kring", "omkring",  "bortom", "ovanför", "nedanför"};
inline constexpr std::array<std::string_view, 5> kSwedishPhrases{"mitt emot", "mitt för", "i närheten av",
                                                                 "i anslutning till", "i höjd med"};
inline constexpr std::array<std::string_view, 8> kSwedishFillers{"strax",  "precis", "alldeles", "rakt",
                                                                 "direkt", "ute",    "inne",     "uppe"};
inline constexpr std::array<std::string_view, 4> kSwedishPrepositions{"på", "i", "hos", "inom"};
inline constexpr std::array<std::string_view, 3> kSwedishNumberWords{"nr", "nummer", "no"};

inline constexpr std::array<std::string_view, 22> kNorwegianUnits{
    "leil",       "leilighet", "leilighetsnr", "leilighetsnummer",
    "lgh",        "bolig",     "bolignr",      "bolignummer",
    "bruksenhet", "hybel",     "seksjon",      "snr",
    "oppg",       "oppgang",   "inng",         "inngang",
    "dør",        "port",      "blokk",        "trapp",
    "etg",        "etasje"};
inline constexpr std::array<std::string_view, 5> kNorwegianFloors{"etg", "etasje", "etasjen", "tr", "trapp"};
inline constexpr std::array<std::string_view, 6> kNorwegianGroundFloors{
    "sokkel", "sokkeletasje", "underetasje", "underetasjen", "u.etg", "hovedetasje"};
inline constexpr std::array<std::string_view, 34> kNorwegianParts{"kjeller",
                                                                  "kjelleren",
                                                                  "loft",
                                                                  "loftet",
                                                                  "trappeoppgangen",
                                                                  "trapperommet",
                                                                  "trappegangen",
                                                                  "oppgangen",
                                                                  "porten",
                                                                  "inngangen",
                                                                  "inngangspartiet",
                                                                  "hovedinngangen",
                                                                  "baksiden",
                                                                  "framsiden",
                                                                  "forsiden",
                                                                  "gården",
                                                                  "bakgården",
                                                                  "gårdsplassen",
                                                                  "skolegården",
                                                                  "parkering",
                                                                  "parkeringen",
                                                                  "parkeringsplassen",
                                                                  "p-plassen",
                                                                  "garasjen",
                                                                  "garasjeanlegget",
                                                                  "vaskekjelleren",
                                                                  "søppelrommet",
                                                                  "boden",
                                                                  "sykkelboden",
                                                                  "sykkelparkeringen",
                                                                  "lekeplassen",
                                                                  "gangen",
                                                                  "klasserommet",
                                                                  "heisen"};
inline constexpr std::array<std::string_view, 17> kNorwegianRelations{
    "utenfor", "ved",     "bak",       "foran",   "overfor",  "nær",     "nærme",    "inntil", "innved",
    "rundt",   "omkring", "bortenfor", "ovenfor", "nedenfor", "nedafor", "midtimot", "attmed"};
inline constexpr std::array<std::string_view, 7> kNorwegianPhrases{
    "i nærheten av",     "i nærleiken av", "ved siden av", "i tilknytning til",
    "i forbindelse med", "på høyde med",   "midt imot"};
inline constexpr std::array<std::string_view, 8> kNorwegianFillers{"like", "rett", "akkurat", "direkte",
                                                                   "ute",  "inne", "oppe",    "nede"};
inline constexpr std::array<std::string_view, 4> kNorwegianPrepositions{"på", "i", "hos", "innen"};
inline constexpr std::array<std::string_view, 4> kNorwegianNumberWords{"nr", "nummer", "no", "hus"};

}  // namespace clutter

inline constexpr ClutterWords kSwedishClutter{clutter::kSwedishUnits,        clutter::kSwedishFloors,
                                              clutter::kSwedishGroundFloors, clutter::kSwedishParts,
                                              clutter::kSwedishRelations,    clutter::kSwedishPhrases,
                                              clutter::kSwedishFillers,      clutter::kSwedishPrepositions,
                                              clutter::kSwedishNumberWords,  ""};
inline constexpr ClutterWords kNorwegianClutter{
    clutter::kNorwegianUnits,        clutter::kNorwegianFloors,
    clutter::kNorwegianGroundFloors, clutter::kNorwegianParts,
    clutter::kNorwegianRelations,    clutter::kNorwegianPhrases,
    clutter::kNorwegianFillers,      clutter::kNorwegianPrepositions,
    clutter::kNorwegianNumberWords,  "hklu"};
inline constexpr ClutterWords kNoClutter{};

}  // namespace lagesbild::geo
