// Sums of kernels cell by cell and at locations, compiled for every vector width and chosen at run time; the
// same bits on all, as in density_differences.cc.
#include <algorithm>
#include <cmath>
#include <cstdint>

#include "geo/density_tile.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "geo/density_direct.cc"
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace lagesbild::geo::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// exp(x) for x in [-745, 0], to two units in the last place: x = n ln 2 + r, Taylor in r.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V Exp(D d, V x) {
  constexpr double kTaylor[] = {
      1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040, 1.0 / 720,
      1.0 / 120,       1.0 / 24,       1.0 / 6,       1.0 / 2,      1.0,         1.0};
  x = hn::Max(x, hn::Set(d, -700.0));
  const auto n = hn::Round(hn::Mul(x, hn::Set(d, 1.4426950408889634)));
  auto r = hn::Sub(x, hn::Mul(n, hn::Set(d, 6.93145751953125e-1)));
  r = hn::Sub(r, hn::Mul(n, hn::Set(d, 1.42860682030941723212e-6)));
  auto value = hn::Set(d, 1.0 / 6227020800);
  for (const double term : kTaylor) value = hn::Add(hn::Mul(value, r), hn::Set(d, term));
  // 2^n by its bits: n + 1023 added to 1.5 x 2^52 stands in the low bits.
  const hn::Rebind<std::int64_t, D> di;
  const auto bits = hn::BitCast(di, hn::Add(n, hn::Set(d, 6755399441055744.0 + 1023)));
  return hn::Mul(value, hn::BitCast(d, hn::ShiftLeft<52>(bits)));
}

/// Value of the kernel with peak 1 at q².
template <Kernel K, class D, class V = hn::Vec<D>>
HWY_INLINE V UnitKernel(D d, V q2) {
  const auto rest = hn::Max(hn::Sub(hn::Set(d, 1.0), q2), hn::Zero(d));
  if constexpr (K == Kernel::kUniform)
    return hn::IfThenElseZero(hn::Le(q2, hn::Set(d, 1 + 2 * kDiscRim)), hn::Set(d, 1.0));
  else if constexpr (K == Kernel::kEpanechnikov)
    return rest;
  else if constexpr (K == Kernel::kQuartic)
    return hn::Mul(rest, rest);
  else if constexpr (K == Kernel::kTriweight)
    return hn::Mul(hn::Mul(rest, rest), rest);
  else if constexpr (K == Kernel::kGaussian)
    return Exp(d, hn::Mul(q2, hn::Set(d, -0.5)));
  else
    return hn::Max(hn::Sub(hn::Set(d, 1.0), hn::Sqrt(q2)), hn::Zero(d));
}

/// Columns and rows of the tile within `reach` cells of the source.
struct Window {
  int first_column, last_column, first_row, last_row;
  bool empty() const { return first_column > last_column || first_row > last_row; }
};
HWY_INLINE Window WindowOf(const DensityTile& tile, double x, double y, double reach) {
  const auto within = [](double low, double high, int first, int count, int& from, int& to) {
    from = static_cast<int>(std::clamp(std::ceil(low) - first, 0.0, 1.0 * count));
    to = static_cast<int>(std::clamp(std::floor(high) - first, -1.0, count - 1.0));
  };
  Window window;
  within(x - reach, x + reach, tile.first_column, tile.columns, window.first_column, window.last_column);
  within(y - reach, y + reach, tile.first_row, tile.rows, window.first_row, window.last_row);
  return window;
}

