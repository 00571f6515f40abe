#include "geo/incident.h"

#include <algorithm>

namespace lagesbild::geo {
namespace {

bool HasRole(const Person& person, RoleSelection role) {
  switch (role) {
    case RoleSelection::kAny:
      return true;
    case RoleSelection::kVictim:
      return person.role == AgeRole::kVictim;
    case RoleSelection::kSuspect:
      return person.role == AgeRole::kSuspect;
    case RoleSelection::kInvolved:
      return person.role == AgeRole::kInvolved;
  }
  return false;
}

}  // namespace

std::string_view MatchLevelCode(MatchLevel level) {
  switch (level) {
    case MatchLevel::kAddressPoint:
      return "address_point";
    case MatchLevel::kAddressNumber:
      return "address_number";
    case MatchLevel::kInterpolated:
      return "interpolated";
    case MatchLevel::kInterpolatedEnd:
      return "interpolated_end";
    case MatchLevel::kIntersection:
      return "intersection";
    case MatchLevel::kPoi:
      return "poi";
    case MatchLevel::kProperty:
      return "property";
    case MatchLevel::kRoadPlace:
      return "road_place";
    case MatchLevel::kStreet:
      return "street";
    case MatchLevel::kLocality:
      return "locality";
    case MatchLevel::kPostcode:
      return "postcode";
    case MatchLevel::kCoordinate:
      return "coordinate";
    case MatchLevel::kNone:
      return "none";
  }
  return "none";
}

std::string_view UnplacedReasonCode(UnplacedReason reason) {
  switch (reason) {
    case UnplacedReason::kNone:
      return "NONE";
    case UnplacedReason::kNoPlaceGiven:
      return "NO_PLACE_GIVEN";
    case UnplacedReason::kNotFound:
      return "NOT_FOUND";
    case UnplacedReason::kNumberNotFound:
      return "NUMBER_NOT_FOUND";
    case UnplacedReason::kAmbiguous:
      return "AMBIGUOUS";
    case UnplacedReason::kOutside:
      return "OUTSIDE";
  }
  return "NONE";
}

std::string_view RoleCode(AgeRole role) {
  switch (role) {
    case AgeRole::kVictim:
      return "VICTIM";
    case AgeRole::kSuspect:
      return "SUSPECT";
    case AgeRole::kInvolved:
      return "INVOLVED";
    case AgeRole::kUnknown:
      return "UNKNOWN";
  }
  return "UNKNOWN";
}

std::string_view RoleSelectionLabelSv(RoleSelection role) {
  switch (role) {
    case RoleSelection::kAny:
      return "alla roller";
    case RoleSelection::kVictim:
      return "utsatta";
    case RoleSelection::kSuspect:
      return "misstänkta";
    case RoleSelection::kInvolved:
      return "inblandade";
  }
  return "alla roller";
}

bool TooCoarse(const Incident& incident, Meters max_accuracy) {
  switch (incident.level) {
    case MatchLevel::kInterpolatedEnd:
    case MatchLevel::kRoadPlace:
    case MatchLevel::kStreet:
    case MatchLevel::kLocality:
    case MatchLevel::kPostcode:
      return true;
    case MatchLevel::kAddressPoint:
    case MatchLevel::kAddressNumber:
    case MatchLevel::kInterpolated:
    case MatchLevel::kIntersection:
    case MatchLevel::kPoi:
    case MatchLevel::kProperty:
    case MatchLevel::kCoordinate:
    case MatchLevel::kNone:
      break;
  }
  return incident.accuracy_radius > max_accuracy;
}

bool CountsInGroup(const Incident& incident, const AgeScheme& scheme, const AgeGroup& group,
                   RoleSelection role) {
  bool any_of_role = false;
  for (const Person& person : incident.persons) {
    if (!HasRole(person, role)) continue;
    any_of_role = true;
    if (InGroup(scheme, group, person.age)) return true;
  }
  return !any_of_role && (group.kind == AgeGroupKind::kUnknown || group.kind == AgeGroupKind::kTotal);
}

int PersonsInGroup(const Incident& incident, const AgeScheme& scheme, const AgeGroup& group,
                   RoleSelection role) {
  return static_cast<int>(std::count_if(
      incident.persons.begin(), incident.persons.end(),
      [&](const Person& person) { return HasRole(person, role) && InGroup(scheme, group, person.age); }));
}

}  // namespace lagesbild::geo
