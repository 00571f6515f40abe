#pragma once

#include <span>
#include <vector>

#include "geo/spatial_weights.h"

namespace lagesbild::geo {

/// Rates drawn towards the overall rate, the more the fewer people an area has.
struct EmpiricalBayes {
  double overall_rate = 0;  ///< b
  double variance = 0;      ///< a, of the true rates; 0 where counts vary no more than by chance
  std::vector<double> raw;  ///< cases over population
  std::vector<double> estimates;
};

/// Marshall's global estimator for rare cases (Poisson).
/// Throws InvalidInput: another number of populations than cases, none at all, negative or non-finite cases,
/// a population that is not positive. Source: Marshall (1991). Peer: spdep EBest.
EmpiricalBayes EmpiricalBayesPoisson(std::span<const double> cases, std::span<const double> populations);

/// The same for shares (binomial); `variance` is the weighted variance of the raw rates. Throws as above.
EmpiricalBayes EmpiricalBayesBinomial(std::span<const double> cases, std::span<const double> populations);

/// Which local mean the variance of a neighborhood is taken around.
enum class LocalVariance {
  kOwnMeans,   ///< each neighbor around its own local mean, as spdep does
  kFocalMean,  ///< all around the focal area's, as GeoDa does
};

/// Local estimates: every area is drawn towards the rate of itself and its neighbors. NaN where a whole
/// neighborhood has no case (0/0). Weights count as binary; a place is in its own neighborhood. Throws as
/// above. Source: Marshall (1991). Peer: spdep EBlocal.
std::vector<double> EmpiricalBayesLocal(std::span<const double> cases, std::span<const double> populations,
                                        const SpatialWeights& weights, LocalVariance variance);

/// P(X <= cases), X Poisson with the mean that the overall rate gives. Source: Choynowski (1959). Peer: spdep
/// probmap.
std::vector<double> ChoynowskiLowerTail(std::span<const double> cases, std::span<const double> populations);

}  // namespace lagesbild::geo
