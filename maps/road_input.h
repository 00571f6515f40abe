#pragma once

#include <string>
#include <string_view>

namespace lagesbild::maps {

/// A road's number as people write it: "E 4" and "4" with `european` give "E4"; "C 272", "Länsväg 272" and
/// "272.0" give "272". Empty for 0 and for what holds no number.
std::string RoadNumber(std::string_view text, bool european);

}  // namespace lagesbild::maps
