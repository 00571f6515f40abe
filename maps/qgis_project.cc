#include "maps/qgis_project.h"

#include <algorithm>
#include <array>

#include "geo/errors.h"
#include "maps/markup.h"
#include "maps/qgis_style.h"
#include "maps/stored_zip.h"

namespace lagesbild::maps {
namespace {

/// QGIS silently replaces ids of ten characters or fewer, and then the tree finds no layer.
std::string LayerId(const VectorLayer& layer) { return "lagesbild_" + layer.table; }

std::string Quoted(const char* name, const std::string& value) {
  return std::string(" ") + name + "=\"" + XmlText(value) + "\"";
}

std::string Source(const VectorLayer& layer, const std::string& file_name) {
  return "./" + file_name + "|layername=" + layer.table;
}

/// QGIS 3.22 asks for a number of its own (`srsid`) and looks the rest up by the authority's code.
std::string CrsElement(geo::Epsg crs) {
  const std::string code = std::to_string(static_cast<int>(crs));
  constexpr int kSweref99Tm = 3006;
  const std::string id = static_cast<int>(crs) == kSweref99Tm ? "971" : code;
  return "<spatialrefsys><srsid>" + id + "</srsid><srid>" + code + "</srid><authid>EPSG:" + code +
         "</authid></spatialrefsys>";
}

std::string GeometryText(GeometryType type) {
  switch (type) {
    case GeometryType::kNone:
      return "No geometry";
    case GeometryType::kPoint:
      return "Point";
    case GeometryType::kPolygon:
    case GeometryType::kMultiPolygon:
      return "Polygon";
  }
  return {};
}

const VectorLayer& Find(const std::vector<VectorLayer>& layers, const std::string& table) {
  const auto found = std::find_if(layers.begin(), layers.end(),
                                  [&](const VectorLayer& layer) { return layer.table == table; });
  if (found == layers.end())
    throw geo::InvalidInput("a project can only show tables of its GeoPackage, and there is no table " +
                            table);
  return *found;
}

std::string TreeLayer(const VectorLayer& layer, const std::string& file_name, bool checked, bool expanded) {
  return "<layer-tree-layer providerKey=\"ogr\"" + Quoted("id", LayerId(layer)) +
         Quoted("name", layer.name_sv) + Quoted("source", Source(layer, file_name)) + " checked=\"" +
         (checked ? "Qt::Checked" : "Qt::Unchecked") + "\" expanded=\"" + (expanded ? "1" : "0") +
         "\"><customproperties/></layer-tree-layer>\n";
}

std::string Tree(const ProjectGroup& group, const std::vector<VectorLayer>& layers,
                 const std::string& file_name) {
  std::string inside;
  for (const std::string& table : group.tables)
    inside += TreeLayer(Find(layers, table), file_name, group.checked, group.expanded);
  if (group.name_sv.empty()) return inside;
  return "<layer-tree-group" + Quoted("name", group.name_sv) + " checked=\"Qt::Checked\" expanded=\"" +
         (group.expanded ? "1" : "0") + "\"" +
         (group.one_at_a_time ? " mutually-exclusive=\"1\" mutually-exclusive-child=\"-1\"" : "") +
         "><customproperties/>\n" + inside + "</layer-tree-group>\n";
}

std::string MapLayer(const VectorLayer& layer, const std::string& file_name, geo::Epsg crs) {
  const bool spatial = layer.geometry != GeometryType::kNone;
  return "<maplayer type=\"vector\"" + Quoted("geometry", GeometryText(layer.geometry)) +
         StyleAttributes(layer) + ">\n<id>" + XmlText(LayerId(layer)) + "</id>\n<datasource>" +
         XmlText(Source(layer, file_name)) + "</datasource>\n<layername>" + XmlText(layer.name_sv) +
         "</layername>\n" + (spatial ? "<srs>" + CrsElement(crs) + "</srs>\n" : "") + "<resourceMetadata>" +
         MetadataContent(layer.metadata, crs) +
         "</resourceMetadata>\n<provider encoding=\"UTF-8\">ogr</provider>\n" + StyleContent(layer) +
         "</maplayer>\n";
}

std::string Extent(const QgisProject& project) {
  const std::array<std::pair<const char*, double>, 4> sides = {
      {{"xmin", project.south_west.easting.value()},
       {"ymin", project.south_west.northing.value()},
       {"xmax", project.north_east.easting.value()},
       {"ymax", project.north_east.northing.value()}}};
  std::string extent;
  for (const auto& [name, value] : sides)  // whole meters: no decimal sign
    extent += "<" + std::string(name) + ">" + SwedishNumber(value, 0) + "</" + name + ">";
  return "<extent>" + extent + "</extent>";
}

}  // namespace

std::string ProjectXml(const QgisProject& project, const std::vector<VectorLayer>& layers,
                       const std::string& file_name, geo::Epsg crs) {
  std::string tree, map_layers;
  for (const ProjectGroup& group : project.groups) {
    tree += Tree(group, layers, file_name);
    for (const std::string& table : group.tables) map_layers += MapLayer(Find(layers, table), file_name, crs);
  }
  const std::string crs_element = CrsElement(crs);
  return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.16\"" +
         Quoted("projectname", project.title_sv) + ">\n<title>" + XmlText(project.title_sv) +
         "</title>\n<projectCrs>" + crs_element + "</projectCrs>\n<layer-tree-group><customproperties/>\n" +
         tree +
         "</layer-tree-group>\n<mapcanvas name=\"theMapCanvas\" "
         "annotationsVisible=\"1\"><units>meters</units>" +
         Extent(project) + "<rotation>0</rotation><destinationsrs>" + crs_element +
         "</destinationsrs></mapcanvas>\n<projectlayers>\n" + map_layers +
         "</projectlayers>\n<properties><Paths><Absolute "
         "type=\"bool\">false</Absolute></Paths><SpatialRefSys>"
         "<ProjectionsEnabled type=\"int\">1</ProjectionsEnabled></SpatialRefSys></properties>\n"
         "<ProjectTimeSettings cumulativeTemporalRange=\"0\" frameRate=\"1\" timeStep=\"3\" "
         "timeStepUnit=\"mon\">"
         "<TemporalRange><start>" +
         project.start.text() + "</start><end>" + project.end.text() +
         "</end></TemporalRange></ProjectTimeSettings>\n</qgis>\n";
}

std::string ProjectHex(const std::string& project_xml) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string hex;
  for (const char c : StoredZip("lagesbild.qgs", project_xml)) {
    hex += kDigits[static_cast<unsigned char>(c) >> 4];
    hex += kDigits[static_cast<unsigned char>(c) & 0xF];
  }
  return hex;
}

}  // namespace lagesbild::maps
