#include "geo/part_choice.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "geo/address_clutter.h"
#include "geo/place_finding.h"
#include "geo/place_text.h"
#include "geo/town_doubt.h"

namespace lagesbild::geo {
namespace {

/// Two places named in one text agree when they are this close: a school and its street address.
constexpr double kAgree_m = 250;
/// Two addresses are those of one corner house when they are this close.
constexpr double kOneHouse_m = 50;

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

/// "Storgatan, Tingsgatan": streets in a row and no word which is meant.
Finding OneStreet(const std::vector<PartFinding>& found, const PartFinding& best) {
  std::vector<std::string> labels{best.finding.match.matched};
  for (const PartFinding& other : found)
    if (other.finding.rank == Rank::kCoarse && !other.part->after_place &&
        std::find(labels.begin(), labels.end(), other.finding.match.matched) == labels.end())
      labels.push_back(other.finding.match.matched);
  if (labels.size() < 2) return best.finding;
  Finding ambiguous = AmbiguousAmong(std::move(labels));
  AddFault(ambiguous.match.faults, "SEVERAL_ADDRESSES");
  return ambiguous;
}

bool HasNumber(const Finding& finding) { return finding.number.begin < finding.number.end; }

/// "Storgatan 7 / Skolgatan 3 Heby": two addresses, of which one may be any town's.
bool MayBeAnotherAddress(const PartFinding& best, const PartFinding& other) {
  const std::vector<std::string>& labels = other.finding.match.candidates;
  return other.finding.rank == Rank::kAmbiguous && HasNumber(other.finding) && HasNumber(best.finding) &&
         std::find(labels.begin(), labels.end(), best.finding.match.matched) == labels.end();
}

Finding TwoAddresses(const PartFinding& best, const PartFinding& other) {
  std::vector<std::string> labels{best.finding.match.matched};
  if (other.finding.match.placed()) labels.push_back(other.finding.match.matched);
  labels.insert(labels.end(), other.finding.match.candidates.begin(), other.finding.match.candidates.end());
  Finding ambiguous = AmbiguousAmong(std::move(labels));
  AddFault(ambiguous.match.faults, "SEVERAL_ADDRESSES");
  return ambiguous;
}

/// What is known to lie in a town of this municipality is hardly in another one that is named beside it.
TownDoubt Tempered(TownDoubt doubt, const Surroundings& around) {
  return doubt == TownDoubt::kElsewhere && around.locality_given ? TownDoubt::kConflict : doubt;
}

bool IsOneOf(const Word& word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word.lower) != words.end();
}

/// Whether the name is one of two that the text says something lies between: "mellan Klossen och stationen".
/// "Bråk mellan två på Storgatan 12" says no such thing.
bool StandsBetween(const std::vector<Word>& words, TextSpan name) {
  const auto first =
      std::find_if(words.begin(), words.end(), [&](const Word& word) { return word.at.begin >= name.begin; });
  if (name.begin >= name.end || first == words.begin() || first == words.end()) return false;
  const auto before = first - 1;
  const auto is_between = [](const Word& word) { return IsOneOf(word, {"mellan", "mellom"}); };
  const auto is_and = [](const Word& word) { return IsOneOf(word, {"och", "og"}); };
  if (is_between(*before)) return std::any_of(first, words.end(), is_and);
  if (!is_and(*before)) return false;
  for (auto word = before; word != words.begin();) {
    --word;
    if (is_between(*word)) return true;
    if (IsOneOf(*word, {"på", "i", "vid", "hos", "utanför", "bakom", "kl", "ved"})) return false;
  }
  return false;
}

}  // namespace

Finding UnlessBetween(const std::vector<Word>& words, Finding best) {
  const MatchLevel level = best.match.level;
  if (!best.match.placed() || level == MatchLevel::kIntersection || level == MatchLevel::kRoadPlace ||
      !StandsBetween(words, best.name))
    return best;
  Finding ambiguous = AmbiguousAmong({best.match.matched});
  AddFault(ambiguous.match.faults, "SEVERAL_ADDRESSES");
  ambiguous.name = best.name;
  return ambiguous;
}

void AddTo(PlaceContext& context, const PlaceContext& more) {
  context.terms.insert(context.terms.end(), more.terms.begin(), more.terms.end());
  context.postcodes.insert(context.postcodes.end(), more.postcodes.begin(), more.postcodes.end());
}

Finding BestOf(const std::vector<PartFinding>& found) {
  const auto best = std::min_element(
      found.begin(), found.end(),
      [](const PartFinding& a, const PartFinding& b) { return a.finding.rank < b.finding.rank; });
  if (best == found.end()) return {};
  if (best->finding.rank == Rank::kCoarse) return OneStreet(found, *best);
  if (best->finding.rank != Rank::kPlaced) return best->finding;
  for (const PartFinding& other : found) {
    // "X vid Y": Y only says where X is.
    if (other.part->after_place || &other == &*best) continue;
    if (MayBeAnotherAddress(*best, other)) return TwoAddresses(*best, other);
    const bool addresses = HasNumber(best->finding) && HasNumber(other.finding);
    if (other.finding.rank == Rank::kPlaced &&
        Distance(other.finding.match.position, best->finding.match.position) >
            (addresses ? kOneHouse_m : kAgree_m))
      return TwoAddresses(*best, other);
  }
  return best->finding;
}

Finding CheckRemarks(const RegisterIndex& index, const PlaceSearch& search, const Surroundings& around,
                     const std::vector<PartFinding>& found, Finding best) {
  bool seen = false;
  for (const PartFinding& part : found) {
    seen = seen || part.finding.rank != Rank::kNothing;
    if (!seen || part.finding.rank != Rank::kNothing) continue;
    if (!best.match.placed() && best.rank != Rank::kAmbiguous) continue;
    AddFault(best.match.faults, "CLUTTER_REMOVED(remark)");
    if (part.part->bracketed || part.part->label || part.part->after_place || !part.part->relation.empty())
      continue;
    PlaceContext context = index.localities.Read(part.part->words, 0);
    // "733 31 sala": after a postcode any word is a town.
    const bool town = !context.postcodes.empty() && context.words < part.part->words.size();
    AddTo(context, around.explicit_context);
    if (town || search.MayBeElsewhere(part.part->words, context.words))
      best = WithDoubt(std::move(best),
                       Tempered(DoubtOf(index, part.part->words, context.words, context.postcodes), around));
  }
  return best;
}

}  // namespace lagesbild::geo
