#pragma once

#include <array>

namespace lagesbild::geo {

/// Incidents before and after a measure.
struct BeforeAfter {
  double before = 0, after = 0;
};

struct DisplacementDifferenceInput {
  BeforeAfter control = {}, treated = {};
  BeforeAfter displacement_control = {},
              displacement_treated = {};  ///< zeros where no displacement area is looked at
  BeforeAfter time_weights{1, 1};         ///< length of the periods
  /// Size of the areas: control, treated, displacement control, displacement treated.
  std::array<double, 4> area_weights = {1, 1, 1, 1};
  double alpha = 0.05;  ///< the interval covers 1 - alpha
};

struct DisplacementDifference {
  double local = 0;         ///< change of treated minus change of control
  double displacement = 0;  ///< the same of the displacement areas
  double total = 0;         ///< negative: fewer incidents than the control area leads to expect
  double local_standard_error = 0, total_standard_error = 0;
  double z_score = 0;        ///< NaN without any incident
  double low = 0, high = 0;  ///< normal interval of the total
};

/// Weighted displacement difference: did incidents fall more where something was done than elsewhere?
///
/// Each count is divided by its time and area weight, its variance (the count) by their square. Normal
/// approximation: blunt on small counts. Throws InvalidInput: negative or non-finite counts, weights that are
/// not positive, alpha outside (0, 1). Source: Wheeler and Ratcliffe (2018). Peer: ptools wdd, whose variance
/// of weighted displacement areas differs.
DisplacementDifference WeightedDisplacementDifference(const DisplacementDifferenceInput& input);

struct DisplacementQuotient {
  double buffer_displacement = 0;  ///< B1/C1 - B0/C0
  double success = 0;              ///< A1/C1 - A0/C0; the quotient means nothing unless this is negative
  double quotient = 0;             ///< positive: benefits spread to the buffer; negative: displacement
};

/// Weighted displacement quotient of a target area, its buffer and a control area.
///
/// NaN where the control has no incident, or where nothing changed in the target (success 0).
/// Throws InvalidInput: negative or non-finite counts. Source: Bowers and Johnson (2003).
DisplacementQuotient WeightedDisplacementQuotient(BeforeAfter target, BeforeAfter buffer,
                                                  BeforeAfter control);

}  // namespace lagesbild::geo
