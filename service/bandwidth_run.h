#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "geo/bandwidth_sensitivity.h"
#include "service/runs.h"
#include "service/used_bandwidth.h"

namespace lagesbild::service {

struct BandwidthRequest {
  PictureRequest picture;  ///< several quarters may be selected
  std::string group;       ///< code; empty: all ages
  std::vector<geo::BandwidthSelector> selectors;
  std::optional<geo::Meters> search_from, search_to;  ///< standard deviations
  int curve_points = 60;
  std::optional<double> sensitivity_top_share;  ///< empty: no sensitivity run
};

struct BandwidthFinding {
  geo::BandwidthSelector selector{};
  geo::BandwidthOrAbsence found;
  std::vector<geo::BandwidthComparison> sensitivity;
};

struct BandwidthRun {
  DataVersion data;
  geo::Epsg crs{0};
  std::string run_id;
  std::string group;
  geo::GridSpec grid;  ///< of the sensitivity run
  std::vector<BandwidthFinding> findings;
};

/// Throws InvalidRequest (another audience than internal), NotReady as LoadRun, Exhausted as SelectOrAbsence,
/// geo::Cancelled.
BandwidthRun RunBandwidthSelection(Store& store, const BandwidthRequest& request, std::stop_token stop = {});

std::string ParametersText(const BandwidthRequest& request);

}  // namespace lagesbild::service
