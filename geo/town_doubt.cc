#include "geo/town_doubt.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "geo/address_clutter.h"
#include "geo/place_text.h"

namespace lagesbild::geo {
namespace {

/// The digits of a postcode that it shares with its surroundings.
constexpr std::size_t kAreaDigits = 3;
constexpr std::size_t kLongestName = 3;

std::string KeyOf(const std::vector<Word>& words, std::size_t from, std::size_t to) {
  std::string key;
  for (std::size_t i = from; i < to; ++i)
    key += (i > from ? " " : "") + FoldDigraphs(FoldMarks(NameKey(words[i].lower)));
  return key;
}

}  // namespace

bool IsNeighbor(const RegisterIndex& index, const std::vector<Word>& words, std::size_t from) {
  if (index.neighbors.size() == 0 || from >= words.size() || words.size() - from > kLongestName) return false;
  return !index.neighbors.Find(KeyOf(words, from, words.size())).empty();
}

bool NamesNeighbor(const RegisterIndex& index, const std::vector<Word>& words) {
  for (std::size_t from = 0; index.neighbors.size() > 0 && from < words.size(); ++from)
    for (std::size_t to = from + 1; to <= words.size() && to <= from + kLongestName; ++to)
      if (!index.neighbors.Find(KeyOf(words, from, to)).empty()) return true;
  return false;
}

TownDoubt DoubtOf(const RegisterIndex& index, const std::vector<Word>& words, std::size_t from,
                  const std::vector<std::string>& postcodes) {
  if (IsNeighbor(index, words, from)) return TownDoubt::kOutside;
  const auto any = [&](auto&& holds) { return std::any_of(postcodes.begin(), postcodes.end(), holds); };
  if (any([&](const std::string& code) { return index.localities.KnowsPostcode(code); }))
    return index.knows_towns ? TownDoubt::kConflict : TownDoubt::kSpokenFor;
  if (index.knows_towns) return postcodes.empty() ? TownDoubt::kElsewhere : TownDoubt::kOutside;
  if (postcodes.empty() || !index.localities.KnowsPostcodes()) return TownDoubt::kConflict;
  const bool near = any([&](const std::string& code) {
    return index.localities.KnowsPostcodeArea(std::string_view(code).substr(0, kAreaDigits));
  });
  return near ? TownDoubt::kConflict : TownDoubt::kOutside;
}

Finding Outside(Finding placed) {
  Finding finding = Elsewhere(std::move(placed));
  finding.match.reason = UnplacedReason::kOutside;
  std::erase(finding.match.faults, "LOCALITY_CONFLICT");
  AddFault(finding.match.faults, "OUTSIDE_AREA");
  return finding;
}

Finding WithDoubt(Finding placed, TownDoubt doubt) {
  // Equals stay for a person to choose from, unless the text is of another municipality.
  if (!placed.match.placed() && doubt != TownDoubt::kOutside) return placed;
  switch (doubt) {
    case TownDoubt::kSpokenFor:
      break;
    case TownDoubt::kConflict:
      AddFault(placed.match.faults, "LOCALITY_CONFLICT");
      break;
    case TownDoubt::kElsewhere:
      return Elsewhere(std::move(placed));
    case TownDoubt::kOutside:
      return Outside(std::move(placed));
  }
  return placed;
}

}  // namespace lagesbild::geo
