// The inner loops, compiled for every vector width and chosen at run time. Results have the same bits on all:
// every value is made by the same operations in the same order in its own lane, without fused multiply-add.
#include "geo/density_tile.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "geo/density_tile.cc"
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace lagesbild::geo::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr int kMostRows = 64;
// A cell whose center is on the rim belongs to the disc, also where rounding says otherwise.
constexpr double kRim = 1e-12;

/// Four doubles that are read and written together.
class Quad {
  using D = hn::CappedTag<double, 4>;
  static constexpr std::size_t kLanes = hn::MaxLanes(D());
  static constexpr std::size_t kParts = 4 / kLanes;

 public:
  static HWY_INLINE Quad Of(double a, double b, double c, double d) {
    alignas(32) const double values[4] = {a, b, c, d};
    return At(values);
  }
  static HWY_INLINE Quad At(const double* from) {
    Quad quad;
    for (std::size_t i = 0; i < kParts; ++i) quad.part[i] = hn::Load(D(), from + i * kLanes);
    return quad;
  }
  static HWY_INLINE Quad Zero() {
    Quad quad;
    for (std::size_t i = 0; i < kParts; ++i) quad.part[i] = hn::Zero(D());
    return quad;
  }
  HWY_INLINE void To(double* to) const {
    for (std::size_t i = 0; i < kParts; ++i) hn::Store(part[i], D(), to + i * kLanes);
  }
  friend HWY_INLINE Quad operator+(Quad a, Quad b) {
    for (std::size_t i = 0; i < kParts; ++i) a.part[i] = hn::Add(a.part[i], b.part[i]);
    return a;
  }
  friend HWY_INLINE Quad operator-(Quad a, Quad b) {
    for (std::size_t i = 0; i < kParts; ++i) a.part[i] = hn::Sub(a.part[i], b.part[i]);
    return a;
  }
  friend HWY_INLINE Quad operator*(double factor, Quad a) {
    for (std::size_t i = 0; i < kParts; ++i) a.part[i] = hn::Mul(hn::Set(D(), factor), a.part[i]);
    return a;
  }

 private:
  hn::Vec<D> part[kParts];
};

/// As Quad, two doubles.
class Pair {
  using D = hn::CappedTag<double, 2>;
  static constexpr std::size_t kLanes = hn::MaxLanes(D());
  static constexpr std::size_t kParts = 2 / kLanes;

 public:
  static HWY_INLINE Pair Of(double a, double b) {
    alignas(16) const double values[2] = {a, b};
    return At(values);
  }
  static HWY_INLINE Pair At(const double* from) {
    Pair pair;
    for (std::size_t i = 0; i < kParts; ++i) pair.part[i] = hn::Load(D(), from + i * kLanes);
    return pair;
  }
  static HWY_INLINE Pair Zero() {
    Pair pair;
    for (std::size_t i = 0; i < kParts; ++i) pair.part[i] = hn::Zero(D());
    return pair;
  }
  HWY_INLINE void To(double* to) const {
    for (std::size_t i = 0; i < kParts; ++i) hn::Store(part[i], D(), to + i * kLanes);
  }
  friend HWY_INLINE Pair operator+(Pair a, Pair b) {
    for (std::size_t i = 0; i < kParts; ++i) a.part[i] = hn::Add(a.part[i], b.part[i]);
    return a;
  }
  friend HWY_INLINE Pair operator-(Pair a, Pair b) {
    for (std::size_t i = 0; i < kParts; ++i) a.part[i] = hn::Sub(a.part[i], b.part[i]);
    return a;
  }

 private:
  hn::Vec<D> part[kParts];
};

/// Doubles per column beside the quad.
template <int Power>
constexpr std::size_t kTail = Power == 2   ? 2
                              : Power == 3 ? 4
                                           : 0;

/// w (B + 2 P x - x²)^Power as coefficients of x^0 to x^3 (or as many as there are, and the count of sources
/// in the last place), a polynomial in B = R² - dy² - P² that is the same for all rows of a source.
template <int Power>
struct Coefficients {
  Quad v0, v1, v2, v3;

