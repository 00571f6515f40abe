#include "geo/place_search.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "geo/address_clutter.h"
#include "geo/place_text.h"
#include "geo/property_search.h"
#include "geo/sentence_words.h"
#include "geo/town_doubt.h"

namespace lagesbild::geo {
namespace {

/// "Vid", "utanför": beside the place, not at it.
constexpr double kRelationRadius_m = 50;

bool BeginsWithDigit(const Word& word) { return word.lower[0] >= '0' && word.lower[0] <= '9'; }

/// "12 och Storgatan 14", "12 14", "12 till 20": several places, not ours to choose from. Days and times are
/// no places.
bool SaysMore(const std::vector<Word>& words, std::size_t from) {
  if (from >= words.size()) return false;
  constexpr std::array<std::string_view, 7> kConjunctions{"och", "samt", "eller", "&", "/", "+", "till"};
  if (std::find(kConjunctions.begin(), kConjunctions.end(), words[from].lower) != kConjunctions.end() &&
      WhenLength(words, from + 1) == 0)
    return true;
  for (std::size_t at = from; at < words.size();) {
    const std::size_t when = WhenLength(words, at);
    if (when == 0 && BeginsWithDigit(words[at])) return true;
    at += std::max<std::size_t>(when, 1);
  }
  return false;
}

void AddSpellingFaults(Spelling spelling, bool expanded, std::vector<std::string>& faults) {
  if (spelling == Spelling::kFolded || spelling == Spelling::kDigraphs) AddFault(faults, "FOLDED");
  if (expanded) AddFault(faults, "ABBREVIATION_EXPANDED");
}

}  // namespace

std::vector<std::string> LowerWords(const std::vector<Word>& words, std::size_t from, std::size_t to) {
  std::vector<std::string> lower;
  for (std::size_t i = from; i < to; ++i) lower.push_back(words[i].lower);
  return lower;
}

Finding PlaceSearch::Part(const AddressPart& part) const {
  Finding finding = PartWithoutRelation(part);
  if (finding.match.placed() && !part.relation.empty()) {
    AddFault(finding.match.faults, "RELATION_WORD(" + part.relation + ")");
    finding.match.accuracy_radius = std::max(finding.match.accuracy_radius, Meters{kRelationRadius_m});
  }
  if (finding.match.placed() && part.offset_m > 0) {
    AddFault(finding.match.faults, "OFFSET_PHRASE");
    finding.match.accuracy_radius = std::max(finding.match.accuracy_radius, Meters{part.offset_m});
  }
  return finding;
}

PlaceSearch::Memo::Name& PlaceSearch::NameOf(const std::vector<Word>& words, std::size_t from,
                                             std::size_t to) const {
  return memo_.NameOf(words, from, to, [&] { return NameText(LowerWords(words, from, to), *index_.style); });
}

const std::vector<NearName>& PlaceSearch::NearStreets(const std::vector<Word>& words, std::size_t from,
                                                      std::size_t to) const {
  Memo::Name& name = NameOf(words, from, to);
  if (!name.near) name.near = index_.street_names.Near(name.text);
  return *name.near;
}

/// The first that finds something: as written, then nearly so, then inside a sentence.
Finding PlaceSearch::PartWithoutRelation(const AddressPart& part) const {
  memo_.Remember(part.words);
  if (Finding finding = Designation(part.words); finding.rank != Rank::kNothing) return finding;
  if (Finding finding = PropertySearch(index_).Find(part); finding.rank != Rank::kNothing) return finding;
  Finding numbered = index_.style->number_first ? LeadingNumber(part) : NumberedAddress(part);
  if (numbered.rank < Rank::kNumberUnknown) return numbered;
  Finding place =
      ByName(part, index_.place_names, [&](const std::vector<int>& ids, const PlaceContext& context) {
        return choice_.OnePlace(ids, context);
      });
  if (place.rank != Rank::kNothing) return place;
  if (numbered.rank != Rank::kNothing && !EndsInPostcode(part.words)) return numbered;
  Finding street =
      ByName(part, index_.street_names, [&](const std::vector<int>& ids, const PlaceContext& context) {
        return choice_.StreetAlone(ids, context);
      });
  if (street.rank != Rank::kNothing || index_.style->number_first) return street;
  for (const auto find : {&PlaceSearch::NearAddress, &PlaceSearch::NumberFirst, &PlaceSearch::InSentence,
                          &PlaceSearch::NearPlace, &PlaceSearch::NearStreetAlone, &PlaceSearch::UnreadNumber,
                          &PlaceSearch::KindIn})
    if (Finding finding = (this->*find)(part); finding.rank != Rank::kNothing) return finding;
  return {};
}

Finding PlaceSearch::WholeText(const std::vector<Word>& words) const {
  if (index_.place_names.empty()) return {};
  const NameHits hits = index_.place_names.Find(LowerWords(words, 0, words.size()), Spelling::kAsWritten);
  if (hits.ids.empty()) return {};
  Finding finding = choice_.OnePlace(hits.ids, around_.explicit_context);
  finding.name = SpanOf(words, 0, words.size());
  return finding;
}

/// "Storgata 2406" of a register whose postcodes have four digits.
bool PlaceSearch::EndsInPostcode(const std::vector<Word>& words) const {
  return index_.style->postcode_digits < 5 && words.size() > 1 &&
         index_.localities.KnowsPostcode(ReadPostcode(words.back().text, *index_.style));
}

/// A designation that the register holds word for word although it is no plain number: "Storgatan 12-14".
Finding PlaceSearch::Designation(const std::vector<Word>& words) const {
  const NameHits hits = index_.street_names.Find(NameOf(words, 0, words.size()).text, Spelling::kAsWritten);
  Finding finding = choice_.WholeDesignation(hits.ids, around_.explicit_context);
  finding.name = SpanOf(words, 0, words.size());
  return finding;
}

/// Where a name may begin: at the first word, after a locality ("Heby Storgatan 12"), after a person's name.
std::vector<std::size_t> PlaceSearch::Starts(const AddressPart& part) const {
  if (memo_.Holds(part.words) && memo_.starts) return *memo_.starts;
  std::vector<std::size_t> starts{0};
  if (part.care_of) {
    for (std::size_t i = 1; i <= 3 && i < part.words.size(); ++i) starts.push_back(i);
  } else if (const std::size_t n = index_.localities.Read(part.words, 0).words;
             n > 0 && n < part.words.size()) {
    starts.push_back(n);
  }
  if (memo_.Holds(part.words)) memo_.starts = starts;
  return starts;
}

PlaceContext PlaceSearch::ContextBeside(const AddressPart& part, std::size_t start,
                                        const PlaceContext& rest) const {
  PlaceContext context = around_.explicit_context;
  const auto add = [&](const PlaceContext& more) {
    context.terms.insert(context.terms.end(), more.terms.begin(), more.terms.end());
    context.postcodes.insert(context.postcodes.end(), more.postcodes.begin(), more.postcodes.end());
  };
  if (start > 0 && !part.care_of)
    add(index_.localities.Read({part.words.begin(), part.words.begin() + static_cast<std::ptrdiff_t>(start)},
                               0));
  add(rest);
  return context;
}

bool PlaceSearch::MayBeElsewhere(const std::vector<Word>& words, std::size_t from) const {
  if (from + 1 < words.size() && words[from].lower == "i") ++from;
  if (IsNeighbor(index_, words, from)) return true;
  if (from >= words.size() || words.size() - from > 3 || !BeginsWithCapital(words[from].text)) return false;
  if (NamesEstablishment(words, from, *index_.style->clutter)) return false;
  const NameText& name = NameOf(words, from, words.size()).text;
  return index_.street_names.FindAny(name).empty() && index_.place_names.FindAny(name).empty();
}

Finding PlaceSearch::NumberedAddress(const AddressPart& part) const {
  Finding unknown;
  for (const Spelling spelling : kSpellings) {
    // aa may be two letters of the name by right: only an address that exists tells.
    const NumberPolicy policy =
        spelling == Spelling::kDigraphs ? NumberPolicy::kExisting : NumberPolicy::kAny;
    for (const std::size_t start : Starts(part))
      // The longest name first: a number inside a name is not a house number.
      for (std::size_t at = part.words.size() - 1; at > start && at < part.words.size(); --at) {
        Finding finding = NumberedAt(part, start, at, spelling, policy);
        if (finding.match.level == MatchLevel::kInterpolatedEnd)
          return EndOrAnother(part, start, at, std::move(finding));
        if (finding.rank < Rank::kNumberUnknown) return finding;
        if (unknown.rank == Rank::kNothing) unknown = std::move(finding);
      }
    if (unknown.rank == Rank::kNothing || policy == NumberPolicy::kExisting) continue;
    // The name is right and the number is not there: another spelling would be another street. But a street
    // of the same name and one word more may have it.
    Finding relaxed = RelaxedAddress(part, false);
    return relaxed.rank == Rank::kPlaced ? relaxed : unknown;
  }
  if (unknown.rank == Rank::kNothing) return unknown;
  if (Finding near = NearAddress(part); near.rank < Rank::kNumberUnknown) return near;
  for (const std::size_t start : Starts(part))
    for (std::size_t at = part.words.size() - 1; at > start && at < part.words.size(); --at)
      if (Finding finding = NumberedAt(part, start, at, Spelling::kDigraphs, NumberPolicy::kAny);
          finding.rank != Rank::kNothing)
        return finding;
  return unknown;
}

Finding PlaceSearch::AfterNumber(const AddressPart& part, const HouseNumberReading& number) const {
  const std::vector<Word>& words = part.words;
  for (const Spelling spelling : kSpellings)
    for (std::size_t end = words.size(); end > number.words; --end) {
      const PlaceContext rest = index_.localities.Read(words, end);
      if (end + rest.words < words.size()) continue;
      const NameHits hits = index_.street_names.Find(NameOf(words, number.words, end).text, spelling);
      if (hits.ids.empty()) continue;
      Finding finding = choice_.Numbered(hits.ids, number.number, ContextBeside(part, 0, rest));
      AddSpellingFaults(spelling, hits.expanded, finding.match.faults);
      finding.name = SpanOf(words, number.words, end);
      finding.number = SpanOf(words, 0, number.words);
      return finding;
    }
  return {};
}

std::optional<PlaceSearch::NumberAt> PlaceSearch::ReadNumberAt(const AddressPart& part, std::size_t start,
                                                               std::size_t at) const {
  if (!BeginsWithDigit(part.words[at])) return std::nullopt;
  return memo_.NumberOf(part.words, start, at, [&] { return MakeNumberAt(part, start, at); });
}

std::optional<PlaceSearch::NumberAt> PlaceSearch::MakeNumberAt(const AddressPart& part, std::size_t start,
                                                               std::size_t at) const {
  const auto reading = ReadHouseNumber(part.words, at, true);
  if (!reading || CountsSomethingElse(part.words, at, at + reading->words)) return std::nullopt;
  const std::size_t after = at + reading->words;
  PlaceContext rest = index_.localities.Read(part.words, after);
  std::size_t remark = after + rest.words;
  if (SaysMore(part.words, remark)) return std::nullopt;
  bool locality_edit = false;
  if (remark < part.words.size() && MayBeElsewhere(part.words, remark)) {
    // "12 Östervåal": a locality with a letter wrong rather than one elsewhere.
    const int term = index_.localities.Near(part.words, remark, part.words.size());
    locality_edit = term >= 0;
    if (locality_edit) rest.terms.push_back(term);
    if (locality_edit) remark = part.words.size();
  }
  return NumberAt{*reading, ContextBeside(part, start, rest), remark, locality_edit};
}

Finding PlaceSearch::CheckRemark(const AddressPart& part, const NumberAt& number, Finding finding) const {
  const std::size_t remark = number.remark;
  if (number.locality_edit) AddFault(finding.match.faults, "LOCALITY_EDIT");
  if (number.reading.number.flat) AddFault(finding.match.faults, "UNIT_REMOVED");
  if (remark == part.words.size()) return finding;
  AddFault(finding.match.faults, "CLUTTER_REMOVED(remark)");
  if (finding.rank >= Rank::kElsewhere && !finding.match.placed()) return finding;
  if (!MayBeElsewhere(part.words, remark)) return finding;
  return WithDoubt(std::move(finding), DoubtOf(index_, part.words, remark, number.context.postcodes));
}

Finding PlaceSearch::NumberedAt(const AddressPart& part, std::size_t start, std::size_t at, Spelling spelling,
                                NumberPolicy policy) const {
  const auto number = ReadNumberAt(part, start, at);
  if (!number) return {};
  const NameHits hits = index_.street_names.Find(NameOf(part.words, start, at).text, spelling);
  if (hits.ids.empty()) return {};
  Finding finding = choice_.Numbered(hits.ids, number->reading.number, number->context, policy);
  AddSpellingFaults(spelling, hits.expanded, finding.match.faults);
  finding.name = SpanOf(part.words, start, at);
  finding.number = SpanOf(part.words, at, at + number->reading.words);
  return CheckRemark(part, *number, std::move(finding));
}

template <class Find>
Finding PlaceSearch::ByName(const AddressPart& part, const NameIndex& names, Find&& find) const {
  const std::vector<Word>& words = part.words;
  if (names.empty()) return {};
  for (const Spelling spelling : kSpellings)
    for (const std::size_t start : Starts(part))
      for (std::size_t end = words.size(); end > start; --end) {
        const PlaceContext rest = index_.localities.Read(words, end);
        if (SkipWhen(words, end + rest.words) < words.size()) continue;
        const NameHits hits = names.Find(NameOf(words, start, end).text, spelling);
        if (hits.ids.empty()) continue;
        Finding finding = find(hits.ids, ContextBeside(part, start, rest));
        AddSpellingFaults(spelling, hits.expanded, finding.match.faults);
        finding.name = SpanOf(words, start, end);
        return finding;
      }
  return {};
}

}  // namespace lagesbild::geo
