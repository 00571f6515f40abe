#include "maps/address_extent.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "geo/projection.h"
#include "maps/errors.h"
#include "maps/table_input.h"

namespace lagesbild::maps {
namespace {

constexpr geo::Epsg kDegrees{4326};
constexpr double kMargin_m = 1000;

double Number(std::string text) {
  std::replace(text.begin(), text.end(), ',', '.');
  double value = std::numeric_limits<double>::quiet_NaN();
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

struct Box {
  double west = HUGE_VAL, south = HUGE_VAL, east = -HUGE_VAL, north = -HUGE_VAL;
  void Add(double e, double n) {
    if (!std::isfinite(e) || !std::isfinite(n)) return;
    west = std::min(west, e), east = std::max(east, e);
    south = std::min(south, n), north = std::max(north, n);
  }
};

Box ReadBox(const std::filesystem::path& file, const AddressTable& mapping) {
  std::size_t easting = std::string::npos, northing = std::string::npos;
  Box box;
  ReadTable(
      file, mapping.table,
      [&](const std::vector<std::string>& header) {
        for (std::size_t i = 0; i < header.size(); ++i) {
          if (header[i] == mapping.easting) easting = i;
          if (header[i] == mapping.northing) northing = i;
        }
        if (easting == std::string::npos || northing == std::string::npos)
          throw IoError(file.string(), "lacks the columns " + mapping.easting + " and " + mapping.northing +
                                           " that the mapping names");
      },
      [&](TableRow&& row) {
        if (row.error.empty()) box.Add(Number(row.cells[easting]), Number(row.cells[northing]));
      });
  if (!(box.west <= box.east)) throw IoError(file.string(), "holds no position");
  return box;
}

}  // namespace

geo::StudyArea ReadAddressExtent(const std::filesystem::path& file, const AddressTable& mapping,
                                 geo::Epsg plane) {
  const Box box = ReadBox(file, mapping);
  const auto at = [](double e, double n) { return geo::PlanePoint{geo::Meters{e}, geo::Meters{n}}; };
  geo::PlanePoint low = at(box.west, box.south), high = at(box.east, box.north);
  if (mapping.coordinates == kDegrees) {
    const geo::Projection projection(plane);
    low = projection.Forward({geo::Degrees{box.west}, geo::Degrees{box.south}});
    high = projection.Forward({geo::Degrees{box.east}, geo::Degrees{box.north}});
  } else if (mapping.coordinates != plane) {
    const geo::PlaneTransform into(mapping.coordinates, plane);
    low = into(low), high = into(high);
  }
  const double w = low.easting.value() - kMargin_m, s = low.northing.value() - kMargin_m,
               e = high.easting.value() + kMargin_m, n = high.northing.value() + kMargin_m;
  return geo::StudyArea(geo::MultiPolygon{{.outer = {at(w, s), at(e, s), at(e, n), at(w, n)}, .holes = {}}});
}

}  // namespace lagesbild::maps
