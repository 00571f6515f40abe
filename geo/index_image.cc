#include "geo/index_image.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

static_assert(std::endian::native == std::endian::little, "a compiled index is little-endian");

/// How a section stands in the table.
struct TableEntry {
  char name[48];
  std::uint32_t element, reserved;
  std::uint64_t offset, bytes;  ///< from the beginning of the image
};
static_assert(sizeof(TableEntry) == 72);

/// What an image begins with.
struct ImageHead {
  std::uint32_t sections, reserved;
};

constexpr std::size_t kMostSections = 4096;

std::size_t Aligned(std::size_t size) {
  return (size + kImageAlignment - 1) / kImageAlignment * kImageAlignment;
}

}  // namespace

void ImageWriter::Add(std::string name, std::size_t element, std::span<const std::byte> bytes) {
  data_.resize(Aligned(data_.size()));
  entries_.push_back({std::move(name), element, data_.size(), bytes.size()});
  data_.insert(data_.end(), bytes.begin(), bytes.end());
}

std::vector<std::byte> ImageWriter::Finish() {
  const std::size_t first = Aligned(sizeof(ImageHead) + entries_.size() * sizeof(TableEntry));
  std::vector<std::byte> image(first);
  const ImageHead head{static_cast<std::uint32_t>(entries_.size()), 0};
  std::memcpy(image.data(), &head, sizeof head);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    TableEntry entry{};
    const Entry& from = entries_[i];
    std::memcpy(entry.name, from.name.data(), std::min(from.name.size(), sizeof entry.name - 1));
    entry.element = static_cast<std::uint32_t>(from.element);
    entry.offset = first + from.offset;
    entry.bytes = from.bytes;
    std::memcpy(image.data() + sizeof head + i * sizeof entry, &entry, sizeof entry);
  }
  image.insert(image.end(), data_.begin(), data_.end());
  entries_.clear();
  data_ = {};
  return image;
}

void ImageReader::Refuse(std::string_view name, std::string_view what) {
  throw InvalidInput("the compiled index is damaged: " + std::string(name) + " " + std::string(what) +
                     "; build it anew");
}

ImageReader::ImageReader(std::span<const std::byte> image, std::shared_ptr<const void> keep)
    : keep_(std::move(keep)) {
  ImageHead head{};
  RequireInImage(image.size() >= sizeof head, "its table", "is cut off");
  std::memcpy(&head, image.data(), sizeof head);
  RequireInImage(head.sections <= kMostSections, "its table", "has too many sections");
  RequireInImage(image.size() >= sizeof head + head.sections * sizeof(TableEntry), "its table", "is cut off");
  for (std::size_t i = 0; i < head.sections; ++i) {
    TableEntry entry{};
    std::memcpy(&entry, image.data() + sizeof head + i * sizeof entry, sizeof entry);
    const std::string_view name_bytes(entry.name, sizeof entry.name);
    const std::string_view written = name_bytes.substr(0, name_bytes.find(char{0}));
    const bool plain = std::all_of(written.begin(), written.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
    });
    RequireInImage(plain && written.size() < name_bytes.size(), "a name in its table", "is not one");
    std::string name(written);
    RequireInImage(entry.offset <= image.size() && entry.bytes <= image.size() - entry.offset, name,
                   "lies beyond its end");
    RequireInImage(entry.offset % kImageAlignment == 0, name, "is not aligned");
    RequireInImage(entry.element > 0 && entry.bytes % entry.element == 0, name, "ends within a value");
    entries_.push_back({std::move(name), entry.element, image.subspan(entry.offset, entry.bytes)});
  }
}

std::span<const std::byte> ImageReader::Next(const std::string& name, std::size_t element) {
  RequireInImage(next_ < entries_.size() && entries_[next_].name == name, name, "is missing");
  const Entry& entry = entries_[next_++];
  RequireInImage(entry.element == element, name, "has values of another size");
  return entry.bytes;
}

void ImageReader::CheckAllRead() const {
  RequireInImage(next_ == entries_.size(), "its table", "has more sections than it should");
}

std::vector<ImageSection> ImageReader::Sections() const {
  std::vector<ImageSection> sections;
  for (const Entry& entry : entries_) sections.push_back({entry.name, entry.bytes.size()});
  return sections;
}

void RequireStarts(const FlatArray<std::uint32_t>& starts, std::size_t total, std::string_view name) {
  RequireInImage(!starts.empty() && starts.front() == 0 && starts.back() == total, name,
                 "does not cover its values");
  bool rising = true;
  for (std::size_t i = 1; i < starts.size(); ++i) rising &= starts[i - 1] <= starts[i];
  RequireInImage(rising, name, "is not in order");
}

void RequireIds(const FlatArray<std::int32_t>& ids, std::size_t count, std::string_view name) {
  bool known = true;
  for (const std::int32_t id : ids) known &= id >= 0 && static_cast<std::size_t>(id) < count;
  RequireInImage(known, name, "names something that does not exist");
}

void RequireIds(const FlatArray<std::uint32_t>& ids, std::size_t count, std::string_view name) {
  std::uint32_t highest = 0;
  for (const std::uint32_t id : ids) highest = std::max(highest, id);
  RequireInImage(ids.empty() || highest < count, name, "names something that does not exist");
}

void RequirePositions(std::span<const PlanePoint> positions, std::string_view name) {
  bool within = true;
  for (const PlanePoint& p : positions)
    within &= std::abs(p.easting.value()) <= kFurthest_m && std::abs(p.northing.value()) <= kFurthest_m;
  RequireInImage(within, name, "has a position that is none");
}

namespace {

/// Length of the well-formed character at `at`; 0 when there is none (Unicode 15, table 3-7).
std::size_t CharacterAt(std::span<const char> text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF)
    return follows(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && follows(2) ? 3 : 0;
  if (first >= 0xF0 && first <= 0xF4)
    return follows(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && follows(2) && follows(3)
               ? 4
               : 0;
  return 0;
}

}  // namespace

std::string WellFormed(std::string_view text) {
  std::string result(text);
  for (std::size_t at = 0; at < result.size();) {
    const std::size_t length = CharacterAt(result, at);
    if (length == 0) result[at] = '?';
    at += std::max<std::size_t>(1, length);
  }
  return result;
}

void RequireTexts(const FlatArray<char>& pool, const FlatArray<std::uint32_t>& starts,
                  std::string_view name) {
  RequireStarts(starts, pool.size(), name);
  for (std::size_t at = 0; at < pool.size();) {
    if (static_cast<unsigned char>(pool[at]) < 0x80) {
      ++at;
      continue;
    }
    const std::size_t length = CharacterAt(pool.span(), at);
    RequireInImage(length > 0, name, "is not UTF-8");
    at += length;
  }
  bool whole = true;
  for (const std::uint32_t start : starts)
    whole &= start == pool.size() || (static_cast<unsigned char>(pool[start]) & 0xC0U) != 0x80U;
  RequireInImage(whole, name, "cuts a letter in two");
}

}  // namespace lagesbild::geo
