// Row differences: where each source's polynomial begins and ends. Compiled for every vector width and chosen
// at run time, with the same bits on all: every value is made by the same operations in the same order in its
// own lane, without fused multiply-add.
#include <algorithm>
#include <cmath>
#include <cstdint>

#include "geo/density_tile.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "geo/density_differences.cc"
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

#include "geo/density_group-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lagesbild::geo::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// What one source adds where its support begins: the coefficients of w (B + 2 P x - x²)^Power. They are
/// polynomials in B = R² - dy² - P², whose coefficients are the same for all rows of a source.
template <int Power>
struct Coefficients {
  using G = Group<kWidth<Power>>;
  G v0, v1, v2, v3;

  // Made of vectors: single numbers written next to each other would have to wait for memory.
  HWY_INLINE Coefficients(double w, double p) {
    alignas(64) static constexpr double kUnit[8][8] = {{1, 0, 0, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 0, 0, 0, 0},
                                                       {0, 0, 1, 0, 0, 0, 0, 0}, {0, 0, 0, 1, 0, 0, 0, 0},
                                                       {0, 0, 0, 0, 1, 0, 0, 0}, {0, 0, 0, 0, 0, 1, 0, 0},
                                                       {0, 0, 0, 0, 0, 0, 1, 0}, {0, 0, 0, 0, 0, 0, 0, 1}};
    const auto unit = [](int i) HWY_ATTR { return G::At(kUnit[i]); };
    if constexpr (Power == 0) {
      v0 = w * unit(0) + unit(3);
    } else if constexpr (Power == 1) {
      v0 = (2 * w * p) * unit(1) - w * unit(2) + unit(3);
      v1 = w * unit(0);
    } else if constexpr (Power == 2) {
      const double u = 4 * w * p;
      v0 = u * (p * unit(2) - unit(3)) + w * unit(4) + unit(7);
      v1 = u * unit(1) - (2 * w) * unit(2);
      v2 = w * unit(0);
    } else {
      const double u = w * p;
      v0 = (8 * u * p * p) * unit(3) - (12 * u * p) * unit(4) + (6 * u) * unit(5) - w * unit(6) + unit(7);
      v1 = (12 * u * p) * unit(2) - (12 * u) * unit(3) + (3 * w) * unit(4);
      v2 = (6 * u) * unit(1) - (3 * w) * unit(2);
      v3 = w * unit(0);
    }
  }
  HWY_INLINE G At(double b) const {
    if constexpr (Power == 0) return v0;
    if constexpr (Power == 1) return v0 + b * v1;
    if constexpr (Power == 2) return v0 + b * (v1 + b * v2);
    if constexpr (Power == 3) return v0 + b * (v1 + b * (v2 + b * v3));
  }
};

/// Where a source's support begins and ends on each row of the tile, and B of that row.
struct Intervals {
  int first_row = 0, count = 0;
  alignas(64) double b[kMostTileRows + 16];
  alignas(64) std::int32_t begin[kMostTileRows + 16];
  alignas(64) std::int32_t end[kMostTileRows + 16];
};

