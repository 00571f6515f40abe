#include "geo/place_text.h"

#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <memory>

#include "geo/geocoder.h"

namespace lagesbild::geo {
namespace {

struct FreeDeleter {
  void operator()(utf8proc_uint8_t* text) const { std::free(text); }  // utf8proc allocates with malloc
};

void Append(std::string& out, utf8proc_int32_t code) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const utf8proc_ssize_t n = utf8proc_encode_char(code, bytes.data());
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(n));
}

/// Calls `use` with each code point; with -1 for each byte that is no UTF-8.
template <class Use>
void ForEachCodePoint(std::string_view text, Use&& use) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  std::size_t at = 0;
  while (at < text.size()) {
    utf8proc_int32_t code = 0;
    const utf8proc_ssize_t n =
        utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &code);
    use(n > 0 ? code : -1);
    at += n > 0 ? static_cast<std::size_t>(n) : 1;
  }
}

std::string Mapped(std::string_view text, int options) {
  utf8proc_uint8_t* raw = nullptr;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  const utf8proc_ssize_t n = utf8proc_map(bytes, static_cast<utf8proc_ssize_t>(text.size()), &raw,
                                          static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, FreeDeleter> owner(raw);
  return n < 0 ? std::string(text)
               : std::string(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(n));
}

bool IsLetterOrDigit(utf8proc_int32_t code) {
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
      return true;
    default:  // thirty categories, none of them a letter or a digit
      return false;
  }
}

bool IsDash(utf8proc_int32_t code) {
  return (code >= 0x2010 && code <= 0x2015) || code == 0x2212 || code == 0xFE58 || code == 0xFF0D;
}

bool IsApostrophe(utf8proc_int32_t code) {
  return code == 0x2018 || code == 0x2019 || code == 0x02BC || code == 0xB4 || code == '`';
}

/// What parts words but is nothing itself: spaces, control characters, format characters, bad bytes.
bool IsBlank(utf8proc_int32_t code) {
  if (code < 0 || code == 0xFFFD) return true;
  const utf8proc_category_t category = utf8proc_category(code);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP || category == UTF8PROC_CATEGORY_CC;
}

/// Soft hyphen, zero width space, direction marks: invisible and without meaning.
bool IsInvisible(utf8proc_int32_t code) {
  return code >= 0 && (utf8proc_category(code) == UTF8PROC_CATEGORY_CF);
}

/// Whether the text is of ASCII and the letters À to ÿ alone, each in one piece: then case and marks need no
/// tables of all scripts. Most addresses are.
bool IsPlain(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c < 0x7F && c != '`') continue;
    if (c != 0xC3 || i + 1 == text.size()) return false;
    const auto next = static_cast<unsigned char>(text[++i]);
    if (next < 0x80 || next > 0xBF || next == 0x97 || next == 0xB7) return false;  // × and ÷
  }
  return true;
}

/// Per second byte of a letter À to ÿ: the letter without its mark; 0 = it has none to lose.
constexpr std::string_view kWithoutMark{
    "AAAAAA\0CEEEEIIII\0NOOOOO\0\0UUUUY\0\0aaaaaaaceeeeiiii\0nooooo\0ouuuuy\0y", 64};

void AppendSpace(std::string& out) {
  if (!out.empty() && out.back() != ' ') out += ' ';
}

std::string ReplacePairs(std::string_view text, std::string_view aa, std::string_view ae,
                         std::string_view oe) {
  std::string out;
  out.reserve(text.size() + 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view pair = text.substr(i, 2);
    const std::string_view to = pair == "aa"   ? aa
                                : pair == "ae" ? ae
                                : pair == "oe" ? oe
                                               : std::string_view{};
    if (to.empty()) {
      out += text[i];
    } else {
      out += to;
      ++i;
    }
  }
  return out;
}

}  // namespace

