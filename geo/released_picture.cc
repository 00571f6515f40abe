#include "geo/released_picture.h"

#include <algorithm>

#include "geo/disclosure_release.h"
#include "geo/disclosure_utility.h"
#include "geo/errors.h"
#include "geo/released_hot_areas.h"

namespace lagesbild::geo {
namespace {

constexpr int kMaxQuarters = 40;

int QuartersBetween(CalendarQuarter first, CalendarQuarter quarter) {
  return (quarter.year - first.year) * 4 + quarter.number - first.number;
}

CalendarQuarter QuarterAt(CalendarQuarter first, int index) {
  const int number = first.year * 4 + first.number - 1 + index;
  return {number / 4, number % 4 + 1};
}

Period PeriodOf(const Cell& cell, CalendarQuarter first) {
  return {QuarterAt(first, cell.last - cell.quarters + 1), QuarterAt(first, cell.last), cell.quarters};
}

CategoryClass ClassOf(const Cell& cell) {
  return cell.categories == CellCategories::kAll ? CategoryClass::kAll : CategoryClass::kNonSensitive;
}

int CheckSeries(const DisclosureSeries& series, const Lattice& lattice, const DisclosureRules& rules,
                CalendarQuarter quarter) {
  CheckAgeScheme(series.scheme);
  CheckRules(rules);
  const int index = QuartersBetween(series.first, quarter);
  if (index < 0)
    throw InvalidInput("quarter " + quarter.code() + " is before the series, which begins with " +
                       series.first.code());
  if (index >= kMaxQuarters)
    throw InvalidInput("the series from " + series.first.code() + " to " + quarter.code() + " has over " +
                       std::to_string(kMaxQuarters) + " quarters; begin a new series");
  const auto check = [&](LatticeGrain grain, const DisclosureRule& rule) {
    const LatticeThresholds thresholds = lattice.thresholds(grain);
    if (thresholds.min_dwellings < rule.lattice.min_dwellings ||
        thresholds.min_persons < rule.lattice.min_persons)
      throw InvalidInput("the lattice has smaller areas than the rule for " +
                         std::string(AudienceCode(rule.audience)) +
                         " allows; make it with the rule's thresholds");
  };
  check(LatticeGrain::kFine, rules.partner);
  check(LatticeGrain::kCoarse, rules.open);
  return index;
}

/// The cell that a ledger's entry means; empty when the lattice, the groups or the series have no such.
std::optional<Cell> CellOf(const PublishedValue& entry, const Lattice& lattice, const DisclosureTable& table,
                           CalendarQuarter first) {
  Cell cell;
  const auto area = std::find_if(lattice.areas().begin(), lattice.areas().end(),
                                 [&](const LatticeArea& candidate) { return candidate.code == entry.area; });
  const auto group =
      std::find_if(table.groups().begin(), table.groups().end(),
                   [&](const PublishedGroup& candidate) { return candidate.slug == entry.group; });
  cell.last = QuartersBetween(first, entry.last);
  cell.quarters = entry.quarters;
  const bool period = (entry.quarters == 1 || entry.quarters == 2 || entry.quarters == 4) &&
                      cell.last - cell.quarters + 1 >= 0 && cell.last < table.quarters();
  if (area == lattice.areas().end() || group == table.groups().end() || !period) return std::nullopt;
  cell.area = static_cast<int>(area - lattice.areas().begin());
  cell.group = static_cast<int>(group - table.groups().begin());
  cell.categories =
      entry.categories == CategoryClass::kAll ? CellCategories::kAll : CellCategories::kNonSensitive;
  return cell;
}

LatticeSummary Summarize(const Lattice& lattice, Audience audience) {
  const LatticeGrain grain = audience == Audience::kPublic ? LatticeGrain::kCoarse : LatticeGrain::kFine;
  LatticeSummary summary;
  for (const LatticeArea& area : lattice.areas()) {
    summary.districts += area.level == AreaLevel::kDistrict ? 1 : 0;
    summary.localities += area.level == AreaLevel::kLocality ? 1 : 0;
  }
  summary.leaves = static_cast<int>(lattice.Leaves(grain).size());
  summary.thresholds = lattice.thresholds(grain);
  summary.rests_on_addresses_alone = lattice.rests_on_addresses_alone();
  return summary;
}

/// Turns cells into what is read. Only the counts of released cells are looked at.
class PictureMaker {
 public:
  PictureMaker(const Lattice& lattice, const DisclosureTable& table, CalendarQuarter first,
               const QuarterRelease& release)
      : lattice_(lattice), table_(table), first_(first), release_(release) {}

  void Fill(Audience audience, ReleasedPicture& picture) const {
    for (const QuarterRelease::Layer& layer : release_.layers) picture.layers.push_back(LayerOf(layer));
    for (const Cell& row : release_.rows) picture.rows.push_back(RowOf(row));
    AppendValues(audience, picture.values);
    picture.steps = release_.steps;
    picture.map_shown = !picture.layers.empty();
    picture.table_shown = std::any_of(release_.rows.begin(), release_.rows.end(),
                                      [&](const Cell& row) { return release_.released.contains(row); });
  }

