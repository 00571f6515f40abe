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

/// Ids by text: one pool of bytes and flat arrays, open addressing. Look-up O(length of the text).
class StringTable {
 public:
  void Add(std::string_view text, int id) { added_.emplace_back(text, id); }
  /// After the last Add, before the first Find. O(n log n).
  void Freeze();
  /// Ids of exactly this text, ascending, each once; empty when there is none.
  std::span<const std::int32_t> Find(std::string_view text) const;

  /// The texts in order, by number.
  std::size_t size() const { return text_starts_.empty() ? 0 : text_starts_.size() - 1; }
  std::string_view text(std::size_t i) const {
    return {pool_.data() + text_starts_[i], text_starts_[i + 1] - text_starts_[i]};
  }
  std::span<const std::int32_t> ids(std::size_t i) const {
    return ids_.subspan(id_starts_[i], id_starts_[i + 1] - id_starts_[i]);
  }

  template <class Self, class Io>
  static void Transfer(Self& self, Io& io) {
    io.Array("pool", self.pool_);
    io.Array("text_starts", self.text_starts_);
    io.Array("id_starts", self.id_starts_);
    io.Array("ids", self.ids_);
    io.Array("slots", self.slots_);
  }
  /// Throws InvalidInput unless every look-up ends and gives numbers below `ids`.
  void Check(std::size_t ids, std::string_view name) const;

 private:
  std::vector<std::pair<std::string, int>> added_;  // until frozen
  FlatArray<char> pool_;                            // the texts, in order, one after the other
  FlatArray<std::uint32_t> text_starts_, id_starts_;
  FlatArray<std::int32_t> ids_;
  FlatArray<std::uint32_t> slots_;  // number of the text + 1; 0 = free
};

}  // namespace lagesbild::geo
