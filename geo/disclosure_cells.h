#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/disclosure_rule.h"
#include "geo/released_picture.h"

namespace lagesbild::geo {

/// What is counted for disclosure control, as a table of atoms.
///
/// Every accepted incident is in exactly one atom = (location, youth age groups of its persons, sensitive or
/// not, calendar quarter). Locations are the lattice's areas: a leaf of the fine partition stands for itself,
/// an area with parts for "somewhere in it, not known closer", and two more, inside the municipality only,
/// for digital incidents and for those without a known place. So every area is exactly the sum of its parts
/// and the municipality is the sum of all.
///
/// A cell is a set of atoms that has a name: area x age group x categories x period. Everything that is
/// published, and everything that is protected, is a cell.

/// Categories of a cell as a set; kSensitive is never published but always protected.
enum class CellCategories { kNonSensitive = 1, kSensitive = 2, kAll = 3 };

struct Cell {
  int area = 0;   ///< index into Lattice::areas()
  int group = 0;  ///< index into the published groups
  CellCategories categories = CellCategories::kAll;
  int last = 0;      ///< quarter, counted from the first of the series
  int quarters = 1;  ///< 1, 2 or 4; last - quarters + 1 >= 0
  friend auto operator<=>(const Cell&, const Cell&) = default;
};

class DisclosureTable {
 public:
  /// `quarters` from the first of the series. Incidents outside them and perceived unsafety are left out.
  DisclosureTable(const Lattice& lattice, std::vector<PublishedGroup> groups, const DisclosureSeries& series,
                  int quarters);
  /// A table from its parts: areas in depth-first order (`ends[i]` = one past the last descendant of i, area
  /// 0 holds all), which locations can hold incidents of their own (one per area, then any number that lie in
  /// area 0 only), and the counts. Throws InvalidInput when sizes do not fit.
  struct AtomCount {
    int location = 0, age_type = 0;
    bool sensitive = false;
    int quarter = 0, count = 0;
  };
  DisclosureTable(std::vector<int> ends, std::vector<bool> own, std::vector<PublishedGroup> groups,
                  int quarters, std::span<const AtomCount> counts);

  int areas() const { return static_cast<int>(ends_.size()); }
  int quarters() const { return quarters_; }
  int age_types() const { return age_types_; }
  const std::vector<PublishedGroup>& groups() const { return groups_; }
  std::size_t atoms() const { return counts_.size(); }
  int count(std::size_t atom) const { return counts_[atom]; }

  /// True when an incident can be in the atom: some areas are exactly their parts.
  bool possible(std::size_t atom) const { return own_[LocationOf(atom)]; }
  std::size_t Atom(int location, int age_type, bool sensitive, int quarter) const {
    return ((static_cast<std::size_t>(quarter) * 2 + (sensitive ? 1 : 0)) * own_.size() +
            static_cast<std::size_t>(location)) *
               static_cast<std::size_t>(age_types_) +
           static_cast<std::size_t>(age_type);
  }
  std::size_t LocationOf(std::size_t atom) const {
    return atom / static_cast<std::size_t>(age_types_) % own_.size();
  }
  int AgeTypeOf(std::size_t atom) const {
    return static_cast<int>(atom % static_cast<std::size_t>(age_types_));
  }
  int CategoryOf(std::size_t atom) const {
    return static_cast<int>(atom / static_cast<std::size_t>(age_types_) / own_.size() % 2);
  }
  int QuarterOf(std::size_t atom) const {
    return static_cast<int>(atom / static_cast<std::size_t>(age_types_) / own_.size() / 2);
  }
  int locations() const { return static_cast<int>(own_.size()); }
  /// Locations [first, last) of an area.
  std::pair<int, int> Locations(int area) const {
    return {area, area == 0 ? locations() : ends_[static_cast<std::size_t>(area)]};
  }
  /// Parent of an area, -1 for the whole.
  int parent(int area) const { return parents_[static_cast<std::size_t>(area)]; }

  /// Age types of a group as a bit set: bit t is set when an incident whose persons are in the youth groups
  /// of the bits of t counts.
  std::uint32_t AgeTypes(int group) const { return group_types_[static_cast<std::size_t>(group)]; }

  /// Calls `visit(atom)` for every possible atom of the cell.
  template <class Visit>
  void ForEachAtom(const Cell& cell, Visit visit) const {
    const auto [first, last] = Locations(cell.area);
    const std::uint32_t types = AgeTypes(cell.group);
    for (int quarter = cell.last - cell.quarters + 1; quarter <= cell.last; ++quarter)
      for (int category = 0; category < 2; ++category) {
        if ((static_cast<int>(cell.categories) >> category & 1) == 0) continue;
        for (int location = first; location < last; ++location) {
          if (!own_[static_cast<std::size_t>(location)]) continue;
          const std::size_t start = Atom(location, 0, category == 1, quarter);
          for (int type = 0; type < age_types_; ++type)
            if (types >> type & 1U) visit(start + static_cast<std::size_t>(type));
        }
      }
  }
  int Value(const Cell& cell) const;         ///< incidents in it. O(1)
  std::size_t Size(const Cell& cell) const;  ///< possible atoms in it. O(1)
  /// Whether every atom of `inner` is in `outer`; a cell contains itself.
  bool Contains(const Cell& outer, const Cell& inner) const;
  bool SameAtoms(const Cell& a, const Cell& b) const { return Contains(a, b) && Contains(b, a); }

 private:
  void Prepare();
  void Fill(std::span<const AtomCount> counts);
  void Accumulate();
  std::size_t SumIndex(int group, int category, int quarter, int location) const;

  std::vector<int> ends_, parents_;
  std::vector<bool> own_;
  std::vector<PublishedGroup> groups_;
  std::vector<std::uint32_t> group_types_;
  int age_types_ = 1, quarters_ = 0;
  std::vector<int> counts_;
  std::vector<int> sums_;        ///< per group and category: counts south-west of (quarter, location)
  std::vector<int> own_before_;  ///< locations of their own before each location
};

/// Where an incident counts: an index into Lattice::areas(), or areas + 0 (no known place), areas + 1
/// (digital).
int LocationOf(const Incident& incident, const Lattice& lattice, Meters max_accuracy);

}  // namespace lagesbild::geo
