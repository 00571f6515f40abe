#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>

#include "tools/demo_data/names.h"
#include "tools/demo_data/random.h"
#include "tools/demo_data/world.h"

namespace lagesbild::tools::demo {
namespace {

constexpr double kBlock = 125;       // between parallel streets
constexpr double kCrossBlock = 310;  // between cross streets
constexpr double kFrontage = 34;     // along the street, per house and side
constexpr double kSetback = 15;      // from the middle of the street
constexpr double kLongestStreet = 560;
constexpr double kCorner = 25;  // between points of two streets that meet
constexpr double kPersonsPerAddress = 2.5;

struct House {
  int number = 0;
  Xy position;
};
struct Street {
  std::vector<House> houses;
  std::vector<Xy> middle;  // of the carriageway, from end to end
  double distance = 0;     // of its middle from the center of the locality
};

/// The shape and the bent street grid of one locality.
class Plan {
 public:
  Plan(const Locality& locality, double radius, Rng& random)
      : locality_(locality),
        radius_(radius),
        phase_{random.Range(0, 6), random.Range(0, 6), random.Range(0, 6)} {}

  double RadiusToward(double bearing) const {
    return radius_ *
           (1 + 0.13 * std::sin(2 * bearing + phase_[0]) + 0.08 * std::sin(3 * bearing + phase_[1]));
  }
  bool Covers(Xy p, double share) const {
    return Distance(p, locality_.center) <
           share * RadiusToward(std::atan2(p.n - locality_.center.n, p.e - locality_.center.e));
  }
  /// From the straight plan (u along, v across the main streets) to the ground.
  Xy OnGround(double u, double v) const {
    const double bent_u = u + 30 * std::sin(v / 160 + phase_[2]),
                 bent_v = v + 35 * std::sin(u / 190 + phase_[0]);
    const double c = std::cos(locality_.angle), s = std::sin(locality_.angle);
    return {locality_.center.e + c * bent_u - s * bent_v, locality_.center.n + s * bent_u + c * bent_v};
  }
  Outline Ring() const {
    Outline ring;
    for (int i = 0; i < 48; ++i) {
      const double bearing = i * 6.283185307179586 / 48, r = RadiusToward(bearing) + 25;  // back yards
      ring.push_back(
          Rounded({locality_.center.e + r * std::cos(bearing), locality_.center.n + r * std::sin(bearing)}));
    }
    return ring;
  }