  HWY_INLINE Coefficients(double w, double p) {
    if constexpr (Power == 0) {
      v0 = Quad::Of(w, 0, 0, 1);
    } else if constexpr (Power == 1) {
      v0 = Quad::Of(0, 2 * w * p, -w, 1);
      v1 = Quad::Of(w, 0, 0, 0);
    } else if constexpr (Power == 2) {
      v0 = Quad::Of(0, 0, 4 * w * p * p, -4 * w * p);
      v1 = Quad::Of(0, 4 * w * p, -2 * w, 0);
      v2 = Quad::Of(w, 0, 0, 0);
    } else {
      v0 = Quad::Of(0, 0, 0, 8 * w * p * p * p);
      v1 = Quad::Of(0, 0, 12 * w * p * p, -12 * w * p);
      v2 = Quad::Of(0, 6 * w * p, -3 * w, 0);
      v3 = Quad::Of(w, 0, 0, 0);
    }
  }
  HWY_INLINE Quad At(double b) const {
    if constexpr (Power == 0) return v0;
    if constexpr (Power == 1) return v0 + b * v1;
    if constexpr (Power == 2) return v0 + b * (v1 + b * v2);
    if constexpr (Power == 3) return v0 + b * (v1 + b * (v2 + b * v3));
  }
};

/// Where a source's support begins and ends on each row of the tile, and B of that row.
struct Intervals {
  int first_row = 0, count = 0;
  alignas(64) double b[kMostRows + 16];
  alignas(64) std::int32_t begin[kMostRows + 16];
  alignas(64) std::int32_t end[kMostRows + 16];
};

template <int Power>
HWY_INLINE void FindIntervals(const DensityTile& tile, double x, double y, double radius, double p,
                              Intervals& rows) {
  const hn::ScalableTag<double> d;
  const hn::Rebind<std::int32_t, decltype(d)> di;
  const double north = y + radius * (1 + kRim) - tile.first_row;
  const double south = y - radius * (1 + kRim) - tile.first_row;
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
    const auto rim = Power == 0 ? hn::Add(a, hn::Mul(r2, hn::Set(d, 2 * kRim))) : a;
    const auto half = hn::Mul(hn::Sqrt(hn::Max(rim, hn::Zero(d))), hn::Set(d, tile.scale));
    const auto begin = hn::Max(hn::Ceil(hn::Sub(center, half)), hn::Zero(d));
    const auto end = hn::Min(hn::Floor(hn::Add(center, half)), most);
    hn::StoreU(hn::Sub(a, p2), d, rows.b + i);
    hn::StoreU(hn::DemoteTo(di, begin), di, rows.begin + i);
    hn::StoreU(hn::Add(hn::DemoteTo(di, end), hn::Set(di, 1)), di, rows.end + i);
  }
}

template <int Power>
void AddSources(const DensityTile& tile, const SourceSpan& sources, double set_radius) {
  Intervals rows;
  const double inverse = 1 / tile.scale;
  const double middle = tile.first_column + (tile.columns - 1) / 2.0;
  for (std::size_t s = 0; s < sources.count; ++s) {
    const double x = sources.x[s], y = sources.y[s], w = sources.weight[s];
    const double radius = sources.radius == nullptr ? set_radius : sources.radius[s];
    if (x + radius < tile.first_column - 1 || x - radius > tile.first_column + tile.columns) continue;
    const double p = (x - middle) * inverse;
    FindIntervals<Power>(tile, x, y, radius, p, rows);
    const Coefficients<Power> coefficients(w, p);
    [[maybe_unused]] const Pair pair = Pair::Of(w, 1);
    [[maybe_unused]] const Quad tail0 = Quad::Of(-12 * w * p * p, 6 * w * p, -w, 1);
    [[maybe_unused]] const Quad tail1 = Quad::Of(3 * w, 0, 0, 0);
    std::size_t row = static_cast<std::size_t>(rows.first_row) * tile.stride;
    for (int i = 0; i < rows.count; ++i, row += tile.stride) {
      if (rows.begin[i] >= rows.end[i]) continue;
      const std::size_t begin = row + static_cast<std::size_t>(rows.begin[i]);
      const std::size_t end = row + static_cast<std::size_t>(rows.end[i]);
      const double b = rows.b[i];
      const Quad quad = coefficients.At(b);
      (Quad::At(tile.quads + 4 * begin) + quad).To(tile.quads + 4 * begin);
      (Quad::At(tile.quads + 4 * end) - quad).To(tile.quads + 4 * end);
      if constexpr (Power == 2) {
        (Pair::At(tile.tails + 2 * begin) + pair).To(tile.tails + 2 * begin);
        (Pair::At(tile.tails + 2 * end) - pair).To(tile.tails + 2 * end);
      } else if constexpr (Power == 3) {
        const Quad tail = tail0 + b * tail1;
        (Quad::At(tile.tails + 4 * begin) + tail).To(tile.tails + 4 * begin);
        (Quad::At(tile.tails + 4 * end) - tail).To(tile.tails + 4 * end);
      }
    }
  }
}

