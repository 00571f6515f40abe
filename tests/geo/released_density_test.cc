#include "geo/released_density.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

/// Of the released counts: what the sum over cells may miss by rounding.
constexpr double kMassTolerance = 1e-6;

PlanePoint P(double x, double y) { return {Meters{x}, Meters{y}}; }
Ring Box(double x0, double y0, double x1, double y1) { return {P(x0, y0), P(x1, y0), P(x1, y1), P(x0, y1)}; }

ReleasedArea Area(const std::string& code, const Ring& outline, const std::vector<PlanePoint>& squares,
                  Statistic incidents) {
  ReleasedArea area;
  area.code = code;
  area.geometry = {{outline, {}}};
  for (const PlanePoint& square : squares) area.inhabited.push_back({square, 1, 2});
  area.incidents = std::move(incidents);
  return area;
}

/// 60 x 40 cells of 100 m from the origin; the study area is all of it but a notch in the south-west.
class ReleasedDensityOf : public ::testing::Test {
 protected:
  double Mass(const std::vector<ReleasedArea>& areas) const {
    double sum = 0;
    const Grid<double> surface = ReleasedSurface(areas, study_area, grid, options);
    for (const double value : surface.values())
      if (!std::isnan(value)) sum += value * grid.cell_area_km2();
    return sum;
  }
  Grid<std::int8_t> Classes(const std::vector<ReleasedArea>& areas) const {
    return ReleasedDensityClasses(areas, study_area, grid, options);
  }

  GridSpec grid{P(0, 0), Meters{100}, 60, 40};
  StudyArea study_area{{{{P(500, 0), P(6000, 0), P(6000, 4000), P(0, 4000), P(0, 500), P(500, 500)}, {}}}};
  ReleasedDensityOptions options{
      .kernel = Kernel::kQuartic, .bandwidth = Meters{1000}, .quarters = 1, .upper = {0.1, 1, 2, 4}};
};

TEST_F(ReleasedDensityOf, OneSquareIsTheKernelAroundIt) {
  // Far from the border the sum over cells replaces the integral, 1 to a per mille at this ratio of radius to
  // cell; so 10 incidents give the quartic's peak 3 / (pi 1 km²) times 10.
  const std::vector<ReleasedArea> areas = {
      Area("A", Box(2000, 1000, 4000, 3000), {P(3000, 2000)}, Statistic{10.0})};
  const Grid<double> surface = ReleasedSurface(areas, study_area, grid, options);
  const double peak = surface[{30, 20}];
  EXPECT_NEAR(peak, 30 / 3.14159265358979, 0.02);
  EXPECT_NEAR(surface[CellIndex({35, 20})], peak * 0.75 * 0.75, 1e-9);  // at half the radius
  EXPECT_EQ(surface[CellIndex({40, 20})], 0);
  const Grid<std::int8_t> classes = Classes(areas);
  EXPECT_EQ(classes[CellIndex({30, 20})], 4);
  EXPECT_EQ(classes[CellIndex({36, 20})], 3);  // peak * 0.64² = 3.9
  EXPECT_EQ(classes[CellIndex({38, 20})], 2);  // peak * 0.36² = 1.24
  EXPECT_EQ(classes[CellIndex({39, 20})], 1);  // peak * 0.19² = 0.34
  EXPECT_EQ(classes[CellIndex({40, 20})], 0);
  EXPECT_EQ(classes[CellIndex({0, 0})], kOutsideClass);
}

TEST_F(ReleasedDensityOf, AValueOnABreakBelongsBelowIt) {
  const std::vector<ReleasedArea> areas = {
      Area("A", Box(2000, 1000, 4000, 3000), {P(3000, 2000)}, Statistic{10.0})};
  options.upper = {ReleasedSurface(areas, study_area, grid, options)[{30, 20}]};
  EXPECT_EQ(Classes(areas)[CellIndex({30, 20})], 0);
  options.upper = {std::nextafter(options.upper[0], 0)};
  EXPECT_EQ(Classes(areas)[CellIndex({30, 20})], 1);
}

