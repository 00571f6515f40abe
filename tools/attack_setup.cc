#include "tools/attack_setup.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "geo/errors.h"
#include "maps/errors.h"
#include "maps/table_input.h"
#include "tools/demo_data/random.h"

namespace lagesbild::tools {
namespace {

constexpr int kMaxAddresses = 20'000, kMaxIncidents = 10'000;
constexpr double kCountrysideShare = 0.3;
using Place = std::pair<long long, long long>;

geo::PlanePoint At(double easting, double northing) { return {geo::Meters{easting}, geo::Meters{northing}}; }

Place PlaceOf(geo::PlanePoint point) {
  return {std::llround(point.easting.value() * 100), std::llround(point.northing.value() * 100)};
}

void CheckSizes(std::size_t addresses, std::size_t incidents) {
  if (addresses < 1 || addresses > kMaxAddresses)
    throw geo::InvalidInput("the attack takes 1 to " + std::to_string(kMaxAddresses) + " addresses, not " +
                            std::to_string(addresses));
  if (incidents > kMaxIncidents)
    throw geo::InvalidInput("the attack takes at most " + std::to_string(kMaxIncidents) + " incidents, not " +
                            std::to_string(incidents));
}

/// The number in a cell; decimal comma or point.
double NumberIn(const maps::TableRow& row, std::size_t column, const std::filesystem::path& path) {
  std::string text = row.error.empty() ? row.cells[column] : "";
  std::replace(text.begin(), text.end(), ',', '.');
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) ||
      std::abs(value) > 1e8)
    throw geo::InvalidInput(path.filename().string() + " row " + std::to_string(row.number) +
                            ": easting and northing must be numbers of meters");
  return value;
}

std::vector<geo::PlanePoint> PointsIn(const std::filesystem::path& path, int most) {
  std::vector<geo::PlanePoint> points;
  std::size_t easting = 0, northing = 0;
  const auto header = [&](const std::vector<std::string>& names) {
    const auto column = [&](const char* name) {
      const auto found = std::find(names.begin(), names.end(), name);
      if (found == names.end())
        throw maps::IoError(path.string(), std::string("has no column ") + name +
                                               "; it needs the columns easting and northing, in meters");
      return static_cast<std::size_t>(found - names.begin());
    };
    easting = column("easting");
    northing = column("northing");
  };
  maps::TableOptions options;
  if (path.extension() == ".xlsx") options.format = maps::TableFormat::kXlsx;
  maps::ReadTable(path, options, header, [&](maps::TableRow&& row) {
    points.push_back(At(NumberIn(row, easting, path), NumberIn(row, northing, path)));
    if (points.size() > static_cast<std::size_t>(most))
      throw geo::InvalidInput(path.filename().string() + " has over " + std::to_string(most) +
                              " rows; the attack takes no more");
  });
  return points;
}

}  // namespace

std::vector<geo::PlanePoint> AttackSetup::positions() const {
  std::vector<geo::PlanePoint> all = elsewhere;
  for (std::size_t i = 0; i < addresses.size(); ++i)
    all.insert(all.end(), static_cast<std::size_t>(incidents[i]), addresses[i]);
  return all;
}

AttackSetup InventedTown(const TownSize& size, std::uint64_t town_seed, std::uint64_t incident_seed) {
  CheckSizes(static_cast<std::size_t>(std::max(size.addresses, 0)),
             static_cast<std::size_t>(std::max(size.incidents, 0)));
  const double side = size.side.value();
  if (!(side >= 100 && side <= 1e5))
    throw geo::InvalidInput("the town's side must lie between 100 m and 100 km");
  // Of a made-up place in SWEREF 99 TM.
  constexpr double kWest = 600'000, kSouth = 6'650'000;
  AttackSetup setup;
  demo::Rng town(town_seed, "attack-town");
  std::set<Place> taken;
  while (setup.addresses.size() < static_cast<std::size_t>(size.addresses)) {
    const bool outside = town.Chance(kCountrysideShare);
    const double low = outside ? 0 : side, high = outside ? 3 * side : 2 * side;
    const double easting = town.Range(low, high), northing = town.Range(low, high);
    const geo::PlanePoint house =
        At(kWest + std::round(easting * 10) / 10, kSouth + std::round(northing * 10) / 10);
    if (taken.insert(PlaceOf(house)).second) setup.addresses.push_back(house);
  }
  setup.incidents.assign(setup.addresses.size(), 0);
  demo::Rng events(town_seed * 0x9E3779B97F4A7C15ULL + incident_seed, "attack-incidents");
  for (int i = 0; i < size.incidents; ++i) ++setup.incidents[events.Index(setup.addresses.size())];
  return setup;
}

AttackSetup SetupFromTables(const std::filesystem::path& addresses, const std::filesystem::path& incidents) {
  AttackSetup setup;
  std::map<Place, std::size_t> index_of;
  for (const geo::PlanePoint& address : PointsIn(addresses, kMaxAddresses))
    if (index_of.try_emplace(PlaceOf(address), setup.addresses.size()).second)
      setup.addresses.push_back(address);
  setup.incidents.assign(setup.addresses.size(), 0);
  const std::vector<geo::PlanePoint> events = PointsIn(incidents, kMaxIncidents);
  CheckSizes(setup.addresses.size(), events.size());
  for (const geo::PlanePoint& incident : events) {
    const auto found = index_of.find(PlaceOf(incident));
    if (found == index_of.end())
      setup.elsewhere.push_back(incident);
    else
      ++setup.incidents[found->second];
  }
  return setup;
}

}  // namespace lagesbild::tools
