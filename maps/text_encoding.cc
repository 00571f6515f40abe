#include "maps/text_encoding.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <system_error>
#include <utility>

#include "maps/errors.h"

namespace lagesbild::maps {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{64} * 1024;

/// First byte of å, ä, ö, é and ü in UTF-8. A line that has it before a continuation byte is from another
/// file than the rest; as one-byte text it would read "Ã¤".
constexpr unsigned kUtf8LatinLead = 0xC3;

/// Code points of the bytes 0x80 to 0x9F; 0 = not assigned.
constexpr std::array<std::uint16_t, 32> kWindows1252High{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void Encode(std::uint32_t code, TextCharacter& c) {
  if (code < 0x80) {
    c.size = 1;
    c.bytes[0] = static_cast<char>(code);
    return;
  }
  c.size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  for (int i = c.size - 1; i > 0; --i) {
    c.bytes[static_cast<std::size_t>(i)] = static_cast<char>(0x80 | (code & 0x3F));
    code >>= 6;
  }
  constexpr std::array<unsigned, 5> kLead{0, 0, 0xC0, 0xE0, 0xF0};
  c.bytes[0] = static_cast<char>(kLead[static_cast<std::size_t>(c.size)] | code);
}

/// Length that a lead byte announces; 0 = no lead byte.
std::size_t Utf8Length(unsigned lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

/// Overlong forms, surrogates and codes over U+10FFFF are no UTF-8.
bool IsAllowedSecond(unsigned lead, unsigned second) {
  if ((second & 0xC0) != 0x80) return false;
  if (lead == 0xE0) return second >= 0xA0;
  if (lead == 0xED) return second < 0xA0;
  if (lead == 0xF0) return second >= 0x90;
  return lead != 0xF4 || second < 0x90;
}

std::string LowerName(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
  return lower;
}

std::string FirstBytes(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) throw IoError(path.string(), "no such file");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw IoError(path.string(), "cannot be opened");
  std::string head(4096, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in.gcount()));
  return head;
}

/// The 0 bytes of UTF-16 text in Latin letters: at odd places in little endian, at even ones in big endian.
TextFile GuessUtf16(std::string_view head, bool& found) {
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < head.size(); ++i)
    if (head[i] == '\0') ++zeros[i % 2];
  const std::size_t half = head.size() / 2;
  found = head.size() >= 8 && (zeros[0] * 10 >= half * 7) != (zeros[1] * 10 >= half * 7);
  return {zeros[0] > zeros[1] ? TextEncoding::kUtf16Be : TextEncoding::kUtf16Le, 0};
}

/// Sequences beyond ASCII that are UTF-8 and bytes that are not.
struct Utf8Count {
  std::int64_t right = 0, wrong = 0;
  bool mostly() const { return wrong <= right; }
  bool surely() const { return wrong == 0 && right > 0; }
};

Utf8Count CountUtf8(const std::filesystem::path& path) {
  TextReader reader(path, {TextEncoding::kUtf8, 0});
  Utf8Count count;
  TextCharacter c;
  while (reader.NextBeyondAscii(c)) ++(c.valid ? count.right : count.wrong);
  return count;
}

/// A file that is read in another encoding than it is written in gives letters that nobody wrote.
[[noreturn]] void RefuseEncoding(const std::filesystem::path& path, const std::string& said,
                                 const std::string& looks_like) {
  throw IoError(path.string(),
                "the mapping says " + said + " but the file looks like " + looks_like +
                    "; set encoding = \"" + looks_like + "\" under [file] in the mapping, or leave it out",
                "mappningen säger " + said + " men filen ser ut som " + looks_like + "; skriv encoding = \"" +
                    looks_like + "\" under [file] i mappningen, eller stryk raden");
}

/// Empty when nothing is asked for.
std::string KnownName(const std::filesystem::path& path, std::string_view name) {
  const std::string asked = LowerName(name);
  if (asked.empty() || asked == "utf-8" || asked == "utf8") return asked.empty() ? asked : "utf-8";
  if (asked == "iso-8859-1" || asked == "latin1") return "iso-8859-1";
  if (asked == "windows-1252" || asked == "cp1252") return "windows-1252";
  if (asked == "utf-16") return asked;
  throw IoError(path.string(),
                "the encoding of the mapping is not known: use utf-8, iso-8859-1, windows-1252 or utf-16",
                "mappningens teckenkodning är inte känd: ange utf-8, iso-8859-1, windows-1252 eller utf-16");
}

}  // namespace

