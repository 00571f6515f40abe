#pragma once

#include <string>
#include <vector>

#include "geo/place_list.h"
#include "geo/situation_picture.h"
#include "geo/study_area.h"
#include "maps/ranked_places.h"

namespace lagesbild::service {

/// The numbers of a picture as the store keeps them: JSON, statistics as value / too few / undefined. It is
/// read again by PictureNumbersToProto only. Internal audience only: it names places and small counts. Hot
/// and repeated places get the name of the first of `areas` that holds them, so put localities before
/// districts. `list` and `ranked` are of the same picture and add what hot places rest on, and what the tests
/// could have seen. Same picture, same bytes.
std::string PictureSummaryJson(const geo::SituationPicture& picture, geo::Epsg crs,
                               const std::vector<geo::NamedArea>& areas = {}, const geo::PlaceList& list = {},
                               const std::vector<maps::RankedPlace>& ranked = {});

}  // namespace lagesbild::service