std::string CleanText(std::string_view utf8) {
  std::string spaced;
  if (IsPlain(utf8)) {
    spaced.reserve(utf8.size());
    for (const char c : utf8)
      if (c != ' ' || (!spaced.empty() && spaced.back() != ' ')) spaced += c;
    if (!spaced.empty() && spaced.back() == ' ') spaced.pop_back();
    return spaced;
  }
  ForEachCodePoint(utf8, [&](utf8proc_int32_t code) {
    if (IsInvisible(code)) return;
    if (IsBlank(code)) return AppendSpace(spaced);
    Append(spaced, IsDash(code) ? '-' : IsApostrophe(code) ? '\'' : code);
  });
  if (!spaced.empty() && spaced.back() == ' ') spaced.pop_back();
  return Mapped(spaced, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string LowerCase(std::string_view clean) {
  std::string out;
  if (IsPlain(clean)) {
    out = clean;
    for (std::size_t i = 0; i < out.size(); ++i) {
      const auto c = static_cast<unsigned char>(out[i]);
      const bool letter = c == 0xC3;
      if (letter) ++i;
      const auto at = static_cast<unsigned char>(out[i]);
      if (letter ? at <= 0x9E : at >= 'A' && at <= 'Z') out[i] = static_cast<char>(at + 0x20);
    }
    return out;
  }
  ForEachCodePoint(clean,
                   [&](utf8proc_int32_t code) { Append(out, utf8proc_tolower(code < 0 ? ' ' : code)); });
  return out;
}

std::string FoldMarks(std::string_view lower) {
  std::string out;
  if (IsPlain(lower)) {
    out.reserve(lower.size());
    for (std::size_t i = 0; i < lower.size(); ++i) {
      if (static_cast<unsigned char>(lower[i]) != 0xC3) {
        out += lower[i];
        continue;
      }
      ++i;
      const char plain = kWithoutMark[static_cast<unsigned char>(lower[i]) & 0x3F];
      if (plain != '\0')
        out += plain;
      else
        out.append({lower[i - 1], lower[i]});
    }
    return out;
  }
  ForEachCodePoint(Mapped(lower, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK),
                   [&](utf8proc_int32_t code) {
                     if (code == 0xE6) return out.push_back('a');  // æ
                     if (code == 0xF8) return out.push_back('o');  // ø
                     Append(out, code < 0 ? ' ' : code);
                   });
  return out;
}

std::string FoldDigraphs(std::string_view folded) { return ReplacePairs(folded, "a", "a", "o"); }

std::string ReadDigraphs(std::string_view lower) { return ReplacePairs(lower, "å", "ä", "ö"); }

std::string NameKey(std::string_view lower) {
  std::string out;
  if (IsPlain(lower)) {
    out.reserve(lower.size());
    for (const char c : lower) {
      if (static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
          (c >= 'A' && c <= 'Z'))
        out += c;
      else if (c != ':' || out.empty() || (out.back() >= '0' && out.back() <= '9'))
        AppendSpace(out);
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
  }
  ForEachCodePoint(lower, [&](utf8proc_int32_t code) {
    if (code == ':' && !out.empty() && !(out.back() >= '0' && out.back() <= '9')) return;
    if (code >= 0 && IsLetterOrDigit(code))
      Append(out, code);
    else
      AppendSpace(out);
  });
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::vector<std::string> SplitWords(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) words.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

bool BeginsWithCapital(std::string_view clean) {
  bool first = true, capital = false;
  ForEachCodePoint(clean.substr(0, 4), [&](utf8proc_int32_t code) {
    if (first) capital = code >= 0 && utf8proc_category(code) == UTF8PROC_CATEGORY_LU;
    first = false;
  });
  return capital;
}

bool HasLowerCase(std::string_view clean) {
  bool found = false;
  ForEachCodePoint(clean, [&](utf8proc_int32_t code) {
    found = found || (code >= 0 && utf8proc_category(code) == UTF8PROC_CATEGORY_LL);
  });
  return found;
}

std::string NormalizedPlaceKey(std::string_view address, std::string_view locality) {
  const auto key = [](std::string_view text) { return NameKey(FoldMarks(LowerCase(CleanText(text)))); };
  const std::string place = key(locality);
  return place.empty() ? key(address) : key(address) + "|" + place;
}

}  // namespace lagesbild::geo
