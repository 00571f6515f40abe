#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "geo/adaptive_density.h"
#include "geo/place_uncertainty.h"
#include "geo/study_area.h"
#include "tools/bandwidth_choice.h"
#include "tools/point_files.h"

namespace lagesbild::tools {

/// What `lagesbild density` was asked for.
struct DensityCommand {
  PointFile points;
  std::string study_area, kernel = "quartic", bandwidth_is, edge = "none", method = "exact";
  std::vector<std::string> bandwidths;
  bool adaptive = false;
  double trim = 5, pilot_m = 0;  ///< pilot 0: the bandwidth's standard deviation
  std::string place_spread = "normal";
  int bootstrap = 0;
  std::uint64_t seed = 1;
  double level = 0.95, top_share = 0.05;
  int threads = 0;
  std::string crs, extent, size, at, out;
};

/// The files of a `lagesbild density` read and checked, and the arguments that the geo functions get from it.
class DensityInput {
 public:
  /// One group's incidents and its name; the name is empty without groups.
  struct Group {
    std::string label;
    PointTable table;
  };

  /// Throws geo::InvalidInput: options that do not go together, and what the files or options hold is wrong
  /// or too much; geo::TooFewIncidents for a selector. The command and `progress` must outlive this.
  DensityInput(const DensityCommand& asked, std::function<void(double)> progress);

  geo::DensityIncidents incidents() const;
  geo::DensityOptions Options(std::vector<geo::Meters> bandwidths) const;
  std::vector<geo::Meters> bandwidths() const;
  /// With one pilot for all groups, so that they can be compared.
  geo::AdaptiveOptions Adaptive() const;
  geo::PlaceSpread spread() const;
  /// Of a file or column beside the plain one: group, bandwidth where there are several, `what`.
  std::string Label(std::size_t group, std::size_t bandwidth, const std::string& what = "") const;

  /// Tells the progress.
  void Show(double fraction) const {
    if (progress_) progress_(fraction);
  }

  const DensityCommand& command;
  std::optional<geo::Epsg> crs;
  geo::GridSpec grid;  ///< of a raster
  PointTable points;
  Table places;  ///< with --at
  std::vector<geo::PlanePoint> locations;
  std::optional<geo::StudyArea> area;
  geo::Kernel kernel{};
  geo::EdgeCorrection edge{};
  std::vector<BandwidthChoice> choices;
  std::vector<Group> groups;

 private:
  void CheckPlaces() const;
  void CheckSize() const;

  std::function<void(double)> progress_;
};

}  // namespace lagesbild::tools
