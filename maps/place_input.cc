#include <charconv>
#include <set>
#include <tuple>

#include "geo/place_text.h"
#include "maps/osm_input.h"
#include "maps/register_layer.h"
#include "maps/register_records.h"
#include "maps/text_encoding.h"

namespace lagesbild::maps {
namespace {

constexpr double kMargin_m = 2000;  // open boundaries differ by so much
constexpr int kMostRadius_m = 5000;
constexpr double kLocalityRadius_m = 500, kPlaceRadius_m = 50;
constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestAttribution = 300;

const std::vector<RoleColumn>& Roles() {
  static const std::vector<RoleColumn> roles{
      {"name", {"name", "namn", "ortnamn"}, true},
      {"aliases", {"aliases", "alias"}},
      {"kind", {"kind", "typ", "slag", "detaljtyp"}},
      {"id", {"id", "platsid", "objektidentitet"}},
      {"locality", {"locality", "ort", "tatort", "tätort"}},
      {"radius", {"radius_m", "radie_m", "radius", "radie"}},
      {"valid_from", {"valid_from", "giltig_fran", "giltig_från"}},
      {"valid_to", {"valid_to", "giltig_till"}},
      {"source", {"source", "kalla", "källa"}},
      {"epsg", {"epsg", "crs"}},
      {"easting", {"easting", "ost", "öst", "e", "x", "lon", "longitude", "longitud"}},
      {"northing", {"northing", "nord", "n", "y", "lat", "latitude", "latitud"}}};
  return roles;
}

std::vector<std::string> Aliases(const std::string& text) {
  std::vector<std::string> aliases;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(";|", at), text.size());
    if (std::string alias = TrimBlanks(text.substr(at, end - at)); !alias.empty())
      aliases.push_back(std::move(alias));
    at = end + 1;
  }
  return aliases;
}

/// "2026-01-31", a day that there is; empty for an empty cell.
std::optional<std::chrono::sys_days> Day(const std::string& text, const char* column) {
  if (text.empty()) return std::nullopt;
  int parts[3] = {};
  const std::size_t starts[3] = {0, 5, 8}, lengths[3] = {4, 2, 2};
  bool good = text.size() == 10 && text[4] == '-' && text[7] == '-';
  for (int i = 0; good && i < 3; ++i) {
    const char* begin = text.data() + starts[i];
    const auto [end, error] = std::from_chars(begin, begin + lengths[i], parts[i]);
    good = error == std::errc{} && end == begin + lengths[i] && *begin != '-';
  }
  const std::chrono::year_month_day day{std::chrono::year{parts[0]},
                                        std::chrono::month{static_cast<unsigned>(good ? parts[1] : 0)},
                                        std::chrono::day{static_cast<unsigned>(good ? parts[2] : 0)}};
  if (!good || !day.ok()) throw RowFault(column, "the day must be written as 2026-01-31");
  return std::chrono::sys_days{day};
}

geo::Meters Radius(const RegisterRecord& record, const LayerMapping& mapping, bool locality) {
  const std::string& text = record.Text("radius");
  if (text.empty())
    return mapping.radius.value_or(geo::Meters{locality ? kLocalityRadius_m : kPlaceRadius_m});
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 1 || value > kMostRadius_m)
    throw RowFault("radius", "the radius must be 1 to 5000 meters");
  return geo::Meters{static_cast<double>(value)};
}

std::string Kind(const RegisterRecord& record, const LayerMapping& mapping) {
  const std::string& own = record.Text("kind");
  const auto known = mapping.kinds.find(geo::LowerCase(geo::CleanText(own)));
  if (known != mapping.kinds.end()) return known->second;
  return own.empty() || !mapping.kinds.empty() ? mapping.default_kind : own;
}

/// Reads places and remembers where they came from.
class PlaceReader {
 public:
  PlaceReader(const LayerMapping& mapping, RegisterPositions& positions, RegisterLayerFile& result)
      : mapping_(mapping), positions_(positions), result_(result) {}

  void Take(const RegisterRecord& record) {
    geo::Place place;
    place.name = record.Text("name");
    if (place.name.empty()) throw RowFault("name", "the name is missing");
    if (place.name.size() > kLongestName) throw RowFault("name", "the name is longer than 200 bytes");
    place.aliases = Aliases(record.Text("aliases"));
    place.kind = Kind(record, mapping_);
    place.locality = record.Text("locality");
    place.valid_from = Day(record.Text("valid_from"), "valid_from");
    place.valid_to = Day(record.Text("valid_to"), "valid_to");
    if (place.valid_from && place.valid_to && *place.valid_to < *place.valid_from)
      throw RowFault("valid_to", "the last day lies before the first");
    place.accuracy_radius = Radius(record, mapping_, place.kind == "locality");
    place.position = PositionOf(record, positions_);
    positions_.RequireWithin(place.position, kMargin_m);
    if (!seen_
             .emplace(place.name, place.position.easting.value(), place.position.northing.value(),
                      record.Text("valid_from"), record.Text("valid_to"))
             .second)
      throw RowFault("name", "the same name, position and days stand on an earlier row");
    place.id = Id(record, place.name);
    sources_.insert(record.Text("source"));
    result_.places.push_back(std::move(place));
  }

  /// The rows' own sources, where the mapping names none.
  std::string Attribution() const {
    std::string all;
    for (const std::string& source : sources_) {
      if (source.empty() || all.size() + source.size() > kLongestAttribution) continue;
      all += (all.empty() ? "" : "; ") + source;
    }
    return all;
  }

 private:
  std::string Id(const RegisterRecord& record, const std::string& name) {
    std::string id = record.Text("id").empty() ? name : record.Text("id");
    const int repeat = ++ids_[id];
    return repeat == 1 ? id : id + " #" + std::to_string(repeat);
  }

  const LayerMapping& mapping_;
  RegisterPositions& positions_;
  RegisterLayerFile& result_;
  std::set<std::tuple<std::string, double, double, std::string, std::string>> seen_;
  std::map<std::string, int> ids_;
  std::set<std::string> sources_;
};

}  // namespace

RegisterLayerFile ReadPlaces(const std::filesystem::path& file, const LayerMapping& mapping,
                             const RegisterTarget& target) {
  if (IsOsmExtract(file)) return ReadOsmPlaces(file, target);
  RegisterLayerFile result;
  FindingTally tally;
  RegisterPositions positions(target);
  PlaceReader reader(mapping, positions, result);
  ReadRecords(file, mapping, target, Roles(), {"plats", "ortnamn"}, result, tally, positions,
              [&](const RegisterRecord& record) { reader.Take(record); });
  if (result.attribution.empty()) result.attribution = reader.Attribution();
  return result;
}

}  // namespace lagesbild::maps
