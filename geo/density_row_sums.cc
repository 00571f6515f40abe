// Sums over a row of a surface, and which instruction set is used. Compiled and chosen as
// density_differences.cc, with the same bits on all vector widths.
#include <algorithm>

#include "geo/density_tile.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "geo/density_row_sums.cc"
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace lagesbild::geo::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

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
HWY_EXPORT(SumDoubles);
HWY_EXPORT(SumFloats);
HWY_EXPORT(TargetName);
}  // namespace

void SumRow(const double* values, int columns, double* mass, double* moment) {
  HWY_DYNAMIC_DISPATCH(SumDoubles)(values, columns, mass, moment);
}
void SumRow(const float* values, int columns, double* mass, double* moment) {
  HWY_DYNAMIC_DISPATCH(SumFloats)(values, columns, mass, moment);
}
const char* VectorTarget() { return HWY_DYNAMIC_DISPATCH(TargetName)(); }

}  // namespace lagesbild::geo
#endif
