#include "geo/displacement.h"

#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <limits>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

void CheckCounts(const BeforeAfter& counts) {
  if (!std::isfinite(counts.before) || !std::isfinite(counts.after) || counts.before < 0 || counts.after < 0)
    throw InvalidInput("counts before and after must be finite and at least 0");
}

void CheckWeight(double weight) {
  if (!std::isfinite(weight) || weight <= 0)
    throw InvalidInput("time and area weights must be positive and finite");
}

/// Change of one area per unit of time and size, with its variance.
struct Change {
  double value = 0, variance = 0;
};

Change ChangeOf(const BeforeAfter& counts, const BeforeAfter& time, double area) {
  const double before = time.before * area, after = time.after * area;
  return {counts.after / after - counts.before / before,
          counts.after / (after * after) + counts.before / (before * before)};
}

double Quotient(double numerator, double denominator) {
  return denominator != 0 ? numerator / denominator : kNaN;
}

}  // namespace

DisplacementDifference WeightedDisplacementDifference(const DisplacementDifferenceInput& input) {
  for (const BeforeAfter& counts :
       {input.control, input.treated, input.displacement_control, input.displacement_treated})
    CheckCounts(counts);
  CheckWeight(input.time_weights.before);
  CheckWeight(input.time_weights.after);
  for (const double weight : input.area_weights) CheckWeight(weight);
  if (!(input.alpha > 0 && input.alpha < 1)) throw InvalidInput("alpha must lie between 0 and 1");

  const Change control = ChangeOf(input.control, input.time_weights, input.area_weights[0]);
  const Change treated = ChangeOf(input.treated, input.time_weights, input.area_weights[1]);
  const Change away = ChangeOf(input.displacement_control, input.time_weights, input.area_weights[2]);
  const Change near = ChangeOf(input.displacement_treated, input.time_weights, input.area_weights[3]);
  DisplacementDifference result;
  result.local = treated.value - control.value;
  result.displacement = near.value - away.value;
  result.total = result.local + result.displacement;
  result.local_standard_error = std::sqrt(treated.variance + control.variance);
  result.total_standard_error =
      std::sqrt(treated.variance + control.variance + near.variance + away.variance);
  result.z_score = Quotient(result.total, result.total_standard_error);
  const double reach = std::sqrt(2.0) * boost::math::erfc_inv(input.alpha) * result.total_standard_error;
  result.low = result.total - reach;
  result.high = result.total + reach;
  return result;
}

DisplacementQuotient WeightedDisplacementQuotient(BeforeAfter target, BeforeAfter buffer,
                                                  BeforeAfter control) {
  for (const BeforeAfter& counts : {target, buffer, control}) CheckCounts(counts);
  DisplacementQuotient result;
  result.buffer_displacement =
      Quotient(buffer.after, control.after) - Quotient(buffer.before, control.before);
  result.success = Quotient(target.after, control.after) - Quotient(target.before, control.before);
  result.quotient = Quotient(result.buffer_displacement, result.success);
  return result;
}

}  // namespace lagesbild::geo
