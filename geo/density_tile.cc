// Row differences, compiled for every vector width and chosen at run time. Results have the same bits on all:
// every value is made by the same operations in the same order in its own lane, without fused multiply-add.
#include "geo/density_tile.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <type_traits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "geo/density_tile.cc"
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace lagesbild::geo::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Width doubles that are read and written together: one column's coefficients.
template <int Width>
class Group {
  using D = hn::CappedTag<double, Width>;
  static constexpr std::size_t kLanes = hn::MaxLanes(D());
  static constexpr std::size_t kParts = Width / kLanes;

 public:
  static HWY_INLINE Group At(const double* from) {
    Group group;
    for (std::size_t i = 0; i < kParts; ++i) group.part[i] = hn::Load(D(), from + i * kLanes);
    return group;
  }
  static HWY_INLINE Group Zero() {
    Group group;
    for (std::size_t i = 0; i < kParts; ++i) group.part[i] = hn::Zero(D());
    return group;
  }
  HWY_INLINE void To(double* to) const {
    for (std::size_t i = 0; i < kParts; ++i) hn::Store(part[i], D(), to + i * kLanes);
  }
  friend HWY_INLINE Group operator+(Group a, Group b) {
    for (std::size_t i = 0; i < kParts; ++i) a.part[i] = hn::Add(a.part[i], b.part[i]);
    return a;
  }
  friend HWY_INLINE Group operator-(Group a, Group b) {
    for (std::size_t i = 0; i < kParts; ++i) a.part[i] = hn::Sub(a.part[i], b.part[i]);
    return a;
  }
  friend HWY_INLINE Group operator*(double factor, Group a) {
    for (std::size_t i = 0; i < kParts; ++i) a.part[i] = hn::Mul(hn::Set(D(), factor), a.part[i]);
    return a;
  }

  hn::Vec<D> part[kParts];
};

/// Doubles per column: coefficients of x^0 upwards, and the number of active sources in the last place.
template <int Power>
constexpr int kWidth = Power < 2 ? 4 : 8;

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

template <class D>
HWY_INLINE hn::Vec<D> LoadValues(D d, const double* from) {
  return hn::LoadU(d, from);
}
template <class D>
HWY_INLINE hn::Vec<D> LoadValues(D d, const float* from) {
  return hn::PromoteTo(d, hn::LoadU(hn::Rebind<float, D>(), from));
}

/// Adds values, and values x column, to the eight sums of each. NaN counts as 0.
template <class Value>
HWY_INLINE void SumRow(const Value* values, int columns, double* mass, double* moment) {
  using D = hn::CappedTag<double, kTileBlock>;
  const D d;
  constexpr int kLanes = static_cast<int>(hn::MaxLanes(D()));
  constexpr int kParts = kTileBlock / kLanes;
  hn::Vec<D> masses[kParts], moments[kParts];
  for (int i = 0; i < kParts; ++i) {
    masses[i] = hn::LoadU(d, mass + i * kLanes);
    moments[i] = hn::LoadU(d, moment + i * kLanes);
  }
  alignas(64) Value last[kTileBlock] = {};
  for (int column = 0; column < columns; column += kTileBlock) {
    const Value* from = values + column;
    if (column + kTileBlock > columns) {
      std::copy(from, values + columns, last);
      from = last;
    }
    for (int i = 0; i < kParts; ++i) {
      const auto read = LoadValues(d, from + i * kLanes);
      const auto value = hn::IfThenElseZero(hn::Eq(read, read), read);
      masses[i] = hn::Add(masses[i], value);
      moments[i] = hn::Add(moments[i], hn::Mul(value, hn::Iota(d, static_cast<double>(column + i * kLanes))));
    }
  }
  for (int i = 0; i < kParts; ++i) {
    hn::StoreU(masses[i], d, mass + i * kLanes);
    hn::StoreU(moments[i], d, moment + i * kLanes);
  }
}
void SumDoubles(const double* values, int columns, double* mass, double* moment) {
  SumRow(values, columns, mass, moment);
}
void SumFloats(const float* values, int columns, double* mass, double* moment) {
  SumRow(values, columns, mass, moment);
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
HWY_EXPORT(SumDoubles);
HWY_EXPORT(SumFloats);
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
void SumRow(const double* values, int columns, double* mass, double* moment) {
  HWY_DYNAMIC_DISPATCH(SumDoubles)(values, columns, mass, moment);
}
void SumRow(const float* values, int columns, double* mass, double* moment) {
  HWY_DYNAMIC_DISPATCH(SumFloats)(values, columns, mass, moment);
}
const char* VectorTarget() { return HWY_DYNAMIC_DISPATCH(TargetName)(); }

}  // namespace lagesbild::geo
#endif