void AddRowDifferences(int power, const DensityTile& tile, const SourceSpan& sources, double radius) {
  if (power == 0) return AddSources<0>(tile, sources, radius);
  if (power == 1) return AddSources<1>(tile, sources, radius);
  if (power == 2) return AddSources<2>(tile, sources, radius);
  AddSources<3>(tile, sources, radius);
}

/// Running sums over one block of columns, written to `sums`; clears `differences`. Four columns wait for one
/// addition only, not for each other.
template <class Group, std::size_t Width>
HWY_INLINE void SumBlock(Group& running, double* HWY_RESTRICT differences, double* HWY_RESTRICT sums) {
  for (std::size_t c = 0; c < kTileBlock; c += 4) {
    const Group d0 = Group::At(differences + Width * c);
    const Group d1 = d0 + Group::At(differences + Width * (c + 1));
    const Group d2 = d1 + Group::At(differences + Width * (c + 2));
    const Group d3 = d2 + Group::At(differences + Width * (c + 3));
    (running + d0).To(sums + Width * c);
    (running + d1).To(sums + Width * (c + 1));
    (running + d2).To(sums + Width * (c + 2));
    running = running + d3;
    running.To(sums + Width * (c + 3));
    for (std::size_t i = 0; i < 4; ++i) Group::Zero().To(differences + Width * (c + i));
  }
}

/// Values of Lanes columns from their coefficients; 0 where no source is active.
template <int Power, class D, class V = hn::Vec<D>>
HWY_INLINE V ValuesOf(D d, const double* quads, const double* tails, V x) {
  V c0, c1, c2, c3;
  hn::LoadInterleaved4(d, quads, c0, c1, c2, c3);
  V value, count;
  if constexpr (Power == 0) {
    value = c0;
    count = c3;
  } else if constexpr (Power == 1) {
    value = hn::Add(hn::Mul(hn::Add(hn::Mul(c2, x), c1), x), c0);
    count = c3;
  } else {
    V high;
    if constexpr (Power == 2) {
      hn::LoadInterleaved2(d, tails, high, count);
    } else {
      V c4, c5, c6;
      hn::LoadInterleaved4(d, tails, c4, c5, c6, count);
      high = hn::Add(hn::Mul(hn::Add(hn::Mul(c6, x), c5), x), c4);
    }
    value = hn::Add(hn::Mul(high, x), c3);
    value = hn::Add(hn::Mul(value, x), c2);
    value = hn::Add(hn::Mul(value, x), c1);
    value = hn::Add(hn::Mul(value, x), c0);
  }
  return hn::IfThenElseZero(hn::Gt(count, hn::Set(d, 0.5)), hn::Max(value, hn::Zero(d)));
}

template <class D>
HWY_INLINE void StoreValues(D d, hn::Vec<D> values, bool add, double* to) {
  hn::StoreU(add ? hn::Add(hn::LoadU(d, to), values) : values, d, to);
}
template <class D>
HWY_INLINE void StoreValues(D, hn::Vec<D> values, bool add, float* to) {
  const hn::Rebind<float, D> df;
  const auto narrow = hn::DemoteTo(df, values);
  hn::StoreU(add ? hn::Add(hn::LoadU(df, to), narrow) : narrow, df, to);
}

template <int Power, class Value>
void EvaluatePower(const DensityTile& tile, int row, double factor, bool add, Value* values) {
  const hn::CappedTag<double, kTileBlock> d;
  constexpr std::size_t kLanes = hn::MaxLanes(hn::CappedTag<double, kTileBlock>());
  constexpr std::size_t kTails = kTail<Power>;
  double* quads = tile.quads + 4 * static_cast<std::size_t>(row) * tile.stride;
  double* tails = tile.tails + kTails * static_cast<std::size_t>(row) * tile.stride;
  Quad running = Quad::Zero(), running_quad = Quad::Zero();
  Pair running_pair = Pair::Zero();
  alignas(64) double quad_sums[4 * kTileBlock], tail_sums[4 * kTileBlock];
  const double middle = (tile.columns - 1) / 2.0;
  const auto inverse = hn::Set(d, 1 / tile.scale);
  const auto factors = hn::Set(d, factor);
  alignas(64) Value last[kTileBlock] = {};
  const auto columns = static_cast<std::size_t>(tile.columns);
  // One block further: differences behind the last column are cleared too.
  for (std::size_t column = 0; column < tile.stride; column += kTileBlock) {
    SumBlock<Quad, 4>(running, quads + 4 * column, quad_sums);
    if constexpr (kTails == 2) SumBlock<Pair, 2>(running_pair, tails + 2 * column, tail_sums);
    if constexpr (kTails == 4) SumBlock<Quad, 4>(running_quad, tails + 4 * column, tail_sums);
    if (column >= columns) break;
    const bool whole = column + kTileBlock <= columns;
    if (!whole && add) std::copy(values + column, values + columns, last);
    Value* const to = whole ? values + column : last;
    for (std::size_t i = 0; i < kTileBlock; i += kLanes) {
      const auto x = hn::Mul(
          hn::Add(hn::Iota(d, static_cast<double>(i)), hn::Set(d, static_cast<double>(column) - middle)),
          inverse);
      const auto value = ValuesOf<Power>(d, quad_sums + 4 * i, tail_sums + kTails * i, x);
      StoreValues(d, hn::Mul(value, factors), add, to + i);
    }
    if (!whole) std::copy(last, last + (columns - column), values + column);
  }
}