 private:
  const Locality& locality_;
  double radius_;
  std::array<double, 3> phase_;
};

/// How many times `spacing` fits from the center to beyond the farthest house.
int Steps(double radius, double spacing) { return static_cast<int>(std::floor(1.3 * radius / spacing)); }

/// Houses on both sides of one line of the plan, cut where it leaves the locality or grows too long.
void AddStreets(const Plan& plan, const Locality& locality, double radius, double fixed, bool along,
                std::vector<Street>& streets) {
  Street street;
  const auto close = [&] {
    if (street.houses.size() >= 4) {
      street.distance = Distance(street.houses[street.houses.size() / 2].position, locality.center);
      streets.push_back(std::move(street));
    }
    street = {};
  };
  int step = 0;
  for (int i = -Steps(radius, kFrontage); i <= Steps(radius, kFrontage); ++i) {
    const double t = i * kFrontage;
    if (!along && std::abs(std::remainder(t, kBlock)) < 32) {
      // Corner plots belong to the main street, which the cross street goes over.
      if (step > 0) street.middle.push_back(Rounded(plan.OnGround(fixed, t)));
      continue;
    }
    bool any = false;
    for (const int side : {-1, 1}) {
      const double across = fixed + side * kSetback;
      const Xy p = along ? plan.OnGround(t, across) : plan.OnGround(across, t);
      if (!plan.Covers(p, 0.95)) continue;
      any = true;
      street.houses.push_back({2 * step + (side < 0 ? 1 : 2), Rounded(p)});
    }
    if (any) street.middle.push_back(Rounded(along ? plan.OnGround(t, fixed) : plan.OnGround(fixed, t)));
    if (any) ++step;
    if (!any || step * kFrontage > kLongestStreet) {
      close();
      step = 0;
    }
  }
  close();
}

std::vector<Street> Grid(const Plan& plan, const Locality& locality, double radius) {
  std::vector<Street> streets;
  for (int i = -Steps(radius, kBlock); i <= Steps(radius, kBlock); ++i)
    AddStreets(plan, locality, radius, i * kBlock, true, streets);
  for (int i = -Steps(radius, kCrossBlock); i <= Steps(radius, kCrossBlock); ++i)
    AddStreets(plan, locality, radius, (i + 0.5) * kCrossBlock, false, streets);
  std::stable_sort(streets.begin(), streets.end(),
                   [](const Street& a, const Street& b) { return a.distance < b.distance; });
  return streets;
}

std::size_t HouseCount(const std::vector<Street>& streets) {
  std::size_t count = 0;
  for (const Street& street : streets) count += street.houses.size();
  return count;
}

/// Names that several localities share, so that a street alone does not say where.
std::vector<std::string> CommonNames(const Locality& locality) {
  if (locality.name == "Heby") return {"Storgatan", "Tingsgatan", "Stationsgatan", "Skolgatan", "Kyrkogatan"};
  if (locality.inhabitants > 1000) return {"Storgatan", "Skolgatan", "Stationsgatan", "Kyrkogatan"};
  if (locality.inhabitants > 300) return {"Skolgatan", "Kyrkogatan"};
  return {"Byvägen"};
}

/// Some central houses are blocks of flats with several entrances, some plots hold two houses: letters.
void AddHouse(const House& house, const Locality& locality, Rng& random, DemoAddress address,
              std::vector<DemoAddress>& out) {
  const bool central = locality.inhabitants > 700 && Distance(house.position, locality.center) < 420;
  const bool flats = central && random.Chance(0.10);
  const int entrances = flats ? random.Int(2, 4) : (random.Chance(0.04) ? 2 : 1);
  const double bearing = random.Range(0, 6.28);
  for (int i = 0; i < entrances; ++i) {
    if (entrances > 1) address.letter = std::string(1, static_cast<char>('A' + i));
    address.dwellings = flats ? random.Int(3, 6) : 1;
    address.capture =
        flats ? "Ingång" : (random.Chance(0.85) ? "Byggnad" : (random.Chance(0.5) ? "Ingång" : "Tomtplats"));
    address.position = Rounded(
        {house.position.e + 11 * i * std::cos(bearing), house.position.n + 11 * i * std::sin(bearing)});
    out.push_back(address);
  }
}

/// The street nearest to the center that goes over the most central one; 0 for none.
std::size_t FirstThatCrosses(const std::vector<Street>& streets) {
  for (std::size_t s = 1; s < streets.size(); ++s)
    for (const Xy a : streets[s].middle)
      for (const Xy b : streets.front().middle)
        if (Distance(a, b) < kCorner) return s;
  return 0;
}

void LayLocality(std::uint64_t seed, Locality& locality, int index, World& world) {
  Rng random(seed, "streets " + locality.code);
  const auto wanted = static_cast<std::size_t>(std::lround(locality.inhabitants / kPersonsPerAddress));
  double radius = std::sqrt(static_cast<double>(wanted) * kBlock * kFrontage / 2 / 3.14159);
  std::vector<Street> streets;
  do {
    Rng shape(seed, "shape " + locality.code);
    const Plan plan(locality, radius, shape);
    streets = Grid(plan, locality, radius);
    locality.outline = plan.Ring();
    radius *= 1.03;
  } while (HouseCount(streets) < wanted);
  std::vector<std::string> names = CommonNames(locality), invented = StreetNames();
  random.Shuffle(invented);
  names.insert(names.end(), invented.begin(), invented.end());

  // The second main street of the largest localities goes over the first, so that reports may name their
  // corner.
  if (const std::size_t crossing = FirstThatCrosses(streets); names[1] == "Tingsgatan" && crossing > 1)
    std::swap(names[1], names[crossing]);

  std::vector<DemoAddress> addresses;
  for (std::size_t s = 0; s < streets.size(); ++s) {
    world.roads.push_back({names[s % names.size()], "", streets[s].middle});
    for (const House& house : streets[s].houses) {
      DemoAddress address;
      address.area = names[s % names.size()];
      address.number = house.number;
      address.postcode = locality.postcode;
      address.postal_town = address.locality = locality.name;
      address.locality_index = index;
      AddHouse(house, locality, random, address, addresses);
    }
  }
  // Vacant plots: too many houses leave at random, blocks of flats stay.
  while (addresses.size() > wanted) {
    const std::size_t i = random.Index(addresses.size());
    if (addresses[i].dwellings == 1)
      addresses.erase(std::next(addresses.begin(), static_cast<std::ptrdiff_t>(i)));
  }
  world.addresses.insert(world.addresses.end(), std::make_move_iterator(addresses.begin()),
                         std::make_move_iterator(addresses.end()));
}

}  // namespace

void LayStreets(std::uint64_t seed, World& world) {
  for (std::size_t i = 0; i < world.localities.size(); ++i)
    LayLocality(seed, world.localities[i], static_cast<int>(i), world);
}

}  // namespace lagesbild::tools::demo
