#pragma once

#include <string>

#include "tools/point_files.h"

namespace lagesbild::tools {

class Session;

/// How the cells of a table of points with periods became hot.
struct TrendCells {
  PointFile points;
  std::string period, study_area, out;
  double cell_m = 0, fdr = 0.05;
  int min_incidents = 10;
};

/// Gi* of every period on the cells of the study area with its exact upper tail, one Benjamini-Hochberg
/// family over cells and periods; then the emerging class of every cell, from `min_steps` periods on. Prints
/// the answer. Throws BadInput and geo::InvalidInput.
void RunTrendCells(const Session& session, const TrendCells& command, int min_steps);

}  // namespace lagesbild::tools
