#include "service/incident_codes.h"

#include "service/errors.h"

namespace lagesbild::service {
namespace {

/// The value among the first..last ones whose code this is.
template <class Enum, class CodeOf>
Enum ValueOf(std::string_view code, Enum last, const CodeOf& code_of) {
  for (int i = 0; i <= static_cast<int>(last); ++i)
    if (const auto value = static_cast<Enum>(i); code_of(value) == code) return value;
  throw StoreUnavailable("the store holds an incident code that this program does not know; is it damaged?");
}

}  // namespace

std::string_view PlaceKindCode(geo::PlaceKind kind) {
  switch (kind) {
    case geo::PlaceKind::kPlaced:
      return "PLACED";
    case geo::PlaceKind::kUnplaced:
      return "UNPLACED";
    case geo::PlaceKind::kDigital:
      return "DIGITAL";
  }
  return "UNPLACED";
}

geo::PlaceKind PlaceKindOf(std::string_view code) {
  return ValueOf(code, geo::PlaceKind::kDigital, PlaceKindCode);
}
geo::UnplacedReason UnplacedReasonOf(std::string_view code) {
  return ValueOf(code, geo::UnplacedReason::kOutside, geo::UnplacedReasonCode);
}
geo::MatchLevel MatchLevelOf(std::string_view code) {
  return ValueOf(code, geo::MatchLevel::kNone, geo::MatchLevelCode);
}
geo::AgeRole RoleOf(std::string_view code) { return ValueOf(code, geo::AgeRole::kUnknown, geo::RoleCode); }

}  // namespace lagesbild::service
