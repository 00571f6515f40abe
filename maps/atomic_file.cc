#include "maps/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "maps/errors.h"

namespace lagesbild::maps {
namespace {

namespace fs = std::filesystem;

std::string ErrnoText(int code) { return std::generic_category().message(code); }

constexpr std::string_view kTemporaryMark = ".part-";

/// Eight hex digits: a process's number says something on its own machine only, and folders are shared.
std::string MachineMark() {
  std::array<char, 256> name{};
  ::gethostname(name.data(), name.size() - 1);
  std::uint32_t hash = 2166136261U;  // FNV-1a
  for (const char* c = name.data(); *c != '\0'; ++c)
    hash = (hash ^ static_cast<unsigned char>(*c)) * 16777619U;
  std::array<char, 9> hex{};
  std::snprintf(hex.data(), hex.size(), "%08x", static_cast<unsigned>(hash));
  return hex.data();
}

/// Hidden, unique in this process and among processes, with the extension that GDAL's drivers ask for.
fs::path TemporaryPath(const fs::path& path) {
  static std::atomic<unsigned> counter{0};
  return path.parent_path() /
         (std::string(kTemporaryMark) + MachineMark() + "-" + std::to_string(::getpid()) + "-" +
          std::to_string(++counter) + "_" + path.extension().string());
}

/// True for temporary files of this machine's processes that live no more.
bool IsAbandoned(std::string_view name) {
  const std::string ours = std::string(kTemporaryMark) + MachineMark() + "-";
  if (!name.starts_with(ours)) return false;
  name.remove_prefix(ours.size());
  pid_t process = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), process);
  if (error != std::errc{} || end == name.data() + name.size() || *end != '-' || process <= 0) return false;
  return ::kill(process, 0) != 0 && errno == ESRCH;
}

/// Removes the files of a folder whose name `is_to_go`.
template <class IsToGo>
void RemoveWhere(const fs::path& folder, IsToGo&& is_to_go) {
  std::error_code ignored;
  std::vector<fs::path> found;
  for (fs::directory_iterator it(folder, ignored), end; !ignored && it != end; it.increment(ignored))
    if (is_to_go(std::string_view(it->path().filename().native()))) found.push_back(it->path());
  for (const fs::path& file : found) fs::remove(file, ignored);
}

/// Removes the temporary file and everything that a driver put beside it (-journal, -wal, .aux.xml,
/// .ovr.tmp).
void RemoveWithSiblings(const fs::path& temporary) {
  const std::string stem = temporary.stem().string();
  RemoveWhere(temporary.has_parent_path() ? temporary.parent_path() : fs::path("."),
              [&](std::string_view name) { return name.starts_with(stem); });
}

void Sync(const fs::path& path, int flags, const fs::path& reported) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) throw IoError(reported.string(), "cannot be written to disk: " + ErrnoText(errno));
  const int result = ::fsync(descriptor);
  const int code = errno;
  ::close(descriptor);
  if (result != 0) throw IoError(reported.string(), "cannot be written to disk: " + ErrnoText(code));
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

bool IsReservedOnWindows(std::string_view name) {
  constexpr std::array<std::string_view, 4> kDevices = {"CON", "PRN", "AUX", "NUL"};
  std::string stem(name.substr(0, name.find('.')));
  std::transform(stem.begin(), stem.end(), stem.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (std::find(kDevices.begin(), kDevices.end(), stem) != kDevices.end()) return true;
  return stem.size() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT")) && stem[3] >= '1' &&
         stem[3] <= '9';
}

}  // namespace

void WriteAtomically(const fs::path& path, const std::function<void(const fs::path&)>& write,
                     const std::function<void(const fs::path&)>& check) {
  const fs::path temporary = TemporaryPath(path);
  RemoveWithSiblings(temporary);  // what a process of the same number left when it was killed
  RemoveAbandonedFiles(path.has_parent_path() ? path.parent_path() : fs::path("."));
  try {
    write(temporary);
    if (check) check(temporary);
    Sync(temporary, O_RDONLY, path);
    std::error_code error;
    fs::rename(temporary, path, error);
    if (error) throw IoError(path.string(), "cannot be given its name: " + error.message());
  } catch (const IoError& error) {
    RemoveWithSiblings(temporary);
    // The reader knows the file by its name, not by the temporary one.
    throw WriteFailed(Replaced(error.path, temporary.string(), path.string()),
                      Replaced(error.reason, temporary.string(), path.string()),
                      "kunde inte skrivas; är disken full eller mappen skrivskyddad?");
  } catch (...) {
    RemoveWithSiblings(temporary);
    throw;
  }
  RemoveWithSiblings(temporary);
  Sync(path.has_parent_path() ? path.parent_path() : fs::path("."), O_RDONLY | O_DIRECTORY, path);
}

void RemoveAbandonedFiles(const fs::path& folder) { RemoveWhere(folder, IsAbandoned); }

void RemoveTemporaryFiles(const fs::path& folder) {
  RemoveWhere(folder, [](std::string_view name) { return name.starts_with(kTemporaryMark); });
}

void CheckFileName(const fs::path& path) {
  constexpr std::size_t kLongest = 60;
  constexpr std::string_view kForbidden = "<>:\"/\\|?*";
  const std::string name = path.filename().string();
  if (name.empty() || name == "." || name == "..") throw IoError(path.string(), "has no file name");
  if (name.size() > kLongest)
    throw IoError(path.string(),
                  "file name has " + std::to_string(name.size()) + " characters, at most 60 are allowed");
  for (const char c : name)
    if (c < 0x20 || c > 0x7e || kForbidden.find(c) != std::string_view::npos)
      throw IoError(path.string(), "file name may hold ASCII letters, digits, '.', '_' and '-' only");
  if (name.back() == '.' || name.back() == ' ')
    throw IoError(path.string(), "file name ends with a dot or a space, which Windows removes");
  if (IsReservedOnWindows(name)) throw IoError(path.string(), "file name is a device on Windows");
}

}  // namespace lagesbild::maps
