#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace lagesbild::maps {

/// CRC-32 of ISO 3309, as zip files use it.
std::uint32_t Crc32(std::string_view bytes);

/// A zip file with one uncompressed member, dated 1980-01-01, so that its bytes depend on name and content
/// alone. `name` is ASCII, `content` under 4 GiB.
std::string StoredZip(std::string_view name, std::string_view content);

}  // namespace lagesbild::maps
