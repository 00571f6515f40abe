#include "geo/address_clutter.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "geo/place_text.h"
#include "geo/road_search.h"

namespace lagesbild::geo {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view WithoutDot(std::string_view word) {
  while (!word.empty() && (word.back() == '.' || word.back() == ':')) word.remove_suffix(1);
  return word;
}

bool IsOneOf(std::string_view word, std::span<const std::string_view> words) {
  return IsAmong(WithoutDot(word), words);
}

/// "1102", "2b", "B": what may follow a unit word. Not "2:a" and no word of a name.
bool IsUnitValue(std::string_view word) {
  word = WithoutDot(word);
  const auto digits =
      static_cast<std::size_t>(std::find_if_not(word.begin(), word.end(), IsDigit) - word.begin());
  const std::string_view letters = word.substr(digits);
  if (digits > 5 || letters.size() > 1 || word.empty()) return false;
  return letters.empty() || (letters[0] >= 'a' && letters[0] <= 'z');
}

constexpr std::array<std::string_view, 1> kNumberWord{"nr"};

bool IsNumber(std::string_view word) {
  word = WithoutDot(word);
  return !word.empty() && word.size() <= 4 && std::all_of(word.begin(), word.end(), IsDigit);
}

/// "2tr", "2tr.", "3etg"
bool IsJoinedFloor(std::string_view word, const ClutterWords& clutter) {
  word = WithoutDot(word);
  const auto digits =
      static_cast<std::size_t>(std::find_if_not(word.begin(), word.end(), IsDigit) - word.begin());
  return digits > 0 && digits <= 2 && digits < word.size() && IsOneOf(word.substr(digits), clutter.floors);
}

/// "h0203": a flat's number that needs no word before it.
bool IsFlatCode(std::string_view word, const ClutterWords& clutter) {
  return word.size() == 5 && clutter.flat_letters.find(word[0]) != std::string_view::npos &&
         std::all_of(word.begin() + 1, word.end(), IsDigit);
}

/// Words from `at` that name a flat, a stair or a floor; 0 = none. `house_number`: one has already been seen,
/// so that "Storgatan 1 tr 2" keeps its 1.
std::size_t UnitLength(const std::vector<Word>& words, std::size_t at, bool house_number,
                       const ClutterWords& clutter) {
  const auto lower = [&](std::size_t i) {
    return i < words.size() ? std::string_view(words[i].lower) : std::string_view();
  };
  const auto is_value = [&](std::size_t i) { return IsUnitValue(lower(i)) || IsFlatCode(lower(i), clutter); };
  // "2. etg" before "etg C": the floor takes the number that stands before it.
  if (IsNumber(lower(at)) && IsOneOf(lower(at + 1), clutter.floors) && (house_number || at == 0)) return 2;
  if (IsOneOf(lower(at), clutter.units)) {
    const std::size_t value = IsOneOf(lower(at + 1), kNumberWord) ? at + 2 : at + 1;
    return is_value(value) ? value - at + 1 : 0;
  }
  if (IsOneOf(lower(at), clutter.floors) && at > 0 && IsNumber(lower(at + 1))) return 2;
  if (IsJoinedFloor(lower(at), clutter) || IsFlatCode(lower(at), clutter)) return 1;
  return at > 0 && IsOneOf(lower(at), clutter.ground_floors) ? 1 : 0;
}

/// "m fl", "m.fl.", "mfl": and others.
std::size_t WithOthersLength(const std::vector<Word>& words, std::size_t at) {
  const std::string_view word = WithoutDot(words[at].lower);
  if (word == "mfl" || word == "m.fl") return 1;
  return word == "m" && at + 1 < words.size() && WithoutDot(words[at + 1].lower) == "fl" ? 2 : 0;
}

bool IsCareOf(std::string_view word) { return word.substr(0, 3) == "c/o"; }

bool EndsInStreetType(std::string_view word, const AddressStyle& style) {
  const std::string folded = FoldMarks(word);
  return std::any_of(style.types.begin(), style.types.end(), [&](std::string_view type) {
    return folded.size() > type.size() && folded.ends_with(type);
  });
}

/// "c/o Berg" to the end of the stretch goes; "c/o Berg Storgatan 12" keeps what may be the address.
void RemoveCareOf(AddressPart& part, const AddressStyle& style, FaultNotes& faults) {
  const auto found =
      std::find_if(part.words.begin(), part.words.end(), [](const Word& w) { return IsCareOf(w.lower); });
  if (found == part.words.end()) return;
  faults.Add("CO_REMOVED", found->at);
  if (found != part.words.begin()) {
    part.words.erase(found, part.words.end());
    return;
  }
  part.words.erase(found);
  // A person's name alone goes whole: it may be that of a village.
  const bool address = std::any_of(part.words.begin(), part.words.end(), [&](const Word& w) {
    return IsDigit(w.lower[0]) || EndsInStreetType(w.lower, style);
  });
  if (address)
    part.care_of = true;
  else
    part.words.clear();
}

void RemovePartsOfBuildings(AddressPart& part, FaultNotes& faults, const ClutterWords& clutter) {
  // A name may begin with such a word; only what follows a name, or stands alone, is clutter.
  std::size_t keep = part.words.size();
  while (keep > 0 && IsOneOf(part.words[keep - 1].lower, clutter.parts_of_buildings)) --keep;
  if (keep == part.words.size()) return;
  if (keep > 0 && (part.words[keep - 1].lower == "på" || part.words[keep - 1].lower == "i")) --keep;
  faults.Add("CLUTTER_REMOVED(part_of_building)", SpanOf(part.words, keep, part.words.size()));
  part.words.resize(keep);
}

/// "trapphuset Storgatan 12": but a village "Gården" keeps its name before its number.
void RemoveLeadingPart(AddressPart& part, FaultNotes& faults, const ClutterWords& clutter) {
  if (part.words.size() < 2 || !IsOneOf(part.words[0].lower, clutter.parts_of_buildings) ||
      IsDigit(part.words[1].lower[0]) || RelationLength(part.words, 1, clutter) > 0)
    return;
  faults.Add("CLUTTER_REMOVED(part_of_building)", part.words.front().at);
  part.words.erase(part.words.begin());
}

void RemoveLeadingPrepositions(AddressPart& part, FaultNotes& faults, const ClutterWords& clutter) {
  while (
      part.words.size() > 1 && RelationLength(part.words, 0, clutter) == 0 &&
      (IsOneOf(part.words[0].lower, clutter.prepositions) || IsOneOf(part.words[0].lower, clutter.fillers))) {
    faults.Add("CLUTTER_REMOVED(preposition)", part.words.front().at);
    part.words.erase(part.words.begin());
  }
}

}  // namespace

