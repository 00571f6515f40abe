// From row differences to values: running sums along a row, and the polynomial at each column. Compiled and
// chosen as density_differences.cc, with the same bits on all vector widths.
#include <algorithm>
#include <cstdint>
#include <type_traits>

#include "geo/density_tile.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "geo/density_rows.cc"
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

#include "geo/density_group-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lagesbild::geo::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Running sums over one block of columns; clears `differences`. Four columns wait for one addition only, not
/// for each other.
template <int Width, class G = Group<Width>>
HWY_INLINE void SumBlock(G& running, double* HWY_RESTRICT differences, G (&sums)[kTileBlock]) {
  for (std::size_t c = 0; c < kTileBlock; c += 4) {
    double* const from = differences + Width * c;
    const G d0 = G::At(from);
    const G d1 = d0 + G::At(from + Width);
    const G d2 = d1 + G::At(from + 2 * Width);
    const G d3 = d2 + G::At(from + 3 * Width);
    sums[c] = running + d0;
    sums[c + 1] = running + d1;
    sums[c + 2] = running + d2;
    running = running + d3;
    sums[c + 3] = running;
    for (std::size_t i = 0; i < 4; ++i) G::Zero().To(from + Width * i);
  }
}

/// Coefficients of Lanes columns.
template <class V>
struct Columns {
  V c0, c1, c2, c3, c4, c5, c6, c7;
};

#if HWY_TARGET == HWY_AVX3
/// The coefficients of eight columns by transposing them; what is not used is not computed.
template <int Power, class D, class V = hn::Vec<D>>
HWY_INLINE void TransposeColumns(D d, const Group<8> (&sums)[kTileBlock], Columns<V>& c) {
  // Coefficients 0, 2, 4, 6 of two columns in turn, and 1, 3, 5, 7.
  V even[4], odd[4];
  for (std::size_t i = 0; i < 4; ++i) {
    even[i] = hn::InterleaveLower(d, sums[2 * i].part[0], sums[2 * i + 1].part[0]);
    odd[i] = hn::InterleaveUpper(d, sums[2 * i].part[0], sums[2 * i + 1].part[0]);
  }
  const auto blocks = [](V a, V b, auto which)
                          HWY_ATTR { return V{_mm512_shuffle_f64x2(a.raw, b.raw, decltype(which)::value)}; };
  using Low = std::integral_constant<int, 0x44>;
  using High = std::integral_constant<int, 0xEE>;
  using First = std::integral_constant<int, 0x88>;
  using Second = std::integral_constant<int, 0xDD>;
  const auto spread = [&](const V(&v)[4], V& c0, V& c1, V& c2, V& c3) HWY_ATTR {
    const V low0 = blocks(v[0], v[1], Low()), low1 = blocks(v[2], v[3], Low());
    const V high0 = blocks(v[0], v[1], High()), high1 = blocks(v[2], v[3], High());
    c0 = blocks(low0, low1, First());
    c1 = blocks(low0, low1, Second());
    c2 = blocks(high0, high1, First());
    c3 = blocks(high0, high1, Second());
  };
  spread(even, c.c0, c.c2, c.c4, c.c6);
  spread(odd, c.c1, c.c3, c.c5, c.c7);
}
#endif

/// From the sums of SumBlock, the columns from `first` on.
template <int Power, int Width, class D, class V = hn::Vec<D>>
HWY_INLINE void LoadColumns(D d, const Group<Width> (&sums)[kTileBlock], std::size_t first, Columns<V>& c) {
#if HWY_TARGET == HWY_AVX3
  if constexpr (Width == 8) return TransposeColumns<Power>(d, sums, c);
#endif
  // Vectors are read as they are written: others would have to wait for memory.
  alignas(64) double columns[Width * hn::MaxLanes(D())];
  for (std::size_t i = 0; i < hn::MaxLanes(D()); ++i) sums[first + i].To(columns + Width * i);
  hn::LoadInterleaved4(d, columns, c.c0, c.c1, c.c2, c.c3);
  if constexpr (Power >= 2) {
#if HWY_TARGET == HWY_SCALAR
    hn::LoadInterleaved4(d, columns + 4, c.c4, c.c5, c.c6, c.c7);
#else
    // Each of the four holds two coefficients of half the columns in turn.
    V d0, d1, d2, d3;
    hn::LoadInterleaved4(d, columns + 4 * hn::MaxLanes(D()), d0, d1, d2, d3);
    c.c4 = hn::ConcatOdd(d, d0, c.c0);
    c.c5 = hn::ConcatOdd(d, d1, c.c1);
    c.c6 = hn::ConcatOdd(d, d2, c.c2);
    c.c7 = hn::ConcatOdd(d, d3, c.c3);
    c.c0 = hn::ConcatEven(d, d0, c.c0);
    c.c1 = hn::ConcatEven(d, d1, c.c1);
    c.c2 = hn::ConcatEven(d, d2, c.c2);
    c.c3 = hn::ConcatEven(d, d3, c.c3);
#endif
  }
}

