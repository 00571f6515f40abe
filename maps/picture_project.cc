#include "maps/picture_project.h"

#include <algorithm>

#include "maps/picture_layers.h"
#include "maps/picture_text.h"

namespace lagesbild::maps {
namespace {

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

}  // namespace

const geo::PictureLayer& FirstShownLayer(const geo::SituationPicture& picture) {
  for (const geo::PictureLayer& layer : picture.layers)
    if (layer.tested && layer.group.kind == geo::AgeGroupKind::kHeadline) return layer;
  return TotalLayer(picture);
}

QgisProject MakePictureProject(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                               const ReferenceLayers& reference) {
  QgisProject project;
  project.name = "Lägesbild " + picture.quarter.swedish_code();
  project.title_sv = Title(picture, metadata, "Gemensam lägesbild");
  project.start = PeriodStart(picture.quarter);
  project.end = PeriodEnd(picture.quarter);
  SetExtent(project, reference.boundary);

  const std::string shown = HotspotTable(FirstShownLayer(picture).group);
  ProjectGroup others{"Andra åldersgrupper – slå på en i taget", {}, false, false, true};
  for (const geo::PictureLayer& layer : picture.layers)
    if (HotspotTable(layer.group) != shown) others.tables.push_back(HotspotTable(layer.group));
  project.groups = {{"", {shown}, true, true},
                    others,
                    {"", {"upprepade_platser"}, false},
                    {"", {"distrikt_antal"}},
                    {"Karta för orientering", {"kommungrans", "platser", "tatorter", "distrikt"}},
                    {"Tabeller", {"sammanstallning", "om_lagesbilden"}}};
  return project;
}

}  // namespace lagesbild::maps
