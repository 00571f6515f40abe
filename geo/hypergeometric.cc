#include "geo/hypergeometric.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

void CheckTable(long long total, long long marked, long long draws) {
  if (marked < 0 || draws < 0 || marked > total || draws > total)
    throw InvalidInput("of " + std::to_string(total) + " neither " + std::to_string(marked) +
                       " can be marked nor " + std::to_string(draws) + " be drawn");
}

struct Support {
  long long first, last;
};

Support SupportOf(long long total, long long marked, long long draws) {
  return {std::max(0LL, draws - (total - marked)), std::min(draws, marked)};
}

/// P(X = x + 1) / P(X = x).
double StepUp(long long x, long long total, long long marked, long long draws) {
  return static_cast<double>(marked - x) * static_cast<double>(draws - x) /
         (static_cast<double>(x + 1) * static_cast<double>(total - marked - draws + x + 1));
}

/// Calls `visit(x, weight)` for the whole support, weights relative to the mode's; returns their sum. From
/// the mode outwards by ratios: no error of a logarithm of large factorials enters.
template <class Visit>
double WalkSupport(long long total, long long marked, long long draws, Visit visit) {
  const Support support = SupportOf(total, marked, draws);
  const long long mode =
      std::clamp(static_cast<long long>(static_cast<double>(draws + 1) * static_cast<double>(marked + 1) /
                                        static_cast<double>(total + 2)),
                 support.first, support.last);
  double sum = 1;
  visit(mode, 1.0);
  double weight = 1;
  for (long long x = mode; x < support.last && weight > 0; ++x) {
    weight *= StepUp(x, total, marked, draws);
    sum += weight;
    visit(x + 1, weight);
  }
  weight = 1;
  for (long long x = mode; x > support.first && weight > 0; --x) {
    weight /= StepUp(x - 1, total, marked, draws);
    sum += weight;
    visit(x - 1, weight);
  }
  return sum;
}

}  // namespace

double HypergeometricChance(long long x, long long total, long long marked, long long draws) {
  CheckTable(total, marked, draws);
  const Support support = SupportOf(total, marked, draws);
  if (x < support.first || x > support.last) return 0;
  double own = 0;
  const double sum = WalkSupport(total, marked, draws, [&](long long at, double weight) {
    if (at == x) own = weight;
  });
  return own / sum;
}

long long HypergeometricQuantile(double p, long long total, long long marked, long long draws) {
  CheckTable(total, marked, draws);
  if (!(p >= 0 && p <= 1)) throw InvalidInput("a probability must be within 0 and 1");
  const double sum = WalkSupport(total, marked, draws, [](long long, double) {});
  const Support support = SupportOf(total, marked, draws);
  std::size_t size = static_cast<std::size_t>(support.last - support.first) + 1;
  std::vector<double> weights(size, 0.0);
  WalkSupport(total, marked, draws, [&](long long x, double weight) {
    weights[static_cast<std::size_t>(x - support.first)] = weight;
  });
  const double target = p * (1 - 1000 * std::numeric_limits<double>::epsilon()) * sum;
  double reached = 0;
  for (std::size_t i = 0; i < size; ++i) {
    reached += weights[i];
    if (reached >= target) return support.first + static_cast<long long>(i);
  }
  return support.last;
}

double HypergeometricUpperTail(long long x, long long total, long long marked, long long draws) {
  CheckTable(total, marked, draws);
  double reached = 0;
  const double sum = WalkSupport(total, marked, draws, [&](long long at, double weight) {
    if (at >= x) reached += weight;
  });
  return std::min(1.0, reached / sum);
}

double FisherTwoSided(long long x, long long total, long long marked, long long draws) {
  CheckTable(total, marked, draws);
  const Support support = SupportOf(total, marked, draws);
  if (x < support.first || x > support.last)
    throw InvalidInput("a table with " + std::to_string(x) + " in its first cell does not exist");
  double own = 0;
  const double sum = WalkSupport(total, marked, draws, [&](long long at, double weight) {
    if (at == x) own = weight;
  });
  double no_likelier = 0;
  WalkSupport(total, marked, draws, [&](long long, double weight) {
    if (weight <= own * (1 + 1e-7)) no_likelier += weight;
  });
  return std::min(1.0, no_likelier / sum);
}

}  // namespace lagesbild::geo
