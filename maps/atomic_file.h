#pragma once

#include <filesystem>
#include <functional>

namespace lagesbild::maps {

/// Writes a file so that it appears complete under its name or not at all.
///
/// `write` gets a temporary path in the same folder and writes there; `check` (may be empty) reopens and
/// verifies it, throwing IoError on doubt. Then the file and its folder are synced and the file is renamed
/// onto `path`. On any exception the temporary file and its siblings (-journal, -wal, .aux.xml) are removed.
/// What killed processes left in the folder is removed too. An IoError comes out as WriteFailed.
void WriteAtomically(const std::filesystem::path& path,
                     const std::function<void(const std::filesystem::path&)>& write,
                     const std::function<void(const std::filesystem::path&)>& check = {});

/// Removes the temporary files that processes of this machine left in the folder when they were killed.
void RemoveAbandonedFiles(const std::filesystem::path& folder);
/// Removes every temporary file of the folder; for its owner, when nobody writes there.
void RemoveTemporaryFiles(const std::filesystem::path& folder);

/// Throws IoError unless the name is ASCII, at most 60 characters, and valid on Windows.
void CheckFileName(const std::filesystem::path& path);

}  // namespace lagesbild::maps
