#pragma once

#include <filesystem>
#include <string_view>

namespace lagesbild::maps {

/// Writes a text or bytes in memory so that the file appears complete under its name or not at all. Throws
/// IoError when the name is not one of CheckFileName, the disk is full or the folder cannot be written.
void WriteBytesAtomically(const std::filesystem::path& path, std::string_view bytes);

}  // namespace lagesbild::maps
