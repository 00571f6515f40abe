#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lagesbild::maps {

/// The text as valid UTF-8 without the control characters that XML 1.0 forbids: a wrong byte becomes U+FFFD,
/// a control character is left out. Names from registers may hold anything.
std::string CleanText(std::string_view text);

/// Cleaned, and escaped for element content and for attributes in either kind of quotes.
std::string XmlText(std::string_view text);

/// Cleaned, and written as an SQL string literal with its quotes.
std::string SqlText(std::string_view text);

/// Lower-case ASCII letters, digits and single '_' for file names: "Östervåla Å" is "ostervala_a".
/// At most `longest` characters; `otherwise` when nothing is left.
std::string AsciiSlug(std::string_view text, std::size_t longest, std::string_view otherwise);

/// Decimal comma, whatever the process's locale: SwedishNumber(0.5, 1) is "0,5". Not finite is "–".
std::string SwedishNumber(double value, int decimals);

/// As few decimals as tell the value with three significant digits: "0,00012", "1,5", "1000".
std::string SwedishNumber(double value);

/// A p or q value inside a sentence: "q = 0,012", and "q < 0,001" where digits would feign a precision that
/// nobody can use. Not finite is "q = –".
std::string SwedishProbability(std::string_view symbol, double value);

}  // namespace lagesbild::maps
