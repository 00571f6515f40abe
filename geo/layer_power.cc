#include "geo/layer_power.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "geo/errors.h"

namespace lagesbild::geo {

LayerPower MeasureLayerPower(int incidents, std::span<const double> exposures, double total, long long tested,
                             const HotspotTestOptions& test, const LayerPowerOptions& options) {
  std::vector<double> shares;
  for (const double exposure : exposures) {
    if (!(exposure >= 0) || !std::isfinite(exposure) || !std::isfinite(total))
      throw InvalidInput("exposures of neighborhoods must be 0 or more and finite");
    if (exposure > 0 && exposure < total) shares.push_back(exposure / total);
  }
  LayerPower result;
  result.asked_ratio = options.ratio;
  if (shares.empty()) {
    constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
    result.at_this_number.detectable_share = result.at_this_number.detectable_ratio = kNaN;
    return result;
  }
  const auto middle = shares.begin() + static_cast<std::ptrdiff_t>(shares.size() / 2);
  std::nth_element(shares.begin(), middle, shares.end());
  result.exposure_share = *middle;
  const long long family = std::max(tested, 1LL);
  result.at_this_number = LeastDetectable(incidents, *middle, family, std::max(test.min_cell_count, 1),
                                          test.alpha_95, options.power);
  result.least_incidents = LeastIncidents(options.ratio, *middle, family, std::max(test.min_cell_count, 1),
                                          test.alpha_95, options.power);
  return result;
}

}  // namespace lagesbild::geo
