#include <cmath>
#include <cstdio>
#include <vector>

#include "geo/kernel_density.h"
#include "maps/atomic_file.h"

using namespace lagesbild;

// The density of one incident at its own place, h = 500 m: 3 / (pi h²) = 3.8197 per km².
int main() {
  maps::CheckFileName("lagesbild.gpkg");
  const std::vector<geo::PlanePoint> point{{geo::Meters{604054}, geo::Meters{6645981}}};
  const double peak = geo::KernelDensityAt(point, {}, point, {.bandwidth = geo::Meters{500}}).front();
  std::printf("consumer: %.4f incidents per km²\n", peak);
  return std::abs(peak - 3.8197) < 1e-4 ? 0 : 1;
}