template <class Value>
HWY_INLINE void EvaluateAny(int power, const DensityTile& tile, int row, double factor, bool add,
                            Value* values) {
  if (power == 0) return EvaluatePower<0>(tile, row, factor, add, values);
  if (power == 1) return EvaluatePower<1>(tile, row, factor, add, values);
  if (power == 2) return EvaluatePower<2>(tile, row, factor, add, values);
  EvaluatePower<3>(tile, row, factor, add, values);
}
void EvaluateDoubles(int power, const DensityTile& tile, int row, double factor, bool add, double* values) {
  EvaluateAny(power, tile, row, factor, add, values);
}
void EvaluateFloats(int power, const DensityTile& tile, int row, double factor, bool add, float* values) {
  EvaluateAny(power, tile, row, factor, add, values);
}

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
    return hn::IfThenElseZero(hn::Le(q2, hn::Set(d, 1 + 2 * kRim)), hn::Set(d, 1.0));
  else if constexpr (K == Kernel::kEpanechnikov)
    return rest;
  else if constexpr (K == Kernel::kQuartic)
    return hn::Mul(rest, rest);
  else if constexpr (K == Kernel::kTriweight)
    return hn::Mul(hn::Mul(rest, rest), rest);
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
    const Window window = WindowOf(tile, sources.x[s], sources.y[s], radius * (1 + kRim));
    if (window.empty()) continue;
    const auto inverse = hn::Set(d, 1 / radius);
    const auto weight = hn::Set(d, sources.weight[s]);
    const double left = tile.first_column - sources.x[s];
    for (int row = window.first_row; row <= window.last_row; ++row) {
      const double dy = (tile.first_row + row - sources.y[s]) * (1 / radius);
      const double half = std::sqrt(std::max(0.0, 1 + 4 * kRim - dy * dy)) * radius;
      const int first = std::max(window.first_column, static_cast<int>(std::ceil(-left - half)));
      const int last = std::min(window.last_column, static_cast<int>(std::floor(-left + half)));
      double* sums = tile.quads + static_cast<std::size_t>(row) * tile.stride;
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
  double* const columns = tile.tails;
  alignas(64) double rows[kMostRows + kTileBlock];
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
      double* sums =
          tile.quads + static_cast<std::size_t>(window.first_row + row) * tile.stride + window.first_column;
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

const char* TargetName() { return hwy::TargetName(HWY_TARGET); }

}  // namespace lagesbild::geo::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lagesbild::geo {
namespace {
HWY_EXPORT(AddRowDifferences);
HWY_EXPORT(EvaluateDoubles);
HWY_EXPORT(EvaluateFloats);
HWY_EXPORT(AddDirect);
HWY_EXPORT(TargetName);
}  // namespace

void AddRowDifferences(int power, const DensityTile& tile, const SourceSpan& sources, double radius) {
  HWY_DYNAMIC_DISPATCH(AddRowDifferences)(power, tile, sources, radius);
}
template <>
void EvaluateRow(int power, const DensityTile& tile, int row, double factor, bool add, double* values) {
  HWY_DYNAMIC_DISPATCH(EvaluateDoubles)(power, tile, row, factor, add, values);
}
template <>
void EvaluateRow(int power, const DensityTile& tile, int row, double factor, bool add, float* values) {
  HWY_DYNAMIC_DISPATCH(EvaluateFloats)(power, tile, row, factor, add, values);
}
void AddDirect(Kernel kernel, const DensityTile& tile, const SourceSpan& sources, double radius,
               double reach) {
  HWY_DYNAMIC_DISPATCH(AddDirect)(kernel, tile, sources, radius, reach);
}
const char* VectorTarget() { return HWY_DYNAMIC_DISPATCH(TargetName)(); }

template <class Value>
void TakeRow(const DensityTile& tile, int row, double factor, bool add, Value* values) {
  double* sums = tile.quads + static_cast<std::size_t>(row) * tile.stride;
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