TEST_F(ReleasedDensityOf, KeepsTheMassOfTheReleasedCountsAtTheBorderToo) {
  for (const Kernel kernel : {Kernel::kQuartic, Kernel::kEpanechnikov, Kernel::kTriweight,
                              Kernel::kTriangular, Kernel::kUniform, Kernel::kGaussian}) {
    options.kernel = kernel;
    options.bandwidth = Meters{kernel == Kernel::kGaussian ? 300.0 : 1000.0};
    // In the corner, beside the notch, and with a count that is not released.
    EXPECT_NEAR(Mass({Area("A", Box(0, 500, 1000, 1000), {P(0, 500), P(400, 500), P(500, 600)}, 17.0),
                      Area("B", Box(5000, 3000, 6000, 4000), {P(5900, 3900)}, 10.0),
                      Area("C", Box(3000, 0, 4000, 1000), {P(3500, 500)}, Suppressed{})}),
                27, 27 * kMassTolerance);
  }
}

TEST_F(ReleasedDensityOf, SpreadsEvenlyOverInhabitedSquaresWhateverTheirDwellings) {
  std::vector<ReleasedArea> areas = {
      Area("A", Box(0, 1000, 6000, 3000), {P(1000, 2000), P(4000, 2000)}, 12.0)};
  areas[0].inhabited[0].dwellings = 500;
  const Grid<double> surface = ReleasedSurface(areas, study_area, grid, options);
  EXPECT_NEAR(surface[CellIndex({10, 20})], surface[CellIndex({40, 20})], 1e-9);
}

TEST_F(ReleasedDensityOf, TakesACellOnceHoweverManySquaresItHolds) {
  grid = {P(0, 0), Meters{500}, 12, 8};
  const Grid<double> surface = ReleasedSurface(
      std::vector<ReleasedArea>{Area("A", Box(0, 1000, 6000, 3000),
                                     {P(1000, 2000), P(1100, 2000), P(1200, 2100), P(4000, 2000)}, 12.0)},
      study_area, grid, options);
  EXPECT_NEAR(surface[CellIndex({2, 4})], surface[CellIndex({8, 4})], 1e-9);
}

TEST_F(ReleasedDensityOf, IsPerQuarter) {
  const std::vector<ReleasedArea> areas = {Area("A", Box(2000, 1000, 4000, 3000), {P(3000, 2000)}, 40.0)};
  const double one = Mass(areas);
  options.quarters = 4;
  EXPECT_NEAR(one, 40, 40 * kMassTolerance);
  EXPECT_NEAR(Mass(areas), 10, 10 * kMassTolerance);
}

TEST_F(ReleasedDensityOf, MarksSuppressedAreasWhateverSpillsOver) {
  const std::vector<ReleasedArea> areas = {
      Area("A", Box(1000, 1000, 3000, 3000), {P(2900, 2000)}, 50.0),
      Area("B", Box(3000, 1000, 5000, 3000), {P(3000, 2000)}, Suppressed{})};
  const Grid<std::int8_t> classes = Classes(areas);
  for (int row = 10; row < 30; ++row)
    for (int column = 30; column < 50; ++column)
      EXPECT_EQ(classes[CellIndex({column, row})], kSuppressedClass) << column << " " << row;
  EXPECT_EQ(std::count(classes.values().begin(), classes.values().end(), kSuppressedClass), 400);
  EXPECT_GT(classes[CellIndex({29, 20})], 0);
}

TEST_F(ReleasedDensityOf, TakesEveryOtherStatisticForNotReleased) {
  for (const Statistic& none : {Statistic{Suppressed{}}, Statistic{Undefined{"NO_EXPOSURE"}},
                                Statistic{TooFew{1, 10}}, Statistic{NotCovered{}}}) {
    const Grid<std::int8_t> classes =
        Classes({Area("A", Box(1000, 1000, 2000, 2000), {P(1500, 1500)}, none)});
    EXPECT_EQ(classes[CellIndex({15, 15})], kSuppressedClass);
    EXPECT_EQ(classes[CellIndex({25, 15})], 0);
  }
}

