#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo/gazetteer.h"

namespace lagesbild::maps {

/// One number of a house: "12", "12 B", "12B U1".
struct HouseDesignation {
  int number = 0;
  std::string letter, addition;
};

/// What addr:housenumber means: "12;14" and "12, 14" two, "10-16" the even ones from 10 to 16, "12A-C" three,
/// "10-13" all four. At most 60. Empty when it is none of these.
std::vector<HouseDesignation> ReadHouseNumbers(std::string_view tag);

}  // namespace lagesbild::maps
