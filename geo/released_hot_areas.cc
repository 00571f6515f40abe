#include "geo/released_hot_areas.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "geo/errors.h"
#include "geo/hotspot_test.h"
#include "geo/multiple_testing.h"

namespace lagesbild::geo {
namespace {

constexpr double kLevel = 0.05, kClearLevel = 0.01;  // of the adjusted p

int WholeCount(const Statistic& incidents) {
  const double value = std::get<double>(incidents);
  if (!(value >= 0) || value != std::floor(value) || value > std::numeric_limits<int>::max())
    throw InvalidInput("a released count is not a whole number of 0 or more");
  return static_cast<int>(value);
}

/// The released areas with inhabitants: who is compared with whom.
struct Compared {
  std::vector<std::size_t> areas;  ///< indices into the layer
  std::vector<int> counts;
  std::vector<double> exposure;
  std::size_t family = 0;  ///< areas of the layer with inhabitants, suppressed ones too
};

Compared WhoIsCompared(std::span<const ReleasedArea> areas, std::span<const double> exposure) {
  Compared compared;
  for (std::size_t i = 0; i < areas.size(); ++i) {
    if (!std::isfinite(exposure[i]) || exposure[i] < 0)
      throw InvalidInput("an area's number of inhabitants is negative or not finite; it must be 0 or more");
    if (exposure[i] > 0) ++compared.family;
    if (!std::holds_alternative<double>(areas[i].incidents)) continue;
    const int count = WholeCount(areas[i].incidents);
    if (exposure[i] <= 0) continue;
    compared.areas.push_back(i);
    compared.counts.push_back(count);
    compared.exposure.push_back(exposure[i]);
  }
  return compared;
}

/// Adjusted p of each compared area; the family holds the suppressed areas with p = 1.
std::vector<double> AdjustedPValues(const Compared& compared) {
  std::vector<double> p_values = HotAreaPValues(compared.counts, compared.exposure);
  const std::size_t tested = p_values.size();
  p_values.resize(std::max(tested, compared.family), 1.0);
  p_values = AdjustPValues(p_values, Adjustment::kBenjaminiHochberg);
  p_values.resize(tested);
  return p_values;
}

/// Marks as fragile every area over the level that is not over it without some other one.
std::vector<Stability> Stabilities(const Compared& compared, std::span<const double> adjusted) {
  std::vector<Stability> stabilities(adjusted.size(), Stability::kNotAssessed);
  if (adjusted.size() <= kMinComparedAreas) return stabilities;
  for (std::size_t i = 0; i < adjusted.size(); ++i)
    if (adjusted[i] < kLevel) stabilities[i] = Stability::kStable;
  if (std::find(stabilities.begin(), stabilities.end(), Stability::kStable) == stabilities.end())
    return stabilities;
  for (std::size_t out = 0; out < adjusted.size(); ++out) {
    Compared rest = compared;
    const auto index = static_cast<std::ptrdiff_t>(out);
    rest.counts.erase(rest.counts.begin() + index);
    rest.exposure.erase(rest.exposure.begin() + index);
    --rest.family;
    const std::vector<double> without = AdjustedPValues(rest);
    for (std::size_t j = 0; j < without.size(); ++j) {
      const std::size_t i = j < out ? j : j + 1;
      if (stabilities[i] == Stability::kStable && !(without[j] < kLevel))
        stabilities[i] = Stability::kFragile;
    }
  }
  return stabilities;
}

AgainstExpected WordOf(double adjusted) {
  if (adjusted < kClearLevel) return AgainstExpected::kClearlyMore;
  return adjusted < kLevel ? AgainstExpected::kMore : AgainstExpected::kNothingClear;
}

/// Inhabitants by leaf of the fine partition and age.
class InhabitantsOfLattice {
 public:
  InhabitantsOfLattice(const Lattice& lattice, std::span<const Inhabitants> inhabitants) : lattice_(lattice) {
    for (std::size_t i = 0; i < lattice.areas().size(); ++i)
      index_[lattice.areas()[i].code] = static_cast<int>(i);
    for (const Inhabitants& entry : inhabitants)
      if (const auto leaf = lattice.LeafOf(entry.position, LatticeGrain::kFine))
        people_[{*leaf, entry.age}] += entry.count;
  }

  double Of(const std::string& area, const PublishedGroup& group) const {
    const auto found = index_.find(area);
    if (found == index_.end()) return 0;
    const auto [first, last] = lattice_.Span(found->second);
    double people = 0;
    for (auto entry = people_.lower_bound({first, std::numeric_limits<int>::min()});
         entry != people_.end() && entry->first.first < last; ++entry) {
      const int age = entry->first.second;
      if (group.all || (age >= group.first_age && age <= group.last_age)) people += entry->second;
    }
    return people;
  }

