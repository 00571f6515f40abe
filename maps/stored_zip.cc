#include "maps/stored_zip.h"

#include <array>

namespace lagesbild::maps {
namespace {

constexpr std::array<std::uint32_t, 256> MakeCrcTable() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value & 1) != 0 ? 0xEDB88320U ^ (value >> 1) : value >> 1;
    table[i] = value;
  }
  return table;
}

/// The number's lowest bytes, least significant first.
std::string Bytes(std::uint32_t value, int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i) bytes += static_cast<char>((value >> (8 * i)) & 0xFFU);
  return bytes;
}

}  // namespace

std::uint32_t Crc32(std::string_view bytes) {
  static constexpr std::array<std::uint32_t, 256> kTable = MakeCrcTable();
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : bytes) crc = kTable[(crc ^ static_cast<unsigned char>(c)) & 0xFFU] ^ (crc >> 8);
  return crc ^ 0xFFFFFFFFU;
}

std::string StoredZip(std::string_view name, std::string_view content) {
  constexpr std::uint32_t kVersion = 20, kFirstDay = 0x21;  // 1980-01-01, the earliest that zip can write
  const auto size = static_cast<std::uint32_t>(content.size());
  const auto name_size = static_cast<std::uint32_t>(name.size());
  // Version needed, flags, method 0 = stored, time, date, checksum, both sizes, lengths of name and extra
  // field: the same in the local header and in the directory.
  const std::string shared = Bytes(kVersion, 2) + Bytes(0, 2) + Bytes(0, 2) + Bytes(0, 2) +
                             Bytes(kFirstDay, 2) + Bytes(Crc32(content), 4) + Bytes(size, 4) +
                             Bytes(size, 4) + Bytes(name_size, 2) + Bytes(0, 2);
  std::string zip = "PK\x03\x04" + shared;
  zip.append(name).append(content);
  const auto directory_at = static_cast<std::uint32_t>(zip.size());
  // Then: comment length, disk, internal and external attributes, place of the local header.
  zip += "PK\x01\x02" + Bytes(kVersion, 2) + shared + Bytes(0, 2) + Bytes(0, 2) + Bytes(0, 2) + Bytes(0, 4) +
         Bytes(0, 4);
  zip.append(name);
  const auto directory_size = static_cast<std::uint32_t>(zip.size()) - directory_at;
  return zip + "PK\x05\x06" + Bytes(0, 2) + Bytes(0, 2) + Bytes(1, 2) + Bytes(1, 2) +
         Bytes(directory_size, 4) + Bytes(directory_at, 4) + Bytes(0, 2);
}

}  // namespace lagesbild::maps
