#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "geo/address_clutter.h"
#include "geo/place_search.h"
#include "geo/place_text.h"
#include "geo/sentence_words.h"

namespace lagesbild::geo {
namespace {

/// No name of a register has more words.
constexpr std::size_t kLongestName = 6;
/// A name of fewer letters is as likely a word of the sentence.
constexpr std::size_t kShortestName = 5;

/// Two places of one sentence agree when they are this close.
constexpr double kAgree_m = 250;

/// Streets or places in a row and no word which is meant.
Finding SeveralStreets(Finding first) {
  Finding finding;
  finding.rank = Rank::kAmbiguous;
  finding.match.reason = UnplacedReason::kAmbiguous;
  finding.match.candidates = {first.match.matched};
  finding.name = first.name;
  AddFault(finding.match.faults, "SEVERAL_ADDRESSES");
  return finding;
}

bool IsOneOf(std::string_view word, const auto& words) {
  while (!word.empty() && word.back() == '.') word.remove_suffix(1);
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool BeginsWithDigit(const Word& word) { return word.lower[0] >= '0' && word.lower[0] <= '9'; }

/// Whether the word before a stretch may belong to its name: "Stora" before "Vårgatan", "N." before
/// "Vallgatan", and where letters are wrong any word with a capital but the sentence's first.
bool NameGoesBack(const std::vector<Word>& words, std::size_t start, bool letters_wrong,
                  const AddressStyle& style) {
  if (start == 0) return false;
  const Word& before = words[start - 1];
  if (before.lower.back() == '.' && before.lower.size() <= 4 && !BeginsWithDigit(before)) return true;
  if (IsOneOf(FoldMarks(before.lower), style.opposites)) return true;
  if (before.lower.size() == 1 && BeginsWithCapital(before.text)) return true;  // "Tekla F Bergsgatan"
  return letters_wrong && WordBeforeName(words, start) == WordBefore::kCapital;
}

/// Whether the name begins at `start` and not before: a street of "Anders Berg" is none of "Erik Berg" whose
/// first name was left out.
bool StandsAlone(const std::vector<Word>& words, std::size_t start) {
  switch (WordBeforeName(words, start)) {
    case WordBefore::kNothing:
      return true;
    case WordBefore::kUnknown:  // in a text without capitals any word may be of the name
      return BeginsWithCapital(words[start].text);
    case WordBefore::kCapital:
      break;
  }
  return false;
}

/// "Anders Lunds gata" is not Lunds gata, and a street whose number was not understood is not the street as a
/// whole.
bool MayBeAnotherStreet(const std::vector<Word>& words, std::size_t start, std::size_t end) {
  if (end > start + 1 && WordBeforeName(words, start) == WordBefore::kCapital) return true;
  return end < words.size() && BeginsWithDigit(words[end]) && !CountsSomethingElse(words, end, end + 1);
}

/// Whether a single word of a sentence may be a name: as a name it has a capital.
bool MayBeName(const std::vector<Word>& words, std::size_t start, std::size_t end) {
  std::size_t letters = 0;
  for (std::size_t i = start; i < end; ++i) letters += words[i].lower.size();
  return letters >= kShortestName && !BeginsWithDigit(words[start]);
}

}  // namespace

std::vector<Finding> PlaceSearch::AddressesIn(const AddressPart& part, bool& several) const {
  const std::vector<Word>& words = part.words;
  std::vector<Finding> found;
  for (std::size_t at = 1; at < words.size(); ++at) {
    const auto reading = ReadHouseNumber(words, at, true);
    if (!reading || CountsSomethingElse(words, at, at + reading->words)) continue;
    if (GoesOn(words, at + reading->words)) {
      several = true;
      continue;
    }
    const PlaceContext rest = index_.localities.Read(words, at + reading->words);
    const std::size_t first = at > kLongestName ? at - kLongestName : 0;
    Finding finding;
    const auto take = [&](Finding candidate, std::size_t start) {
      if (candidate.rank > Rank::kNumberUnknown) return false;
      finding = std::move(candidate);
      finding.name = SpanOf(words, start, at);
      finding.number = SpanOf(words, at, at + reading->words);
      return true;
    };
    for (const Spelling spelling : kSpellings) {
      for (std::size_t start = first; start < at && finding.rank == Rank::kNothing; ++start) {
        if (!MayBeName(words, start, at) || NameGoesBack(words, start, false, *index_.style)) continue;
        const NameHits hits = index_.street_names.Find(NameOf(words, start, at).text, spelling);
        if (hits.ids.empty()) continue;
        // A name may have begun before: "Anders Bergs gata" is not Bergs gata, and of one word the number
        // must be there to prove the street.
        const bool capital = WordBeforeName(words, start) == WordBefore::kCapital &&
                             index_.localities.Read(words, start - 1).words == 0;
        if (capital && at > start + 1) continue;
        const NumberPolicy policy = capital ? NumberPolicy::kExisting : NumberPolicy::kAny;
        Finding candidate = choice_.Numbered(hits.ids, reading->number, ContextBeside(part, 0, rest), policy);
        if (hits.expanded) AddFault(candidate.match.faults, "ABBREVIATION_EXPANDED");
        if (spelling >= Spelling::kFolded) AddFault(candidate.match.faults, "FOLDED");
        take(std::move(candidate), start);
      }
      if (finding.rank != Rank::kNothing) break;
    }
    // Letters wrong: of the shorter stretches of words only, and none that a preposition begins.
    for (std::size_t start = at > 3 ? at - 3 : 0; start < at && finding.rank == Rank::kNothing; ++start) {
      if (!MayBeName(words, start, at) || NameGoesBack(words, start, true, *index_.style)) continue;
      AddressPart piece = part;
      piece.words.assign(words.begin() + static_cast<std::ptrdiff_t>(start),
                         words.begin() + static_cast<std::ptrdiff_t>(at + reading->words + rest.words));
      Finding candidate = NearAddressAt(piece, 0, at - start, NumberPolicy::kExisting);
      if (candidate.rank == Rank::kNothing && StandsAlone(words, start))
        candidate = RelaxedAt(piece, 0, at - start, true);
      take(std::move(candidate), start);
    }
    if (finding.rank == Rank::kNothing) continue;
    AddFault(finding.match.faults, "STREET_FROM_FREE_TEXT");
    found.push_back(std::move(finding));
  }
  return found;
}

/// Whether a street of another name follows: "Storgatan Tingsgatan". One word each; most streets are.
bool PlaceSearch::AnotherStreet(const std::vector<Word>& words, const std::vector<int>& ids,
                                std::size_t from) const {
  for (std::size_t at = from; at < words.size(); ++at) {
    if (!MayBeName(words, at, at + 1) || !BeginsWithCapital(words[at].text) ||
        NameGoesBack(words, at, false, *index_.style))
      continue;
    const NameHits hits = index_.street_names.Find(LowerWords(words, at, at + 1), Spelling::kAsWritten);
    if (!hits.ids.empty() && hits.ids != ids) return true;
  }
  return false;
}

/// Whether another place, which lies elsewhere, is named as well: "Heby skola och Heby station".
bool PlaceSearch::AnotherPlace(const std::vector<Word>& words, std::size_t from, const Finding& first) const {
  if (!first.match.placed()) return false;
  for (std::size_t length = std::min(kLongestName, words.size() - from); length > 0; --length)
    for (std::size_t start = from; start + length <= words.size(); ++start) {
      if (!MayBeName(words, start, start + length) || !BeginsWithCapital(words[start].text)) continue;
      const NameHits hits =
          index_.place_names.Find(LowerWords(words, start, start + length), Spelling::kAsWritten);
      if (hits.ids.empty()) continue;
      const GeocodeMatch other = choice_.OnePlace(hits.ids, around_.explicit_context).match;
      if (other.placed() &&
          std::hypot(other.position.easting.value() - first.match.position.easting.value(),
                     other.position.northing.value() - first.match.position.northing.value()) > kAgree_m)
        return true;
    }
  return false;
}

/// The longest name of a place, then of a street, anywhere in the sentence.
Finding PlaceSearch::NameIn(const AddressPart& part) const {
  const std::vector<Word>& words = part.words;
  for (const bool streets : {false, true}) {
    const NameIndex& names = streets ? index_.street_names : index_.place_names;
    for (std::size_t length = std::min(kLongestName, words.size()); length > 0; --length)
      for (std::size_t start = 0; start + length <= words.size(); ++start) {
        const std::size_t end = start + length;
        if (!MayBeName(words, start, end) || NameGoesBack(words, start, false, *index_.style)) continue;
        // One word may be any word: a name has a capital.
        if (length == 1 && !BeginsWithCapital(words[start].text)) continue;
        if (streets && MayBeAnotherStreet(words, start, end)) continue;
        std::vector<int> ids;
        for (const Spelling spelling : {Spelling::kAsWritten, Spelling::kFolded})
          if (ids.empty()) ids = names.Find(NameOf(words, start, end).text, spelling).ids;
        if (ids.empty()) continue;
        const PlaceContext context = ContextBeside(part, 0, index_.localities.Read(words, end));
        Finding finding = streets ? choice_.StreetAlone(ids, context) : choice_.OnePlace(ids, context);
        AddFault(finding.match.faults, "STREET_FROM_FREE_TEXT");
        finding.name = SpanOf(words, start, end);
        if (!streets) return AnotherPlace(words, end, finding) ? SeveralStreets(std::move(finding)) : finding;
        return AnotherStreet(words, ids, end) ? SeveralStreets(std::move(finding)) : finding;
      }
  }
  return {};
}

Finding PlaceSearch::NumberFirst(const AddressPart& part) const {
  const auto reading = ReadHouseNumber(part.words, 0, false);
  if (!reading || reading->words >= part.words.size()) return {};
  Finding finding = AfterNumber(part, *reading);
  if (finding.rank != Rank::kNothing) AddFault(finding.match.faults, "STREET_FROM_FREE_TEXT");
  return finding;
}

Finding PlaceSearch::InSentence(const AddressPart& part) const {
  if (part.words.size() < 2) return {};
  bool several = false;
  std::vector<Finding> found = AddressesIn(part, several);
  // Addresses that exist go before numbers that do not.
  std::vector<Finding> placed;
  for (const Finding& f : found)
    if (f.rank == Rank::kPlaced) placed.push_back(f);
  if (placed.empty()) {
    if (!found.empty()) return found.front();
    if (!several) return NameIn(part);
    Finding refused;
    refused.rank = Rank::kElsewhere;
    refused.match.reason = UnplacedReason::kNotFound;
    AddFault(refused.match.faults, "SEVERAL_ADDRESSES");
    return refused;
  }
  Finding one = placed.front();
  const bool same = std::all_of(placed.begin(), placed.end(),
                                [&](const Finding& f) { return f.match.matched == one.match.matched; });
  if (same) return one;
  Finding ambiguous;
  ambiguous.rank = Rank::kAmbiguous;
  ambiguous.match.reason = UnplacedReason::kAmbiguous;
  std::vector<std::string>& labels = ambiguous.match.candidates;
  for (const Finding& f : placed)
    if (std::find(labels.begin(), labels.end(), f.match.matched) == labels.end())
      labels.push_back(f.match.matched);
  std::sort(labels.begin(), labels.end());
  if (labels.size() > 10) labels.resize(10);
  AddFault(ambiguous.match.faults, "SEVERAL_ADDRESSES");
  return ambiguous;
}

}  // namespace lagesbild::geo
