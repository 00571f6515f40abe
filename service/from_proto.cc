#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

#include "service/convert.h"
#include "service/limits.h"

namespace lagesbild::service {
namespace {

std::string Text(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

geo::RoleSelection Role(v1::RoleSelection role, Violations& violations) {
  switch (role) {
    case v1::ROLE_SELECTION_UNSPECIFIED:
    case v1::ROLE_SELECTION_ANY:
      return geo::RoleSelection::kAny;
    case v1::ROLE_SELECTION_VICTIM:
      return geo::RoleSelection::kVictim;
    case v1::ROLE_SELECTION_SUSPECT:
      return geo::RoleSelection::kSuspect;
    case v1::ROLE_SELECTION_INVOLVED:
      return geo::RoleSelection::kInvolved;
    default:
      violations.Add("selection.role", "is no known role; must be ANY, VICTIM, SUSPECT or INVOLVED");
  }
  return geo::RoleSelection::kAny;
}

geo::Kernel KernelFromProto(v1::Kernel kernel, Violations& violations) {
  switch (kernel) {
    case v1::KERNEL_UNSPECIFIED:
    case v1::KERNEL_QUARTIC:
      return geo::Kernel::kQuartic;
    case v1::KERNEL_EPANECHNIKOV:
      return geo::Kernel::kEpanechnikov;
    case v1::KERNEL_TRIWEIGHT:
      return geo::Kernel::kTriweight;
    case v1::KERNEL_TRIANGULAR:
      return geo::Kernel::kTriangular;
    case v1::KERNEL_UNIFORM:
      return geo::Kernel::kUniform;
    case v1::KERNEL_GAUSSIAN:
      return geo::Kernel::kGaussian;
    default:
      violations.Add("parameters.kernel", "is no known kernel");
  }
  return geo::Kernel::kQuartic;
}

geo::EdgeCorrection EdgeFromProto(v1::EdgeCorrection edge, Violations& violations) {
  switch (edge) {
    case v1::EDGE_CORRECTION_NONE:
      return geo::EdgeCorrection::kNone;
    case v1::EDGE_CORRECTION_UNIFORM:
      return geo::EdgeCorrection::kUniform;
    case v1::EDGE_CORRECTION_UNSPECIFIED:
    case v1::EDGE_CORRECTION_DIGGLE:
      return geo::EdgeCorrection::kDiggle;
    default:
      violations.Add("parameters.edge_correction", "is no known edge correction");
  }
  return geo::EdgeCorrection::kDiggle;
}

void CheckCount(int count, const std::string& field, Violations& violations) {
  if (count > limits::kSelectionValues) {
    violations.Add(field, "has more than " + std::to_string(limits::kSelectionValues) + " values");
  }
}

}  // namespace

double NumberFromProto(double value, double otherwise, double low, double high, const std::string& field,
                       const char* unit, Violations& violations) {
  if (value == 0) {
    return otherwise;
  }
  if (!std::isfinite(value) || value < low || value > high) {
    violations.Add(field, "is " + Text(value) + "; must be " + Text(low) + " to " + Text(high) + unit +
                              ", or 0 for " + Text(otherwise));
    return otherwise;
  }
  return value;
}

int QuartersFrom(geo::CalendarQuarter first, geo::CalendarQuarter last) {
  return (last.year - first.year) * 4 + last.number - first.number + 1;
}

geo::CalendarQuarter FromProto(const v1::CalendarQuarter& quarter, const std::string& field,
                               Violations& violations) {
  if (quarter.year() < limits::kFirstYear || quarter.year() > limits::kLastYear) {
    violations.Add(field + ".year", "must be " + std::to_string(limits::kFirstYear) + " to " +
                                        std::to_string(limits::kLastYear));
    return {limits::kFirstYear, 1};
  }
  if (quarter.number() < 1 || quarter.number() > 4) {
    violations.Add(field + ".number", "must be 1 to 4");
    return {quarter.year(), 1};
  }
  return {quarter.year(), quarter.number()};
}

std::vector<geo::Category> CategoriesFromProto(const google::protobuf::RepeatedPtrField<std::string>& codes,
                                               const std::string& field, Violations& violations) {
  std::vector<geo::Category> categories;
  CheckCount(codes.size(), field, violations);
  for (int i = 0; i < codes.size(); ++i) {
    if (const auto category = geo::ParseCategory(codes[i])) {
      categories.push_back(*category);
    } else {
      violations.Add(field + "[" + std::to_string(i) + "]",
                     "is no category code; GetMunicipality lists them");
    }
  }
  std::sort(categories.begin(), categories.end());
  categories.erase(std::unique(categories.begin(), categories.end()), categories.end());
  return categories;
}

IncidentSelection FromProto(const v1::IncidentSelection& selection, std::span<const Reporter> known,
                            int max_quarters, Violations& violations) {
  IncidentSelection result;
  Violations quarters;
  if (!selection.has_first_quarter()) {
    quarters.Add("selection.first_quarter", "is missing");
  } else {
    result.first = FromProto(selection.first_quarter(), "selection.first_quarter", quarters);
  }
  result.last = selection.has_last_quarter()
                    ? FromProto(selection.last_quarter(), "selection.last_quarter", quarters)
                    : result.first;
  if (quarters.empty() && result.last < result.first) {
    quarters.Add("selection.last_quarter", "is before first_quarter");
  } else if (quarters.empty() && QuartersFrom(result.first, result.last) > max_quarters) {
    quarters.Add("selection.last_quarter",
                 max_quarters == 1
                     ? "must be the same as first_quarter, or empty: one calendar quarter at a time"
                     : "is too far from first_quarter; at most " + std::to_string(max_quarters) +
                           " calendar quarters");
  }
  violations.Add(quarters);
  result.categories = CategoriesFromProto(selection.category_codes(), "selection.category_codes", violations);
  CheckCount(selection.reporter_codes_size(), "selection.reporter_codes", violations);
  for (int i = 0; i < selection.reporter_codes_size(); ++i) {
    const std::string& code = selection.reporter_codes(i);
    if (std::none_of(known.begin(), known.end(), [&](const Reporter& r) { return r.code == code; })) {
      violations.Add("selection.reporter_codes[" + std::to_string(i) + "]",
                     "is no known reporter; ListReporters lists them");
    } else {
      result.reporters.push_back(code);
    }
  }
  // Order and repetition mean nothing, and the run id is made of what is selected.
  std::sort(result.reporters.begin(), result.reporters.end());
  result.reporters.erase(std::unique(result.reporters.begin(), result.reporters.end()),
                         result.reporters.end());
  result.role = Role(selection.role(), violations);
  return result;
}

geo::PictureOptions FromProto(const v1::AnalysisParameters& parameters, Violations& violations) {
  geo::PictureOptions options;
  options.cell =
      geo::Meters{NumberFromProto(parameters.cell_size_m(), options.cell.value(), limits::kMinCellM,
                                  limits::kMaxCellM, "parameters.cell_size_m", " m", violations)};
  const double density_cell_m =
      NumberFromProto(parameters.density_cell_size_m(), options.density_cell.value(), limits::kMinCellM,
                      limits::kMaxCellM, "parameters.density_cell_size_m", " m", violations);
  const double bandwidth_m =
      NumberFromProto(parameters.bandwidth_m(), options.bandwidth.value(), limits::kMinBandwidthM,
                      limits::kMaxBandwidthM, "parameters.bandwidth_m", " m", violations);
  if (bandwidth_m < density_cell_m) {
    violations.Add("parameters.bandwidth_m", "is " + Text(bandwidth_m) +
                                                 " m, smaller than the density's cells; must be at least " +
                                                 Text(density_cell_m) + " m");
  } else if (bandwidth_m / density_cell_m > limits::kMaxBandwidthCells) {
    violations.Add("parameters.bandwidth_m", "is " + Text(bandwidth_m) + " m; must be at most " +
                                                 Text(limits::kMaxBandwidthCells * density_cell_m) + " m, " +
                                                 Text(limits::kMaxBandwidthCells) +
                                                 " cells; or take larger cells");
  }
  options.density_cell = geo::Meters{density_cell_m};
  options.bandwidth = geo::Meters{bandwidth_m};
  options.kernel = KernelFromProto(parameters.kernel(), violations);
  options.edge = EdgeFromProto(parameters.edge_correction(), violations);
  options.max_accuracy =
      geo::Meters{NumberFromProto(parameters.max_accuracy_m(), bandwidth_m / 2, limits::kMinAccuracyM,
                                  limits::kMaxAccuracyM, "parameters.max_accuracy_m", " m", violations)};
  options.test.permutations = static_cast<int>(
      NumberFromProto(parameters.permutation_count(), options.test.permutations, limits::kMinPermutations,
                      limits::kMaxPermutations, "parameters.permutation_count", "", violations));
  if (parameters.seed() < 0) {
    violations.Add("parameters.seed", "is negative; must be 0 (for 1) or more");
  } else if (parameters.seed() > 0) {
    options.test.seed = static_cast<std::uint64_t>(parameters.seed());
  }
  return options;
}

std::vector<std::string> GroupCodesFromProto(const google::protobuf::RepeatedPtrField<std::string>& codes,
                                             const geo::AgeScheme& scheme, Violations& violations) {
  for (int i = 0; i < codes.size(); ++i) {
    if (std::none_of(scheme.groups.begin(), scheme.groups.end(),
                     [&](const auto& g) { return g.code == codes[i]; })) {
      violations.Add("group_codes[" + std::to_string(i) + "]",
                     "is no age group; GetMunicipality lists the scheme's groups");
    }
  }
  std::vector<std::string> result;
  for (const geo::AgeGroup& group : scheme.groups) {
    if (codes.empty() || std::find(codes.begin(), codes.end(), group.code) != codes.end()) {
      result.push_back(group.code);
    }
  }
  return result;
}

void CheckRequestId(const std::string& request_id, Violations& violations) {
  // x: a hex digit, y: 8, 9, a or b; everything else stands for itself.
  static constexpr std::string_view kUuid4 = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
  static constexpr std::string_view kHex = "0123456789abcdefABCDEF", kVariant = "89abAB";
  const auto fits = [](char c, char form) {
    return form == 'x'   ? kHex.find(c) != std::string_view::npos
           : form == 'y' ? kVariant.find(c) != std::string_view::npos
                         : c == form;
  };
  if (!request_id.empty() &&
      !std::equal(request_id.begin(), request_id.end(), kUuid4.begin(), kUuid4.end(), fits)) {
    violations.Add("request_id", "must be a UUID of version 4, or empty");
  }
}

std::string FromProto(v1::Audience audience, Violations& violations) {
  switch (audience) {
    case v1::AUDIENCE_UNSPECIFIED:
    case v1::AUDIENCE_INTERNAL:
      return "internal";
    case v1::AUDIENCE_PARTNER:
      return "partner";
    case v1::AUDIENCE_PUBLIC:
      return "public";
    default:
      violations.Add("audience", "is no known audience; must be INTERNAL, PARTNER or PUBLIC");
      return "internal";
  }
}

std::int64_t IdOfName(std::string_view name, std::string_view collection, const std::string& field) {
  const std::string prefix = std::string(collection) + "/";
  std::int64_t id = 0;
  if (name.starts_with(prefix)) {
    const std::string_view digits = name.substr(prefix.size());
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
    if (error == std::errc{} && end == digits.data() + digits.size() && id > 0) {
      return id;
    }
  }
  throw InvalidRequest(field, "must be a resource name such as " + prefix + "3");
}

}  // namespace lagesbild::service
