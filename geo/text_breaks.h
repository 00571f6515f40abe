#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lagesbild::geo {

/// Whether the byte at `at` of a clean text parts two stretches: a comma, semicolon, bar or bracket always; a
/// colon before a blank; a full stop, exclamation or question mark that ends a sentence; a dash or slash that
/// sets a remark off from a house number ("12 - bakgården", "12/entré B"), not one inside a range, a name or
/// a crossing. O(length of the words beside it).
bool IsBreak(std::string_view clean, std::size_t at);

/// The text with a comma for each end of a line, byte for byte, so that offsets stay; empty when it has none.
std::string LinesAsCommas(std::string_view written);

}  // namespace lagesbild::geo
