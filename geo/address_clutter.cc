#include "geo/address_clutter.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "geo/road_search.h"

namespace lagesbild::geo {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view WithoutDot(std::string_view word) {
  while (!word.empty() && (word.back() == '.' || word.back() == ':')) word.remove_suffix(1);
  return word;
}

template <std::size_t n>
bool IsOneOf(std::string_view word, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), WithoutDot(word)) != words.end();
}

/// Followed by a number or a letter: "lgh 1102", "uppg. B", "port 3".
constexpr std::array<std::string_view, 15> kUnits{
    "lgh",  "lägenhet", "lägenhetsnr", "lägenhetsnummer", "uppg",  "upg", "uppgång", "trapphus",
    "port", "ingång",   "ing",         "entré",           "entre", "vån", "våning"};
constexpr std::array<std::string_view, 3> kStairs{"tr", "trappor", "trappa"};
constexpr std::array<std::string_view, 2> kGroundFloors{"bv", "nb"};
constexpr std::array<std::string_view, 38> kPartsOfBuildings{"källare",
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
constexpr std::array<std::string_view, 15> kRelations{"utanför", "vid",     "bakom",  "mittemot", "nära",
                                                      "framför", "intill",  "invid",  "bredvid",  "runt",
                                                      "kring",   "omkring", "bortom", "ovanför",  "nedanför"};
constexpr std::array<std::string_view, 8> kFillers{"strax",  "precis", "alldeles", "rakt",
                                                   "direkt", "ute",    "inne",     "uppe"};

/// "1102", "2b", "B": what may follow a unit word. Not "2:a" and no word of a name.
bool IsUnitValue(std::string_view word) {
  word = WithoutDot(word);
  const auto digits =
      static_cast<std::size_t>(std::find_if_not(word.begin(), word.end(), IsDigit) - word.begin());
  const std::string_view letters = word.substr(digits);
  if (digits > 5 || letters.size() > 1 || word.empty()) return false;
  return letters.empty() || (letters[0] >= 'a' && letters[0] <= 'z');
}

bool IsNumber(std::string_view word) {
  word = WithoutDot(word);
  return !word.empty() && word.size() <= 4 && std::all_of(word.begin(), word.end(), IsDigit);
}

/// "2tr", "2tr."
bool IsJoinedStairs(std::string_view word) {
  word = WithoutDot(word);
  return word.size() >= 3 && word.size() <= 4 && word.substr(word.size() - 2) == "tr" &&
         std::all_of(word.begin(), word.end() - 2, IsDigit);
}

/// Words from `at` that name a flat, a stair or a floor; 0 = none. `house_number`: one has already been seen,
/// so that "Storgatan 1 tr 2" keeps its 1.
std::size_t UnitLength(const std::vector<Word>& words, std::size_t at, bool house_number) {
  const auto lower = [&](std::size_t i) {
    return i < words.size() ? std::string_view(words[i].lower) : std::string_view();
  };
  if (IsOneOf(lower(at), kUnits)) {
    const std::size_t value = IsOneOf(lower(at + 1), std::array<std::string_view, 1>{"nr"}) ? at + 2 : at + 1;
    return IsUnitValue(lower(value)) ? value - at + 1 : 0;
  }
  if (IsNumber(lower(at)) && IsOneOf(lower(at + 1), kStairs) && (house_number || at == 0)) return 2;
  if (IsOneOf(lower(at), kStairs) && at > 0 && IsNumber(lower(at + 1))) return 2;
  if (IsJoinedStairs(lower(at))) return 1;
  return at > 0 && IsOneOf(lower(at), kGroundFloors) ? 1 : 0;
}

/// "m fl", "m.fl.", "mfl": and others.
std::size_t WithOthersLength(const std::vector<Word>& words, std::size_t at) {
  const std::string_view word = WithoutDot(words[at].lower);
  if (word == "mfl" || word == "m.fl") return 1;
  return word == "m" && at + 1 < words.size() && WithoutDot(words[at + 1].lower) == "fl" ? 2 : 0;
}

bool IsCareOf(std::string_view word) { return word.substr(0, 3) == "c/o"; }

/// "c/o Berg" to the end of the stretch goes; "c/o Berg Storgatan 12" keeps what may be the address.
void RemoveCareOf(AddressPart& part, FaultNotes& faults) {
  const auto found =
      std::find_if(part.words.begin(), part.words.end(), [](const Word& w) { return IsCareOf(w.lower); });
  if (found == part.words.end()) return;
  faults.Add("CO_REMOVED", found->at);
  if (found != part.words.begin()) {
    part.words.erase(found, part.words.end());
    return;
  }
  part.words.erase(found);
  const bool number =
      std::any_of(part.words.begin(), part.words.end(), [](const Word& w) { return IsDigit(w.lower[0]); });
  if (number)
    part.care_of = true;
  else
    part.words.clear();
}

void RemovePartsOfBuildings(AddressPart& part, FaultNotes& faults) {
  // A name may begin with such a word; only what follows a name, or stands alone, is clutter.
  std::size_t keep = part.words.size();
  while (keep > 0 && IsOneOf(part.words[keep - 1].lower, kPartsOfBuildings)) --keep;
  if (keep == part.words.size()) return;
  if (keep > 0 && (part.words[keep - 1].lower == "på" || part.words[keep - 1].lower == "i")) --keep;
  faults.Add("CLUTTER_REMOVED(part_of_building)", SpanOf(part.words, keep, part.words.size()));
  part.words.resize(keep);
}

/// "trapphuset Storgatan 12": but a village "Gården" keeps its name before its number.
void RemoveLeadingPart(AddressPart& part, FaultNotes& faults) {
  if (part.words.size() < 2 || !IsOneOf(part.words[0].lower, kPartsOfBuildings) ||
      IsDigit(part.words[1].lower[0]) || RelationLength(part.words, 1) > 0)
    return;
  faults.Add("CLUTTER_REMOVED(part_of_building)", part.words.front().at);
  part.words.erase(part.words.begin());
}

void RemoveLeadingPrepositions(AddressPart& part, FaultNotes& faults) {
  constexpr std::array<std::string_view, 4> kPrepositions{"på", "i", "hos", "inom"};
  while (part.words.size() > 1 && RelationLength(part.words, 0) == 0 &&
         (IsOneOf(part.words[0].lower, kPrepositions) || IsOneOf(part.words[0].lower, kFillers))) {
    faults.Add("CLUTTER_REMOVED(preposition)", part.words.front().at);
    part.words.erase(part.words.begin());
  }
}

}  // namespace

