#include "geo/disclosure_release.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

using AtomCount = DisclosureTable::AtomCount;
using testing::Contains;
using testing::Not;

/// Groups of the default scheme by index; age types are bits: 1 = 0-12, 2 = 13-17, 4 = 18-24.
enum : int { k0To12, k13To17, k18To24, k13To24, k0To17, k0To24, kAllAges };
enum : int { kNobody = 0, kChild = 1, kYouth = 2, kYoungAdult = 4 };
constexpr CellCategories kOpen = CellCategories::kNonSensitive, kAll = CellCategories::kAll;

MultiPolygon Box(double easting, double width) {
  const Meters x0{easting}, x1{easting + width}, y0{6640000}, y1{6648000};
  return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, {}}};
}

/// Districts in a row that are their own only squares, 8 km each: areas 0 (the municipality), 1, 2, ...
Lattice RowOfDistricts(int count) {
  const StudyArea boundary(Box(600000, 8000 * count));
  LatticeInput input;
  input.boundary = &boundary;
  for (int i = 0; i < count; ++i) {
    input.districts.push_back(
        {"D" + std::to_string(i), "Distrikt " + std::to_string(i), Box(600000 + 8000 * i, 8000)});
    for (int k = 0; k < 12; ++k)
      input.dwellings.push_back({Meters{600000.0 + 8000 * i + 10 + k}, Meters{6640100}});
  }
  input.coarse = {12, 25};
  input.fine = {12, 12};
  return MakeLattice(input);
}

/// What would be made of incidents, from counts: locations are the lattice's areas, then unplaced, digital.
class Series {
 public:
  Series(int districts, int quarters, const std::vector<AtomCount>& counts, DisclosureRules rules = {})
      : lattice_(RowOfDistricts(districts)),
        rules_(rules),
        table_(Ends(lattice_), std::vector<bool>(lattice_.areas().size() + 2, true),
               PublishedGroups(DefaultAgeScheme(), rules.open), quarters, counts),
        releases_(lattice_, table_, rules_) {}

  QuarterRelease Release(Audience audience, int quarter) { return releases_.Release(audience, quarter, {}); }
  /// Quarter by quarter, the public first: all that each audience may read in the end.
  void ReleaseAll() {
    for (int quarter = 0; quarter < table_.quarters(); ++quarter)
      for (const Audience audience : {Audience::kPublic, Audience::kPartner})
        for (const Cell& cell : Release(audience, quarter).released) {
          read_[Audience::kPartner].insert(cell);
          if (audience == Audience::kPublic) read_[audience].insert(cell);
        }
  }
  const std::set<Cell>& read(Audience audience) { return read_[audience]; }
  const DisclosureTable& table() const { return table_; }
  const DisclosureRules& rules() const { return rules_; }
  int areas() const { return static_cast<int>(lattice_.areas().size()); }

 private:
  static std::vector<int> Ends(const Lattice& lattice) {
    std::vector<int> ends;
    for (std::size_t i = 0; i < lattice.areas().size(); ++i)
      ends.push_back(lattice.Span(static_cast<int>(i)).second);
    return ends;
  }
  Lattice lattice_;
  DisclosureRules rules_;
  DisclosureTable table_;
  ReleaseSeries releases_;
  std::map<Audience, std::set<Cell>> read_;
};

TEST(DisclosureRelease, WithholdsALargeDistrictWhenASmallOneWouldFollow) {
  Series series(2, 1, {{1, kYoungAdult, false, 0, 20}, {2, kYoungAdult, false, 0, 3}});
  const std::set<Cell> released = series.Release(Audience::kPartner, 0).released;
  EXPECT_THAT(released, Contains(Cell{0, k0To24, kAll, 0, 1})) << "23 in the municipality";
  for (const Cell& cell : released) EXPECT_EQ(cell.area, 0) << "23 - 20 would tell the 3";
}

TEST(DisclosureRelease, WithholdsADistrictThatHasAllSinceTheOtherWouldBeKnownEmpty) {
  Series series(2, 1, {{1, kYoungAdult, false, 0, 20}});
  for (const Cell& cell : series.Release(Audience::kPartner, 0).released) EXPECT_EQ(cell.area, 0);
}

TEST(DisclosureRelease, ShowsTheLargeDistrictWhenEnoughIsLeftThatMayBeElsewhere) {
  const int digital = 4;
  Series series(
      2, 1,
      {{1, kYoungAdult, false, 0, 20}, {2, kYoungAdult, false, 0, 3}, {digital, kYoungAdult, false, 0, 8}});
  const std::set<Cell> released = series.Release(Audience::kPartner, 0).released;
  bool large = false;
  for (const Cell& cell : released) {
    large = large || cell.area == 1;
    EXPECT_NE(cell.area, 2);
  }
  EXPECT_TRUE(large) << "31 - 20 leaves eleven that may be digital";
}

