#pragma once

#include <string>
#include <vector>

#include "geo/hot_places.h"
#include "geo/situation_picture.h"

namespace lagesbild::geo {

/// The test of a picture made once more with one thing changed that should not matter.
enum class StabilityChange {
  kShiftEast,  ///< grid half a cell to the west, so that its lines lie elsewhere
  kShiftNorth,
  kShiftBoth,
  kCellSize,         ///< cells smaller or larger
  kWithoutReporter,  ///< one reporter's incidents left out
  kWithoutRepeats,   ///< positions with two or more incidents left out altogether
};
std::string_view StabilityChangeCode(StabilityChange change);  ///< "shift_east", ...

struct StabilityVariant {
  StabilityChange change = StabilityChange::kShiftEast;
  Meters cell{0};        ///< of the grid
  std::string reporter;  ///< left out; else empty
};

/// How a hot place of the picture fares in the variants.
struct PlaceStability {
  std::string group;
  HotPlace place;
  /// Per variant: hot in a square whose neighborhood holds the place's center. False too where the variant
  /// has too few incidents to test.
  std::vector<bool> hot;
  int hot_variants = 0;
  /// Share of the variants in which it is hot (omdragningsandel). Says how much it leans on choices; it is no
  /// probability that the place is one.
  double share = 0;
  /// Reporters without whom it is no longer hot, by code: a place that rests on one reporter.
  std::vector<std::string> leans_on;
};

struct HotspotStability {
  std::vector<StabilityVariant> variants;
  std::vector<PlaceStability> places;  ///< of all tested layers, in the order of the picture
};

/// Tests the picture's incidents again: three shifts of the grid, cells of four fifths and of five quarters,
/// without each reporter in turn (when there are at least two), and without positions that are repeated. The
/// Benjamini-Hochberg test alone, without its redraws: q decides what is hot in the picture too.
///
/// `picture` must be what MakeSituationPicture made of `input`. Deterministic. Throws as it, and Cancelled.
/// Cost: O(variants · (inhabitants + cells) · groups). Source: statistics.md 2, rule 6 and 7.
HotspotStability MeasureStability(const PictureInput& input, const SituationPicture& picture,
                                  std::stop_token stop = {});

}  // namespace lagesbild::geo
