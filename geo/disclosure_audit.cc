#include "geo/disclosure_audit.h"

#include <algorithm>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

bool Within(CellCategories inner, CellCategories outer) {
  return (static_cast<int>(inner) & ~static_cast<int>(outer)) == 0;
}

bool SamePeriod(const Cell& a, const Cell& b) { return a.last == b.last && a.quarters == b.quarters; }

}  // namespace

DisclosureAudit::DisclosureAudit(const DisclosureTable& table, int k)
    : table_(&table), k_(k), memory_(std::make_shared<Memory>()) {
  if (k < 1) throw InvalidInput("k is " + std::to_string(k) + "; it must be at least 1");
  class_of_atom_.assign(table.atoms(), 0);
  // Class 0: in no equation. Its count and size are never asked for.
  classes_.emplace_back();
}

bool DisclosureAudit::Knows(const Cell& cell) const {
  return std::any_of(equations_.begin(), equations_.end(),
                     [&](const Cell& known) { return table_->SameAtoms(known, cell); });
}

bool DisclosureAudit::GivesAwayByDifference(const Cell& cell) const {
  const int value = table_->Value(cell);
  return std::any_of(equations_.begin(), equations_.end(), [&](const Cell& known) {
    if (table_->Contains(known, cell)) return table_->Value(known) - value < k_;
    if (table_->Contains(cell, known)) return value - table_->Value(known) < k_;
    return false;
  });
}

/// What is left of `whole` after the largest released areas in it of the same group and period.
bool DisclosureAudit::RemainderIsSafe(const Cell& whole, const Cell& added, CellCategories categories) const {
  std::vector<Cell> parts;
  const auto take = [&](const Cell& part) {
    if (part.categories == categories && part.area != whole.area && part.group == whole.group &&
        SamePeriod(part, whole) && table_->Contains(whole, part))
      parts.push_back(part);
  };
  for (const Cell& known : equations_) take(known);
  take(added);
  std::sort(parts.begin(), parts.end());  // by area: an area before what lies in it
  int rest = table_->Value(whole), covered_to = -1;
  std::size_t size = table_->Size(whole);
  for (const Cell& part : parts) {
    const auto [first, last] = table_->Locations(part.area);
    if (first < covered_to) continue;
    covered_to = last;
    rest -= table_->Value(part);
    size -= table_->Size(part);
  }
  return parts.empty() || size == 0 || rest >= k_;
}

/// What is left of a half-year or four quarters after the released single quarters in it.
bool DisclosureAudit::QuartersRemainderIsSafe(const Cell& whole, const Cell& added,
                                              CellCategories categories) const {
  std::vector<int> quarters;
  int rest = table_->Value(whole);
  std::size_t size = table_->Size(whole);
  const auto take = [&](const Cell& part) {
    if (part.quarters != 1 || part.categories != categories || part.area != whole.area ||
        part.group != whole.group || !table_->Contains(whole, part) ||
        std::find(quarters.begin(), quarters.end(), part.last) != quarters.end())
      return;
    quarters.push_back(part.last);
    rest -= table_->Value(part);
    size -= table_->Size(part);
  };
  if (whole.quarters == 1) return true;
  for (const Cell& known : equations_) take(known);
  take(added);
  return quarters.empty() || size == 0 || rest >= k_;
}

bool DisclosureAudit::GivesAwayByRemainder(const Cell& cell) const {
  const auto safe = [&](const Cell& whole) {
    for (const CellCategories categories : {CellCategories::kNonSensitive, CellCategories::kAll})
      if (Within(categories, whole.categories) &&
          (!RemainderIsSafe(whole, cell, categories) || !QuartersRemainderIsSafe(whole, cell, categories)))
        return false;
    return true;
  };
  return !safe(cell) || !std::all_of(equations_.begin(), equations_.end(), [&](const Cell& known) {
    return !table_->Contains(known, cell) || safe(known);
  });
}

bool DisclosureAudit::Allows(const Cell& cell) const {
  return Knows(cell) ||
         (table_->Value(cell) >= k_ && !GivesAwayByDifference(cell) && !GivesAwayByRemainder(cell));
}

bool DisclosureAudit::TakeUp(const Cell& cell) {
  if (!Allows(cell)) return false;
  TakeUpAnyway(cell);
  return true;
}

void DisclosureAudit::TakeUpAnyway(const Cell& cell) {
  if (!Knows(cell)) Split(cell);
}

