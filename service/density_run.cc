#include "service/density_run.h"

#include <algorithm>

#include "geo/group_positions.h"
#include "service/known_pile_ups.h"
#include "service/parameter_text.h"
#include "service/run_content.h"
#include "service/run_files.h"

namespace lagesbild::service {
namespace {

constexpr double kPictureShare = 0.5;  ///< of the progress

const geo::AgeGroup& TotalGroup(const geo::AgeScheme& scheme) {
  return *std::find_if(scheme.groups.begin(), scheme.groups.end(),
                       [](const geo::AgeGroup& group) { return group.kind == geo::AgeGroupKind::kTotal; });
}

/// A rule looks at everyone, so that all groups have the same bandwidth.
std::vector<UsedBandwidth> UseBandwidths(const DensityRequest& request, const geo::PictureInput& input,
                                         const geo::PictureOptions& options, std::stop_token stop) {
  if (request.bandwidths.empty()) return {BandwidthOfPicture(options)};
  const std::vector<geo::PlanePoint> points = geo::UsedPositions(input, options, TotalGroup(input.scheme));
  std::vector<UsedBandwidth> used;
  for (const AskedBandwidth& asked : request.bandwidths)
    used.push_back(UseBandwidth(asked, options, points, *input.study_area, stop));
  return used;
}

/// The groups asked for that the picture draws. Its surfaces are dropped: the run makes them with checks.
std::vector<geo::AgeGroup> TakeDrawnGroups(const DensityRequest& request, geo::SituationPicture& picture) {
  std::vector<geo::AgeGroup> groups;
  for (geo::PictureLayer& layer : picture.layers) {
    if (layer.density &&
        std::find(request.groups.begin(), request.groups.end(), layer.group.code) != request.groups.end())
      groups.push_back(layer.group);
    layer.density.reset();
  }
  return groups;
}

}  // namespace

bool DensityRequest::plain() const {
  return bandwidths.empty() && !layers.binned && !layers.adaptive && !layers.place_spread &&
         !layers.bootstrap && layers.locations.empty();
}

std::string ParametersText(const DensityRequest& request) {
  std::string text = ParametersText(request.picture);
  for (const AskedBandwidth& asked : request.bandwidths)
    AddLine(text, "density.bandwidth",
            asked.selector ? std::string(geo::BandwidthSelectorCode(*asked.selector))
                           : NumberText(asked.value.value()));
  const geo::DensityLayerOptions& layers = request.layers;
  if (layers.binned) AddLine(text, "density.binned", "1");
  if (layers.adaptive) {
    AddLine(text, "density.adaptive.pilot_m",
            layers.adaptive->pilot ? NumberText(layers.adaptive->pilot->value()) : "");
    AddLine(text, "density.adaptive.trim", NumberText(layers.adaptive->trim));
  }
  if (layers.place_spread)
    AddLine(text, "density.place_spread",
            *layers.place_spread == geo::PlaceSpread::kDisc ? "disc" : "normal");
  if (layers.bootstrap) {
    AddLine(text, "density.bootstrap.resamples", std::to_string(layers.bootstrap->resamples));
    AddLine(text, "density.bootstrap.level", NumberText(layers.bootstrap->level));
    AddLine(text, "density.bootstrap.top_share", NumberText(layers.bootstrap->top_share));
    AddLine(text, "density.bootstrap.seed", std::to_string(layers.bootstrap->seed));
  }
  for (const geo::PlanePoint& place : layers.locations)
    AddLine(text, "density.location",
            NumberText(place.easting.value()) + " " + NumberText(place.northing.value()));
  return text;
}

DensityRun RunDensity(Store& store, const DensityRequest& request, geo::EdgeFactorCache& edge_cache,
                      std::stop_token stop, const std::function<void(double, const char*)>& progress) {
  RequireInternal(request.picture);
  const KnownRun known = LoadKnownRun(store, request.picture.selection);
  const RunContent& content = known.run;
  const geo::StudyArea area(content.municipality.boundary);
  geo::PictureInput input = PictureInputOf(content, request.picture.selection.first, area);
  input.pile_ups = known.pile_ups;
  DensityRun run;
  run.data = content.data;
  run.crs = content.municipality.crs;
  run.run_id = RunIdOf(run.data, ParametersText(request));
  run.options = request.picture.options;
  run.bandwidths = UseBandwidths(request, input, run.options, stop);
  run.options.bandwidth = run.bandwidths.front().value;
  run.picture = geo::MakeSituationPicture(input, run.options, stop, [&](double fraction, const char* stage) {
    if (progress) progress(kPictureShare * fraction, stage);
  });

  geo::DensityLayerOptions layers = request.layers;
  layers.edge_cache = &edge_cache;
  layers.bandwidths.clear();
  for (const UsedBandwidth& bandwidth : run.bandwidths) layers.bandwidths.push_back(bandwidth.value);
  const std::vector<geo::AgeGroup> groups = TakeDrawnGroups(request, run.picture);
  run.layers = geo::MakeDensityLayers(input, run.options, groups, layers, stop,
                                      [&](double fraction, const char* stage) {
                                        if (progress)
                                          progress(kPictureShare + (1 - kPictureShare) * fraction, stage);
                                      });
  return run;
}

}  // namespace lagesbild::service
