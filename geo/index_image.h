#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "geo/flat_array.h"
#include "geo/units.h"

namespace lagesbild::geo {

/// Number of the layout that index_image.md describes. Another number cannot be read: build the index anew.
inline constexpr std::uint32_t kIndexFormat = 2;
/// Sections begin at multiples of this many bytes, for any type and for a line of the processor's cache.
inline constexpr std::size_t kImageAlignment = 64;

/// Types whose bytes are all values: no padding that would differ from run to run.
/// A struct with doubles says so by a member type AllBytesAreValues.
template <class T>
inline constexpr bool kAllBytesAreValues = std::has_unique_object_representations_v<T> || requires {
  typename T::AllBytesAreValues;
};
template <>
inline constexpr bool kAllBytesAreValues<double> = true;
template <>
inline constexpr bool kAllBytesAreValues<PlanePoint> = true;

/// One array of an image.
struct ImageSection {
  std::string name;  ///< "street_names.near.ids"
  std::size_t bytes = 0;
};

/// Where in the index the arrays that follow belong: "street_names.near.". Base of writer and reader, which
/// are given the same calls in the same order by each class's `Transfer`.
class ImageScope {
 public:
  /// Runs `arrays` with "name." before the names of its arrays.
  template <class Arrays>
  void In(std::string_view name, Arrays&& arrays) {
    const std::size_t before = prefix_.size();
    prefix_ += name;
    prefix_ += '.';
    arrays();
    prefix_.resize(before);
  }

 protected:
  std::string Path(std::string_view name) const { return prefix_ + std::string(name); }

 private:
  std::string prefix_;
};

/// Puts arrays one after the other into one piece of bytes: little-endian, each array named and aligned, and
/// the same bytes for the same arrays. Little-endian machines only.
class ImageWriter : public ImageScope {
 public:
  template <class T>
  void Array(std::string_view name, const FlatArray<T>& values) {
    static_assert(kAllBytesAreValues<T>);
    Add(Path(name), sizeof(T), std::as_bytes(values.span()));
  }
  template <class T>
  void Value(std::string_view name, const T& value) {
    static_assert(kAllBytesAreValues<T>);
    Add(Path(name), sizeof(T), std::as_bytes(std::span(&value, 1)));
  }
  void Value(std::string_view name, bool value) { Value(name, static_cast<std::uint8_t>(value)); }
  std::vector<std::byte> Finish();

 private:
  void Add(std::string name, std::size_t element, std::span<const std::byte> bytes);

  struct Entry {
    std::string name;
    std::size_t element = 0, offset = 0, bytes = 0;
  };
  std::vector<Entry> entries_;
  std::vector<std::byte> data_;
};

/// Gives the arrays of an image without copying them. Everything about the image is checked: InvalidInput
/// says what does not hold. What the arrays' values mean is checked by the classes that take them (`Check`).
class ImageReader : public ImageScope {
 public:
  /// `keep` holds the memory of `image`, which begins at a multiple of 8 bytes.
  ImageReader(std::span<const std::byte> image, std::shared_ptr<const void> keep);

  template <class T>
  void Array(std::string_view name, FlatArray<T>& values) {
    static_assert(kAllBytesAreValues<T>);
    const std::span<const std::byte> bytes = Next(Path(name), sizeof(T));
    values = FlatArray<T>({reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)}, keep_);
  }
  template <class T>
  void Value(std::string_view name, T& value) {
    FlatArray<T> one;
    Array(name, one);
    if (one.size() != 1) Refuse(Path(name), "is not one value");
    value = one.front();
  }
  void Value(std::string_view name, bool& value) {
    std::uint8_t number = 0;
    Value(name, number);
    if (number > 1) Refuse(Path(name), "is neither yes nor no");
    value = number == 1;
  }
  /// After the last array.
  void CheckAllRead() const;
  std::vector<ImageSection> Sections() const;

  /// Throws InvalidInput: "the compiled index is damaged: NAME WHAT; build it anew".
  [[noreturn]] static void Refuse(std::string_view name, std::string_view what);

 private:
  struct Entry {
    std::string name;
    std::size_t element = 0;
    std::span<const std::byte> bytes;
  };
  std::span<const std::byte> Next(const std::string& name, std::size_t element);

  std::vector<Entry> entries_;
  std::size_t next_ = 0;
  std::shared_ptr<const void> keep_;
};

/// Throws (ImageReader::Refuse) unless `holds`.
inline void RequireInImage(bool holds, std::string_view name, std::string_view what) {
  if (!holds) ImageReader::Refuse(name, what);
}
/// Starts of stretches of an array of `total` values: begins with 0, never falls, ends with `total`.
void RequireStarts(const FlatArray<std::uint32_t>& starts, std::size_t total, std::string_view name);
/// 0 ≤ each < count.
void RequireIds(const FlatArray<std::int32_t>& ids, std::size_t count, std::string_view name);
void RequireIds(const FlatArray<std::uint32_t>& ids, std::size_t count, std::string_view name);
/// Finite and no further than kFurthest_m from the origin.
void RequirePositions(std::span<const PlanePoint> positions, std::string_view name);
inline constexpr double kFurthest_m = 1e8;
inline constexpr int kMostNumber = 1'000'000;  ///< of a house
/// Well-formed UTF-8 whose characters all end where a stretch of `starts` ends.
void RequireTexts(const FlatArray<char>& pool, const FlatArray<std::uint32_t>& starts, std::string_view name);

/// The text with '?' for each byte that is no part of UTF-8.
std::string WellFormed(std::string_view text);

}  // namespace lagesbild::geo