/// The same for all columns.
template <int Power, class D, class V = hn::Vec<D>>
HWY_INLINE void RepeatColumn(D d, const double* column, Columns<V>& c) {
  c.c0 = hn::Set(d, column[0]);
  c.c1 = hn::Set(d, column[1]);
  c.c2 = hn::Set(d, column[2]);
  c.c3 = hn::Set(d, column[3]);
  if constexpr (Power >= 2) {
    c.c4 = hn::Set(d, column[4]);
    c.c5 = hn::Set(d, column[5]);
    c.c6 = hn::Set(d, column[6]);
    c.c7 = hn::Set(d, column[7]);
  }
}

/// Values of Lanes columns at x; 0 where no source is active.
template <int Power, class D, class V = hn::Vec<D>>
HWY_INLINE V ValuesOf(D d, const Columns<V>& c, V x) {
  V value, count;
  if constexpr (Power == 0) {
    value = c.c0;
    count = c.c3;
  } else if constexpr (Power == 1) {
    value = hn::Add(hn::Mul(hn::Add(hn::Mul(c.c2, x), c.c1), x), c.c0);
    count = c.c3;
  } else {
    V high = c.c4;
    if constexpr (Power == 3) high = hn::Add(hn::Mul(hn::Add(hn::Mul(c.c6, x), c.c5), x), c.c4);
    count = c.c7;
    value = hn::Add(hn::Mul(high, x), c.c3);
    value = hn::Add(hn::Mul(value, x), c.c2);
    value = hn::Add(hn::Mul(value, x), c.c1);
    value = hn::Add(hn::Mul(value, x), c.c0);
  }
  return hn::IfThenElseZero(hn::And(hn::Gt(count, hn::Set(d, 0.5)), hn::Gt(value, hn::Zero(d))), value);
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
  constexpr int kColumn = kWidth<Power>;
  const hn::CappedTag<double, kColumn> d;
  constexpr std::size_t kLanes = hn::MaxLanes(hn::CappedTag<double, kColumn>());
  double* differences = tile.differences + kColumn * static_cast<std::size_t>(row) * tile.stride;
  Group<kColumn> running = Group<kColumn>::Zero();
  Group<kColumn> sums[kTileBlock];
  const double middle = (tile.columns - 1) / 2.0;
  const auto inverse = hn::Set(d, 1 / tile.scale);
  const auto factors = hn::Set(d, factor);
  alignas(64) Value last[kTileBlock] = {};
  const auto columns = static_cast<std::size_t>(tile.columns);
  alignas(64) double state[kColumn] = {};
  std::uint8_t* marks = tile.marks == nullptr
                            ? nullptr
                            : tile.marks + (tile.stride / kTileBlock + 1) * static_cast<std::size_t>(row);
  // The block that holds the difference behind the last column is cleared too.
  for (std::size_t column = 0; column <= columns; column += kTileBlock) {
    const bool constant = marks != nullptr && marks[column / kTileBlock] == 0;
    if (constant && state[kColumn - 1] < 0.5) {
      const std::size_t end = std::min(columns, column + kTileBlock);
      if (!add && column < end) std::fill(values + column, values + end, Value{0});
      continue;
    }
    if (!constant) {
      SumBlock<kColumn>(running, differences + kColumn * column, sums);
      if (marks != nullptr) {
        running.To(state);
        marks[column / kTileBlock] = 0;
      }
    }
    if (column >= columns) break;
    const bool whole = column + kTileBlock <= columns;
    if (!whole && add) std::copy(values + column, values + columns, last);
    Value* const to = whole ? values + column : last;
    for (std::size_t i = 0; i < kTileBlock; i += kLanes) {
      const auto x = hn::Mul(
          hn::Add(hn::Iota(d, static_cast<double>(i)), hn::Set(d, static_cast<double>(column) - middle)),
          inverse);
      Columns<hn::Vec<decltype(d)>> c;
      if (constant)
        RepeatColumn<Power>(d, state, c);
      else
        LoadColumns<Power>(d, sums, i, c);
      StoreValues(d, hn::Mul(ValuesOf<Power>(d, c, x), factors), add, to + i);
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

}  // namespace lagesbild::geo::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lagesbild::geo {
namespace {
HWY_EXPORT(EvaluateDoubles);
HWY_EXPORT(EvaluateFloats);
}  // namespace

template <>
void EvaluateRow(int power, const DensityTile& tile, int row, double factor, bool add, double* values) {
  HWY_DYNAMIC_DISPATCH(EvaluateDoubles)(power, tile, row, factor, add, values);
}
template <>
void EvaluateRow(int power, const DensityTile& tile, int row, double factor, bool add, float* values) {
  HWY_DYNAMIC_DISPATCH(EvaluateFloats)(power, tile, row, factor, add, values);
}

}  // namespace lagesbild::geo
#endif
