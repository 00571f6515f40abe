#include <algorithm>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <set>
#include <tuple>

#include "geo/disclosure_audit.h"
#include "geo/errors.h"
#include "geo/integer_program.h"

namespace lagesbild::geo {
namespace {

/// How many classes a first search may change. Most witnesses change four to eight.
constexpr std::size_t kNearClasses = 60;
/// What a unit of the wanted sum weighs against a unit of change elsewhere: the sum comes first.
constexpr double kWishWeight = 1000;

/// Witnesses kept per cell or class: trials go to and fro between a few states.
constexpr std::size_t kRemembered = 8;

template <class Proof>
void Remember(Proof proof, std::vector<Proof>& known) {
  if (known.size() == kRemembered) known.erase(known.begin());
  known.push_back(std::move(proof));
}

bool HasOneYouthGroupAtMost(int age_type) { return (age_type & (age_type - 1)) == 0; }

}  // namespace

std::vector<DisclosureAudit::Extent> DisclosureAudit::ExtentsOfSmallClasses() const {
  std::vector<Extent> extents(classes_.size());
  for (std::size_t atom = 0; atom < class_of_atom_.size(); ++atom) {
    const auto of = static_cast<std::size_t>(class_of_atom_[atom]);
    if (of == 0 || classes_[of].count >= k_) continue;
    Extent& extent = extents[of];
    const int location = static_cast<int>(table_->LocationOf(atom)), quarter = table_->QuarterOf(atom);
    const int type = table_->AgeTypeOf(atom);
    if (extent.types == 0) {
      extent.first_location = extent.last_location = location;
      extent.first_quarter = extent.last_quarter = quarter;
    }
    extent.first_location = std::min(extent.first_location, location);
    extent.last_location = std::max(extent.last_location, location);
    extent.last_quarter = quarter;  // atoms come by quarter
    extent.types |= 1U << type;
    extent.categories |= 1 << table_->CategoryOf(atom);
    extent.single = extent.single || HasOneYouthGroupAtMost(type);
  }
  return extents;
}

std::vector<Cell> DisclosureAudit::ProtectedAround(const Extent& extent) const {
  std::vector<Cell> cells;
  int area = extent.first_location < table_->areas() ? extent.first_location : 0;
  while (table_->Locations(area).second <= extent.last_location) area = table_->parent(area);
  for (; area >= 0; area = table_->parent(area))
    for (int group = 0; group < static_cast<int>(table_->groups().size()); ++group) {
      if ((extent.types & ~table_->AgeTypes(group)) != 0) continue;
      for (const int set : {1, 2, 3}) {
        if ((extent.categories & ~set) != 0) continue;
        for (const int quarters : {1, 2, 4})
          for (int last = std::max(extent.last_quarter, quarters - 1);
               last < std::min(table_->quarters(), extent.first_quarter + quarters); ++last) {
            const Cell cell{area, group, static_cast<CellCategories>(set), last, quarters};
            if (table_->Value(cell) < k_) cells.push_back(cell);
          }
      }
    }
  return cells;
}

DisclosureAudit::Parts DisclosureAudit::PartsOf(const Cell& cell) const {
  std::map<int, int> inside;
  Parts parts;
  table_->ForEachAtom(cell, [&](std::size_t atom) { ++inside[class_of_atom_[atom]]; });
  for (const auto& [of, atoms] : inside) {
    if (of == 0) {
      parts.unbounded = true;
      continue;
    }
    parts.touched.push_back(of);
    if (atoms == classes_[static_cast<std::size_t>(of)].size) parts.whole.push_back(of);
  }
  return parts;
}

bool DisclosureAudit::Holds(const Witness& witness) const {
  std::map<int, int> sums;
  for (const Change& change : witness) {
    if (change.atom_class >= static_cast<int>(classes_.size())) return false;
    const AtomClass& of = classes_[static_cast<std::size_t>(change.atom_class)];
    if (of.size == 0 || of.count + change.delta < 0) return false;
    for (const int equation : of.equations) sums[equation] += change.delta;
  }
  return std::all_of(sums.begin(), sums.end(), [](const auto& entry) { return entry.second == 0; });
}

int DisclosureAudit::Sum(const std::vector<int>& classes, const Witness& witness) const {
  int sum = 0;
  for (const int of : classes) sum += classes_[static_cast<std::size_t>(of)].count;
  for (const Change& change : witness)
    if (std::binary_search(classes.begin(), classes.end(), change.atom_class)) sum += change.delta;
  return sum;
}

/// The given classes and, up to `most` in all, those that few other equations notice: what is moved out of a
/// class must go where it stays within the same equations. Half of them by the given classes' own equations,
/// half by those that the first half brings in.
std::vector<int> DisclosureAudit::Near(const std::vector<int>& classes, std::size_t most) const {
  std::vector<bool> known(equations_.size(), false), taken(classes_.size(), false);
  std::vector<int> found = classes;
  const auto learn_from = [&](std::size_t first) {
    for (std::size_t i = first; i < found.size(); ++i) {
      taken[static_cast<std::size_t>(found[i])] = true;
      for (const int equation : classes_[static_cast<std::size_t>(found[i])].equations)
        known[static_cast<std::size_t>(equation)] = true;
    }
  };
  learn_from(0);
  const std::size_t room = most > classes.size() ? most - classes.size() : 0;
  for (const std::size_t wanted : {classes.size() + room / 2, classes.size() + room}) {
    std::vector<std::tuple<int, int, int>> ranked;  // equations not known, minus those known, class
    for (std::size_t i = 1; i < classes_.size(); ++i) {
      const AtomClass& of = classes_[i];
      if (taken[i] || of.size == 0) continue;
      const auto inside =
          static_cast<int>(std::count_if(of.equations.begin(), of.equations.end(), [&](int equation) {
            return known[static_cast<std::size_t>(equation)];
          }));
      if (inside > 0)
        ranked.emplace_back(static_cast<int>(of.equations.size()) - inside, -inside, static_cast<int>(i));
    }
    const std::size_t first = found.size(), more = std::min(ranked.size(), wanted - first);
    std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(more), ranked.end());
    for (std::size_t i = 0; i < more; ++i) found.push_back(std::get<2>(ranked[i]));
    learn_from(first);
  }
  std::sort(found.begin(), found.end());
  return found;
}

