#pragma once

#include <span>
#include <string_view>

#include "geo/mann_kendall.h"

namespace lagesbild::geo {

/// How a place became hot (or cold) over the steps of a series, after the names that users know from Esri.
enum class EmergingPattern {
  kNone,          ///< no pattern
  kNew,           ///< hot at the last step for the first time
  kConsecutive,   ///< hot at the last steps without a break, two or more, and never before
  kIntensifying,  ///< nearly always hot and rising
  kPersistent,    ///< nearly always hot, neither rising nor falling
  kDiminishing,   ///< nearly always hot and falling
  kSporadic,      ///< on and off
  kOscillating,   ///< hot at the last step, cold at an earlier one
  kHistorical,    ///< nearly always hot, not at the last step
  kTooFew,        ///< fewer steps than a trend can be told from
};

/// "new", "consecutive", ... "none", "too_few".
std::string_view EmergingPatternCode(EmergingPattern pattern);

struct EmergingOptions {
  double z_threshold = 1.96;  ///< a step is hot from here on, cold from minus this down
  double alpha = 0.05;        ///< of the two-sided trend test
  double nearly_always = 0.9;
  int min_steps = 8;  ///< with 4 steps the smallest p of a trend is 0.083; 8 leave room for one
};

struct EmergingHotspot {
  EmergingPattern pattern = EmergingPattern::kNone;
  bool cold = false;  ///< the pattern is one of a cold spot
  int hot_steps = 0, cold_steps = 0;
  /// Esri's wording fits more than one pattern or none; the order of this function decided. True for hot at
  /// the end with cold before it, and for hot (cold) steps that are over.
  bool order_decides = false;
  MannKendall trend;  ///< of the z scores, p without continuity correction
};

/// Class of one place from the z scores of its steps, oldest first, evenly spaced.
///
/// Order of the rules: new; nearly always hot: historical, intensifying, diminishing, persistent;
/// oscillating; consecutive; sporadic; then the same with signs turned; else none. `marks` are the steps' own
/// verdicts (1 hot, 0 neither, -1 cold), for those who adjust p-values first; empty = by `z_threshold`.
///
/// Throws InvalidInput: a z score that is not finite, another number of marks, marks other than -1, 0, 1,
/// fewer than 2 steps, options out of range. Cost: O(steps²). Source: Esri "How Emerging Hot Spot Analysis
/// works"; statistics.md 3.13. Peer: sfdep (differs in "historical").
EmergingHotspot ClassifyEmergingHotspot(std::span<const double> z_scores, std::span<const int> marks,
                                        const EmergingOptions& options);

}  // namespace lagesbild::geo
