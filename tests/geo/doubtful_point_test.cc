#include "geo/doubtful_point.h"

#include <gmock/gmock.h>

#include "geo/hot_places.h"
#include "tests/geo/even_municipality.h"

namespace lagesbild::geo {
namespace {

Incident At(double x, double y) {
  Incident incident;
  incident.reporter = "polisen";
  incident.place = PlaceKind::kPlaced;
  incident.has_position = true;
  incident.position = {Meters{600'000 + x}, Meters{6'640'000 + y}};
  return incident;
}

PileUp Pile(PileUpKind kind, double x, double y) {
  PileUp pile;
  pile.kind = kind;
  pile.position = {Meters{600'000 + x}, Meters{6'640'000 + y}};
  pile.incidents = 60;
  return pile;
}

TEST(DoubtfulPointsOf, CountsOnlyTheIncidentsLookedAt) {
  std::vector<Incident> incidents = {At(10, 10), At(10.4, 10), At(13, 10), At(500, 500)};
  incidents.push_back(At(10, 10));
  incidents.back().place = PlaceKind::kUnplaced;
  const std::vector<PileUp> piles = {Pile(PileUpKind::kDefaultPoint, 10, 10),
                                     Pile(PileUpKind::kCentroid, 900, 900),
                                     Pile(PileUpKind::kRepeats, 500, 500)};
  const auto points = DoubtfulPointsOf(piles, incidents);
  ASSERT_EQ(points.size(), 1u) << "nobody lies at the centroid, and repeats are no doubt";
  EXPECT_EQ(points[0].kind, PileUpKind::kDefaultPoint);
  EXPECT_EQ(points[0].incidents, 2);
  EXPECT_TRUE(DoubtfulPointsOf({}, incidents).empty());
  EXPECT_TRUE(DoubtfulPointsOf(piles, {}).empty());
}

TEST(SituationPicture, MarksHotPlacesWhoseIncidentsMayLieAtADefaultPoint) {
  Municipality made;
  made.PlantHotspot();
  for (unsigned i = 0; i < 3; ++i) made.Add(5100, 5100, 15, 3 + i * 7);  // where the place was not known
  const SituationPicture without = MakeSituationPicture(made.input, {});
  PileUp station = Pile(PileUpKind::kDefaultPoint, 5100, 5100);
  station.position = made.input.incidents.back().position;
  made.input.pile_ups = {station};
  const SituationPicture picture = MakeSituationPicture(made.input, {});
  ASSERT_EQ(picture.doubtful_points.size(), 1u);
  EXPECT_EQ(picture.doubtful_points[0].incidents, 3);
  int marked = 0, hot = 0;
  for (std::size_t i = 0; i < picture.layers.size(); ++i) {
    EXPECT_EQ(picture.layers[i].density_mass, without.layers[i].density_mass) << "noted, not taken away";
    for (const HotPlace& place : HotPlaces(without.layers[i], without.grid)) EXPECT_EQ(place.doubtful, 0);
    for (const HotPlace& place : HotPlaces(picture.layers[i], picture.grid)) {
      ++hot;
      marked += place.doubtful == 3;
    }
  }
  EXPECT_GT(hot, 0);
  EXPECT_EQ(marked, hot);
}

TEST(SituationPicture, MarksOnlyTheCellsBesideAPointInDoubt) {
  Municipality made;
  made.PlantHotspot();
  PileUp station = Pile(PileUpKind::kDefaultPoint, 0, 0);
  station.position = made.input.incidents.front().position;
  made.input.pile_ups = {station};
  const SituationPicture picture = MakeSituationPicture(made.input, {});
  const CellIndex at = *picture.grid.cell_of(station.position);
  int beside = 0;
  for (const PictureLayer& layer : picture.layers)
    for (const PictureCell& cell : layer.cells) {
      const bool near = std::abs(cell.test.cell.column - at.column) <= 1 &&
                        std::abs(cell.test.cell.row - at.row) <= 1 && !layer.doubtful_points.empty();
      EXPECT_EQ(cell.neighborhood_doubtful, near ? 1 : 0);
      beside += near;
    }
  EXPECT_GT(beside, 0);
}

}  // namespace
}  // namespace lagesbild::geo
