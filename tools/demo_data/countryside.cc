#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>

#include "tools/demo_data/names.h"
#include "tools/demo_data/random.h"
#include "tools/demo_data/world.h"

namespace lagesbild::tools::demo {
namespace {

constexpr std::size_t kRuralAddresses = 2450;

/// A gently bending country road through a hamlet.
class Road {
 public:
  Road(Xy middle, Rng& random)
      : middle_(middle),
        heading_(random.Range(0, 3.14159)),
        bend_(random.Range(-1, 1) / 4000),
        length_(random.Range(900, 4200)) {}
  double length() const { return length_; }
  /// `t` meters from the middle along the road, `offset` meters to its left.
  Xy At(double t, double offset) const {
    const double angle = heading_ + bend_ * t / 2, normal = heading_ + bend_ * t + 1.5707963;
    return {middle_.e + t * std::cos(angle) + offset * std::cos(normal),
            middle_.n + t * std::sin(angle) + offset * std::sin(normal)};
  }

 private:
  Xy middle_;
  double heading_, bend_, length_;
};

bool IsCountryside(const World& world, Xy p, double margin) {
  if (!Inside(world.boundary, p) || DistanceToOutline(world.boundary, p) < 60) return false;
  return std::none_of(world.localities.begin(), world.localities.end(), [&](const Locality& l) {
    return Inside(l.outline, p) || DistanceToOutline(l.outline, p) < margin;
  });
}

const Locality& NearestLocality(const World& world, Xy p) {
  return *std::min_element(
      world.localities.begin(), world.localities.end(),
      [&](const Locality& a, const Locality& b) { return Distance(a.center, p) < Distance(b.center, p); });
}

/// Most positions lie near the middle of the hamlet, the rest anywhere along the road.
std::pair<double, double> DrawPosition(const Road& road, Rng& random) {
  const double half = road.length() / 2;
  const double t =
      random.Chance(0.6) ? std::clamp(170 * random.Normal(), -half, half) : random.Range(-half, half);
  const double side = random.Chance(0.5) ? 1 : -1;
  return {t, side * (18 + 110 * random.Unit() * random.Unit())};
}

void Designate(const Road& road, double t, bool left, AddressType type, int serial, Rng& random,
               DemoAddress& address) {
  static const std::vector<std::string> farms = FarmNames();
  address.type = type;
  switch (type) {
    case AddressType::kMetric:  // meters along the road in tens, odd to the left
      address.number = 10 * static_cast<int>((t + road.length() / 2) / 10) + (left ? 1 : 2);
      break;
    case AddressType::kFarm:
      address.farm = farms[random.Index(farms.size())];
      address.number = random.Int(1, 3);
      break;
    case AddressType::kVillage:
    case AddressType::kStreet:
      address.number = serial;
      break;
  }
}

void SettleHamlet(const std::string& name, AddressType type, std::size_t wanted, const Road& road,
                  Rng& random, World& world) {
  std::set<std::pair<std::string, int>> taken;
  std::vector<Xy> built;
  for (int attempt = 0, serial = 1; attempt < 200 && built.size() < wanted; ++attempt) {
    const auto [t, offset] = DrawPosition(road, random);
    const Xy p = Rounded(road.At(t, offset));
    const bool crowded =
        std::any_of(built.begin(), built.end(), [&](Xy other) { return Distance(p, other) < 25; });
    if (crowded || !IsCountryside(world, p, 80)) continue;
    DemoAddress address;
    address.area = type == AddressType::kMetric || type == AddressType::kStreet ? name + "vägen" : name;
    Designate(road, t, offset > 0, type, serial, random, address);
    if (!taken.insert({address.farm, address.number}).second) continue;
    const Locality& nearest = NearestLocality(world, p);
    address.postcode = nearest.postcode;
    address.postal_town = address.locality = nearest.name;
    const double kind = random.Unit();
    address.capture = kind < 0.72   ? "Byggnad"
                      : kind < 0.84 ? "Infart"
                      : kind < 0.93 ? "Tomtplats"
                      : kind < 0.97 ? "Ungefärligt lägesbestämd"
                                    : "Övrigt läge";
    address.position = p;
    built.push_back(p);
    world.addresses.push_back(std::move(address));
    ++serial;
  }
}

}  // namespace

void ScatterFarms(std::uint64_t seed, World& world) {
  Rng random(seed, "countryside");
  std::vector<std::string> names = HamletNames();
  random.Shuffle(names);
  const std::size_t before = world.addresses.size();
  for (std::size_t next = 0; world.addresses.size() - before < kRuralAddresses && next < names.size();) {
    const Xy middle{random.Range(594250, 631584), random.Range(6634072, 6687268)};
    if (!IsCountryside(world, middle, 350)) continue;
    const Road road(middle, random);
    const double kind = random.Unit();
    const AddressType type = kind < 0.35   ? AddressType::kVillage
                             : kind < 0.60 ? AddressType::kFarm
                             : kind < 0.85 ? AddressType::kMetric
                                           : AddressType::kStreet;
    const std::size_t left = kRuralAddresses - (world.addresses.size() - before);
    const std::size_t wanted = std::min(left, static_cast<std::size_t>(random.Int(9, 34)));
    SettleHamlet(names[next++], type, wanted, road, random, world);
  }
}

}  // namespace lagesbild::tools::demo
