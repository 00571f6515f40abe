#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/address_clutter.h"
#include "geo/match_fault.h"
#include "geo/place_search.h"

namespace lagesbild::geo {
namespace {

/// Points closer than this are one place.
constexpr double kSamePlace_m = 25;
constexpr std::size_t kMaxCandidates = 10;
/// A place's name of fewer letters is too short to be guessed at.
constexpr std::size_t kPlaceLetters = 6, kStreetLetters = 6;

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

int PenaltyOf(const Finding& finding) {
  int penalty = 0;
  for (const std::string& fault : finding.match.faults) penalty += FaultPenalty(fault);
  return penalty;
}

void AddNearFaults(const NearName& near, std::vector<std::string>& faults) {
  if (near.edits == 1) AddFault(faults, "STREET_EDIT_1");
  if (near.edits >= 2) AddFault(faults, "STREET_EDIT_2");
  if (near.words_more > 0) AddFault(faults, "COMPOUND_SPLIT");
  if (near.words_more < 0) AddFault(faults, "COMPOUND_JOINED");
  if (near.expanded) AddFault(faults, "ABBREVIATION_EXPANDED");
}

std::size_t LettersOf(const std::vector<Word>& words, std::size_t from, std::size_t to) {
  std::size_t letters = 0;
  for (std::size_t i = from; i < to; ++i) letters += words[i].lower.size();
  return letters;
}

}  // namespace

Finding LeastPenalty(std::vector<Finding> findings, std::optional<PlanePoint> stated) {
  if (findings.empty()) return {};
  std::vector<std::pair<int, std::size_t>> order;
  for (std::size_t i = 0; i < findings.size(); ++i) order.emplace_back(PenaltyOf(findings[i]), i);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  Finding best = findings[order.front().second];
  Finding ambiguous;
  ambiguous.rank = Rank::kAmbiguous;
  ambiguous.match.reason = UnplacedReason::kAmbiguous;
  ambiguous.name = best.name;
  ambiguous.number = best.number;
  bool several = false, apart = best.rank == Rank::kAmbiguous;
  std::vector<Candidate> candidates;
  for (const auto& [penalty, i] : order) {
    if (penalty > order.front().first) break;
    const GeocodeMatch& match = findings[i].match;
    several = several || i != order.front().second;
    apart = apart || findings[i].rank == Rank::kAmbiguous ||
            Distance(match.position, best.match.position) > kSamePlace_m;
    if (match.placed()) candidates.push_back({stated ? Distance(match.position, *stated) : 0, match.matched});
    for (const std::string& label : match.candidates) candidates.push_back({0, label});
  }
  if (!apart) {
    if (several) AddFault(best.match.faults, "SEVERAL_POINTS");
    return best;
  }
  ambiguous.match.candidates = Ranked(std::move(candidates));
  return ambiguous;
}

std::vector<Finding> PlaceSearch::NumberedNear(const std::vector<NearName>& names, const AddressPart& part,
                                               std::size_t start, std::size_t at, const NumberAt& number,
                                               NumberPolicy policy) const {
  std::vector<Finding> findings;
  for (const NearName& name : names) {
    // Two letters wrong and the words parted or joined as well: by then any street is near.
    if (name.edits > 1 && name.words_more != 0) continue;
    // Two letters wrong and the number not there is nothing to go by.
    if (name.edits > 1 && policy != NumberPolicy::kExisting) continue;
    Finding finding = choice_.Numbered({name.id}, number.reading.number, number.context, policy);
    if (finding.rank != Rank::kPlaced && finding.rank != Rank::kAmbiguous) continue;
    AddNearFaults(name, finding.match.faults);
    finding.name = SpanOf(part.words, start, at);
    finding.number = SpanOf(part.words, at, at + number.reading.words);
    findings.push_back(std::move(finding));
  }
  return findings;
}

Finding PlaceSearch::NearAddressAt(const AddressPart& part, std::size_t start, std::size_t at,
                                   NumberPolicy policy) const {
  const auto number = ReadNumberAt(part, start, at);
  if (!number) return {};
  const auto least = [&](std::vector<Finding> findings) {
    return CheckRemark(part, *number, LeastPenalty(std::move(findings), StatedLocality(index_, {}, around_)));
  };
  Memo::Name& name = NameOf(part.words, start, at);
  if (!name.near) {
    // One letter wrong is by far the most common, and what two letters cost more is not looked for then.
    std::vector<Finding> one =
        NumberedNear(index_.street_names.Near(name.text, 1), part, start, at, *number, policy);
    const bool best = std::any_of(one.begin(), one.end(), [](const Finding& f) {
      return PenaltyOf(f) < FaultPenalty("STREET_EDIT_2");
    });
    if (best) return least(std::move(one));
  }
  std::vector<Finding> findings =
      NumberedNear(NearStreets(part.words, start, at), part, start, at, *number, policy);
  if (findings.empty() && policy == NumberPolicy::kExisting)
    for (const int id : index_.street_names.SlippedAbbreviations(LowerWords(part.words, start, at))) {
      Finding finding = choice_.Numbered({id}, number->reading.number, number->context, policy);
      if (finding.rank != Rank::kPlaced && finding.rank != Rank::kAmbiguous) continue;
      AddFault(finding.match.faults, "STREET_EDIT_1");
      AddFault(finding.match.faults, "ABBREVIATION_EXPANDED");
      finding.name = SpanOf(part.words, start, at);
      finding.number = SpanOf(part.words, at, at + number->reading.words);
      findings.push_back(std::move(finding));
    }
  return findings.empty() ? Finding{} : least(std::move(findings));
}

/// Letters wrong, then the name's structure, then letters wrong and the number only between others.
Finding PlaceSearch::NearAddress(const AddressPart& part) const {
  const auto near = [&](NumberPolicy policy) {
    for (const std::size_t start : Starts(part))
      for (std::size_t at = part.words.size() - 1; at > start && at < part.words.size(); --at)
        if (Finding finding = NearAddressAt(part, start, at, policy); finding.rank != Rank::kNothing)
          return finding;
    return Finding{};
  };
  if (Finding existing = near(NumberPolicy::kExisting); existing.rank != Rank::kNothing) return existing;
  if (Finding relaxed = RelaxedAddress(part, true); relaxed.rank != Rank::kNothing) return relaxed;
  return near(NumberPolicy::kBetween);
}

Finding PlaceSearch::RelaxedAt(const AddressPart& part, std::size_t start, std::size_t at,
                               bool other_types) const {
  const auto number = ReadNumberAt(part, start, at);
  if (!number) return {};
  const NameText& name = NameOf(part.words, start, at).text;
  std::vector<Finding> findings;
  const auto add = [&](const NameHits& hits, const char* fault) {
    for (const int id : hits.ids) {
      Finding finding =
          choice_.Numbered({id}, number->reading.number, number->context, NumberPolicy::kExisting);
      if (finding.rank != Rank::kPlaced && finding.rank != Rank::kAmbiguous) continue;
      AddFault(finding.match.faults, fault);
      finding.name = SpanOf(part.words, start, at);
      finding.number = SpanOf(part.words, at, at + number->reading.words);
      findings.push_back(std::move(finding));
    }
  };
  add(index_.street_names.WithoutFirstWord(name), "FIRST_WORD_MISSING");
  if (other_types) add(index_.street_names.OtherType(name), "SUFFIX_DIFFERS");
  if (findings.empty()) return {};
  return CheckRemark(part, *number, LeastPenalty(std::move(findings), StatedLocality(index_, {}, around_)));
}

Finding PlaceSearch::EndOrAnother(const AddressPart& part, std::size_t start, std::size_t at,
                                  Finding end) const {
  const Finding another = RelaxedAt(part, start, at, true);
  if (another.rank != Rank::kPlaced && another.rank != Rank::kAmbiguous) return end;
  Finding ambiguous;
  ambiguous.rank = Rank::kAmbiguous;
  ambiguous.match.reason = UnplacedReason::kAmbiguous;
  ambiguous.name = end.name;
  ambiguous.number = end.number;
  std::vector<std::string>& labels = ambiguous.match.candidates;
  labels = another.match.candidates;
  if (another.match.placed()) labels.push_back(another.match.matched);
  labels.push_back(end.match.matched);
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  if (labels.size() < 2) return end;
  if (labels.size() > kMaxCandidates) labels.resize(kMaxCandidates);
  return ambiguous;
}

Finding PlaceSearch::RelaxedAddress(const AddressPart& part, bool other_types) const {
  for (const std::size_t start : Starts(part)) {
    // "c/o Lund Mårten Hamiltons väg 1": the second name is the street's as likely as the person's.
    if (part.care_of && start > 1) break;
    for (std::size_t at = part.words.size() - 1; at > start && at < part.words.size(); --at)
      if (Finding finding = RelaxedAt(part, start, at, other_types); finding.rank != Rank::kNothing)
        return finding;
  }
  return {};
}

Finding PlaceSearch::NearPlace(const AddressPart& part) const {
  if (index_.place_names.empty()) return {};
  for (const std::size_t start : Starts(part))
    for (std::size_t end = part.words.size(); end > start; --end) {
      const PlaceContext rest = index_.localities.Read(part.words, end);
      if (end + rest.words < part.words.size() || LettersOf(part.words, start, end) < kPlaceLetters) continue;
      std::vector<Finding> findings;
      for (const NearName& name : index_.place_names.Near(NameOf(part.words, start, end).text)) {
        Finding finding = choice_.OnePlace({name.id}, ContextBeside(part, start, rest));
        AddNearFaults(name, finding.match.faults);
        finding.name = SpanOf(part.words, start, end);
        findings.push_back(std::move(finding));
      }
      if (!findings.empty()) return LeastPenalty(std::move(findings), StatedLocality(index_, {}, around_));
    }
  return {};
}

/// Without a number nothing proves the street: one letter at most, and the street as a whole.
Finding PlaceSearch::NearStreetAlone(const AddressPart& part) const {
  for (const std::size_t start : Starts(part))
    for (std::size_t end = part.words.size(); end > start; --end) {
      const PlaceContext rest = index_.localities.Read(part.words, end);
      if (end + rest.words < part.words.size() || LettersOf(part.words, start, end) < kStreetLetters)
        continue;
      std::vector<Finding> findings;
      for (const NearName& name : index_.street_names.Near(NameOf(part.words, start, end).text, 1)) {
        Finding finding = choice_.StreetAlone({name.id}, ContextBeside(part, start, rest));
        // Of another locality and another spelling there is nothing left that speaks for it.
        const std::vector<std::string>& told = finding.match.faults;
        if (std::find(told.begin(), told.end(), "LOCALITY_CONFLICT") != told.end()) continue;
        AddNearFaults(name, finding.match.faults);
        finding.name = SpanOf(part.words, start, end);
        findings.push_back(std::move(finding));
      }
      if (!findings.empty()) return LeastPenalty(std::move(findings), StatedLocality(index_, {}, around_));
    }
  return {};
}

}  // namespace lagesbild::geo
