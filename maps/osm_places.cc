#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <set>
#include <utility>

#include "geo/place_text.h"
#include "geo/register_difference.h"
#include "maps/osm_extract.h"
#include "maps/osm_input.h"

namespace lagesbild::maps {
namespace {

constexpr double kMargin_m = 2000, kOnePlace_m = 400, kLeastRadius_m = 50;
constexpr std::size_t kLongestName = 200;

struct KindOfTag {
  const char *key, *value, *kind;  ///< value "*": any
};

/// First that fits. Kinds are those that layers have Swedish words for, and some more.
constexpr auto kKinds = std::to_array<KindOfTag>({
    {"amenity", "school", "school"},
    {"amenity", "kindergarten", "preschool"},
    {"amenity", "college", "school"},
    {"amenity", "university", "school"},
    {"amenity", "library", "library"},
    {"amenity", "community_centre", "meeting_place"},
    {"amenity", "social_centre", "meeting_place"},
    {"amenity", "social_facility", "care"},
    {"amenity", "arts_centre", "meeting_place"},
    {"amenity", "theatre", "meeting_place"},
    {"amenity", "cinema", "meeting_place"},
    {"amenity", "police", "police"},
    {"amenity", "bus_station", "station"},
    {"amenity", "place_of_worship", "church"},
    {"amenity", "bench", nullptr},
    {"amenity", "*", "service"},
    {"shop", "*", "shop"},
    {"leisure", "sports_centre", "sports"},
    {"leisure", "sports_hall", "sports"},
    {"leisure", "stadium", "sports"},
    {"leisure", "pitch", "sports"},
    {"leisure", "ice_rink", "sports"},
    {"leisure", "swimming_pool", "sports"},
    {"leisure", "*", "leisure"},
    {"railway", "station", "station"},
    {"railway", "halt", "station"},
    {"railway", "tram_stop", "station"},
    {"public_transport", "*", "station"},
    {"highway", "bus_stop", "station"},
    {"tourism", "*", "tourism"},
    {"office", "government", "public_office"},
});

/// Radii of place=* that are no area, by a project decision.
constexpr std::array<std::pair<const char*, double>, 11> kLocalities{{{"city", 3000},
                                                                      {"town", 1500},
                                                                      {"village", 700},
                                                                      {"suburb", 700},
                                                                      {"quarter", 500},
                                                                      {"neighbourhood", 500},
                                                                      {"hamlet", 500},
                                                                      {"isolated_dwelling", 500},
                                                                      {"farm", 500},
                                                                      {"locality", 500},
                                                                      {"allotments", 500}}};
constexpr double kLeastLocality_m = 500;

const char* KindOf(const OsmObject& object) {
  for (const KindOfTag& of : kKinds) {
    const std::string value = object.Tag(of.key);
    if (value.empty() || value == "no") continue;
    if (std::string_view(of.value) == "*" || value == of.value) return of.kind;
  }
  return nullptr;
}

double LocalityRadius(const std::string& place) {
  for (const auto& [value, radius_m] : kLocalities)
    if (place == value) return radius_m;
  return 0;
}

class OsmPlaceReader {
 public:
  OsmPlaceReader(const RegisterTarget& target, RegisterLayerFile& result)
      : positions_(target), result_(result) {}

  void Take(const OsmObject& object, const Reprojection& into) {
    const double locality_m = LocalityRadius(object.Tag("place"));
    const char* kind = locality_m > 0 ? "locality" : KindOf(object);
    if (kind == nullptr || !object.Has("name")) return;
    ++result_.read;
    try {
      geo::Place place;
      place.id = object.Id();
      place.name = object.Tag("name");
      if (place.name.size() > kLongestName) throw RowFault("name", "the name is longer than 200 bytes");
      place.aliases = Aliases(object, place.name);
      place.kind = kind;
      place.position = OsmPosition(object, positions_, into);
      positions_.RequireWithin(place.position, kMargin_m);
      const double round_m = std::sqrt(OsmAreaSquareMeters(object, into) / std::numbers::pi);
      place.accuracy_radius =
          geo::Meters{locality_m > 0 ? std::max(round_m > 0 ? round_m : locality_m, kLeastLocality_m)
                                     : std::max(round_m, kLeastRadius_m)};
      Merge(std::move(place));
    } catch (const RowFault& fault) {
      tally_.Reject(object.Number(), fault.column, fault.reason);
    }
  }

