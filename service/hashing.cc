#include "service/hashing.h"

#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <vector>

#include "maps/errors.h"

namespace lagesbild::service {
namespace {

constexpr std::size_t kDigestBytes = 32;

void Require(bool ok) {
  if (!ok) throw std::runtime_error("OpenSSL refused a SHA-256 operation");
}

struct MacDeleter {
  void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using MacContext = std::unique_ptr<EVP_MAC_CTX, MacDeleter>;

}  // namespace

std::string Hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    text += kDigits[value >> 4];
    text += kDigits[value & 15];
  }
  return text;
}

struct Sha256::Impl {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~Impl() { EVP_MD_CTX_free(context); }
  void Begin() const {
    Require(context != nullptr && EVP_DigestInit_ex(context, EVP_sha256(), nullptr) == 1);
  }
};

Sha256::Sha256() : impl_(std::make_unique<Impl>()) { impl_->Begin(); }
Sha256::~Sha256() = default;

Sha256& Sha256::Update(std::string_view bytes) {
  Require(EVP_DigestUpdate(impl_->context, bytes.data(), bytes.size()) == 1);
  return *this;
}

Sha256& Sha256::UpdateField(std::string_view bytes) {
  std::string length(8, '\0');
  for (std::size_t i = 0; i < length.size(); ++i)
    length[i] = static_cast<char>((bytes.size() >> (8 * i)) & 255);
  return Update(length).Update(bytes);
}

std::string Sha256::Digest() {
  std::string digest(kDigestBytes, '\0');
  unsigned int size = 0;
  Require(EVP_DigestFinal_ex(impl_->context, reinterpret_cast<unsigned char*>(digest.data()), &size) == 1 &&
          size == kDigestBytes);
  impl_->Begin();
  return digest;
}

std::string Sha256Hex(std::string_view bytes) { return Hex(Sha256().Update(bytes).Digest()); }

std::string Sha256HexOfFile(const std::filesystem::path& file) {
  std::ifstream input(file, std::ios::binary);
  if (!input) throw maps::IoError(file.string(), "cannot be opened for reading");
  Sha256 hash;
  std::vector<char> chunk(1 << 18);
  while (input) {
    input.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    hash.Update({chunk.data(), static_cast<std::size_t>(input.gcount())});
  }
  if (input.bad()) throw maps::IoError(file.string(), "cannot be read to its end");
  return Hex(hash.Digest());
}

struct Hmac::Impl {
  MacContext keyed;  ///< initialized once; each text works on a copy
};

Hmac::Hmac(std::string_view key) : impl_(std::make_unique<Impl>()) {
  const std::unique_ptr<EVP_MAC, MacDeleter> mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
  Require(mac != nullptr);
  impl_->keyed.reset(EVP_MAC_CTX_new(mac.get()));
  char digest_name[] = "SHA256";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string("digest", digest_name, 0),
                                   OSSL_PARAM_construct_end()};
  Require(impl_->keyed != nullptr &&
          EVP_MAC_init(impl_->keyed.get(), reinterpret_cast<const unsigned char*>(key.data()), key.size(),
                       parameters) == 1);
}
Hmac::~Hmac() = default;

std::string Hmac::HexOf(std::string_view text) const {
  const MacContext context(EVP_MAC_CTX_dup(impl_->keyed.get()));
  std::string digest(kDigestBytes, '\0');
  std::size_t size = 0;
  Require(
      context != nullptr &&
      EVP_MAC_update(context.get(), reinterpret_cast<const unsigned char*>(text.data()), text.size()) == 1 &&
      EVP_MAC_final(context.get(), reinterpret_cast<unsigned char*>(digest.data()), &size, digest.size()) ==
          1 &&
      size == kDigestBytes);
  return Hex(digest);
}

std::string RandomBytes(std::size_t count) {
  std::string bytes(count, '\0');
  Require(RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) == 1);
  return bytes;
}

}  // namespace lagesbild::service
