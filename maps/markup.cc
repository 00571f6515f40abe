#include "maps/markup.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace lagesbild::maps {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Decoded {
  char32_t code = kReplacement;
  std::size_t bytes = 1;
};

/// The first code point of a text that is not empty. Overlong forms, surrogates and cut sequences are wrong.
Decoded FirstCodePoint(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
  char32_t code = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code = (code << 6) | (byte(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
  if (code < kSmallest[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
  return {code, length};
}

bool AllowedInXml(char32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  return code != 0x7F && code != 0xFFFE && code != 0xFFFF;
}

/// The base letter of the accented Latin letters that Swedish place names use; 0 for any other.
char BaseLetter(char32_t code) {
  struct Run {
    char32_t first, last;
    char letter;
  };
  constexpr std::array<Run, 22> kRuns = {
      {{0xC0, 0xC6, 'a'},   {0xC7, 0xC7, 'c'},  {0xC8, 0xCB, 'e'}, {0xCC, 0xCF, 'i'}, {0xD1, 0xD1, 'n'},
       {0xD2, 0xD6, 'o'},   {0xD8, 0xD8, 'o'},  {0xD9, 0xDC, 'u'}, {0xDD, 0xDD, 'y'}, {0xDF, 0xDF, 's'},
       {0xE0, 0xE6, 'a'},   {0xE7, 0xE7, 'c'},  {0xE8, 0xEB, 'e'}, {0xEC, 0xEF, 'i'}, {0xF1, 0xF1, 'n'},
       {0xF2, 0xF6, 'o'},   {0xF8, 0xF8, 'o'},  {0xF9, 0xFC, 'u'}, {0xFD, 0xFF, 'y'}, {0x160, 0x161, 's'},
       {0x17D, 0x17E, 'z'}, {0x141, 0x142, 'l'}}};
  if (code >= 'a' && code <= 'z') return static_cast<char>(code);
  if (code >= '0' && code <= '9') return static_cast<char>(code);
  if (code >= 'A' && code <= 'Z') return static_cast<char>(code - 'A' + 'a');
  for (const Run& run : kRuns)
    if (code >= run.first && code <= run.last) return run.letter;
  return 0;
}

}  // namespace

std::string CleanText(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const Decoded next = FirstCodePoint(text);
    const bool wrong = next.code == kReplacement && next.bytes == 1;
    if (wrong)
      clean += "\xEF\xBF\xBD";
    else if (AllowedInXml(next.code))
      clean += text.substr(0, next.bytes);
    text.remove_prefix(next.bytes);
  }
  return clean;
}

std::string XmlText(std::string_view text) {
  std::string escaped;
  for (const char c : CleanText(text)) switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&apos;";
        break;
      default:
        escaped += c;
    }
  return escaped;
}

std::string SqlText(std::string_view text) {
  std::string quoted = "'";
  for (const char c : CleanText(text)) {
    quoted += c;
    if (c == '\'') quoted += c;
  }
  return quoted + "'";
}

std::string AsciiSlug(std::string_view text, std::size_t longest, std::string_view otherwise) {
  std::string slug;
  while (!text.empty()) {
    const Decoded next = FirstCodePoint(text);
    const char letter = BaseLetter(next.code);
    if (letter != 0)
      slug += letter;
    else if (!slug.empty() && slug.back() != '_')
      slug += '_';
    text.remove_prefix(next.bytes);
  }
  slug.resize(std::min(slug.size(), longest));
  while (!slug.empty() && slug.back() == '_') slug.pop_back();
  return slug.empty() ? std::string(otherwise) : slug;
}

std::string SwedishNumber(double value, int decimals) {
  if (!std::isfinite(value)) return "–";
  std::array<char, 400> buffer{};
  const auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
  std::string text(buffer.data(), result.ptr);
  if (text.find_first_not_of("-0.") == std::string::npos && text[0] == '-') text.erase(0, 1);
  if (const std::size_t point = text.find('.'); point != std::string::npos) text[point] = ',';
  if (text[0] == '-') text.replace(0, 1, "−");
  return text;
}

std::string SwedishNumber(double value) {
  if (!std::isfinite(value)) return "–";
  const double size = std::abs(value);
  const int decimals =
      size == 0 || size >= 100 ? 0 : std::min(12, 2 - static_cast<int>(std::floor(std::log10(size))));
  std::string text = SwedishNumber(value, decimals);
  if (text.find(',') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == ',') text.pop_back();
  return text;
}

std::string SwedishProbability(std::string_view symbol, double value) {
  if (value < 0.001) return std::string(symbol) + " < 0,001";
  return std::string(symbol) + " = " + SwedishNumber(value);
}

}  // namespace lagesbild::maps
