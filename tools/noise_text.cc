#include "tools/noise_text.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace lagesbild::tools {
namespace {

constexpr std::size_t kLongest = 127;  ///< bytes compared; names are shorter

char32_t FoldedLetter(char32_t c) {
  if (c >= U'A' && c <= U'Z') return c + 32;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) c += 32;
  switch (c) {
    case U'å':
    case U'ä':
    case U'æ':
    case U'à':
    case U'á':
      return U'a';
    case U'ö':
    case U'ø':
      return U'o';
    case U'é':
    case U'è':
      return U'e';
    case U'ü':
      return U'u';
    default:
      return c;
  }
}

}  // namespace

std::u32string CodePoints(std::string_view text) {
  std::u32string result;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (length == 1 || i + length > text.size()) {
      result += static_cast<char32_t>(lead);
      ++i;
      continue;
    }
    char32_t c = lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) c = (c << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    result += c;
    i += length;
  }
  return result;
}

std::string Utf8(std::u32string_view text) {
  std::string result;
  for (const char32_t c : text) {
    if (c < 0x80) {
      result += static_cast<char>(c);
    } else if (c < 0x800) {
      result += static_cast<char>(0xC0 | (c >> 6));
      result += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      result += static_cast<char>(0xE0 | (c >> 12));
      result += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      result += static_cast<char>(0x80 | (c & 0x3F));
    } else {
      result += static_cast<char>(0xF0 | (c >> 18));
      result += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
      result += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      result += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  return result;
}

std::string FoldedText(std::string_view text) {
  std::string result;
  for (const char32_t c : CodePoints(text)) {
    const char32_t folded = FoldedLetter(c);
    const bool kept = (folded >= U'a' && folded <= U'z') || (folded >= U'0' && folded <= U'9');
    if (kept)
      result += static_cast<char>(folded);
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  }
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

std::string WithoutSpaces(std::string text) {
  std::erase(text, ' ');
  return text;
}

std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text)
    if (c != ' ')
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  if (words.back().empty()) words.pop_back();
  return words;
}

std::string Joined(const std::vector<std::string>& words, std::size_t first) {
  std::string result;
  for (std::size_t i = first; i < words.size(); ++i) result += (i > first ? " " : "") + words[i];
  return result;
}

int EditDistance(std::string_view a, std::string_view b, int limit) {
  if (a.size() > b.size()) std::swap(a, b);
  const auto n = static_cast<int>(std::min(a.size(), kLongest)), m = static_cast<int>(b.size());
  if (m - n > limit) return limit + 1;
  using Line = std::array<int, kLongest + 2>;
  std::array<Line, 3> lines;
  const auto line = [&](int i) -> Line& { return lines[static_cast<std::size_t>(i % 3)]; };
  for (int j = 0; j <= n; ++j) line(0)[static_cast<std::size_t>(j)] = j;
  for (int i = 1; i <= m; ++i) {
    const int from = std::max(1, i - limit), to = std::min(n, i + limit);
    if (from > to + 1) return limit + 1;
    Line& now = line(i);
    const Line &above = line(i - 1), &before = line(i + 1);
    const auto at = [](const Line& l, int j) { return l[static_cast<std::size_t>(j)]; };
    now[static_cast<std::size_t>(from - 1)] = from == 1 ? i : limit + 1;
    int least = now[static_cast<std::size_t>(from - 1)];
    for (int j = from; j <= to; ++j) {
      const char x = a[static_cast<std::size_t>(j - 1)], y = b[static_cast<std::size_t>(i - 1)];
      int cost = at(above, j - 1) + (x == y ? 0 : 1);
      cost = std::min(cost, at(now, j - 1) + 1);
      if (j < i + limit) cost = std::min(cost, at(above, j) + 1);  // outside the band nothing stands above
      if (i > 1 && j > 1 && x == b[static_cast<std::size_t>(i - 2)] &&
          y == a[static_cast<std::size_t>(j - 2)])
        cost = std::min(cost, at(before, j - 2) + 1);
      now[static_cast<std::size_t>(j)] = cost;
      least = std::min(least, cost);
    }
    if (least > limit) return limit + 1;
  }
  return std::min(line(m)[static_cast<std::size_t>(n)], limit + 1);
}

}  // namespace lagesbild::tools
