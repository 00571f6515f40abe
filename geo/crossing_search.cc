#include "geo/crossing_search.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "geo/address_clutter.h"
#include "geo/match_fault.h"

namespace lagesbild::geo {
namespace {

/// A dash parts two streets where so many bytes stand on either side of it.
constexpr std::size_t kBesideDash = 4;
constexpr std::size_t kLongestName = 6, kShortestNear = 6, kMostStreets = 8, kMostCuts = 24;

std::string_view Bare(std::string_view word) {
  while (!word.empty() && (word.back() == '.' || word.back() == ':')) word.remove_suffix(1);
  return word;
}

bool IsOneOf(std::string_view word, std::span<const std::string_view> words) {
  return IsAmong(Bare(word), words);
}

bool IsSign(std::string_view lower) {
  return lower == "/" || lower == "&" || lower == "+" || lower == "@" || lower == "\\";
}
bool IsPause(std::string_view lower) {
  return lower.size() == 1 && std::string_view(",;|()[]").find(lower[0]) != std::string_view::npos;
}
bool HasDigit(std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; }

/// "Storgatan/Tingsgatan" is three words, and so is "Storgatan-Tingsgatan"; a comma is a word of its own.
std::vector<Word> Apart(const std::vector<Word>& words) {
  std::vector<Word> apart;
  for (const Word& word : words) {
    if (word.text.size() != word.lower.size()) {
      apart.push_back(word);
      continue;
    }
    std::size_t begin = 0;
    const auto piece = [&](std::size_t from, std::size_t to) {
      if (from < to)
        apart.push_back({word.text.substr(from, to - from),
                         word.lower.substr(from, to - from),
                         {word.at.begin + from, word.at.begin + to}});
    };
    for (std::size_t i = 0; i < word.lower.size(); ++i) {
      const std::string_view here = std::string_view(word.lower).substr(i, 1);
      const bool dash =
          here == "-" && i >= kBesideDash && i + kBesideDash < word.lower.size() && !HasDigit(word.lower);
      if (!IsSign(here) && !IsPause(here) && !dash) continue;
      piece(begin, i);
      piece(i, i + 1);
      begin = i + 1;
    }
    piece(begin, word.lower.size());
  }
  return apart;
}

/// Whether a sign in the word may part two streets: not in "12-14" and "c/o", nor between "12" and "14".
bool MayPart(const std::vector<Word>& words, std::size_t at) {
  const std::string& lower = words[at].lower;
  if (lower == "c/o") return false;
  if (lower.find_first_of("/&+@\\") != std::string::npos) return true;
  if (lower == "-")
    return at > 0 && at + 1 < words.size() &&
           !(HasDigit(words[at - 1].lower) && HasDigit(words[at + 1].lower));
  const std::size_t dash = lower.find('-', kBesideDash);
  return dash != std::string::npos && !HasDigit(lower);
}

bool MayBeCrossing(const std::vector<Word>& words, const CrossingWords& say) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& lower = words[i].lower;
    if (MayPart(words, i) || IsOneOf(lower, say.connectors) || IsOneOf(lower, say.beside) ||
        IsOneOf(lower, say.openers))
      return true;
  }
  return false;
}

}  // namespace

void CrossingSearch::Label(Named& named) const {
  if (!named.streets.empty())
    named.label =
        index_.address(index_.streets[static_cast<std::size_t>(named.streets.front())].addresses.front())
            .area;
  else if (!named.roads.empty())
    named.label = index_.road_labels[static_cast<std::size_t>(named.roads.front())];
}

CrossingSearch::Named CrossingSearch::Exact(const std::vector<Word>& words, std::size_t from,
                                            std::size_t to) const {
  Named named;
  if (from >= to || to - from > kLongestName) return named;
  const std::vector<std::string> lower = LowerWords(words, from, to);
  for (const Spelling spelling : kSpellings) {
    const NameHits streets = index_.street_names.Find(lower, spelling);
    const NameHits roads = index_.road_names.Find(lower, spelling);
    if (streets.ids.empty() && roads.ids.empty()) continue;
    named.streets = streets.ids;
    named.roads = roads.ids;
    if (streets.expanded || roads.expanded) AddFault(named.faults, "ABBREVIATION_EXPANDED");
    if (spelling >= Spelling::kFolded) AddFault(named.faults, "FOLDED");
    break;
  }
  // A corner is named without directions and types: all streets of that core are meant.
  if (index_.style->block_size > 0)
    for (const CoreMatch& match : index_.block_names.Find(lower)) {
      if (match.across || match.edits > 0 || named.streets.size() >= kMostStreets) continue;
      if (std::find(named.streets.begin(), named.streets.end(), match.id) == named.streets.end())
        named.streets.push_back(match.id);
    }
  Label(named);
  return named;
}

