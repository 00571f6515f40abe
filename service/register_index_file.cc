#include "service/register_index_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include "geo/errors.h"
#include "geo/index_image.h"
#include "maps/atomic_file.h"
#include "maps/errors.h"
#include "service/hashing.h"

namespace lagesbild::service {
namespace {

constexpr std::array<char, 8> kMagic{'L', 'A', 'G', 'B', 'I', 'D', 'X', '\n'};
constexpr std::uint32_t kByteOrder = 0x01020304, kOtherByteOrder = 0x04030201;
constexpr std::uint64_t kMostAbout = 1 << 20;

struct Head {
  std::array<char, 8> magic = kMagic;
  std::uint32_t byte_order = kByteOrder, format = geo::kIndexFormat;
  std::uint64_t file_bytes = 0, about_bytes = 0, image_at = 0;
  std::array<char, 32> sha256{};  ///< of the file with these bytes zero
  std::array<char, 56> reserved{};
};
static_assert(sizeof(Head) == 128);

[[noreturn]] void Refuse(const std::filesystem::path& path, const std::string& why,
                         const std::string& why_sv) {
  throw maps::IoError(path.filename().string(), why + "; build it anew (register build)",
                      why_sv + "; bygg om det (register build)");
}

std::string AboutText(const RegisterIndexAbout& about) {
  std::string text = "program\t" + about.program + "\nsynthetic\t" + (about.synthetic ? "yes" : "no") + "\n";
  for (const RegisterIndexSource& s : about.sources)
    text += "source\t" + s.kind + "\t" + s.sha256 + "\t" + s.dated_on + "\n";
  return text;
}

std::vector<std::string> Fields(std::string_view line) {
  std::vector<std::string> fields;
  for (std::size_t tab = 0; tab != std::string_view::npos; line.remove_prefix(tab + 1)) {
    tab = line.find('\t');
    fields.emplace_back(line.substr(0, tab));
    if (tab == std::string_view::npos) break;
  }
  return fields;
}

RegisterIndexAbout ParseAbout(std::string_view text) {
  RegisterIndexAbout about;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::vector<std::string> fields = Fields(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (fields.size() == 2 && fields[0] == "program") about.program = fields[1];
    if (fields.size() == 2 && fields[0] == "synthetic") about.synthetic = fields[1] == "yes";
    if (fields.size() == 4 && fields[0] == "source")
      about.sources.push_back({fields[1], fields[2], fields[3]});
  }
  return about;
}

/// A file mapped read-only until destroyed.
class MappedFile {
 public:
  explicit MappedFile(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) throw maps::IoError(path.filename().string(), "cannot be opened", "kan inte öppnas");
    struct stat status {};
    const bool known = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
    if (known && status.st_size > 0) {
      size_ = static_cast<std::size_t>(status.st_size);
      // All of it is read at once for the checksum.
      data_ = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    }
    ::close(file);
    if (!known || data_ == MAP_FAILED) {
      data_ = nullptr;
      throw maps::IoError(path.filename().string(), "cannot be mapped into memory", "kan inte läsas in");
    }
  }
  ~MappedFile() {
    if (data_ != nullptr) ::munmap(data_, size_);
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  std::span<const std::byte> bytes() const { return {static_cast<const std::byte*>(data_), size_}; }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

std::string_view Text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string Checksum(Head head, std::string_view rest) {
  head.sha256 = {};
  return Sha256().Update({reinterpret_cast<const char*>(&head), sizeof head}).Update(rest).Digest();
}

Head CheckedHead(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  Head head;
  if (bytes.size() < sizeof head || std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) != 0)
    Refuse(path, "is not a compiled register index", "är inte ett kompilerat register");
  std::memcpy(&head, bytes.data(), sizeof head);
  if (head.byte_order == kOtherByteOrder)
    Refuse(path, "was made for machines with another order of bytes", "är gjort för en annan sorts maskin");
  if (head.byte_order != kByteOrder) Refuse(path, "is damaged at its beginning", "är skadat i början");
  if (head.format != geo::kIndexFormat)
    Refuse(path,
           "has format " + std::to_string(head.format) + ", this program reads format " +
               std::to_string(geo::kIndexFormat),
           "har format " + std::to_string(head.format) + ", programmet läser format " +
               std::to_string(geo::kIndexFormat));
  if (head.file_bytes != bytes.size())
    Refuse(path,
           "has " + std::to_string(bytes.size()) + " bytes and should have " +
               std::to_string(head.file_bytes) + ": it was cut off or added to",
           "har " + std::to_string(bytes.size()) + " byte och ska ha " + std::to_string(head.file_bytes));
  const std::string sum = Checksum(head, Text(bytes.subspan(sizeof head)));
  if (std::memcmp(sum.data(), head.sha256.data(), head.sha256.size()) != 0)
    Refuse(path, "was altered: its checksum is not the one that it holds",
           "är ändrat: kontrollsumman stämmer inte");
  if (head.about_bytes > kMostAbout || head.image_at % geo::kImageAlignment != 0 ||
      head.image_at < sizeof head + head.about_bytes || head.image_at > bytes.size())
    Refuse(path, "has parts that lie outside it", "har delar som ligger utanför filen");
  return head;
}

}  // namespace

void WriteRegisterIndex(const std::filesystem::path& path, const geo::Geocoder& geocoder,
                        const RegisterIndexAbout& about) {
  std::string file(sizeof(Head), '\0');
  const std::string text = AboutText(about);
  file += text;
  file.resize((file.size() + geo::kImageAlignment - 1) / geo::kImageAlignment * geo::kImageAlignment);
  Head head;
  head.about_bytes = text.size();
  head.image_at = file.size();
  file += Text(geocoder.Compiled());
  head.file_bytes = file.size();
  const std::string sum = Checksum(head, std::string_view(file).substr(sizeof head));
  std::memcpy(head.sha256.data(), sum.data(), head.sha256.size());
  std::memcpy(file.data(), &head, sizeof head);
  // Any name, unlike those of layers: no program but this one is handed it.
  maps::WriteAtomically(path, [&](const std::filesystem::path& temporary) {
    std::ofstream out(temporary, std::ios::binary);
    out.write(file.data(), static_cast<std::streamsize>(file.size()));
    out.close();
    if (!out)
      throw maps::IoError(path.string(), "cannot be written: the disk may be full or the folder read-only");
  });
}

RegisterIndexFile ReadRegisterIndex(const std::filesystem::path& path) {
  const auto file = std::make_shared<const MappedFile>(path);
  const std::span<const std::byte> bytes = file->bytes();
  const Head head = CheckedHead(path, bytes);
  try {
    return {ParseAbout(Text(bytes.subspan(sizeof head, head.about_bytes))),
            Hex({head.sha256.data(), head.sha256.size()}), head.file_bytes, head.format,
            geo::Geocoder::FromCompiled(bytes.subspan(head.image_at), file)};
  } catch (const geo::InvalidInput& e) {
    throw maps::IoError(path.filename().string(), e.what(),
                        "kan inte användas; bygg om det (register build)");
  }
}

geo::Geocoder OpenRegisterIndex(const std::filesystem::path& path) {
  return std::move(ReadRegisterIndex(path).geocoder);
}

}  // namespace lagesbild::service
