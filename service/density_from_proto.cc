#include <algorithm>
#include <cmath>
#include <sstream>

#include "service/convert.h"
#include "service/limits.h"

namespace lagesbild::service {
namespace {

constexpr double kDefaultBandwidthM = 1000;

std::string Text(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

bool Between(double value, double low, double high) {
  return std::isfinite(value) && value >= low && value <= high;
}

std::optional<geo::BandwidthSelector> SelectorFromProto(v1::BandwidthSelector selector,
                                                        const std::string& field, Violations& violations) {
  switch (selector) {
    case v1::BANDWIDTH_SELECTOR_SCOTT:
      return geo::BandwidthSelector::kScott;
    case v1::BANDWIDTH_SELECTOR_SILVERMAN:
      return geo::BandwidthSelector::kSilverman;
    case v1::BANDWIDTH_SELECTOR_LEAST_SQUARES:
      return geo::BandwidthSelector::kLeastSquares;
    case v1::BANDWIDTH_SELECTOR_LIKELIHOOD:
      return geo::BandwidthSelector::kLikelihood;
    case v1::BANDWIDTH_SELECTOR_DIGGLE:
      return geo::BandwidthSelector::kDiggle;
    case v1::BANDWIDTH_SELECTOR_ARCGIS:
      return geo::BandwidthSelector::kArcgis;
    default:
      violations.Add(
          field, "is no known rule; must be SCOTT, SILVERMAN, LEAST_SQUARES, LIKELIHOOD, DIGGLE or ARCGIS");
  }
  return std::nullopt;
}

/// Limits of a number of meters, as a support radius or the Gaussian's standard deviation.
void CheckBandwidth(double value_m, const std::string& is, geo::Meters cell, const std::string& field,
                    Violations& violations) {
  const double low = std::max(limits::kMinBandwidthM, cell.value());
  const double high = std::min(limits::kMaxBandwidthM, limits::kMaxBandwidthCells * cell.value());
  if (!Between(value_m, low, high)) {
    violations.Add(field, is + "; must be " + Text(low) + " to " + Text(high) + " m with density cells of " +
                              Text(cell.value()) + " m");
  }
}

/// `picture` has kernel and cells.
AskedBandwidth FromProto(const v1::BandwidthChoice& choice, const geo::PictureOptions& picture,
                         const std::string& path, Violations& violations) {
  const bool gaussian = picture.kernel == geo::Kernel::kGaussian;
  AskedBandwidth asked;
  switch (choice.kind_case()) {
    case v1::BandwidthChoice::kRadiusM:
      if (gaussian) {
        violations.Add(path + ".radius_m",
                       "is given, but the Gaussian has no radius; give "
                       "standard_deviation_m");
        return asked;
      }
      asked.value = geo::Meters{choice.radius_m()};
      CheckBandwidth(choice.radius_m(), "is " + Text(choice.radius_m()) + " m", picture.density_cell,
                     path + ".radius_m", violations);
      return asked;
    case v1::BandwidthChoice::kStandardDeviationM: {
      const double sd = choice.standard_deviation_m();
      const std::string field = path + ".standard_deviation_m";
      if (!std::isfinite(sd) || sd <= 0) {
        violations.Add(field, "is " + Text(sd) + "; must be a positive number of meters");
        return asked;
      }
      const geo::Bandwidth bandwidth = geo::BandwidthWithSd(picture.kernel, geo::Meters{sd});
      asked.value = bandwidth.radius.value_or(bandwidth.standard_deviation);
      CheckBandwidth(asked.value.value(),
                     gaussian ? "is " + Text(sd) + " m"
                              : "is " + Text(sd) + " m, a radius of " + Text(asked.value.value()) +
                                    " m, and the radius counts",
                     picture.density_cell, field, violations);
      return asked;
    }
    case v1::BandwidthChoice::kSelector:
      asked.selector = SelectorFromProto(choice.selector(), path + ".selector", violations);
      return asked;
    case v1::BandwidthChoice::KIND_NOT_SET:
      CheckBandwidth(kDefaultBandwidthM, "is empty, which means " + Text(kDefaultBandwidthM) + " m",
                     picture.density_cell, path, violations);
  }
  return asked;
}

/// The parameters with the first of the bandwidths that were given beside them, if there are any.
template <class Request>
PictureRequest WithBandwidths(const Request& request, v1::AnalysisParameters parameters,
                              const std::vector<const v1::BandwidthChoice*>& choices,
                              const std::vector<std::string>& paths, std::span<const Reporter> known,
                              int max_quarters, std::vector<AskedBandwidth>& asked, Violations& violations) {
  if (!choices.empty()) {
    if (parameters.bandwidth_m() != 0) {
      violations.Add("parameters.bandwidth_m", "must be 0 where bandwidths are given beside the parameters");
    }
    Violations ignored;  // told below
    const geo::PictureOptions probe = FromProto(parameters, ignored);
    for (std::size_t i = 0; i < choices.size(); ++i) {
      asked.push_back(FromProto(*choices[i], probe, paths[i], violations));
    }
    // Where a rule chooses, the default stands until it has; it must not be refused.
    const double first = asked.front().selector ? kDefaultBandwidthM : asked.front().value.value();
    const double cell = probe.density_cell.value();
    parameters.set_bandwidth_m(
        std::clamp(std::isfinite(first) ? first : kDefaultBandwidthM,
                   std::max(limits::kMinBandwidthM, std::min(cell, limits::kMaxBandwidthM)),
                   std::min(limits::kMaxBandwidthM, limits::kMaxBandwidthCells * cell)));
  }
  PictureRequest picture;
  picture.selection = FromProto(request.selection(), known, max_quarters, violations);
  picture.options = FromProto(parameters, violations);
  picture.options.role = picture.selection.role;
  return picture;
}

geo::AdaptiveLayerOptions FromProto(const v1::AdaptiveBandwidths& adaptive, Violations& violations) {
  geo::AdaptiveLayerOptions result;
  if (adaptive.pilot_standard_deviation_m() != 0) {
    result.pilot = geo::Meters{NumberFromProto(adaptive.pilot_standard_deviation_m(), kDefaultBandwidthM,
                                               limits::kMinBandwidthM, limits::kMaxBandwidthM,
                                               "adaptive.pilot_standard_deviation_m", " m", violations)};
  }
  if (adaptive.trim() != 0 && (!Between(adaptive.trim(), 1, limits::kMaxTrim) || adaptive.trim() == 1)) {
    violations.Add("adaptive.trim", "is " + Text(adaptive.trim()) + "; must be over 1 and at most " +
                                        Text(limits::kMaxTrim) + ", or 0 for 5");
  } else if (adaptive.trim() != 0) {
    result.trim = adaptive.trim();
  }
  return result;
}

geo::PlaceSpread FromProto(v1::PlaceSpread spread, Violations& violations) {
  switch (spread) {
    case v1::PLACE_SPREAD_UNSPECIFIED:
    case v1::PLACE_SPREAD_NORMAL:
      return geo::PlaceSpread::kNormal;
    case v1::PLACE_SPREAD_DISC:
      return geo::PlaceSpread::kDisc;
    default:
      violations.Add("place_uncertainty.spread", "is no known form; must be NORMAL or DISC");
  }
  return geo::PlaceSpread::kNormal;
}

geo::BootstrapOptions FromProto(const v1::DensityBootstrap& bootstrap, Violations& violations) {
  geo::BootstrapOptions result;
  result.resamples =
      static_cast<int>(NumberFromProto(bootstrap.resample_count(), result.resamples, limits::kMinResamples,
                                       limits::kMaxResamples, "bootstrap.resample_count", "", violations));
  result.level = NumberFromProto(bootstrap.level(), result.level, limits::kMinBandLevel,
                                 limits::kMaxBandLevel, "bootstrap.level", "", violations);
  result.top_share = NumberFromProto(bootstrap.top_share(), result.top_share, limits::kMinTopShare,
                                     limits::kMaxTopShare, "bootstrap.top_share", "", violations);
  if (bootstrap.seed() < 0) {
    violations.Add("bootstrap.seed", "is negative; must be 0 (for 1) or more");
  } else if (bootstrap.seed() > 0) {
    result.seed = static_cast<std::uint64_t>(bootstrap.seed());
  }
  return result;
}

void CheckGroup(const std::string& code, const geo::AgeScheme& scheme, const std::string& field,
                bool may_be_empty, Violations& violations) {
  if (code.empty() && may_be_empty) {
    return;
  }
  if (std::none_of(scheme.groups.begin(), scheme.groups.end(),
                   [&](const geo::AgeGroup& group) { return group.code == code; })) {
    violations.Add(field, "is no age group; GetMunicipality lists the scheme's groups");
  }
}

void ReadComparison(const v1::ComputeRelativeRiskRequest& request, const geo::AgeScheme& scheme,
                    RiskRequest& result, Violations& violations) {
  switch (request.comparison_case()) {
    case v1::ComputeRelativeRiskRequest::kGroups:
      result.case_group = request.groups().case_group_code();
      result.control_group = request.groups().control_group_code();
      CheckGroup(result.case_group, scheme, "groups.case_group_code", false, violations);
      CheckGroup(result.control_group, scheme, "groups.control_group_code", true, violations);
      if (!result.case_group.empty() && result.case_group == result.control_group) {
        violations.Add("groups.control_group_code", "is the group of the cases; must be another, or empty");
      }
      return;
    case v1::ComputeRelativeRiskRequest::kQuarterBefore:
      result.quarter_before = true;
      result.case_group = request.quarter_before().group_code();
      CheckGroup(result.case_group, scheme, "quarter_before.group_code", true, violations);
      return;
    case v1::ComputeRelativeRiskRequest::COMPARISON_NOT_SET:
      violations.Add("comparison", "is missing; must be groups or quarter_before");
  }
}

geo::RiskSmoothing FromProto(v1::RiskSmoothing smoothing, bool monte_carlo, Violations& violations) {
  switch (smoothing) {
    case v1::RISK_SMOOTHING_UNSPECIFIED:
    case v1::RISK_SMOOTHING_FIXED:
      return geo::RiskSmoothing::kFixed;
    case v1::RISK_SMOOTHING_ADAPTIVE_SYMMETRIC:
      return geo::RiskSmoothing::kAdaptiveSymmetric;
    case v1::RISK_SMOOTHING_ADAPTIVE_ASYMMETRIC:
      if (monte_carlo) {
        violations.Add("smoothing",
                       "cannot be ADAPTIVE_ASYMMETRIC with monte_carlo: redrawn labels would "
                       "need new bandwidths; must be FIXED or ADAPTIVE_SYMMETRIC");
      }
      return geo::RiskSmoothing::kAdaptiveAsymmetric;
    default:
      violations.Add("smoothing", "is no known smoothing");
  }
  return geo::RiskSmoothing::kFixed;
}

/// The kernels whose square has an edge factor in closed form.
bool HasTolerance(geo::Kernel kernel) {
  return kernel == geo::Kernel::kGaussian || kernel == geo::Kernel::kEpanechnikov ||
         kernel == geo::Kernel::kUniform;
}

}  // namespace

DensityRequest FromProto(const v1::ComputeDensityRequest& request, std::span<const Reporter> known,
                         const geo::AgeScheme& scheme, Violations& violations) {
  DensityRequest result;
  std::vector<const v1::BandwidthChoice*> choices;
  std::vector<std::string> paths;
  for (int i = 0; i < std::min(request.bandwidths_size(), limits::kBandwidths); ++i) {
    choices.push_back(&request.bandwidths(i));
    paths.push_back("bandwidths[" + std::to_string(i) + "]");
  }
  if (request.bandwidths_size() > limits::kBandwidths) {
    violations.Add("bandwidths", "has " + std::to_string(request.bandwidths_size()) +
                                     " bandwidths; must be at most " + std::to_string(limits::kBandwidths));
  }
  result.picture =
      WithBandwidths(request, request.parameters(), choices, paths, known, 1, result.bandwidths, violations);
  result.groups = GroupCodesFromProto(request.group_codes(), scheme, violations);
  result.layers.binned = request.binned();
  if (request.has_adaptive()) {
    result.layers.adaptive = FromProto(request.adaptive(), violations);
    if (result.picture.options.edge == geo::EdgeCorrection::kUniform) {
      violations.Add("adaptive", "does not go with EDGE_CORRECTION_UNIFORM; take NONE or DIGGLE");
    }
    if (request.binned() || request.has_bootstrap()) {
      violations.Add("adaptive", "does not go with binned or bootstrap; leave one out");
    }
  }
  if (request.has_place_uncertainty()) {
    result.layers.place_spread = FromProto(request.place_uncertainty().spread(), violations);
  }
  if (request.has_bootstrap()) {
    result.layers.bootstrap = FromProto(request.bootstrap(), violations);
  }
  if (request.locations_size() > limits::kLocations) {
    violations.Add("locations", "has " + std::to_string(request.locations_size()) +
                                    " places; must be at most " + std::to_string(limits::kLocations));
    return result;
  }
  for (int i = 0; i < request.locations_size(); ++i) {
    const v1::PlanePoint& place = request.locations(i);
    if (!std::isfinite(place.easting_m()) || !std::isfinite(place.northing_m())) {
      violations.Add("locations[" + std::to_string(i) + "]",
                     "is not finite; must be meters in the grid's CRS");
    }
    result.layers.locations.push_back({geo::Meters{place.easting_m()}, geo::Meters{place.northing_m()}});
  }
  return result;
}

BandwidthRequest FromProto(const v1::SelectBandwidthRequest& request, std::span<const Reporter> known,
                           const geo::AgeScheme& scheme, Violations& violations) {
  BandwidthRequest result;
  std::vector<AskedBandwidth> unused;
  result.picture = WithBandwidths(request, request.parameters(), {}, {}, known, limits::kSelectionQuarters,
                                  unused, violations);
  result.group = request.group_code();
  CheckGroup(result.group, scheme, "group_code", true, violations);
  if (request.selectors_size() > v1::BandwidthSelector_MAX) {
    violations.Add("selectors", "has more rules than there are");
  }
  for (int i = 0; i < std::min<int>(request.selectors_size(), v1::BandwidthSelector_MAX); ++i) {
    if (const auto selector =
            SelectorFromProto(request.selectors(i), "selectors[" + std::to_string(i) + "]", violations)) {
      result.selectors.push_back(*selector);
    }
  }
  if (request.selectors_size() == 0) {
    using enum geo::BandwidthSelector;
    result.selectors = {kScott, kSilverman, kLeastSquares, kLikelihood, kDiggle, kArcgis};
  }
  const auto searched = [&](double value, const char* field) -> std::optional<geo::Meters> {
    if (value == 0) {
      return std::nullopt;
    }
    return geo::Meters{NumberFromProto(value, 1, 0.1, 100'000, field, " m", violations)};
  };
  result.search_from =
      searched(request.search_from_standard_deviation_m(), "search_from_standard_deviation_m");
  result.search_to = searched(request.search_to_standard_deviation_m(), "search_to_standard_deviation_m");
  if (result.search_from && result.search_to && !(*result.search_from < *result.search_to)) {
    violations.Add("search_to_standard_deviation_m", "must be larger than search_from_standard_deviation_m");
  }
  result.curve_points = static_cast<int>(NumberFromProto(request.curve_point_count(), result.curve_points,
                                                         limits::kMinCurvePoints, limits::kMaxCurvePoints,
                                                         "curve_point_count", "", violations));
  const double top_share = NumberFromProto(request.top_share(), 0.05, limits::kMinTopShare,
                                           limits::kMaxTopShare, "top_share", "", violations);
  if (request.with_sensitivity()) {
    result.sensitivity_top_share = top_share;
  }
  return result;
}

RiskRequest FromProto(const v1::ComputeRelativeRiskRequest& request, std::span<const Reporter> known,
                      const geo::AgeScheme& scheme, Violations& violations) {
  RiskRequest result;
  v1::AnalysisParameters parameters = request.parameters();
  if (parameters.kernel() == v1::KERNEL_UNSPECIFIED) {
    parameters.set_kernel(v1::KERNEL_GAUSSIAN);
  }
  std::vector<const v1::BandwidthChoice*> choices;
  std::vector<AskedBandwidth> asked;
  if (request.has_bandwidth()) {
    choices.push_back(&request.bandwidth());
  }
  result.picture = WithBandwidths(request, parameters, choices, {"bandwidth"}, known, 1, asked, violations);
  if (!asked.empty()) {
    result.bandwidth = asked.front();
  }
  if (!HasTolerance(result.picture.options.kernel)) {
    violations.Add("parameters.kernel", "has no tolerance; must be GAUSSIAN, EPANECHNIKOV or UNIFORM");
  }
  ReadComparison(request, scheme, result, violations);
  result.monte_carlo = request.monte_carlo();
  result.smoothing = FromProto(request.smoothing(), request.monte_carlo(), violations);
  if (request.has_adaptive()) {
    const auto adaptive = FromProto(request.adaptive(), violations);
    result.pilot = adaptive.pilot;
    result.trim = adaptive.trim;
  }
  if (request.has_minimum_pooled_share()) {
    result.min_pooled_share = request.minimum_pooled_share();
    if (!Between(result.min_pooled_share, 0, 1)) {
      violations.Add("minimum_pooled_share", "is " + Text(result.min_pooled_share) + "; must be 0 to 1");
    }
  }
  if (request.contour_p_size() > limits::kContours) {
    violations.Add("contour_p", "has " + std::to_string(request.contour_p_size()) +
                                    " values; must be at most " + std::to_string(limits::kContours));
  } else if (request.contour_p_size() > 0) {
    result.contour_p.assign(request.contour_p().begin(), request.contour_p().end());
    for (std::size_t i = 0; i < result.contour_p.size(); ++i) {
      if (!(result.contour_p[i] > 0 && result.contour_p[i] < 1)) {
        violations.Add("contour_p[" + std::to_string(i) + "]",
                       "is " + Text(result.contour_p[i]) + "; must be over 0 and under 1");
      }
    }
  }
  return result;
}

}  // namespace lagesbild::service
