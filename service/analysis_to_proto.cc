#include <algorithm>
#include <cmath>

#include "service/convert.h"

namespace lagesbild::service {
namespace {

v1::RoleSelection ToProto(geo::RoleSelection role) {
  switch (role) {
    case geo::RoleSelection::kAny:
      return v1::ROLE_SELECTION_ANY;
    case geo::RoleSelection::kVictim:
      return v1::ROLE_SELECTION_VICTIM;
    case geo::RoleSelection::kSuspect:
      return v1::ROLE_SELECTION_SUSPECT;
    case geo::RoleSelection::kInvolved:
      return v1::ROLE_SELECTION_INVOLVED;
  }
  return v1::ROLE_SELECTION_UNSPECIFIED;
}

v1::Kernel ToProto(geo::Kernel kernel) {
  switch (kernel) {
    case geo::Kernel::kQuartic:
      return v1::KERNEL_QUARTIC;
    case geo::Kernel::kEpanechnikov:
      return v1::KERNEL_EPANECHNIKOV;
    case geo::Kernel::kTriweight:
      return v1::KERNEL_TRIWEIGHT;
    case geo::Kernel::kTriangular:
      return v1::KERNEL_TRIANGULAR;
    case geo::Kernel::kUniform:
      return v1::KERNEL_UNIFORM;
    case geo::Kernel::kGaussian:
      return v1::KERNEL_GAUSSIAN;
  }
  return v1::KERNEL_UNSPECIFIED;
}

v1::EdgeCorrection ToProto(geo::EdgeCorrection edge) {
  switch (edge) {
    case geo::EdgeCorrection::kNone:
      return v1::EDGE_CORRECTION_NONE;
    case geo::EdgeCorrection::kUniform:
      return v1::EDGE_CORRECTION_UNIFORM;
    case geo::EdgeCorrection::kDiggle:
      return v1::EDGE_CORRECTION_DIGGLE;
  }
  return v1::EDGE_CORRECTION_UNSPECIFIED;
}

v1::HotClass HotClassToProto(int hot_class) {
  return hot_class == 1   ? v1::HOT_CLASS_90
         : hot_class == 2 ? v1::HOT_CLASS_95
         : hot_class == 3 ? v1::HOT_CLASS_99
                          : v1::HOT_CLASS_NONE;
}

v1::Statistic Value(double value) { return service::ToProto(geo::Statistic{value}); }

v1::Statistic TooFew(const geo::PictureLayer& layer) {
  v1::Statistic statistic = service::ToProto(geo::Statistic{layer.too_few.value_or(geo::TooFew{})});
  statistic.mutable_too_few()->set_coarser_group_code(layer.coarser_level);
  return statistic;
}

/// Why a layer that is not tested has no statistic.
v1::Statistic NotTested(const geo::PictureLayer& layer, const char* undefined) {
  return layer.too_few
             ? TooFew(layer)
             : service::ToProto(geo::Statistic{layer.undefined.value_or(geo::Undefined{undefined})});
}

/// A statistic of the test: the value, too few when the layer is not tested, undefined when NaN.
v1::Statistic Tested(const geo::PictureLayer& layer, double value, const char* undefined) {
  if (!layer.tested) {
    return NotTested(layer, undefined);
  }
  return std::isfinite(value) ? Value(value) : service::ToProto(geo::Statistic{geo::Undefined{undefined}});
}

}  // namespace

v1::SquareGrid ToProto(const geo::GridSpec& grid, geo::Epsg crs) {
  v1::SquareGrid result;
  result.set_epsg_code(static_cast<int>(crs));
  *result.mutable_south_west() = ToProto(grid.origin);
  result.set_cell_size_m(grid.cell_size.value());
  result.set_column_count(grid.columns);
  result.set_row_count(grid.rows);
  return result;
}

v1::IncidentSelection ToProto(const IncidentSelection& selection) {
  v1::IncidentSelection result;
  *result.mutable_first_quarter() = ToProto(selection.first);
  *result.mutable_last_quarter() = ToProto(selection.last);
  for (const geo::Category category : selection.categories) {
    result.add_category_codes(std::string(geo::InfoOf(category).code));
  }
  for (const std::string& reporter : selection.reporters) {
    result.add_reporter_codes(reporter);
  }
  result.set_role(ToProto(selection.role));
  return result;
}

v1::AnalysisParameters ToProto(const geo::PictureOptions& options) {
  v1::AnalysisParameters result;
  result.set_cell_size_m(options.cell.value());
  result.set_density_cell_size_m(options.density_cell.value());
  result.set_kernel(ToProto(options.kernel));
  result.set_bandwidth_m(options.bandwidth.value());
  result.set_edge_correction(ToProto(options.edge));
  result.set_max_accuracy_m(options.max_accuracy.value());
  result.set_permutation_count(options.test.permutations);
  result.set_seed(static_cast<std::int64_t>(options.test.seed));
  return result;
}

v1::GroupResult ToProto(const geo::PictureLayer& layer, const geo::Projection& projection) {
  v1::GroupResult result;
  *result.mutable_group() = ToProto(layer.group);
  *result.mutable_tally() = ToProto(layer.tally);
  result.set_used_incident_count(layer.used_incidents);
  result.set_collapsed_incident_count(layer.used_after_collapse);
  result.set_outside_mask_count(layer.outside_mask);
  result.set_family_size(layer.family_size);
  const bool density = layer.density.has_value();
  *result.mutable_density_peak() = density ? Value(layer.density_peak) : NotTested(layer, "NO_DENSITY");
  *result.mutable_density_total() = density ? Value(layer.density_mass) : NotTested(layer, "NO_DENSITY");
  const auto hot = std::count_if(layer.cells.begin(), layer.cells.end(),
                                 [](const geo::PictureCell& cell) { return cell.test.hot_class > 0; });
  *result.mutable_hot_cell_count() = Tested(layer, static_cast<double>(hot), "NOT_TESTED");
  for (const geo::RepeatPlace& place : layer.repeats) {
    v1::RepeatPlace* added = result.add_repeat_places();
    *added->mutable_position() = ToProto(projection.Inverse(place.position));
    *added->mutable_plane_position() = ToProto(place.position);
    added->set_incident_count(place.incidents);
    added->set_reporter_count(place.reporters);
  }
  for (const geo::DistrictCounts& district : layer.districts) {
    v1::DistrictCount* added = result.add_districts();
    added->set_code(district.code);
    added->set_name(district.name);
    *added->mutable_incident_count() = Value(district.incidents);
    added->set_inhabitant_count(district.inhabitants);
  }
  return result;
}

v1::HotspotCell ToProto(const geo::PictureCell& cell, const geo::PictureLayer& layer,
                        const geo::GridSpec& grid, const geo::Projection& projection) {
  v1::HotspotCell result;
  result.set_column(cell.test.cell.column);
  result.set_row(cell.test.cell.row);
  *result.mutable_center() = ToProto(projection.Inverse(grid.center(cell.test.cell)));
  *result.mutable_incident_count() = Value(cell.incidents);
  *result.mutable_neighborhood_incident_count() = Value(cell.neighborhood_incidents);
  result.set_neighborhood_reporter_count(cell.neighborhood_reporters);
  result.set_neighborhood_doubtful_count(cell.neighborhood_doubtful);
  result.set_inhabitant_count(cell.inhabitants);
  // A neighborhood in which nobody of the group lives cannot be tested, whatever happened there.
  const bool exposed = cell.test.exposure > 0;
  const auto tested = [&](double value) { return Tested(layer, exposed ? value : NAN, "NO_EXPOSURE"); };
  *result.mutable_expected_count() = tested(cell.test.expected);
  *result.mutable_binomial_p() = tested(cell.test.binomial_p);
  *result.mutable_q_value() = tested(cell.test.q_value);
  *result.mutable_maximum_p() = tested(cell.test.maximum_p);
  *result.mutable_gi_star_z() = Tested(layer, cell.gi_star_z, "ZERO_VARIANCE");
  *result.mutable_gi_star_p() = Tested(layer, cell.gi_star_exact_p, "ZERO_VARIANCE");
  result.set_hot_class(HotClassToProto(layer.tested ? cell.test.hot_class : 0));
  return result;
}

v1::DoubtfulPoint ToProto(const geo::DoubtfulPoint& point) {
  v1::DoubtfulPoint result;
  result.set_kind(point.kind == geo::PileUpKind::kCentroid ? v1::PILE_UP_KIND_CENTROID
                                                           : v1::PILE_UP_KIND_DEFAULT_POINT);
  *result.mutable_plane_position() = ToProto(point.position);
  result.set_center_name(point.center_name);
  result.set_incident_count(point.incidents);
  return result;
}

v1::HotspotThresholds ThresholdsToProto(const geo::HotspotTestOptions& options) {
  v1::HotspotThresholds result;
  result.set_minimum_incident_count(options.min_incidents);
  result.set_minimum_neighborhood_count(options.min_cell_count);
  result.set_minimum_expected_count(options.min_expected);
  for (const double level : {options.alpha_90, options.alpha_95, options.alpha_99}) {
    result.add_adjusted_p_levels(level);
  }
  return result;
}

}  // namespace lagesbild::service