  void Finish() {
    for (Group& group : groups_) result_.places.push_back(std::move(group.place));
    result_.rejected = tally_.rejected();
    result_.accepted = result_.read - result_.rejected;
    result_.findings = tally_.Findings();
  }

 private:
  struct Group {
    geo::Place place;
    std::vector<geo::PlanePoint> points;
  };

  static std::vector<std::string> Aliases(const OsmObject& object, const std::string& name) {
    std::set<std::string> aliases;
    for (const char* key : {"alt_name", "official_name", "short_name", "loc_name", "old_name"})
      for (std::string& alias : SplitTag(object.Tag(key), ';'))
        if (alias != name && alias.size() <= kLongestName) aliases.insert(std::move(alias));
    return {aliases.begin(), aliases.end()};
  }

  /// Both sides of a bus stop, a school as an area and as a node: one place in the middle of its points.
  void Merge(geo::Place place) {
    std::vector<std::size_t>& same = by_name_[{place.kind, geo::LowerCase(place.name)}];
    for (const std::size_t i : same) {
      Group& group = groups_[i];
      if (geo::DistanceBetween(group.place.position, place.position).value() > kOnePlace_m) continue;
      group.points.push_back(place.position);
      double east = 0, north = 0;
      for (const geo::PlanePoint p : group.points) {
        east += p.easting.value();
        north += p.northing.value();
      }
      const auto n = static_cast<double>(group.points.size());
      group.place.position = {geo::Meters{east / n}, geo::Meters{north / n}};
      double radius_m = std::max(group.place.accuracy_radius.value(), place.accuracy_radius.value());
      for (const geo::PlanePoint p : group.points)
        radius_m = std::max(radius_m, geo::DistanceBetween(p, group.place.position).value() + kLeastRadius_m);
      group.place.accuracy_radius = geo::Meters{radius_m};
      for (std::string& alias : place.aliases)
        if (std::find(group.place.aliases.begin(), group.place.aliases.end(), alias) ==
            group.place.aliases.end())
          group.place.aliases.push_back(std::move(alias));
      return;
    }
    same.push_back(groups_.size());
    groups_.push_back({std::move(place), {}});
    groups_.back().points.push_back(groups_.back().place.position);
  }

  RegisterPositions positions_;
  RegisterLayerFile& result_;
  FindingTally tally_;
  std::vector<Group> groups_;
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> by_name_;
};

}  // namespace

RegisterLayerFile ReadOsmPlaces(const std::filesystem::path& file, const RegisterTarget& target) {
  RegisterLayerFile result;
  result.attribution = kOsmAttribution;
  OsmPlaceReader reader(target, result);
  ReadOsm(
      file, "points,multipolygons",
      [&](const OsmObject& object, const Reprojection& into) { reader.Take(object, into); }, target.crs);
  reader.Finish();
  return result;
}

RegisterLayerFile ReadOsmNeighbors(const std::filesystem::path& file, const RegisterTarget& target) {
  RegisterLayerFile result;
  result.attribution = kOsmAttribution;
  RegisterPositions positions(target);
  FindingTally tally;
  std::set<std::string> names;
  const auto take = [&](const OsmObject& object, const Reprojection& into) {
    const std::string place = object.Tag("place");
    const bool town = place == "city" || place == "town" || place == "village";
    const bool municipality = object.Tag("boundary") == "administrative" && object.Tag("admin_level") == "7";
    if ((!town && !municipality) || !object.Has("name")) return;
    ++result.read;
    try {
      const geo::PlanePoint at = OsmPosition(object, positions, into);
      if (target.area.contains(at)) throw RowFault("", kInsideReason);
      if (target.area.distance_to_boundary(at).value() > kNeighborReach_m) throw RowFault("", kFarReason);
      names.insert(municipality ? NeighborName(object.Tag("name")) : object.Tag("name"));
    } catch (const RowFault& fault) {
      tally.Reject(object.Number(), fault.column, fault.reason);
    }
  };
  ReadOsm(file, "points,multipolygons", take, target.crs);
  result.neighbors.assign(names.begin(), names.end());
  result.rejected = tally.rejected();
  result.accepted = result.read - result.rejected;
  result.findings = tally.Findings();
  return result;
}

}  // namespace lagesbild::maps