TEST_F(ReleasedDensityOf, TellsAReleasedZeroFromSuppressed) {
  const Grid<std::int8_t> classes = Classes({Area("A", Box(1000, 1000, 2000, 2000), {P(1500, 1500)}, 0.0)});
  EXPECT_EQ(std::count(classes.values().begin(), classes.values().end(), kSuppressedClass), 0);
  EXPECT_EQ(classes[CellIndex({15, 15})], 0);
}

TEST_F(ReleasedDensityOf, MarksATinySuppressedAreaByItsInhabitedCells) {
  const Grid<std::int8_t> classes =
      Classes({Area("A", Box(1510, 1510, 1540, 1540), {P(1500, 1500)}, Suppressed{})});
  EXPECT_EQ(classes[CellIndex({15, 15})], kSuppressedClass);
}

TEST_F(ReleasedDensityOf, MarksNothingInAHole) {
  std::vector<ReleasedArea> areas = {Area("A", Box(1000, 1000, 3000, 3000), {}, Suppressed{})};
  areas[0].geometry[0].holes.push_back(Box(1500, 1500, 2500, 2500));
  const Grid<std::int8_t> classes = Classes(areas);
  EXPECT_EQ(classes[CellIndex({12, 12})], kSuppressedClass);
  EXPECT_EQ(classes[CellIndex({20, 20})], 0);
}

TEST_F(ReleasedDensityOf, SpreadsOverTheWholeAreaWhereNobodyIsKnownToLive) {
  const std::vector<ReleasedArea> nobody = {Area("A", Box(2000, 1000, 2200, 1200), {}, 10.0)};
  const std::vector<ReleasedArea> everywhere = {Area(
      "A", Box(2000, 1000, 2200, 1200), {P(2000, 1000), P(2100, 1000), P(2000, 1100), P(2100, 1100)}, 10.0)};
  EXPECT_EQ(Classes(nobody).values(), Classes(everywhere).values());
  EXPECT_NEAR(Mass(nobody), 10, 10 * kMassTolerance);
  // The same when those who live there live beyond the border.
  const std::vector<ReleasedArea> beyond = {Area("A", Box(2000, 1000, 2200, 1200), {P(100, 100)}, 10.0)};
  EXPECT_EQ(Classes(beyond).values(), Classes(everywhere).values());
}

TEST_F(ReleasedDensityOf, FindsPeopleInCellsOfAnySize) {
  const std::vector<ReleasedArea> areas = {Area("A", Box(2000, 1000, 4000, 3000), {P(3000, 2000)}, 10.0)};
  for (const double cell : {25.0, 50.0, 100.0, 125.0, 250.0, 400.0}) {
    grid = {P(0, 0), Meters{cell}, static_cast<int>(6000 / cell), static_cast<int>(4000 / cell)};
    EXPECT_NEAR(Mass(areas), 10, 10 * kMassTolerance) << cell;
    const Grid<double> surface = ReleasedSurface(areas, study_area, grid, options);
    const auto at = grid.cell_of(P(3050, 2050));
    ASSERT_TRUE(at);
    EXPECT_GT(surface[*at], 7) << cell;
  }
}

TEST_F(ReleasedDensityOf, DoesNotChangeWhenEverythingMoves) {
  const std::vector<ReleasedArea> here = {
      Area("A", Box(1000, 1000, 3000, 3000), {P(2900, 2000), P(1000, 1000)}, 11.0),
      Area("B", Box(3000, 1000, 5000, 3000), {P(3000, 2000)}, Suppressed{})};
  const auto moved = [](PlanePoint point) {
    return P(point.easting.value() + 600000, point.northing.value() + 6640000);
  };
  std::vector<ReleasedArea> there = here;
  for (ReleasedArea& area : there) {
    for (PlanePoint& point : area.geometry[0].outer) point = moved(point);
    for (InhabitedSquare& square : area.inhabited) square.south_west = moved(square.south_west);
  }
  MultiPolygon border = study_area.polygons();
  for (PlanePoint& point : border[0].outer) point = moved(point);
  GridSpec far = grid;
  far.origin = moved(grid.origin);
  EXPECT_EQ(Classes(here).values(), ReleasedDensityClasses(there, StudyArea(border), far, options).values());
}

