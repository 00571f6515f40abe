#include "geo/age.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

std::string BandCode(int first_age, int last_age) {
  if (last_age >= kOpenAge) return std::to_string(first_age) + "+";
  if (first_age == last_age) return std::to_string(first_age);
  return std::to_string(first_age) + "-" + std::to_string(last_age);
}

AtomicBand Band(int first_age, int last_age) { return {BandCode(first_age, last_age), first_age, last_age}; }

bool StartsBand(const AgeScheme& scheme, int age) {
  return std::any_of(scheme.bands.begin(), scheme.bands.end(),
                     [&](const AtomicBand& b) { return b.first_age == age; });
}
bool EndsBand(const AgeScheme& scheme, int age) {
  return std::any_of(scheme.bands.begin(), scheme.bands.end(),
                     [&](const AtomicBand& b) { return b.last_age == age; });
}

bool SpanInside(const AgeScheme& scheme, const AgeGroup& group, AgeSpan span) {
  return span.known() && scheme.bands[static_cast<std::size_t>(span.first)].first_age >= group.first_age &&
         scheme.bands[static_cast<std::size_t>(span.last)].last_age <= group.last_age;
}

std::optional<int> ParseAge(std::string_view text) {
  int age = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), age);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return age;
}

void CheckBands(const AgeScheme& scheme) {
  if (scheme.bands.empty()) throw InvalidInput("age scheme has no bands");
  int next = 0;
  for (const AtomicBand& band : scheme.bands) {
    if (band.first_age != next)
      throw InvalidInput("age band " + band.code + " must begin at " + std::to_string(next) +
                         ": bands ascend without gaps or overlaps");
    if (band.last_age < band.first_age)
      throw InvalidInput("age band " + band.code + " ends before it begins");
    next = band.last_age + 1;
  }
  if (next <= kOpenAge)
    throw InvalidInput("the last age band must be open (to " + std::to_string(kOpenAge) + "), as \"26+\"");
}

/// Codes and slugs become names of tables and files.
void CheckNames(const AgeGroup& group) {
  const bool plain = !group.slug.empty() && group.slug.size() <= 30 &&
                     std::all_of(group.slug.begin(), group.slug.end(), [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                     });
  if (!plain)
    throw InvalidInput("age group " + group.code +
                       " needs a slug of 1 to 30 lower-case letters a to z, digits and \"_\"");
  if (group.code.empty() || group.label_sv.empty())
    throw InvalidInput("age group " + group.slug + " needs a code and a label");
}

}  // namespace

AgeScheme DefaultAgeScheme() {
  AgeScheme scheme;
  scheme.version = 1;
  scheme.valid_from = "2026-01-01";
  scheme.bands = {Band(0, 6),   Band(7, 9),   Band(10, 12), Band(13, 14), Band(15, 15),      Band(16, 17),
                  Band(18, 19), Band(20, 20), Band(21, 24), Band(25, 25), Band(26, kOpenAge)};
  scheme.groups = {
      {"BARN", "barn_0_12", "Barn 0–12 år", "Children 0–12", AgeGroupKind::kHeadline, 0, 12},
      {"UNGDOM", "ungdom_13_17", "Ungdomar 13–17 år", "Youths 13–17", AgeGroupKind::kHeadline, 13, 17},
      {"UNG_VUXEN", "ung_vuxen_18_24", "Unga vuxna 18–24 år", "Young adults 18–24", AgeGroupKind::kHeadline,
       18, 24},
      {"VUXEN", "vuxen_25_plus", "Vuxna 25 år och äldre", "Adults 25+", AgeGroupKind::kHeadline, 25,
       kOpenAge},
      {"OKAND", "okand_alder", "Okänd ålder", "Unknown age", AgeGroupKind::kUnknown, 0, kOpenAge},
      {"U18", "under_18", "Barn och ungdomar 0–17 år", "Children and youths 0–17", AgeGroupKind::kSubtotal, 0,
       17},
      {"U25", "under_25", "Barn, ungdomar och unga vuxna 0–24 år", "Under 25", AgeGroupKind::kSubtotal, 0,
       24},
      {"ALLA", "alla_aldrar", "Alla åldrar", "All ages", AgeGroupKind::kTotal, 0, kOpenAge},
  };
  return scheme;
}