/// Every street that the words may mean, each apart: which of them is meant, the other street decides.
std::vector<CrossingSearch::Named> CrossingSearch::Near(const std::vector<Word>& words, std::size_t from,
                                                        std::size_t to) const {
  std::vector<Named> found;
  if (from >= to || to - from > kLongestName) return found;
  if (Named exact = Exact(words, from, to); exact.found()) return {std::move(exact)};
  const std::vector<std::string> lower = LowerWords(words, from, to);
  std::size_t letters = 0;
  for (const std::string& word : lower) letters += word.size();
  if (letters < kShortestNear || index_.style->block_size > 0) return found;
  const auto take = [&](int id, bool road, std::vector<std::string> faults) {
    if (found.size() >= kMostStreets) return;
    Named& named = found.emplace_back();
    (road ? named.roads : named.streets) = {id};
    named.faults = std::move(faults);
    Label(named);
  };
  for (const bool road : {false, true})
    for (const NearName& near : (road ? index_.road_names : index_.street_names).Near(lower)) {
      std::vector<std::string> faults;
      if (near.edits > 0) AddFault(faults, near.edits > 1 ? "STREET_EDIT_2" : "STREET_EDIT_1");
      if (near.words_more != 0) AddFault(faults, near.words_more > 0 ? "COMPOUND_SPLIT" : "COMPOUND_JOINED");
      if (near.expanded) AddFault(faults, "ABBREVIATION_EXPANDED");
      take(near.id, road, std::move(faults));
    }
  if (!found.empty()) return found;
  for (const int id : index_.street_names.WithoutFirstWord(lower).ids)
    take(id, false, {"FIRST_WORD_MISSING"});
  for (const int id : index_.street_names.OtherType(lower).ids) take(id, false, {"SUFFIX_DIFFERS"});
  return found;
}

std::vector<CrossingSearch::Cut> CrossingSearch::CutsOf(const std::vector<Word>& words, bool& said) const {
  const CrossingWords& say = *index_.style->crossings;
  std::vector<Cut> cuts;
  const auto opener =
      std::find_if(words.begin(), words.end(), [&](const Word& w) { return IsOneOf(w.lower, say.openers); });
  said = opener != words.end();
  std::size_t begin = said ? static_cast<std::size_t>(opener - words.begin()) + 1 : 0;
  while (said && begin < words.size() &&
         (IsOneOf(words[begin].lower, say.between) || IsPause(words[begin].lower)))
    ++begin;
  const auto add = [&](Cut cut) {
    if (cut.left < cut.left_end && cut.right < words.size() && cuts.size() < kMostCuts) cuts.push_back(cut);
  };
  for (std::size_t at = begin + 1; at + 1 < words.size(); ++at) {
    const std::string& word = words[at].lower;
    const bool sign = IsSign(word), dash = word == "-", beside = IsOneOf(word, say.beside);
    if (!sign && !dash && !beside && !IsOneOf(word, say.connectors) && !(said && IsPause(word))) continue;
    if (said) {
      add({begin, at, at + 1, true, false});
      continue;
    }
    // In front of the first street may stand a sentence when a sign says that it is one, else a preposition.
    for (std::size_t left = at > kLongestName ? at - kLongestName : 0; left < at; ++left) {
      const bool starts = left == 0 || IsPause(words[left - 1].lower) ||
                          IsOneOf(words[left - 1].lower, index_.style->clutter->prepositions) ||
                          IsOneOf(words[left - 1].lower, index_.style->clutter->relations);
      if (sign || starts) add({left, at, at + 1, sign, beside});
    }
  }
  // "hörnet Storgatan Tingsgatan"
  for (std::size_t at = begin + 1; said && at < words.size(); ++at) add({begin, at, at, true, false});
  return cuts;
}

