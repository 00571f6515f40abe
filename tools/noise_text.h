#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lagesbild::tools {

/// Code points of UTF-8 text; a broken byte stands for itself.
std::u32string CodePoints(std::string_view text);
std::string Utf8(std::u32string_view text);

/// Lower case without marks, as two spellings of one Nordic name are compared: å ä æ a, ö ø o, é e, ü u;
/// other characters than letters and digits are single spaces. This is the measure's own, not the geocoder's.
std::string FoldedText(std::string_view text);
std::string WithoutSpaces(std::string text);
std::vector<std::string> Words(std::string_view text);
std::string Joined(const std::vector<std::string>& words, std::size_t first = 0);

/// Damerau-Levenshtein (a neighboring pair swapped is one edit, no part edited twice) of two folded texts, at
/// most `limit`; limit + 1 when it is more. Banded, ends as soon as no path can stay within the limit.
/// O(length * limit).
int EditDistance(std::string_view a, std::string_view b, int limit);

}  // namespace lagesbild::tools
