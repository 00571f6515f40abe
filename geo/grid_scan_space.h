#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/circle_sums.h"
#include "geo/grid_scan.h"

namespace lagesbild::geo {

/// The cylinders of a grid scan, in the order in which they are summed: window, row, radius, column.
class GridScanSpace {
 public:
  GridScanSpace(const GridScanInput& input, const GridScanOptions& options);

  const CircleShape& shape() const { return shape_; }
  std::size_t windows() const { return windows_.size(); }
  const PeriodWindow& window(std::size_t i) const { return windows_[i]; }
  double total_cases() const { return total_; }
  std::int64_t allowed() const { return allowed_; }
  /// Number of the first cylinder of a row of a window.
  std::size_t First(std::size_t window, std::size_t row) const {
    return (window * shape_.rows() + row) * shape_.radii() * shape_.columns();
  }
  std::size_t size() const { return expected_.size(); }
  /// Expected cases; 0 for a cylinder that is too large or holds no exposure.
  double Expected(std::size_t cylinder) const { return expected_[cylinder]; }
  double Ratio(std::size_t cylinder, double observed) const;
  /// A count below which no ratio reaches `least`, for every cylinder; the largest Count where none can.
  template <class Count>
  std::vector<Count> Thresholds(double least) const;

  /// Calls `visit(window, row, first cylinder, sums)` with the cases of the cylinders of one radius in a row,
  /// for all. `until[p]` are running sums of all cases before period p, periods + 1 tables in one.
  template <class Count, class Visit>
  void ForEachRow(std::span<const Count> until, Visit visit) const;

 private:
  CircleShape shape_;
  std::vector<PeriodWindow> windows_;
  double total_ = 0;
  std::int64_t allowed_ = 0;
  std::vector<double> expected_;
};

/// Running sums of all values before each period: periods + 1 tables, one after the other. `values` by
/// period, then cell.
template <class Value, class Sum>
std::vector<Sum> SumsUntil(const CircleShape& shape, std::span<const Value> values, int periods) {
  const std::size_t cells = shape.columns() * shape.rows(), size = shape.table_size();
  std::vector<Sum> until(size * (static_cast<std::size_t>(periods) + 1), Sum{0});
  for (std::size_t p = 0; p < static_cast<std::size_t>(periods); ++p) {
    const std::span<Sum> next = std::span(until).subspan((p + 1) * size, size);
    RunningSums(shape, values.subspan(p * cells, cells), next);
    for (std::size_t i = 0; i < size; ++i) next[i] = static_cast<Sum>(next[i] + until[p * size + i]);
  }
  return until;
}

template <class Count, class Visit>
void GridScanSpace::ForEachRow(std::span<const Count> until, Visit visit) const {
  const std::size_t size = shape_.table_size();
  std::vector<Count> table(size);
  CircleSums<Count> circles(shape_);
  for (std::size_t w = 0; w < windows_.size(); ++w) {
    const Count* before = until.data() + static_cast<std::size_t>(windows_[w].first) * size;
    const Count* after = until.data() + static_cast<std::size_t>(windows_[w].last + 1) * size;
    for (std::size_t i = 0; i < size; ++i) table[i] = static_cast<Count>(after[i] - before[i]);
    for (std::size_t row = 0; row < shape_.rows(); ++row) {
      std::size_t cylinder = First(w, row);
      circles.Row(std::span<const Count>(table), row, [&](std::size_t, std::span<const Count> sums) {
        visit(w, row, cylinder, sums);
        cylinder += sums.size();
      });
    }
  }
}

}  // namespace lagesbild::geo
