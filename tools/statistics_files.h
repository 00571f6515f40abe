#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/incident.h"
#include "geo/multiple_testing.h"
#include "geo/spatial_weights.h"
#include "geo/study_area.h"
#include "tools/point_files.h"

namespace lagesbild::tools {

/// A day as a number (any fixed first day) or as 2026-07-01. Empty when the text is neither.
std::optional<double> ParseDay(std::string_view text);
/// The column's days. Throws geo::InvalidInput naming the row, never the value.
std::vector<double> DaysOf(const Table& table, const std::string& column);

/// One group of a table of points, as incidents that repeats can be found among.
struct IncidentGroup {
  std::string label;  ///< empty without a group column
  std::vector<geo::Incident> incidents;
};

/// Points by group, in the order of the labels; one group without a group column, also of no rows. Dates from
/// `day` where given. Throws as ReadPoints.
std::vector<IncidentGroup> ReadIncidentGroups(const PointFile& file, const std::string& day);

/// Exposure per cell: the sum of a column over the points of a table. `outside` gets what lies outside the
/// grid. Throws as ReadPoints, and geo::InvalidInput at a negative value.
geo::Grid<double> ReadExposure(const PointFile& file, const geo::GridSpec& grid, double& outside);

/// 1 in the cells whose center lies in both, 0 elsewhere; `places` may be null.
geo::Grid<double> CellsInside(const geo::GridSpec& grid, const geo::StudyArea& area,
                              const geo::StudyArea* places);

/// Neighbors of areas from a table with columns from, to and perhaps weight. Throws geo::InvalidInput: an id
/// that is none of `ids`, a pair named twice.
geo::SpatialWeights ReadNeighbors(const std::filesystem::path& path, const std::vector<std::string>& ids);

/// "bh", "by", "holm". Throws geo::InvalidInput.
geo::Adjustment AdjustmentByCode(const std::string& code);

}  // namespace lagesbild::tools