void CheckAgeScheme(const AgeScheme& scheme) {
  CheckBands(scheme);
  std::set<std::string> slugs, codes;
  int headline = 0, unknown = 0, total = 0;
  for (const AgeGroup& group : scheme.groups) {
    CheckNames(group);
    if (!codes.insert(group.code).second) throw InvalidInput("age group code repeated: " + group.code);
    if (!slugs.insert(group.slug).second) throw InvalidInput("age group slug repeated: " + group.slug);
    unknown += group.kind == AgeGroupKind::kUnknown ? 1 : 0;
    total += group.kind == AgeGroupKind::kTotal ? 1 : 0;
    if (group.kind == AgeGroupKind::kUnknown) continue;
    if (!StartsBand(scheme, group.first_age) || !EndsBand(scheme, group.last_age))
      throw InvalidInput("age group " + group.code +
                         " cuts an atomic band; it must begin and end where bands do");
    if (group.kind != AgeGroupKind::kHeadline) continue;
    if (group.first_age != headline)
      throw InvalidInput("headline group " + group.code + " must begin at " + std::to_string(headline) +
                         ": headline groups ascend without gaps or overlaps");
    headline = group.last_age + 1;
  }
  if (headline <= kOpenAge)
    throw InvalidInput("headline groups do not cover all ages; the last must be open, as \"25+\"");
  if (unknown != 1 || total != 1)
    throw InvalidInput("an age scheme needs one group of unknown age and one of all ages");
}

AgeSpan SpanOfAge(const AgeScheme& scheme, int age) {
  if (age < 0 || age > 120) throw InvalidInput("an age must be between 0 and 120 completed years");
  return SpanOfAges(scheme, age, age);
}

AgeSpan SpanOfAges(const AgeScheme& scheme, int first_age, int last_age) {
  if (first_age > last_age || first_age < 0 || last_age > kOpenAge)
    throw InvalidInput("an age band must ascend and lie between 0 and " + std::to_string(kOpenAge));
  AgeSpan span;
  for (int i = 0; i < static_cast<int>(scheme.bands.size()); ++i) {
    const AtomicBand& band = scheme.bands[static_cast<std::size_t>(i)];
    if (first_age >= band.first_age && first_age <= band.last_age) span.first = i;
    if (last_age >= band.first_age && last_age <= band.last_age) span.last = i;
  }
  return span;
}

std::string SpanCode(const AgeScheme& scheme, AgeSpan span) {
  if (!span.known()) return "UNKNOWN";
  return BandCode(scheme.bands[static_cast<std::size_t>(span.first)].first_age,
                  scheme.bands[static_cast<std::size_t>(span.last)].last_age);
}

std::optional<AgeSpan> ParseSpanCode(const AgeScheme& scheme, std::string_view code) {
  if (code == "UNKNOWN") return AgeSpan{};
  std::optional<int> first, last;
  if (!code.empty() && code.back() == '+') {
    first = ParseAge(code.substr(0, code.size() - 1));
    last = kOpenAge;
  } else if (const std::size_t dash = code.find('-'); dash != std::string_view::npos) {
    first = ParseAge(code.substr(0, dash));
    last = ParseAge(code.substr(dash + 1));
  } else {
    first = last = ParseAge(code);
  }
  if (!first || !last || *first > *last || !StartsBand(scheme, *first) || !EndsBand(scheme, *last))
    return std::nullopt;
  return SpanOfAges(scheme, *first, *last);
}

bool InGroup(const AgeScheme& scheme, const AgeGroup& group, AgeSpan span) {
  switch (group.kind) {
    case AgeGroupKind::kTotal:
      return true;
    case AgeGroupKind::kHeadline:
    case AgeGroupKind::kSubtotal:
      return SpanInside(scheme, group, span);
    case AgeGroupKind::kUnknown:
      return std::none_of(scheme.groups.begin(), scheme.groups.end(), [&](const AgeGroup& other) {
        return other.kind == AgeGroupKind::kHeadline && SpanInside(scheme, other, span);
      });
  }
  return false;
}

}  // namespace lagesbild::geo
