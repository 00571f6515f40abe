#include "geo/disclosure_audit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <utility>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

using AtomCount = DisclosureTable::AtomCount;

/// Groups of the default scheme by index; age types are bits: 1 = 0-12, 2 = 13-17, 4 = 18-24.
enum : int { k0To12, k13To17, k18To24, k13To24, k0To17, k0To24, kAllAges };

std::vector<PublishedGroup> DefaultGroups() {
  return PublishedGroups(DefaultAgeScheme(), DefaultRule(Audience::kPublic));
}

/// The municipality (0) with two districts (1, 2); incidents may also be somewhere in it (location 0).
DisclosureTable TwoDistricts(int quarters, const std::vector<AtomCount>& counts) {
  return {{3, 2, 3}, {true, true, true}, DefaultGroups(), quarters, counts};
}

Cell All(int area, int last = 0, int quarters = 1, int group = kAllAges) {
  return {area, group, CellCategories::kAll, last, quarters};
}

TEST(DisclosureAudit, NeverTakesUpACountUnderK) {
  const DisclosureTable table = TwoDistricts(1, {{1, 0, false, 0, 4}});
  DisclosureAudit audit(table, 5);
  EXPECT_FALSE(audit.TakeUp(All(0)));
  EXPECT_FALSE(audit.TakeUp(All(2)));  // zero is withheld like any small count
  EXPECT_TRUE(audit.released().empty());
}

TEST(DisclosureAudit, WithholdsTheLargerOfTwoPartsWhenTheOtherIsSmall) {
  const DisclosureTable table = TwoDistricts(1, {{1, 0, false, 0, 20}, {2, 0, false, 0, 3}});
  DisclosureAudit audit(table, 5);
  EXPECT_TRUE(audit.TakeUp(All(0)));
  EXPECT_FALSE(audit.TakeUp(All(1)));
  EXPECT_TRUE(audit.Passes());
}

TEST(DisclosureAudit, WithholdsAPartThatIsTheWholeSinceTheOthersWouldBeKnownZero) {
  const DisclosureTable table = TwoDistricts(1, {{1, 0, false, 0, 20}});
  DisclosureAudit audit(table, 5);
  EXPECT_TRUE(audit.TakeUp(All(0)));
  EXPECT_FALSE(audit.TakeUp(All(1)));
}

TEST(DisclosureAudit, TakesUpPartsThatLeaveEnough) {
  const DisclosureTable table = TwoDistricts(1, {{1, 0, false, 0, 20}, {2, 0, false, 0, 6}});
  DisclosureAudit audit(table, 5);
  EXPECT_TRUE(audit.TakeUp(All(0)));
  EXPECT_TRUE(audit.TakeUp(All(1)));
  EXPECT_TRUE(audit.Passes());
  const auto interval = audit.IntervalOf(All(2));
  EXPECT_EQ(interval.lower, 0);  // the six may be somewhere in the municipality
  EXPECT_EQ(interval.upper, 6);
}

TEST(DisclosureAudit, WithholdsAQuarterThatFollowsFromAHalfYear) {
  const DisclosureTable table = TwoDistricts(2, {{1, 0, false, 0, 9}, {1, 0, false, 1, 2}});
  DisclosureAudit audit(table, 5);
  EXPECT_TRUE(audit.TakeUp(All(1, 0)));
  EXPECT_FALSE(audit.TakeUp(All(1, 1, 2)));
}

TEST(DisclosureAudit, WithholdsAQuarterThatFollowsFromFourAndTheOtherThree) {
  const DisclosureTable table =
      TwoDistricts(4, {{1, 0, false, 0, 6}, {1, 0, false, 1, 7}, {1, 0, false, 2, 8}, {1, 0, false, 3, 2}});
  DisclosureAudit audit(table, 5);
  for (const int quarter : {0, 1, 2}) EXPECT_TRUE(audit.TakeUp(All(1, quarter)));
  EXPECT_FALSE(audit.TakeUp(All(1, 3, 4)));
}

