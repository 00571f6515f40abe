#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace lagesbild::maps {

enum class TextEncoding { kUtf8, kLatin1, kWindows1252, kUtf16Le, kUtf16Be };

/// "utf-8", "iso-8859-1", "windows-1252" or "utf-16".
const char* EncodingName(TextEncoding encoding);

struct TextFile {
  TextEncoding encoding = TextEncoding::kUtf8;
  std::int64_t first_byte = 0;  ///< after the byte order mark
};

/// What a file is written in. `name` is "utf-8", "iso-8859-1", "windows-1252", "utf-16" or empty; case does
/// not matter. Empty: byte order mark; else UTF-16 when every second byte is 0 at the file's beginning; else
/// UTF-8 when no more bytes are wrong in it than sequences are right; else windows-1252. Reads the whole file
/// once. Throws IoError: no such file, unknown name, a name that the file's bytes contradict (with the one
/// that they look like): letters that nobody wrote must not be stored.
TextFile DetectEncoding(const std::filesystem::path& path, std::string_view name);

/// One character of a text file as UTF-8. `valid` is false for bytes that are no text in the encoding.
struct TextCharacter {
  std::array<char, 4> bytes{};
  int size = 0;
  bool valid = true;
  bool is(char c) const { return valid && size == 1 && bytes[0] == c; }
};

/// Reads a text file character by character, holding 64 KiB of it whatever its size.
class TextReader {
 public:
  /// Throws IoError when the file cannot be opened.
  TextReader(std::filesystem::path path, TextFile file);
  /// False at the end of the file. Throws IoError when reading fails.
  bool Next(TextCharacter& character);
  /// The same, passing over bytes below 0x80; for encodings where these are ASCII.
  bool NextBeyondAscii(TextCharacter& character);
  /// Passes over what is at hand up to the first of these ASCII characters. Does nothing in UTF-16.
  void PassOver(std::string_view until);
  /// Byte position of the next character.
  std::int64_t position() const { return buffer_start_ + static_cast<std::int64_t>(at_); }
  /// Throws IoError when the file cannot be positioned.
  void Seek(std::int64_t position);

 private:
  bool Fill(std::size_t bytes);
  unsigned ByteAt(std::size_t ahead) const { return static_cast<unsigned char>(buffer_[at_ + ahead]); }
  void NextUtf8(TextCharacter& character);
  void NextUtf16(TextCharacter& character);

  std::filesystem::path path_;
  std::ifstream in_;
  TextEncoding encoding_;
  std::vector<char> buffer_;
  std::size_t at_ = 0, filled_ = 0;
  std::int64_t buffer_start_ = 0;
  bool ended_ = false;
};

/// The text without ASCII blanks, no-break spaces and byte order marks at its ends.
std::string TrimBlanks(std::string_view utf8);

}  // namespace lagesbild::maps
