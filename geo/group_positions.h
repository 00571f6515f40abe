#pragma once

#include <vector>

#include "geo/situation_picture.h"

namespace lagesbild::geo {

/// Where the incidents of a group happened that density and test use, in the order of the incidents.
std::vector<PlanePoint> UsedPositions(const PictureInput& input, const PictureOptions& options,
                                      const AgeGroup& group);

struct CasesAndControls {
  std::vector<PlanePoint> cases, controls;
};

/// The used incidents of `cases`, and those of `controls` that are not among them: an incident with persons
/// of both groups is a case.
CasesAndControls DivideByGroup(const PictureInput& input, const PictureOptions& options,
                               const AgeGroup& cases, const AgeGroup& controls);

}  // namespace lagesbild::geo
