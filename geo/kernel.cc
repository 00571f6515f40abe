#include "geo/kernel.h"

#include <array>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

constexpr double kPi = std::numbers::pi;

/// Value at the center times the squared bandwidth.
double UnitPeak(Kernel kernel) {
  switch (kernel) {
    case Kernel::kQuartic:
    case Kernel::kTriangular:
      return 3 / kPi;
    case Kernel::kEpanechnikov:
      return 2 / kPi;
    case Kernel::kTriweight:
      return 4 / kPi;
    case Kernel::kUniform:
      return 1 / kPi;
    case Kernel::kGaussian:
      return 1 / (2 * kPi);
  }
  throw InvalidInput("unknown kernel");
}

constexpr std::array<std::pair<Kernel, std::string_view>, 6> kKernelCodes = {{
    {Kernel::kQuartic, "quartic"},
    {Kernel::kEpanechnikov, "epanechnikov"},
    {Kernel::kTriweight, "triweight"},
    {Kernel::kTriangular, "triangular"},
    {Kernel::kUniform, "uniform"},
    {Kernel::kGaussian, "gaussian"},
}};

constexpr std::array<std::pair<EdgeCorrection, std::string_view>, 3> kEdgeCodes = {{
    {EdgeCorrection::kNone, "none"},
    {EdgeCorrection::kUniform, "uniform"},
    {EdgeCorrection::kDiggle, "diggle"},
}};

template <class Table, class Value>
std::string_view CodeOf(const Table& table, Value value) {
  for (const auto& [entry, code] : table)
    if (entry == value) return code;
  return {};
}

}  // namespace

std::string_view KernelCode(Kernel kernel) { return CodeOf(kKernelCodes, kernel); }

std::optional<Kernel> ParseKernel(std::string_view code) {
  for (const auto& [kernel, name] : kKernelCodes)
    if (name == code) return kernel;
  return std::nullopt;
}

std::string_view EdgeCorrectionCode(EdgeCorrection edge) { return CodeOf(kEdgeCodes, edge); }

std::optional<EdgeCorrection> ParseEdgeCorrection(std::string_view code) {
  for (const auto& [edge, name] : kEdgeCodes)
    if (name == code) return edge;
  return std::nullopt;
}

Bandwidth BandwidthOf(Kernel kernel, Meters radius_or_sd) {
  const double r = radius_or_sd.value();
  switch (kernel) {
    case Kernel::kQuartic:
      return {radius_or_sd, Meters{r / std::sqrt(8.0)}};
    case Kernel::kEpanechnikov:
      return {radius_or_sd, Meters{r / std::sqrt(6.0)}};
    case Kernel::kTriweight:
      return {radius_or_sd, Meters{r / std::sqrt(10.0)}};
    case Kernel::kTriangular:
      return {radius_or_sd, Meters{r * std::sqrt(3.0 / 20)}};
    case Kernel::kUniform:
      return {radius_or_sd, Meters{r / 2}};
    case Kernel::kGaussian:
      return {std::nullopt, radius_or_sd};
  }
  throw InvalidInput("unknown kernel");
}

KernelFunction::KernelFunction(Kernel kernel, Meters bandwidth)
    : kernel_(kernel), scale_m_(bandwidth.value()) {
  if (!(scale_m_ > 0) || !std::isfinite(scale_m_))
    throw InvalidInput("the bandwidth must be a positive finite number of meters, was " +
                       std::to_string(scale_m_));
  reach_m_ = kernel == Kernel::kGaussian ? kGaussianReachSd * scale_m_ : scale_m_;
  inverse_scale2_ = 1 / (scale_m_ * scale_m_);
  peak_ = UnitPeak(kernel) * inverse_scale2_;
}

double KernelFunction::AtSquaredDistance(double r2) const {
  if (r2 > reach_m_ * reach_m_) return 0;
  const double q2 = r2 * inverse_scale2_;
  const double rest = q2 < 1 ? 1 - q2 : 0;  // never negative by rounding at the rim
  switch (kernel_) {
    case Kernel::kQuartic:
      return peak_ * rest * rest;
    case Kernel::kEpanechnikov:
      return peak_ * rest;
    case Kernel::kTriweight:
      return peak_ * rest * rest * rest;
    case Kernel::kTriangular:
      return q2 < 1 ? peak_ * (1 - std::sqrt(q2)) : 0;
    case Kernel::kUniform:
      return peak_;
    case Kernel::kGaussian:
      return peak_ * std::exp(-q2 / 2);
  }
  throw InvalidInput("unknown kernel");
}

}  // namespace lagesbild::geo