TEST(DisclosureRelease, WithholdsLongerPeriodsThatTellASmallQuarter) {
  std::vector<AtomCount> counts;
  for (const int quarter : {0, 1, 2}) counts.push_back({1, kYoungAdult, false, quarter, 12});
  counts.push_back({1, kYoungAdult, false, 3, 3});
  Series series(1, 4, counts);
  for (const int quarter : {0, 1, 2})
    EXPECT_THAT(series.Release(Audience::kPublic, quarter).released,
                Contains(Cell{0, k13To24, kOpen, quarter, 1}));
  for (const Cell& cell : series.Release(Audience::kPublic, 3).released)
    EXPECT_FALSE(cell.group == k13To24 && cell.categories == kOpen)
        << cell.quarters << " quarters less the ones before tell the 3";
}

TEST(DisclosureRelease, KeepsTheQuartersAtTheEndsOfTwoRollingYearsInDoubt) {
  // 12, 11, 13, 4 and then 2: a year ends with 40, the next with 30; ten fewer.
  std::vector<AtomCount> counts;
  const std::vector<int> by_quarter = {12, 11, 13, 4, 2};
  for (int quarter = 0; quarter < 5; ++quarter)
    counts.push_back({1, kYoungAdult, false, quarter, by_quarter[static_cast<std::size_t>(quarter)]});
  Series series(1, 5, counts);
  series.ReleaseAll();
  for (const Cell& cell : series.read(Audience::kPublic))
    if (cell.group == k13To24 && cell.categories == kOpen && cell.last >= 3) {
      EXPECT_GT(cell.quarters, 1) << "4 and 2 are under ten";
    }
  // Whatever was chosen: no two values of the same set of places, ages and categories give a quarter under k.
  for (const Cell& outer : series.read(Audience::kPublic))
    for (const Cell& inner : series.read(Audience::kPublic)) {
      if (series.table().SameAtoms(outer, inner) || !series.table().Contains(outer, inner)) continue;
      EXPECT_GE(series.table().Value(outer) - series.table().Value(inner), 10);
    }
}

TEST(DisclosureRelease, NeverTellsChildrenBySubtractingYouths) {
  Series series(1, 1, {{1, kChild, false, 0, 3}, {1, kYouth, false, 0, 9}, {1, kYoungAdult, false, 0, 15}});
  const std::set<Cell> released = series.Release(Audience::kPartner, 0).released;
  for (const int area : {0, 1})
    for (const CellCategories categories : {kOpen, kAll}) {
      const auto shown = [&](int group) { return released.contains({area, group, categories, 0, 1}); };
      EXPECT_FALSE(shown(k0To17) && shown(k13To17));
      EXPECT_FALSE(shown(k0To24) && shown(k13To24));
      EXPECT_FALSE(shown(k0To12));
    }
  EXPECT_FALSE(released.empty());
}

TEST(DisclosureRelease, NeverTellsSensitiveIncidentsBySubtractingTheOthers) {
  Series series(1, 1, {{1, kYoungAdult, false, 0, 9}, {1, kYoungAdult, true, 0, 2}});
  const std::set<Cell> released = series.Release(Audience::kPartner, 0).released;
  for (const int area : {0, 1})
    for (const int group : {k18To24, k13To24, k0To24, kAllAges})
      EXPECT_FALSE(released.contains({area, group, kAll, 0, 1}) &&
                   released.contains({area, group, kOpen, 0, 1}));
  EXPECT_FALSE(released.empty());
}

TEST(DisclosureRelease, CountsWhatThePublicReadsAsKnownToThePartner) {
  Series series(1, 1, {{1, kYoungAdult, false, 0, 12}, {1, kYoungAdult, true, 0, 2}});
  EXPECT_THAT(series.Release(Audience::kPublic, 0).released, Contains(Cell{0, k13To24, kOpen, 0, 1}));
  const std::set<Cell> partner = series.Release(Audience::kPartner, 0).released;
  EXPECT_THAT(partner, Contains(Cell{0, k13To24, kOpen, 0, 1}));
  EXPECT_THAT(partner, Not(Contains(Cell{0, k13To24, kAll, 0, 1})))
      << "14 would do for k = 5, but the public's 12 leaves 2";
}

TEST(DisclosureRelease, ReadsTheSameWhenOnlyWithheldCountsDiffer) {
  const auto text = [](int second, int third) {
    Series series(3, 1,
                  {{1, kYoungAdult, false, 0, 24},
                   {2, kYoungAdult, false, 0, second},
                   {3, kYoungAdult, false, 0, third}});
    std::string answer;
    for (const Audience audience : {Audience::kPublic, Audience::kPartner})
      for (const Cell& cell : series.Release(audience, 0).released)
        answer += std::to_string(cell.area) + ";" + std::to_string(cell.group) + ";" +
                  std::to_string(static_cast<int>(cell.categories)) + "=" +
                  std::to_string(series.table().Value(cell)) + "\n";
    return answer;
  };
  EXPECT_FALSE(text(1, 2).empty());
  EXPECT_EQ(text(1, 2), text(2, 1));
  EXPECT_EQ(text(1, 2), text(0, 3));
}

