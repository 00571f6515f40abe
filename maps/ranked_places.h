#pragma once

#include <string>
#include <vector>

#include "geo/place_list.h"
#include "maps/layer.h"
#include "maps/picture_files.h"
#include "maps/report.h"

namespace lagesbild::maps {

/// One line of the list that the coordinator works from.
struct RankedPlace {
  int rank = 0;  ///< the number of its ring on the report's maps
  const geo::PictureLayer* layer = nullptr;
  geo::ListedPlace listed;
  std::string name;  ///< "Harbo, Skolgatan": locality, public place or street, never a number or a dwelling
  std::string sentence;  ///< count, expected and chance, then what the place rests on
};

/// The picture's hot places in the order of the report's rings; a place that shows in several groups once,
/// under the group in which it is strongest. Empty where `list` is of no picture.
///
/// A street is named when an address of it lies within 200 m and it has at least five addresses: a street of
/// one farm names a home.
std::vector<RankedPlace> RankPlaces(const geo::SituationPicture& picture, const geo::PlaceList& list,
                                    const PictureMetadata& metadata, const ReferenceLayers& reference);

/// Without what the place is not seen: "vilar på Polisen: utan den syns platsen inte". Empty: with nothing
/// less.
std::string LeansOnText(const geo::ListedPlace& place, const PictureMetadata& metadata);
/// What the place rests on, in one sentence: "Kvar i 7 av 8 omdragningar; vilar på Polisen: utan den syns
/// platsen inte; het i 2 av 3 tidigare kvartal som kunde prövas."
std::string RestsOnSentence(const geo::ListedPlace& place, const PictureMetadata& metadata);

/// The list as points of a GeoPackage, table `platser_rangordnade`.
VectorLayer RankedPlacesLayer(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                              const geo::PlaceList& list, const std::vector<RankedPlace>& ranked);
inline constexpr const char* kRankedPlacesTable = "platser_rangordnade";

/// The list as a table of the report.
ReportTable RankedPlacesTable(const geo::PlaceList& list, const std::vector<RankedPlace>& ranked);

/// What the tests could have seen, whatever they saw: power and concentration by group.
ReportSection PowerSection(const geo::SituationPicture& picture, const geo::PlaceList& list);

}  // namespace lagesbild::maps