/// Whether the second street may end here: what follows is understood, or a sentence goes on after two
/// streets that are surely meant. "Storgatan och Tingsgatan 3": the number belongs to one of them.
bool CrossingSearch::MayEndAt(const std::vector<Word>& words, std::size_t end, const Cut& cut,
                              PlaceContext& rest) const {
  std::vector<Word> after;
  for (std::size_t i = end; i < words.size(); ++i)
    if (!IsPause(words[i].lower)) after.push_back(words[i]);
  rest = index_.localities.Read(after, 0);
  if (rest.words == after.size()) return true;
  return cut.sure && !HasDigit(after[rest.words].lower);
}

Finding CrossingSearch::At(const std::vector<Word>& words, const Cut& cut, Reading reading) const {
  const std::vector<Named> lefts = reading == Reading::kNear
                                       ? Near(words, cut.left, cut.left_end)
                                       : std::vector{Exact(words, cut.left, cut.left_end)};
  if (lefts.empty() || !lefts.front().found()) return {};
  for (std::size_t end = std::min(words.size(), cut.right + kLongestName); end > cut.right; --end) {
    const std::vector<Named> rights =
        reading == Reading::kNear ? Near(words, cut.right, end) : std::vector{Exact(words, cut.right, end)};
    PlaceContext context = around_.explicit_context, rest;
    if (rights.empty() || !rights.front().found() || !MayEndAt(words, end, cut, rest)) continue;
    context.terms.insert(context.terms.end(), rest.terms.begin(), rest.terms.end());
    context.postcodes.insert(context.postcodes.end(), rest.postcodes.begin(), rest.postcodes.end());
    std::vector<Finding> meetings;
    for (const Named& a : lefts)
      for (const Named& b : rights)
        if (Finding meeting = Between(a, b, context); meeting.rank != Rank::kNothing)
          meetings.push_back(std::move(meeting));
    Finding finding = meetings.size() == 1
                          ? std::move(meetings.front())
                          : LeastPenalty(std::move(meetings), StatedLocality(index_, context, around_));
    // A name read with letters wrong is proved by where it leads; alone it proves nothing.
    if (finding.rank == Rank::kNothing && reading == Reading::kNear) continue;
    if (finding.rank == Rank::kNothing) {
      const std::vector<std::string> right = LowerWords(words, cut.right, end);
      if (cut.beside && !index_.place_names.FindAny(right).empty()) return {};
      finding.rank = Rank::kElsewhere;
      finding.match.reason = UnplacedReason::kNotFound;
      AddFault(finding.match.faults, "STREETS_DO_NOT_MEET");
    }
    finding.name = SpanOf(words, cut.left, end);
    return finding;
  }
  return {};
}

/// Two streets are said to meet, and one of them is not known: not a place on the other.
Finding CrossingSearch::NotKnown(const std::vector<Word>& words, const std::vector<Cut>& cuts) const {
  for (const Cut& cut : cuts) {
    if (cut.right == cut.left_end) continue;  // without a word between them the second may be a remark
    const bool left = Exact(words, cut.left, cut.left_end).found();
    bool right = false, number = false, other = false;
    for (std::size_t end = std::min(words.size(), cut.right + kLongestName); end > cut.right; --end) {
      right = right || Exact(words, cut.right, end).found();
      other = other || !index_.place_names.FindAny(LowerWords(words, cut.right, end)).empty();
    }
    for (std::size_t i = cut.left; i < words.size(); ++i) number = number || HasDigit(words[i].lower);
    const std::vector<Word> rest(words.begin() + static_cast<std::ptrdiff_t>(cut.right), words.end());
    if (left == right || number || other || index_.localities.Read(rest, 0).words > 0) continue;
    Finding finding;
    finding.rank = Rank::kElsewhere;
    finding.match.reason = UnplacedReason::kNotFound;
    AddFault(finding.match.faults, "STREET_NOT_FOUND");
    finding.name = SpanOf(words, cut.left, words.size());
    return finding;
  }
  return {};
}

Finding CrossingSearch::Find(const std::vector<Word>& whole) const {
  if (!MayBeCrossing(whole, *index_.style->crossings)) return {};
  const std::vector<Word> words = Apart(whole);
  bool said = false;
  const std::vector<Cut> cuts = CutsOf(words, said);
  for (const Reading reading : {Reading::kExact, Reading::kNear})
    for (const Cut& cut : cuts)
      if (Finding finding = At(words, cut, reading); finding.rank != Rank::kNothing) return finding;
  return said ? NotKnown(words, cuts) : Finding{};
}

}  // namespace lagesbild::geo
