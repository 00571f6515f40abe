#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace lagesbild::geo {

/// How circles of several radii lie on a raster: around the middle of a cell, all cells whose middle is no
/// further away.
class CircleShape {
 public:
  /// Radii in cells, ascending, >= 0.
  CircleShape(int columns, int rows, std::span<const double> radii)
      : columns_(static_cast<std::size_t>(columns)), rows_(static_cast<std::size_t>(rows)) {
    for (const double radius : radii) {
      std::vector<std::size_t> halves;
      for (int dy = 0; dy <= radius; ++dy)
        // A cell exactly on the circle is inside, however the root is rounded.
        halves.push_back(static_cast<std::size_t>(std::sqrt(radius * radius - dy * dy) + 1e-9));
      halves_.push_back(std::move(halves));
    }
    margin_ = halves_.empty() ? 0 : halves_.back().size() - 1;
  }

  std::size_t columns() const { return columns_; }
  std::size_t rows() const { return rows_; }
  std::size_t radii() const { return halves_.size(); }
  /// Half width of a circle's row so many rows from its middle.
  const std::vector<std::size_t>& Halves(std::size_t radius) const { return halves_[radius]; }
  /// Rows and columns around the raster that a circle may reach into.
  std::size_t margin() const { return margin_; }
  /// Of a table of running sums with its margins.
  std::size_t width() const { return columns_ + 2 * margin_ + 1; }
  std::size_t table_size() const { return width() * (rows_ + 2 * margin_); }

 private:
  std::size_t columns_, rows_, margin_ = 0;
  std::vector<std::vector<std::size_t>> halves_;
};

/// Running sums along each row, margins of zeros included: entry k of a row is the sum left of column k -
/// margin. `table` has table_size() entries.
template <class Value, class Sum>
void RunningSums(const CircleShape& shape, std::span<const Value> values, std::span<Sum> table) {
  std::fill(table.begin(), table.end(), Sum{0});
  for (std::size_t row = 0; row < shape.rows(); ++row) {
    Sum* out = table.data() + (row + shape.margin()) * shape.width() + shape.margin();
    Sum sum = 0;
    for (std::size_t column = 0; column < shape.columns(); ++column) {
      sum = static_cast<Sum>(sum + static_cast<Sum>(values[row * shape.columns() + column]));
      out[column + 1] = sum;
    }
    std::fill(out + shape.columns() + 1, out + shape.columns() + 1 + shape.margin(), sum);
  }
}

/// Sums over the circles of all radii around all cells of a row, from running sums. Rows the same distance
/// above and below are added once for all radii. Cost per row: columns · sum of the radii.
template <class Sum>
class CircleSums {
 public:
  explicit CircleSums(const CircleShape& shape)
      : shape_(shape), pairs_((shape.margin() + 1) * shape.width()), sums_(shape.columns()) {}

  /// Calls `visit(radius, sums)` with a sum per column. `table` as of RunningSums.
  template <class Visit>
  void Row(std::span<const Sum> table, std::size_t row, Visit visit) {
    const std::size_t width = shape_.width(), margin = shape_.margin();
    for (std::size_t dy = 0; dy <= margin; ++dy) {
      const Sum* above = table.data() + (row + margin + dy) * width;
      const Sum* below = table.data() + (row + margin - dy) * width;
      Sum* pair = pairs_.data() + dy * width;
      if (dy == 0) {
        std::copy(above, above + width, pair);
      } else {
        for (std::size_t k = 0; k < width; ++k) pair[k] = static_cast<Sum>(above[k] + below[k]);
      }
    }
    for (std::size_t radius = 0; radius < shape_.radii(); ++radius) {
      std::fill(sums_.begin(), sums_.end(), Sum{0});
      const auto& halves = shape_.Halves(radius);
      Sum* sums = sums_.data();
      for (std::size_t dy = 0; dy < halves.size(); ++dy) {
        const Sum* right = pairs_.data() + dy * width + margin + halves[dy] + 1;
        const Sum* left = pairs_.data() + dy * width + margin - halves[dy];
        for (std::size_t column = 0; column < shape_.columns(); ++column)
          sums[column] = static_cast<Sum>(sums[column] + static_cast<Sum>(right[column] - left[column]));
      }
      visit(radius, std::span<const Sum>(sums_));
    }
  }

 private:
  const CircleShape& shape_;
  std::vector<Sum> pairs_, sums_;
};

}  // namespace lagesbild::geo