void AddFault(std::vector<std::string>& faults, const std::string& fault) {
  if (std::find(faults.begin(), faults.end(), fault) == faults.end()) faults.push_back(fault);
}

void RemoveClutter(AddressPart& part, FaultNotes& faults, const AddressStyle& style) {
  const ClutterWords& clutter = *style.clutter;
  RemoveCareOf(part, style, faults);
  std::vector<Word> kept;
  for (std::size_t i = 0; i < part.words.size();) {
    const bool house_number =
        std::any_of(kept.begin(), kept.end(), [](const Word& w) { return IsDigit(w.lower[0]); });
    if (const std::size_t unit = UnitLength(part.words, i, house_number, clutter); unit > 0) {
      faults.Add("UNIT_REMOVED", SpanOf(part.words, i, i + unit));
      i += unit;
    } else if (const auto offset = ReadOffset(part.words, i)) {
      part.offset_m = std::max(part.offset_m, offset->distance_m);
      i += offset->words;
    } else if (const std::size_t others = WithOthersLength(part.words, i); others > 0) {
      faults.Add("CLUTTER_REMOVED(with_others)", SpanOf(part.words, i, i + others));
      i += others;
    } else if (IsOneOf(part.words[i].lower, clutter.number_words) && i + 1 < part.words.size() &&
               IsDigit(part.words[i + 1].lower[0])) {
      ++i;  // "Storgatan nr 12"
    } else {
      kept.push_back(std::move(part.words[i++]));
    }
  }
  part.words = std::move(kept);
  RemovePartsOfBuildings(part, faults, clutter);
  RemoveLeadingPrepositions(part, faults, clutter);
  RemoveLeadingPart(part, faults, clutter);
  RemoveLeadingPrepositions(part, faults, clutter);
}

std::size_t RelationLength(const std::vector<Word>& words, std::size_t at, const ClutterWords& clutter) {
  std::size_t first = at;
  while (first < words.size() && IsOneOf(words[first].lower, clutter.fillers)) ++first;
  if (first < words.size() && IsOneOf(words[first].lower, clutter.relations)) return first - at + 1;
  for (const std::string_view phrase : clutter.relation_phrases) {
    std::size_t word = first, begin = 0;
    while (word < words.size() && begin < phrase.size()) {
      const std::size_t end = std::min(phrase.find(' ', begin), phrase.size());
      if (words[word].lower != phrase.substr(begin, end - begin)) break;
      ++word;
      begin = end + 1;
    }
    if (begin > phrase.size()) return word - at;
  }
  return 0;
}

bool NamesEstablishment(const std::vector<Word>& words, std::size_t from, const ClutterWords& clutter) {
  if (from >= words.size()) return false;
  const std::string_view first = words[from].lower, last = words.back().lower;
  return IsOneOf(first, clutter.establishments) || IsOneOf(first, clutter.trades) ||
         IsOneOf(last, clutter.trades) ||
         std::any_of(clutter.trade_endings.begin(), clutter.trade_endings.end(),
                     [&](std::string_view ending) { return first.ends_with(ending); });
}

std::string RelationCode(const std::vector<Word>& words, std::size_t at, std::size_t length) {
  std::string code;
  for (std::size_t i = at; i < at + length; ++i) code += (code.empty() ? "" : " ") + words[i].lower;
  return code;
}

}  // namespace lagesbild::geo
