#include <algorithm>

#include "maps/osm_extract.h"
#include "maps/osm_input.h"
#include "maps/road_input.h"

namespace lagesbild::maps {
namespace {

constexpr double kMargin_m = 1000;
constexpr std::size_t kLongestName = 200;

std::vector<geo::PlanePoint> LineOf(const OsmObject& object, RegisterPositions& positions,
                                    const Reprojection& into) {
  const OGRGeometry* geometry = object.geometry();
  if (geometry == nullptr || wkbFlatten(geometry->getGeometryType()) != wkbLineString)
    throw RowFault("geom", "the line is missing");
  const OGRLineString& from = *geometry->toLineString();
  std::vector<geo::PlanePoint> line;
  for (int i = 0; i < from.getNumPoints(); ++i) {
    const geo::PlanePoint point = positions.FromLayer(from.getX(i), from.getY(i), into);
    if (line.empty() || !(line.back() == point)) line.push_back(point);
  }
  if (line.size() < 2) throw RowFault("geom", "the line is missing");
  return line;
}

}  // namespace

RegisterLayerFile ReadOsmRoads(const std::filesystem::path& file, const RegisterTarget& target) {
  RegisterLayerFile result;
  result.attribution = kOsmAttribution;
  RegisterPositions positions(target);
  FindingTally tally;
  const auto take = [&](const OsmObject& object, const Reprojection& into) {
    if (!object.Has("highway") || (!object.Has("name") && !object.Has("ref"))) return;
    ++result.read;
    try {
      const std::string name = object.Tag("name");
      if (name.size() > kLongestName) throw RowFault("name", "the name is longer than 200 bytes");
      std::vector<std::string> numbers;
      for (const std::string& ref : SplitTag(object.Tag("ref"), ';'))
        if (std::string number = RoadNumber(ref, false); !number.empty())
          numbers.push_back(std::move(number));
      if (name.empty() && numbers.empty()) throw RowFault("", "the road has neither a name nor a number");
      if (numbers.empty()) numbers.emplace_back();
      const std::vector<geo::PlanePoint> line = LineOf(object, positions, into);
      if (std::none_of(line.begin(), line.end(),
                       [&](geo::PlanePoint p) { return LiesWithin(p, target.area, kMargin_m); }))
        positions.RequireWithin(line.front(), kMargin_m);
      for (std::size_t i = 0; i < numbers.size(); ++i)
        result.roads.push_back({object.Id() + (i == 0 ? "" : "#" + std::to_string(i + 1)),
                                i == 0 ? name : std::string(), numbers[i], line});
    } catch (const RowFault& fault) {
      tally.Reject(object.Number(), fault.column, fault.reason);
    }
  };
  ReadOsm(file, "lines", take, target.crs);
  result.rejected = tally.rejected();
  result.accepted = result.read - result.rejected;
  result.findings = tally.Findings();
  return result;
}

}  // namespace lagesbild::maps
