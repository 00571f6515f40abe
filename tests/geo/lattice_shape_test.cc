#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <iostream>
#include <random>

#include "geo/lattice.h"
#include "geo/polygon.h"

namespace lagesbild::geo {
namespace {

PlanePoint At(double easting, double northing) { return {Meters{easting}, Meters{northing}}; }

MultiPolygon Box(double easting, double northing, double width, double height) {
  return {{{At(easting, northing), At(easting + width, northing), At(easting + width, northing + height),
            At(easting, northing + height)},
           {}}};
}

/// A ragged municipality: a star of 23 points, 9 to 13 km from its middle.
MultiPolygon Star() {
  Ring ring;
  for (int i = 0; i < 23; ++i) {
    const double angle = 2 * 3.14159265358979323846 * i / 23, radius = i % 2 == 0 ? 13000 : 9000;
    ring.push_back(At(613000 + radius * std::cos(angle), 6653000 + radius * std::sin(angle)));
  }
  return {{ring, {}}};
}

/// Half of the dwellings in a town, half anywhere around.
LatticeInput Inhabited(const StudyArea& boundary, int dwellings) {
  std::mt19937_64 random(19);
  const auto unit = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  LatticeInput input;
  input.boundary = &boundary;
  input.districts = {{"D1", "Väster", Box(600000, 6640000, 13000, 24000)},
                     {"D2", "Öster", Box(613000, 6640000, 13000, 24000)}};
  input.localities = {{"T1", "Staden", Box(611000, 6651000, 4000, 3000)}};
  for (int i = 0; i < dwellings; ++i) {
    const PlanePoint point = i % 2 == 0 ? At(611000 + 4000 * unit(), 6651000 + 3000 * unit())
                                        : At(600000 + 26000 * unit(), 6640000 + 26000 * unit());
    input.dwellings.push_back(point);
    input.inhabitants.push_back({point, 5 + i % 70, 2});
  }
  return input;
}

TEST(LatticeShape, DividesEveryAreaIntoItsPartsWithoutGapOrOverlap) {
  const StudyArea boundary(Star());
  const Lattice lattice = MakeLattice(Inhabited(boundary, 3000));
  int divided = 0;
  for (const LatticeArea& area : lattice.areas()) {
    if (area.children.empty()) continue;
    ++divided;
    const double whole = AreaSquareMeters(area.geometry);
    double parts = 0;
    for (const int child : area.children)
      parts += AreaSquareMeters(lattice.areas()[static_cast<std::size_t>(child)].geometry);
    // The strip in no district is the nearest district's, but no district's drawing.
    if (area.level == AreaLevel::kMunicipality)
      EXPECT_LE(parts, whole * (1 + 1e-6));
    else
      EXPECT_NEAR(parts, whole, whole * 1e-6) << area.code;
  }
  EXPECT_GT(divided, 5);
}

TEST(LatticeShape, DrawsEveryPointOfADistrictInExactlyTheLeafThatHoldsIt) {
  const StudyArea boundary(Star());
  const LatticeInput input = Inhabited(boundary, 3000);
  const Lattice lattice = MakeLattice(input);
  std::vector<StudyArea> drawn;
  const std::vector<int> leaves = lattice.Leaves(LatticeGrain::kFine);
  for (const int leaf : leaves) drawn.emplace_back(lattice.areas()[static_cast<std::size_t>(leaf)].geometry);
  std::mt19937_64 random(23);
  int inside = 0;
  for (int i = 0; i < 2000; ++i) {
    const PlanePoint point = At(600000.37 + static_cast<double>(random() % 26000),
                                6640000.37 + static_cast<double>(random() % 24000));
    const auto leaf = lattice.LeafOf(point, LatticeGrain::kFine);
    ASSERT_EQ(leaf.has_value(), boundary.contains(point));
    if (!leaf) continue;
    ++inside;
    for (std::size_t k = 0; k < drawn.size(); ++k) EXPECT_EQ(drawn[k].contains(point), leaves[k] == *leaf);
  }
  EXPECT_GT(inside, 1000);
}

TEST(LatticeShape, UnitesADistrictThatIsTooSmallWithItsNearest) {
  const StudyArea boundary(Box(600000, 6640000, 24000, 8000));
  LatticeInput input;
  input.boundary = &boundary;
  input.districts = {{"A", "A", Box(600000, 6640000, 8000, 8000)},
                     {"B", "B", Box(608000, 6640000, 8000, 8000)},
                     {"C", "C", Box(616000, 6640000, 8000, 8000)}};
  for (int i = 0; i < 40; ++i) {
    input.dwellings.push_back(At(600100 + i, 6640100));
    input.dwellings.push_back(At(616100 + i, 6640100));
  }
  for (int i = 0; i < 9; ++i) input.dwellings.push_back(At(608100 + i, 6640100));  // one too few
  const Lattice lattice = MakeLattice(input);
  ASSERT_EQ(lattice.areas().size(), 3U);
  EXPECT_EQ(lattice.areas()[1].code, "A+B") << "of two as near the first by code";
  EXPECT_EQ(lattice.areas()[1].dwellings, 49);
  EXPECT_EQ(lattice.areas()[2].code, "C");
}

TEST(LatticeShape, CountsDwellingsAloneWhereNoPopulationIsKnown) {
  const StudyArea boundary(Star());
  LatticeInput input = Inhabited(boundary, 3000);
  input.inhabitants.clear();
  const Lattice lattice = MakeLattice(input);
  EXPECT_TRUE(lattice.rests_on_addresses_alone());
  for (const int leaf : lattice.Leaves(LatticeGrain::kFine)) {
    EXPECT_GE(lattice.areas()[static_cast<std::size_t>(leaf)].dwellings, 5);
    EXPECT_EQ(lattice.areas()[static_cast<std::size_t>(leaf)].persons, 0);
  }
}

TEST(LatticeShape, IsMadeInSecondsOfACitysAddresses) {
  const StudyArea boundary(Star());
  for (const int dwellings : {6'000, 100'000}) {
    const LatticeInput input = Inhabited(boundary, dwellings);
    const auto start = std::chrono::steady_clock::now();
    const Lattice lattice = MakeLattice(input);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    std::cout << dwellings << " addresses: " << lattice.areas().size() << " areas in " << seconds.count()
              << " s\n";
    EXPECT_GT(lattice.areas().size(), 100U);
    EXPECT_LT(seconds.count(), 60) << "far more than on any machine";
  }
}

}  // namespace
}  // namespace lagesbild::geo
