#include "geo/place_list.h"

#include <algorithm>
#include <cmath>

#include "geo/errors.h"
#include "geo/place_retest.h"

namespace lagesbild::geo {
namespace {

const PictureLayer& LayerOf(const SituationPicture& picture, const std::string& group) {
  for (const PictureLayer& layer : picture.layers)
    if (layer.group.code == group) return layer;
  throw InvalidInput("a place is of a group that the picture does not have");
}

/// Most incidents at one position in the place's neighborhood.
int LargestRepeat(const SituationPicture& picture, const ListedPlace& listed) {
  int largest = 0;
  for (const RepeatPlace& repeat : LayerOf(picture, listed.group).repeats) {
    const auto cell = picture.grid.cell_of(repeat.position);
    if (cell && std::abs(cell->column - listed.place.peak.column) <= 1 &&
        std::abs(cell->row - listed.place.peak.row) <= 1)
      largest = std::max(largest, repeat.incidents);
  }
  return largest;
}

ListedPlace Describe(const HotspotStability& stability, const PlaceStability& place,
                     const SituationPicture& picture, const PlaceListOptions& options) {
  ListedPlace listed;
  listed.group = place.group;
  listed.place = place.place;
  listed.interval = ExactPoissonInterval(place.place.tested, options.level);
  listed.variants = static_cast<int>(stability.variants.size());
  listed.hot_variants = place.hot_variants;
  listed.stability = place.share;
  listed.leans_on = place.leans_on;
  for (std::size_t i = 0; i < place.hot.size(); ++i)
    if (stability.variants[i].change == StabilityChange::kWithoutRepeats)
      listed.leans_on_repeats = !place.hot[i];
  listed.largest_repeat = LargestRepeat(picture, listed);
  listed.pile_up = listed.largest_repeat >= options.pile_up;
  return listed;
}

GroupSpread SpreadOf(const PictureLayer& layer, const PictureOptions& options, const PlaceListOptions& list) {
  GroupSpread spread{layer.group.code, std::nullopt, std::nullopt};
  std::vector<double> exposures;
  std::vector<int> counts;
  double inhabitants = 0;
  for (const PictureCell& cell : layer.cells) {
    inhabitants += cell.inhabitants;
    counts.push_back(cell.incidents);
    if (layer.tested) exposures.push_back(cell.test.exposure);
  }
  if (!counts.empty() && layer.used_incidents > 0) spread.concentration = MeasureConcentration(counts);
  // A group that was not tested has no neighborhoods with a family to tell the power of.
  if (layer.tested && inhabitants > 0)
    spread.power = MeasureLayerPower(layer.used_after_collapse, exposures, inhabitants, layer.family_size,
                                     options.test, list.power);
  return spread;
}

std::vector<Incident> FromReportersOf(const SituationPicture& picture,
                                      const std::vector<Incident>& incidents) {
  std::vector<Incident> kept;
  for (const Incident& incident : incidents)
    if (std::binary_search(picture.reporters.begin(), picture.reporters.end(), incident.reporter))
      kept.push_back(incident);
  return kept;
}

void CountPersistence(const PictureInput& input, const SituationPicture& picture,
                      std::span<const EarlierQuarter> earlier, PlaceList& list, std::stop_token stop) {
  for (const EarlierQuarter& quarter : earlier) {
    if (stop.stop_requested()) throw Cancelled();
    list.earlier.push_back(quarter.quarter);
    if (list.places.empty()) continue;
    const HotspotTestResult tested = RetestPicture(input, FromReportersOf(picture, quarter.incidents),
                                                   picture.options, picture.grid, stop);
    for (ListedPlace& place : list.places)
      for (const HotspotLayerResult& layer : tested.layers) {
        if (layer.group != place.group) continue;
        place.tested_quarters += layer.tested;
        place.hot_quarters += IsHotAt(layer, picture.grid, place.place.center);
      }
  }
}

}  // namespace

PlaceList MakePlaceList(const PictureInput& input, const SituationPicture& picture,
                        std::span<const EarlierQuarter> earlier, const PlaceListOptions& options,
                        std::stop_token stop) {
  const HotspotStability stability = MeasureStability(input, picture, stop);
  PlaceList list;
  list.variants = stability.variants;
  for (const PlaceStability& place : stability.places)
    list.places.push_back(Describe(stability, place, picture, options));
  for (const PictureLayer& layer : picture.layers)
    list.groups.push_back(SpreadOf(layer, picture.options, options));
  CountPersistence(input, picture, earlier, list, stop);
  return list;
}

}  // namespace lagesbild::geo