TEST(DisclosureAudit, SeesWhatRollingSumsTellOfTheQuartersAtTheirEnds) {
  // 30 + 1 + 1 + 1 = 33 and then 1 + 1 + 1 + 4 = 7: the first quarter had at least 26.
  const DisclosureTable table = TwoDistricts(5, {{1, 0, false, 0, 30},
                                                 {1, 0, false, 1, 1},
                                                 {1, 0, false, 2, 1},
                                                 {1, 0, false, 3, 1},
                                                 {1, 0, false, 4, 4}});
  DisclosureAudit audit(table, 5);
  EXPECT_TRUE(audit.TakeUp(All(1, 3, 4)));
  EXPECT_TRUE(audit.TakeUp(All(1, 4, 4)));
  EXPECT_TRUE(audit.Passes());
  EXPECT_EQ(audit.IntervalOf(All(1, 0)).lower, 26);
  EXPECT_EQ(audit.IntervalOf(All(1, 4)).lower, 0);
  EXPECT_EQ(audit.IntervalOf(All(1, 4)).upper, 7);
}

TEST(DisclosureAudit, WithholdsAGroupThatTellsTheYoungestByDifference) {
  const DisclosureTable table = TwoDistricts(1, {{1, 1, false, 0, 3}, {1, 2, false, 0, 9}});
  DisclosureAudit audit(table, 5);
  EXPECT_TRUE(audit.TakeUp(All(1, 0, 1, k0To17)));
  EXPECT_FALSE(audit.TakeUp(All(1, 0, 1, k13To17)));
}

TEST(DisclosureAudit, WithholdsOpenCategoriesThatTellTheSensitiveOnes) {
  const DisclosureTable table = TwoDistricts(1, {{1, 2, false, 0, 9}, {1, 2, true, 0, 2}});
  DisclosureAudit audit(table, 5);
  EXPECT_TRUE(audit.TakeUp(All(1)));
  EXPECT_FALSE(audit.TakeUp({1, kAllAges, CellCategories::kNonSensitive, 0, 1}));
}

TEST(DisclosureAudit, SeesWhatFollowsFromSeveralReleasesTogether) {
  // Open quarters 9 and 8, and all categories over the half-year 19: two sensitive incidents.
  const DisclosureTable table =
      TwoDistricts(2, {{1, 2, false, 0, 9}, {1, 2, false, 1, 8}, {1, 2, true, 0, 1}, {1, 2, true, 1, 1}});
  DisclosureAudit audit(table, 5);
  EXPECT_TRUE(audit.TakeUp({1, kAllAges, CellCategories::kNonSensitive, 0, 1}));
  EXPECT_TRUE(audit.TakeUp({1, kAllAges, CellCategories::kNonSensitive, 1, 1}));
  audit.TakeUpAnyway(All(1, 1, 2));
  EXPECT_FALSE(audit.Passes());
}

TEST(DisclosureAudit, SeesWhatSumsOfReleasesOfDifferentGroupsAndPeriodsLeave) {
  // 0-24 over four quarters 53, less quarters 19 and 18 of it: 16 in the first two, of whom 15 are 13-24.
  const DisclosureTable table({1}, {true}, DefaultGroups(), 4,
                              std::vector<AtomCount>{{0, 2, false, 0, 8},
                                                     {0, 2, false, 1, 7},
                                                     {0, 1, false, 0, 1},
                                                     {0, 2, false, 2, 10},
                                                     {0, 1, false, 2, 9},
                                                     {0, 2, false, 3, 9},
                                                     {0, 4, false, 3, 9}});
  DisclosureAudit audit(table, 5);
  const std::vector<Cell> cells{All(0, 3, 4, k0To24), All(0, 2, 1, k0To24), All(0, 3, 1, k0To24),
                                All(0, 1, 2, k13To24)};
  std::vector<DisclosureAudit*> audits{&audit};
  EXPECT_EQ(TakeUpInOrder(audits, cells), (std::vector<bool>{true, true, true, false}));
}

TEST(DisclosureAudit, SeesWhatTheSumOfPartsExceedsAWholeOfOtherCategoriesBy) {
  // 29 aged 0-17 and 6 aged 18-24 of all categories, 31 aged 13-24 of the open ones: four are children or
  // sensitive.
  const DisclosureTable table(
      {1}, {true}, DefaultGroups(), 1,
      std::vector<AtomCount>{
          {0, 1, false, 0, 3}, {0, 2, false, 0, 26}, {0, 4, false, 0, 5}, {0, 4, true, 0, 1}});
  DisclosureAudit audit(table, 5);
  const std::vector<Cell> cells{
      {0, k13To24, CellCategories::kNonSensitive, 0, 1}, All(0, 0, 1, k0To17), All(0, 0, 1, k18To24)};
  std::vector<DisclosureAudit*> audits{&audit};
  EXPECT_EQ(TakeUpInOrder(audits, cells), (std::vector<bool>{true, true, false}));
}

