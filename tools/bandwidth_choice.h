#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "geo/bandwidth_selection.h"

namespace lagesbild::tools {

/// A bandwidth as it was asked for, as it is used, and why it is that one.
struct BandwidthChoice {
  std::string asked;    ///< "500", or the code of a selector
  geo::Meters value;    ///< as the geo functions want it: radius, of the Gaussian standard deviation
  geo::Bandwidth used;  ///< the same in both forms
  std::string why_sv, why_en;
};

/// From numbers of meters ("500") and codes of selectors ("likelihood"). `as` says what numbers are
/// ("radius", "sd"; empty: radius of compact kernels, sd of the Gaussian). A selector looks at all points, so
/// that every group gets the same bandwidth. `area` may be null. Throws geo::InvalidInput: neither number nor
/// selector, not positive, the same bandwidth twice, and as SelectBandwidth; geo::TooFewIncidents.
std::vector<BandwidthChoice> ChooseBandwidths(const std::vector<std::string>& asked, const std::string& as,
                                              geo::Kernel kernel, const std::vector<geo::PlanePoint>& points,
                                              const geo::StudyArea* area);

/// {"radius_m": ..., "sd_m": ...}, without a radius for the Gaussian.
nlohmann::ordered_json BandwidthToJson(const geo::Bandwidth& bandwidth);
/// {"asked": ..., "used": ..., "why": ..., "why_sv": ...}.
nlohmann::ordered_json BandwidthToJson(const BandwidthChoice& choice);
/// "radius 500 m, sd 176.777 m".
std::string BandwidthText(const geo::Bandwidth& bandwidth, bool swedish);

/// Part of a file or column name: "500m", "12_5m".
std::string BandwidthLabel(const BandwidthChoice& choice);

}  // namespace lagesbild::tools
