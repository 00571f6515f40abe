#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/kernel_density.h"
#include "geo/study_area.h"
#include "tools/verify_case.h"

namespace lagesbild::tools {

struct Incidents {
  std::vector<std::string> ids;
  std::vector<geo::PlanePoint> points;
  std::vector<double> weights;  ///< empty where every weight is 1
};

/// The columns x and y.
std::vector<geo::PlanePoint> Points(const Table& table);
/// input_points.csv: x, y, and where present id and w.
Incidents ReadIncidents(const CaseInputs& inputs);
/// input_window.geojson. Throws geo::InvalidInput when it cannot be read or holds something other than
/// polygons.
geo::StudyArea ReadWindow(const CaseInputs& inputs);
/// The polygons of a GeoJSON file, in the plane of the points. Throws as ReadWindow.
geo::StudyArea ReadStudyArea(const std::filesystem::path& path);
/// "disc" is the cases' name of the uniform kernel.
std::optional<geo::Kernel> KernelNamed(const std::string& name);
/// From km⁻², which the library gives, to the m⁻² of the cases.
std::vector<double> InPerM2(std::vector<double> densities);

}  // namespace lagesbild::tools
