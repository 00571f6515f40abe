#include "maps/atomic_bytes.h"

#include <fstream>

#include "maps/atomic_file.h"
#include "maps/errors.h"

namespace lagesbild::maps {

void WriteBytesAtomically(const std::filesystem::path& path, std::string_view bytes) {
  CheckFileName(path);
  WriteAtomically(path, [&](const std::filesystem::path& temporary) {
    std::ofstream file(temporary, std::ios::binary);
    file << bytes;
    file.close();
    if (!file)
      throw IoError(path.string(), "cannot be written: the disk may be full or the folder read-only");
  });
}

}  // namespace lagesbild::maps
