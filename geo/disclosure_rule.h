#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo/age.h"
#include "geo/lattice.h"

namespace lagesbild::geo {

/// Who a released picture is for. The internal audience is not under disclosure control.
enum class Audience { kPartner, kPublic };
std::string_view AudienceCode(Audience audience);     ///< "partner", "public"
std::string_view AudienceLabelSv(Audience audience);  ///< "samverkanspartner", "allmänheten"

/// Which categories a value counts. Perceived unsafety is in neither.
enum class CategoryClass { kNonSensitive, kAll };
std::string_view CategoryClassCode(CategoryClass categories);     ///< "non_sensitive", "all"
std::string_view CategoryClassLabelSv(CategoryClass categories);  ///< "ej känsliga kategorier", ...

/// What may leave for one audience. Values of DefaultRule are the weakest allowed.
struct DisclosureRule {
  int version = 1;
  Audience audience = Audience::kPublic;
  int k = 10;                    ///< a count under k is never released
  LatticeThresholds lattice;     ///< of a leaf
  int protected_below_age = 13;  ///< completed years; groups that hold younger ones: district at finest
  int youth_last_age = 24;       ///< the oldest age, completed years, of the groups that are published
  int protected_quarters = 4;    ///< sensitive categories and protected ages: at least so many together
  double min_share = 0.5;        ///< of a view's incidents that must lie in released areas
  friend bool operator==(const DisclosureRule&, const DisclosureRule&) = default;
};

/// partner: k 5, 5 dwellings, 12 persons, protected values by the quarter. public: k 10, 10 dwellings, 25
/// persons, protected values over four quarters.
DisclosureRule DefaultRule(Audience audience);

/// Throws InvalidInput when the rule is weaker than the default of its audience in any field, `min_share` is
/// not in [0, 1], or `protected_quarters` is not 1, 2 or 4.
void CheckRule(const DisclosureRule& rule);

/// The rules of both audiences: what the public may read the partner reads too, so each is audited with both.
struct DisclosureRules {
  DisclosureRule partner = DefaultRule(Audience::kPartner);
  DisclosureRule open = DefaultRule(Audience::kPublic);
  const DisclosureRule& of(Audience audience) const {
    return audience == Audience::kPartner ? partner : open;
  }
};

/// CheckRule of both; throws InvalidInput too when the audiences are swapped, the versions or ages differ, or
/// the partner's k or thresholds are over the public's (then a partition would not nest).
void CheckRules(const DisclosureRules& rules);

/// An age group that can be published: headline groups of the scheme, united. An incident counts once.
struct PublishedGroup {
  std::string slug;                ///< "13_24", "alla": ASCII, stable
  std::string label_sv, label_en;  ///< "13–24 år", "ages 13–24"
  int first_age = 0, last_age = kOpenAge;
  bool protected_ages = false;  ///< holds ages under the rule's protected age
  bool all = false;             ///< everyone, unknown age included
  /// Which of the scheme's headline groups it unites, by index into AgeScheme::groups. All: empty.
  std::vector<int> headline;
  friend bool operator==(const PublishedGroup&, const PublishedGroup&) = default;
};

/// For the default scheme: 0-12, 13-17, 18-24, 13-24, 0-17, 0-24, all; in general the single youth groups,
/// the union of the unprotected ones, the unions of the first two, three, ... and all; each once. Ages come
/// from the scheme. Throws InvalidInput when no headline group ends at `youth_last_age` or below, when none
/// of them is unprotected, or when there are more than four.
std::vector<PublishedGroup> PublishedGroups(const AgeScheme& scheme, const DisclosureRule& rule);

}  // namespace lagesbild::geo
