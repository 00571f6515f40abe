#include "geo/lattice.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "geo/errors.h"
#include "geo/polygon.h"

namespace lagesbild::geo {
namespace {

PlanePoint At(double easting, double northing) { return {Meters{easting}, Meters{northing}}; }

MultiPolygon Box(double easting, double northing, double width, double height) {
  return {{{At(easting, northing), At(easting + width, northing), At(easting + width, northing + height),
            At(easting, northing + height)},
           {}}};
}

/// A municipality of 20 x 20 km with two districts, a town in each, and farms everywhere; the districts leave
/// a strip in the north that belongs to none.
struct World {
  StudyArea boundary{Box(600000, 6640000, 20000, 20000)};
  std::vector<NamedArea> districts = {{"D1", "Väster", Box(600000, 6640000, 10000, 19000)},
                                      {"D2", "Öster", Box(610000, 6640000, 10000, 19000)}};
  std::vector<NamedArea> localities = {{"T1", "Staden", Box(603000, 6648000, 2000, 2000)},
                                       {"T2", "Byn", Box(614000, 6650000, 1000, 1000)}};
  std::vector<PlanePoint> dwellings;
  std::vector<Inhabitants> inhabitants;

  explicit World(int count = 1500, unsigned seed = 7) {
    std::mt19937_64 random(seed);
    const auto unit = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    for (int i = 0; i < count; ++i) {
      const PlanePoint point = i % 3 == 0   ? At(603000 + 2000 * unit(), 6648000 + 2000 * unit())
                               : i % 3 == 1 ? At(614000 + 1000 * unit(), 6650000 + 1000 * unit())
                                            : At(600000 + 20000 * unit(), 6640000 + 20000 * unit());
      dwellings.push_back(point);
      inhabitants.push_back({point, 10 + i % 60, 1 + i % 4});
    }
  }
  LatticeInput Input() const {
    LatticeInput input;
    input.boundary = &boundary;
    input.districts = districts;
    input.localities = localities;
    input.dwellings = dwellings;
    input.inhabitants = inhabitants;
    return input;
  }
};

TEST(Lattice, PutsEveryPointIntoOneLeafThatLiesInACoarserOne) {
  const World world;
  const Lattice lattice = MakeLattice(world.Input());
  std::mt19937_64 random(3);
  int by_shape = 0, points = 0;
  for (int i = 0; i < 2000; ++i) {
    const PlanePoint point = At(600000 + static_cast<double>(random() % 20000) + 0.5,
                                6640000 + static_cast<double>(random() % 20000) + 0.5);
    const auto fine = lattice.LeafOf(point, LatticeGrain::kFine);
    const auto coarse = lattice.LeafOf(point, LatticeGrain::kCoarse);
    ASSERT_TRUE(fine && coarse) << "also where no district is";
    const auto [first, last] = lattice.Span(*coarse);
    EXPECT_TRUE(*fine >= first && *fine < last);
    if (point.northing.value() > 6659000) continue;  // in no district: counted with the nearest, not drawn
    ++points;
    by_shape += StudyArea(lattice.areas()[static_cast<std::size_t>(*fine)].geometry).contains(point) ? 1 : 0;
  }
  EXPECT_EQ(by_shape, points) << "what is drawn is what decides";
  EXPECT_FALSE(lattice.LeafOf(At(500000, 6640000), LatticeGrain::kFine));
  EXPECT_FALSE(lattice.LeafOf(At(NAN, 6640000), LatticeGrain::kFine));
}

TEST(Lattice, GivesEveryLeafEnoughDwellingsAndPeople) {
  const World world;
  const Lattice lattice = MakeLattice(world.Input());
  for (const LatticeGrain grain : {LatticeGrain::kFine, LatticeGrain::kCoarse}) {
    EXPECT_GT(lattice.Leaves(grain).size(), 5U);
    for (const int leaf : lattice.Leaves(grain)) {
      const LatticeArea& area = lattice.areas()[static_cast<std::size_t>(leaf)];
      EXPECT_GE(area.dwellings, lattice.thresholds(grain).min_dwellings) << area.code;
      EXPECT_GE(area.persons, lattice.thresholds(grain).min_persons) << area.code;
    }
  }
}

TEST(Lattice, CountsEveryDwellingOnce) {
  const World world;
  const Lattice lattice = MakeLattice(world.Input());
  std::vector<int> counted(lattice.areas().size(), 0);
  for (const PlanePoint dwelling : world.dwellings)
    ++counted[static_cast<std::size_t>(*lattice.LeafOf(dwelling, LatticeGrain::kFine))];
  for (const int leaf : lattice.Leaves(LatticeGrain::kFine))
    EXPECT_EQ(lattice.areas()[static_cast<std::size_t>(leaf)].dwellings,
              counted[static_cast<std::size_t>(leaf)]);
  for (const LatticeArea& area : lattice.areas()) {
    if (area.children.empty()) continue;
    int dwellings = 0, persons = 0;
    for (const int child : area.children) {
      dwellings += lattice.areas()[static_cast<std::size_t>(child)].dwellings;
      persons += lattice.areas()[static_cast<std::size_t>(child)].persons;
    }
    EXPECT_EQ(area.dwellings, dwellings) << area.code;
    EXPECT_EQ(area.persons, persons) << area.code;
  }
}

TEST(Lattice, IsTheSameWhateverTheOrderOfItsInput) {
  World world;
  const Lattice lattice = MakeLattice(world.Input());
  std::mt19937_64 random(5);
  std::shuffle(world.dwellings.begin(), world.dwellings.end(), random);
  std::reverse(world.districts.begin(), world.districts.end());
  std::reverse(world.localities.begin(), world.localities.end());
  std::reverse(world.inhabitants.begin(), world.inhabitants.end());
  const Lattice other = MakeLattice(world.Input());
  ASSERT_EQ(lattice.areas().size(), other.areas().size());
  std::set<std::string> codes;
  for (std::size_t i = 0; i < lattice.areas().size(); ++i) {
    EXPECT_EQ(lattice.areas()[i].code, other.areas()[i].code);
    EXPECT_DOUBLE_EQ(AreaSquareMeters(lattice.areas()[i].geometry),
                     AreaSquareMeters(other.areas()[i].geometry));
    EXPECT_TRUE(codes.insert(lattice.areas()[i].code).second) << "a code stands for one area";
  }
}

TEST(Lattice, SaysWhenItRestsOnAddressesAlone) {
  World world;
  EXPECT_FALSE(MakeLattice(world.Input()).rests_on_addresses_alone());
  world.inhabitants.clear();
  EXPECT_TRUE(MakeLattice(world.Input()).rests_on_addresses_alone());
}

TEST(Lattice, LeavesOutALocalityThatIsTooSmallToBeShown) {
  World world;
  world.localities.push_back({"T3", "Gården", Box(607000, 6642000, 100, 100)});
  const Lattice lattice = MakeLattice(world.Input());
  for (const LatticeArea& area : lattice.areas())
    EXPECT_THAT(area.code, testing::Not(testing::HasSubstr("T3")));
}

TEST(Lattice, RefusesWhatItCannotBeMadeOf) {
  const World world;
  const auto refuses = [&](const auto& change) {
    LatticeInput input = world.Input();
    change(input);
    EXPECT_THROW(MakeLattice(input), InvalidInput);
  };
  refuses([](LatticeInput& input) { input.boundary = nullptr; });
  refuses([](LatticeInput& input) { input.fine.min_dwellings = 0; });
  refuses([](LatticeInput& input) { input.fine = {20, 50}; });
  refuses([](LatticeInput& input) { input.districts.push_back(input.districts.front()); });
  refuses([](LatticeInput& input) { input.localities.front().code.clear(); });
  refuses([](LatticeInput& input) { input.inhabitants.front().count = -1; });
  refuses([](LatticeInput& input) { input.dwellings.resize(3); });
}

}  // namespace
}  // namespace lagesbild::geo
