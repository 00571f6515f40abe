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
std::string LayerId(const std::string& table) { return "lagesbild_" + table; }

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

/// What the tree and the list of layers need to know of a table or a raster.
struct Member {
  std::string table, name_sv, source, provider, map_layer;
};

std::string MapLayer(const VectorLayer& layer, const std::string& file_name, geo::Epsg crs) {
  const bool spatial = layer.geometry != GeometryType::kNone;
  return "<maplayer type=\"vector\"" + Quoted("geometry", GeometryText(layer.geometry)) +
         StyleAttributes(layer) + ">\n<id>" + XmlText(LayerId(layer.table)) + "</id>\n<datasource>" +
         XmlText(Source(layer, file_name)) + "</datasource>\n<layername>" + XmlText(layer.name_sv) +
         "</layername>\n" + (spatial ? "<srs>" + CrsElement(crs) + "</srs>\n" : "") + "<resourceMetadata>" +
         MetadataContent(layer.metadata, crs) +
         "</resourceMetadata>\n<provider encoding=\"UTF-8\">ogr</provider>\n" + StyleContent(layer) +
         "</maplayer>\n";
}

std::string MapLayer(const ProjectRaster& raster, geo::Epsg crs) {
  return std::string("<maplayer type=\"raster\"") + kDensityAttributes + ">\n<id>" +
         XmlText(LayerId(raster.table)) + "</id>\n<datasource>" + XmlText("./" + raster.file_name) +
         "</datasource>\n<layername>" + XmlText(raster.name_sv) + "</layername>\n<srs>" + CrsElement(crs) +
         "</srs>\n<resourceMetadata>" + MetadataContent(raster.metadata, crs) +
         "</resourceMetadata>\n<provider>gdal</provider>\n" +
         DensityContent(raster.legend, raster.metadata.period_start.value_or(Instant{}),
                        raster.metadata.period_end.value_or(Instant{})) +
         "</maplayer>\n";
}

/// Everything that groups may name, by name.
class Members {
 public:
  Members(const QgisProject& project, const std::vector<VectorLayer>& layers, const std::string& file_name,
          geo::Epsg crs) {
    for (const VectorLayer& layer : layers)
      members_.push_back(
          {layer.table, layer.name_sv, Source(layer, file_name), "ogr", MapLayer(layer, file_name, crs)});
    for (const ProjectRaster& raster : project.rasters)
      members_.push_back(
          {raster.table, raster.name_sv, "./" + raster.file_name, "gdal", MapLayer(raster, crs)});
  }
  const Member& Find(const std::string& table) const {
    const auto found = std::find_if(members_.begin(), members_.end(),
                                    [&](const Member& member) { return member.table == table; });
    if (found == members_.end())
      throw geo::InvalidInput("a project can only show tables of its GeoPackage, and there is no table " +
                              table);
    return *found;
  }

 private:
  std::vector<Member> members_;
};

std::string TreeLayer(const Member& member, bool checked, bool expanded) {
  return "<layer-tree-layer" + Quoted("providerKey", member.provider) + Quoted("id", LayerId(member.table)) +
         Quoted("name", member.name_sv) + Quoted("source", member.source) + " checked=\"" +
         (checked ? "Qt::Checked" : "Qt::Unchecked") + "\" expanded=\"" + (expanded ? "1" : "0") +
         "\"><customproperties/></layer-tree-layer>\n";
}

/// Of a group where one is on at a time: the one that is, counted over layers and groups; -1 for none.
int OnlyChild(const ProjectGroup& group) {
  if (group.checked && !group.tables.empty()) return 0;
  const auto on = std::find_if(group.groups.begin(), group.groups.end(),
                               [](const ProjectGroup& inner) { return inner.on; });
  if (on == group.groups.end()) return -1;
  return static_cast<int>(group.tables.size()) + static_cast<int>(on - group.groups.begin());
}

std::string Tree(const ProjectGroup& group, const Members& members) {
  std::string inside;
  for (const std::string& table : group.tables)
    inside += TreeLayer(members.Find(table), group.checked && (!group.one_at_a_time || inside.empty()),
                        group.expanded);
  for (const ProjectGroup& inner : group.groups) inside += Tree(inner, members);
  if (group.name_sv.empty()) return inside;
  return "<layer-tree-group" + Quoted("name", group.name_sv) + " checked=\"" +
         (group.on ? "Qt::Checked" : "Qt::Unchecked") + "\" expanded=\"" + (group.expanded ? "1" : "0") +
         "\"" +
         (group.one_at_a_time ? " mutually-exclusive=\"1\" mutually-exclusive-child=\"" +
                                    std::to_string(OnlyChild(group)) + "\""
                              : "") +
         "><customproperties/>\n" + inside + "</layer-tree-group>\n";
}

std::string MapLayers(const ProjectGroup& group, const Members& members) {
  std::string text;
  for (const std::string& table : group.tables) text += members.Find(table).map_layer;
  for (const ProjectGroup& inner : group.groups) text += MapLayers(inner, members);
  return text;
}

std::string ProjectMetadata(const QgisProject& project) {
  return "<projectMetadata>\n<identifier></identifier>\n<parentidentifier></parentidentifier>\n"
         "<language>SWE</language>\n<type>project</type>\n<title>" +
         XmlText(project.title_sv) + "</title>\n<abstract>" + XmlText(project.abstract_sv) +
         "</abstract>\n<links/>\n<author></author>\n</projectMetadata>\n";
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
  const Members members(project, layers, file_name, crs);
  std::string tree, map_layers;
  for (const ProjectGroup& group : project.groups) {
    tree += Tree(group, members);
    map_layers += MapLayers(group, members);
  }
  const std::string crs_element = CrsElement(crs);
  return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.16\"" +
         Quoted("projectname", project.title_sv) + ">\n<title>" + XmlText(project.title_sv) +
         "</title>\n<projectCrs>" + crs_element + "</projectCrs>\n<layer-tree-group><customproperties/>\n" +
         tree + "</layer-tree-group>\n" + ProjectMetadata(project) +
         "<mapcanvas name=\"theMapCanvas\" "
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

std::string ProjectZip(const std::string& project_xml) { return StoredZip("lagesbild.qgs", project_xml); }

std::string ProjectHex(const std::string& project_xml) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string hex;
  for (const char c : ProjectZip(project_xml)) {
    hex += kDigits[static_cast<unsigned char>(c) >> 4];
    hex += kDigits[static_cast<unsigned char>(c) & 0xF];
  }
  return hex;
}

}  // namespace lagesbild::maps
