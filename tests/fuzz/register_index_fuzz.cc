#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "geo/geocoder.h"
#include "geo/packed_gazetteer.h"
#include "geo/register_calibration.h"
#include "maps/errors.h"
#include "service/hashing.h"
#include "service/register_index_file.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/small_gazetteer.h"

namespace {

using namespace lagesbild;

// Where things lie in the file; see geo/index_image.md.
constexpr std::size_t kHead = 128, kFileBytesAt = 16, kImageAt = 32, kSumAt = 40, kSumBytes = 32;
constexpr std::size_t kSectionEntry = 72, kSectionOffsetAt = 56, kSectionBytesAt = 64;

/// A file in memory that has a path.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("index", MFD_CLOEXEC)) { FUZZ_CHECK(descriptor_ >= 0); }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  void Write(std::string_view bytes) const {
    FUZZ_CHECK(::write(descriptor_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  }
  std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

std::string IndexOf(const geo::Gazetteer& gazetteer) {
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("index_fuzz_" + std::to_string(::getpid()) + ".lbidx");
  service::WriteRegisterIndex(path, geo::Geocoder(gazetteer),
                              {"1", true, {{"addresses", std::string(64, 'a'), "2026-01-02"}}});
  std::ifstream in(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  std::filesystem::remove(path);
  return bytes;
}

geo::Gazetteer Styled(const char* style) {
  geo::Gazetteer gazetteer = fuzz::SmallGazetteer();
  gazetteer.address_style = style;
  return gazetteer;
}

template <class T>
T Read(std::string_view bytes, std::size_t at) {
  T value{};
  if (at + sizeof value <= bytes.size()) std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

/// Eight bytes of the input: which section, what is done to it, where in it, with what.
struct Edit {
  std::uint8_t section, what;
  std::uint16_t at;
  std::uint32_t value;
};
static_assert(sizeof(Edit) == 8);

void Apply(const Edit& edit, std::string& file) {
  const auto image = static_cast<std::size_t>(Read<std::uint64_t>(file, kImageAt));
  if (image >= file.size()) return;
  const std::uint32_t sections = Read<std::uint32_t>(file, image);
  if (sections == 0 || sections > 4096 || edit.section == 255) {
    // The head, the about text and the table themselves.
    const std::size_t at = edit.at % file.size();
    if (at + sizeof edit.value <= file.size()) std::memcpy(file.data() + at, &edit.value, sizeof edit.value);
    return;
  }
  const std::size_t entry = image + 8 + (edit.section % sections) * kSectionEntry;
  const std::size_t begin =
      image + static_cast<std::size_t>(Read<std::uint64_t>(file, entry + kSectionOffsetAt));
  const auto bytes = static_cast<std::size_t>(Read<std::uint64_t>(file, entry + kSectionBytesAt));
  if (begin > file.size() || bytes > file.size() - begin) return;
  const auto put = [&](std::size_t at, const auto& value) {
    if (at + sizeof value <= begin + bytes) std::memcpy(file.data() + at, &value, sizeof value);
  };
  const std::size_t whole = begin + edit.at * std::size_t{4}, byte = begin + edit.at;
  switch (edit.what % 8) {
    case 0:
      return put(whole, edit.value);
    case 1:
      return put(whole, Read<std::uint32_t>(file, whole) + edit.value);
    case 2:
      return put(byte, static_cast<std::uint8_t>(edit.value));
    case 3:
      return put(begin + edit.at * std::size_t{8},
                 static_cast<double>(
                     Read<float>({reinterpret_cast<const char*>(&edit.value), sizeof edit.value}, 0)));
    case 4:  // a shorter or longer section
      std::memcpy(file.data() + entry + kSectionBytesAt, &edit.value, sizeof edit.value);
      return;
    case 5:  // one that begins elsewhere
      std::memcpy(file.data() + entry + kSectionOffsetAt, &edit.value, sizeof edit.value);
      return;
    case 6:  // a section filled with one value
      for (std::size_t at = begin; at + 4 <= begin + bytes; at += 4) put(at, edit.value);
      return;
    default:  // two values change places
      const std::size_t other = begin + (edit.value & 0xFFFFU) * std::size_t{4};
      const auto a = Read<std::uint32_t>(file, whole), b = Read<std::uint32_t>(file, other);
      if (whole + 4 > begin + bytes || other + 4 > begin + bytes) return;
      put(whole, b);
      put(other, a);
  }
}

/// The size and the checksum that the bytes would have had: what lies behind them is to be reached.
void Repair(std::string& file) {
  if (file.size() < kHead) return;
  const std::uint64_t size = file.size();
  std::memcpy(file.data() + kFileBytesAt, &size, sizeof size);
  std::memset(file.data() + kSumAt, 0, kSumBytes);
  const std::string sum = service::Sha256().Update(file).Digest();
  std::memcpy(file.data() + kSumAt, sum.data(), kSumBytes);
}

void CheckMatch(const geo::GeocodeMatch& match) {
  FUZZ_CHECK(match.placed() == (match.reason == geo::UnplacedReason::kNone));
  FUZZ_CHECK(!match.placed() || std::isfinite(match.position.easting.value()));
  FUZZ_CHECK(!match.placed() || std::isfinite(match.accuracy_radius.value()));
  FUZZ_CHECK(match.faults.size() == match.fault_spans.size());
  FUZZ_CHECK(match.score >= 0 && match.score <= 100 && match.candidates.size() <= 10);
}

void Ask(const geo::Geocoder& geocoder) {
  static constexpr std::array<const char*, 14> kTexts{
      "Storgatan 7, Heby",    "Storgatn 7",         "Storgatan 21",      "Storgatan",
      "väg 56 vid Heby",      "utanför Hebyskolan", "HEBY HORRSTA 1:23", "Storgatan/Törngatan",
      "Norrbo Lillgården",    "Vallgatan 34",       "ICA Östervåla",     "Sala",
      "1900 Block Storgatan", "Skegarn 2"};
  for (const char* text : kTexts) {
    const geo::GeocodeMatch match =
        geocoder.Geocode({.address = text, .locality = "Heby", .postcode = "74431"});
    CheckMatch(match);
    CheckMatch(geocoder.AtStreet(match));
    FUZZ_CHECK(geocoder.Suggest(std::string_view(text).substr(0, 4)).size() <= 10);
  }
  for (const double easting : {604007.0, 625007.0, 0.0, 1e7})
    geocoder.Nearest(fuzz::At(easting, 6646003), geo::Meters{500});
  FUZZ_CHECK(geocoder.gazetteer().addresses.size() == geocoder.packed().addresses.size());
  FUZZ_CHECK(geocoder.calibration() == geocoder.calibration());
}

}  // namespace

/// First byte: 0 to 2 = edits of a good index of Swedish, Norwegian or hundred-block addresses, its checksum
/// repaired afterwards; 3 = the rest is the file, repaired; above = the rest is the file as it is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::array<std::string, 3> good{IndexOf(Styled("sv")), IndexOf(Styled("no")),
                                               IndexOf(Styled("us-block"))};
  if (size == 0) return 0;
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::string bytes = data[0] < good.size() ? good[data[0]] : std::string(rest);
  const bool edited = data[0] < good.size() && rest.size() >= sizeof(Edit);
  if (data[0] < good.size())
    for (; rest.size() >= sizeof(Edit); rest.remove_prefix(sizeof(Edit))) {
      Edit edit{};
      std::memcpy(&edit, rest.data(), sizeof edit);
      Apply(edit, bytes);
    }
  if (data[0] <= good.size()) Repair(bytes);
  const MemoryFile file;
  file.Write(bytes);
  try {
    const service::RegisterIndexFile opened = service::ReadRegisterIndex(file.path());
    Ask(opened.geocoder);
  } catch (const maps::IoError& refused) {
    FUZZ_CHECK(data[0] >= good.size() || edited);  // a good one is taken
    FUZZ_CHECK(!refused.reason.empty());
  }
  return 0;
}
