#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/flat_array.h"
#include "geo/index_image.h"

namespace lagesbild::geo {

/// Texts by number: one pool of bytes and where each begins. Never changes once made.
class FlatTexts {
 public:
  FlatTexts() = default;
  explicit FlatTexts(const std::vector<std::string>& texts) {
    std::vector<char> pool;
    std::vector<std::uint32_t> starts{0};
    for (const std::string& text : texts) {
      pool.insert(pool.end(), text.begin(), text.end());
      starts.push_back(static_cast<std::uint32_t>(pool.size()));
    }
    pool_ = std::move(pool);
    starts_ = std::move(starts);
  }

  std::size_t size() const { return starts_.empty() ? 0 : starts_.size() - 1; }
  bool empty() const { return size() == 0; }
  std::string_view operator[](std::size_t i) const {
    return {pool_.data() + starts_[i], starts_[i + 1] - starts_[i]};
  }

  template <class Self, class Io>
  static void Transfer(Self& self, Io& io) {
    io.Array("pool", self.pool_);
    io.Array("starts", self.starts_);
  }
  /// Throws InvalidInput unless every text can be read and is UTF-8.
  void Check(std::string_view name) const { RequireTexts(pool_, starts_, name); }

 private:
  FlatArray<char> pool_;
  FlatArray<std::uint32_t> starts_;
};

/// Lists of numbers by number: all values in a row and where each list begins.
class FlatLists {
 public:
  FlatLists() = default;
  explicit FlatLists(const std::vector<std::vector<int>>& lists) {
    std::vector<std::int32_t> values;
    std::vector<std::uint32_t> starts{0};
    for (const std::vector<int>& list : lists) {
      values.insert(values.end(), list.begin(), list.end());
      starts.push_back(static_cast<std::uint32_t>(values.size()));
    }
    values_ = std::move(values);
    starts_ = std::move(starts);
  }

  std::size_t size() const { return starts_.empty() ? 0 : starts_.size() - 1; }
  bool empty() const { return size() == 0; }
  std::span<const std::int32_t> operator[](std::size_t i) const {
    return values_.subspan(starts_[i], starts_[i + 1] - starts_[i]);
  }

  template <class Self, class Io>
  static void Transfer(Self& self, Io& io) {
    io.Array("values", self.values_);
    io.Array("starts", self.starts_);
  }
  /// Throws InvalidInput unless every value is the number of one of `count` things.
  void Check(std::size_t count, std::string_view name) const {
    RequireStarts(starts_, values_.size(), name);
    RequireIds(values_, count, name);
  }

 private:
  FlatArray<std::int32_t> values_;
  FlatArray<std::uint32_t> starts_;
};

}  // namespace lagesbild::geo
