#include "geo/group_positions.h"

#include "geo/picture_parts.h"

namespace lagesbild::geo {

std::vector<PlanePoint> UsedPositions(const PictureInput& input, const PictureOptions& options,
                                      const AgeGroup& group) {
  std::vector<PlanePoint> positions;
  for (const Incident& incident : input.incidents)
    if (IsUsed(incident, input, options, group)) positions.push_back(incident.position);
  return positions;
}

CasesAndControls DivideByGroup(const PictureInput& input, const PictureOptions& options,
                               const AgeGroup& cases, const AgeGroup& controls) {
  CasesAndControls divided;
  for (const Incident& incident : input.incidents) {
    if (IsUsed(incident, input, options, cases))
      divided.cases.push_back(incident.position);
    else if (IsUsed(incident, input, options, controls))
      divided.controls.push_back(incident.position);
  }
  return divided;
}

}  // namespace lagesbild::geo
