// One column's coefficients as vectors, for density_differences.cc and density_rows.cc; compiled once for
// each instruction set.
#if defined(LAGESBILD_GEO_DENSITY_GROUP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LAGESBILD_GEO_DENSITY_GROUP_INL_H_
#undef LAGESBILD_GEO_DENSITY_GROUP_INL_H_
#else
#define LAGESBILD_GEO_DENSITY_GROUP_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>

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

}  // namespace lagesbild::geo::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
