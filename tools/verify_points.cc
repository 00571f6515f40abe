#include "tools/verify_points.h"

#include <fstream>
#include <utility>

#include "geo/errors.h"

namespace lagesbild::tools {
namespace {

using geo::Kernel;
using geo::Meters;
using geo::PlanePoint;

constexpr double kPerM2 = 1e-6;

geo::Ring ReadRing(const Json& coordinates) {
  geo::Ring ring;
  for (const Json& pair : coordinates)
    ring.push_back({Meters{pair.at(0).get<double>()}, Meters{pair.at(1).get<double>()}});
  return ring;
}

geo::Polygon ReadPolygon(const Json& rings) {
  geo::Polygon polygon;
  for (std::size_t i = 0; i < rings.size(); ++i) {
    if (i == 0)
      polygon.outer = ReadRing(rings[i]);
    else
      polygon.holes.push_back(ReadRing(rings[i]));
  }
  return polygon;
}

void ReadGeometry(const Json& object, geo::MultiPolygon& polygons) {
  const std::string type = object.value("type", "");
  if (type == "FeatureCollection") {
    for (const Json& feature : object.at("features")) ReadGeometry(feature, polygons);
  } else if (type == "Feature") {
    ReadGeometry(object.at("geometry"), polygons);
  } else if (type == "Polygon") {
    polygons.push_back(ReadPolygon(object.at("coordinates")));
  } else if (type == "MultiPolygon") {
    for (const Json& rings : object.at("coordinates")) polygons.push_back(ReadPolygon(rings));
  } else {
    throw geo::InvalidInput("no polygons");
  }
}

}  // namespace

std::vector<PlanePoint> Points(const Table& table) {
  const auto x = table.numbers("x"), y = table.numbers("y");
  std::vector<PlanePoint> points;
  for (std::size_t i = 0; i < x.size(); ++i) points.push_back({Meters{x[i]}, Meters{y[i]}});
  return points;
}

Incidents ReadIncidents(const CaseInputs& inputs) {
  const Table table = inputs.input("input_points.csv");
  Incidents incidents{.ids = {}, .points = Points(table), .weights = {}};
  if (table.find("id")) incidents.ids = table.texts("id");
  if (table.find("w")) incidents.weights = table.numbers("w");
  return incidents;
}

geo::StudyArea ReadWindow(const CaseInputs& inputs) {
  return ReadStudyArea(inputs.input_path("input_window.geojson"));
}

geo::StudyArea ReadStudyArea(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  std::ifstream file(path);
  if (!file) throw geo::InvalidInput(name + " cannot be read");
  const Json json = Json::parse(file, nullptr, false);
  geo::MultiPolygon polygons;
  try {
    ReadGeometry(json, polygons);
  } catch (const Json::exception&) {
    throw geo::InvalidInput(name + " is not GeoJSON with polygons");
  } catch (const geo::InvalidInput&) {
    throw geo::InvalidInput(name + " is not GeoJSON with polygons");
  }
  return geo::StudyArea(std::move(polygons));
}

std::optional<Kernel> KernelNamed(const std::string& name) {
  return name == "disc" ? Kernel::kUniform : geo::ParseKernel(name);
}

std::vector<double> InPerM2(std::vector<double> densities) {
  for (double& density : densities) density *= kPerM2;
  return densities;
}

}  // namespace lagesbild::tools
