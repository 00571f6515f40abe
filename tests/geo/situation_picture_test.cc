#include "geo/situation_picture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "geo/errors.h"
#include "tests/geo/even_municipality.h"

namespace lagesbild::geo {
namespace {

const PictureLayer& Layer(const SituationPicture& picture, const std::string& code) {
  return *std::find_if(picture.layers.begin(), picture.layers.end(),
                       [&](const PictureLayer& layer) { return layer.group.code == code; });
}

int HotCells(const PictureLayer& layer, int at_least) {
  return static_cast<int>(std::count_if(layer.cells.begin(), layer.cells.end(), [&](const PictureCell& cell) {
    return cell.test.hot_class >= at_least;
  }));
}

TEST(SituationPicture, FindsAPlantedHotspotWhereItIs) {
  Municipality municipality;
  municipality.PlantHotspot();
  const SituationPicture picture = MakeSituationPicture(municipality.input, {});
  const PictureLayer& youths = Layer(picture, "UNGDOM");
  ASSERT_TRUE(youths.tested);
  EXPECT_GT(HotCells(youths, 2), 0);
  for (const PictureCell& cell : youths.cells) {
    if (cell.test.hot_class < 2) continue;
    const PlanePoint center = picture.grid.center(cell.test.cell);
    EXPECT_LT(std::hypot(center.easting.value() - kEast - 5110, center.northing.value() - kNorth - 5100),
              600);
  }
}

TEST(SituationPicture, SaysTooFewWithTheNextGroupThatWorks) {
  Municipality municipality;
  municipality.PlantHotspot();
  municipality.Add(1000, 1000, 20);
  const SituationPicture picture = MakeSituationPicture(municipality.input, {});
  const PictureLayer& young_adults = Layer(picture, "UNG_VUXEN");
  EXPECT_FALSE(young_adults.tested);
  ASSERT_TRUE(young_adults.too_few.has_value());
  EXPECT_EQ(young_adults.too_few->found, 1);
  EXPECT_EQ(young_adults.too_few->minimum, 10);
  EXPECT_EQ(young_adults.coarser_level, "U25");
  EXPECT_FALSE(young_adults.density.has_value());
  EXPECT_EQ(HotCells(young_adults, 1), 0);
}

TEST(SituationPicture, SaysThatNobodyIsKnownToLiveAnywhereInsteadOfTooFew) {
  Municipality municipality;
  municipality.PlantHotspot();
  municipality.input.inhabitants.clear();
  const PictureLayer youths = Layer(MakeSituationPicture(municipality.input, {}), "UNGDOM");
  EXPECT_FALSE(youths.tested);
  EXPECT_FALSE(youths.too_few.has_value());
  EXPECT_EQ(youths.undefined, Undefined{"NO_EXPOSURE"});
  EXPECT_EQ(youths.coarser_level, "") << "no other group can be tested either";
}

// A color ramp over Gi* would paint what the test refuses to say.
TEST(SituationPicture, WithholdsGiStarWhereThereAreTooFew) {
  Municipality municipality;
  municipality.PlantHotspot();
  municipality.Add(1000, 1000, 20);
  const SituationPicture picture = MakeSituationPicture(municipality.input, {});
  for (const PictureCell& cell : Layer(picture, "UNG_VUXEN").cells) EXPECT_TRUE(std::isnan(cell.gi_star_z));
  const auto& youths = Layer(picture, "UNGDOM").cells;
  EXPECT_TRUE(
      std::any_of(youths.begin(), youths.end(), [](const PictureCell& c) { return c.gi_star_z > 0; }));
}

TEST(SituationPicture, TellsTheNumberOfTestsOfEveryLayer) {
  Municipality municipality;
  municipality.PlantHotspot();
  const SituationPicture picture = MakeSituationPicture(municipality.input, {});
  const PictureLayer &youths = Layer(picture, "UNGDOM"), &all = Layer(picture, "ALLA");
  EXPECT_EQ(youths.family_size, picture.family_size);
  EXPECT_GE(all.family_size, 400) << "every inhabited square";
  EXPECT_EQ(Layer(picture, "BARN").family_size, 0);
}

TEST(SituationPicture, CollapsesRepeatsForTheTestAndListsThem) {
  Municipality municipality;
  for (unsigned i = 0; i < 12; ++i) municipality.Add(800 * i + 100, 9000 - 700 * i, 15, i);
  for (unsigned i = 0; i < 9; ++i) municipality.Add(5100, 5100, 15, i * 3);
  const PictureLayer youths = Layer(MakeSituationPicture(municipality.input, {}), "UNGDOM");
  EXPECT_EQ(youths.used_incidents, 21);
  EXPECT_EQ(youths.used_after_collapse, 13);
  EXPECT_EQ(HotCells(youths, 1), 0) << "nine reports of one place are one place";
  ASSERT_EQ(youths.repeats.size(), 1U);
  EXPECT_EQ(youths.repeats[0].incidents, 9);
  EXPECT_EQ(youths.repeats[0].reporters, 2);
}

TEST(SituationPicture, GivesADensityThatIntegratesToTheIncidentsUsed) {
  Municipality municipality;
  municipality.PlantHotspot();
  const PictureLayer youths = Layer(MakeSituationPicture(municipality.input, {}), "UNGDOM");
  ASSERT_TRUE(youths.density.has_value());
  EXPECT_NEAR(youths.density_mass, youths.used_incidents, 0.005 * youths.used_incidents);
}

TEST(SituationPicture, LeavesCoarseUnplacedAndDigitalIncidentsOutButCountsThem) {
  Municipality municipality;
  municipality.PlantHotspot();
  municipality.Add(2000, 2000, 15).accuracy_radius = Meters{2198};
  // A street's middle is no place, however short the street.
  municipality.Add(2000, 3000, 15).level = MatchLevel::kStreet;
  Incident& digital = municipality.Add(0, 0, 15);
  digital.place = PlaceKind::kDigital;
  digital.has_position = false;
  Incident& outside = municipality.Add(-400, 5000, 15);
  outside.place = PlaceKind::kUnplaced;
  outside.reason = UnplacedReason::kOutside;
  const SituationPicture picture = MakeSituationPicture(municipality.input, {});
  const PictureLayer& youths = Layer(picture, "UNGDOM");
  EXPECT_EQ(youths.used_incidents, 38);
  EXPECT_EQ(youths.tally.incidents.accepted, 42);
  EXPECT_EQ(youths.tally.incidents.placed, 40);
  EXPECT_EQ(youths.tally.incidents.too_coarse, 2);
  EXPECT_EQ(youths.tally.incidents.outside, 1);
  EXPECT_EQ(youths.tally.incidents.digital, 1);
  EXPECT_EQ(picture.in_buffer, 1);
  for (const PictureLayer& layer : picture.layers)
    EXPECT_TRUE(layer.tally.incidents.Reconciles()) << layer.group.code;
}

TEST(SituationPicture, CountsDistrictsByTheirPolygons) {
  Municipality municipality;
  municipality.Add(1000, 1000, 15);
  municipality.Add(6000, 1000, 15);
  municipality.Add(1000, 2000, 15).accuracy_radius = Meters{900};
  const PictureLayer youths = Layer(MakeSituationPicture(municipality.input, {}), "UNGDOM");
  ASSERT_EQ(youths.districts.size(), 1U);
  EXPECT_EQ(youths.districts[0].incidents, 2);
  EXPECT_EQ(youths.districts[0].inhabitants, 100 * 5);
}

TEST(SituationPicture, DoesNotChangeWhenIncidentsAreReordered) {
  Municipality municipality;
  municipality.PlantHotspot();
  const SituationPicture first = MakeSituationPicture(municipality.input, {});
  std::reverse(municipality.input.incidents.begin(), municipality.input.incidents.end());
  const SituationPicture second = MakeSituationPicture(municipality.input, {});
  for (std::size_t i = 0; i < first.layers.size(); ++i) {
    ASSERT_EQ(first.layers[i].cells.size(), second.layers[i].cells.size());
    for (std::size_t c = 0; c < first.layers[i].cells.size(); ++c) {
      EXPECT_EQ(first.layers[i].cells[c].test.q_value, second.layers[i].cells[c].test.q_value);
      EXPECT_EQ(first.layers[i].cells[c].test.maximum_p, second.layers[i].cells[c].test.maximum_p);
    }
    ASSERT_EQ(first.layers[i].density.has_value(), second.layers[i].density.has_value());
    if (!first.layers[i].density) continue;
    const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
    EXPECT_TRUE(std::equal(first.layers[i].density->values().begin(), first.layers[i].density->values().end(),
                           second.layers[i].density->values().begin(), same));
  }
}

TEST(SituationPicture, IsAPictureOfZerosWithoutIncidents) {
  const Municipality municipality;
  const SituationPicture picture = MakeSituationPicture(municipality.input, {});
  EXPECT_EQ(picture.layers.size(), municipality.input.scheme.groups.size());
  EXPECT_EQ(picture.family_size, 0);
  for (const PictureLayer& layer : picture.layers) {
    EXPECT_FALSE(layer.tested);
    EXPECT_EQ(layer.tally.incidents, Tally{});
    EXPECT_EQ(layer.coarser_level, "");
  }
}

TEST(SituationPicture, RefusesWhatCannotBeDone) {
  Municipality municipality;
  PictureOptions fine_bandwidth;
  fine_bandwidth.bandwidth = Meters{90};
  EXPECT_THROW(MakeSituationPicture(municipality.input, fine_bandwidth), InvalidInput);
  PictureOptions zero_cell;
  zero_cell.cell = Meters{0};
  EXPECT_THROW(MakeSituationPicture(municipality.input, zero_cell), InvalidInput);
  municipality.input.study_area = nullptr;
  EXPECT_THROW(MakeSituationPicture(municipality.input, {}), InvalidInput);
}

TEST(SituationPicture, StopsWhenAsked) {
  Municipality municipality;
  municipality.PlantHotspot();
  std::stop_source source;
  source.request_stop();
  EXPECT_THROW(MakeSituationPicture(municipality.input, {}, source.get_token()), Cancelled);
}

TEST(SituationPicture, ReportsProgressThatOnlyGrows) {
  Municipality municipality;
  municipality.PlantHotspot();
  std::vector<double> seen;
  MakeSituationPicture(municipality.input, {}, {},
                       [&](double fraction, const char*) { seen.push_back(fraction); });
  ASSERT_FALSE(seen.empty());
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_EQ(seen.back(), 1.0);
}

}  // namespace
}  // namespace lagesbild::geo