TEST(DisclosureRelease, TellsItsCoarseningInTheOrderOfTheSteps) {
  Series series(2, 4,
                {{1, kYouth, false, 0, 2},
                 {1, kYoungAdult, false, 1, 3},
                 {2, kYouth, false, 2, 3},
                 {2, kYoungAdult, false, 3, 4}});
  const std::vector<PublishedGroup> groups = series.table().groups();
  std::size_t taken = 0;
  for (int quarter = 0; quarter < 4; ++quarter)
    for (const Audience audience : {Audience::kPublic, Audience::kPartner}) {
      const QuarterRelease release = series.Release(audience, quarter);
      std::vector<std::string> map, table;
      for (const CoarseningStep& step : release.steps)
        (step.view == CoarseningStep::View::kMap ? map : table).push_back(step.from_sv + ">" + step.to_sv);
      const auto chain = [&](const std::vector<ViewStep>& steps) {
        std::vector<std::string> labels;
        for (std::size_t i = 1; i < steps.size(); ++i)
          labels.push_back(steps[i - 1].label_sv + ">" + steps[i].label_sv);
        return labels;
      };
      const auto begins = [](const std::vector<std::string>& whole, const std::vector<std::string>& part) {
        return part.size() <= whole.size() && std::equal(part.begin(), part.end(), whole.begin());
      };
      EXPECT_TRUE(begins(chain(MapSteps(groups, quarter + 1)), map)) << "none skipped, none swapped";
      EXPECT_TRUE(begins(chain(TableSteps(groups, series.rules().of(audience), quarter + 1)), table));
      taken += map.size() + table.size();
    }
  EXPECT_GT(taken, 5U) << "so few incidents need coarsening";
}

TEST(DisclosureRelease, StopsWhenAskedBeforeAnyProof) {
  Series series(1, 1, {{1, kYoungAdult, false, 0, 12}});
  std::stop_source source;
  source.request_stop();
  const Lattice lattice = RowOfDistricts(1);
  ReleaseSeries releases(lattice, series.table(), series.rules());
  EXPECT_THROW(releases.Release(Audience::kPublic, 0, source.get_token()), Cancelled);
}

/// An attacker who tries every table of whole numbers that agrees with the released counts. Atoms that are in
/// the same releases are one unknown; how it is shared among them is free.
class BruteForce {
 public:
  BruteForce(const DisclosureTable& table, const std::set<Cell>& released) : table_(table) {
    std::map<std::size_t, std::vector<std::size_t>> releases_of;
    for (const Cell& cell : released) {
      table.ForEachAtom(cell, [&](std::size_t atom) { releases_of[atom].push_back(left_.size()); });
      left_.push_back(table.Value(cell));
    }
    std::map<std::vector<std::size_t>, std::size_t> number;
    for (const auto& [atom, releases] : releases_of) {
      const auto [entry, is_new] = number.try_emplace(releases, releases_.size());
      if (is_new) {
        releases_.push_back(releases);
        sizes_.push_back(0);
      }
      unknown_of_[atom] = entry->second;
      ++sizes_[entry->second];
    }
    values_.assign(releases_.size(), 0);
  }

  /// Watches a cell. False when it holds an atom of no release: then it may be anything.
  bool Watch(const Cell& cell) {
    std::map<std::size_t, int> inside;
    bool bounded = true;
    table_.ForEachAtom(cell, [&](std::size_t atom) {
      const auto entry = unknown_of_.find(atom);
      if (entry == unknown_of_.end())
        bounded = false;
      else
        ++inside[entry->second];
    });
    if (!bounded) return false;
    Target& target = targets_.emplace_back();
    target.cell = cell;
    for (const auto& [unknown, atoms] : inside) {
      target.touched.push_back(unknown);
      if (atoms == sizes_[unknown]) target.whole.push_back(unknown);
    }
    return true;
  }
  /// False when there were more than `limit` steps.
  bool Attack(long limit) {
    limit_ = limit;
    Next(0);
    return limit_ > 0;
  }
  struct Target {
    Cell cell;
    std::vector<std::size_t> whole, touched;
    std::set<int> possible;
  };
  const std::vector<Target>& targets() const { return targets_; }

