#pragma once

#include <span>

#include "geo/detectable_concentration.h"
#include "geo/hotspot_test.h"

namespace lagesbild::geo {

/// What the test of a layer could see at this number of incidents, told for a place of middling exposure.
struct LayerPower {
  double exposure_share = 0;  ///< of the median neighborhood; 0 when there is none to test
  DetectableConcentration at_this_number;
  double asked_ratio = 0;   ///< concentration that `least_incidents` is told for
  int least_incidents = 0;  ///< with which such a concentration would be found; 0: with none up to 2,000
};

struct LayerPowerOptions {
  double ratio = 10;   ///< a place that draws ten times its share
  double power = 0.8;  ///< share of quarters in which it should be found
};

/// Power before looking: nothing here depends on where the incidents lie.
///
/// @param incidents  in the layer, repeats collapsed, >= 0.
/// @param exposures  of the neighborhoods of the mask, >= 0, finite; those with 0 are not tested.
/// @param total      exposure of the layer; a neighborhood that holds all of it cannot stand out.
/// @param tested     in the family, all layers of it.
/// @throws  InvalidInput  an exposure that is negative or not finite, options out of range.
/// Cost: O(n + 2000²) at worst. Source: as LeastDetectable.
LayerPower MeasureLayerPower(int incidents, std::span<const double> exposures, double total, long long tested,
                             const HotspotTestOptions& test, const LayerPowerOptions& options = {});

}  // namespace lagesbild::geo
