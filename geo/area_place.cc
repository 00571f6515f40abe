#include "geo/area_place.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/polygon.h"

namespace lagesbild::geo {

constexpr double kSmallestRadiusM = 500;

Place PlaceOfArea(const NamedArea& area, std::string_view kind) {
  Place place;
  place.id = area.code;
  place.name = area.name;
  place.kind = kind;
  place.position = InnerPoint(area.polygons);
  place.accuracy_radius =
      Meters{std::max(kSmallestRadiusM, std::sqrt(AreaSquareMeters(area.polygons) / std::numbers::pi))};
  return place;
}

}  // namespace lagesbild::geo
