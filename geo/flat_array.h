#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace lagesbild::geo {

/// Values in a row that never change: just made and owned, or part of a compiled index that somebody else
/// keeps (a mapped file). Copies share them. Every look-up table of the geocoder is made of these.
template <class T>
class FlatArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  FlatArray() = default;
  FlatArray(std::vector<T> values) {  // NOLINT(google-explicit-constructor): a vector that is finished
    if (values.capacity() > values.size() + values.size() / 8) values.shrink_to_fit();
    auto owned = std::make_shared<const std::vector<T>>(std::move(values));
    items_ = *owned;
    keep_ = std::move(owned);
  }
  /// `keep` holds the memory of `items`.
  FlatArray(std::span<const T> items, std::shared_ptr<const void> keep)
      : items_(items), keep_(std::move(keep)) {}

  std::size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  const T& operator[](std::size_t i) const { return items_[i]; }
  const T& front() const { return items_.front(); }
  const T& back() const { return items_.back(); }
  const T* data() const { return items_.data(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }
  std::span<const T> span() const { return items_; }
  std::span<const T> subspan(std::size_t from, std::size_t count) const {
    return items_.subspan(from, count);
  }

 private:
  std::span<const T> items_;
  std::shared_ptr<const void> keep_;
};

}  // namespace lagesbild::geo
