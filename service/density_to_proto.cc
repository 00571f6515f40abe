#include <algorithm>
#include <cmath>

#include "service/convert.h"

namespace lagesbild::service {
namespace {

v1::Statistic ValueOrUndefined(double value, const char* reason) {
  return std::isfinite(value) ? service::ToProto(geo::Statistic{value})
                              : service::ToProto(geo::Statistic{geo::Undefined{reason}});
}

bool Known(geo::PlanePoint point) {
  return std::isfinite(point.easting.value()) && std::isfinite(point.northing.value());
}

v1::DensityMethod ToProto(geo::DensityMethod method) {
  switch (method) {
    case geo::DensityMethod::kRowDifferences:
      return v1::DENSITY_METHOD_ROW_DIFFERENCES;
    case geo::DensityMethod::kDirect:
      return v1::DENSITY_METHOD_DIRECT;
    case geo::DensityMethod::kBinnedFft:
      return v1::DENSITY_METHOD_BINNED_FFT;
  }
  return v1::DENSITY_METHOD_UNSPECIFIED;
}

v1::DensityChecks ToProto(const geo::SurfaceChecks& checks) {
  const geo::CheckedSurface compared = geo::Compared(checks);
  v1::DensityChecks result;
  result.set_surface_mass(checks.mass);
  result.set_incident_mass(checks.incident_mass);
  *result.mutable_mass_deviation() = ValueOrUndefined(compared.mass_deviation, "NO_INCIDENTS");
  if (Known(checks.centroid)) {
    *result.mutable_surface_centroid() = service::ToProto(checks.centroid);
  }
  if (Known(checks.incident_centroid)) {
    *result.mutable_incident_centroid() = service::ToProto(checks.incident_centroid);
  }
  *result.mutable_centroid_distance_m() = ValueOrUndefined(compared.centroid_distance_m, "NO_CENTROID");
  return result;
}

v1::DensitySurface SurfaceToProto(const geo::DensityLayerSet& set, const geo::DensitySurface<double>& surface,
                                  v1::DensityLayer layer) {
  v1::DensitySurface result;
  result.set_group_code(set.group_code);
  result.set_bandwidth_index(static_cast<int>(set.bandwidth_index));
  result.set_layer(layer);
  result.set_method(ToProto(surface.method));
  result.set_error_bound(surface.error_bound);
  *result.mutable_checks() = ToProto(surface.checks);
  return result;
}

v1::AdaptiveSpan ToProto(const geo::AdaptiveSpan& span) {
  v1::AdaptiveSpan result;
  result.set_pilot_standard_deviation_m(span.pilot.standard_deviation.value());
  if (span.smallest.radius) {
    result.set_smallest_radius_m(span.smallest.radius->value());
  }
  result.set_smallest_standard_deviation_m(span.smallest.standard_deviation.value());
  if (span.largest.radius) {
    result.set_largest_radius_m(span.largest.radius->value());
  }
  result.set_largest_standard_deviation_m(span.largest.standard_deviation.value());
  result.set_incident_count(span.incidents);
  result.set_trimmed_incident_count(span.trimmed);
  return result;
}

v1::Bandwidth SelectedToProto(const geo::Bandwidth& bandwidth, geo::BandwidthSelector selector) {
  UsedBandwidth used;
  used.selector = selector;
  used.asked = used.used = bandwidth;
  return ToProto(used);
}

v1::BandwidthComparison ToProto(const geo::BandwidthComparison& comparison) {
  v1::BandwidthComparison result;
  result.set_factor(comparison.factor);
  if (comparison.bandwidth.radius) {
    result.set_radius_m(comparison.bandwidth.radius->value());
  }
  result.set_standard_deviation_m(comparison.bandwidth.standard_deviation.value());
  result.set_peak_per_km2(comparison.peak_per_km2);
  if (comparison.peak_per_km2 > 0) {
    *result.mutable_peak_place() = service::ToProto(comparison.peak_place);
  }
  result.set_top_cells_kept(comparison.top_cells_kept);
  return result;
}

void SelectionToProto(const geo::BandwidthSelection& selection, v1::SelectedBandwidth& result) {
  v1::Bandwidth& bandwidth = *result.mutable_bandwidth();
  bandwidth = SelectedToProto(selection.bandwidth, selection.selector);
  bandwidth.set_reason_sv(SelectionReasonSv(selection));
  bandwidth.set_reason_en(SelectionReasonEn(selection));
  result.set_incident_count(selection.spread.points);
  result.set_position_count(selection.spread.positions);
  if (selection.sd_easting) {
    result.set_easting_standard_deviation_m(selection.sd_easting->value());
  }
  if (selection.sd_northing) {
    result.set_northing_standard_deviation_m(selection.sd_northing->value());
  }
  for (const geo::ObjectivePoint& point : selection.curve) {
    v1::BandwidthObjectivePoint& added = *result.add_curve();
    added.set_standard_deviation_m(point.standard_deviation.value());
    *added.mutable_objective() = ValueOrUndefined(point.value, "INFINITE");
  }
  result.set_maximized(selection.maximized);
  result.set_at_lower_end(selection.at_lower_end);
  result.set_at_upper_end(selection.at_upper_end);
  if (selection.each_position_once) {
    v1::Bandwidth& once = *result.mutable_each_position_once();
    once = SelectedToProto(*selection.each_position_once, selection.selector);
    once.set_reason_sv("Samma regel när varje plats räknas en gång.");
    once.set_reason_en("The same rule when every position counts once.");
  }
}

/// Why a cell has no ratio; null where it has one.
const char* AbsenceOf(const geo::RiskValue& value) {
  if (value.status == geo::RiskStatus::kOutsideStudyArea) {
    return "OUTSIDE_STUDY_AREA";
  }
  return value.status == geo::RiskStatus::kTooFewNearby || !std::isfinite(value.log_ratio) ||
                 !std::isfinite(value.z)
             ? "TOO_FEW_NEARBY"
             : nullptr;
}

}  // namespace

v1::BandwidthSelector ToProto(geo::BandwidthSelector selector) {
  switch (selector) {
    case geo::BandwidthSelector::kScott:
      return v1::BANDWIDTH_SELECTOR_SCOTT;
    case geo::BandwidthSelector::kSilverman:
      return v1::BANDWIDTH_SELECTOR_SILVERMAN;
    case geo::BandwidthSelector::kLeastSquares:
      return v1::BANDWIDTH_SELECTOR_LEAST_SQUARES;
    case geo::BandwidthSelector::kLikelihood:
      return v1::BANDWIDTH_SELECTOR_LIKELIHOOD;
    case geo::BandwidthSelector::kDiggle:
      return v1::BANDWIDTH_SELECTOR_DIGGLE;
    case geo::BandwidthSelector::kArcgis:
      return v1::BANDWIDTH_SELECTOR_ARCGIS;
  }
  return v1::BANDWIDTH_SELECTOR_UNSPECIFIED;
}

v1::Bandwidth ToProto(const UsedBandwidth& bandwidth) {
  v1::Bandwidth result;
  result.set_asked_m(bandwidth.asked.radius.value_or(bandwidth.asked.standard_deviation).value());
  if (bandwidth.asked.radius) {
    result.set_asked_radius_m(bandwidth.asked.radius->value());
  }
  result.set_asked_standard_deviation_m(bandwidth.asked.standard_deviation.value());
  if (bandwidth.used.radius) {
    result.set_radius_m(bandwidth.used.radius->value());
  }
  result.set_standard_deviation_m(bandwidth.used.standard_deviation.value());
  if (bandwidth.selector) {
    result.set_selector(ToProto(*bandwidth.selector));
  }
  result.set_reason_sv(bandwidth.reason_sv);
  result.set_reason_en(bandwidth.reason_en);
  return result;
}

v1::AnalysisHeader HeaderToProto(const std::string& run_id, const DataVersion& data,
                                 const IncidentSelection& selection, const geo::SituationPicture& picture,
                                 const UsedBandwidth& bandwidth) {
  v1::AnalysisHeader header;
  header.set_run_id(run_id);
  header.set_data_version(data.hash);
  header.set_program_version(ProgramVersion());
  *header.mutable_selection() = ToProto(selection);
  *header.mutable_parameters() = ToProto(picture.options);
  *header.mutable_bandwidth() = ToProto(bandwidth);
  header.set_unit_sv("händelser per km² och kvartal");
  header.set_unit_en("incidents per km² and calendar quarter");
  for (const geo::PictureLayer& layer : picture.layers) {
    if (layer.group.kind == geo::AgeGroupKind::kTotal) {
      header.set_incident_count(layer.tally.incidents.accepted);
      header.set_unplaced_incident_count(layer.tally.incidents.unplaced);
      header.set_digital_incident_count(layer.tally.incidents.digital);
    }
  }
  header.set_buffer_incident_count(picture.in_buffer);
  header.set_perceived_unsafety_count(picture.perceived_unsafety);
  for (const std::string& reporter : picture.reporters) {
    header.add_reporter_codes(reporter);
  }
  for (const geo::DoubtfulPoint& point : picture.doubtful_points) {
    *header.add_doubtful_points() = ToProto(point);
  }
  return header;
}

v1::DensityHeader ToProto(const DensityRun& run, const DensityRequest& request) {
  const geo::Projection projection(run.crs);
  v1::DensityHeader header;
  *header.mutable_analysis() =
      HeaderToProto(run.run_id, run.data, request.picture.selection, run.picture, run.bandwidths.front());
  *header.mutable_grid() = ToProto(run.picture.density_grid, run.crs);
  for (const geo::PictureLayer& layer : run.picture.layers) {
    if (std::find(request.groups.begin(), request.groups.end(), layer.group.code) != request.groups.end()) {
      *header.add_groups() = ToProto(layer, projection);
    }
  }
  for (std::size_t i = 0; i < run.bandwidths.size(); ++i) {
    v1::DensityBandwidth& added = *header.add_bandwidths();
    *added.mutable_bandwidth() = ToProto(run.bandwidths[i]);
    if (i < run.layers.adaptive.size()) {
      *added.mutable_adaptive() = ToProto(run.layers.adaptive[i]);
    }
  }
  for (const geo::DensityLayerSet& set : run.layers.sets) {
    *header.add_surfaces() = SurfaceToProto(set, set.plain, v1::DENSITY_LAYER_PLAIN);
    if (set.spread) {
      *header.add_surfaces() = SurfaceToProto(set, *set.spread, v1::DENSITY_LAYER_SPREAD);
    }
  }
  header.set_coarsely_spread_count(run.layers.coarse_spread);
  return header;
}

v1::DensityAtLocations LocationsToProto(const geo::DensityLayerSet& set) {
  v1::DensityAtLocations result;
  result.set_group_code(set.group_code);
  result.set_bandwidth_index(static_cast<int>(set.bandwidth_index));
  for (const double value : set.at_locations) {
    *result.add_per_km2() = ValueOrUndefined(value, "OUTSIDE_STUDY_AREA");
  }
  return result;
}

v1::SelectBandwidthResponse ToProto(const BandwidthRun& run, const BandwidthRequest& request) {
  v1::SelectBandwidthResponse response;
  response.set_run_id(run.run_id);
  response.set_data_version(run.data.hash);
  *response.mutable_selection() = ToProto(request.picture.selection);
  *response.mutable_parameters() = ToProto(request.picture.options);
  response.set_group_code(run.group);
  if (request.sensitivity_top_share) {
    *response.mutable_grid() = ToProto(run.grid, run.crs);
  }
  for (const BandwidthFinding& finding : run.findings) {
    v1::SelectedBandwidth& added = *response.add_bandwidths();
    added.set_selector(ToProto(finding.selector));
    if (const auto* selection = std::get_if<geo::BandwidthSelection>(&finding.found)) {
      SelectionToProto(*selection, added);
    } else if (const auto* few = std::get_if<geo::TooFew>(&finding.found)) {
      *added.mutable_absent() = ToProto(geo::Statistic{*few});
      added.set_incident_count(few->found);
    } else {
      *added.mutable_absent() = ToProto(geo::Statistic{std::get<geo::Undefined>(finding.found)});
    }
    for (const geo::BandwidthComparison& comparison : finding.sensitivity) {
      *added.add_sensitivity() = ToProto(comparison);
    }
  }
  return response;
}

v1::RelativeRiskHeader ToProto(const RiskRun& run, const RiskRequest& request) {
  v1::RelativeRiskHeader header;
  header.set_run_id(run.run_id);
  header.set_data_version(run.data.hash);
  header.set_program_version(ProgramVersion());
  *header.mutable_selection() = ToProto(request.picture.selection);
  *header.mutable_control_quarter() = ToProto(run.control_quarter);
  *header.mutable_parameters() = ToProto(run.options);
  *header.mutable_bandwidth() = ToProto(run.bandwidth);
  *header.mutable_grid() = ToProto(run.grid, run.crs);
  header.set_case_count(run.risk.cases);
  header.set_control_count(run.risk.controls);
  header.set_case_integral(run.risk.case_integral);
  header.set_control_integral(run.risk.control_integral);
  header.set_too_few_nearby_cell_count(run.risk.locations_with_too_few);
  header.set_permutation_count(run.permutations);
  header.set_seed(static_cast<std::int64_t>(run.options.test.seed));
  return header;
}

void LayerRowToProto(std::span<const double> values, int row, v1::DensityLayer layer, v1::DensityRuns& runs) {
  for (std::size_t first = 0; first < values.size();) {
    const bool finite = std::isfinite(values[first]);
    std::size_t end = first + 1;
    while (end < values.size() && std::isfinite(values[end]) == finite) {
      ++end;
    }
    v1::DensityRun& run = *runs.add_runs();
    run.set_row(row);
    run.set_first_column(static_cast<int>(first));
    run.set_column_count(static_cast<int>(end - first));
    if (finite) {
      const auto part = values.subspan(first, end - first);
      auto& sent = layer == v1::DENSITY_LAYER_SHARE_IN_TOP ? *run.mutable_values()->mutable_share()
                                                           : *run.mutable_values()->mutable_per_km2();
      sent.Add(part.begin(), part.end());
    } else {
      *run.mutable_absent() = ToProto(geo::Statistic{geo::Undefined{"OUTSIDE_STUDY_AREA"}});
    }
    first = end;
  }
}

void RiskRowToProto(const RiskRun& run, int row, v1::RelativeRiskRuns& runs) {
  const std::size_t begin = run.grid.index({0, row}), columns = static_cast<std::size_t>(run.grid.columns);
  const std::span<const geo::RiskValue> values(run.risk.values.data() + begin, columns);
  for (std::size_t first = 0; first < columns;) {
    const char* absence = AbsenceOf(values[first]);
    std::size_t end = first + 1;
    while (end < columns && AbsenceOf(values[end]) == absence) {
      ++end;
    }
    v1::RelativeRiskRun& added = *runs.add_runs();
    added.set_row(row);
    added.set_first_column(static_cast<int>(first));
    added.set_column_count(static_cast<int>(end - first));
    if (absence != nullptr) {
      *added.mutable_absent() = ToProto(geo::Statistic{geo::Undefined{absence}});
    } else {
      v1::RelativeRiskRun::Values& sent = *added.mutable_values();
      for (std::size_t i = first; i < end; ++i) {
        sent.add_log_ratio(values[i].log_ratio);
        sent.add_z(values[i].z);
        sent.add_p_upper(values[i].p_upper);
        if (!run.risk.p_monte_carlo.empty()) {
          sent.add_p_monte_carlo(run.risk.p_monte_carlo[begin + i]);
        }
      }
    }
    first = end;
  }
}

}  // namespace lagesbild::service
