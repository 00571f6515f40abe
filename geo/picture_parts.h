#pragma once

#include <span>
#include <vector>

#include "geo/situation_picture.h"

namespace lagesbild::geo {

/// Parts of a situation picture that are counted rather than tested. Used by MakeSituationPicture.

/// What one age group's layer is made of, before any test.
struct GroupIncidents {
  std::vector<Incident> used;     ///< placed precisely enough, inside
  std::vector<std::size_t> kept;  ///< indices into `used` after collapsing repeats
  HotspotLayerInput input;
};

/// Whether an incident takes part in density and test of a group: placed, precisely enough, with a person of
/// it.
bool IsUsed(const Incident& incident, const PictureInput& input, const PictureOptions& options,
            const AgeGroup& group);

/// The incidents of a group with the test's counts and exposure on a grid. `input.inhabitants` are the
/// exposure.
GroupIncidents PrepareGroup(const PictureInput& input, const PictureOptions& options, const AgeGroup& group,
                            const GridSpec& grid);

/// Inhabitants of the group per cell. Unknown age and the total count everybody. People outside the grid do
/// not count.
Grid<double> InhabitantsPerCell(std::span<const Inhabitants> inhabitants, const AgeGroup& group,
                                const GridSpec& grid);

/// Cells where someone of the group lives or an incident lies in the neighborhood, row-major from the
/// south-west, with the test's figures where the layer was tested. Gi* describes the collapsed counts; a
/// layer with too few incidents gets none: a color ramp over it would paint what the test refuses to say.
std::vector<PictureCell> CellsOfLayer(std::span<const Incident> used, const HotspotLayerInput& input,
                                      const HotspotLayerResult& result,
                                      std::span<const std::string> new_reporters = {});

/// Placed incidents of the group per district, the too coarse ones included: a district is coarser than they
/// are.
std::vector<DistrictCounts> CountDistricts(const PictureInput& input, RoleSelection role,
                                           const AgeGroup& group);

/// Positions with two or more incidents; most incidents first, then by easting and northing.
std::vector<RepeatPlace> RepeatPlaces(std::span<const Incident> used);

}  // namespace lagesbild::geo
