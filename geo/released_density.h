#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "geo/grid.h"
#include "geo/kernel_density.h"
#include "geo/released_picture.h"
#include "geo/study_area.h"

namespace lagesbild::geo {

/// Codes of the class grid below 0. 0 and up: how many of the breaks the density is over.
inline constexpr std::int8_t kSuppressedClass = -1;  ///< center in an area whose count is not released
inline constexpr std::int8_t kOutsideClass = -2;     ///< center outside the study area
/// Rule 6 of disclosure control: at most so many classes, the one that is not drawn included.
inline constexpr int kMaxReleasedClasses = 5;

struct ReleasedDensityOptions {
  Kernel kernel = Kernel::kQuartic;
  Meters bandwidth{1000};  ///< as in KernelDensityOptions; at least the grid's cell size
  int quarters = 1;        ///< that the counts cover; the density is per quarter
  /// Ascending, over 0, one to four: class c holds values over upper[c - 1] up to and including upper[c].
  /// From a series that is the same for all audiences and periods, never from the values.
  std::vector<double> upper = {};
};

/// Classes of density, incidents per km² and quarter, made from released counts alone.
///
/// An area's count is spread evenly over the grid's cells where somebody lives (the area's inhabited
/// squares), smoothed with the kernel and edge corrected: each cell's share is divided by the kernel's sum
/// over the cells of the study area, so that nothing leaks across the border and the sum over cells x cell
/// area is the sum of the released counts / quarters. An area without an inhabited square inside the study
/// area is spread over all its cells. An area with anything but a number contributes nothing, and every cell
/// whose center lies in it (or, when it holds no center, every cell where somebody lives in it) is
/// kSuppressedClass, whatever spilled over from its neighbors.
///
/// A pure function of areas and released counts: whoever knows those can compute it, so it reveals no more
/// (post-processing). No areas: class 0 everywhere inside.
/// Throws InvalidInput: count negative or not finite, bandwidth not finite or under a cell, quarters under 1,
/// breaks not as above, an area with a count and no cell inside the study area; Cancelled.
/// Cost: O(cells + cells with people · cells within the bandwidth).
Grid<std::int8_t> ReleasedDensityClasses(std::span<const ReleasedArea> areas, const StudyArea& study_area,
                                         const GridSpec& grid, const ReleasedDensityOptions& options,
                                         std::stop_token stop = {});

/// The surface before it is cut into classes, NaN outside the study area. For the tests of mass and scale
/// only: no layer, file or reply may hold it. Throws as above, but does not look at `upper`.
Grid<double> ReleasedSurface(std::span<const ReleasedArea> areas, const StudyArea& study_area,
                             const GridSpec& grid, const ReleasedDensityOptions& options,
                             std::stop_token stop = {});

}  // namespace lagesbild::geo
