#pragma once

#include <string>
#include <string_view>

namespace lagesbild::tools::bench {

// Text for the measuring side alone: written apart from what is measured, so that a mistake in one does not
// hide in the other.

/// Code points of UTF-8; a byte that begins no character becomes U+FFFD.
std::u32string Letters(std::string_view utf8);
std::string Utf8(std::u32string_view letters);

/// Lower and upper case of ASCII and Latin-1 letters; others stay.
char32_t Lower(char32_t letter);
char32_t Upper(char32_t letter);
std::string LowerText(std::string_view utf8);
std::string UpperText(std::string_view utf8);

bool IsLetter(char32_t c);  ///< ASCII or Latin-1
bool IsDigit(char32_t c);

/// How a name sounds when marks, case and punctuation are forgotten: å ä æ a, ö ø o, é e, ü u; a hyphen is a
/// blank, dots, colons and apostrophes vanish. Blanks are single.
std::u32string Plain(std::string_view utf8);

/// Restricted Damerau-Levenshtein distance (a letter replaced, left out, added, or two neighbors exchanged);
/// `most` + 1 when it is greater. O(length * most).
int EditDistance(std::u32string_view a, std::u32string_view b, int most);

}  // namespace lagesbild::tools::bench
