#pragma once

#include <array>
#include <charconv>
#include <cstddef>
#include <string>

namespace lagesbild::tools::demo {

/// "007" for 7 and width 3. Decimal point and digits whatever the locale.
inline std::string Padded(long value, std::size_t width) {
  std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

/// "3.10" for 3.1 and two decimals.
inline std::string Decimals(double value, int decimals) {
  std::array<char, 64> text{};
  char* const end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, decimals).ptr;
  return {text.data(), end};
}

/// ASCII text or number at the right of a column.
inline std::string AtRight(const std::string& text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

}  // namespace lagesbild::tools::demo
