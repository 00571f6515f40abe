#include "service/resolve_place.h"

#include <algorithm>
#include <map>

#include "geo/match_fault.h"
#include "geo/personal_data.h"
#include "service/decided_place.h"
#include "service/errors.h"
#include "service/import_lock.h"
#include "service/import_persons.h"

namespace lagesbild::service {
namespace {

/// Kinds of reporters by code, asked once.
class Dwellings {
 public:
  explicit Dwellings(Store& store) {
    for (const Reporter& reporter : store.ListReporters())
      may_[reporter.code] = MayDeliverDwellings(reporter.kind);
  }
  bool MayDeliver(const std::string& reporter) const {
    const auto found = may_.find(reporter);
    return found != may_.end() && found->second;
  }

 private:
  std::map<std::string, bool> may_;
};

/// The incident with its text.
KeyedIncident Asked(Store& store, std::int64_t id) {
  const auto stored = store.IncidentsById({id});
  if (stored.empty()) throw NotFound("incident " + std::to_string(id) + " does not exist");
  KeyedIncident asked{stored.front(), {}, false};
  // By the key where there is one; the queue's page holds it otherwise.
  for (KeyedIncident& same : store.IncidentsOfKey(stored.front().place_key))
    if (same.stored.incident.id == id) asked = std::move(same);
  if (!asked.text)
    for (const UnresolvedPlace& waiting : store.ListUnresolved(id - 1, 1).items)
      if (waiting.incident_id == id) asked.text = waiting;
  return asked;
}

/// Whether its place comes from a text that a person may say something about.
bool HasPlaceText(const KeyedIncident& one) {
  const geo::Incident& incident = one.stored.incident;
  if (one.text) return true;
  if (one.stored.place_key.empty() || incident.place == geo::PlaceKind::kDigital) return false;
  return incident.level != geo::MatchLevel::kCoordinate || one.stored.resolved_by != 0;
}

bool PlacedByRegister(const StoredIncident& stored) {
  return stored.resolved_by == 0 && stored.incident.has_position;
}

geo::GeocodeMatch AtPosition(const geo::StudyArea& area, const PlaceResolution& resolution) {
  if (!area.contains(*resolution.position))
    throw InvalidRequest("position", "lies outside the boundary; dismiss the place when it is elsewhere");
  geo::GeocodeMatch match;
  match.level = geo::MatchLevel::kCoordinate;
  match.position = *resolution.position;
  match.accuracy_radius = resolution.accuracy_radius;
  return match;
}

/// The register's name of the candidate of that number.
std::string Candidate(const geo::Geocoder& geocoder, const KeyedIncident& asked, int number) {
  if (!asked.text)
    throw InvalidRequest("candidate_number", "names no candidate: the text is not kept; give the address");
  const geo::GeocodeMatch match = geocoder.Geocode(
      {asked.text->text, asked.text->locality, {}, std::chrono::sys_days{asked.stored.incident.date}});
  if (number < 1 || static_cast<std::size_t>(number) > match.candidates.size())
    throw InvalidRequest("candidate_number", "must be 1 to " + std::to_string(match.candidates.size()) +
                                                 ", as the list numbers the candidates of this text");
  return match.candidates[static_cast<std::size_t>(number) - 1];
}

geo::GeocodeMatch Found(const PlaceContext& context, const KeyedIncident& asked,
                        const PlaceResolution& resolution) {
  if (resolution.position) return AtPosition(context.area, resolution);
  const bool candidate = resolution.candidate != 0;
  const std::string address =
      candidate ? Candidate(context.geocoder, asked, resolution.candidate) : resolution.address;
  const geo::GeocodeMatch match =
      context.geocoder.Geocode({address, candidate ? std::string() : resolution.locality, {}});
  if (!match.placed())
    throw InvalidRequest(candidate ? "candidate_number" : "address",
                         "is not one place in the register (" +
                             std::string(geo::UnplacedReasonCode(match.reason)) +
                             "); write it as the register does, or give coordinates");
  return match;
}

PlaceChange ChangeTo(const KeyedIncident& one, const geo::GeocodeMatch& match, const geo::StudyArea& area) {
  PlaceChange change;
  change.incident_id = one.stored.incident.id;
  if (!match.placed()) {
    // Why it has no place: what the register said, also where a person had said something else in between.
    const PlaceState before =
        one.stored.resolved_by != 0 ? one.stored.before : PlaceStateOf(one.stored.incident);
    change.reason =
        before.reason == geo::UnplacedReason::kNone ? geo::UnplacedReason::kNotFound : before.reason;
    return change;
  }
  const bool inside = area.contains(match.position);
  change.place = inside ? geo::PlaceKind::kPlaced : geo::PlaceKind::kUnplaced;
  change.reason = inside ? geo::UnplacedReason::kNone : geo::UnplacedReason::kOutside;
  change.level = match.level;
  change.position = match.position;
  change.has_position = true;
  change.accuracy_radius = match.accuracy_radius;
  return change;
}

PlaceChange ChangeBack(std::int64_t id, const PlaceState& before) {
  PlaceChange change;
  change.incident_id = id;
  change.place = before.place;
  change.reason = before.reason;
  change.level = before.level;
  change.position = before.position;
  change.has_position = before.has_position;
  change.accuracy_radius = before.accuracy_radius;
  return change;
}

void CheckNote(const std::string& note) {
  if (geo::FindPersonalData(note, geo::PersonalText::kFree))
    throw InvalidRequest("note",
                         "may hold personal data; say why without names, numbers or addresses of people",
                         "Noteringen kan innehålla personuppgifter; skriv utan namn, nummer och adresser.");
}

void Add(PlaceChanges& changes, PlaceChange change, bool superseded) {
  (superseded ? changes.superseded : changes.incidents).push_back(std::move(change));
}

std::vector<std::int64_t> IdsOf(const std::vector<PlaceChange>& changes) {
  std::vector<std::int64_t> ids;
  for (const PlaceChange& change : changes) ids.push_back(change.incident_id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

PlaceDecision DecisionFrom(const PlaceResolution& resolution, const geo::GeocodeMatch& match, geo::Epsg crs) {
  PlaceDecision decision;
  decision.placed = match.placed();
  decision.level = match.level;
  decision.position = match.position;
  decision.accuracy_radius = match.accuracy_radius;
  decision.crs = crs;
  decision.matched = match.matched;
  decision.decided_at = resolution.at;
  decision.decided_by = resolution.by;
  decision.reason = resolution.reason;
  decision.note = resolution.note;
  return decision;
}

}  // namespace

ResolutionOutcome ResolvePlace(Store& store, const PlaceContext& context, const PlaceResolution& resolution,
                               const std::stop_token& stop) {
  CheckNote(resolution.note);
  // No delivery is read while texts are decided about: it would put the same text into the queue again.
  const auto lock = LockImports(store, stop);
  const KeyedIncident asked = Asked(store, resolution.incident_id);
  if (!HasPlaceText(asked))
    throw NotFound("incident " + std::to_string(resolution.incident_id) +
                   " has no place text to say more about");

  ResolutionOutcome outcome;
  if (!resolution.dismiss) outcome.match = Found(context, asked, resolution);
  const Dwellings kinds(store);
  const bool dwellings = kinds.MayDeliver(asked.stored.incident.reporter);
  if (!dwellings && resolution.position)
    throw InvalidRequest("position",
                         "this reporter's places are known by their street only; give an address");
  if (!dwellings && !resolution.dismiss) {
    outcome.match = context.geocoder.AtStreet(outcome.match);
    if (!outcome.match.placed())
      throw InvalidRequest("address",
                           "has no street or locality of its own that this reporter may be shown at");
  }
  PlaceDecision decision = DecisionFrom(resolution, outcome.match, context.crs);
  PlaceChanges changes;
  const auto follow = [&](const KeyedIncident& one) {
    PlaceChange change = ChangeTo(one, outcome.match, context.area);
    change.forget_key = !dwellings;
    change.follows = kNewDecision;
    change.text = dwellings ? TextFate::kKeepAside : TextFate::kForget;
    Add(changes, std::move(change), one.superseded);
  };
  const bool shared = dwellings && !asked.stored.place_key.empty();
  if (shared) {
    const std::string& key = asked.stored.place_key;
    const auto earlier = store.DecisionOfKey(key);
    decision.place_key = key;
    decision.overrides = PlacedByRegister(asked.stored) || (earlier && earlier->overrides);
    for (const KeyedIncident& one : store.IncidentsOfKey(key)) {
      // The same words from a reporter without dwellings are a question of their own.
      if (!kinds.MayDeliver(one.stored.incident.reporter) || !HasPlaceText(one)) continue;
      // What the register found by a postcode, or on another day, is another place of the same name.
      if (PlacedByRegister(one.stored) &&
          (!PlacedByRegister(asked.stored) || one.stored.incident.position != asked.stored.incident.position))
        continue;
      follow(one);
    }
  } else {
    follow(asked);
  }
  changes.decisions.push_back(decision);
  outcome.incident_ids = IdsOf(changes.incidents);
  outcome.stale = store.ChangePlaces(changes);
  if (shared) {
    outcome.decision = store.DecisionOfKey(decision.place_key).value();
  } else {
    outcome.decision = store.GetDecision(store.IncidentsById({resolution.incident_id}).at(0).resolved_by);
  }
  return outcome;
}

UndoneResolution UndoResolution(Store& store, const PlaceContext& context, std::int64_t id,
                                const std::string& by, const std::string& at, const std::stop_token& stop) {
  const auto lock = LockImports(store, stop);
  UndoneResolution undone;
  undone.decision = store.GetDecision(id);
  if (!undone.decision.undone_at.empty()) return undone;
  std::optional<PlaceDecision> earlier;
  std::int64_t after = 0;
  do {
    const Page<PlaceDecision> page = store.ListDecisions(after, 1000);
    for (const PlaceDecision& other : page.items)
      if (other.id != id && !undone.decision.place_key.empty() &&
          other.place_key == undone.decision.place_key && other.undone_at.empty() && other.crs == context.crs)
        earlier = other;
    after = page.next_after;
  } while (after != 0);

  PlaceChanges changes;
  changes.undone_decision = id;
  changes.undone_at = at;
  changes.undone_by = by;
  for (const KeyedIncident& one : store.IncidentsOfDecision(id)) {
    const std::int64_t incident = one.stored.incident.id;
    PlaceChange change;
    std::int64_t* count = nullptr;
    if (earlier) {
      change = ChangeTo(one, PlaceOf(*earlier, context.geocoder).match, context.area);
      change.follows = earlier->id;
      change.text = TextFate::kKeepAside;
      count = &undone.by_earlier_version;
    } else if (one.text) {
      const geo::GeocodeMatch match = context.geocoder.Geocode(
          {one.text->text, one.text->locality, {}, std::chrono::sys_days{one.stored.incident.date}});
      change = ChangeTo(one, match, context.area);
      change.follows = 0;
      if (match.placed()) {
        change.level = geo::LevelToCount(match);
        change.text = TextFate::kForget;
        count = &undone.by_register;
      } else {
        change.reason = match.reason;
        change.text = TextFate::kWaitAgain;
        count = &undone.waiting;
      }
    } else {
      change = ChangeBack(incident, one.stored.before);
      change.follows = 0;
      if (change.has_position) count = &undone.by_register;
    }
    if (!one.superseded && count != nullptr) ++*count;
    Add(changes, std::move(change), one.superseded);
  }
  undone.incident_ids = IdsOf(changes.incidents);
  undone.stale = store.ChangePlaces(changes);
  undone.decision = store.GetDecision(id);
  return undone;
}

}  // namespace lagesbild::service
