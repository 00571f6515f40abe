#pragma once

#include <span>
#include <vector>

namespace lagesbild::geo {

/// One area of a forecast: what was predicted for it, and what happened.
struct ForecastArea {
  int id = 0;
  double predicted = 0;  ///< any scale; higher is hotter
  double train_incidents = 0, test_incidents = 0;
  double area_km2 = 0;
};

/// How well the areas flagged by a forecast hold the incidents that followed.
struct ForecastAccuracy {
  double hit_count = 0;  ///< test incidents in the flagged areas
  double hit_rate = 0;   ///< over all test incidents; NaN without any
  double area_share = 0;
  double accuracy_index = 0;  ///< PAI: hit rate over area share (Chainey, Tompson and Uhlig 2008)
  double best_accuracy_index =
      0;                        ///< PAI of the best choice of as many areas; NaN unless all areas are equal
  double efficiency_index = 0;  ///< PEI: PAI over the best (Hunt 2016); NaN unless all areas are equal
  double recapture_rate = 0;    ///< RRI: test share over train share of the flagged areas (Levine 2008); NaN
                                ///< without train incidents there
};

/// Flags the `flagged` areas with the highest prediction; ties go to the lower id.
/// Throws InvalidInput: flagged < 1 or more than there are areas, a value that is not finite, negative
/// counts, an area that is not positive. Cost: O(n log n).
ForecastAccuracy AssessForecast(std::span<const ForecastArea> areas, int flagged);

}  // namespace lagesbild::geo
