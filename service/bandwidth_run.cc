#include "service/bandwidth_run.h"

#include <algorithm>

#include "geo/group_positions.h"
#include "service/parameter_text.h"
#include "service/run_content.h"
#include "service/run_files.h"

namespace lagesbild::service {
namespace {

const geo::AgeGroup& GroupOf(const geo::AgeScheme& scheme, const std::string& code) {
  return *std::find_if(scheme.groups.begin(), scheme.groups.end(), [&](const geo::AgeGroup& group) {
    return code.empty() ? group.kind == geo::AgeGroupKind::kTotal : group.code == code;
  });
}

geo::BandwidthSelectionOptions Options(const BandwidthRequest& request, geo::BandwidthSelector selector,
                                       const geo::StudyArea& area, std::stop_token stop) {
  const geo::PictureOptions& picture = request.picture.options;
  geo::BandwidthSelectionOptions options;
  options.selector = selector;
  options.kernel = picture.kernel;
  const bool needed = selector == geo::BandwidthSelector::kDiggle;
  options.study_area = needed || picture.edge != geo::EdgeCorrection::kNone ? &area : nullptr;
  options.search_from = request.search_from;
  options.search_to = request.search_to;
  options.curve_points = request.curve_points;
  options.stop = stop;
  return options;
}

std::vector<geo::BandwidthComparison> Sensitivity(std::span<const geo::PlanePoint> points,
                                                  const BandwidthRequest& request,
                                                  const geo::Bandwidth& bandwidth, const geo::GridSpec& grid,
                                                  const geo::StudyArea& area, std::stop_token stop) {
  const geo::PictureOptions& picture = request.picture.options;
  geo::DensityOptions density;
  density.kernel = picture.kernel;
  density.bandwidths = {bandwidth.radius.value_or(bandwidth.standard_deviation)};
  density.edge = picture.edge;
  density.study_area = picture.edge == geo::EdgeCorrection::kNone ? nullptr : &area;
  density.stop = stop;
  geo::DensityIncidents incidents;
  incidents.points = points;
  return geo::BandwidthSensitivity(incidents, grid, density, *request.sensitivity_top_share);
}

}  // namespace

std::string ParametersText(const BandwidthRequest& request) {
  std::string text = ParametersText(request.picture);
  AddLine(text, "bandwidth.group", request.group);
  for (const geo::BandwidthSelector selector : request.selectors)
    AddLine(text, "bandwidth.selector", geo::BandwidthSelectorCode(selector));
  AddLine(text, "bandwidth.from_m", request.search_from ? NumberText(request.search_from->value()) : "");
  AddLine(text, "bandwidth.to_m", request.search_to ? NumberText(request.search_to->value()) : "");
  AddLine(text, "bandwidth.curve_points", std::to_string(request.curve_points));
  AddLine(text, "bandwidth.top_share",
          request.sensitivity_top_share ? NumberText(*request.sensitivity_top_share) : "");
  return text;
}

BandwidthRun RunBandwidthSelection(Store& store, const BandwidthRequest& request, std::stop_token stop) {
  RequireInternal(request.picture);
  const RunContent content = LoadRun(store, request.picture.selection);
  const geo::StudyArea area(content.municipality.boundary);
  const geo::PictureInput input = PictureInputOf(content, request.picture.selection.last, area);
  const geo::PictureOptions& options = request.picture.options;
  const geo::AgeGroup& group = GroupOf(content.scheme, request.group);
  BandwidthRun run;
  run.data = content.data;
  run.crs = content.municipality.crs;
  run.run_id = RunIdOf(run.data, ParametersText(request));
  run.group = group.code;
  run.grid = geo::CoveringGrid(area.south_west(), area.north_east(), options.density_cell);
  const std::vector<geo::PlanePoint> points = geo::UsedPositions(input, options, group);
  for (const geo::BandwidthSelector selector : request.selectors) {
    BandwidthFinding& finding = run.findings.emplace_back();
    finding.selector = selector;
    finding.found = SelectOrAbsence(points, Options(request, selector, area, stop));
    const auto* selection = std::get_if<geo::BandwidthSelection>(&finding.found);
    if (selection != nullptr && request.sensitivity_top_share)
      finding.sensitivity = Sensitivity(points, request, selection->bandwidth, run.grid, area, stop);
  }
  return run;
}

}  // namespace lagesbild::service
