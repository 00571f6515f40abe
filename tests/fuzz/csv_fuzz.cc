#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <string>

#include "maps/errors.h"
#include "maps/table_input.h"
#include "tests/fuzz/check.h"

namespace {

/// A file in memory under a name that streams can open.
class MemoryFile {
 public:
  MemoryFile(const std::uint8_t* data, std::size_t size) : descriptor_(memfd_create("delivery", 0)) {
    FUZZ_CHECK(descriptor_ >= 0);
    FUZZ_CHECK(write(descriptor_, data, size) == static_cast<ssize_t>(size));
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

}  // namespace

/// First byte: encoding and delimiter; the rest is the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr std::array<const char*, 5> kEncodings{"", "utf-8", "iso-8859-1", "windows-1252", "utf-16"};
  constexpr std::array<char, 5> kDelimiters{'\0', ';', ',', '\t', '|'};
  lagesbild::maps::TableOptions options;
  options.encoding = kEncodings[data[0] % 5];
  options.delimiter = kDelimiters[data[0] / 5 % 5];
  const MemoryFile file(data + 1, size - 1);
  std::size_t columns = 0;
  std::int64_t last = 0;
  try {
    lagesbild::maps::ReadTable(
        file.path(), options, [&](const std::vector<std::string>& header) { columns = header.size(); },
        [&](lagesbild::maps::TableRow&& row) {
          FUZZ_CHECK(columns > 0);
          FUZZ_CHECK(row.number > last);
          FUZZ_CHECK(row.cells.size() == (row.error.empty() ? columns : 0));
          last = row.number;
        });
    FUZZ_CHECK(columns > 0);
  } catch (const lagesbild::maps::IoError& error) {
    FUZZ_CHECK(!error.reason.empty());
  }
  return 0;
}