TEST(DisclosureAudit, ChecksTwoAudiencesTogether) {
  const DisclosureTable table =
      TwoDistricts(1, {{1, 2, false, 0, 12}, {2, 2, false, 0, 4}, {0, 2, false, 0, 8}});
  DisclosureAudit open(table, 10), both(table, 5);
  std::vector<DisclosureAudit*> public_reads{&open, &both}, partner_reads{&both};
  EXPECT_EQ(TakeUpInOrder(public_reads, std::vector<Cell>{All(0)}), std::vector<bool>{true});
  // 24 - 12 = 12 for the public, and the same for the partner who reads both.
  EXPECT_EQ(TakeUpInOrder(partner_reads, std::vector<Cell>{All(1)}), std::vector<bool>{true});
  EXPECT_TRUE(both.Knows(All(0)));
  EXPECT_FALSE(open.Knows(All(1)));
}

TEST(DisclosureAudit, PublishesOneOfTwoThatTogetherTellTooMuch) {
  const DisclosureTable table =
      TwoDistricts(1, {{1, 0, false, 0, 9}, {2, 0, false, 0, 8}, {0, 0, false, 0, 1}});
  DisclosureAudit audit(table, 5);
  std::vector<DisclosureAudit*> audits{&audit};
  const std::vector<bool> taken = TakeUpInOrder(audits, std::vector<Cell>{All(0), All(1), All(2)});
  EXPECT_EQ(taken, (std::vector<bool>{true, true, false}));
}

TEST(DisclosureAudit, RejectsAThresholdUnderOne) {
  const DisclosureTable table = TwoDistricts(1, {});
  EXPECT_THROW(DisclosureAudit(table, 0), InvalidInput);
}

TEST(DisclosureTable, RejectsWhatDoesNotFit) {
  EXPECT_THROW(DisclosureTable({}, {}, DefaultGroups(), 1, {}), InvalidInput);
  EXPECT_THROW(DisclosureTable({1}, {true}, DefaultGroups(), 0, {}), InvalidInput);
  EXPECT_THROW(TwoDistricts(1, {{7, 0, false, 0, 1}}), InvalidInput);
  EXPECT_THROW(TwoDistricts(1, {{1, 8, false, 0, 1}}), InvalidInput);
  EXPECT_THROW(TwoDistricts(1, {{1, 0, false, 1, 1}}), InvalidInput);
  EXPECT_THROW(TwoDistricts(1, {{1, 0, false, 0, -1}}), InvalidInput);
}

TEST(DisclosureTable, IsTheSumOfItsAtoms) {
  std::mt19937_64 random(5);
  std::vector<AtomCount> counts;
  for (int i = 0; i < 60; ++i)
    counts.push_back({static_cast<int>(random() % 3), static_cast<int>(random() % 8), random() % 2 == 0,
                      static_cast<int>(random() % 5), 1});
  const DisclosureTable table = TwoDistricts(5, counts);
  for (int area = 0; area < 3; ++area)
    for (int group = 0; group < 7; ++group)
      for (const CellCategories categories :
           {CellCategories::kNonSensitive, CellCategories::kSensitive, CellCategories::kAll}) {
        const Cell cell{area, group, categories, 4, 4};
        int sum = 0;
        std::size_t atoms = 0;
        table.ForEachAtom(cell, [&](std::size_t atom) { sum += table.count(atom), ++atoms; });
        EXPECT_EQ(table.Value(cell), sum);
        EXPECT_EQ(table.Size(cell), atoms);
      }
}