void DisclosureAudit::Split(const Cell& cell) {
  const int equation = static_cast<int>(equations_.size());
  equations_.push_back(cell);
  std::vector<int> inside(classes_.size(), 0);
  table_->ForEachAtom(cell,
                      [&](std::size_t atom) { ++inside[static_cast<std::size_t>(class_of_atom_[atom])]; });
  // The part inside gets a number of its own, unless the whole class lies inside.
  std::vector<int> number(inside.size(), -1);
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == 0) continue;
    if (i != 0 && inside[i] == classes_[i].size) {
      number[i] = static_cast<int>(i);
      classes_[i].equations.push_back(equation);
      continue;
    }
    number[i] = static_cast<int>(classes_.size());
    AtomClass part;
    part.size = inside[i];
    part.equations = classes_[i].equations;
    part.equations.push_back(equation);
    classes_[i].size -= inside[i];
    if (i != 0) classes_[i].parts.push_back(number[i]);
    classes_.push_back(std::move(part));
  }
  table_->ForEachAtom(cell, [&](std::size_t atom) {
    int& at = class_of_atom_[atom];
    const int to = number[static_cast<std::size_t>(at)];
    if (to == at) return;
    classes_[static_cast<std::size_t>(at)].count -= table_->count(atom);
    classes_[static_cast<std::size_t>(to)].count += table_->count(atom);
    at = to;
  });
  // Class 0 counts nothing.
  classes_[0].count = 0;
}

namespace {

/// Takes up the first `most` of the cells that arithmetic alone allows, in every snapshot.
/// Adds the positions of those taken up.
void TakeUpByArithmetic(std::vector<DisclosureAudit>& audits, std::span<const Cell> cells,
                        const std::vector<std::size_t>& open, std::size_t most,
                        std::vector<std::size_t>& taken) {
  for (const std::size_t i : open) {
    if (taken.size() == most) return;
    if (!std::all_of(audits.begin(), audits.end(),
                     [&](const DisclosureAudit& audit) { return audit.Allows(cells[i]); }))
      continue;
    for (DisclosureAudit& audit : audits) audit.TakeUpAnyway(cells[i]);
    taken.push_back(i);
  }
}

bool AllPass(std::vector<DisclosureAudit>& audits, std::stop_token stop) {
  for (DisclosureAudit& audit : audits)
    if (!audit.Passes(stop)) return false;
  return true;
}

}  // namespace

std::vector<bool> TakeUpInOrder(std::span<DisclosureAudit* const> audits, std::span<const Cell> cells,
                                std::stop_token stop) {
  std::vector<bool> answer(cells.size(), false);
  std::vector<std::size_t> open(cells.size());
  for (std::size_t i = 0; i < open.size(); ++i) open[i] = i;
  const auto snapshot = [&] {
    std::vector<DisclosureAudit> copies;
    for (DisclosureAudit* audit : audits) copies.push_back(*audit);
    return copies;
  };
  const auto keep = [&](std::vector<DisclosureAudit>& copies) {
    for (std::size_t i = 0; i < audits.size(); ++i) *audits[i] = std::move(copies[i]);
  };
  while (!open.empty()) {
    std::vector<DisclosureAudit> copies = snapshot();
    std::vector<std::size_t> taken;
    TakeUpByArithmetic(copies, cells, open, open.size(), taken);
    if (taken.empty()) return answer;
    if (AllPass(copies, stop)) {
      keep(copies);
      for (const std::size_t i : taken) answer[i] = true;
      return answer;
    }
    // A release only adds to what is known: if a run passes, every shorter run does. Find the longest.
    std::size_t passing = 0, failing = taken.size();
    std::vector<DisclosureAudit> best = snapshot();
    while (failing - passing > 1) {
      const std::size_t middle = (passing + failing) / 2;
      std::vector<DisclosureAudit> trial = snapshot();
      std::vector<std::size_t> again;
      TakeUpByArithmetic(trial, cells, open, middle, again);
      if (AllPass(trial, stop)) {
        passing = middle;
        best = std::move(trial);
      } else {
        failing = middle;
      }
    }
    keep(best);
    for (std::size_t i = 0; i < passing; ++i) answer[taken[i]] = true;
    // Those before the one that failed were judged already; those after it are judged without it.
    const std::size_t failed = taken[passing];
    std::erase_if(open, [&](std::size_t i) { return i <= failed; });
  }
  return answer;
}

}  // namespace lagesbild::geo
