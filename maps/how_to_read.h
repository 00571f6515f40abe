#pragma once

#include <string>
#include <utility>
#include <vector>

#include "geo/situation_picture.h"
#include "maps/layer.h"
#include "maps/report.h"

namespace lagesbild::maps {

/// "Så läser du kartan": what a person needs to know who meets the map without us, as a value.
struct HowToRead {
  std::string title, introduction;
  std::vector<std::string> banners;
  std::vector<std::pair<std::string, std::string>> topics;  ///< heading, one paragraph of plain text
  std::vector<ReportKeyGroup> legend;
};

/// The topics hold for every audience; numbers (levels, cell size, minimum) are those of the picture.
HowToRead MakeHowToRead(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                        const Legend& legend);

/// One A4 page in the report's style.
std::string HowToReadHtml(const HowToRead& page);

/// The name of the table below.
inline constexpr const char* kHowToReadTable = "lasanvisning";

/// The same topics as a table without geometry, for the GeoPackage: a row per topic, in reading order.
VectorLayer HowToReadTable(const HowToRead& page, const geo::SituationPicture& picture,
                           const PictureMetadata& metadata);

}  // namespace lagesbild::maps
