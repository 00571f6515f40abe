#include "geo/disclosure_cells.h"

#include <algorithm>
#include <bit>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

/// Headline groups that occur in published groups, in order: bit i of an age type stands for the i-th.
std::vector<int> YouthGroups(const std::vector<PublishedGroup>& groups) {
  std::vector<int> youth;
  for (const PublishedGroup& group : groups)
    youth.insert(youth.end(), group.headline.begin(), group.headline.end());
  std::sort(youth.begin(), youth.end());
  youth.erase(std::unique(youth.begin(), youth.end()), youth.end());
  return youth;
}

int QuartersBetween(CalendarQuarter first, CalendarQuarter quarter) {
  return (quarter.year - first.year) * 4 + quarter.number - first.number;
}

}  // namespace

int LocationOf(const Incident& incident, const Lattice& lattice, Meters max_accuracy) {
  const int unplaced = static_cast<int>(lattice.areas().size());
  if (incident.place == PlaceKind::kDigital) return unplaced + 1;
  if (incident.place != PlaceKind::kPlaced) return unplaced;
  const auto leaf = lattice.LeafOf(incident.position, LatticeGrain::kFine);
  if (!leaf) return unplaced;
  if (!TooCoarse(incident, max_accuracy)) return *leaf;
  // A street, a road place or the locality itself lies in the locality that its middle lies in.
  const bool along_a_street =
      incident.level == MatchLevel::kStreet || incident.level == MatchLevel::kRoadPlace ||
      incident.level == MatchLevel::kInterpolatedEnd || incident.level == MatchLevel::kLocality;
  const auto place = lattice.PlaceOf(incident.position);
  if (along_a_street && place && place->is_locality) return place->area;
  return lattice.SurelyIn(incident.position, incident.accuracy_radius).value_or(unplaced);
}

DisclosureTable::DisclosureTable(const Lattice& lattice, std::vector<PublishedGroup> groups,
                                 const DisclosureSeries& series, int quarters)
    : groups_(std::move(groups)), quarters_(quarters) {
  const std::vector<LatticeArea>& areas = lattice.areas();
  for (std::size_t i = 0; i < areas.size(); ++i) {
    ends_.push_back(lattice.Span(static_cast<int>(i)).second);
    // A square that is divided further is exactly its parts: who is placed in it is placed in a part.
    own_.push_back(areas[i].children.empty() || areas[i].level != AreaLevel::kLeaf);
  }
  own_.push_back(true);
  own_.push_back(true);
  Prepare();
  const std::vector<int> youth = YouthGroups(groups_);
  std::vector<AtomCount> counts;
  for (const Incident& incident : series.incidents) {
    const CategoryInfo& info = InfoOf(incident.category);
    const int quarter = QuartersBetween(series.first, geo::QuarterOf(incident.date));
    if (!info.incident || quarter < 0 || quarter >= quarters) continue;
    int type = 0;
    for (std::size_t i = 0; i < youth.size(); ++i)
      if (CountsInGroup(incident, series.scheme, series.scheme.groups[static_cast<std::size_t>(youth[i])],
                        series.role))
        type |= 1 << i;
    counts.push_back(
        {geo::LocationOf(incident, lattice, series.max_accuracy), type, info.sensitive, quarter, 1});
  }
  Fill(counts);
}

DisclosureTable::DisclosureTable(std::vector<int> ends, std::vector<bool> own,
                                 std::vector<PublishedGroup> groups, int quarters,
                                 std::span<const AtomCount> counts)
    : ends_(std::move(ends)), own_(std::move(own)), groups_(std::move(groups)), quarters_(quarters) {
  if (ends_.empty() || own_.size() < ends_.size() || quarters < 1)
    throw InvalidInput("a disclosure table needs an area, a quarter, and whether each area holds incidents");
  Prepare();
  Fill(counts);
}

