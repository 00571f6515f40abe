#pragma once

#include <string>
#include <vector>

#include "geo/hot_places.h"
#include "maps/report.h"
#include "maps/report_text.h"

namespace lagesbild::maps {

/// A hot place of one age group with the number of its ring on the maps.
struct NumberedPlace {
  int number = 0;
  const geo::PictureLayer* layer = nullptr;
  geo::HotPlace place;
  std::string where;
  bool listed = false;  ///< has a line of its own; the others lie on a place that an earlier group has
};

/// The hot places of the shown groups: those of the headline groups first, strongest first, then places that
/// only show in merged groups. The same place in a merged group has the number that it has already.
std::vector<NumberedPlace> NumberPlaces(const geo::SituationPicture& picture,
                                        const std::vector<const geo::PictureLayer*>& shown,
                                        const PlaceNames& names);

/// "Hotspot 95 %".
std::string LevelText(const geo::HotspotTestOptions& test, int hot_class);

/// The section with its list, at most `longest` places; says how many more there are.
void FillPlaces(Report& report, const geo::SituationPicture& picture,
                const std::vector<NumberedPlace>& places, std::size_t longest);

/// Places where incidents share one position, as a finding of its own.
ReportSection RepeatsSection(const geo::PictureLayer& layer, const PlaceNames& names, std::size_t longest);

}  // namespace lagesbild::maps
