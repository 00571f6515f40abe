#include <algorithm>
#include <string>

#include "tools/demo_data/random.h"
#include "tools/demo_data/world.h"

namespace lagesbild::tools::demo {
namespace {

using Household = std::vector<int>;  // completed ages

Household Family(Rng& random) {
  const int parent = random.Int(26, 52);
  Household ages = {parent};
  if (random.Chance(0.82)) ages.push_back(std::clamp(parent + random.Int(-4, 5), 22, 60));
  const int oldest = std::min(19, parent - 23);
  const int children = random.Chance(0.25) ? 1 : (random.Chance(0.7) ? 2 : 3);
  int age = random.Int(std::max(0, oldest - 12), std::max(0, oldest));
  for (int i = 0; i < children && age >= 0; ++i) {
    ages.push_back(age);
    age -= random.Int(1, 4);
  }
  return ages;
}

/// Families, couples, singles and old people in about the shares of a rural Swedish municipality.
Household DrawHousehold(bool flat, Rng& random) {
  const double kind = random.Unit();
  if (flat) {
    if (kind < 0.28) return {random.Int(18, 29)};
    if (kind < 0.38) return {random.Int(19, 30), random.Int(19, 30)};
    if (kind < 0.58) return {random.Int(68, 94)};
    if (kind < 0.80) return Family(random);
    return {random.Int(30, 67)};
  }
  if (kind < 0.39) return Family(random);
  if (kind < 0.45) return {random.Int(46, 60), random.Int(44, 62), random.Int(18, 24)};
  if (kind < 0.63) return {random.Int(45, 67), random.Int(45, 67)};
  if (kind < 0.79) return {random.Int(66, 84), random.Int(66, 84)};
  if (kind < 0.88) return {random.Int(66, 93)};
  if (kind < 0.92) return {random.Int(20, 30), random.Int(19, 29)};
  return {random.Int(27, 66)};
}

/// Fills the given addresses with exactly `inhabitants` people.
void Fill(const std::vector<std::size_t>& addresses, int inhabitants, double empty_share, Rng& random,
          World& world) {
  std::vector<std::size_t> homes, order;
  for (const std::size_t a : addresses) {
    const DemoAddress& address = world.addresses[a];
    if (!address.in_force || address.dwellings == 0) continue;
    if (address.dwellings == 1 && random.Chance(empty_share)) continue;  // summer houses, shops, yards
    for (int d = 0; d < address.dwellings; ++d) homes.push_back(a);
  }
  order = homes;
  random.Shuffle(order);
  int total = 0;
  for (const std::size_t a : order) {
    const Household household = DrawHousehold(world.addresses[a].dwellings > 1, random);
    if (total + static_cast<int>(household.size()) > inhabitants) continue;
    world.ages[a].insert(world.ages[a].end(), household.begin(), household.end());
    total += static_cast<int>(household.size());
  }
  while (total < inhabitants) {  // too few homes: grown-up children and grandparents live along
    world.ages[random.Pick(homes)].push_back(random.Chance(0.35) ? random.Int(18, 26) : random.Int(27, 88));
    ++total;
  }
}

}  // namespace

void Populate(std::uint64_t seed, World& world) {
  Rng random(seed, "people");
  world.ages.assign(world.addresses.size(), {});
  int in_localities = 0;
  for (std::size_t l = 0; l < world.localities.size(); ++l) {
    std::vector<std::size_t> addresses;
    for (std::size_t a = 0; a < world.addresses.size(); ++a)
      if (world.addresses[a].locality_index == static_cast<int>(l)) addresses.push_back(a);
    Fill(addresses, world.localities[l].inhabitants, 0.04, random, world);
    in_localities += world.localities[l].inhabitants;
  }
  std::vector<std::size_t> rural;
  for (std::size_t a = 0; a < world.addresses.size(); ++a)
    if (world.addresses[a].locality_index < 0) rural.push_back(a);
  Fill(rural, kInhabitants - in_localities, 0.05, random, world);
  for (std::vector<int>& ages : world.ages) std::sort(ages.begin(), ages.end());
}

}  // namespace lagesbild::tools::demo
