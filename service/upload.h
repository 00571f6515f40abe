#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>

#include "service/convert.h"
#include "service/hashing.h"

namespace lagesbild::service {

/// One file on its way in: a private file under a generated name, gone when this is.
class Upload {
 public:
  /// `extension` begins with a dot. Throws Exhausted when the disk is full, maps::IoError.
  Upload(const std::filesystem::path& folder, std::string_view extension);
  ~Upload();
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;

  /// Throws InvalidRequest for a chunk over the limit, Exhausted for a file over the limit or a full disk.
  void Append(std::string_view chunk);
  /// Ends the file and checks what the header promised; 0 and empty are not checked.
  void Finish(std::int64_t promised_size, const std::string& promised_sha256);

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
  std::int64_t size_ = 0;
  Sha256 sha256_;
};

/// Makes the folder, mode 0700, and removes what a killed process left in it.
void PrepareUploadFolder(const std::filesystem::path& folder);

/// Checks what every upload's header has. Returns the extension, with its dot, in lower case.
std::string CheckUploadHeader(const std::string& file_name, std::int64_t size, const std::string& sha256,
                              std::initializer_list<std::string_view> extensions, Violations& violations);

}  // namespace lagesbild::service
