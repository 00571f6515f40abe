#include <cstddef>
#include <vector>

#include "geo/density_surface.h"

namespace lagesbild::geo {

std::string_view DensityMethodCode(DensityMethod method) {
  switch (method) {
    case DensityMethod::kRowDifferences:
      return "row_differences";
    case DensityMethod::kDirect:
      return "direct";
    case DensityMethod::kBinnedFft:
      return "binned_fft";
  }
  return {};
}

template <class Value>
Grid<Value> SumOfGroups(const DensityResult<Value>& result, std::size_t bandwidth_index) {
  std::size_t groups = 0;
  while (groups < result.surfaces.size() && result.surfaces[groups].group == static_cast<int>(groups))
    ++groups;
  Grid<Value> sum = result.surfaces.at(bandwidth_index * groups).density;
  for (std::size_t group = 1; group < groups; ++group) {
    const std::vector<Value>& values = result.surfaces[bandwidth_index * groups + group].density.values();
    for (std::size_t i = 0; i < values.size(); ++i) sum.values()[i] += values[i];
  }
  return sum;
}
template Grid<double> SumOfGroups(const DensityResult<double>&, std::size_t);
template Grid<float> SumOfGroups(const DensityResult<float>&, std::size_t);

}  // namespace lagesbild::geo