void AddFault(std::vector<std::string>& faults, const std::string& fault) {
  if (std::find(faults.begin(), faults.end(), fault) == faults.end()) faults.push_back(fault);
}

void RemoveClutter(AddressPart& part, FaultNotes& faults) {
  RemoveCareOf(part, faults);
  std::vector<Word> kept;
  for (std::size_t i = 0; i < part.words.size();) {
    const bool house_number =
        std::any_of(kept.begin(), kept.end(), [](const Word& w) { return IsDigit(w.lower[0]); });
    if (const std::size_t unit = UnitLength(part.words, i, house_number); unit > 0) {
      faults.Add("UNIT_REMOVED", SpanOf(part.words, i, i + unit));
      i += unit;
    } else if (const auto offset = ReadOffset(part.words, i)) {
      part.offset_m = std::max(part.offset_m, offset->distance_m);
      i += offset->words;
    } else if (const std::size_t others = WithOthersLength(part.words, i); others > 0) {
      faults.Add("CLUTTER_REMOVED(with_others)", SpanOf(part.words, i, i + others));
      i += others;
    } else if (IsOneOf(part.words[i].lower, std::array<std::string_view, 3>{"nr", "nummer", "no"}) &&
               i + 1 < part.words.size() && IsDigit(part.words[i + 1].lower[0])) {
      ++i;  // "Storgatan nr 12"
    } else {
      kept.push_back(part.words[i++]);
    }
  }
  part.words = std::move(kept);
  RemovePartsOfBuildings(part, faults);
  RemoveLeadingPrepositions(part, faults);
  RemoveLeadingPart(part, faults);
  RemoveLeadingPrepositions(part, faults);
}

std::size_t RelationLength(const std::vector<Word>& words, std::size_t at) {
  const auto is = [&](std::size_t i, std::string_view word) {
    return i < words.size() && words[i].lower == word;
  };
  std::size_t first = at;
  while (first < words.size() && IsOneOf(words[first].lower, kFillers)) ++first;
  if (first < words.size() && IsOneOf(words[first].lower, kRelations)) return first - at + 1;
  if (is(first, "mitt") && (is(first + 1, "emot") || is(first + 1, "för"))) return first - at + 2;
  if (is(first, "i") && is(first + 1, "närheten") && is(first + 2, "av")) return first - at + 3;
  if (is(first, "i") && is(first + 1, "anslutning") && is(first + 2, "till")) return first - at + 3;
  if (is(first, "i") && is(first + 1, "höjd") && is(first + 2, "med")) return first - at + 3;
  return 0;
}

std::string RelationCode(const std::vector<Word>& words, std::size_t at, std::size_t length) {
  std::string code;
  for (std::size_t i = at; i < at + length; ++i) code += (code.empty() ? "" : " ") + words[i].lower;
  return code;
}

}  // namespace lagesbild::geo
