#include "service/upload.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "maps/errors.h"
#include "service/limits.h"
#include "service/private_files.h"

namespace lagesbild::service {
namespace {

[[noreturn]] void ThrowWriteError(int error) {
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
    throw Exhausted("the server's disk is full; nothing was stored");
  }
  throw std::runtime_error(std::string("cannot write an upload: ") + std::strerror(error));
}

bool IsSha256(const std::string& text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace

Upload::Upload(const std::filesystem::path& folder, std::string_view extension)
    : path_(folder / (Hex(RandomBytes(16)) + std::string(extension))),
      descriptor_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)) {
  if (descriptor_ < 0) {
    ThrowWriteError(errno);
  }
}

Upload::~Upload() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
  // Readers may have left siblings (-journal, -wal) beside it.
  const std::string prefix = path_.filename().string();
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(path_.parent_path(), ignored)) {
    if (entry.path().filename().string().starts_with(prefix)) {
      std::filesystem::remove(entry.path(), ignored);
    }
  }
}

void Upload::Append(std::string_view chunk) {
  if (static_cast<std::int64_t>(chunk.size()) > limits::kChunkBytes) {
    throw InvalidRequest("chunk", "is over 1 MiB; send smaller chunks");
  }
  size_ += static_cast<std::int64_t>(chunk.size());
  if (size_ > limits::kUploadBytes) {
    throw Exhausted("the file is over 512 MiB; split it");
  }
  sha256_.Update(chunk);
  while (!chunk.empty()) {
    const ssize_t written = ::write(descriptor_, chunk.data(), chunk.size());
    if (written < 0 && errno != EINTR) {
      ThrowWriteError(errno);
    }
    chunk.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
  }
}

void Upload::Finish(std::int64_t promised_size, const std::string& promised_sha256) {
  const int closed = ::close(descriptor_);
  descriptor_ = -1;
  if (closed != 0) {
    ThrowWriteError(errno);
  }
  Violations violations;
  if (size_ == 0) {
    violations.Add("chunk", "is missing; the file is empty", "filen är tom");
  }
  if (promised_size != 0 && promised_size != size_) {
    violations.Add("header.size_bytes", "differs from the bytes that came; send the file again",
                   "filen har en annan storlek än när den började skickas; skicka den igen");
  }
  if (const std::string sha256 = Hex(sha256_.Digest());
      !promised_sha256.empty() && promised_sha256 != sha256) {
    violations.Add("header.sha256", "differs from that of the bytes that came; send the file again",
                   "filen ändrades medan den skickades, eller kom fram skadad; skicka den igen");
  }
  violations.ThrowIfAny();
}

void PrepareUploadFolder(const std::filesystem::path& folder) {
  MakePrivateFolder(folder);
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::filesystem::remove(entry.path());
  }
}

std::string CheckUploadHeader(const std::string& file_name, std::int64_t size, const std::string& sha256,
                              std::initializer_list<std::string_view> extensions, Violations& violations) {
  std::string extension = std::filesystem::path(file_name).extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (file_name.empty() || file_name.size() > limits::kFileNameBytes ||
      file_name.find_first_of(std::string_view("/\\\0", 3)) != std::string::npos) {
    violations.Add("header.file_name", "must be a base name of 1 to 255 bytes, without a folder");
  } else if (std::find(extensions.begin(), extensions.end(), extension) == extensions.end()) {
    std::string list;
    for (const std::string_view known : extensions) {
      list += (list.empty() ? "" : ", ") + std::string(known);
    }
    const bool macros = extension == ".xlsm" || extension == ".xlsb" || extension == ".xltm";
    violations.Add("header.file_name",
                   "must end in one of " + list +
                       (macros ? "; workbooks with macros are not let in, save it as .xlsx" : ""),
                   "filens namn måste sluta på något av " + list +
                       (macros ? "; arbetsböcker med makron släpps inte in, spara den som .xlsx" : ""));
  }
  if (size < 0 || size > limits::kUploadBytes) {
    violations.Add("header.size_bytes", "must be 0 (not known) to 536870912 (512 MiB); split a larger file");
  }
  if (!sha256.empty() && !IsSha256(sha256)) {
    violations.Add("header.sha256", "must be 64 lower-case hex digits, or empty");
  }
  return extension;
}

}  // namespace lagesbild::service
