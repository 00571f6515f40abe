#include "service/register_update.h"

#include <algorithm>
#include <optional>
#include <set>

#include "geo/geocoder.h"
#include "geo/match_fault.h"
#include "geo/study_area.h"
#include "service/import_persons.h"

namespace lagesbild::service {
namespace {

constexpr int kPageSize = 1000;

std::vector<StoredIncident> AllIncidents(Store& store) {
  std::vector<StoredIncident> all;
  std::int64_t after = 0;
  do {
    Page<StoredIncident> page = store.ListIncidents({{1900, 1}, {9999, 4}, {}, {}, {}}, after, kPageSize);
    std::move(page.items.begin(), page.items.end(), std::back_inserter(all));
    after = page.next_after;
  } while (after != 0);
  return all;
}

std::map<std::int64_t, UnresolvedPlace> WaitingTexts(Store& store) {
  std::map<std::int64_t, UnresolvedPlace> all;
  std::int64_t after = 0;
  do {
    Page<UnresolvedPlace> page = store.ListUnresolved(after, kPageSize);
    for (UnresolvedPlace& place : page.items) all[place.incident_id] = std::move(place);
    after = page.next_after;
  } while (after != 0);
  return all;
}

/// Reporters whose incidents are known by their street only.
std::set<std::string> WithoutDwellings(Store& store) {
  std::set<std::string> codes;
  for (const Reporter& reporter : store.ListReporters())
    if (!MayDeliverDwellings(reporter.kind)) codes.insert(reporter.code);
  return codes;
}

PlaceChange ChangeTo(const geo::Incident& incident, geo::MatchLevel level, geo::PlanePoint position,
                     geo::Meters radius, bool inside) {
  PlaceChange change;
  change.incident_id = incident.id;
  change.place = inside ? geo::PlaceKind::kPlaced : geo::PlaceKind::kUnplaced;
  change.reason = inside ? geo::UnplacedReason::kNone : geo::UnplacedReason::kOutside;
  change.level = level;
  change.position = position;
  change.has_position = true;
  change.accuracy_radius = radius;
  return change;
}

class Planner {
 public:
  Planner(const Municipality& after, const std::string& kind, RegisterUpdate& update)
      : after_(after), area_(after.boundary), of_addresses_(kind == "addresses"), update_(update) {}

  /// An incident with a position: does it lie elsewhere now, or on the other side of the boundary?
  void Follow(const geo::Incident& incident) {
    QuarterMoves& quarter = update_.quarters[geo::QuarterOf(incident.date).code()];
    if (const auto change = Followed(incident, quarter)) update_.changes.incidents.push_back(*change);
  }

  /// The earlier version of a corrected incident, which no quarter counts.
  void FollowSuperseded(const geo::Incident& incident) {
    QuarterMoves uncounted;
    if (const auto change = Followed(incident, uncounted)) update_.changes.superseded.push_back(*change);
  }

  void TryAgain(const geo::Incident& incident, const UnresolvedPlace& waiting, bool street_only) {
    if (!geocoder_) geocoder_.emplace(after_.gazetteer);
    geo::GeocodeMatch match =
        geocoder_->Geocode({waiting.text, waiting.locality, {}, std::chrono::sys_days{incident.date}});
    const geo::MatchLevel exact = match.level;
    if (street_only) match = geocoder_->AtStreet(match);
    if (!match.placed()) return;
    ++update_.quarters[geo::QuarterOf(incident.date).code()].found;
    update_.changes.incidents.push_back(ChangeTo(incident, geo::LevelToCount(match), match.position,
                                                 match.accuracy_radius, area_.contains(match.position)));
    update_.changes.incidents.back().forget_key = match.level != exact;
  }

 private:
  std::optional<PlaceChange> Followed(const geo::Incident& incident, QuarterMoves& quarter) const {
    geo::PlanePoint position = incident.position;
    geo::Meters radius = incident.accuracy_radius;
    if (HangsOnTheRegister(incident.level)) {
      const auto outcome = update_.points.OutcomeOf(position);
      if (outcome.fate == geo::PositionFate::kGone) ++quarter.gone;
      if (outcome.fate == geo::PositionFate::kUnclear) ++quarter.unclear;
      if (outcome.fate == geo::PositionFate::kMoved) {
        ++quarter.moved[geo::MoveClassOf(geo::DistanceBetween(position, outcome.position))];
        position = outcome.position;
        radius = outcome.accuracy_radius;
      }
    }
    const bool was_inside = incident.place == geo::PlaceKind::kPlaced, inside = area_.contains(position);
    if (inside && !was_inside) ++quarter.now_inside;
    if (!inside && was_inside) ++quarter.now_outside;
    if (inside == was_inside && position == incident.position) return std::nullopt;
    return ChangeTo(incident, incident.level, position, radius, inside);
  }

  bool HangsOnTheRegister(geo::MatchLevel level) const {
    if (!of_addresses_) return level == geo::MatchLevel::kPoi;
    return level == geo::MatchLevel::kAddressPoint || level == geo::MatchLevel::kAddressNumber;
  }

  const Municipality& after_;
  geo::StudyArea area_;
  bool of_addresses_;
  RegisterUpdate& update_;
  std::optional<geo::Geocoder> geocoder_;  ///< made when a text waits
};

}  // namespace

bool QuarterMoves::any() const {
  return std::any_of(moved.begin(), moved.end(), [](std::int64_t n) { return n > 0; }) || gone > 0 ||
         unclear > 0 || found > 0 || now_inside > 0 || now_outside > 0;
}

RegisterUpdate PlanUpdate(Store& store, const Municipality& before, const Municipality& after,
                          const std::string& kind) {
  RegisterUpdate update;
  update.points = kind == "addresses"
                      ? geo::RegisterDifference(geo::RegisterPoints(before.gazetteer.addresses),
                                                geo::RegisterPoints(after.gazetteer.addresses))
                      : geo::RegisterDifference(geo::RegisterPoints(before.gazetteer.places),
                                                geo::RegisterPoints(after.gazetteer.places));
  const auto waiting = WaitingTexts(store);
  const std::set<std::string> street_only = WithoutDwellings(store);
  Planner planner(after, kind, update);
  for (const StoredIncident& stored : AllIncidents(store)) {
    const geo::Incident& incident = stored.incident;
    if (incident.has_position)
      planner.Follow(incident);
    else if (const auto text = waiting.find(incident.id); text != waiting.end())
      planner.TryAgain(incident, text->second, street_only.contains(incident.reporter));
  }
  for (const StoredIncident& stored : store.SupersededIncidents())
    if (stored.incident.has_position) planner.FollowSuperseded(stored.incident);
  std::erase_if(update.quarters, [](const auto& entry) { return !entry.second.any(); });
  return update;
}

}  // namespace lagesbild::service
