#include "service/risk_run.h"

#include <algorithm>
#include <cstdio>

#include "geo/group_positions.h"
#include "service/errors.h"
#include "service/limits.h"
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

geo::CalendarQuarter YearBefore(geo::CalendarQuarter quarter) { return {quarter.year - 1, quarter.number}; }

/// Both quarters of one data version.
struct TwoQuarters {
  RunContent now;
  std::optional<RunContent> before;
};

TwoQuarters Load(Store& store, const RiskRequest& request) {
  for (;;) {
    TwoQuarters content;
    content.now = LoadRun(store, request.picture.selection);
    if (!request.quarter_before) return content;
    IncidentSelection earlier = request.picture.selection;
    earlier.first = earlier.last = YearBefore(request.picture.selection.first);
    content.before = LoadRun(store, earlier);
    if (content.before->data.number == content.now.data.number) return content;
  }
}

geo::CasesAndControls Divide(const TwoQuarters& content, const RiskRequest& request,
                             const geo::PictureOptions& options, const geo::StudyArea& area) {
  const geo::CalendarQuarter quarter = request.picture.selection.first;
  const geo::PictureInput now = PictureInputOf(content.now, quarter, area);
  const geo::AgeGroup& cases = GroupOf(now.scheme, request.case_group);
  if (!content.before)
    return geo::DivideByGroup(now, options, cases, GroupOf(now.scheme, request.control_group));
  const geo::PictureInput before = PictureInputOf(*content.before, YearBefore(quarter), area);
  return {geo::UsedPositions(now, options, cases), geo::UsedPositions(before, options, cases)};
}

geo::RelativeRiskOptions Options(const RiskRequest& request, const RiskRun& run, const geo::StudyArea& area,
                                 std::stop_token stop) {
  geo::RelativeRiskOptions options;
  options.kernel = run.options.kernel;
  options.bandwidth = run.bandwidth.value;
  options.smoothing = request.smoothing;
  options.pilot_bandwidth = request.pilot.value_or(run.bandwidth.used.standard_deviation);
  options.trim = request.trim;
  options.study_area = &area;
  options.min_incidents = run.options.test.min_incidents;
  options.min_pooled_share = request.min_pooled_share;
  options.permutations = run.permutations;
  options.seed = run.options.test.seed;
  options.stop = stop;
  return options;
}

/// Before anything is computed: what it would take is known from the counts.
void RequireFewRedraws(const RiskRun& run, const geo::CasesAndControls& divided) {
  const double smaller = static_cast<double>(std::min(divided.cases.size(), divided.controls.size()));
  const double sums = static_cast<double>(run.grid.cell_count()) * run.permutations * smaller;
  if (sums <= limits::kRedrawSums) return;
  char english[200], swedish[200];
  std::snprintf(
      english, sizeof english,
      "cells x redraws x incidents of the smaller group is %.2g, at most %.2g; take larger cells or "
      "at most %d redraws",
      sums, limits::kRedrawSums, static_cast<int>(run.permutations * limits::kRedrawSums / sums));
  std::snprintf(
      swedish, sizeof swedish,
      "Rutor x omkastningar x händelser i den mindre gruppen är %.2g, högst %.2g: välj större rutor "
      "eller färre omkastningar.",
      sums, limits::kRedrawSums);
  throw Exhausted(english, swedish);
}

void AddContours(const RiskRequest& request, RiskRun& run) {
  geo::Grid<double> tail(run.grid);
  const auto add = [&](bool monte_carlo) {
    for (const double p : request.contour_p)
      run.contours.push_back({p, monte_carlo, geo::ContoursOf(tail, p)});
  };
  std::transform(run.risk.values.begin(), run.risk.values.end(), tail.values().begin(),
                 [](const geo::RiskValue& value) { return value.p_upper; });
  add(false);
  if (run.risk.p_monte_carlo.empty()) return;
  tail.values() = run.risk.p_monte_carlo;
  add(true);
}

std::string_view SmoothingCode(geo::RiskSmoothing smoothing) {
  return smoothing == geo::RiskSmoothing::kFixed               ? "fixed"
         : smoothing == geo::RiskSmoothing::kAdaptiveSymmetric ? "symmetric"
                                                               : "asymmetric";
}

}  // namespace

std::string ParametersText(const RiskRequest& request) {
  std::string text = ParametersText(request.picture);
  AddLine(text, "risk.quarter_before", request.quarter_before ? "1" : "0");
  AddLine(text, "risk.cases", request.case_group);
  AddLine(text, "risk.controls", request.control_group);
  if (request.bandwidth)
    AddLine(text, "risk.bandwidth",
            request.bandwidth->selector
                ? std::string(geo::BandwidthSelectorCode(*request.bandwidth->selector))
                : NumberText(request.bandwidth->value.value()));
  AddLine(text, "risk.smoothing", SmoothingCode(request.smoothing));
  AddLine(text, "risk.pilot_m", request.pilot ? NumberText(request.pilot->value()) : "");
  AddLine(text, "risk.trim", NumberText(request.trim));
  AddLine(text, "risk.min_pooled_share", NumberText(request.min_pooled_share));
  AddLine(text, "risk.monte_carlo", request.monte_carlo ? "1" : "0");
  for (const double p : request.contour_p) AddLine(text, "risk.contour_p", NumberText(p));
  return text;
}

RiskRun RunRelativeRisk(Store& store, const RiskRequest& request, std::stop_token stop) {
  RequireInternal(request.picture);
  const TwoQuarters content = Load(store, request);
  const geo::StudyArea area(content.now.municipality.boundary);
  RiskRun run;
  run.data = content.now.data;
  run.crs = content.now.municipality.crs;
  run.run_id = RunIdOf(run.data, ParametersText(request));
  run.control_quarter =
      request.quarter_before ? YearBefore(request.picture.selection.first) : request.picture.selection.first;
  run.options = request.picture.options;
  run.options.edge = geo::EdgeCorrection::kUniform;  // of the estimator, whatever was asked for
  run.permutations = request.monte_carlo ? run.options.test.permutations : 0;
  run.grid = geo::CoveringGrid(area.south_west(), area.north_east(), run.options.density_cell);
  const geo::CasesAndControls divided = Divide(content, request, run.options, area);
  RequireFewRedraws(run, divided);
  std::vector<geo::PlanePoint> both = divided.cases;
  both.insert(both.end(), divided.controls.begin(), divided.controls.end());
  run.bandwidth = request.bandwidth ? UseBandwidth(*request.bandwidth, run.options, both, area, stop)
                                    : UseBandwidth({run.options.bandwidth}, run.options, both, area, stop);
  run.options.bandwidth = run.bandwidth.value;
  run.risk =
      geo::RelativeRiskOnGrid(divided.cases, divided.controls, run.grid, Options(request, run, area, stop));
  AddContours(request, run);
  return run;
}

}  // namespace lagesbild::service
