#pragma once

#include <span>

namespace lagesbild::geo {

/// How unevenly incidents lie over places.
struct Concentration {
  long long incidents = 0, places = 0;
  long long places_with_any = 0;
  /// Gini coefficient as usual; at least 1 - incidents/places when there are fewer incidents than places, so
  /// that it says "concentrated" of anything.
  double gini = 0;
  /// The same measured against the most even spread that so few incidents allow: 0 when no place has more
  /// than it must, 1 - 1/min(incidents, places) when all lie at one place.
  double generalized_gini = 0;
  /// Fewest places that hold half of the incidents.
  long long places_with_half = 0;
};

/// Throws InvalidInput: no places, a negative count. Without incidents both coefficients are NaN: nothing is
/// spread. Cost: O(n log n). Source: Bernasco and Steenbeek (2017), J. Quantitative Criminology 33.
Concentration MeasureConcentration(std::span<const int> counts);

}  // namespace lagesbild::geo