TEST_F(ReleasedDensityOf, IsTheSameForAllIncidentsWithTheSameReleasedCounts) {
  // Two sets of points, far apart from one another within each area, are counted and released.
  const std::vector<Ring> outlines = {Box(1000, 1000, 3000, 3000), Box(3000, 1000, 5000, 3000)};
  const auto released = [&](std::uint64_t seed, double low, double high) {
    std::mt19937_64 random(seed);
    std::vector<ReleasedArea> areas;
    for (std::size_t a = 0; a < outlines.size(); ++a) {
      const StudyArea inside({{outlines[a], {}}});
      int count = 0;
      for (int i = 0; i < 14; ++i) {
        const double u = low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
        count += inside.contains(P(1000 + 2000 * (static_cast<double>(a) + u), 1000 + 2000 * u)) ? 1 : 0;
      }
      const double x = outlines[a][0].easting.value();
      areas.push_back(Area(std::to_string(a), outlines[a], {P(x + 300, 1300), P(x + 1500, 2500)},
                           Statistic{static_cast<double>(count)}));
    }
    return areas;
  };
  const std::vector<ReleasedArea> first = released(1, 0.01, 0.3), second = released(2, 0.7, 0.99);
  ASSERT_EQ(first[0].incidents, Statistic{14.0});
  ASSERT_EQ(second[0].incidents, Statistic{14.0});
  EXPECT_EQ(Classes(first).values(), Classes(second).values());
}

TEST_F(ReleasedDensityOf, WithoutAreasIsClassZeroInside) {
  const Grid<std::int8_t> classes = Classes({});
  EXPECT_EQ(std::count(classes.values().begin(), classes.values().end(), 0), 2400 - 25);
  EXPECT_EQ(std::count(classes.values().begin(), classes.values().end(), kOutsideClass), 25);
}

TEST_F(ReleasedDensityOf, RejectsCountsThatAreNone) {
  for (const double count : {-1.0, std::nan(""), std::numeric_limits<double>::infinity()})
    EXPECT_THROW(Classes({Area("A", Box(1000, 1000, 2000, 2000), {P(1500, 1500)}, count)}), InvalidInput);
}

TEST_F(ReleasedDensityOf, NamesTheAreaButNotTheCount) {
  try {
    Classes({Area("U24", Box(1000, 1000, 2000, 2000), {P(1500, 1500)}, -7.0)});
    FAIL() << "a negative count was taken";
  } catch (const InvalidInput& e) {
    EXPECT_NE(std::string(e.what()).find("U24"), std::string::npos);
    EXPECT_EQ(std::string(e.what()).find('7'), std::string::npos);
  }
}

TEST_F(ReleasedDensityOf, RejectsABandwidthUnderACell) {
  for (const double bandwidth : {99.0, 0.0, -5.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
    options.bandwidth = Meters{bandwidth};
    EXPECT_THROW(Classes({}), InvalidInput) << bandwidth;
  }
}

TEST_F(ReleasedDensityOf, RejectsAPeriodOfNoQuarter) {
  options.quarters = 0;
  EXPECT_THROW(Classes({}), InvalidInput);
}

TEST_F(ReleasedDensityOf, RejectsMoreThanFiveClassesAndBreaksThatAreNone) {
  for (const std::vector<double>& upper : std::vector<std::vector<double>>{
           {}, {1, 2, 3, 4, 5}, {0, 1}, {1, 1}, {2, 1}, {-1}, {std::nan("")}, {HUGE_VAL}}) {
    options.upper = upper;
    EXPECT_THROW(Classes({}), InvalidInput);
  }
}

TEST_F(ReleasedDensityOf, RejectsACountThatLiesOutsideTheGrid) {
  EXPECT_THROW(Classes({Area("A", Box(9000, 9000, 9500, 9500), {P(9100, 9100)}, 10.0)}), InvalidInput);
  // Without a count there is nothing to place.
  EXPECT_NO_THROW(Classes({Area("A", Box(9000, 9000, 9500, 9500), {P(9100, 9100)}, Suppressed{})}));
}

TEST_F(ReleasedDensityOf, StopsWhenAsked) {
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(ReleasedDensityClasses({}, study_area, grid, options, source.get_token()), Cancelled);
}

}  // namespace
}  // namespace lagesbild::geo