bool DisclosureAudit::Find(const Wish& wish, const std::vector<int>& scope, Witness& witness) const {
  // Each class in the scope may grow, and shrink to 0; every equation must keep its sum.
  IntegerProgram program;
  std::map<int, int> rows;
  const auto row_of = [&](int equation) {
    const auto [entry, is_new] = rows.try_emplace(equation, static_cast<int>(program.right_side.size()));
    if (is_new) program.right_side.push_back(0);
    return entry->second;
  };
  const bool must_reach = !wish.raise.empty() && !wish.utmost;
  const int reach_row = must_reach ? row_of(-1) : -1;
  if (must_reach) program.right_side[0] = wish.at_least;
  std::vector<std::pair<int, int>> column_meaning;  // class, sign
  for (const int of : scope) {
    const AtomClass& atom_class = classes_[static_cast<std::size_t>(of)];
    const bool lower = std::binary_search(wish.lower.begin(), wish.lower.end(), of);
    const bool raise = std::binary_search(wish.raise.begin(), wish.raise.end(), of);
    for (const int sign : {1, -1}) {
      if (sign < 0 && atom_class.count == 0) continue;
      IntegerProgram::Column& column = program.columns.emplace_back();
      column.cost = 1 + (lower ? sign * kWishWeight : 0) - (raise && wish.utmost ? sign * kWishWeight : 0);
      column.upper = sign < 0 ? atom_class.count : IntegerProgram::kNoUpper;
      for (const int equation : atom_class.equations) column.entries.emplace_back(row_of(equation), sign);
      if (raise && must_reach) column.entries.emplace_back(reach_row, sign);
      column_meaning.emplace_back(of, sign);
    }
  }
  if (must_reach) {
    IntegerProgram::Column& slack = program.columns.emplace_back();
    slack.entries.emplace_back(reach_row, -1);
    column_meaning.emplace_back(0, 0);
  }
  const auto solution = SolveIntegerProgram(program);
  if (!solution) return false;
  std::map<int, int> deltas;
  for (std::size_t i = 0; i < solution->size(); ++i)
    deltas[column_meaning[i].first] += column_meaning[i].second * (*solution)[i];
  Witness found;
  for (const auto& [of, delta] : deltas)
    if (delta != 0) found.push_back({of, delta});
  if (!Holds(found)) return false;
  witness = std::move(found);
  return true;
}

/// The classes of an old proof and what was split off from them since: mostly the same move is still
/// possible.
std::vector<int> DisclosureAudit::Descended(const std::vector<int>& classes, const Witness& low,
                                            const Witness& high) const {
  std::vector<int> found = classes;
  for (const Witness* witness : {&low, &high})
    for (const Change& change : *witness)
      if (change.atom_class < static_cast<int>(classes_.size())) found.push_back(change.atom_class);
  std::set<int> known;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!known.insert(found[i]).second) continue;
    const std::vector<int>& parts = classes_[static_cast<std::size_t>(found[i])].parts;
    found.insert(found.end(), parts.begin(), parts.end());
  }
  return {known.begin(), known.end()};
}

std::vector<int> DisclosureAudit::AllClasses() const {
  std::vector<int> all(classes_.size() - 1);
  std::iota(all.begin(), all.end(), 1);
  return all;
}