const char* EncodingName(TextEncoding encoding) {
  switch (encoding) {
    case TextEncoding::kUtf8:
      return "utf-8";
    case TextEncoding::kLatin1:
      return "iso-8859-1";
    case TextEncoding::kWindows1252:
      return "windows-1252";
    case TextEncoding::kUtf16Le:
    case TextEncoding::kUtf16Be:
      return "utf-16";
  }
  return "";
}

TextFile DetectEncoding(const std::filesystem::path& path, std::string_view name) {
  const std::string head = FirstBytes(path);
  const auto begins = [&](std::string_view mark) {
    return std::string_view(head).substr(0, mark.size()) == mark;
  };
  const std::string asked = KnownName(path, name);
  const std::int64_t utf8_mark = begins("\xEF\xBB\xBF") ? 3 : 0;
  const bool little = begins("\xFF\xFE"), big = begins("\xFE\xFF");
  bool zeros = false;
  const TextFile guessed = GuessUtf16(head, zeros);
  const bool utf16 = little || big || zeros;
  if (utf16 && !asked.empty() && asked != "utf-16") RefuseEncoding(path, asked, "utf-16");
  if (little) return {TextEncoding::kUtf16Le, 2};
  if (big) return {TextEncoding::kUtf16Be, 2};
  // Every line end is a zero byte in UTF-16, whatever the script.
  if (zeros || (asked == "utf-16" && head.find('\0') != std::string::npos)) return guessed;
  const Utf8Count count = CountUtf8(path);
  const std::string looks_like = utf8_mark > 0 || count.mostly() ? "utf-8" : "windows-1252";
  if (asked == "utf-16" || (asked == "utf-8" && looks_like != "utf-8"))
    RefuseEncoding(path, asked, looks_like);
  const bool one_byte = asked == "iso-8859-1" || asked == "windows-1252";
  if (one_byte && (utf8_mark > 0 || count.surely())) RefuseEncoding(path, asked, "utf-8");
  if (asked == "iso-8859-1") return {TextEncoding::kLatin1, 0};
  if (asked == "windows-1252" || looks_like != "utf-8") return {TextEncoding::kWindows1252, 0};
  return {TextEncoding::kUtf8, utf8_mark};
}

TextReader::TextReader(std::filesystem::path path, TextFile file)
    : path_(std::move(path)), in_(path_, std::ios::binary), encoding_(file.encoding), buffer_(kBufferBytes) {
  if (!in_) throw IoError(path_.string(), "cannot be opened");
  Seek(file.first_byte);
}

void TextReader::Seek(std::int64_t position) {
  const std::int64_t ahead = position - buffer_start_;
  if (filled_ > 0 && ahead >= 0 && ahead <= static_cast<std::int64_t>(filled_)) {
    at_ = static_cast<std::size_t>(ahead);
    return;
  }
  in_.clear();
  in_.seekg(position);
  if (!in_) throw IoError(path_.string(), "cannot be read from the middle");
  buffer_start_ = position;
  at_ = filled_ = 0;
  ended_ = false;
}

/// Makes that many bytes available if the file has them; false when it has none.
bool TextReader::Fill(std::size_t bytes) {
  if (filled_ - at_ < bytes && !ended_) {
    std::memmove(buffer_.data(), buffer_.data() + at_, filled_ - at_);
    buffer_start_ += static_cast<std::int64_t>(at_);
    filled_ -= at_;
    at_ = 0;
    in_.read(buffer_.data() + filled_, static_cast<std::streamsize>(buffer_.size() - filled_));
    if (in_.bad()) throw IoError(path_.string(), "reading fails");
    filled_ += static_cast<std::size_t>(in_.gcount());
    ended_ = in_.eof();
  }
  return filled_ > at_;
}

