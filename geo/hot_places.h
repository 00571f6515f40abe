#pragma once

#include <vector>

#include "geo/situation_picture.h"

namespace lagesbild::geo {

/// Hot cells that touch (queen), as one place. Its figures are those of its strongest cell's neighborhood;
/// among cells of the strongest class one where something happened stands for the place, so that nobody is
/// sent to an empty square.
struct HotPlace {
  CellIndex peak;     ///< the strongest cell
  PlanePoint center;  ///< of that cell
  int cells = 0;      ///< hot cells that belong together
  int incidents = 0;  ///< reported, in the neighborhood
  int tested = 0;     ///< the same with repeats counted once: compare this one with `expected`
  int reporters = 0;
  double expected = 0, q_value = 1, maximum_p = 1;
  int hot_class = 0;      ///< 1, 2, 3 = 90, 95, 99 %
  double binomial_p = 1;  ///< before any adjustment
  int of_new = 0;         ///< of the reported, from newly joined reporters
  int doubtful = 0;       ///< incidents at points in doubt, in the neighborhood of any of its cells: the most
};

/// The hot places of a layer, strongest first (class, then q, then incidents, then row-major from the
/// south-west). Empty when the layer is not tested or nothing is hot. Cost: O(hot cells · log).
std::vector<HotPlace> HotPlaces(const PictureLayer& layer, const GridSpec& grid);

}  // namespace lagesbild::geo
