#include "maps/picture_project.h"

#include <algorithm>
#include <utility>

#include "maps/how_to_read.h"
#include "maps/picture_layers.h"
#include "maps/picture_text.h"

namespace lagesbild::maps {
namespace {

/// Tested cells above, density below.
ProjectGroup AgeGroupFolder(const geo::PictureLayer& layer, const QgisProject& project) {
  ProjectGroup group;
  group.name_sv = layer.group.label_sv;
  group.tables = {HotspotTable(layer.group)};
  for (const ProjectRaster& raster : project.rasters)
    if (raster.age_group == layer.group.code) group.tables.push_back(raster.table);
  return group;
}

}  // namespace

void SetExtent(QgisProject& project, const geo::MultiPolygon& boundary) {
  bool first = true;
  for (const geo::Polygon& polygon : boundary)
    for (const geo::PlanePoint& point : polygon.outer) {
      if (first) project.south_west = project.north_east = point;
      first = false;
      project.south_west = {std::min(project.south_west.easting, point.easting),
                            std::min(project.south_west.northing, point.northing)};
      project.north_east = {std::max(project.north_east.easting, point.easting),
                            std::max(project.north_east.northing, point.northing)};
    }
}

const geo::PictureLayer& FirstShownLayer(const geo::SituationPicture& picture) {
  for (const geo::PictureLayer& layer : picture.layers)
    if (layer.tested && layer.group.kind == geo::AgeGroupKind::kHeadline) return layer;
  return TotalLayer(picture);
}

QgisProject MakePictureProject(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                               const ReferenceLayers& reference, std::vector<ProjectRaster> rasters) {
  QgisProject project;
  project.name = "Lägesbild " + picture.quarter.swedish_code();
  project.title_sv = Title(picture, metadata, "Gemensam lägesbild");
  project.abstract_sv =
      "Läs tabellen Så läser du kartan först. " + std::string(kOneGroupAtATime) + ": lagren täcker varandra.";
  project.start = PeriodStart(picture.quarter);
  project.end = PeriodEnd(picture.quarter);
  SetExtent(project, reference.boundary);
  project.rasters = std::move(rasters);

  ProjectGroup ages{
      .name_sv = "Åldersgrupper – en i taget", .tables = {}, .expanded = true, .one_at_a_time = true};
  for (const geo::PictureLayer& layer : picture.layers) ages.groups.push_back(AgeGroupFolder(layer, project));
  const std::string shown = HotspotTable(FirstShownLayer(picture).group);
  for (ProjectGroup& group : ages.groups) group.on = group.expanded = group.tables.front() == shown;
  project.groups = {{"Läs först", {kHowToReadTable, "om_lagesbilden"}, true, true},
                    std::move(ages),
                    {"", {"upprepade_platser"}, false},
                    {"", {"distrikt_antal"}},
                    {"Karta för orientering", {"kommungrans", "platser", "tatorter", "distrikt"}},
                    {"Tabeller", {"sammanstallning"}}};
  return project;
}

}  // namespace lagesbild::maps