/// Looks nearby first; anywhere when the sum of `wish.lower` stays above `acceptable` or nothing is found.
bool DisclosureAudit::FindNearThenAnywhere(const Wish& wish, int acceptable, Witness& witness) const {
  const std::vector<int>& start = wish.lower.empty() ? wish.raise : wish.lower;
  const std::vector<int> near = Near(start, kNearClasses);
  if (Find(wish, near, witness) && Sum(wish.lower, witness) <= acceptable) return true;
  if (near.size() + 1 >= classes_.size()) return !witness.empty();
  Witness wider;
  if (Find(wish, AllClasses(), wider)) witness = std::move(wider);
  return !witness.empty();
}

/// Whether the interval of a protected cell that wholly holds a class with incidents is wide enough.
bool DisclosureAudit::Withstands(const Cell& cell) {
  const Parts parts = PartsOf(cell);
  if (parts.unbounded || parts.whole.empty() || Sum(parts.whole, {}) == 0) return true;
  const auto wide = [&](const Witness& low, const Witness& high) {
    const int lower = Sum(parts.whole, low);
    return lower == 0 || Sum(parts.touched, high) - lower >= k_;
  };
  // Often nothing has to move: the classes that it touches hold enough, and may all be inside.
  if (wide({}, {})) return true;
  auto& known = memory_->cells[parts.whole];
  for (const auto& [low, high] : known)
    if (Holds(low) && Holds(high) && wide(low, high)) return true;
  // Where an earlier proof moved incidents, then nearby, then anywhere.
  for (int attempt = known.empty() ? 1 : 0; attempt < 3; ++attempt) {
    const std::vector<int> scope = attempt == 0
                                       ? Descended(parts.whole, known.back().first, known.back().second)
                                   : attempt == 1 ? Near(parts.whole, kNearClasses)
                                                  : AllClasses();
    Witness low, high;
    Find({.lower = parts.whole}, scope, low);
    const int at_least = Sum(parts.whole, low) + k_ - Sum(parts.touched, {});
    if (!wide(low, high) && at_least > 0)
      Find({.lower = {}, .raise = parts.touched, .at_least = at_least}, scope, high);
    if (!wide(low, high)) continue;
    Remember({std::move(low), std::move(high)}, known);
    return true;
  }
  return false;
}

/// Whether the class may hold k incidents by all that is released. Then so does every sum and difference of
/// released counts that counts each atom a whole number of times, this class among them, and none negatively:
/// in that other table it is at least k, and it is the same in all tables.
bool DisclosureAudit::MayHoldK(int atom_class) {
  const AtomClass& of = classes_[static_cast<std::size_t>(atom_class)];
  std::vector<Witness>& known = memory_->classes[atom_class];
  const std::vector<int> only{atom_class};
  if (std::any_of(known.begin(), known.end(),
                  [&](const Witness& witness) { return Holds(witness) && Sum(only, witness) >= k_; }))
    return true;
  const Wish wish{.lower = {}, .raise = only, .at_least = k_ - of.count};
  Witness witness;
  if (!(!known.empty() && Find(wish, Descended(only, known.back(), {}), witness)) &&
      !FindNearThenAnywhere(wish, 0, witness))
    return false;
  // The same other table may do for other classes too.
  for (const Change& change : witness)
    if (classes_[static_cast<std::size_t>(change.atom_class)].count + change.delta >= k_)
      Remember(witness, memory_->classes[change.atom_class]);
  return true;
}

bool DisclosureAudit::Passes(std::stop_token stop) {
  const std::vector<Extent> extents = ExtentsOfSmallClasses();
  std::set<Cell> cells;
  for (std::size_t i = 1; i < classes_.size(); ++i) {
    if (stop.stop_requested()) throw Cancelled();
    if (classes_[i].count >= k_ || classes_[i].size == 0) continue;
    if (extents[i].single && !MayHoldK(static_cast<int>(i))) return false;
    if (classes_[i].count == 0) continue;
    for (const Cell& cell : ProtectedAround(extents[i])) cells.insert(cell);
  }
  // What failed last fails first.
  if (memory_->failed && cells.contains(*memory_->failed) && !Withstands(*memory_->failed)) return false;
  for (const Cell& cell : cells) {
    if (stop.stop_requested()) throw Cancelled();
    if (!Withstands(cell)) {
      memory_->failed = cell;
      return false;
    }
  }
  return true;
}

DisclosureAudit::Interval DisclosureAudit::IntervalOf(const Cell& cell) const {
  DisclosureAudit copy = *this;
  const Parts parts = copy.PartsOf(cell);
  const std::vector<int> all = AllClasses();
  Interval interval;
  Witness low;
  copy.Find({.lower = parts.whole}, all, low);
  interval.lower = copy.Sum(parts.whole, low);
  if (parts.unbounded) return interval;
  Witness high;
  copy.Find({.lower = {}, .raise = parts.touched, .utmost = true}, all, high);
  interval.upper = copy.Sum(parts.touched, high);
  return interval;
}

}  // namespace lagesbild::geo