template <Kernel K>
void AddCompact(const DensityTile& tile, const SourceSpan& sources, double set_radius) {
  const hn::CappedTag<double, kTileBlock> d;
  constexpr int kLanes = static_cast<int>(hn::MaxLanes(hn::CappedTag<double, kTileBlock>()));
  for (std::size_t s = 0; s < sources.count; ++s) {
    const double radius = sources.radius == nullptr ? set_radius : sources.radius[s];
    const Window window = WindowOf(tile, sources.x[s], sources.y[s], radius * (1 + kDiscRim));
    if (window.empty()) continue;
    const auto inverse = hn::Set(d, 1 / radius);
    const auto weight = hn::Set(d, sources.weight[s]);
    const double left = tile.first_column - sources.x[s];
    for (int row = window.first_row; row <= window.last_row; ++row) {
      const double dy = (tile.first_row + row - sources.y[s]) * (1 / radius);
      const double half = std::sqrt(std::max(0.0, 1 + 4 * kDiscRim - dy * dy)) * radius;
      const int first = std::max(window.first_column, static_cast<int>(std::ceil(-left - half)));
      const int last = std::min(window.last_column, static_cast<int>(std::floor(-left + half)));
      double* sums = tile.differences + static_cast<std::size_t>(row) * tile.stride;
      const auto dy2 = hn::Set(d, dy * dy);
      for (int column = first; column <= last; column += kLanes) {
        const auto dx = hn::Mul(hn::Add(hn::Iota(d, static_cast<double>(column)), hn::Set(d, left)), inverse);
        const auto value = hn::Mul(weight, UnitKernel<K>(d, hn::Add(hn::Mul(dx, dx), dy2)));
        hn::StoreU(hn::Add(hn::LoadU(d, sums + column), value), d, sums + column);
      }
    }
  }
}

/// exp(-dx²/2) of `count` cells from the given distance on, in standard deviations.
HWY_INLINE void GaussianFactors(double from, double inverse, int count, double* factors) {
  const hn::CappedTag<double, kTileBlock> d;
  constexpr int kLanes = static_cast<int>(hn::MaxLanes(hn::CappedTag<double, kTileBlock>()));
  for (int i = 0; i < count; i += kLanes) {
    const auto q =
        hn::Mul(hn::Add(hn::Iota(d, static_cast<double>(i)), hn::Set(d, from)), hn::Set(d, inverse));
    hn::StoreU(Exp(d, hn::Mul(hn::Mul(q, q), hn::Set(d, -0.5))), d, factors + i);
  }
}

void AddGaussian(const DensityTile& tile, const SourceSpan& sources, double set_sd, double reach) {
  const hn::CappedTag<double, kTileBlock> d;
  constexpr int kLanes = static_cast<int>(hn::MaxLanes(hn::CappedTag<double, kTileBlock>()));
  double* const columns = tile.scratch;
  alignas(64) double rows[kMostTileRows + kTileBlock];
  for (std::size_t s = 0; s < sources.count; ++s) {
    const double sd = sources.radius == nullptr ? set_sd : sources.radius[s];
    const double x = sources.x[s], y = sources.y[s];
    const Window window = WindowOf(tile, x, y, sd * reach);
    if (window.empty()) continue;
    const int width = window.last_column - window.first_column + 1;
    const int height = window.last_row - window.first_row + 1;
    GaussianFactors(tile.first_column + window.first_column - x, 1 / sd, width, columns);
    GaussianFactors(tile.first_row + window.first_row - y, 1 / sd, height, rows);
    // Lanes behind the window must add nothing.
    std::fill(columns + width, columns + width + kTileBlock, 0.0);
    for (int row = 0; row < height; ++row) {
      double* sums = tile.differences + static_cast<std::size_t>(window.first_row + row) * tile.stride +
                     window.first_column;
      const auto factor = hn::Set(d, sources.weight[s] * rows[row]);
      for (int column = 0; column < width; column += kLanes)
        hn::StoreU(hn::Add(hn::LoadU(d, sums + column), hn::Mul(factor, hn::LoadU(d, columns + column))), d,
                   sums + column);
    }
  }
}

void AddDirect(Kernel kernel, const DensityTile& tile, const SourceSpan& sources, double radius,
               double reach) {
  switch (kernel) {
    case Kernel::kUniform:
      return AddCompact<Kernel::kUniform>(tile, sources, radius);
    case Kernel::kEpanechnikov:
      return AddCompact<Kernel::kEpanechnikov>(tile, sources, radius);
    case Kernel::kQuartic:
      return AddCompact<Kernel::kQuartic>(tile, sources, radius);
    case Kernel::kTriweight:
      return AddCompact<Kernel::kTriweight>(tile, sources, radius);
    case Kernel::kTriangular:
      return AddCompact<Kernel::kTriangular>(tile, sources, radius);
    case Kernel::kGaussian:
      return AddGaussian(tile, sources, radius, reach);
  }
}

