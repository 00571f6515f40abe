#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace lagesbild::service {

/// Lower-case hexadecimal digits of the bytes.
std::string Hex(std::string_view bytes);

/// SHA-256 fed piece by piece. The only users of OpenSSL are this class, Hmac and RandomBytes.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  Sha256& Update(std::string_view bytes);
  /// Adds the length and then the bytes, so that ("ab", "c") and ("a", "bc") differ.
  Sha256& UpdateField(std::string_view bytes);
  /// The 32 bytes. The object begins anew afterwards.
  std::string Digest();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// SHA-256 of the bytes, 64 hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);
/// SHA-256 of a file's bytes, 64 hexadecimal digits. Throws maps::IoError when it cannot be read.
std::string Sha256HexOfFile(const std::filesystem::path& file);

/// HMAC-SHA-256 with one key, for the salted keys of places and incidents. Not thread safe.
class Hmac {
 public:
  explicit Hmac(std::string_view key);
  ~Hmac();
  Hmac(const Hmac&) = delete;
  Hmac& operator=(const Hmac&) = delete;

  /// 64 hexadecimal digits.
  std::string HexOf(std::string_view text) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Bytes from the system's secure random source.
std::string RandomBytes(std::size_t count);

}  // namespace lagesbild::service
