#include "tools/point_files.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "geo/errors.h"
#include "geo/projection.h"
#include "maps/atomic_file.h"

namespace lagesbild::tools {
namespace {

constexpr double kMostPixels = 25e6;
constexpr double kSquare = 1e-9;
constexpr std::uintmax_t kMostBytes = std::uintmax_t{2} << 30;

std::vector<double> NumbersOf(const std::string& text, char separator) {
  std::vector<double> numbers;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find(separator, from), text.size());
    const auto number = ParseNumber(std::string_view(text).substr(from, end - from));
    if (!number || !std::isfinite(*number)) return {};
    numbers.push_back(*number);
    from = end + 1;
  }
  return numbers;
}

std::vector<double> Finite(const Table& table, const std::string& column) {
  std::vector<double> values = table.numbers(column);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!std::isfinite(values[i]))
      throw geo::InvalidInput("column " + column + ", row " + std::to_string(i + 1) +
                              " is not a finite number");
  return values;
}

std::vector<double> NotNegative(const Table& table, const std::string& column) {
  std::vector<double> values = Finite(table, column);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i] < 0)
      throw geo::InvalidInput("column " + column + ", row " + std::to_string(i + 1) +
                              " is negative; it must be at least 0");
  return values;
}

bool AnyWithin(const std::vector<geo::PlanePoint>& points, const geo::GridSpec& grid, geo::Meters reach,
               bool exchanged) {
  const double cell = grid.cell_size.value();
  const double west = grid.origin.easting.value() - reach.value();
  const double south = grid.origin.northing.value() - reach.value();
  const double east = grid.origin.easting.value() + grid.columns * cell + reach.value();
  const double north = grid.origin.northing.value() + grid.rows * cell + reach.value();
  return std::any_of(points.begin(), points.end(), [&](const geo::PlanePoint& point) {
    const double x = exchanged ? point.northing.value() : point.easting.value();
    const double y = exchanged ? point.easting.value() : point.northing.value();
    return x >= west && x <= east && y >= south && y <= north;
  });
}

}  // namespace

PointTable ReadPoints(const PointFile& file) {
  std::error_code failed;
  const std::uintmax_t bytes = std::filesystem::file_size(file.path, failed);
  if (!failed && bytes > kMostBytes)
    throw geo::InvalidInput(std::filesystem::path(file.path).filename().string() + " has " +
                            std::to_string(bytes) + " bytes; a table of points may have " +
                            std::to_string(kMostBytes));
  const Table table = ReadTable(file.path);
  PointTable result;
  const std::vector<double> x = Finite(table, file.x), y = Finite(table, file.y);
  for (std::size_t i = 0; i < x.size(); ++i) result.points.push_back({geo::Meters{x[i]}, geo::Meters{y[i]}});
  if (!file.weight.empty()) result.weights = NotNegative(table, file.weight);
  if (!file.radius.empty())
    for (const double radius : NotNegative(table, file.radius)) result.radii.push_back(geo::Meters{radius});
  if (file.group.empty()) return result;
  const std::vector<std::string> labels = table.texts(file.group);
  result.labels = labels;
  std::sort(result.labels.begin(), result.labels.end());
  result.labels.erase(std::unique(result.labels.begin(), result.labels.end()), result.labels.end());
  for (const std::string& label : labels)
    result.groups.push_back(static_cast<int>(
        std::lower_bound(result.labels.begin(), result.labels.end(), label) - result.labels.begin()));
  return result;
}

PointTable OfGroup(const PointTable& table, int group) {
  if (table.groups.empty()) return table;
  PointTable some;
  for (std::size_t i = 0; i < table.points.size(); ++i) {
    if (table.groups[i] != group) continue;
    some.points.push_back(table.points[i]);
    if (!table.weights.empty()) some.weights.push_back(table.weights[i]);
    if (!table.radii.empty()) some.radii.push_back(table.radii[i]);
  }
  return some;
}

