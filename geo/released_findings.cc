#include "geo/released_findings.h"

namespace lagesbild::geo {

std::string_view AgainstExpectedCode(AgainstExpected against_expected) {
  switch (against_expected) {
    case AgainstExpected::kNotReleased:
      return "NOT_RELEASED";
    case AgainstExpected::kUndefined:
      return "UNDEFINED";
    case AgainstExpected::kTooFewAreas:
      return "TOO_FEW_AREAS";
    case AgainstExpected::kNothingClear:
      return "NOTHING_CLEAR";
    case AgainstExpected::kMore:
      return "MORE";
    case AgainstExpected::kClearlyMore:
      return "CLEARLY_MORE";
  }
  return {};
}

std::string_view StabilityCode(Stability stability) {
  switch (stability) {
    case Stability::kNotAssessed:
      return "NOT_ASSESSED";
    case Stability::kStable:
      return "STABLE";
    case Stability::kFragile:
      return "FRAGILE";
  }
  return {};
}

std::string_view ExposureBasisCode(ExposureBasis basis) {
  switch (basis) {
    case ExposureBasis::kNone:
      return "NONE";
    case ExposureBasis::kGroupInhabitants:
      return "GROUP_INHABITANTS";
    case ExposureBasis::kAllInhabitants:
      return "ALL_INHABITANTS";
  }
  return {};
}

std::string_view ChangeCode(Change change) {
  switch (change) {
    case Change::kNotReleased:
      return "NOT_RELEASED";
    case Change::kNotComparable:
      return "NOT_COMPARABLE";
    case Change::kNoSureDifference:
      return "NO_SURE_DIFFERENCE";
    case Change::kMore:
      return "MORE";
    case Change::kFewer:
      return "FEWER";
  }
  return {};
}

}  // namespace lagesbild::geo
