#include <limits>
#include <optional>

#include "geo/kernel_density.h"
#include "tools/verify_case.h"
#include "tools/verify_points.h"

namespace lagesbild::tools {
namespace {

using geo::EdgeCorrection;
using geo::Kernel;
using geo::Meters;
using geo::PlanePoint;

/// The estimators of one kernel and bandwidth.
class Estimators {
 public:
  Estimators(const Incidents& incidents, const geo::StudyArea& area, Kernel kernel, double bandwidth_m)
      : incidents_(incidents),
        options_{.kernel = kernel, .bandwidth = Meters{bandwidth_m}, .study_area = &area} {}

  std::vector<double> At(const std::vector<PlanePoint>& locations, EdgeCorrection edge) const {
    return InPerM2(geo::KernelDensityAt(incidents_.points, incidents_.weights, locations, With(edge)));
  }
  std::vector<double> LeaveOneOut(EdgeCorrection edge) const {
    return InPerM2(geo::LeaveOneOutDensity(incidents_.points, incidents_.weights, With(edge)));
  }
  std::vector<double> EdgeFactors(const std::vector<PlanePoint>& locations) const {
    std::vector<double> factors;
    for (const PlanePoint& location : locations)
      factors.push_back(geo::EdgeFactor(location, *options_.study_area, options_.kernel, options_.bandwidth));
    return factors;
  }

 private:
  geo::KernelDensityOptions With(EdgeCorrection edge) const {
    geo::KernelDensityOptions options = options_;
    options.edge = edge;
    return options;
  }
  const Incidents& incidents_;
  geo::KernelDensityOptions options_;
};

Table AtPoints(const Incidents& incidents, const Estimators& estimators) {
  Table table;
  table.add("id", incidents.ids);
  table.add("edge_factor_at_point_exact", estimators.EdgeFactors(incidents.points));
  table.add("loo_raw_exact", estimators.LeaveOneOut(EdgeCorrection::kNone));
  table.add("loo_uniform_exact", estimators.LeaveOneOut(EdgeCorrection::kUniform));
  table.add("loo_diggle_exact", estimators.LeaveOneOut(EdgeCorrection::kDiggle));
  return table;
}

Table AtLocations(Table keys, const Estimators& estimators) {
  const std::vector<PlanePoint> locations = Points(keys);
  keys.add("raw_exact", estimators.At(locations, EdgeCorrection::kNone));
  keys.add("edge_factor_exact", estimators.EdgeFactors(locations));
  keys.add("uniform_exact", estimators.At(locations, EdgeCorrection::kUniform));
  keys.add("diggle_exact", estimators.At(locations, EdgeCorrection::kDiggle));
  return keys;
}

double SumOfDefined(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values)
    if (value == value) sum += value;
  return sum;
}

}  // namespace

CaseResults RunDensityAtLocations(const CaseInputs& inputs) {
  const Incidents incidents = ReadIncidents(inputs);
  const geo::StudyArea area = ReadWindow(inputs);
  CaseResults results;
  results.scalars["window_area"] = area.area_km2() * 1e6;
  results.scalars["n"] = static_cast<double>(incidents.points.size());
  results.scalars["sum_w"] = incidents.weights.empty() ? static_cast<double>(incidents.points.size())
                                                       : SumOfDefined(incidents.weights);
  for (const auto& [name, bandwidth] : inputs.params().at("kernels").items()) {
    const auto kernel = KernelNamed(name);
    if (!kernel) continue;
    const Estimators estimators(incidents, area, *kernel, bandwidth.get<double>());
    for (const std::string& file : inputs.expected_files()) {
      if (file == "expected_atpoints_" + name + ".csv") results.files[file] = AtPoints(incidents, estimators);
      if (file == "expected_" + name + ".csv")
        results.files[file] = AtLocations(inputs.expected_keys(file), estimators);
    }
  }
  return results;
}

CaseResults RunDensityRaster(const CaseInputs& inputs) {
  const Incidents incidents = ReadIncidents(inputs);
  const geo::StudyArea area = ReadWindow(inputs);
  const auto kernel = KernelNamed(inputs.params().at("kernel").get<std::string>());
  if (!kernel) return {};
  const Estimators estimators(incidents, area, *kernel, inputs.params().at("R_or_sigma").get<double>());

  const auto extent = inputs.grid().at("extent").get<std::vector<double>>();
  const int columns = inputs.grid().at("nx").get<int>(), rows = inputs.grid().at("ny").get<int>();
  const bool from_north = inputs.grid().value("row_order", "").find("north") != std::string::npos;
  const double width = (extent.at(2) - extent.at(0)) / columns, height = (extent.at(3) - extent.at(1)) / rows;
  std::vector<PlanePoint> centers;
  std::vector<double> column_numbers, row_numbers, x, y;
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) {
      column_numbers.push_back(column + 1);
      row_numbers.push_back(from_north ? rows - row : row + 1);
      x.push_back(extent[0] + (column + 0.5) * width);
      y.push_back(extent[1] + (row + 0.5) * height);
      centers.push_back({Meters{x.back()}, Meters{y.back()}});
    }
  Table table;
  table.add("col", column_numbers);
  table.add("row", row_numbers);
  table.add("x", x);
  table.add("y", y);
  CaseResults results;
  const std::pair<const char*, EdgeCorrection> estimates[] = {{"noedge", EdgeCorrection::kNone},
                                                              {"uniform", EdgeCorrection::kUniform},
                                                              {"diggle", EdgeCorrection::kDiggle}};
  for (const auto& [name, edge] : estimates) {
    std::vector<double> density = estimators.At(centers, edge);
    // The raster shows the study area only, with and without edge correction.
    for (std::size_t i = 0; i < centers.size(); ++i)
      if (!area.contains(centers[i])) density[i] = std::numeric_limits<double>::quiet_NaN();
    results.scalars[std::string("integral_") + name + "_exact_pixel_sum"] =
        SumOfDefined(density) * width * height;
    table.add(std::string(name) + "_exact", density);
  }
  results.scalars["pixel_area"] = width * height;
  results.scalars["n"] = static_cast<double>(incidents.points.size());
  for (const std::string& file : inputs.expected_files()) results.files[file] = table;
  return results;
}

}  // namespace lagesbild::tools