geo::Epsg PlaneCrs(const std::string& text) {
  const std::string_view digits = std::string_view(text).substr(text.starts_with("EPSG:") ? 5 : 0);
  int code = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code);
  if (error != std::errc() || end != digits.data() + digits.size() || code <= 0)
    throw geo::InvalidInput("the CRS must be like EPSG:3006, was " + text);
  return geo::Projection(geo::Epsg{code}).crs();
}

void CheckPlane(const std::vector<geo::PlanePoint>& points, const geo::GridSpec& grid, geo::Meters reach) {
  if (points.empty() || AnyWithin(points, grid, reach, false)) return;
  if (AnyWithin(points, grid, reach, true))
    throw geo::InvalidInput(
        "no point comes near the extent, but they would with x and y exchanged; x must be the easting");
  const bool degrees = std::all_of(points.begin(), points.end(), [](const geo::PlanePoint& point) {
    return std::abs(point.easting.value()) <= 180 && std::abs(point.northing.value()) <= 90;
  });
  if (degrees)
    throw geo::InvalidInput(
        "no point comes near the extent, and all look like degrees; they must be meters in the plane of "
        "--crs");
}

geo::GridSpec RasterGrid(const std::string& extent, const std::string& size) {
  const std::vector<double> box = NumbersOf(extent, ','), counts = NumbersOf(size, 'x');
  if (box.size() != 4 || !(box[2] > box[0]) || !(box[3] > box[1]))
    throw geo::InvalidInput("the extent must be MINX,MINY,MAXX,MAXY in meters, was " + extent);
  if (counts.size() != 2 || counts[0] < 1 || counts[1] < 1 || counts[0] != std::floor(counts[0]) ||
      counts[1] != std::floor(counts[1]) || counts[0] * counts[1] > kMostPixels)
    throw geo::InvalidInput("the size must be COLUMNSxROWS with at most 25000000 pixels, was " + size);
  const double width = (box[2] - box[0]) / counts[0], height = (box[3] - box[1]) / counts[1];
  if (std::abs(width - height) > kSquare * width)
    throw geo::InvalidInput("pixels must be square; this extent and size make them " + FormatNumber(width) +
                            " m by " + FormatNumber(height) + " m");
  return {.origin = {geo::Meters{box[0]}, geo::Meters{box[1]}},
          .cell_size = geo::Meters{width},
          .columns = static_cast<int>(counts[0]),
          .rows = static_cast<int>(counts[1])};
}

geo::Meters AskedBandwidth(geo::Kernel kernel, double meters, const std::string& as) {
  const bool gaussian = kernel == geo::Kernel::kGaussian;
  if (as == "radius" && gaussian)
    throw geo::InvalidInput("the gaussian kernel has no radius; give its bandwidth as sd");
  if (as != "sd" || gaussian) return geo::Meters{meters};
  return geo::Meters{meters / geo::BandwidthOf(kernel, geo::Meters{1}).standard_deviation.value()};
}

geo::Kernel KernelByCode(const std::string& code) {
  const auto kernel = geo::ParseKernel(code);
  if (!kernel)
    throw geo::InvalidInput("no kernel " + code +
                            "; there are quartic, gaussian, epanechnikov, triangular, uniform and triweight");
  return *kernel;
}

std::filesystem::path WithLabel(const std::filesystem::path& path, const std::string& label) {
  const bool plain = !label.empty() && std::all_of(label.begin(), label.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '+';
  });
  if (!plain)
    throw geo::InvalidInput(
        "a group's label becomes part of a file name: it must have letters a to z, digits, -, _ and + only");
  return path.parent_path() / (path.stem().string() + "_" + label + path.extension().string());
}

void WriteTableAtomically(const std::filesystem::path& path, const Table& table) {
  maps::WriteAtomically(path, [&](const std::filesystem::path& temporary) { WriteTable(temporary, table); });
}

}  // namespace lagesbild::tools
