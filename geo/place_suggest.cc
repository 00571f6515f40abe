#include "geo/place_suggest.h"

#include <algorithm>
#include <tuple>

#include "geo/edit_distance.h"
#include "geo/place_text.h"
#include "geo/register_index.h"

namespace lagesbild::geo {
namespace {

constexpr std::size_t kShortest = 2, kShortestNear = 4, kLongestText = 100, kMost = 100;

void Add(std::vector<Suggestion>& suggestions, Suggestion suggestion) {
  const bool known = std::any_of(suggestions.begin(), suggestions.end(),
                                 [&](const Suggestion& s) { return s.text == suggestion.text; });
  if (!known) suggestions.push_back(std::move(suggestion));
}

/// Streets and villages: one line for each town that has one of the name.
void AddStreets(const RegisterIndex& index, const std::vector<int>& ids, int edits,
                std::vector<Suggestion>& suggestions) {
  for (const int id : ids)
    for (const int i : index.streets[static_cast<std::size_t>(id)].addresses) {
      AddressView whole = index.address(i);
      const bool village = whole.kind == AddressKind::kVillage || whole.kind == AddressKind::kFarm;
      whole.number = 0;
      whole.letter = whole.addition = {};
      Add(suggestions, {AddressLabel(whole), village ? MatchLevel::kLocality : MatchLevel::kStreet, edits});
    }
}

void AddPlaces(const RegisterIndex& index, const std::vector<int>& ids, int edits,
               std::vector<Suggestion>& suggestions) {
  for (const int id : ids) {
    const Place& place = index.gazetteer.places[static_cast<std::size_t>(id)];
    Add(suggestions,
        {place.locality.empty() ? place.name : place.name + ", " + place.locality, MatchLevel::kPoi, edits});
  }
}

/// "storgatan 1": the addresses of the name whose number, letter included, begins with what follows it.
void AddAddresses(const RegisterIndex& index, const std::string& key, std::vector<Suggestion>& suggestions) {
  const std::size_t digit =
      key.find_last_of(' ') == std::string::npos ? std::string::npos : key.find_first_of("0123456789");
  if (digit == std::string::npos || digit < kShortest) return;
  std::string name = key.substr(0, digit), number = key.substr(digit);
  while (!name.empty() && name.back() == ' ') name.pop_back();
  std::erase(number, ' ');
  std::vector<std::pair<std::tuple<int, std::string_view, std::string_view>, std::string>> found;
  for (const int id : index.street_names.FindAny(SplitWords(name)))
    for (const int i : index.streets[static_cast<std::size_t>(id)].addresses) {
      const AddressView a = index.address(i);
      if (a.number == 0 || !LowerCase(std::to_string(a.number).append(a.letter)).starts_with(number))
        continue;
      found.push_back({{a.number, a.letter, a.addition}, AddressLabel(a)});
    }
  std::sort(found.begin(), found.end());
  for (auto& [order, label] : found) Add(suggestions, {std::move(label), MatchLevel::kAddressPoint, 0});
}

}  // namespace

std::vector<Suggestion> SuggestPlaces(const RegisterIndex& index, std::string_view typed, std::size_t most) {
  std::vector<Suggestion> suggestions;
  most = std::min(most, kMost);
  if (most == 0 || typed.size() > kLongestText) return suggestions;
  const std::string key = NameKey(FoldMarks(LowerCase(CleanText(typed))));
  if (key.size() < kShortest) return suggestions;
  AddAddresses(index, key, suggestions);
  std::vector<Suggestion> names;
  AddStreets(index, index.street_names.BeginningWith(key, most), 0, names);
  AddPlaces(index, index.place_names.BeginningWith(key, most), 0, names);
  if (names.empty() && suggestions.empty() && key.size() >= kShortestNear) {
    AddStreets(index, index.street_names.BeginningNear(key, most), 1, names);
    AddPlaces(index, index.place_names.BeginningNear(key, most), 1, names);
  }
  std::sort(names.begin(), names.end(), [](const Suggestion& a, const Suggestion& b) {
    return a.edits != b.edits ? a.edits < b.edits : a.text < b.text;
  });
  for (Suggestion& name : names) Add(suggestions, std::move(name));
  if (suggestions.size() > most) suggestions.resize(most);
  return suggestions;
}

}  // namespace lagesbild::geo
