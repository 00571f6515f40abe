#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <list>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

#include "geo/grid.h"
#include "geo/kernel_density.h"
#include "geo/study_area.h"

namespace lagesbild::geo {

/// Which cell centers of a grid are in a study area, and the exact edge factor of those within the kernel's
/// reach of the boundary; further inside it is 1.
class EdgeFactors {
 public:
  /// `with_factors` false: inside and outside only. Cost: O(cells within the reach of the boundary · edges
  /// near); the rest is crossed in strides. Throws Cancelled.
  EdgeFactors(const StudyArea& area, Kernel kernel, Meters bandwidth, const GridSpec& grid, bool with_factors,
              int threads, std::stop_token stop);

  /// Divides the values of columns [first, first + count) of a row by their factor; NaN outside.
  template <class Value>
  void Apply(int row, int first, int count, Value* values) const {
    constexpr Value kNaN = std::numeric_limits<Value>::quiet_NaN();
    const std::vector<Run>& runs = rows_[static_cast<std::size_t>(row)].runs;
    for (const Run& run : runs) {
      const int begin = std::max(run.begin, first), end = std::min(run.end, first + count);
      if (begin >= end || run.kind == Run::kInterior) continue;
      if (run.kind == Run::kOutside) {
        std::fill(values + (begin - first), values + (end - first), kNaN);
        continue;
      }
      const double* factors = &rows_[static_cast<std::size_t>(row)].factors[run.at];
      for (int column = begin; column < end; ++column) {
        Value& value = values[column - first];
        value = static_cast<Value>(value / factors[column - run.begin]);
      }
    }
  }
  std::size_t bytes() const;

 private:
  struct Run {
    enum Kind { kOutside, kInterior, kBorder } kind;
    int begin, end;      ///< columns
    std::size_t at = 0;  ///< of the first factor
  };
  struct Row {
    std::vector<Run> runs;
    std::vector<double> factors;
  };
  std::vector<Row> rows_;
};

/// Edge factors of the last study areas, kernels, bandwidths and grids asked for. May be used by several
/// threads. Study areas are told apart by their coordinates, not by their address.
class EdgeFactorCache {
 public:
  explicit EdgeFactorCache(std::size_t max_bytes = 64u << 20) : max_bytes_(max_bytes) {}
  /// As the constructor of EdgeFactors; computed once, and kept while the newest fit in `max_bytes`.
  std::shared_ptr<const EdgeFactors> Get(const StudyArea& area, Kernel kernel, Meters bandwidth,
                                         const GridSpec& grid, bool with_factors, int threads,
                                         std::stop_token stop);
  std::size_t bytes() const;

 private:
  struct Key {
    std::array<std::uint64_t, 2> area;
    Kernel kernel;
    Meters bandwidth;
    GridSpec grid;
    bool with_factors;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Entry {
    Key key;
    std::shared_ptr<const EdgeFactors> factors;
  };
  std::size_t max_bytes_;
  mutable std::mutex mutex_;
  std::list<Entry> entries_;  ///< newest first
};

}  // namespace lagesbild::geo