/// An attacker who tries every table of whole numbers that agrees with the released counts.
class BruteForce {
 public:
  BruteForce(const DisclosureTable& table, const std::vector<Cell>& released) : table_(table) {
    std::set<std::size_t> covered;
    for (const Cell& cell : released) {
      left_.push_back(table.Value(cell));
      table.ForEachAtom(cell, [&](std::size_t atom) { covered.insert(atom); });
    }
    atoms_.assign(covered.begin(), covered.end());
    for (const std::size_t atom : atoms_) {
      std::vector<std::size_t>& in = equations_.emplace_back();
      for (std::size_t i = 0; i < released.size(); ++i)
        table.ForEachAtom(released[i], [&](std::size_t other) {
          if (other == atom) in.push_back(i);
        });
    }
    values_.assign(atoms_.size(), 0);
  }
  /// Calls `visit` for every such table; false when there were more than `limit`.
  bool ForEach(long limit, const std::function<void()>& visit) {
    limit_ = limit;
    Next(0, visit);
    return limit_ > 0;
  }
  bool covers(std::size_t atom) const { return std::binary_search(atoms_.begin(), atoms_.end(), atom); }
  std::size_t atoms() const { return atoms_.size(); }
  /// Incidents in the covered atoms whose bits are set.
  int SumOf(std::uint32_t bits) const {
    int sum = 0;
    for (std::size_t i = 0; i < values_.size(); ++i)
      if (bits >> i & 1U) sum += values_[i];
    return sum;
  }
  int value(std::size_t atom) const {
    return values_[static_cast<std::size_t>(std::lower_bound(atoms_.begin(), atoms_.end(), atom) -
                                            atoms_.begin())];
  }

 private:
  void Next(std::size_t at, const std::function<void()>& visit) {
    if (limit_ <= 0) return;
    if (at == atoms_.size()) {
      --limit_;
      if (std::all_of(left_.begin(), left_.end(), [](int left) { return left == 0; })) visit();
      return;
    }
    int most = 1 << 20;
    for (const std::size_t equation : equations_[at]) most = std::min(most, left_[equation]);
    for (int value = 0; value <= most; ++value) {
      values_[at] = value;
      for (const std::size_t equation : equations_[at]) left_[equation] -= value;
      Next(at + 1, visit);
      for (const std::size_t equation : equations_[at]) left_[equation] += value;
    }
  }
  const DisclosureTable& table_;
  std::vector<std::size_t> atoms_;
  std::vector<std::vector<std::size_t>> equations_;
  std::vector<int> left_, values_;
  long limit_ = 0;
};

std::vector<Cell> EveryCell(const DisclosureTable& table, bool with_sensitive) {
  std::vector<Cell> cells;
  for (int area = 0; area < table.areas(); ++area)
    for (int group = 0; group < static_cast<int>(table.groups().size()); ++group)
      for (const int set : {1, 2, 3})
        for (const int quarters : {1, 2, 4})
          for (int last = quarters - 1; last < table.quarters(); ++last)
            if (set != 2 || with_sensitive)
              cells.push_back({area, group, static_cast<CellCategories>(set), last, quarters});
  return cells;
}

/// Releases what may be released of a random table and attacks it. Returns how many were released.
std::size_t AttackRandomTable(const DisclosureTable& table, int k, std::mt19937_64& random, int& attacked) {
  std::vector<Cell> candidates = EveryCell(table, false);
  for (std::size_t i = candidates.size(); i > 1; --i)
    std::swap(candidates[i - 1], candidates[static_cast<std::size_t>(random() % i)]);
  DisclosureAudit audit(table, k);
  std::vector<DisclosureAudit*> audits{&audit};
  TakeUpInOrder(audits, candidates);
  const std::vector<Cell>& released = audit.released();
  if (released.empty()) return 0;

  std::vector<Cell> targets;
  for (const Cell& cell : EveryCell(table, true))
    if (table.Value(cell) < k) targets.push_back(cell);
  std::vector<std::set<int>> possible(targets.size());
  BruteForce attacker(table, released);
  // Sets of atoms, each with the sum that the tables agree on so far; -1 before the first table.
  EXPECT_LE(attacker.atoms(), 12u);
  std::map<std::uint32_t, int> agreed;
  for (std::uint32_t bits = 1; bits < 1U << attacker.atoms(); ++bits) agreed[bits] = -1;
  const bool complete = attacker.ForEach(300'000, [&] {
    for (auto entry = agreed.begin(); entry != agreed.end();) {
      const int sum = attacker.SumOf(entry->first), before = std::exchange(entry->second, sum);
      entry = sum >= k || (before >= 0 && before != sum) ? agreed.erase(entry) : std::next(entry);
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
      int sum = 0;
      table.ForEachAtom(targets[i], [&](std::size_t atom) {
        if (attacker.covers(atom)) sum += attacker.value(atom);
      });
      possible[i].insert(sum);
    }
  });
  if (!complete) return 0;
  ++attacked;
  EXPECT_TRUE(agreed.empty()) << agreed.size() << " sets of atoms are known to hold "
                              << agreed.begin()->second;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    bool unbounded = false;
    table.ForEachAtom(targets[i], [&](std::size_t atom) { unbounded = unbounded || !attacker.covers(atom); });
    if (unbounded) continue;
    const std::set<int>& values = possible[i];
    EXPECT_GT(values.size(), 1u) << "a withheld count is known";
    EXPECT_TRUE(values.contains(0) || *values.rbegin() - *values.begin() >= k)
        << "a withheld count is known to lie between " << *values.begin() << " and " << *values.rbegin();
  }
  return released.size();
}

