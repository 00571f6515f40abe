#include "geo/density_sources.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/errors.h"
#include "geo/kernel.h"
#include "geo/parallel.h"

namespace lagesbild::geo {
namespace {

constexpr double kSmallestBin = 4;                // cells
constexpr std::size_t kIncidentsPerLook = 65536;  // between two looks at the stop token
constexpr std::size_t kShortSort = 24;
constexpr std::uint32_t kNowhere = std::numeric_limits<std::uint32_t>::max();

using Record = DensitySources::Record;

inline bool Before(const Record& a, const Record& b) {
  if (a.y != b.y) return a.y < b.y;
  if (a.x != b.x) return a.x < b.x;
  if (a.radius != b.radius) return a.radius < b.radius;
  return a.weight < b.weight;
}

bool SamePlace(const Record& a, const Record& b) { return a.y == b.y && a.x == b.x && a.radius == b.radius; }

void SortRecords(std::vector<Record>& records) {
  if (records.size() > kShortSort) {
    std::sort(records.begin(), records.end(), Before);
    return;
  }
  for (std::size_t i = 1; i < records.size(); ++i) {
    const Record record = records[i];
    std::size_t j = i;
    for (; j > 0 && Before(record, records[j - 1]); --j) records[j] = records[j - 1];
    records[j] = record;
  }
}

int Octave(double radius) { return std::ilogb(radius); }

}  // namespace

PlanePoint SourcePlace(PlanePoint point, const GridSpec& grid) {
  return PlaceOf(RasterX(point, grid), RasterY(point, grid), grid);
}

DensitySources::DensitySources(const DensityIncidents& incidents, const GridSpec& grid, double reach,
                               const DensityOptions& options) {
  ChooseSets(incidents, grid);
  ChooseBins(grid, reach, incidents.points.size());
  Sort(incidents, grid, reach, options);
  SumGroups(grid, incidents, options);
}

void DensitySources::ChooseSets(const DensityIncidents& incidents, const GridSpec& grid) {
  if (incidents.bandwidths_m.empty()) {
    for (int group = 0; group < incidents.group_count; ++group) sets_.push_back({group, 0});
    return;
  }
  const auto [smallest, largest] =
      std::minmax_element(incidents.bandwidths_m.begin(), incidents.bandwidths_m.end());
  const double cell = grid.cell_size.value();
  for (int group = 0; group < incidents.group_count; ++group)
    for (int octave = Octave(*smallest / cell); octave <= Octave(*largest / cell); ++octave)
      sets_.push_back({group, std::ldexp(1.0, octave + 1)});
}

std::size_t DensitySources::SetOf(int group, double radius) const {
  const std::size_t per_group = sets_.size() / static_cast<std::size_t>(sets_.back().group + 1);
  const std::size_t first = static_cast<std::size_t>(group) * per_group;
  if (sets_[first].radius == 0) return first;
  return first + static_cast<std::size_t>(Octave(radius) + 1 - Octave(sets_[first].radius));
}

/// Bins cover the grid and the reach around it, and are few against the incidents.
void DensitySources::ChooseBins(const GridSpec& grid, double reach, std::size_t incidents) {
  west_ = south_ = -reach - 1;
  const double width = grid.columns + 2 * reach + 2, height = grid.rows + 2 * reach + 2;
  const double most = std::max(4096.0, 0.25 * static_cast<double>(incidents));
  side_ = kSmallestBin;
  const auto bins = [&] {
    return std::ceil(width / side_) * std::ceil(height / side_) * static_cast<double>(sets_.size());
  };
  while (bins() > most && (side_ < width || side_ < height)) side_ *= 2;
  columns_ = static_cast<int>(std::ceil(width / side_));
  rows_ = static_cast<int>(std::ceil(height / side_));
}

int DensitySources::ColumnOf(double x) const {
  return static_cast<int>(std::clamp(std::floor((x - west_) / side_), 0.0, columns_ - 1.0));
}
int DensitySources::RowOf(double y) const {
  return static_cast<int>(std::clamp(std::floor((y - south_) / side_), 0.0, rows_ - 1.0));
}

void DensitySources::Sort(const DensityIncidents& incidents, const GridSpec& grid, double reach,
                          const DensityOptions& options) {
  const std::size_t bins = BinsPerSet() * sets_.size();
  const std::vector<std::uint32_t> bin_of = FindBins(incidents, grid, reach, options);
  count_.assign(bins, 0);
  for (const std::uint32_t bin : bin_of)
    if (bin != kNowhere) ++count_[bin];
  begin_.resize(bins);
  std::uint32_t used = 0;
  for (std::size_t bin = 0; bin < bins; ++bin) {
    begin_[bin] = used;
    used += count_[bin];
  }
  Scatter(incidents, grid, bin_of, used, options);
  const std::size_t rows = static_cast<std::size_t>(rows_) * sets_.size();
  const StudyArea* area = options.edge == EdgeCorrection::kNone ? nullptr : options.study_area;
  ParallelFor(options.threads, rows, [&](std::size_t row, std::size_t) {
    if (options.stop.stop_requested()) throw Cancelled();
    std::vector<Record> records;
    const std::size_t first = row * static_cast<std::size_t>(columns_);
    for (std::size_t bin = first; bin < first + static_cast<std::size_t>(columns_); ++bin)
      if (count_[bin] > 0) MergeBin(bin, grid, area, records);
  });
  for (const std::uint32_t count : count_) source_count_ += count;
}

std::vector<std::uint32_t> DensitySources::FindBins(const DensityIncidents& incidents, const GridSpec& grid,
                                                    double reach, const DensityOptions& options) const {
  const std::size_t n = incidents.points.size();
  const double cell = grid.cell_size.value();
  const double least = -0.5 - reach, most_x = grid.columns - 0.5 + reach, most_y = grid.rows - 0.5 + reach;
  const double per_side = 1 / side_;  // exact: sides are powers of two
  std::vector<std::uint32_t> bins(n);
  ParallelFor(options.threads, (n + kIncidentsPerLook - 1) / kIncidentsPerLook,
              [&](std::size_t part, std::size_t) {
                if (options.stop.stop_requested()) throw Cancelled();
                const std::size_t end = std::min(n, (part + 1) * kIncidentsPerLook);
                for (std::size_t i = part * kIncidentsPerLook; i < end; ++i) {
                  const int group = incidents.groups.empty() ? 0 : incidents.groups[i];
                  const double x = RasterX(incidents.points[i], grid);
                  const double y = RasterY(incidents.points[i], grid);
                  const bool near = x >= least && x <= most_x && y >= least && y <= most_y;
                  if (group < 0 || !near) {
                    bins[i] = kNowhere;
                    continue;
                  }
                  const std::size_t set = incidents.bandwidths_m.empty()
                                              ? static_cast<std::size_t>(group)
                                              : SetOf(group, incidents.bandwidths_m[i] / cell);
                  // `west_` and `south_` are below all: truncation rounds down.
                  const auto column = static_cast<std::uint32_t>((x - west_) * per_side);
                  const auto row = static_cast<std::uint32_t>((y - south_) * per_side);
                  bins[i] = static_cast<std::uint32_t>(set * BinsPerSet()) +
                            row * static_cast<std::uint32_t>(columns_) + column;
                }
              });
  return bins;
}

/// Puts each incident to the others of its bin. Every thread fills bins of its own: lines of memory that two
/// write would go back and forth.
void DensitySources::Scatter(const DensityIncidents& incidents, const GridSpec& grid,
                             std::span<const std::uint32_t> bin_of, std::size_t used,
                             const DensityOptions& options) {
  x_ = Buffer(used);
  y_ = Buffer(used);
  weight_ = Buffer(used);
  if (!incidents.bandwidths_m.empty()) radius_ = Buffer(used);
  const std::size_t parts =
      used < kIncidentsPerLook ? 1 : static_cast<std::size_t>(ThreadCount(options.threads));
  std::vector<std::uint32_t> next = begin_;
  ParallelFor(options.threads, parts, [&](std::size_t part, std::size_t) {
    // Bins with about the same number of incidents; beyond the last one lies kNowhere.
    const auto bin_at = [&](std::size_t share) {
      return static_cast<std::size_t>(
          std::lower_bound(begin_.begin(), begin_.end(), static_cast<std::uint32_t>(used * share / parts)) -
          begin_.begin());
    };
    const std::size_t first = part == 0 ? 0 : bin_at(part);
    const std::size_t end = part + 1 == parts ? begin_.size() : bin_at(part + 1);
    for (std::size_t i = 0; i < bin_of.size(); ++i) {
      if (i % kIncidentsPerLook == 0 && options.stop.stop_requested()) throw Cancelled();
      if (bin_of[i] < first || bin_of[i] >= end) continue;
      const std::uint32_t at = next[bin_of[i]]++;
      x_[at] = RasterX(incidents.points[i], grid);
      y_[at] = RasterY(incidents.points[i], grid);
      weight_[at] = incidents.weights.empty() ? 1 : incidents.weights[i];
      if (!radius_.empty()) radius_[at] = incidents.bandwidths_m[i] / grid.cell_size.value();
    }
  });
}

PlanePoint DensitySources::MiddleOf(std::size_t bin, const GridSpec& grid) const {
  const auto in_set = bin % (BinsPerSet());
  const auto column = static_cast<double>(in_set % static_cast<std::size_t>(columns_));
  const auto row = static_cast<double>(in_set / static_cast<std::size_t>(columns_));
  return PlaceOf(west_ + (column + 0.5) * side_, south_ + (row + 0.5) * side_, grid);
}

void DensitySources::MergeBin(std::size_t bin, const GridSpec& grid, const StudyArea* area,
                              std::vector<Record>& records) {
  // The middle of the bin settles for all whether they are inside, unless the boundary is near.
  enum class Side { kInside, kOutside, kMixed } side = area == nullptr ? Side::kInside : Side::kMixed;
  if (area != nullptr && count_[bin] > 1) {
    const PlanePoint middle = MiddleOf(bin, grid);
    if (area->distance_to_boundary(middle).value() > 0.75 * side_ * grid.cell_size.value())
      side = area->contains(middle) ? Side::kInside : Side::kOutside;
  }
  records.clear();
  if (side != Side::kOutside)
    for (std::size_t i = begin_[bin]; i < begin_[bin] + count_[bin]; ++i) {
      if (weight_[i] == 0 || (side == Side::kMixed && !area->contains(PlaceOf(x_[i], y_[i], grid)))) continue;
      records.push_back({y_[i], x_[i], radius_.empty() ? 0 : radius_[i], weight_[i]});
    }
  SortRecords(records);
  std::size_t at = begin_[bin];
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Record& record = records[i];
    if (i > 0 && SamePlace(record, records[i - 1])) {
      weight_[at - 1] += record.weight;
      continue;
    }
    x_[at] = record.x;
    y_[at] = record.y;
    weight_[at] = record.weight;
    if (!radius_.empty()) radius_[at] = record.radius;
    ++at;
  }
  count_[bin] = static_cast<std::uint32_t>(at - begin_[bin]);
}

}  // namespace lagesbild::geo
