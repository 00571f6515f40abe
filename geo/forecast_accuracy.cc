#include "geo/forecast_accuracy.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

void CheckArguments(std::span<const ForecastArea> areas, int flagged) {
  if (flagged < 1 || static_cast<std::size_t>(flagged) > areas.size())
    throw InvalidInput("the number of flagged areas must lie between 1 and " + std::to_string(areas.size()) +
                       ", was " + std::to_string(flagged));
  for (const ForecastArea& area : areas) {
    const std::string name = "area " + std::to_string(area.id);
    if (!std::isfinite(area.predicted)) throw InvalidInput(name + " has a prediction that is not finite");
    if (!(area.train_incidents >= 0) || !(area.test_incidents >= 0))
      throw InvalidInput(name + " has a negative count");
    if (!(area.area_km2 > 0) || !std::isfinite(area.area_km2))
      throw InvalidInput(name + " has a size that is not positive");
  }
}

double Sum(std::span<const ForecastArea> areas, double ForecastArea::*field) {
  double sum = 0;
  for (const ForecastArea& area : areas) sum += area.*field;
  return sum;
}

double Ratio(double numerator, double denominator) {
  return denominator > 0 ? numerator / denominator : std::numeric_limits<double>::quiet_NaN();
}

/// Most test incidents that any `flagged` areas hold.
double BestHits(std::span<const ForecastArea> areas, int flagged) {
  std::vector<double> counts;
  for (const ForecastArea& area : areas) counts.push_back(area.test_incidents);
  std::sort(counts.begin(), counts.end(), std::greater<>());
  double hits = 0;
  for (int i = 0; i < flagged; ++i) hits += counts[static_cast<std::size_t>(i)];
  return hits;
}

}  // namespace

ForecastAccuracy AssessForecast(std::span<const ForecastArea> areas, int flagged) {
  CheckArguments(areas, flagged);
  std::vector<ForecastArea> order(areas.begin(), areas.end());
  std::sort(order.begin(), order.end(), [](const ForecastArea& a, const ForecastArea& b) {
    return a.predicted != b.predicted ? a.predicted > b.predicted : a.id < b.id;
  });
  const auto top = std::span<const ForecastArea>(order).first(static_cast<std::size_t>(flagged));
  const double incidents = Sum(areas, &ForecastArea::test_incidents);
  ForecastAccuracy result;
  result.hit_count = Sum(top, &ForecastArea::test_incidents);
  result.hit_rate = Ratio(result.hit_count, incidents);
  result.area_share = Sum(top, &ForecastArea::area_km2) / Sum(areas, &ForecastArea::area_km2);
  result.accuracy_index = result.hit_rate / result.area_share;
  const bool equal = std::all_of(areas.begin(), areas.end(), [&](const ForecastArea& area) {
    return area.area_km2 == areas.front().area_km2;
  });
  result.best_accuracy_index = equal ? Ratio(BestHits(areas, flagged), incidents) / result.area_share
                                     : std::numeric_limits<double>::quiet_NaN();
  result.efficiency_index = result.accuracy_index / result.best_accuracy_index;
  const double train_share =
      Ratio(Sum(top, &ForecastArea::train_incidents), Sum(areas, &ForecastArea::train_incidents));
  result.recapture_rate = Ratio(result.hit_rate, train_share);
  return result;
}

}  // namespace lagesbild::geo