bool TextReader::Next(TextCharacter& character) {
  if (!Fill(4)) return false;
  const bool single_bytes = encoding_ != TextEncoding::kUtf16Le && encoding_ != TextEncoding::kUtf16Be;
  if (single_bytes && ByteAt(0) < 0x80) {  // most of any file
    character.bytes[0] = buffer_[at_++];
    character.size = 1;
    character.valid = true;
    return true;
  }
  character = {};
  switch (encoding_) {
    case TextEncoding::kUtf8:
      NextUtf8(character);
      return true;
    case TextEncoding::kUtf16Le:
    case TextEncoding::kUtf16Be:
      NextUtf16(character);
      return true;
    case TextEncoding::kLatin1:
    case TextEncoding::kWindows1252: {
      const unsigned byte = ByteAt(0);
      if (byte == kUtf8LatinLead && filled_ - at_ > 1 && (ByteAt(1) & 0xC0) == 0x80) {
        character = {{'?'}, 1, false};
        at_ += 2;
        return true;
      }
      if (encoding_ == TextEncoding::kLatin1) {
        Encode(byte, character);
        break;
      }
      const bool high = byte >= 0x80 && byte < 0xA0;
      const std::uint32_t code = high ? kWindows1252High[byte - 0x80] : byte;
      character.valid = !high || code != 0;
      Encode(character.valid ? code : '?', character);
      break;
    }
  }
  ++at_;
  return true;
}

bool TextReader::NextBeyondAscii(TextCharacter& character) {
  while (Fill(4)) {
    constexpr std::uint64_t kHighBits = 0x8080808080808080U;
    std::uint64_t eight = 0;
    while (at_ + sizeof eight <= filled_) {
      std::memcpy(&eight, buffer_.data() + at_, sizeof eight);
      if ((eight & kHighBits) != 0) break;
      at_ += sizeof eight;
    }
    while (at_ < filled_ && ByteAt(0) < 0x80) ++at_;
    if (at_ < filled_) return Next(character);
  }
  return false;
}

void TextReader::PassOver(std::string_view until) {
  if (encoding_ == TextEncoding::kUtf16Le || encoding_ == TextEncoding::kUtf16Be) return;
  const std::string_view ahead(buffer_.data() + at_, filled_ - at_);
  const std::size_t found = ahead.find_first_of(until);
  at_ = found == std::string_view::npos ? filled_ : at_ + found;
}

void TextReader::NextUtf8(TextCharacter& character) {
  const unsigned lead = ByteAt(0);
  const std::size_t length = Utf8Length(lead);
  std::size_t good = length == 0 || filled_ - at_ < length ? 0 : 1;
  while (good > 0 && good < length) {
    const unsigned byte = ByteAt(good);
    const bool fits = good == 1 ? IsAllowedSecond(lead, byte) : (byte & 0xC0) == 0x80;
    good = fits ? good + 1 : 0;
  }
  character.valid = good > 0;
  character.size = character.valid ? static_cast<int>(length) : 1;
  if (character.valid)
    std::memcpy(character.bytes.data(), buffer_.data() + at_, length);
  else
    character.bytes[0] = '?';
  at_ += character.valid ? length : 1;
}

void TextReader::NextUtf16(TextCharacter& character) {
  const auto unit = [&](std::size_t ahead) -> std::uint32_t {
    const std::uint32_t first = ByteAt(ahead), second = ByteAt(ahead + 1);
    return encoding_ == TextEncoding::kUtf16Le ? second << 8 | first : first << 8 | second;
  };
  const std::size_t available = filled_ - at_;
  if (available < 2) {
    character = {{'?'}, 1, false};
    at_ = filled_;
    return;
  }
  const std::uint32_t high = unit(0);
  if (high < 0xD800 || high > 0xDFFF) {
    Encode(high, character);
    at_ += 2;
    return;
  }
  const std::uint32_t low = high < 0xDC00 && available >= 4 ? unit(2) : 0;
  character.valid = low >= 0xDC00 && low <= 0xDFFF;
  Encode(character.valid ? 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00) : '?', character);
  at_ += character.valid ? 4 : 2;
}

std::string TrimBlanks(std::string_view utf8) {
  constexpr std::array<std::string_view, 8> kBlanks{" ", "\t", "\r", "\n", "\v", "\f", "\u00A0", "\uFEFF"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view blank : kBlanks) {
      if (utf8.substr(0, blank.size()) == blank) {
        utf8.remove_prefix(blank.size());
        again = true;
      }
      if (utf8.size() >= blank.size() && utf8.substr(utf8.size() - blank.size()) == blank) {
        utf8.remove_suffix(blank.size());
        again = true;
      }
    }
  }
  return std::string(utf8);
}

}  // namespace lagesbild::maps
