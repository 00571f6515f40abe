#pragma once

#include <filesystem>
#include <string>

namespace lagesbild::service {

/// Makes the folder where it is missing, and gives it mode 0700 in any case. Throws maps::IoError.
void MakePrivateFolder(const std::filesystem::path& folder);
/// Gives a file mode 0600. Throws maps::IoError.
void MakePrivateFile(const std::filesystem::path& file);

/// Exclusive lock on the file or folder itself, not on its name: links to it find the same lock. Held as long
/// as this lives; the system lets go of it when the process dies, however that happens.
class ExclusiveLock {
 public:
  /// A file that is missing is made, mode 0600. Throws NotReady(`reason`, `message`) when it is held,
  /// maps::IoError.
  ExclusiveLock(const std::filesystem::path& path, const std::string& reason, const std::string& message);
  ~ExclusiveLock();
  ExclusiveLock(const ExclusiveLock&) = delete;
  ExclusiveLock& operator=(const ExclusiveLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace lagesbild::service
