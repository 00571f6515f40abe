#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "geo/age.h"
#include "geo/calendar.h"
#include "maps/errors.h"
#include "maps/gdal_setup.h"
#include "tools/demo_data/score.h"

namespace lagesbild::tools::demo {
namespace {

constexpr int kHotAt95 = 2, kHotAt99 = 3;

std::vector<std::string> Cells(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ';');) cells.push_back(cell);
  return cells;
}

std::string QuarterOfText(const std::string& text) {
  const auto quarter = geo::ParseQuarter(text);
  return quarter ? quarter->code() : "";
}

HotLayer ReadHotLayer(OGRLayer& table, const std::string& group, const std::filesystem::path& path) {
  HotLayer layer;
  layer.group = group;
  const int class_field = table.GetLayerDefn()->GetFieldIndex("class");
  const int quarter_field = table.GetLayerDefn()->GetFieldIndex("quarter");
  if (class_field < 0 || quarter_field < 0)
    throw maps::IoError(path.string(),
                        std::string("table ") + table.GetName() + " lacks the column class or quarter");
  for (const auto& feature : table) {
    if (layer.quarter.empty()) layer.quarter = QuarterOfText(feature->GetFieldAsString(quarter_field));
    const int hot_class = feature->GetFieldAsInteger(class_field);
    if (hot_class >= 0 && hot_class <= kHotAt99)
      layer.tested = true;  // other codes say that nothing was tested
    if (hot_class != kHotAt95 && hot_class != kHotAt99) continue;
    const OGRGeometry* geometry = feature->GetGeometryRef();
    if (!geometry) continue;
    OGREnvelope box;
    geometry->getEnvelope(&box);
    layer.cells.push_back(
        {{(box.MinX + box.MaxX) / 2, (box.MinY + box.MaxY) / 2}, box.MaxX - box.MinX, hot_class});
  }
  return layer;
}

}  // namespace

std::vector<TrueHotspot> ReadTruth(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "planterade_hotspots.csv";
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line) ||
      line.rfind("kvartal;grupp;plats;easting;northing;radie_m;extra_handelser", 0) != 0)
    throw maps::IoError(path.string(), "is not the truth file of lagesbild-demo-data");
  std::vector<TrueHotspot> truth;
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = Cells(line);
    if (cells.size() < 7) throw maps::IoError(path.string(), "has a line with too few columns");
    try {
      truth.push_back({cells[0],
                       cells[1],
                       cells[2],
                       {std::stod(cells[3]), std::stod(cells[4])},
                       std::stod(cells[5]),
                       std::stoi(cells[6])});
    } catch (const std::logic_error&) {
      throw maps::IoError(path.string(), "has a line whose position, radius or count is no number");
    }
  }
  return truth;
}

std::vector<HotLayer> ReadHotLayers(const std::filesystem::path& geopackage) {
  const GDALDatasetUniquePtr file = maps::OpenReadOnly(geopackage, "GPKG");
  std::vector<HotLayer> layers;
  for (const geo::AgeGroup& group : geo::DefaultAgeScheme().groups) {
    OGRLayer* table = file->GetLayerByName(("hotspot_" + group.slug).c_str());
    if (table) layers.push_back(ReadHotLayer(*table, group.code, geopackage));
  }
  const auto dated =
      std::find_if(layers.begin(), layers.end(), [](const HotLayer& l) { return !l.quarter.empty(); });
  if (dated == layers.end())
    throw maps::IoError(geopackage.string(),
                        "is no situation picture: no table hotspot_<age group> with a quarter");
  const std::string quarter = dated->quarter;
  for (HotLayer& layer : layers) layer.quarter = quarter;  // a layer without cells has none of its own
  return layers;
}

}  // namespace lagesbild::tools::demo
