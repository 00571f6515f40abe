#include "service/private_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>
#include <set>
#include <utility>

#include "maps/errors.h"
#include "service/errors.h"

namespace lagesbild::service {
namespace {

using FileId = std::pair<dev_t, ino_t>;

/// What this process holds. Asked before a file is opened: closing any descriptor of a database would take
/// SQLite's own locks from it (POSIX locks end with the first close), so a refused try must not open it.
struct Held {
  std::mutex mutex;
  std::set<FileId> files;
};

Held& HeldHere() {
  static Held held;
  return held;
}

void SetMode(const std::filesystem::path& path, mode_t mode) {
  if (::chmod(path.c_str(), mode) != 0)
    throw maps::IoError(path.string(),
                        std::string("cannot be closed to other accounts: ") + std::strerror(errno));
}

}  // namespace

void MakePrivateFolder(const std::filesystem::path& folder) {
  std::error_code error;
  if (folder.has_parent_path()) std::filesystem::create_directories(folder.parent_path(), error);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    throw maps::IoError(folder.string(), std::string("cannot be made: ") + std::strerror(errno));
  if (!std::filesystem::is_directory(folder, error)) throw maps::IoError(folder.string(), "is no folder");
  SetMode(folder, 0700);
}

void MakePrivateFile(const std::filesystem::path& file) { SetMode(file, 0600); }

ExclusiveLock::ExclusiveLock(const std::filesystem::path& path, const std::string& reason,
                             const std::string& message) {
  Held& held = HeldHere();
  const std::lock_guard lock(held.mutex);
  struct stat found {};
  const bool there = ::stat(path.c_str(), &found) == 0;
  if (there && held.files.contains({found.st_dev, found.st_ino})) throw NotReady(reason, message);
  const int flags = there && S_ISDIR(found.st_mode) ? O_RDONLY : O_RDWR | O_CREAT;
  descriptor_ = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
  if (descriptor_ < 0)
    throw maps::IoError(path.string(), std::string("cannot be opened: ") + std::strerror(errno));
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 || ::fstat(descriptor_, &found) != 0) {
    ::close(descriptor_);
    throw NotReady(reason, message);
  }
  held.files.insert({found.st_dev, found.st_ino});
}

ExclusiveLock::~ExclusiveLock() {
  Held& held = HeldHere();
  const std::lock_guard lock(held.mutex);
  struct stat found {};
  if (::fstat(descriptor_, &found) == 0) held.files.erase({found.st_dev, found.st_ino});
  ::close(descriptor_);
}

}  // namespace lagesbild::service