void DisclosureTable::Prepare() {
  const std::vector<int> youth = YouthGroups(groups_);
  age_types_ = 1 << youth.size();
  parents_.assign(ends_.size(), -1);
  for (std::size_t i = 0; i < ends_.size(); ++i)
    for (int child = static_cast<int>(i) + 1; child < ends_[i]; ++child)
      parents_[static_cast<std::size_t>(child)] = static_cast<int>(i);
  for (const PublishedGroup& group : groups_) {
    std::uint32_t types = 0;
    for (int type = 0; type < age_types_; ++type) {
      bool counts = group.all;
      for (const int headline : group.headline) {
        const auto bit = std::find(youth.begin(), youth.end(), headline) - youth.begin();
        counts = counts || (type >> bit & 1) != 0;
      }
      if (counts) types |= 1U << type;
    }
    group_types_.push_back(types);
  }
  own_before_.assign(own_.size() + 1, 0);
  for (std::size_t i = 0; i < own_.size(); ++i) own_before_[i + 1] = own_before_[i] + (own_[i] ? 1 : 0);
}

void DisclosureTable::Fill(std::span<const AtomCount> counts) {
  counts_.assign(own_.size() * static_cast<std::size_t>(age_types_) * 2 * static_cast<std::size_t>(quarters_),
                 0);
  for (const AtomCount& entry : counts) {
    if (entry.location < 0 || entry.location >= locations() || entry.age_type < 0 ||
        entry.age_type >= age_types_ || entry.quarter < 0 || entry.quarter >= quarters_ || entry.count < 0 ||
        !own_[static_cast<std::size_t>(entry.location)])
      throw InvalidInput("a count lies outside the disclosure table");
    counts_[Atom(entry.location, entry.age_type, entry.sensitive, entry.quarter)] += entry.count;
  }
  Accumulate();
}

std::size_t DisclosureTable::SumIndex(int group, int category, int quarter, int location) const {
  const std::size_t row = own_.size() + 1;
  return ((static_cast<std::size_t>(group) * 2 + static_cast<std::size_t>(category)) *
              static_cast<std::size_t>(quarters_ + 1) +
          static_cast<std::size_t>(quarter)) *
             row +
         static_cast<std::size_t>(location);
}

void DisclosureTable::Accumulate() {
  sums_.assign(groups_.size() * 2 * static_cast<std::size_t>(quarters_ + 1) * (own_.size() + 1), 0);
  for (int group = 0; group < static_cast<int>(groups_.size()); ++group)
    for (int category = 0; category < 2; ++category)
      for (int quarter = 0; quarter < quarters_; ++quarter) {
        int row = 0;
        for (int location = 0; location < locations(); ++location) {
          const std::size_t start = Atom(location, 0, category == 1, quarter);
          for (int type = 0; type < age_types_; ++type)
            if (AgeTypes(group) >> type & 1U) row += counts_[start + static_cast<std::size_t>(type)];
          sums_[SumIndex(group, category, quarter + 1, location + 1)] =
              sums_[SumIndex(group, category, quarter, location + 1)] + row;
        }
      }
}

int DisclosureTable::Value(const Cell& cell) const {
  const auto [first, last] = Locations(cell.area);
  int sum = 0;
  for (int category = 0; category < 2; ++category) {
    if ((static_cast<int>(cell.categories) >> category & 1) == 0) continue;
    const auto at = [&](int quarter, int location) {
      return sums_[SumIndex(cell.group, category, quarter, location)];
    };
    const int from = cell.last - cell.quarters + 1, to = cell.last + 1;
    sum += at(to, last) - at(to, first) - at(from, last) + at(from, first);
  }
  return sum;
}

std::size_t DisclosureTable::Size(const Cell& cell) const {
  const auto [first, last] = Locations(cell.area);
  const int own = own_before_[static_cast<std::size_t>(last)] - own_before_[static_cast<std::size_t>(first)];
  const int categories = cell.categories == CellCategories::kAll ? 2 : 1;
  return static_cast<std::size_t>(own) * static_cast<std::size_t>(std::popcount(AgeTypes(cell.group))) *
         static_cast<std::size_t>(categories) * static_cast<std::size_t>(cell.quarters);
}

bool DisclosureTable::Contains(const Cell& outer, const Cell& inner) const {
  const auto [first, last] = Locations(outer.area);
  const auto [inner_first, inner_last] = Locations(inner.area);
  const int outer_set = static_cast<int>(outer.categories), inner_set = static_cast<int>(inner.categories);
  return first <= inner_first && inner_last <= last &&
         (AgeTypes(inner.group) & ~AgeTypes(outer.group)) == 0 && (inner_set & ~outer_set) == 0 &&
         inner.last <= outer.last && inner.last - inner.quarters >= outer.last - outer.quarters;
}

}  // namespace lagesbild::geo
