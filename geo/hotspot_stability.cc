#include "geo/hotspot_stability.h"

#include <algorithm>
#include <set>

#include "geo/errors.h"
#include "geo/picture_parts.h"
#include "geo/place_retest.h"

namespace lagesbild::geo {
namespace {

GridSpec GridOf(const PictureInput& input, const StabilityVariant& variant) {
  GridSpec grid = CoveringGrid(input.study_area->south_west(), input.study_area->north_east(), variant.cell);
  const double half = variant.cell.value() / 2;
  if (variant.change == StabilityChange::kShiftEast || variant.change == StabilityChange::kShiftBoth) {
    grid.origin.easting = Meters{grid.origin.easting.value() - half};
    ++grid.columns;
  }
  if (variant.change == StabilityChange::kShiftNorth || variant.change == StabilityChange::kShiftBoth) {
    grid.origin.northing = Meters{grid.origin.northing.value() - half};
    ++grid.rows;
  }
  return grid;
}

std::vector<StabilityVariant> VariantsOf(const SituationPicture& picture) {
  const Meters cell = picture.options.cell;
  std::vector<StabilityVariant> variants = {{StabilityChange::kShiftEast, cell, {}},
                                            {StabilityChange::kShiftNorth, cell, {}},
                                            {StabilityChange::kShiftBoth, cell, {}},
                                            {StabilityChange::kCellSize, Meters{cell.value() * 0.8}, {}},
                                            {StabilityChange::kCellSize, Meters{cell.value() * 1.25}, {}},
                                            {StabilityChange::kWithoutRepeats, cell, {}}};
  if (picture.reporters.size() >= 2)
    for (const std::string& reporter : picture.reporters)
      variants.push_back({StabilityChange::kWithoutReporter, cell, reporter});
  return variants;
}

/// The picture's incidents as the variant has them.
std::vector<Incident> IncidentsOf(const PictureInput& input, const StabilityVariant& variant) {
  std::set<PlanePoint> repeated;
  if (variant.change == StabilityChange::kWithoutRepeats)
    for (const RepeatPlace& place : RepeatPlaces(input.incidents)) repeated.insert(place.position);
  std::vector<Incident> incidents;
  for (const Incident& incident : input.incidents) {
    const bool left_out = variant.change == StabilityChange::kWithoutReporter
                              ? incident.reporter == variant.reporter
                              : repeated.contains(incident.position);
    if (!left_out) incidents.push_back(incident);
  }
  return incidents;
}

}  // namespace

std::string_view StabilityChangeCode(StabilityChange change) {
  switch (change) {
    case StabilityChange::kShiftEast:
      return "shift_east";
    case StabilityChange::kShiftNorth:
      return "shift_north";
    case StabilityChange::kShiftBoth:
      return "shift_both";
    case StabilityChange::kCellSize:
      return "cell_size";
    case StabilityChange::kWithoutReporter:
      return "without_reporter";
    case StabilityChange::kWithoutRepeats:
      return "without_repeats";
  }
  return "";
}

HotspotStability MeasureStability(const PictureInput& input, const SituationPicture& picture,
                                  std::stop_token stop) {
  if (input.study_area == nullptr) throw InvalidInput("stability needs the boundary of the municipality");
  if (picture.layers.size() != input.scheme.groups.size())
    throw InvalidInput("the picture has other age groups than its input");
  HotspotStability stability;
  std::vector<std::size_t> layer_of;
  for (std::size_t i = 0; i < picture.layers.size(); ++i)
    for (const HotPlace& place : HotPlaces(picture.layers[i], picture.grid)) {
      stability.places.push_back(
          {.group = picture.layers[i].group.code, .place = place, .hot = {}, .leans_on = {}});
      layer_of.push_back(i);
    }
  stability.variants = VariantsOf(picture);
  if (stability.places.empty()) return stability;
  for (const StabilityVariant& variant : stability.variants) {
    if (stop.stop_requested()) throw Cancelled();
    const GridSpec grid = GridOf(input, variant);
    const HotspotTestResult tested =
        RetestPicture(input, IncidentsOf(input, variant), picture.options, grid, stop);
    for (std::size_t k = 0; k < stability.places.size(); ++k) {
      PlaceStability& place = stability.places[k];
      const bool hot = IsHotAt(tested.layers[layer_of[k]], grid, place.place.center);
      place.hot.push_back(hot);
      place.hot_variants += hot;
      if (!hot && variant.change == StabilityChange::kWithoutReporter)
        place.leans_on.push_back(variant.reporter);
    }
  }
  for (PlaceStability& place : stability.places)
    place.share = static_cast<double>(place.hot_variants) / static_cast<double>(stability.variants.size());
  return stability;
}

}  // namespace lagesbild::geo
