#include "geo/register_difference.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace lagesbild::geo {
namespace {

PlanePoint At(double easting, double northing) { return {Meters{easting}, Meters{northing}}; }

RegisterPoint Point(const std::string& id, const std::string& name, PlanePoint position) {
  return {id, name, position, Meters{10}};
}

std::int64_t AllMoved(const RegisterDifference& difference) {
  std::int64_t all = 0;
  for (const std::int64_t count : difference.moved) all += count;
  return all;
}

TEST(RegisterDifference, OfTheSameRegisterIsEmpty) {
  const std::vector<RegisterPoint> points{Point("A", "Ett", At(0, 0)), Point("B", "Två", At(100, 0))};
  const RegisterDifference difference(points, points);
  EXPECT_EQ(difference.unchanged, 2);
  EXPECT_EQ(difference.added + difference.removed + difference.renamed + AllMoved(difference), 0);
  EXPECT_EQ(difference.OutcomeOf(At(0, 0)).fate, PositionFate::kUnchanged);
}

TEST(RegisterDifference, TakesEmptyRegisters) {
  const std::vector<RegisterPoint> one{Point("A", "Ett", At(0, 0))};
  const RegisterDifference none({}, {}), grown({}, one), emptied(one, {});
  EXPECT_EQ(none.unchanged + none.added + none.removed, 0);
  EXPECT_EQ(grown.added, 1);
  EXPECT_EQ(grown.OutcomeOf(At(0, 0)).fate, PositionFate::kUnchanged);
  EXPECT_EQ(emptied.removed, 1);
  EXPECT_EQ(emptied.OutcomeOf(At(0, 0)).fate, PositionFate::kGone);
}

TEST(RegisterDifference, CountsAddedRemovedAndRenamedPoints) {
  const RegisterDifference difference(
      std::vector{Point("A", "Ett", At(0, 0)), Point("B", "Två", At(100, 0)), Point("C", "Tre", At(200, 0))},
      std::vector{Point("A", "Ett", At(0, 0)), Point("C", "Trean", At(200, 0)),
                  Point("D", "Fyra", At(300, 0)), Point("E", "Fem", At(400, 0))});
  EXPECT_EQ(difference.unchanged, 1);
  EXPECT_EQ(difference.added, 2);
  EXPECT_EQ(difference.removed, 1);
  EXPECT_EQ(difference.renamed, 1);
  EXPECT_EQ(AllMoved(difference), 0);
  EXPECT_EQ(difference.OutcomeOf(At(100, 0)).fate, PositionFate::kGone);
  EXPECT_EQ(difference.OutcomeOf(At(200, 0)).fate, PositionFate::kUnchanged) << "a name moves nobody";
}

TEST(RegisterDifference, CountsMovesByClassOfDistanceLimitsIncluded) {
  const std::vector<double> distances{1, 1.5, 10, 10.5, 50, 250, 1000, 1000.5};
  std::vector<RegisterPoint> before, after;
  for (std::size_t i = 0; i < distances.size(); ++i) {
    const std::string id(1, static_cast<char>('A' + i));
    const double northing = 10000.0 * static_cast<double>(i);
    before.push_back(Point(id, id, At(0, northing)));
    after.push_back(Point(id, id, At(distances[i], northing)));
  }
  const RegisterDifference difference(before, after);
  EXPECT_EQ(difference.unchanged, 1) << "a metre is rounding";
  EXPECT_EQ(difference.moved, (MoveCounts{2, 2, 1, 1, 1}));
  EXPECT_EQ(difference.OutcomeOf(At(0, 0)).fate, PositionFate::kUnchanged);
  const auto outcome = difference.OutcomeOf(At(0, 10000));
  EXPECT_EQ(outcome.fate, PositionFate::kMoved);
  EXPECT_EQ(outcome.position, At(1.5, 10000));
  EXPECT_EQ(outcome.accuracy_radius, Meters{10});
}

TEST(RegisterDifference, APointMayBeBothMovedAndRenamed) {
  const RegisterDifference difference(std::vector{Point("A", "Ett", At(0, 0))},
                                      std::vector{Point("A", "Ettan", At(30, 40))});
  EXPECT_EQ(difference.renamed, 1);
  EXPECT_EQ(difference.moved, (MoveCounts{0, 1, 0, 0, 0}));
  EXPECT_EQ(difference.unchanged, 0);
}

TEST(RegisterDifference, IsUnclearWhereAddressesOfOnePositionWentDifferentWays) {
  const std::vector<RegisterPoint> before{Point("A", "1A", At(0, 0)), Point("B", "1B", At(0, 0))};
  const auto fate = [&](const std::vector<RegisterPoint>& after) {
    return RegisterDifference(before, after).OutcomeOf(At(0, 0)).fate;
  };
  EXPECT_EQ(fate({Point("A", "1A", At(20, 0)), Point("B", "1B", At(0, 20))}), PositionFate::kUnclear);
  EXPECT_EQ(fate({Point("A", "1A", At(20, 0)), Point("B", "1B", At(0, 0))}), PositionFate::kUnclear);
  EXPECT_EQ(fate({Point("A", "1A", At(20, 0))}), PositionFate::kUnclear);
  EXPECT_EQ(fate({Point("A", "1A", At(20, 0)), Point("B", "1B", At(20, 0))}), PositionFate::kMoved);
  EXPECT_EQ(fate({Point("A", "1A", At(0, 0))}), PositionFate::kUnchanged) << "one that lay there still does";
  EXPECT_EQ(fate({}), PositionFate::kGone);
}

TEST(RegisterDifference, ThreeAtOnePositionHaveOneFateInEveryOrder) {
  // One stays, one is gone, one moves: whatever the ids' order, nobody knows which one was meant.
  for (std::string ids : {"ABC", "ACB", "BAC", "BCA", "CAB", "CBA"}) {
    const std::string stays(1, ids[0]), gone(1, ids[1]), moves(1, ids[2]);
    const RegisterDifference difference(
        std::vector{Point(stays, "s", At(0, 0)), Point(gone, "g", At(0, 0)), Point(moves, "m", At(0, 0))},
        std::vector{Point(stays, "s", At(0, 0)), Point(moves, "m", At(70, 0))});
    EXPECT_EQ(difference.OutcomeOf(At(0, 0)).fate, PositionFate::kUnclear) << ids;
  }
}

TEST(RegisterDifference, ComparesPointsWithoutAnIdByName) {
  const RegisterDifference difference(std::vector{Point("", "Ett", At(0, 0)), Point("", "Två", At(9, 0))},
                                      std::vector{Point("", "Ett", At(30, 0)), Point("", "Tre", At(9, 0))});
  EXPECT_EQ(AllMoved(difference), 1);
  EXPECT_EQ(difference.added, 1);
  EXPECT_EQ(difference.removed, 1);
  EXPECT_EQ(difference.renamed, 0);
}

TEST(RegisterDifference, DoesNotDependOnTheOrderOfItsInput) {
  std::vector<RegisterPoint> before{Point("A", "1", At(0, 0)), Point("B", "2", At(0, 0)),
                                    Point("C", "3", At(90, 0))};
  std::vector<RegisterPoint> after{Point("A", "1", At(5, 0)), Point("C", "3", At(400, 0)),
                                   Point("D", "4", At(7, 0))};
  const RegisterDifference one(before, after);
  std::reverse(before.begin(), before.end());
  std::reverse(after.begin(), after.end());
  const RegisterDifference other(before, after);
  EXPECT_EQ(one.moved, other.moved);
  EXPECT_EQ(one.added, other.added);
  EXPECT_EQ(one.removed, other.removed);
  for (const PlanePoint position : {At(0, 0), At(90, 0)}) {
    EXPECT_EQ(one.OutcomeOf(position).fate, other.OutcomeOf(position).fate);
    EXPECT_EQ(one.OutcomeOf(position).position, other.OutcomeOf(position).position);
  }
}

}  // namespace
}  // namespace lagesbild::geo
