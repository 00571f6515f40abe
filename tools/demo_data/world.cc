#include "tools/demo_data/world.h"

#include <algorithm>
#include <stdexcept>

#include "tools/demo_data/format.h"
#include "tools/demo_data/random.h"

namespace lagesbild::tools::demo {
namespace {

/// Visibly invented and unique.
std::string ObjectId(std::size_t serial) {
  return "5e700331-0000-4000-8000-" + Padded(static_cast<long>(serial), 12);
}

const District& NearestDistrict(const World& world, Xy p) {
  return *std::min_element(
      world.districts.begin(), world.districts.end(),
      [&](const District& a, const District& b) { return Distance(a.seed, p) < Distance(b.seed, p); });
}

/// Rows that are decided but not in force: no postcode, no postal town, no inhabitants.
void AddReserved(Rng& random, World& world) {
  const std::size_t in_force = world.addresses.size();
  for (int i = 0; i < 48; ++i) {
    DemoAddress address = world.addresses[random.Index(in_force)];
    address.number += 1000;
    address.letter.clear();
    address.addition.clear();
    address.addition_number = 0;
    address.in_force = false;
    address.postcode.clear();
    address.postal_town.clear();
    address.position =
        Rounded({address.position.e + random.Range(-40, 40), address.position.n + random.Range(-40, 40)});
    address.capture = "Tomtplats";
    address.dwellings = 0;
    world.addresses.push_back(std::move(address));
  }
}

/// Houses behind houses: the same number with a position addition, or a designation outside the standard.
void AddAdditions(Rng& random, World& world) {
  const std::size_t plain = world.addresses.size();
  static const std::vector<std::pair<std::string, int>> kinds = {{"UH", 0}, {"UV", 0}, {"U", 1}, {"U", 2}};
  for (int i = 0; i < 14;) {
    DemoAddress address = world.addresses[random.Index(plain)];
    if (address.locality_index < 0 || !address.letter.empty()) continue;
    const auto& [addition, number] = kinds[static_cast<std::size_t>(i) % kinds.size()];
    address.addition = addition;
    address.addition_number = number;
    address.position = Rounded({address.position.e + 14, address.position.n - 9});
    address.dwellings = 0;
    world.addresses.push_back(std::move(address));
    ++i;
  }
  for (int i = 0; i < 5;) {
    DemoAddress& address = world.addresses[random.Index(plain)];
    if (address.type != AddressType::kStreet || !address.letter.empty() || !address.deviating.empty())
      continue;
    address.deviating = std::to_string(address.number) + "-" + std::to_string(address.number + 2);
    ++i;
  }
}

}  // namespace

void FinishRegister(std::uint64_t seed, World& world) {
  Rng random(seed, "register");
  AddAdditions(random, world);
  AddReserved(random, world);
  for (std::size_t i = 0; i < world.addresses.size(); ++i) {
    DemoAddress& address = world.addresses[i];
    const District& district = NearestDistrict(world, address.position);
    address.id = ObjectId(i + 1);
    address.district = district.name;
    address.district_code = district.code;
  }
}

const DemoPlace& World::place(const std::string& name) const {
  const auto found =
      std::find_if(places.begin(), places.end(), [&](const DemoPlace& p) { return p.name == name; });
  if (found == places.end()) throw std::logic_error("no such demo place: " + name);
  return *found;
}

World MakeWorld(std::uint64_t seed) {
  World world;
  DrawOutlines(seed, world);
  LayStreets(seed, world);
  ScatterFarms(seed, world);
  FinishRegister(seed, world);
  PutPlaces(world);
  DrawRoads(world);
  DivideProperties(world);
  Populate(seed, world);
  return world;
}

}  // namespace lagesbild::tools::demo
