#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "geo/grid.h"
#include "geo/kernel_density.h"

namespace lagesbild::geo {

// Who attacks, with what (disclosure control): the attacker knows every address, the kernel, the bandwidth
// and the grid, reads a density surface, and wants to know at which addresses the incidents were.

/// How a surface made from points would have been published.
struct SurfaceForm {
  int min_support = 1;  ///< cells with fewer incidents within the kernel's reach are withheld; 1 or more
  double rounding = 0;  ///< to multiples of it, per km²; 0 = not rounded
  std::vector<double> upper = {};  ///< breaks between classes, ascending, over 0; empty = values, not classes
};

/// What the attacker would read: the density of the points as a 32-bit float raster holds it, NaN where it is
/// withheld, rounded or as the middle of its class (MiddlesOfClasses) when the form says so. No edge
/// correction. Throws InvalidInput as KernelDensity; min_support under 1, rounding or breaks not as above.
Grid<double> PublishedSurface(std::span<const PlanePoint> incidents, const GridSpec& grid, Kernel kernel,
                              Meters bandwidth, const SurfaceForm& form, std::stop_token stop = {});

/// A class map read as a surface: 0 in class 0 (most of it is empty), the middle of the breaks in between,
/// 1.25 times the last break in the open class, NaN for codes under 0. Breaks ascending and over 0; throws
/// InvalidInput otherwise or for a code beyond them.
Grid<double> MiddlesOfClasses(const Grid<std::int8_t>& classes, std::span<const double> upper);

/// The attack: how many incidents at every address explain the surface best, by non-negative least squares
/// over its cells that are not NaN. One value >= 0 per address, not rounded; of addresses at one position the
/// first gets all; 0 at an address that no readable cell is near. Deterministic.
/// Throws InvalidInput: bandwidth not positive and finite, position not finite; Cancelled.
/// Cost: O(addresses · cells within reach) per step of NonnegativeLeastSquares, one to two steps per address
/// that takes part in the answer.
std::vector<double> ReconstructCounts(const Grid<double>& surface, std::span<const PlanePoint> addresses,
                                      Kernel kernel, Meters bandwidth, std::stop_token stop = {});

}  // namespace lagesbild::geo
