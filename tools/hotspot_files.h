#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/hotspot_test.h"
#include "geo/layer_power.h"
#include "geo/multiple_testing.h"
#include "tools/cli_statistics.h"
#include "tools/statistics_files.h"

namespace lagesbild::tools {

/// What `lagesbild hotspots` was asked for.
struct HotspotsCommand {
  PointFile points;
  std::string day, study_area, places, statistic = "count", inference = "exact", correction = "bh", out;
  PointFile exposure{.path = {}, .x = "x", .y = "y", .weight = {}, .group = {}};
  std::string values, neighbours;  ///< given areas in place of points
  std::string weights = "queen";
  double cell_m = 0, distance_m = 0, fdr = 0.05;
  int nearest = 0, crs = 0, permutations = 999, min_incidents = 10, min_cell_count = 3, min_normal = 1000;
  std::uint64_t seed = 1;
  bool keep_repeats = false;
};

/// One group's incidents on the grid.
struct HotspotGroup {
  std::string label;
  int incidents = 0, collapsed = 0;  ///< in the table; repeats counted once
  int outside = 0;                   ///< of the collapsed, where no incident can happen
  geo::Grid<int> reported, counts;   ///< all, and repeats counted once
};

/// Groups, and where incidents can happen.
struct HotspotGrid {
  geo::Grid<double> exposure;
  std::int64_t mask_cells = 0;
  double exposure_outside = 0;
  std::vector<HotspotGroup> groups;
};
HotspotGrid ReadHotspotGrid(const HotspotsCommand& command);

/// One line of the answer.
struct HotspotRow {
  std::string group, id;
  geo::CellIndex cell;
  int reported = 0, count = 0, neighborhood_count = 0;
  double exposure = 0, expected = 0;  ///< NaN where the statistic has none
  double value = 0, z = 0;            ///< NaN likewise
  double p = 1, q = 1, maximum_p = 1;
  bool hot = false;
  std::string reason;  ///< why there is no p: ISLAND, ZERO_VARIANCE
};

struct HotspotAnswer {
  TestSettings settings;
  std::vector<HotspotRow> rows;
  std::vector<std::pair<std::string, int>> too_few;  ///< groups not tested and their incidents
  std::optional<geo::LayerPower> power;              ///< of the first tested group; statistic count only
};

/// The headline: counts of neighborhoods against the exposure.
HotspotAnswer TestCounts(const HotspotsCommand& command, const HotspotGrid& grid);
/// Gi, Gi*, local Moran and Geary of the counts on the mask.
HotspotAnswer TestLocally(const HotspotsCommand& command, const HotspotGrid& grid);
/// Any of them on given areas.
HotspotAnswer TestAreas(const HotspotsCommand& command);

/// Fills value, z, p and reason of rows (one per place of `weights`, from `first` on) with a local statistic.
void FillLocalStatistic(const HotspotsCommand& command, const std::vector<double>& values,
                        const geo::SpatialWeights& weights, std::vector<HotspotRow>& rows, std::size_t first);
/// Adjusts all rows as one family, and says which are hot.
void Adjust(const HotspotsCommand& command, HotspotAnswer& answer);

/// CSV or GeoPackage, by the name's end.
void WriteHotspots(const HotspotsCommand& command, const HotspotAnswer& answer, const geo::GridSpec& grid);

}  // namespace lagesbild::tools
