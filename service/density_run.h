#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "geo/density_layers.h"
#include "service/runs.h"
#include "service/used_bandwidth.h"

namespace lagesbild::service {

/// Densities of one quarter, with what is asked for beside the picture's own.
struct DensityRequest {
  PictureRequest picture;
  std::vector<std::string> groups;         ///< codes asked for
  std::vector<AskedBandwidth> bandwidths;  ///< empty: the picture's own
  /// Its `bandwidths` and `edge_cache` are filled in by the run.
  geo::DensityLayerOptions layers = {};

  /// Nothing but what the picture has: the run id is the picture's too.
  bool plain() const;
};

struct DensityRun {
  DataVersion data;
  geo::Epsg crs{0};
  std::string run_id;
  geo::PictureOptions options;    ///< as used, the first bandwidth included
  geo::SituationPicture picture;  ///< with its counts and peaks; its surfaces were moved out
  std::vector<UsedBandwidth> bandwidths;
  geo::DensityLayers layers;
};

/// Selects, chooses bandwidths, makes the picture's numbers and the surfaces of those groups asked for that
/// have enough incidents for one. Throws as AnalyzePicture, UseBandwidth and geo::MakeDensityLayers.
/// `progress` gets a growing fraction, from any thread, one call at a time.
DensityRun RunDensity(Store& store, const DensityRequest& request, geo::EdgeFactorCache& edge_cache,
                      std::stop_token stop = {},
                      const std::function<void(double, const char*)>& progress = {});

/// Canonical text of everything asked for, input of the run id.
std::string ParametersText(const DensityRequest& request);

}  // namespace lagesbild::service
