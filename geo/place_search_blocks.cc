#include <algorithm>
#include <string_view>
#include <utility>

#include "geo/address_clutter.h"
#include "geo/place_search.h"

namespace lagesbild::geo {
namespace {

/// Support of a block's place (BlockGrid) that makes up for a name in doubt.
constexpr double kWellFounded = 0.1;
constexpr int kNextTo = 3, kFewStreets = 3;

/// "S52ND ST" is "S 52ND ST". The words with that direction apart; empty when there is none.
std::vector<Word> DirectionApart(std::vector<Word> words, std::size_t name) {
  const std::string& lower = words[name].lower;
  if (lower.size() < 3 || std::string_view("nsew").find(lower[0]) == std::string_view::npos) return {};
  const Word rest{words[name].text.substr(1), lower.substr(1)};
  words[name] = {words[name].text.substr(0, 1), lower.substr(0, 1)};
  words.insert(words.begin() + static_cast<std::ptrdiff_t>(name) + 1, rest);
  return words;
}

/// "1500W CLEARFIELD ST": the letter after the number is the name's direction.
std::vector<Word> DirectionFromNumber(const std::vector<Word>& words, const HouseNumberReading& number) {
  const std::string& letter = number.number.letter;
  if (letter.size() != 1 || std::string_view("NSEW").find(letter[0]) == std::string_view::npos) return {};
  std::vector<Word> apart = words;
  const std::string lower(1, static_cast<char>(letter[0] - 'A' + 'a'));
  apart.insert(apart.begin() + static_cast<std::ptrdiff_t>(number.words), Word{letter, lower, words[0].at});
  return apart;
}

/// "... ST APT 4", "... ST REAR": what follows such a word is not the street.
void CutRemarks(std::vector<Word>& words, const AddressStyle& style) {
  for (std::size_t i = 2; i < words.size(); ++i)
    if (std::find(style.remarks.begin(), style.remarks.end(), words[i].lower) != style.remarks.end()) {
      words.resize(i);
      return;
    }
}

}  // namespace

Finding PlaceSearch::LeadingNumber(const AddressPart& written) const {
  AddressPart part = written;
  CutRemarks(part.words, *index_.style);
  auto reading = ReadLeadingNumber(part.words, *index_.style);
  if (!reading) return {};
  bool split = false;
  if (std::vector<Word> words = DirectionFromNumber(part.words, *reading); !words.empty()) {
    part.words = std::move(words);
    reading->number.letter.clear();
    split = true;
  }
  Finding finding = AfterNumber(part, *reading);
  if (finding.rank == Rank::kNothing) {
    AddressPart apart = part;
    apart.words = DirectionApart(part.words, reading->words);
    if (!apart.words.empty()) finding = AfterNumber(apart, *reading);
    split = split || finding.rank != Rank::kNothing;
  }
  if (finding.rank >= Rank::kNumberUnknown)
    if (Finding core = ByCore(part, *reading); core.rank < finding.rank) finding = std::move(core);
  if (split && finding.rank != Rank::kNothing) AddFault(finding.match.faults, "COMPOUND_SPLIT");
  return finding;
}

/// A direction on one side alone. Where the text gives it, the streets beside the register's must not run by
/// the opposite name; where the register gives it, the other half of the city must not have such a block.
PlaceSearch::DirectionDoubt PlaceSearch::DoubtOfDirection(const CoreMatch& match, int number) const {
  if (!match.direction_missing || match.across) return DirectionDoubt::kNone;
  const std::string_view named = index_.block_names.DirectionOf(match.id);
  const std::string_view opposite = OppositeDirection(match.written.empty() ? named : match.written);
  const auto running = [&](const std::vector<int>& streets, std::string_view direction) {
    return std::count_if(streets.begin(), streets.end(),
                         [&](int street) { return index_.block_names.DirectionOf(street) == direction; });
  };
  if (match.written.empty()) {
    const int size = index_.style->block_size;
    const auto others = running(index_.grid.StreetsWith(number / size * size), opposite);
    return others == 0            ? DirectionDoubt::kNone
           : others < kFewStreets ? DirectionDoubt::kSome
                                  : DirectionDoubt::kOther;
  }
  const std::vector<int> beside = index_.grid.Beside(match.id);
  const auto same = running(beside, match.written), others = running(beside, opposite);
  if (others > same) return DirectionDoubt::kOther;
  return others == 0 && same >= kFewStreets ? DirectionDoubt::kNone : DirectionDoubt::kSome;
}

/// Two doubts at once, the street's and the block's, are one too many, unless the block is next to a known
/// one.
bool PlaceSearch::WellFounded(const Finding& finding, const CoreMatch& match, int number) const {
  if (match.edits > 0 && match.direction_missing) return false;
  if (finding.match.level == MatchLevel::kAddressNumber) return true;
  if (match.edits > 0) return false;
  const DirectionDoubt doubt = DoubtOfDirection(match, number);
  if (doubt == DirectionDoubt::kOther) return false;
  const bool next_to = !match.across && index_.grid.BlocksFrom(match.id, number) <= kNextTo;
  const bool narrow = finding.match.accuracy_radius.value() <= index_.grid.RadiusOf(kWellFounded, false);
  if (match.type_differs) return next_to && narrow && doubt == DirectionDoubt::kNone;
  if (next_to || (match.direction_missing && !match.across && doubt == DirectionDoubt::kNone)) return true;
  return finding.match.level == MatchLevel::kInterpolated || narrow;
}

Finding PlaceSearch::ByCore(const AddressPart& part, const HouseNumberReading& number) const {
  const std::vector<Word>& words = part.words;
  for (std::size_t end = words.size(); end > number.words; --end) {
    const PlaceContext rest = index_.localities.Read(words, end);
    if (end + rest.words < words.size()) continue;
    std::vector<Finding> findings;
    for (const CoreMatch& match : index_.block_names.Find(LowerWords(words, number.words, end))) {
      Finding finding = match.across
                            ? choice_.AcrossTheMiddle(match.id, number.number)
                            : choice_.Numbered({match.id}, number.number, ContextBeside(part, 0, rest));
      if (finding.rank != Rank::kPlaced || !WellFounded(finding, match, number.number.number)) continue;
      if (match.edits == 1) AddFault(finding.match.faults, "STREET_EDIT_1");
      if (match.edits > 1) AddFault(finding.match.faults, "STREET_EDIT_2");
      if (match.type_differs) AddFault(finding.match.faults, "SUFFIX_DIFFERS");
      if (match.type_missing) AddFault(finding.match.faults, "TYPE_MISSING");
      if (match.direction_missing && !match.across) AddFault(finding.match.faults, "DIRECTION_MISSING");
      finding.name = SpanOf(words, number.words, end);
      finding.number = SpanOf(words, 0, number.words);
      findings.push_back(std::move(finding));
    }
    if (!findings.empty()) return LeastPenalty(std::move(findings), StatedLocality(index_, {}, around_));
  }
  return {};
}

}  // namespace lagesbild::geo
