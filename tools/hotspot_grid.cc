#include <algorithm>

#include "geo/cell_counts.h"
#include "geo/errors.h"
#include "tools/hotspot_files.h"
#include "tools/verify_points.h"

namespace lagesbild::tools {
namespace {

HotspotGroup CountGroup(const HotspotsCommand& command, const IncidentGroup& group,
                        const geo::Grid<double>& exposure) {
  // Without days only what lies at the same place can be seen to be one.
  geo::RepeatOptions repeats;
  if (command.day.empty()) repeats.distance = geo::Meters{0};
  std::vector<geo::PlanePoint> all, kept;
  for (const geo::Incident& incident : group.incidents) all.push_back(incident.position);
  if (command.keep_repeats)
    kept = all;
  else
    for (const std::size_t i : geo::CollapseRepeats(group.incidents, repeats)) kept.push_back(all[i]);
  const geo::CellCounts counts = geo::CountInCells(kept, exposure.spec());
  return {.label = group.label,
          .incidents = static_cast<int>(all.size()),
          .collapsed = static_cast<int>(kept.size()),
          .outside = counts.outside,
          .reported = geo::CountInCells(all, exposure.spec()).counts,
          .counts = counts.counts};
}

}  // namespace

HotspotGrid ReadHotspotGrid(const HotspotsCommand& command) {
  const geo::StudyArea area = ReadStudyArea(command.study_area);
  std::optional<geo::StudyArea> places;
  if (!command.places.empty()) places.emplace(ReadStudyArea(command.places));
  const geo::GridSpec spec =
      geo::CoveringGrid(area.south_west(), area.north_east(), geo::Meters{command.cell_m});
  HotspotGrid grid;
  grid.exposure = CellsInside(spec, area, places ? &*places : nullptr);
  if (!command.exposure.path.empty()) {
    const geo::Grid<double> given = ReadExposure(command.exposure, spec, grid.exposure_outside);
    for (std::size_t i = 0; i < given.values().size(); ++i) grid.exposure.values()[i] *= given.values()[i];
  }
  grid.mask_cells = std::count_if(grid.exposure.values().begin(), grid.exposure.values().end(),
                                  [](double value) { return value > 0; });
  if (grid.mask_cells == 0)
    throw geo::InvalidInput(
        "no cell's center lies where incidents can happen; give smaller cells, or an exposure inside the "
        "study area");
  for (const IncidentGroup& group : ReadIncidentGroups(command.points, command.day))
    grid.groups.push_back(CountGroup(command, group, grid.exposure));
  return grid;
}

}  // namespace lagesbild::tools
