#include "geo/area_finder.h"

namespace lagesbild::geo {

AreaFinder::AreaFinder(std::span<const NamedArea> areas) {
  areas_.reserve(areas.size());
  for (const NamedArea& area : areas) areas_.push_back({area.name, StudyArea(area.polygons)});
}

std::string_view AreaFinder::NameAt(PlanePoint point) const {
  for (const Named& one : areas_)
    if (one.area.contains(point)) return one.name;
  return {};
}

}  // namespace lagesbild::geo
