#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "geo/disclosure_cells.h"

namespace lagesbild::geo {

/// What follows from everything that has been released, and whether that is too much.
///
/// The attacker knows the lattice, the method and every released count; each is an equation over the atoms of
/// DisclosureTable, whose unknown counts are whole numbers >= 0. Atoms with the same equations cannot be told
/// apart and are one unknown, a class; those in no equation may hold any number.
///
/// Protected is every area x published age group x {non-sensitive, sensitive, all} x {quarter, half-year,
/// four quarters} whose true count is under k. The interval that follows for it must contain 0 or be at least
/// k wide, and must not be a single number. (The least possible count is that of the classes which lie wholly
/// in it, the greatest that of all classes that it touches.)
///
/// Beyond that, whatever follows by adding and subtracting released counts is at least k: a sum of them that
/// counts no atom negatively and some class at least once. This holds since every class may hold k: some
/// table that agrees with everything released has k incidents in it, and the sum is the same in all such
/// tables. (Linear programming duality: the least such sum is the most that the class may hold.)
///
/// Not protected: how many incidents have persons of two youth groups at once (it follows where two groups
/// and their union are released); classes and sums of such incidents alone are left out of the above. Not
/// done: bounding hidden counts by k-1, and an attacker who knows all incidents but one: no table of exact
/// counts withstands that one. What the choice of released cells itself tells is not counted either.
///
/// Every acceptance rests on witnesses, other whole tables that agree with everything released, checked in
/// integers; the solver's tolerances or limits can only withhold more, never less.
///
/// Copying takes a snapshot; copies share what they have proved, so use them in one thread. Cost of a check:
/// one small integer programme per small class and per protected cell that wholly holds one; witnesses of
/// earlier checks are kept while they hold.
class DisclosureAudit {
 public:
  /// `table` must outlive the audit. k >= 1.
  DisclosureAudit(const DisclosureTable& table, int k);

  /// Takes up a release unless its count is under k or simple arithmetic gives a count under k away (it minus
  /// one that lies in it, it minus all its released areas or quarters); then nothing changes. Taking up the
  /// same set of atoms again changes nothing and is fine.
  bool TakeUp(const Cell& cell);
  /// Whether TakeUp would take it up.
  bool Allows(const Cell& cell) const;
  /// Takes up what was published whatever it tells; the audit then judges what comes after.
  void TakeUpAnyway(const Cell& cell);
  /// Whether everything taken up so far may be known together. Throws Cancelled.
  bool Passes(std::stop_token stop = {});
  bool Knows(const Cell& cell) const;
  const std::vector<Cell>& released() const { return equations_; }

  /// The smallest and largest count that agree with everything released (upper < 0: no limit), for tests and
  /// reports.
  struct Interval {
    int lower = 0, upper = -1;
  };
  Interval IntervalOf(const Cell& cell) const;

 private:
  struct AtomClass {
    int count = 0;
    int size = 0;
    std::vector<int> equations;
    std::vector<int> parts;  ///< classes that were split off from it
  };
  struct Change {
    int atom_class = 0;
    int delta = 0;
  };
  using Witness = std::vector<Change>;  ///< a table that differs from the true one in these classes only
  struct Extent {
    int first_location = 0, last_location = -1;
    std::uint32_t types = 0;
    int categories = 0, first_quarter = 0, last_quarter = 0;
    bool single = false;  ///< holds an atom of one youth group or none
  };
  /// What a search asks for: classes whose sum shall be small, and classes whose sum shall reach `at_least`.
  struct Wish {
    std::vector<int> lower = {}, raise = {};
    int at_least = 0;
    bool utmost = false;  ///< raise as far as possible
  };
  struct Parts {
    std::vector<int> whole, touched;
    bool unbounded = false;
  };

  bool GivesAwayByDifference(const Cell& cell) const;
  bool GivesAwayByRemainder(const Cell& cell) const;
  bool RemainderIsSafe(const Cell& whole, const Cell& added, CellCategories categories) const;
  bool QuartersRemainderIsSafe(const Cell& whole, const Cell& added, CellCategories categories) const;
  void Split(const Cell& cell);

  std::vector<Extent> ExtentsOfSmallClasses() const;
  std::vector<Cell> ProtectedAround(const Extent& extent) const;
  Parts PartsOf(const Cell& cell) const;
  bool Withstands(const Cell& cell);
  bool MayHoldK(int atom_class);
  bool Holds(const Witness& witness) const;
  int Sum(const std::vector<int>& classes, const Witness& witness) const;
  std::vector<int> Near(const std::vector<int>& classes, std::size_t most) const;
  bool Find(const Wish& wish, const std::vector<int>& scope, Witness& witness) const;
  bool FindNearThenAnywhere(const Wish& wish, int acceptable, Witness& witness) const;
  std::vector<int> AllClasses() const;
  std::vector<int> Descended(const std::vector<int>& classes, const Witness& low, const Witness& high) const;

  const DisclosureTable* table_;
  int k_;
  std::vector<int> class_of_atom_;
  std::vector<AtomClass> classes_;
  std::vector<Cell> equations_;
  /// Witnesses found so far, shared by all copies: trials that are given up need not be proved again. Each is
  /// checked against the copy's own state before it counts.
  struct Memory {
    /// By the classes that lie wholly in a protected cell: a low table and a high one.
    std::map<std::vector<int>, std::vector<std::pair<Witness, Witness>>> cells;
    std::map<int, std::vector<Witness>> classes;
    std::optional<Cell> failed;  ///< in the latest check that did not pass
  };
  std::shared_ptr<Memory> memory_;
};

/// Takes up the cells one after the other, each in all audits or in none, and leaves out those with which an
/// audit does not pass. The answer says which were taken up. The same as trying them singly; runs that pass
/// together are checked together. Throws Cancelled.
std::vector<bool> TakeUpInOrder(std::span<DisclosureAudit* const> audits, std::span<const Cell> cells,
                                std::stop_token stop = {});

}  // namespace lagesbild::geo
