#include "service/cost_estimate.h"

#include <cmath>

#include "service/limits.h"
#include "service/status.h"

namespace lagesbild::service {
namespace {

// Measured on one core of a 2-core Debian 12 machine with the demo municipality; rough on purpose.
constexpr double kSecondsPerDensityCell = 1.5e-7;
constexpr double kSecondsPerTestCellAndRedraw = 2e-9;
constexpr double kSecondsForFiles = 1.0;
constexpr std::int64_t kBytesPerDensityCell = 8;
constexpr std::int64_t kBytesPerTestCell = 120;
constexpr double kGaussianReachSd = 8;  ///< of the binned method, at most

std::int64_t CellsOf(const geo::StudyArea& area, geo::Meters cell, const std::string& field,
                     Violations& violations) {
  geo::GridSpec grid;
  if (const auto fault =
          Attempt([&] { grid = geo::CoveringGrid(area.south_west(), area.north_east(), cell); })) {
    violations.Add(field, fault->message);
    return 0;
  }
  return static_cast<std::int64_t>(grid.cell_count());
}

}  // namespace

void CheckSurfaceMemory(const geo::StudyArea& area, geo::Meters cell, std::int64_t bytes_per_cell,
                        const std::string& also, Violations& violations) {
  const std::int64_t cells = CellsOf(area, cell, "parameters.density_cell_size_m", violations);
  const std::int64_t bytes = cells * bytes_per_cell;
  if (bytes <= limits::kAnalysisBytes) {
    return;
  }
  const double allowed_m =
      cell.value() * std::sqrt(static_cast<double>(bytes) / static_cast<double>(limits::kAnalysisBytes));
  violations.Add("parameters.density_cell_size_m",
                 "would take " + std::to_string(bytes >> 20) + " MiB for " + std::to_string(cells) +
                     " cells; at most " + std::to_string(limits::kAnalysisBytes >> 20) +
                     " MiB: take cells of about " + std::to_string(std::llround(std::ceil(allowed_m))) +
                     " m or more" + also);
}

void CheckBinnedPlane(const geo::StudyArea& area, const geo::PictureOptions& options, geo::Meters widest,
                      Violations& violations) {
  const geo::GridSpec grid = geo::CoveringGrid(area.south_west(), area.north_east(), options.density_cell);
  const double reach = widest.value() / options.density_cell.value() *
                       (options.kernel == geo::Kernel::kGaussian ? kGaussianReachSd : 1);
  const double plane = (grid.columns + 2 * reach) * (grid.rows + 2 * reach);
  if (plane > limits::kBinnedCells) {
    violations.Add("binned", "would take a plane of " + std::to_string(std::llround(plane / 1e6)) +
                                 " million cells; at most " +
                                 std::to_string(std::llround(limits::kBinnedCells / 1e6)) +
                                 ": take larger cells, a smaller bandwidth, or the exact method");
  }
}

v1::CostEstimate EstimateCost(const geo::StudyArea& area, const geo::PictureOptions& options, int group_count,
                              Violations& violations) {
  v1::CostEstimate estimate;
  const std::int64_t test_cells = CellsOf(area, options.cell, "parameters.cell_size_m", violations);
  const std::int64_t density_cells =
      CellsOf(area, options.density_cell, "parameters.density_cell_size_m", violations);
  estimate.set_test_cell_count(test_cells);
  estimate.set_density_cell_count(density_cells);
  estimate.set_group_count(group_count);
  const std::int64_t test_bytes = test_cells * kBytesPerTestCell * group_count;
  const std::int64_t density_bytes = density_cells * kBytesPerDensityCell * group_count;
  if (test_bytes > limits::kAnalysisBytes) {
    violations.Add("parameters.cell_size_m", "would take more than 512 MiB; take larger cells");
  }
  if (density_bytes > limits::kAnalysisBytes) {
    violations.Add("parameters.density_cell_size_m", "would take more than 512 MiB; take larger cells");
  }
  estimate.set_memory_bytes(test_bytes + density_bytes);
  estimate.set_duration_s(kSecondsForFiles +
                          group_count * (static_cast<double>(density_cells) * kSecondsPerDensityCell +
                                         static_cast<double>(test_cells) * options.test.permutations *
                                             kSecondsPerTestCellAndRedraw));
  return estimate;
}

}  // namespace lagesbild::service
