#include "geo/disclosure_rule.h"

#include <algorithm>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr std::size_t kMaxYouthGroups = 4;

void CheckAtLeast(int value, int minimum, Audience audience, const char* field) {
  if (value >= minimum) return;
  throw InvalidInput("the rule for " + std::string(AudienceCode(audience)) + " has " + field + " " +
                     std::to_string(value) + "; it may only be stricter than " + std::to_string(minimum));
}

void CheckAtMost(int value, int maximum, Audience audience, const char* field) {
  if (value <= maximum) return;
  throw InvalidInput("the rule for " + std::string(AudienceCode(audience)) + " has " + field + " " +
                     std::to_string(value) + "; it may be at most " + std::to_string(maximum));
}

PublishedGroup United(const AgeScheme& scheme, const DisclosureRule& rule, std::vector<int> headline) {
  PublishedGroup group;
  const AgeGroup& first = scheme.groups[static_cast<std::size_t>(headline.front())];
  const AgeGroup& last = scheme.groups[static_cast<std::size_t>(headline.back())];
  group.first_age = first.first_age;
  group.last_age = last.last_age;
  const std::string from = std::to_string(group.first_age), to = std::to_string(group.last_age);
  group.slug = from + "_" + to;
  group.label_sv = from + "–" + to + " år";
  group.label_en = "ages " + from + "–" + to;
  group.protected_ages = group.first_age < rule.protected_below_age;
  group.headline = std::move(headline);
  return group;
}

}  // namespace

std::string_view AudienceCode(Audience audience) {
  switch (audience) {
    case Audience::kPartner:
      return "partner";
    case Audience::kPublic:
      return "public";
  }
  return "public";
}

std::string_view AudienceLabelSv(Audience audience) {
  switch (audience) {
    case Audience::kPartner:
      return "samverkanspartner";
    case Audience::kPublic:
      return "allmänheten";
  }
  return "allmänheten";
}

std::string_view CategoryClassCode(CategoryClass categories) {
  switch (categories) {
    case CategoryClass::kNonSensitive:
      return "non_sensitive";
    case CategoryClass::kAll:
      return "all";
  }
  return "all";
}

std::string_view CategoryClassLabelSv(CategoryClass categories) {
  switch (categories) {
    case CategoryClass::kNonSensitive:
      return "ej känsliga kategorier";
    case CategoryClass::kAll:
      return "alla kategorier";
  }
  return "alla kategorier";
}

DisclosureRule DefaultRule(Audience audience) {
  DisclosureRule rule;
  rule.audience = audience;
  if (audience == Audience::kPartner) {
    rule.k = 5;
    rule.lattice = {5, 12};
    rule.protected_quarters = 1;
  } else {
    rule.k = 10;
    rule.lattice = {10, 25};
    rule.protected_quarters = 4;
  }
  return rule;
}

void CheckRule(const DisclosureRule& rule) {
  const DisclosureRule weakest = DefaultRule(rule.audience);
  CheckAtLeast(rule.version, 1, rule.audience, "version");
  CheckAtLeast(rule.k, weakest.k, rule.audience, "k");
  CheckAtLeast(rule.lattice.min_dwellings, weakest.lattice.min_dwellings, rule.audience, "min_dwellings");
  CheckAtLeast(rule.lattice.min_persons, weakest.lattice.min_persons, rule.audience, "min_persons");
  CheckAtLeast(rule.protected_below_age, weakest.protected_below_age, rule.audience, "protected_below_age");
  CheckAtLeast(rule.protected_quarters, weakest.protected_quarters, rule.audience, "protected_quarters");
  // Older groups are wider; a lower last age would only publish fewer of them, but must leave some.
  CheckAtLeast(rule.youth_last_age, rule.protected_below_age, rule.audience, "youth_last_age");
  CheckAtMost(rule.youth_last_age, kOpenAge, rule.audience, "youth_last_age");
  if (rule.protected_quarters != 1 && rule.protected_quarters != 2 && rule.protected_quarters != 4)
    throw InvalidInput("protected_quarters is " + std::to_string(rule.protected_quarters) +
                       "; it must be 1, 2 or 4");
  if (!(rule.min_share >= 0 && rule.min_share <= 1))
    throw InvalidInput("min_share must be a share from 0 to 1");
}

void CheckRules(const DisclosureRules& rules) {
  if (rules.partner.audience != Audience::kPartner || rules.open.audience != Audience::kPublic)
    throw InvalidInput("the rules of partner and public are swapped; each must name its own audience");
  CheckRule(rules.partner);
  CheckRule(rules.open);
  if (rules.partner.version != rules.open.version ||
      rules.partner.protected_below_age != rules.open.protected_below_age ||
      rules.partner.youth_last_age != rules.open.youth_last_age)
    throw InvalidInput("the rules of partner and public must have the same version and the same ages");
  if (rules.partner.k > rules.open.k ||
      rules.partner.lattice.min_dwellings > rules.open.lattice.min_dwellings ||
      rules.partner.lattice.min_persons > rules.open.lattice.min_persons ||
      rules.partner.protected_quarters > rules.open.protected_quarters)
    throw InvalidInput("the rule of partner must not be stricter than that of public");
}

std::vector<PublishedGroup> PublishedGroups(const AgeScheme& scheme, const DisclosureRule& rule) {
  std::vector<int> youth, open;
  for (std::size_t i = 0; i < scheme.groups.size(); ++i) {
    const AgeGroup& group = scheme.groups[i];
    if (group.kind != AgeGroupKind::kHeadline || group.last_age > rule.youth_last_age) continue;
    youth.push_back(static_cast<int>(i));
    if (group.first_age >= rule.protected_below_age) open.push_back(static_cast<int>(i));
  }
  std::sort(youth.begin(), youth.end(), [&](int a, int b) {
    return scheme.groups[static_cast<std::size_t>(a)].first_age <
           scheme.groups[static_cast<std::size_t>(b)].first_age;
  });
  std::sort(open.begin(), open.end(), [&](int a, int b) {
    return scheme.groups[static_cast<std::size_t>(a)].first_age <
           scheme.groups[static_cast<std::size_t>(b)].first_age;
  });
  const std::string last = std::to_string(rule.youth_last_age);
  if (open.empty())
    throw InvalidInput("the age scheme has no headline group from " +
                       std::to_string(rule.protected_below_age) + " to " + last +
                       " years; disclosure control needs one");
  if (youth.size() > kMaxYouthGroups)
    throw InvalidInput("the age scheme has " + std::to_string(youth.size()) + " headline groups up to " +
                       last + " years; disclosure control takes at most " + std::to_string(kMaxYouthGroups));

  std::vector<PublishedGroup> groups;
  const auto add = [&](std::vector<int> headline) {
    PublishedGroup group = United(scheme, rule, std::move(headline));
    const bool known = std::any_of(groups.begin(), groups.end(), [&](const PublishedGroup& other) {
      return other.headline == group.headline;
    });
    if (!known) groups.push_back(std::move(group));
  };
  for (const int index : youth) add({index});
  add(open);
  for (std::size_t size = 2; size <= youth.size(); ++size)
    add({youth.begin(), youth.begin() + static_cast<std::ptrdiff_t>(size)});
  PublishedGroup& all = groups.emplace_back();
  all.slug = "alla";
  all.label_sv = "alla åldrar";
  all.label_en = "all ages";
  all.protected_ages = true;
  all.all = true;
  return groups;
}

}  // namespace lagesbild::geo