  void AppendValues(Audience audience, std::vector<PublishedValue>& values) const {
    for (const Cell& cell : release_.released) values.push_back(ValueOf(audience, cell));
  }

 private:
  Statistic StatisticOf(const Cell& cell) const {
    if (!release_.released.contains(cell)) return Suppressed{};
    return static_cast<double>(table_.Value(cell));
  }
  const LatticeArea& AreaOf(const Cell& cell) const {
    return lattice_.areas()[static_cast<std::size_t>(cell.area)];
  }
  const PublishedGroup& GroupOf(int group) const { return table_.groups()[static_cast<std::size_t>(group)]; }

  ReleasedLayer LayerOf(const QuarterRelease::Layer& layer) const {
    ReleasedLayer answer;
    answer.group = GroupOf(layer.group);
    answer.level = layer.level;
    answer.categories = ClassOf(layer.cells.front());
    answer.period = PeriodOf(layer.cells.front(), first_);
    for (const Cell& cell : layer.cells) {
      const LatticeArea& area = AreaOf(cell);
      answer.areas.push_back({area.code, area.name_sv, area.level, area.geometry,
                              lattice_.InhabitedPart(cell.area), area.dwellings, area.persons,
                              StatisticOf(cell)});
    }
    return answer;
  }
  ReleasedRow RowOf(const Cell& cell) const {
    const LatticeArea& area = AreaOf(cell);
    return {area.code,     area.name_sv,           area.level,       GroupOf(cell.group),
            ClassOf(cell), PeriodOf(cell, first_), StatisticOf(cell)};
  }
  PublishedValue ValueOf(Audience audience, const Cell& cell) const {
    return {audience,
            AreaOf(cell).code,
            GroupOf(cell.group).slug,
            ClassOf(cell),
            QuarterAt(first_, cell.last),
            cell.quarters,
            table_.Value(cell)};
  }

  const Lattice& lattice_;
  const DisclosureTable& table_;
  CalendarQuarter first_;
  const QuarterRelease& release_;
};

DisclosureResult ResultOf(const DisclosureSeries& series, const Lattice& lattice,
                          const DisclosureTable& table, const DisclosureRule& rule, CalendarQuarter quarter,
                          const QuarterRelease& release, std::span<const PublishedValue> earlier) {
  DisclosureResult result;
  result.picture.rule = rule;
  result.picture.quarter = quarter;
  result.picture.lattice = Summarize(lattice, rule.audience);
  PictureMaker(lattice, table, series.first, release).Fill(rule.audience, result.picture);
  AddFindings(result.picture, lattice, series.inhabitants, earlier);
  result.utility = UtilityOf(lattice, table, rule.audience, release);
  return result;
}

}  // namespace

DisclosureResult MakeReleasedPicture(const DisclosureSeries& series, const Lattice& lattice,
                                     const DisclosureRules& rules, Audience audience, CalendarQuarter quarter,
                                     std::stop_token stop) {
  const int wanted = CheckSeries(series, lattice, rules, quarter);
  const DisclosureTable table(lattice, PublishedGroups(series.scheme, rules.open), series, wanted + 1);
  ReleaseSeries releases(lattice, table, rules);
  std::vector<PublishedValue> read_before;
  for (int t = 0; t < wanted; ++t)
    for (const Audience earlier : {Audience::kPublic, Audience::kPartner}) {
      const QuarterRelease before = releases.Release(earlier, t, stop);
      if (earlier == audience)
        PictureMaker(lattice, table, series.first, before).AppendValues(audience, read_before);
    }
  QuarterRelease release = releases.Release(Audience::kPublic, wanted, stop);
  if (audience == Audience::kPartner) release = releases.Release(Audience::kPartner, wanted, stop);
  return ResultOf(series, lattice, table, rules.of(audience), quarter, release, read_before);
}

DisclosureResult MakeReleasedPicture(const DisclosureSeries& series, const Lattice& lattice,
                                     const DisclosureRules& rules, Audience audience, CalendarQuarter quarter,
                                     std::span<const PublishedValue> ledger, std::stop_token stop) {
  const int wanted = CheckSeries(series, lattice, rules, quarter);
  int last = wanted;
  for (const PublishedValue& entry : ledger) {
    const int index = QuartersBetween(series.first, entry.last);
    if (index < kMaxQuarters) last = std::max(last, index);
  }
  const DisclosureTable table(lattice, PublishedGroups(series.scheme, rules.open), series, last + 1);
  ReleaseSeries releases(lattice, table, rules);
  std::vector<PublishedValue> contradicted, read_before;
  for (const PublishedValue& entry : ledger) {
    const auto cell = CellOf(entry, lattice, table, series.first);
    if (cell && table.Value(*cell) == entry.value) {
      releases.Publish(entry.audience, *cell);
      if (entry.audience == audience && entry.last < quarter) read_before.push_back(entry);
      continue;
    }
    contradicted.push_back(entry);
    if (cell) releases.Block(*cell);
  }
  const QuarterRelease release = releases.Release(audience, wanted, stop);
  DisclosureResult result =
      ResultOf(series, lattice, table, rules.of(audience), quarter, release, read_before);
  result.contradicted = std::move(contradicted);
  return result;
}

}  // namespace lagesbild::geo