/// Only "all ages": space, categories and time.
std::vector<PublishedGroup> OneGroup() { return {DefaultGroups()[kAllAges]}; }
std::vector<PublishedGroup> TwoGroups() { return {DefaultGroups()[k13To17], DefaultGroups()[kAllAges]}; }

TEST(DisclosureAudit, WithstandsABruteForceAttackerInSpaceAndTime) {
  std::mt19937_64 random(11);
  int attacked = 0;
  std::size_t released = 0;
  for (int trial = 0; trial < 150; ++trial) {
    std::vector<AtomCount> counts;
    for (int i = 0; i < 8; ++i)
      counts.push_back({1 + static_cast<int>(random() % 2), 0, random() % 4 == 0,
                        static_cast<int>(random() % 2), static_cast<int>(random() % 3)});
    const DisclosureTable table({3, 2, 3}, {false, true, true}, OneGroup(), 2, counts);
    released += AttackRandomTable(table, 2 + static_cast<int>(random() % 2), random, attacked);
  }
  EXPECT_GT(attacked, 50);
  EXPECT_GT(released, 100u);
}

TEST(DisclosureAudit, WithstandsABruteForceAttackerInAgesAndCategories) {
  std::mt19937_64 random(12);
  int attacked = 0;
  std::size_t released = 0;
  for (int trial = 0; trial < 150; ++trial) {
    std::vector<AtomCount> counts;
    for (int i = 0; i < 7; ++i)
      counts.push_back({1 + static_cast<int>(random() % 2), static_cast<int>(random() % 2), random() % 4 == 0,
                        0, static_cast<int>(random() % 3)});
    const DisclosureTable table({3, 2, 3}, {false, true, true}, TwoGroups(), 1, counts);
    released += AttackRandomTable(table, 2 + static_cast<int>(random() % 2), random, attacked);
  }
  EXPECT_GT(attacked, 50);
  EXPECT_GT(released, 100u);
}

TEST(DisclosureAudit, WithstandsABruteForceAttackerInRollingQuarters) {
  std::mt19937_64 random(13);
  int attacked = 0;
  std::size_t released = 0;
  for (int trial = 0; trial < 100; ++trial) {
    std::vector<AtomCount> counts;
    for (int quarter = 0; quarter < 6; ++quarter)
      counts.push_back({0, 0, random() % 4 == 0, quarter, static_cast<int>(random() % 3)});
    const DisclosureTable table({1}, {true}, OneGroup(), 6, counts);
    released += AttackRandomTable(table, 2, random, attacked);
  }
  EXPECT_GT(attacked, 30);
  EXPECT_GT(released, 60u);
}

TEST(DisclosureAudit, LeavesNoCountUnderKBetweenRandomPairsOfReleases) {
  // Subtracting two released counts is a count only when one set holds the other; otherwise it counts
  // nothing.
  std::mt19937_64 random(14);
  std::vector<AtomCount> counts;
  for (int i = 0; i < 400; ++i)
    counts.push_back({static_cast<int>(random() % 3), static_cast<int>(random() % 8), random() % 8 == 0,
                      static_cast<int>(random() % 2), 1});
  const DisclosureTable table = TwoDistricts(2, counts);
  DisclosureAudit audit(table, 5);
  std::vector<DisclosureAudit*> audits{&audit};
  TakeUpInOrder(audits, EveryCell(table, false));
  ASSERT_GT(audit.released().size(), 20u);
  int nested = 0;
  for (int pair = 0; pair < 1000; ++pair) {
    const Cell& a = audit.released()[static_cast<std::size_t>(random() % audit.released().size())];
    const Cell& b = audit.released()[static_cast<std::size_t>(random() % audit.released().size())];
    if (table.SameAtoms(a, b) || !table.Contains(a, b)) continue;
    ++nested;
    EXPECT_GE(table.Value(a) - table.Value(b), 5);
  }
  EXPECT_GT(nested, 20);
}

}  // namespace
}  // namespace lagesbild::geo
