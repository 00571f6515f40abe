#include "geo/place_finding.h"

#include <algorithm>
#include <utility>

#include "geo/address_clutter.h"

namespace lagesbild::geo {
namespace {

constexpr std::size_t kMaxCandidates = 10;

}  // namespace

std::string_view TownOf(const AddressView& a) { return a.postal_town.empty() ? a.locality : a.postal_town; }

std::string WithTown(std::string_view label, std::string_view town) {
  std::string text(label);
  return town.empty() ? text : text.append(", ").append(town);
}

std::string DesignationOf(const AddressView& a) {
  std::string label(a.area);
  if (a.number > 0) label.append(" ").append(std::to_string(a.number)).append(a.letter);
  return a.addition.empty() ? label : label.append(" ").append(a.addition);
}

Finding Unplaced(Rank rank, UnplacedReason reason) {
  Finding finding;
  finding.rank = rank;
  finding.match.reason = reason;
  return finding;
}

Finding Placed(Rank rank, MatchLevel level, PlanePoint position, double radius_m, std::string matched) {
  Finding finding;
  finding.rank = rank;
  finding.match.level = level;
  finding.match.position = position;
  finding.match.accuracy_radius = Meters{radius_m};
  finding.match.matched = std::move(matched);
  return finding;
}

std::string RangeText(const HouseNumber& number) {
  std::string text = std::to_string(number.number) + number.letter;
  if (number.last_number > 0) return text + "–" + std::to_string(number.last_number) + number.last_letter;
  return number.last_letter.empty() ? text : text + "–" + number.last_letter;
}

std::string AddressLabel(const AddressView& address) {
  return WithTown(DesignationOf(address), TownOf(address));
}

std::string LabelOf(const Place& place) { return WithTown(place.name, place.locality); }

std::optional<PlanePoint> StatedLocality(const RegisterIndex& index, const PlaceContext& context,
                                         const Surroundings& around) {
  for (const PlaceContext* given : {&context, &around.explicit_context, &around.weak_context})
    for (const int term : given->terms)
      if (const auto ids = index.LocalitiesOf(term); !ids.empty())
        return index.gazetteer.localities[static_cast<std::size_t>(ids.front())].position;
  return std::nullopt;
}

std::vector<std::string> Ranked(std::vector<Candidate> candidates) {
  std::sort(candidates.begin(), candidates.end());
  std::vector<std::string> labels;
  for (Candidate& candidate : candidates)
    if (labels.size() < kMaxCandidates &&
        std::find(labels.begin(), labels.end(), candidate.label) == labels.end())
      labels.push_back(std::move(candidate.label));
  return labels;
}

Finding AmbiguousAmong(std::vector<std::string> candidates) {
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  if (candidates.size() > kMaxCandidates) candidates.resize(kMaxCandidates);
  Finding finding = Unplaced(Rank::kAmbiguous, UnplacedReason::kAmbiguous);
  finding.match.candidates = std::move(candidates);
  return finding;
}

Finding Elsewhere(Finding placed) {
  Finding finding = Unplaced(Rank::kElsewhere, UnplacedReason::kNotFound);
  finding.match.candidates = std::move(placed.match.candidates);
  if (!placed.match.matched.empty()) finding.match.candidates = {placed.match.matched};
  finding.match.faults = std::move(placed.match.faults);
  AddFault(finding.match.faults, "LOCALITY_CONFLICT");
  return finding;
}

}  // namespace lagesbild::geo
