#include "geo/match_fault.h"

#include <algorithm>
#include <array>

namespace lagesbild::geo {
namespace {

using enum MatchCategory;

constexpr std::array<FaultRule, 50> kRules{{
    {"FOLDED", "neutral", 0, kA, "å ä ö é ü written without their marks, or as aa, ae, oe"},
    {"ABBREVIATION_EXPANDED", "neutral", 0, kA, "an abbreviation at the name's beginning or end written out"},
    {"CLUTTER_REMOVED", "neutral", 0, kA, "words that say nothing of where the place lies left out"},
    {"UNIT_REMOVED", "neutral", 0, kA, "flat, stairs, floor or entrance left out"},
    {"CO_REMOVED", "neutral", 0, kA, "a care-of line left out"},

    {"STREET_EDIT_1", "spelling", 8, kB, "one letter wrong, missing, too many or exchanged in the name"},
    {"STREET_EDIT_2", "spelling", 16, kB, "two such letters in a name of eight or more"},
    {"COMPOUND_SPLIT", "spelling", 4, kB, "one word of the register written as two"},
    {"COMPOUND_JOINED", "spelling", 4, kB, "two words of the register written as one"},

    {"FIRST_WORD_MISSING", "structure", 30, kC, "the name's first word is missing"},
    {"SUFFIX_DIFFERS", "structure", 30, kC,
     "gatan, vägen, gränd or another street type is not the register's"},
    {"STREET_FROM_FREE_TEXT", "structure", 6, kB, "found inside a sentence"},
    {"RELATION_WORD", "structure", 4, kB, "the place lies beside what is named: vid, bakom, utanför"},
    {"OFFSET_PHRASE", "structure", 8, kB, "the place lies a distance from what is named"},
    {"DIRECTION_MISSING", "structure", 10, kB, "the name's direction is missing or another one's"},
    {"TYPE_MISSING", "structure", 6, kB, "the text or the register gives no street type"},
    {"CROSSING_ESTIMATED", "structure", 20, kC,
     "a crossing put where addresses of both streets come nearest"},
    {"ROAD_STRETCH", "structure", 30, kC, "somewhere along a stretch of a road"},

    {"NUMBER_RANGE", "number", 20, kC, "several numbers: placed in their middle"},
    {"NUMBER_IN_BLOCK", "number", 4, kB, "the register knows the number's block, not the number"},
    {"LETTER_MISSING", "number", 6, kB, "the number has letters; none was given"},
    {"LETTER_UNKNOWN", "number", 8, kB, "the number is there, the letter or addition is not"},
    {"NUMBER_INTERPOLATED", "number", 12, kB, "placed between the numbers on either side"},
    {"NUMBER_BEYOND_END", "number", 30, kC, "just beyond the last number: placed at it"},
    {"NUMBER_OUT_OF_RANGE", "number", 100, kC, "far outside the numbers of the street: refused"},
    {"NUMBER_NOT_FOUND", "number", 100, kC, "within the street's numbers, but nothing says where: refused"},
    {"NUMBER_MISSING", "number", 40, kC, "no number given: the street or village as a whole"},
    {"NUMBER_UNPARSED", "number", 100, kC, "what should be a number cannot be read as one"},

    {"POSTCODE_CONFLICT", "context", 6, kB, "the register has another postcode"},
    {"LOCALITY_CONFLICT", "context", 10, kB, "the register has another locality"},
    {"LOCALITY_EDIT", "context", 4, kB, "the locality's name read with a letter wrong"},
    {"LOCALITY_ONLY", "context", 60, kC, "a locality or district as a whole"},
    {"POSTCODE_ONLY", "context", 70, kC, "a postcode's addresses as a whole"},
    {"OUTSIDE_AREA", "context", 100, kC, "in another municipality: not placed here"},
    {"ADDRESS_NOT_IN_FORCE", "context", 20, kC,
     "an address that the register no longer or not yet holds in force"},

    {"POSITION_APPROXIMATE", "source", 10, kB, "the register's own position is approximate"},
    {"SEVERAL_POINTS", "source", 4, kB, "the register has several points close together"},
    {"CORRECTED", "neutral", 0, kA, "a person has said where this text lies"},
    {"ALIAS_EXPIRED", "source", 100, kC, "the name was not in use on that day: refused"},

    {"CRS_ASSUMED", "coordinates", 10, kB, "no coordinate system was given; one alone fits"},
    {"AXES_SWAPPED", "coordinates", 10, kB, "easting and northing read in the other order"},
    {"CRS_AMBIGUOUS", "coordinates", 100, kC, "two coordinate systems fit: refused"},
    {"OUT_OF_ENVELOPE", "coordinates", 100, kC, "the coordinates lie nowhere near"},

    {"TEXT_EMPTY", "text", 100, kC, "no letter or digit, or words for \"unknown\""},
    {"TEXT_TOO_LONG", "text", 100, kC, "over 1,000 bytes or 40 words: not looked at"},
    {"STREET_NOT_FOUND", "text", 100, kC, "no street, village or place of the register by that name"},
    {"SEVERAL_ADDRESSES", "text", 100, kC, "several places are named and none is said to be the one"},
    {"SEVERAL_CANDIDATES", "text", 100, kC, "equals in different places: a person must choose"},
    {"STREETS_DO_NOT_MEET", "text", 100, kC, "both streets are known, and nothing shows where they meet"},
    {"SEVERAL_CROSSINGS", "text", 100, kC, "the streets meet more than once"},
}};

bool IsConflict(std::string_view code) { return code == "POSTCODE_CONFLICT" || code == "LOCALITY_CONFLICT"; }

/// Levels that are coarse, whatever was right in the text.
MatchCategory BestOf(MatchLevel level) {
  switch (level) {
    case MatchLevel::kAddressPoint:
    case MatchLevel::kAddressNumber:
    case MatchLevel::kIntersection:
    case MatchLevel::kPoi:
    case MatchLevel::kProperty:
    case MatchLevel::kCoordinate:
      return kA;
    case MatchLevel::kInterpolated:
      return kB;
    case MatchLevel::kInterpolatedEnd:
    case MatchLevel::kRoadPlace:
    case MatchLevel::kStreet:
    case MatchLevel::kLocality:
    case MatchLevel::kPostcode:
    case MatchLevel::kNone:
      break;
  }
  return kC;
}

}  // namespace

std::span<const FaultRule> FaultRules() { return kRules; }

const FaultRule* FindFaultRule(std::string_view fault) {
  const std::string_view code = fault.substr(0, fault.find('('));
  const auto* const found =
      std::find_if(kRules.begin(), kRules.end(), [&](const FaultRule& rule) { return rule.code == code; });
  return found == kRules.end() ? nullptr : found;
}

int FaultPenalty(std::string_view fault) {
  const FaultRule* rule = FindFaultRule(fault);
  return rule == nullptr ? 0 : rule->penalty;
}

MatchLevel LevelToCount(const GeocodeMatch& match) {
  return match.category == MatchCategory::kC && BestOf(match.level) != kC ? MatchLevel::kStreet : match.level;
}

void Grade(GeocodeMatch& match) {
  match.category = kNone;
  match.score = 0;
  if (!match.placed()) return;
  MatchCategory category = BestOf(match.level);
  int penalty = 0;
  bool conflict = false;
  for (const std::string& fault : match.faults) {
    const FaultRule* rule = FindFaultRule(fault);
    if (rule == nullptr) continue;
    penalty += rule->penalty;
    if (IsConflict(rule->code))
      conflict = true;
    else
      category = std::max(category, rule->best);
  }
  if (conflict) category = category == kA ? kB : kC;
  match.category = category;
  match.score = std::max(0, 100 - penalty);
}

}  // namespace lagesbild::geo
