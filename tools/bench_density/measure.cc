#include "tools/bench_density/measure.h"

#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <fstream>
#include <numbers>
#include <random>
#include <string>
#include <thread>

#include "geo/errors.h"

namespace lagesbild::tools::bench {
namespace {

using Clock = std::chrono::steady_clock;

double Cpu() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double SecondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// A line of /proc/self/status in MB.
double StatusMb(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name + ":")) return std::stod(line.substr(name.size() + 1)) / 1024;
  return 0;
}

/// Density per m² of the quartic kernel at a squared distance.
long double Quartic(long double d2, long double radius) {
  const long double rest = 1 - d2 / (radius * radius);
  return rest <= 0 ? 0 : 3 * rest * rest / (std::numbers::pi_v<long double> * radius * radius);
}

}  // namespace

Cost LeastOf(int runs, const std::function<void()>& work) {
  Cost least{HUGE_VAL, HUGE_VAL};
  for (int run = 0; run < runs; ++run) {
    const Clock::time_point begin = Clock::now();
    const double cpu = Cpu();
    work();
    least = {std::min(least.cpu_s, Cpu() - cpu), std::min(least.wall_s, SecondsSince(begin))};
  }
  return least;
}

double PeakMemoryMb(const std::function<void()>& work) {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << 5;  // forget the peak so far
  const double before = StatusMb("VmRSS");
  work();
  return StatusMb("VmHWM") - before;
}

template <class Value>
double LargestDeviation(const geo::Grid<Value>& density, const std::vector<geo::PlanePoint>& points,
                        double radius_m, int cells, std::uint64_t seed) {
  const geo::GridSpec& grid = density.spec();
  const auto peak = static_cast<double>(*std::max_element(density.values().begin(), density.values().end()));
  std::mt19937_64 bits(seed);
  double largest = 0;
  for (int i = 0; i < cells; ++i) {
    const geo::CellIndex cell{static_cast<int>(bits() % static_cast<unsigned>(grid.columns)),
                              static_cast<int>(bits() % static_cast<unsigned>(grid.rows))};
    const geo::PlanePoint center = grid.center(cell);
    long double sum = 0;
    for (const geo::PlanePoint& point : points) {
      const double dx = point.easting.value() - center.easting.value();
      const double dy = point.northing.value() - center.northing.value();
      if (dx * dx + dy * dy > 1.0001 * radius_m * radius_m) continue;
      sum += Quartic(static_cast<long double>(dx) * dx + static_cast<long double>(dy) * dy, radius_m);
    }
    largest =
        std::max(largest, std::abs(static_cast<double>(sum * 1e6L) - static_cast<double>(density[cell])));
  }
  return largest / peak;
}
template double LargestDeviation(const geo::Grid<double>&, const std::vector<geo::PlanePoint>&, double, int,
                                 std::uint64_t);
template double LargestDeviation(const geo::Grid<float>&, const std::vector<geo::PlanePoint>&, double, int,
                                 std::uint64_t);

double DirectSeconds(const std::vector<geo::PlanePoint>& points, const geo::GridSpec& grid, double radius_m) {
  const std::size_t some = std::min<std::size_t>(points.size(), 2000);
  std::vector<double> sums(grid.cell_count());
  const double cell = grid.cell_size.value(), scale = 1 / (radius_m * radius_m);
  const double begin = Cpu();
  for (std::size_t i = 0; i < some; ++i) {
    const geo::PlanePoint& point = points[i * (points.size() / some)];
    const double x = (point.easting.value() - grid.origin.easting.value()) / cell - 0.5;
    const double y = (point.northing.value() - grid.origin.northing.value()) / cell - 0.5;
    const double reach = radius_m / cell;
    for (int row = std::max(0, static_cast<int>(std::ceil(y - reach)));
         row <= std::min(grid.rows - 1.0, std::floor(y + reach)); ++row)
      for (int column = std::max(0, static_cast<int>(std::ceil(x - reach)));
           column <= std::min(grid.columns - 1.0, std::floor(x + reach)); ++column) {
        const double q2 = ((column - x) * (column - x) + (row - y) * (row - y)) * cell * cell * scale;
        if (q2 < 1) sums[grid.index({column, row})] += (1 - q2) * (1 - q2);
      }
  }
  return (Cpu() - begin) * static_cast<double>(points.size()) / static_cast<double>(some);
}

double LongestStopMs(const geo::DensityIncidents& incidents, const geo::GridSpec& grid,
                     geo::DensityOptions options) {
  const double whole_s = LeastOf(1, [&] { geo::ComputeDensity<double>(incidents, grid, options); }).wall_s;
  double longest_s = 0;
  for (const double share : {0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8}) {
    std::stop_source source;
    options.stop = source.get_token();
    Clock::time_point asked;
    std::jthread asker([&] {
      std::this_thread::sleep_for(std::chrono::duration<double>(whole_s * share));
      asked = Clock::now();
      source.request_stop();
    });
    try {
      geo::ComputeDensity<double>(incidents, grid, options);
      asker.join();
    } catch (const geo::Cancelled&) {
      asker.join();
      longest_s = std::max(longest_s, SecondsSince(asked));
    }
  }
  return 1000 * longest_s;
}

}  // namespace lagesbild::tools::bench
