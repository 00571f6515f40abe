#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "geo/age.h"
#include "geo/category.h"
#include "geo/units.h"

namespace lagesbild::geo {

/// The role in which a person's age is given. Series never mix roles unless their name says so.
enum class AgeRole { kVictim, kSuspect, kInvolved, kUnknown };

/// Which persons of an incident a series looks at.
enum class RoleSelection { kAny, kVictim, kSuspect, kInvolved };

struct Person {
  AgeRole role = AgeRole::kUnknown;
  AgeSpan age;
  bool age_estimated = false;
  friend bool operator==(const Person&, const Person&) = default;
};

enum class PlaceKind { kPlaced, kUnplaced, kDigital };

enum class UnplacedReason {
  kNone,            ///< placed or digital
  kNoPlaceGiven,    ///< the report names no place
  kNotFound,        ///< street or place is not in the register
  kNumberNotFound,  ///< the street is known, the number is not
  kAmbiguous,       ///< several places fit equally well
  kOutside,         ///< outside the boundary; position kept for the buffer when known
};

/// How the place was found, from exact to coarse; see `geocoding.md` section 3.1.
enum class MatchLevel {
  kAddressPoint,
  kAddressNumber,
  kInterpolated,
  kInterpolatedEnd,
  kIntersection,
  kPoi,
  kProperty,
  kRoadPlace,
  kStreet,
  kLocality,
  kPostcode,
  kCoordinate,
  kNone,
};

/// "address_point", "poi", ... as in files and on the command line.
std::string_view MatchLevelCode(MatchLevel level);
std::string_view UnplacedReasonCode(UnplacedReason reason);  ///< "NO_PLACE_GIVEN", "OUTSIDE", ...
std::string_view RoleCode(AgeRole role);                     ///< "VICTIM", ...
std::string_view RoleSelectionLabelSv(
    RoleSelection role);  ///< "alla roller", "utsatta", "misstänkta", "inblandade"

/// One reported event at one place and day. Holds no address text, no name, no age in years.
struct Incident {
  std::int64_t id = 0;   ///< stable within the store; order does not matter to any statistic
  std::string reporter;  ///< code of the reporting organization
  std::chrono::year_month_day date;
  Category category = Category::kOther;
  PlaceKind place = PlaceKind::kUnplaced;
  UnplacedReason reason = UnplacedReason::kNone;
  MatchLevel level = MatchLevel::kNone;
  /// Meaningful when placed, or when the reason is kOutside and `has_position`.
  PlanePoint position;
  bool has_position = false;
  Meters accuracy_radius;       ///< 90 % radius of the position
  std::vector<Person> persons;  ///< may be empty: age unknown
};

/// Whether a placed incident is too coarsely placed for density, tests and repeats: a radius over
/// `max_accuracy`, or a level coarser than interpolation, whatever its radius: a street's middle is a point
/// where nothing happened.
bool TooCoarse(const Incident& incident, Meters max_accuracy);

/// Whether any person of the selected role counts in the group. An incident without a person of that role
/// counts as age unknown.
bool CountsInGroup(const Incident& incident, const AgeScheme& scheme, const AgeGroup& group,
                   RoleSelection role);

/// Number of persons of the selected role in the group; an incident without any such person has 0.
int PersonsInGroup(const Incident& incident, const AgeScheme& scheme, const AgeGroup& group,
                   RoleSelection role);

}  // namespace lagesbild::geo
