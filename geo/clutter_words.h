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
  /// A shop, an eating place, a school: "Storgatan 12, Pizzeria Napoli" names no town. As first word, or
  /// `trades` as last word too; `trade_endings` end words of one piece.
  std::span<const std::string_view> establishments = {}, trades = {}, trade_endings = {};
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

inline constexpr auto kSwedishEstablishments = std::to_array<std::string_view>({"box",
                                                                                "ica",
                                                                                "coop",
                                                                                "konsum",
                                                                                "willys",
                                                                                "hemköp",
                                                                                "lidl",
                                                                                "tempo",
                                                                                "matöppet",
                                                                                "systembolaget",
                                                                                "apoteket",
                                                                                "kronans",
                                                                                "ok",
                                                                                "okq8",
                                                                                "okq",
                                                                                "circle",
                                                                                "preem",
                                                                                "st1",
                                                                                "ingo",
                                                                                "qstar",
                                                                                "shell",
                                                                                "swedbank",
                                                                                "handelsbanken",
                                                                                "nordea",
                                                                                "seb",
                                                                                "skola",
                                                                                "skolan",
                                                                                "förskola",
                                                                                "förskolan",
                                                                                "friskola",
                                                                                "friskolan",
                                                                                "gymnasiet",
                                                                                "dagis",
                                                                                "fritids",
                                                                                "kyrka",
                                                                                "kyrkan",
                                                                                "församlingshemmet",
                                                                                "pingstkyrkan",
                                                                                "vårdcentral",
                                                                                "vårdcentralen",
                                                                                "folktandvården",
                                                                                "polisen",
                                                                                "polisstationen",
                                                                                "brandstationen",
                                                                                "stationen",
                                                                                "busstationen",
                                                                                "resecentrum",
                                                                                "biblioteket",
                                                                                "simhallen",
                                                                                "ishallen",
                                                                                "sporthallen",
                                                                                "idrottshallen",
                                                                                "bygdegården",
                                                                                "hembygdsgården",
                                                                                "fritidsgården",
                                                                                "folkets",
                                                                                "ungdomens",
                                                                                "brf",
                                                                                "hsb",
                                                                                "hvb",
                                                                                "äldreboende",
                                                                                "äldreboendet",
                                                                                "servicehuset",
                                                                                "kommunhuset",
                                                                                "medborgarhuset",
                                                                                "entré",
                                                                                "lokal",
                                                                                "mcdonald's",
                                                                                "max",
                                                                                "pressbyrån",
                                                                                "biltema",
                                                                                "dollarstore"});
inline constexpr auto kSwedishTrades = std::to_array<std::string_view>(
    {"pizzeria",        "restaurang", "café",   "cafe",    "kafé",        "kafe",     "konditori",
     "bageri",          "krog",       "bar",    "pub",     "kiosk",       "grill",    "gatukök",
     "butik",           "affär",      "frisör", "salong",  "hotell",      "hotel",    "gym",
     "loppis",          "tobak",      "livs",   "blommor", "bilverkstad", "verkstad", "bilservice",
     "begravningsbyrå", "tandläkare", "apotek", "bank",    "ab",          "hb",       "kb",
     "sushi",           "kebab"});
inline constexpr auto kSwedishTradeEndings =
    std::to_array<std::string_view>({"affären", "butiken", "pizzerian", "kiosken", "grillen", "krogen",
                                     "salongen", "macken", "restaurangen", "caféet", "kaféet", "konditoriet",
                                     "bageriet", "verkstaden", "skolan", "puben", "gatuköket", "hotellet"});

inline constexpr std::array<std::string_view, 22> kNorwegianUnits{
    "leil",       "leilighet", "leilighetsnr", "leilighetsnummer",
    "lgh",        "bolig",     "bolignr",      "bolignummer",
    "bruksenhet", "hybel",     "seksjon",      "snr",
    "oppg",       "oppgang",   "inng",         "inngang",
    "dør",        "port",      "blokk",        "trapp",
    "etg",        "etasje"};
inline constexpr auto kNorwegianEstablishments = std::to_array<std::string_view>(
    {"rema",         "kiwi",         "coop",     "meny",         "joker",           "spar",
     "bunnpris",     "extra",        "obs",      "vinmonopolet", "apotek",          "circle",
     "esso",         "shell",        "yx",       "skole",        "skolen",          "barnehage",
     "barnehagen",   "kirke",        "kirken",   "biblioteket",  "politistasjonen", "stasjonen",
     "legesenteret", "borettslaget", "narvesen", "mix"});
inline constexpr auto kNorwegianTrades = std::to_array<std::string_view>(
    {"pizzeria", "restaurant",  "kafé",        "kafe",   "kro",    "bar",    "pub",
     "kiosk",    "gatekjøkken", "butikk",      "frisør", "salong", "hotell", "hotel",
     "bakeri",   "verksted",    "bilverksted", "as",     "ans",    "bank"});
inline constexpr auto kNorwegianTradeEndings =
    std::to_array<std::string_view>({"butikken", "pizzeriaen", "kiosken", "restauranten", "kafeen",
                                     "salongen", "skolen", "verkstedet", "hotellet"});

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

inline constexpr ClutterWords kSwedishClutter{clutter::kSwedishUnits,          clutter::kSwedishFloors,
                                              clutter::kSwedishGroundFloors,   clutter::kSwedishParts,
                                              clutter::kSwedishRelations,      clutter::kSwedishPhrases,
                                              clutter::kSwedishFillers,        clutter::kSwedishPrepositions,
                                              clutter::kSwedishNumberWords,    "",
                                              clutter::kSwedishEstablishments, clutter::kSwedishTrades,
                                              clutter::kSwedishTradeEndings};
inline constexpr ClutterWords kNorwegianClutter{
    clutter::kNorwegianUnits,          clutter::kNorwegianFloors,
    clutter::kNorwegianGroundFloors,   clutter::kNorwegianParts,
    clutter::kNorwegianRelations,      clutter::kNorwegianPhrases,
    clutter::kNorwegianFillers,        clutter::kNorwegianPrepositions,
    clutter::kNorwegianNumberWords,    "hklu",
    clutter::kNorwegianEstablishments, clutter::kNorwegianTrades,
    clutter::kNorwegianTradeEndings};
inline constexpr ClutterWords kNoClutter{};

}  // namespace lagesbild::geo
