#include "geo/address_style.h"

#include <algorithm>
#include <array>

#include "geo/street_words.h"

namespace lagesbild::geo {
namespace {

// The tables are our own; what is abbreviated how: geocoding.md section 4.2.

/// On the last word, as its end ("vallg.") or as a word of its own ("lilla t.").
constexpr std::array<Abbreviation, 18> kSwedishSuffixes{{{"g", "gatan"},
                                                         {"g", "gata"},
                                                         {"gat", "gatan"},
                                                         {"gat", "gata"},
                                                         {"v", "vägen"},
                                                         {"v", "väg"},
                                                         {"väg", "vägen"},
                                                         {"vg", "vägen"},
                                                         {"gr", "gränd"},
                                                         {"gr", "gränden"},
                                                         {"pl", "plats"},
                                                         {"pl", "platsen"},
                                                         {"st", "stigen"},
                                                         {"st", "stig"},
                                                         {"t", "torg"},
                                                         {"t", "torget"},
                                                         {"tg", "torg"},
                                                         {"tg", "torget"}}};

/// The whole first word, its dot taken away.
constexpr std::array<Abbreviation, 20> kSwedishPrefixes{
    {{"n", "norra"},   {"n:a", "norra"}, {"s", "södra"},     {"s:a", "södra"},  {"ö", "östra"},
     {"ö:a", "östra"}, {"v", "västra"},  {"v:a", "västra"},  {"st", "stora"},   {"st:a", "stora"},
     {"l", "lilla"},   {"l:a", "lilla"}, {"g", "gamla"},     {"g:la", "gamla"}, {"gla", "gamla"},
     {"s:t", "sankt"}, {"st", "sankt"},  {"s:ta", "sankta"}, {"k", "kyrko"},    {"öv", "övre"}}};

/// "vei" and "veg" are two spellings of one word, and people write either.
constexpr std::array<Abbreviation, 16> kNorwegianSuffixes{{{"gt", "gate"},
                                                           {"gt", "gata"},
                                                           {"g", "gate"},
                                                           {"g", "gata"},
                                                           {"gata", "gate"},
                                                           {"vn", "veien"},
                                                           {"vn", "vegen"},
                                                           {"v", "vei"},
                                                           {"v", "veg"},
                                                           {"v", "veien"},
                                                           {"v", "vegen"},
                                                           {"vei", "veg"},
                                                           {"veien", "vegen"},
                                                           {"pl", "plass"},
                                                           {"pl", "plassen"},
                                                           {"allé", "alle"}}};

constexpr std::array<Abbreviation, 13> kNorwegianPrefixes{{{"n", "nordre"},
                                                           {"n", "nedre"},
                                                           {"ndr", "nordre"},
                                                           {"s", "søndre"},
                                                           {"s", "søre"},
                                                           {"sdr", "søndre"},
                                                           {"ø", "østre"},
                                                           {"ø", "øvre"},
                                                           {"v", "vestre"},
                                                           {"st", "store"},
                                                           {"st", "sankt"},
                                                           {"l", "lille"},
                                                           {"g", "gamle"}}};

constexpr std::array<Abbreviation, 32> kUsStreetTypes{
    {{"st", "street"},       {"str", "street"},    {"sts", "street"},  {"ave", "avenue"},
     {"av", "avenue"},       {"aven", "avenue"},   {"rd", "road"},     {"ln", "lane"},
     {"blvd", "boulevard"},  {"bl", "boulevard"},  {"pl", "place"},    {"dr", "drive"},
     {"ter", "terrace"},     {"terr", "terrace"},  {"ct", "court"},    {"cir", "circle"},
     {"sq", "square"},       {"pkwy", "parkway"},  {"pky", "parkway"}, {"pk", "pike"},
     {"wy", "way"},          {"wlk", "walk"},      {"aly", "alley"},   {"hwy", "highway"},
     {"expy", "expressway"}, {"cres", "crescent"}, {"plz", "plaza"},   {"trl", "trail"},
     {"brg", "bridge"},      {"mews", "mews"},     {"row", "row"},     {"way", "way"}}};

constexpr std::array<Abbreviation, 16> kUsDirections{{{"n", "north"},
                                                      {"no", "north"},
                                                      {"s", "south"},
                                                      {"so", "south"},
                                                      {"e", "east"},
                                                      {"w", "west"},
                                                      {"ne", "northeast"},
                                                      {"nw", "northwest"},
                                                      {"se", "southeast"},
                                                      {"sw", "southwest"},
                                                      {"st", "saint"},
                                                      {"mt", "mount"},
                                                      {"ft", "fort"},
                                                      {"dr", "doctor"},
                                                      {"mlk", "martin luther king"},
                                                      {"u", "upper"}}};

constexpr std::array<Abbreviation, 12> kEnglishOrdinals{{{"first", "1st"},
                                                         {"second", "2nd"},
                                                         {"third", "3rd"},
                                                         {"fourth", "4th"},
                                                         {"fifth", "5th"},
                                                         {"sixth", "6th"},
                                                         {"seventh", "7th"},
                                                         {"eighth", "8th"},
                                                         {"ninth", "9th"},
                                                         {"tenth", "10th"},
                                                         {"eleventh", "11th"},
                                                         {"twelfth", "12th"}}};

constexpr std::array<std::string_view, 5> kBlockWords{"block", "blk", "blck", "blocks", "of"};

constexpr std::array<std::string_view, 35> kSwedishTypes{
    "esplanaden", "promenaden", "terrassen", "platsen", "granden", "slingan", "stranden", "gatan", "vagen",
    "stigen",     "torget",     "backen",    "gangen",  "parken",  "ringen",  "hojden",   "kajen", "leden",
    "allen",      "plats",      "grand",     "slinga",  "planen",  "gata",    "stig",     "torg",  "gang",
    "park",       "alle",       "plan",      "vag",     "led",     "kaj",     "grind",    "bro"};
constexpr std::array<std::string_view, 13> kSwedishOpposites{"norra", "sodra", "ostra",    "vastra", "ovre",
                                                             "nedre", "stora", "lilla",    "gamla",  "nya",
                                                             "inre",  "yttre", "mellersta"};

constexpr std::array<std::string_view, 34> kNorwegianTypes{
    "svingen", "plassen", "jordet", "bakken", "grenda", "haugen", "kroken", "lunden", "ringen",
    "alleen",  "hagen",   "toppen", "sletta", "dalen",  "gaten",  "plass",  "stien",  "torget",
    "tunet",   "vegen",   "veien",  "asen",   "gata",   "gate",   "moen",   "enga",   "torg",
    "alle",    "myra",    "veg",    "vei",    "lia",    "sti",    "bro"};
constexpr std::array<std::string_view, 11> kNorwegianOpposites{
    "nordre", "sondre", "sore", "ostre", "vestre", "ovre", "nedre", "store", "lille", "gamle", "nye"};

constexpr std::array<std::string_view, 8> kUsOpposites{"north",     "south",     "east",      "west",
                                                       "northeast", "northwest", "southeast", "southwest"};
constexpr std::array<std::string_view, 8> kUsRemarks{"apt",   "unit", "rear", "fl",
                                                     "floor", "ste",  "room", "lot"};

constexpr std::array<std::string_view, 2> kSwedishCountries{"SE", "S"}, kNorwegianCountries{"NO", "N"};

constexpr std::array<AddressStyle, 3> kStyles{{
    {.code = "sv",
     .prefixes = kSwedishPrefixes,
     .suffixes = kSwedishSuffixes,
     .types = kSwedishTypes,
     .opposites = kSwedishOpposites,
     .words = kSwedishWords,
     .postcode_countries = kSwedishCountries,
     .clutter = &kSwedishClutter,
     .crossings = &kSwedishCrossings},
    {.code = "no",
     .prefixes = kNorwegianPrefixes,
     .suffixes = kNorwegianSuffixes,
     .types = kNorwegianTypes,
     .opposites = kNorwegianOpposites,
     .default_gap_share = 0.7,
     .default_end_m = 325,
     .postcode_digits = 4,
     .postcode_from_zero = true,
     .postcode_countries = kNorwegianCountries,
     .clutter = &kNorwegianClutter,
     .crossings = &kNorwegianCrossings},
    {.code = "us-block",
     .prefixes = kUsDirections,
     .suffixes = kUsStreetTypes,
     .compounds = false,
     .ordinals = kEnglishOrdinals,
     .number_first = true,
     .block_words = kBlockWords,
     .block_size = 100,
     .opposites = kUsOpposites,
     .nordic_texts = false,
     .remarks = kUsRemarks,
     .postcode_from_zero = true,
     .crossings = &kEnglishCrossings},
}};

}  // namespace

const AddressStyle* FindAddressStyle(std::string_view code) {
  const auto* const found = std::find_if(kStyles.begin(), kStyles.end(),
                                         [&](const AddressStyle& style) { return style.code == code; });
  return found == kStyles.end() ? nullptr : found;
}

bool IsStreetWord(std::string_view stem, const AddressStyle& style) {
  const auto known = [&](std::string_view word) {
    return std::binary_search(style.words.begin(), style.words.end(), word);
  };
  return known(stem) || (stem.size() > 3 && stem.back() == 's' && known(stem.substr(0, stem.size() - 1)));
}

std::string_view AddressStyleCodes() { return "sv, no, us-block"; }

const AddressStyle& SwedishAddressStyle() { return kStyles.front(); }

}  // namespace lagesbild::geo
