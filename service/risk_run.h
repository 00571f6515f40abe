#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "geo/contour.h"
#include "geo/relative_risk.h"
#include "service/runs.h"
#include "service/used_bandwidth.h"

namespace lagesbild::service {

struct RiskRequest {
  PictureRequest picture;
  bool quarter_before = false;  ///< against the same quarter one year before; else group against group
  std::string case_group;       ///< code; with `quarter_before` empty: all ages
  std::string control_group;    ///< code; empty: everyone else
  std::optional<AskedBandwidth> bandwidth;  ///< empty: the picture's own
  geo::RiskSmoothing smoothing = geo::RiskSmoothing::kFixed;
  std::optional<geo::Meters> pilot;  ///< standard deviation; empty: that of the bandwidth
  double trim = 5;
  double min_pooled_share = 0.001;
  bool monte_carlo = false;  ///< redraws and seed are those of the picture's test
  std::vector<double> contour_p = {0.025, 0.975};
};

/// Lines of one tail at one value.
struct RiskContours {
  double p_upper = 0;
  bool monte_carlo = false;
  std::vector<geo::Contour> lines;
};

struct RiskRun {
  DataVersion data;
  geo::Epsg crs{0};
  std::string run_id;
  geo::CalendarQuarter control_quarter;
  geo::PictureOptions options;  ///< as used
  UsedBandwidth bandwidth;
  int permutations = 0;
  geo::GridSpec grid;
  geo::RelativeRisk risk;
  std::vector<RiskContours> contours;
};

/// Throws InvalidRequest (another audience than internal), NotReady as LoadRun (of either quarter),
/// geo::TooFewIncidents, Exhausted where redraws would take more than limits::kRedrawSums, geo::Cancelled,
/// and as UseBandwidth.
RiskRun RunRelativeRisk(Store& store, const RiskRequest& request, std::stop_token stop = {});

std::string ParametersText(const RiskRequest& request);

}  // namespace lagesbild::service
