#include "tools/bench_geocode/text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace lagesbild::tools::bench {
namespace {

template <class Change>
std::string Changed(std::string_view utf8, Change change) {
  std::u32string letters = Letters(utf8);
  std::transform(letters.begin(), letters.end(), letters.begin(), change);
  return Utf8(letters);
}

char32_t WithoutMark(char32_t c) {
  switch (c) {
    case U'å':
    case U'ä':
    case U'æ':
    case U'á':
    case U'à':
      return U'a';
    case U'ö':
    case U'ø':
    case U'ó':
      return U'o';
    case U'é':
    case U'è':
    case U'ë':
    case U'ê':
      return U'e';
    case U'ü':
      return U'u';
    default:
      return c;
  }
}

}  // namespace

std::u32string Letters(std::string_view utf8) {
  std::u32string letters;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto first = static_cast<unsigned char>(utf8[i]);
    const std::size_t length = first < 0x80    ? 1
                               : first >= 0xF0 ? 4
                               : first >= 0xE0 ? 3
                               : first >= 0xC0 ? 2
                                               : 0;
    if (length == 0 || i + length > utf8.size()) {
      letters += U'\uFFFD';
      ++i;
      continue;
    }
    constexpr std::array<char32_t, 5> kMask{0, 0x7F, 0x1F, 0x0F, 0x07};
    char32_t letter = first & kMask[length];
    for (std::size_t k = 1; k < length; ++k)
      letter = (letter << 6) | (static_cast<unsigned char>(utf8[i + k]) & 0x3F);
    letters += letter;
    i += length;
  }
  return letters;
}

std::string Utf8(std::u32string_view letters) {
  std::string text;
  const auto tail = [&](char32_t c, int shift) { text += static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  for (const char32_t c : letters) {
    if (c < 0x80) {
      text += static_cast<char>(c);
    } else if (c < 0x800) {
      text += static_cast<char>(0xC0 | (c >> 6));
      tail(c, 0);
    } else if (c < 0x10000) {
      text += static_cast<char>(0xE0 | (c >> 12));
      tail(c, 6);
      tail(c, 0);
    } else {
      text += static_cast<char>(0xF0 | (c >> 18));
      tail(c, 12);
      tail(c, 6);
      tail(c, 0);
    }
  }
  return text;
}

char32_t Lower(char32_t c) {
  if (c >= U'A' && c <= U'Z') return c + 32;
  return c >= 0xC0 && c <= 0xDE && c != 0xD7 ? c + 32 : c;
}

char32_t Upper(char32_t c) {
  if (c >= U'a' && c <= U'z') return c - 32;
  return c >= 0xE0 && c <= 0xFE && c != 0xF7 ? c - 32 : c;
}

std::string LowerText(std::string_view utf8) { return Changed(utf8, Lower); }
std::string UpperText(std::string_view utf8) { return Changed(utf8, Upper); }

bool IsLetter(char32_t c) {
  const char32_t lower = Lower(c);
  return (lower >= U'a' && lower <= U'z') || (lower >= 0xDF && lower <= 0xFF && lower != 0xF7);
}

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

std::u32string Plain(std::string_view utf8) {
  std::u32string plain;
  for (const char32_t raw : Letters(utf8)) {
    const char32_t c = WithoutMark(Lower(raw));
    if (c == U'.' || c == U':' || c == U'\'' || c == U'"' || c == U'’') continue;
    const bool blank = c == U' ' || c == U'-' || c == U'\t' || c == 0xA0;
    if (!blank)
      plain += c;
    else if (!plain.empty() && plain.back() != U' ')
      plain += U' ';
  }
  while (!plain.empty() && plain.back() == U' ') plain.pop_back();
  return plain;
}

int EditDistance(std::u32string_view a, std::u32string_view b, int most) {
  const int rows = static_cast<int>(a.size()), columns = static_cast<int>(b.size());
  if (rows - columns > most || columns - rows > most) return most + 1;
  const auto width = b.size() + 1;
  std::vector<int> before(width), last(width), now(width);
  for (int j = 0; j <= columns; ++j) last[static_cast<std::size_t>(j)] = j;
  for (int i = 1; i <= rows; ++i) {
    std::fill(now.begin(), now.end(), most + 1);
    const int from = std::max(1, i - most), to = std::min(columns, i + most);
    if (i <= most) now[0] = i;
    int least = now[0];
    const auto row = static_cast<std::size_t>(i);
    for (int j = from; j <= to; ++j) {
      const auto k = static_cast<std::size_t>(j);
      int best = std::min({last[k] + 1, now[k - 1] + 1, last[k - 1] + (a[row - 1] == b[k - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[row - 1] == b[k - 2] && a[row - 2] == b[k - 1])
        best = std::min(best, before[k - 2] + 1);
      now[k] = std::min(best, most + 1);
      least = std::min(least, now[k]);
    }
    // An exchange reaches over one row: only two rows without hope end it.
    if (least > most && *std::min_element(last.begin(), last.end()) > most) return most + 1;
    before.swap(last);
    last.swap(now);
  }
  return std::min(last[b.size()], most + 1);
}

}  // namespace lagesbild::tools::bench