 private:
  const Lattice& lattice_;
  std::map<std::string, int> index_;
  std::map<std::pair<int, int>, double> people_;
};

void FillHot(ReleasedLayer& layer, std::span<const double> exposure, ExposureBasis basis) {
  const std::vector<AreaFinding> findings = FindHotAreas(layer.areas, exposure);
  layer.comparison = {};
  for (std::size_t i = 0; i < findings.size(); ++i) {
    layer.areas[i].finding = findings[i];
    const bool released = std::holds_alternative<double>(layer.areas[i].incidents);
    if (released && exposure[i] > 0) ++layer.comparison.areas;
  }
  const bool any = std::any_of(exposure.begin(), exposure.end(), [](double people) { return people > 0; });
  layer.comparison.basis = any ? basis : ExposureBasis::kNone;
}

void FillByAllInhabitants(ReleasedPicture& picture) {
  for (ReleasedLayer& layer : picture.layers) {
    std::vector<double> exposure;
    for (const ReleasedArea& area : layer.areas) exposure.push_back(area.persons);
    FillHot(layer, exposure, ExposureBasis::kAllInhabitants);
  }
}

void FillChanges(ReleasedPicture& picture, std::span<const PublishedValue> earlier) {
  for (ReleasedLayer& layer : picture.layers) {
    std::vector<CountOfPeriod> counts;
    for (const ReleasedArea& area : layer.areas)
      counts.push_back({area.code, layer.group.slug, layer.categories, layer.period, area.incidents});
    const std::vector<ChangeFinding> changes = FindChanges(counts, earlier);
    for (std::size_t i = 0; i < changes.size(); ++i) layer.areas[i].change = changes[i];
  }
  std::map<std::tuple<std::string, CategoryClass, CalendarQuarter, int>, std::vector<ReleasedRow*>> columns;
  for (ReleasedRow& row : picture.rows)
    columns[{row.group.slug, row.categories, row.period.last, row.period.quarters}].push_back(&row);
  for (const auto& [key, rows] : columns) {
    std::vector<CountOfPeriod> counts;
    for (const ReleasedRow* row : rows)
      counts.push_back({row->area_code, row->group.slug, row->categories, row->period, row->incidents});
    const std::vector<ChangeFinding> changes = FindChanges(counts, earlier);
    for (std::size_t i = 0; i < changes.size(); ++i) rows[i]->change = changes[i];
  }
}

}  // namespace

std::vector<double> HotAreaPValues(std::span<const int> counts, std::span<const double> exposure) {
  if (counts.size() != exposure.size())
    throw InvalidInput("there are " + std::to_string(counts.size()) + " counts and " +
                       std::to_string(exposure.size()) + " numbers of inhabitants; each area needs both");
  int total = 0;
  double people = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] < 0) throw InvalidInput("a count is negative; it must be 0 or more");
    if (!std::isfinite(exposure[i]) || exposure[i] < 0)
      throw InvalidInput("an area's number of inhabitants is negative or not finite; it must be 0 or more");
    if (exposure[i] <= 0) continue;
    total += counts[i];
    people += exposure[i];
  }
  std::vector<double> p_values;
  for (std::size_t i = 0; i < counts.size(); ++i)
    p_values.push_back(exposure[i] > 0 ? BinomialUpperTail(counts[i], total, exposure[i] / people)
                                       : std::numeric_limits<double>::quiet_NaN());
  return p_values;
}

std::vector<AreaFinding> FindHotAreas(std::span<const ReleasedArea> areas, std::span<const double> exposure) {
  if (areas.size() != exposure.size())
    throw InvalidInput("there are " + std::to_string(areas.size()) + " areas and " +
                       std::to_string(exposure.size()) + " numbers of inhabitants; each area needs one");
  const Compared compared = WhoIsCompared(areas, exposure);
  std::vector<AreaFinding> findings(areas.size());
  for (std::size_t i = 0; i < areas.size(); ++i)
    if (std::holds_alternative<double>(areas[i].incidents) && exposure[i] <= 0)
      findings[i] = {AgainstExpected::kUndefined, Stability::kNotAssessed, "NO_INHABITANTS"};
  if (compared.areas.size() < kMinComparedAreas) {
    for (const std::size_t area : compared.areas)
      findings[area].against_expected = AgainstExpected::kTooFewAreas;
    return findings;
  }
  const std::vector<double> adjusted = AdjustedPValues(compared);
  const std::vector<Stability> stabilities = Stabilities(compared, adjusted);
  for (std::size_t j = 0; j < compared.areas.size(); ++j)
    findings[compared.areas[j]] = {WordOf(adjusted[j]), stabilities[j], ""};
  return findings;
}

void AddFindings(ReleasedPicture& picture, const Lattice& lattice, std::span<const Inhabitants> inhabitants,
                 std::span<const PublishedValue> earlier) {
  if (inhabitants.empty()) {
    AddFindings(picture, earlier);
    return;
  }
  const InhabitantsOfLattice people(lattice, inhabitants);
  for (ReleasedLayer& layer : picture.layers) {
    std::vector<double> exposure;
    for (const ReleasedArea& area : layer.areas) exposure.push_back(people.Of(area.code, layer.group));
    FillHot(layer, exposure,
            layer.group.all ? ExposureBasis::kAllInhabitants : ExposureBasis::kGroupInhabitants);
  }
  FillChanges(picture, earlier);
}

void AddFindings(ReleasedPicture& picture, std::span<const PublishedValue> earlier) {
  FillByAllInhabitants(picture);
  FillChanges(picture, earlier);
}

}  // namespace lagesbild::geo