 private:
  int Sum(const std::vector<std::size_t>& unknowns) const {
    int sum = 0;
    for (const std::size_t unknown : unknowns) sum += values_[unknown];
    return sum;
  }
  void Next(std::size_t at) {
    if (--limit_ <= 0) return;
    if (at == values_.size()) {
      if (std::any_of(left_.begin(), left_.end(), [](int left) { return left != 0; })) return;
      for (Target& target : targets_)
        for (int sum = Sum(target.whole); sum <= Sum(target.touched); ++sum) target.possible.insert(sum);
      return;
    }
    int most = 1 << 20;
    for (const std::size_t release : releases_[at]) most = std::min(most, left_[release]);
    for (int value = 0; value <= most; ++value) {
      values_[at] = value;
      for (const std::size_t release : releases_[at]) left_[release] -= value;
      Next(at + 1);
      for (const std::size_t release : releases_[at]) left_[release] += value;
    }
  }

  const DisclosureTable& table_;
  std::vector<int> left_;
  std::vector<std::vector<std::size_t>> releases_;
  std::vector<int> sizes_, values_;
  std::map<std::size_t, std::size_t> unknown_of_;
  std::vector<Target> targets_;
  long limit_ = 0;
};

/// Attacks what an audience reads of a series. Returns how many withheld counts were attacked; 0 when there
/// were too many tables to try.
int AttackOf(Series& series, Audience audience) {
  const DisclosureTable& table = series.table();
  const int k = series.rules().of(audience).k;
  BruteForce attacker(table, series.read(audience));
  for (int area = 0; area < table.areas(); ++area)
    for (int group = 0; group < static_cast<int>(table.groups().size()); ++group)
      for (const int set : {1, 2, 3})
        for (const int quarters : {1, 2, 4})
          for (int last = quarters - 1; last < table.quarters(); ++last) {
            const Cell cell{area, group, static_cast<CellCategories>(set), last, quarters};
            if (table.Value(cell) < k) attacker.Watch(cell);
          }
  if (!attacker.Attack(400'000)) return 0;
  for (const BruteForce::Target& target : attacker.targets()) {
    EXPECT_TRUE(target.possible.contains(table.Value(target.cell))) << "the attacker missed the truth";
    EXPECT_GT(target.possible.size(), 1U) << "a withheld count is known to " << AudienceCode(audience);
    EXPECT_TRUE(target.possible.contains(0) || *target.possible.rbegin() - *target.possible.begin() >= k)
        << "a withheld count is known to lie between " << *target.possible.begin() << " and "
        << *target.possible.rbegin();
  }
  return static_cast<int>(attacker.targets().size());
}

/// Small thresholds, so that small series have both released and withheld counts.
DisclosureRules SmallRules(int partner, int open) {
  DisclosureRules rules;
  rules.partner.k = partner;
  rules.open.k = open;
  return rules;
}

struct Kind {
  const char* name;
  int districts, quarters, incidents, types;
};

class ReleasedSeries : public testing::TestWithParam<Kind> {};

TEST_P(ReleasedSeries, WithstandsAnAttackerOfEachAudienceWhoTriesEverything) {
  const Kind kind = GetParam();
  std::mt19937_64 random(31);
  int attacks = 0, withheld = 0;
  std::size_t released = 0;
  for (int trial = 0; trial < 60; ++trial) {
    std::vector<AtomCount> counts;
    const std::vector<int> types = {kYoungAdult, kNobody, kYouth, kChild};
    for (int i = 0; i < kind.incidents; ++i)
      counts.push_back({static_cast<int>(random() % static_cast<unsigned>(kind.districts + 1)),
                        types[static_cast<std::size_t>(random() % static_cast<unsigned>(kind.types))],
                        random() % 6 == 0, static_cast<int>(random() % static_cast<unsigned>(kind.quarters)),
                        1});
    Series series(kind.districts, kind.quarters, counts, SmallRules(2, 2 + static_cast<int>(random() % 2)));
    series.ReleaseAll();
    for (const Audience audience : {Audience::kPublic, Audience::kPartner}) {
      if (series.read(audience).empty()) continue;
      const int targets = AttackOf(series, audience);
      attacks += targets > 0 ? 1 : 0;
      withheld += targets;
      released += targets > 0 ? series.read(audience).size() : 0;
    }
  }
  std::cout << kind.name << ": " << attacks << " attacks on " << released << " released counts, " << withheld
            << " withheld ones\n";
  EXPECT_GT(attacks, 20);
  EXPECT_GT(released, 40U);
  EXPECT_GT(withheld, 100);
}

INSTANTIATE_TEST_SUITE_P(Of, ReleasedSeries,
                         testing::Values(Kind{"ages", 1, 1, 9, 4}, Kind{"districts", 3, 1, 14, 2},
                                         Kind{"quarters", 1, 5, 16, 2}, Kind{"everything", 2, 2, 14, 3}),
                         [](const auto& kind) { return std::string(kind.param.name); });

}  // namespace
}  // namespace lagesbild::geo