/// Every eighth source goes to the same sum, whatever the vector width.
template <Kernel K>
void AddSourcesAt(double x, double y, const SourceSpan& sources, double set_radius, bool others,
                  LocationSums& sums) {
  const hn::CappedTag<double, kTileBlock> d;
  constexpr std::size_t kLanes = hn::MaxLanes(hn::CappedTag<double, kTileBlock>());
  const auto at_x = hn::Set(d, x), at_y = hn::Set(d, y), set_inverse = hn::Set(d, 1 / set_radius);
  alignas(64) double last[4][kTileBlock];
  for (std::size_t s = 0; s < sources.count; s += kTileBlock) {
    SourceSpan block = sources.From(s);
    if (block.count < kTileBlock) {
      // Sources of weight 0 fill the last block up.
      for (std::size_t i = 0; i < kTileBlock; ++i) {
        const std::size_t j = std::min(i, block.count - 1);
        last[0][i] = block.x[j];
        last[1][i] = block.y[j];
        last[2][i] = i < block.count ? block.weight[j] : 0;
        last[3][i] = block.radius == nullptr ? 1 : block.radius[j];
      }
      block = {last[0], last[1], last[2], block.radius == nullptr ? nullptr : last[3], kTileBlock};
    }
    for (std::size_t i = 0; i < kTileBlock; i += kLanes) {
      const auto inverse =
          block.radius == nullptr ? set_inverse : hn::Div(hn::Set(d, 1.0), hn::LoadU(d, block.radius + i));
      const auto dx = hn::Mul(hn::Sub(hn::LoadU(d, block.x + i), at_x), inverse);
      const auto dy = hn::Mul(hn::Sub(hn::LoadU(d, block.y + i), at_y), inverse);
      const auto q2 = hn::Add(hn::Mul(dx, dx), hn::Mul(dy, dy));
      const auto weight = hn::LoadU(d, block.weight + i);
      auto value = hn::Mul(weight, UnitKernel<K>(d, q2));
      if (others) {
        const auto here = hn::Eq(q2, hn::Zero(d));
        value = hn::IfThenZeroElse(here, value);
        hn::StoreU(hn::Add(hn::LoadU(d, sums.here + i), hn::IfThenElseZero(here, weight)), d, sums.here + i);
      }
      hn::StoreU(hn::Add(hn::LoadU(d, sums.values + i), value), d, sums.values + i);
    }
  }
}

void AddAt(Kernel kernel, double x, double y, const SourceSpan& sources, double radius, bool others,
           LocationSums& sums) {
  switch (kernel) {
    case Kernel::kUniform:
      return AddSourcesAt<Kernel::kUniform>(x, y, sources, radius, others, sums);
    case Kernel::kEpanechnikov:
      return AddSourcesAt<Kernel::kEpanechnikov>(x, y, sources, radius, others, sums);
    case Kernel::kQuartic:
      return AddSourcesAt<Kernel::kQuartic>(x, y, sources, radius, others, sums);
    case Kernel::kTriweight:
      return AddSourcesAt<Kernel::kTriweight>(x, y, sources, radius, others, sums);
    case Kernel::kTriangular:
      return AddSourcesAt<Kernel::kTriangular>(x, y, sources, radius, others, sums);
    case Kernel::kGaussian:
      return AddSourcesAt<Kernel::kGaussian>(x, y, sources, radius, others, sums);
  }
}

}  // namespace lagesbild::geo::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lagesbild::geo {
namespace {
HWY_EXPORT(AddDirect);
HWY_EXPORT(AddAt);
}  // namespace

void AddDirect(Kernel kernel, const DensityTile& tile, const SourceSpan& sources, double radius,
               double reach) {
  HWY_DYNAMIC_DISPATCH(AddDirect)(kernel, tile, sources, radius, reach);
}
void AddAt(Kernel kernel, double x, double y, const SourceSpan& sources, double radius, bool others,
           LocationSums& sums) {
  HWY_DYNAMIC_DISPATCH(AddAt)(kernel, x, y, sources, radius, others, sums);
}

template <class Value>
void TakeRow(const DensityTile& tile, int row, double factor, bool add, Value* values) {
  double* sums = tile.differences + static_cast<std::size_t>(row) * tile.stride;
  for (int column = 0; column < tile.columns; ++column) {
    const auto value = static_cast<Value>(sums[column] * factor);
    values[column] = add ? values[column] + value : value;
  }
  std::fill(sums, sums + tile.stride, 0.0);
}
template void TakeRow(const DensityTile&, int, double, bool, double*);
template void TakeRow(const DensityTile&, int, double, bool, float*);

}  // namespace lagesbild::geo
#endif
