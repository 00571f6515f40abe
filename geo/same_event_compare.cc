#include <algorithm>
#include <array>
#include <cmath>

#include "geo/same_event_parts.h"

namespace lagesbild::geo::same_event {
namespace {

constexpr double kSamePlace = 25, kClosePlace = 150;

using Kinship = std::array<Category, 2>;
/// What one reporter calls by the other's name.
constexpr std::array kKindred{
    Kinship{Category::kVandalism, Category::kGraffiti},
    Kinship{Category::kVandalism, Category::kArson},
    Kinship{Category::kVandalism, Category::kDisorder},
    Kinship{Category::kAssault, Category::kAbusiveTreatment},
    Kinship{Category::kAssault, Category::kRobbery},
    Kinship{Category::kAssault, Category::kCloseRelationViolence},
    Kinship{Category::kUnlawfulThreat, Category::kMolestation},
    Kinship{Category::kUnlawfulThreat, Category::kAbusiveTreatment},
    Kinship{Category::kMolestation, Category::kAbusiveTreatment},
    Kinship{Category::kMolestation, Category::kSexualOffence},
    Kinship{Category::kAbusiveTreatment, Category::kBullying},
    Kinship{Category::kAbusiveTreatment, Category::kOnlineAbuse},
    Kinship{Category::kBullying, Category::kOnlineAbuse},
    Kinship{Category::kOnlineAbuse, Category::kOnlineThreat},
    Kinship{Category::kOnlineImages, Category::kOnlineChildSexualOffence},
    Kinship{Category::kTheft, Category::kBurglary},
    Kinship{Category::kTheft, Category::kRobbery},
};

bool AreKindred(Category a, Category b) {
  return std::any_of(kKindred.begin(), kKindred.end(),
                     [&](const Kinship& k) { return (k[0] == a && k[1] == b) || (k[0] == b && k[1] == a); });
}

double Distance(const ReportedEvent& a, const ReportedEvent& b) {
  return std::hypot(a.position.easting.value() - b.position.easting.value(),
                    a.position.northing.value() - b.position.northing.value());
}

bool Fit(AgeSpan a, AgeSpan b) { return a.first <= b.last && b.first <= a.last; }

}  // namespace

int DaysApart(const ReportedEvent& a, const ReportedEvent& b) {
  const auto gap = std::max(a.first_day, b.first_day) - std::min(a.last_day, b.last_day);
  return std::max(0, static_cast<int>(gap.count()));
}

Agreement CompareTimes(const ReportedEvent& a, const ReportedEvent& b) {
  const int apart = DaysApart(a, b);
  return apart == 0 ? Agreement::kSame : apart == 1 ? Agreement::kClose : Agreement::kDifferent;
}

Agreement ComparePlaces(const ReportedEvent& a, const ReportedEvent& b) {
  if (a.has_position != b.has_position) return Agreement::kNotTold;
  if (!a.has_position)
    return a.area.empty() || b.area.empty() ? Agreement::kNotTold
           : a.area == b.area               ? Agreement::kSame
                                            : Agreement::kDifferent;
  const double distance = Distance(a, b);
  // A coarse place agrees with all around it and says little by that: never more than close.
  if (distance <= kSamePlace) return Agreement::kSame;
  const double radius = std::max(a.accuracy_radius.value(), b.accuracy_radius.value());
  return distance <= std::max(kClosePlace, radius) ? Agreement::kClose : Agreement::kDifferent;
}

Agreement ComparePersons(const ReportedEvent& a, const ReportedEvent& b) {
  if (a.ages.empty() || b.ages.empty()) return Agreement::kNotTold;
  // Spans in the order of their ends: the first that fits is the best for one-to-one.
  std::vector<AgeSpan> left = a.ages, right = b.ages;
  const auto by_end = [](AgeSpan x, AgeSpan y) {
    return x.last != y.last ? x.last < y.last : x.first < y.first;
  };
  std::sort(left.begin(), left.end(), by_end);
  std::sort(right.begin(), right.end(), by_end);
  std::size_t fitting = 0;
  std::vector<bool> taken(right.size());
  for (const AgeSpan& span : left)
    for (std::size_t j = 0; j < right.size(); ++j)
      if (!taken[j] && Fit(span, right[j])) {
        taken[j] = true;
        ++fitting;
        break;
      }
  if (fitting == left.size() && fitting == right.size()) return Agreement::kSame;
  return fitting > 0 ? Agreement::kClose : Agreement::kDifferent;
}

Agreement CompareCategories(Category a, Category b) {
  return a == b ? Agreement::kSame : AreKindred(a, b) ? Agreement::kClose : Agreement::kDifferent;
}

}  // namespace lagesbild::geo::same_event