template <int Power>
HWY_INLINE void FindIntervals(const DensityTile& tile, double x, double y, double radius, double p,
                              Intervals& rows) {
  const hn::ScalableTag<double> d;
  const hn::Rebind<std::int32_t, decltype(d)> di;
  const double north = y + radius * (1 + kDiscRim) - tile.first_row;
  const double south = y - radius * (1 + kDiscRim) - tile.first_row;
  const double first = std::clamp(std::ceil(south), 0.0, 1.0 * tile.rows);
  const double last = std::clamp(std::floor(north), -1.0, tile.rows - 1.0);
  rows.first_row = static_cast<int>(first);
  rows.count = static_cast<int>(last) - rows.first_row + 1;
  const double inverse = 1 / tile.scale;
  const auto r2 = hn::Set(d, (radius * inverse) * (radius * inverse));
  const auto p2 = hn::Set(d, p * p);
  const auto center = hn::Set(d, x - tile.first_column);
  const auto most = hn::Set(d, static_cast<double>(tile.columns - 1));
  const double above = tile.first_row + first - y;
  for (int i = 0; i < rows.count; i += static_cast<int>(hn::Lanes(d))) {
    const auto row = hn::Iota(d, static_cast<double>(i));
    const auto dy = hn::Mul(hn::Add(row, hn::Set(d, above)), hn::Set(d, inverse));
    const auto a = hn::Sub(r2, hn::Mul(dy, dy));
    const auto rim = Power == 0 ? hn::Add(a, hn::Mul(r2, hn::Set(d, 2 * kDiscRim))) : a;
    const auto half = hn::Mul(hn::Sqrt(hn::Max(rim, hn::Zero(d))), hn::Set(d, tile.scale));
    const auto begin = hn::Max(hn::Ceil(hn::Sub(center, half)), hn::Zero(d));
    const auto end = hn::Min(hn::Floor(hn::Add(center, half)), most);
    hn::StoreU(hn::Sub(a, p2), d, rows.b + i);
    hn::StoreU(hn::DemoteTo(di, begin), di, rows.begin + i);
    hn::StoreU(hn::Add(hn::DemoteTo(di, end), hn::Set(di, 1)), di, rows.end + i);
  }
}

template <int Power, bool Mark>
void AddSources(const DensityTile& tile, const SourceSpan& sources, double set_radius) {
  using G = Group<kWidth<Power>>;
  Intervals rows;
  const double inverse = 1 / tile.scale;
  const double middle = tile.first_column + (tile.columns - 1) / 2.0;
  double* const differences = tile.differences;
  const std::size_t stride = tile.stride;
  const std::size_t marks_per_row = stride / kTileBlock + 1;
  for (std::size_t s = 0; s < sources.count; ++s) {
    const double x = sources.x[s], y = sources.y[s], w = sources.weight[s];
    const double radius = sources.radius == nullptr ? set_radius : sources.radius[s];
    if (x + radius < tile.first_column - 1 || x - radius > tile.first_column + tile.columns) continue;
    const double p = (x - middle) * inverse;
    FindIntervals<Power>(tile, x, y, radius, p, rows);
    const Coefficients<Power> coefficients(w, p);
    double* row = differences + kWidth<Power> * static_cast<std::size_t>(rows.first_row) * stride;
    std::uint8_t* marks =
        Mark ? tile.marks + marks_per_row * static_cast<std::size_t>(rows.first_row) : nullptr;
    for (int i = 0; i < rows.count; ++i, row += kWidth<Power> * stride, marks += Mark ? marks_per_row : 0) {
      if (rows.begin[i] >= rows.end[i]) continue;
      double* const begin = row + kWidth<Power> * rows.begin[i];
      double* const end = row + kWidth<Power> * rows.end[i];
      const G group = coefficients.At(rows.b[i]);
      (G::At(begin) + group).To(begin);
      (G::At(end) - group).To(end);
      if constexpr (Mark) {
        marks[static_cast<unsigned>(rows.begin[i]) / kTileBlock] = 1;
        marks[static_cast<unsigned>(rows.end[i]) / kTileBlock] = 1;
      }
    }
  }
}

template <int Power>
void AddSources(const DensityTile& tile, const SourceSpan& sources, double set_radius) {
  if (tile.marks == nullptr)
    AddSources<Power, false>(tile, sources, set_radius);
  else
    AddSources<Power, true>(tile, sources, set_radius);
}

void AddRowDifferences(int power, const DensityTile& tile, const SourceSpan& sources, double radius) {
  if (power == 0) return AddSources<0>(tile, sources, radius);
  if (power == 1) return AddSources<1>(tile, sources, radius);
  if (power == 2) return AddSources<2>(tile, sources, radius);
  AddSources<3>(tile, sources, radius);
}

}  // namespace lagesbild::geo::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lagesbild::geo {
namespace {
HWY_EXPORT(AddRowDifferences);
}  // namespace

void AddRowDifferences(int power, const DensityTile& tile, const SourceSpan& sources, double radius) {
  HWY_DYNAMIC_DISPATCH(AddRowDifferences)(power, tile, sources, radius);
}

}  // namespace lagesbild::geo
#endif
