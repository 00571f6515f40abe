#pragma once

#include <string>
#include <vector>

#include "maps/report.h"
#include "maps/report_places.h"

namespace lagesbild::maps {

/// Codes of a report map's classes besides LegendCode; never reused for another meaning.
enum class ReportCode : int {
  kMunicipality = 1000,
  kBoundary = 1001,
  kDistrict = 1002,
  kLocality = 1003,
  kPlace = 1004,         ///< school, meeting place or another public place, on maps of one place
  kRing = 1100,          ///< around a place of the list
  kDensityClass = 2000,  ///< plus the index in Legend::density
};

/// An empty municipality that reaches over its boundary: what is drawn next lies on it.
SvgMap StartMap(const ReferenceLayers& reference, const std::string& id);

/// Districts, localities, boundary and names over what has been drawn.
void AddOrientation(SvgMap& map, const ReferenceLayers& reference);

/// Classes of the orientation lines and of rings, for a map and for its legend.
std::vector<SymbolClass> OrientationClasses();

/// The age groups that get a map: headline groups, the widest subtotal and all ages, at most six.
std::vector<const geo::PictureLayer*> ShownLayers(const geo::SituationPicture& picture);

/// Density in the legend's classes and tested cells; or, for a group that is not tested, its cells with
/// incidents as hatched squares larger than the cells.
ReportMap MakeGroupMap(const geo::SituationPicture& picture, const geo::PictureLayer& layer,
                       const ReferenceLayers& reference, const Legend& legend,
                       const std::vector<NumberedPlace>& places, const std::string& municipality);

/// A closer look at one place: density, tested cells, and the public places around it, on 4 km.
ReportMap MakePlaceMap(const geo::SituationPicture& picture, const NumberedPlace& place,
                       const ReferenceLayers& reference, const Legend& legend,
                       const std::string& municipality);

/// The legend of those maps, the same for every picture of a series.
std::vector<ReportKeyGroup> GroupMapLegend(const Legend& legend);

}  // namespace lagesbild::maps
