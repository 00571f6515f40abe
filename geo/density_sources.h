#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

#include "geo/density_surface.h"

namespace lagesbild::geo {

/// Positions are in cells of the raster: the center of cell (column c, row r) is (c, r).
struct SourceSpan {
  const double* x = nullptr;
  const double* y = nullptr;
  const double* weight = nullptr;
  const double* radius = nullptr;  ///< in cells, or null: all have the radius of their set
  std::size_t count = 0;

  SourceSpan From(std::size_t first) const {
    return {x + first, y + first, weight + first, radius == nullptr ? nullptr : radius + first,
            count - first};
  }
};

/// A point in cells.
inline double RasterX(PlanePoint point, const GridSpec& grid) {
  return (point.easting.value() - grid.origin.easting.value()) / grid.cell_size.value() - 0.5;
}
inline double RasterY(PlanePoint point, const GridSpec& grid) {
  return (point.northing.value() - grid.origin.northing.value()) / grid.cell_size.value() - 0.5;
}
/// The inverse.
inline PlanePoint PlaceOf(double x, double y, const GridSpec& grid) {
  return {Meters{grid.origin.easting.value() + (x + 0.5) * grid.cell_size.value()},
          Meters{grid.origin.northing.value() + (y + 0.5) * grid.cell_size.value()}};
}
/// Where the source of an incident lies: the point itself, but for rounding.
PlanePoint SourcePlace(PlanePoint point, const GridSpec& grid);

/// The sources of one group whose radii differ by less than a factor of two.
struct SourceSet {
  int group = 0;
  double radius = 0;  ///< the largest, in cells; 0: given by the bandwidth
};

/// A vector of doubles that does not begin with writing zeros.
class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(std::size_t size) : values_(std::make_unique_for_overwrite<double[]>(size)), size_(size) {}
  double& operator[](std::size_t i) { return values_[i]; }
  const double& operator[](std::size_t i) const { return values_[i]; }
  double* begin() { return values_.get(); }
  double* end() { return values_.get() + size_; }
  bool empty() const { return size_ == 0; }

 private:
  std::unique_ptr<double[]> values_;
  std::size_t size_ = 0;
};

/// Incidents sorted into square bins, so that those of a tile lie together. Incidents at one position (and
/// with one radius) are one source with the sum of their weights, added in ascending order: the order of the
/// input does not change a bit.
class DensitySources {
 public:
  struct Record {
    double y, x, radius, weight;
  };

  /// `reach` is the largest reach of any kernel in cells: what is further from the grid is left out.
  /// Arguments have been checked. Cost: O(n log(n per bin)). Throws Cancelled.
  DensitySources(const DensityIncidents& incidents, const GridSpec& grid, double reach,
                 const DensityOptions& options);

  const std::vector<SourceSet>& sets() const { return sets_; }
  std::size_t source_count() const { return source_count_; }
  const std::vector<double>& mass_of_group() const { return mass_; }
  const std::vector<PlanePoint>& centroid_of_group() const { return centroid_; }

  /// Calls `body(SourceSpan)` for the bins of a set that meet the box (in cells), south to north, then west
  /// to east. Some sources may lie outside the box.
  template <class Body>
  void ForEachBin(std::size_t set, double x0, double y0, double x1, double y1, const Body& body) const {
    const int first_column = ColumnOf(x0), last_column = ColumnOf(x1);
    const int first_row = RowOf(y0), last_row = RowOf(y1);
    for (int row = first_row; row <= last_row; ++row) {
      const std::size_t key = (set * static_cast<std::size_t>(rows_) + static_cast<std::size_t>(row)) *
                              static_cast<std::size_t>(columns_);
      std::size_t first = 0, count = 0;  // of the bins that follow each other without a gap
      for (std::size_t bin = key + static_cast<std::size_t>(first_column);
           bin <= key + static_cast<std::size_t>(last_column); ++bin) {
        if (count_[bin] == 0) continue;
        if (begin_[bin] != first + count) {
          if (count > 0) body(SpanAt(first, count));
          first = begin_[bin];
          count = 0;
        }
        count += count_[bin];
      }
      if (count > 0) body(SpanAt(first, count));
    }
  }

  /// Divides every weight by the edge factor of its source for this kernel and bandwidth (Diggle's
  /// correction), from the weights as given.
  void DivideByEdgeFactors(const GridSpec& grid, Meters bandwidth, const DensityOptions& options);
  /// Multiplies the weights of a set by (set radius / own radius)^power: from bandwidths of their own to that
  /// of the set.
  void ScaleToSet(std::size_t set, double power);

 private:
  SourceSpan SpanAt(std::size_t first, std::size_t count) const {
    return {&x_[first], &y_[first], &weight_[first], radius_.empty() ? nullptr : &radius_[first], count};
  }
  PlanePoint MiddleOf(std::size_t bin, const GridSpec& grid) const;
  int ColumnOf(double x) const;
  int RowOf(double y) const;
  void ChooseBins(const GridSpec& grid, double reach, std::size_t incidents);
  void ChooseSets(const DensityIncidents& incidents, const GridSpec& grid);
  std::size_t SetOf(int group, double radius) const;
  std::size_t BinsPerSet() const {
    return static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_);
  }
  void Sort(const DensityIncidents& incidents, const GridSpec& grid, double reach,
            const DensityOptions& options);
  std::vector<std::uint32_t> FindBins(const DensityIncidents& incidents, const GridSpec& grid, double reach,
                                      const DensityOptions& options) const;
  void Scatter(const DensityIncidents& incidents, const GridSpec& grid, std::span<const std::uint32_t> bin_of,
               std::size_t used, const DensityOptions& options);
  void MergeBin(std::size_t bin, const GridSpec& grid, const StudyArea* area, std::vector<Record>& records);
  void SumGroups(const GridSpec& grid, const DensityIncidents& incidents, const DensityOptions& options);

  std::vector<SourceSet> sets_;
  double side_ = 1, west_ = 0, south_ = 0;  ///< of the bins, in cells
  int columns_ = 1, rows_ = 1;
  std::vector<std::uint32_t> begin_, count_;  ///< per set and bin
  Buffer x_, y_, weight_, radius_;
  std::vector<double> given_weight_;  ///< before Diggle's correction
  std::size_t source_count_ = 0;
  std::vector<double> mass_;
  std::vector<PlanePoint> centroid_;
};

}  // namespace lagesbild::geo
