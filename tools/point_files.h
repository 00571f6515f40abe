#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/grid.h"
#include "geo/kernel_density.h"
#include "geo/study_area.h"
#include "tools/verify_table.h"

namespace lagesbild::tools {

/// Which file and columns hold the points.
struct PointFile {
  std::string path, x = "x", y = "y";
  std::string weight = {}, group = {}, radius = {};  ///< empty: none
};

struct PointTable {
  std::vector<geo::PlanePoint> points;
  std::vector<double> weights;      ///< empty without a weight column
  std::vector<int> groups;          ///< empty without a group column
  std::vector<std::string> labels;  ///< of the groups, sorted
  std::vector<geo::Meters> radii;   ///< of accuracy; empty without a radius column
};

/// Throws geo::InvalidInput: the file or a column is missing, the file is empty or over 2 GiB, a row has too
/// few fields, a field is no finite number, or a weight or radius is negative; never says the value.
PointTable ReadPoints(const PointFile& file);

/// The points of one group, or all without groups.
PointTable OfGroup(const PointTable& table, int group);

/// Of "EPSG:3006" or "3006". Throws geo::InvalidInput: no such code, unknown, or not projected in meters.
geo::Epsg PlaneCrs(const std::string& text);

/// Throws geo::InvalidInput where no point comes within `reach` of the raster and the reason shows: degrees
/// in place of meters, or easting and northing exchanged.
void CheckPlane(const std::vector<geo::PlanePoint>& points, const geo::GridSpec& grid, geo::Meters reach);

/// The grid of "MINX,MINY,MAXX,MAXY" and "COLSxROWS". Throws geo::InvalidInput: not of that form, pixels that
/// are not square (to 1e-9), or more than 25 million.
geo::GridSpec RasterGrid(const std::string& extent, const std::string& size);

/// A bandwidth given as radius or as standard deviation ("radius", "sd"; empty: radius of compact kernels, sd
/// of the Gaussian), as the geo functions want it. Throws geo::InvalidInput: "radius" of the Gaussian.
geo::Meters AskedBandwidth(geo::Kernel kernel, double meters, const std::string& as);

/// The kernel by its code. Throws geo::InvalidInput.
geo::Kernel KernelByCode(const std::string& code);

/// "surface.tif" and "13-17" -> "surface_13-17.tif". Throws geo::InvalidInput where the label is no file
/// name: letters, digits, '-', '_' and '+' only.
std::filesystem::path WithLabel(const std::filesystem::path& path, const std::string& label);

/// Writes a table so that it appears complete or not at all.
void WriteTableAtomically(const std::filesystem::path& path, const Table& table);

}  // namespace lagesbild::tools
