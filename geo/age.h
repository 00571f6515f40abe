#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lagesbild::geo {

/// One atomic band of completed years, both ends included. `last_age` is kOpenAge for the oldest band.
struct AtomicBand {
  std::string code;  ///< "13-14", "26+"
  int first_age = 0, last_age = 0;
  friend bool operator==(const AtomicBand&, const AtomicBand&) = default;
};
inline constexpr int kOpenAge = 200;

/// The atomic bands that a person's age lies in: one, or a run of neighbors where the source gave only a
/// wider band ("13-17"). Never an age in years and never a birth date. Unknown: `first < 0`.
struct AgeSpan {
  int first = -1, last = -1;  ///< indices into AgeScheme::bands, both included
  bool known() const { return first >= 0; }
  friend bool operator==(AgeSpan, AgeSpan) = default;
};

enum class AgeGroupKind { kHeadline, kUnknown, kSubtotal, kTotal };

/// A group of ages that gets layers of its own.
struct AgeGroup {
  std::string code;      ///< "UNGDOM"; stable
  std::string slug;      ///< "ungdom_13_17": ASCII, for table and file names
  std::string label_sv;  ///< "Ungdomar 13–17 år"
  std::string label_en;  ///< "Youths 13–17"
  AgeGroupKind kind = AgeGroupKind::kHeadline;
  int first_age = 0, last_age = kOpenAge;  ///< completed years; unused for kUnknown
};

/// Bands and groups as versioned data. Boundaries are never constants in code that uses them.
struct AgeScheme {
  int version = 0;
  std::string valid_from;         ///< ISO date
  std::vector<AtomicBand> bands;  ///< ascending, without gaps
  std::vector<AgeGroup> groups;   ///< headline groups (disjoint, covering), then unknown, subtotals, total
};

/// The scheme of `domain.md` section 6: bands 0-6, 7-9, 10-12, 13-14, 15, 16-17, 18-19, 20, 21-24, 25, 26+;
/// groups BARN 0-12, UNGDOM 13-17, UNG_VUXEN 18-24, VUXEN 25+, OKAND, subtotal U18 0-17, total ALLA.
AgeScheme DefaultAgeScheme();

/// Throws InvalidInput when bands overlap or leave gaps, a group cuts a band, headline groups do not
/// partition all ages, or a slug repeats.
void CheckAgeScheme(const AgeScheme& scheme);

/// The band of one age in completed years. Throws InvalidInput outside 0 to 120.
AgeSpan SpanOfAge(const AgeScheme& scheme, int age);

/// The smallest run of bands that covers first_age to last_age. Throws InvalidInput when first > last or
/// outside 0 to kOpenAge.
AgeSpan SpanOfAges(const AgeScheme& scheme, int first_age, int last_age);

/// "13-17", "26+", "UNKNOWN": how a span is stored and shown.
std::string SpanCode(const AgeScheme& scheme, AgeSpan span);
/// The inverse of SpanCode. Empty when the text is no run of bands of this scheme.
std::optional<AgeSpan> ParseSpanCode(const AgeScheme& scheme, std::string_view code);

/// Whether a person with this span counts in the group. A span that crosses a group's border is in no
/// headline group but UNKNOWN; it is in a subtotal only when it lies inside. Everyone is in the total.
bool InGroup(const AgeScheme& scheme, const AgeGroup& group, AgeSpan span);

}  // namespace lagesbild::geo
