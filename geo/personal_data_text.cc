#include <algorithm>
#include <array>

#include "geo/personal_data_parts.h"

namespace lagesbild::geo::personal_data {
namespace {

struct Replacement {
  std::string_view from;
  char to;  ///< NUL: nothing
};

constexpr std::array<Replacement, 26> kReplacements{
    {{"\u2010", '-'},  {"\u2011", '-'},  {"\u2012", '-'},  {"\u2013", '-'},  {"\u2014", '-'},
     {"\u2015", '-'},  {"\u2043", '-'},  {"\u2212", '-'},  {"\uFE63", '-'},  {"\u00B7", '.'},
     {"\u2022", '.'},  {"\u2024", '.'},  {"\u2026", '.'},  {"\u2044", '/'},  {"\u2215", '/'},
     {"\u00A0", ' '},  {"\u202F", ' '},  {"\u205F", ' '},  {"\u3000", ' '},  {"\uFE6B", '@'},
     {"\u200B", '\0'}, {"\u200C", '\0'}, {"\u200D", '\0'}, {"\u2060", '\0'}, {"\uFEFF", '\0'},
     {"\u00AD", '\0'}}};

/// The ASCII character that a full-width form (U+FF01 to U+FF5E) stands for, or NUL.
char HalfWidth(std::string_view rest) {
  if (rest.size() < 3 || rest[0] != '\xEF') return '\0';
  const int last = static_cast<unsigned char>(rest[2]);
  if (rest[1] == '\xBC' && last >= 0x81 && last <= 0xBF) return static_cast<char>(last - 0x81 + 0x21);
  if (rest[1] == '\xBD' && last >= 0x80 && last <= 0x9E) return static_cast<char>(last - 0x80 + 0x60);
  return '\0';
}

/// U+2000 to U+200A: blanks of every width.
bool IsWideBlank(std::string_view rest) {
  return rest.size() >= 3 && rest.substr(0, 2) == "\xE2\x80" && static_cast<unsigned char>(rest[2]) <= 0x8A;
}

}  // namespace

std::string PlainText(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  const auto put = [&](char c) {
    if (c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f') c = ' ';
    if (c != ' ' || plain.empty() || plain.back() != ' ') plain += c;
  };
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    if ((static_cast<unsigned char>(text[i]) & 0x80) == 0) {
      put(text[i]);
      ++i;
      continue;
    }
    const auto* const found =
        std::find_if(kReplacements.begin(), kReplacements.end(),
                     [&](const Replacement& r) { return rest.substr(0, r.from.size()) == r.from; });
    if (found != kReplacements.end()) {
      if (found->to != '\0') put(found->to);
      i += found->from.size();
    } else if (const char half = HalfWidth(rest); half != '\0') {
      put(half);
      i += 3;
    } else if (IsWideBlank(rest)) {
      put(' ');
      i += 3;
    } else {
      put(text[i]);
      ++i;
    }
  }
  return plain;
}

std::vector<DigitGroup> DigitGroups(std::string_view text) {
  std::vector<DigitGroup> groups;
  for (std::size_t i = 0; i < text.size();) {
    if (!IsDigit(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && IsDigit(text[end])) ++end;
    groups.push_back({text.substr(i, end - i), i, end});
    i = end;
  }
  return groups;
}

std::string_view Gap(std::string_view text, const DigitGroup& left, const DigitGroup& right) {
  return text.substr(left.end, right.begin - left.end);
}

bool IsWideGap(std::string_view gap) {
  return !gap.empty() && gap.size() <= 4 && std::none_of(gap.begin(), gap.end(), IsLetter);
}

bool ContinuesAt(std::string_view text, std::size_t end) {
  return end + 1 < text.size() && text[end] == '-' && (IsDigit(text[end + 1]) || IsLetter(text[end + 1]));
}

}  // namespace lagesbild::geo::personal_data
