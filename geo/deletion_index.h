#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "geo/flat_array.h"
#include "geo/index_image.h"

namespace lagesbild::geo {

/// Finds names within two edits of a text: two texts that near share a text left when at most two letters
/// are taken from either (symmetric deletion). Flat arrays only: hashes in order, and where each range of
/// them begins. About n²/2 entries of 8 bytes per name of n letters.
class DeletionIndex {
 public:
  static constexpr int kMost = 2;
  static constexpr std::size_t kLongest = 48;  ///< longer names are not indexed: bytes

  /// Letters taken from a name shorter than this: one, else two.
  static constexpr std::size_t kTwoFrom = 8;

  void Add(std::string_view name, std::uint32_t id);
  /// After the last Add, before the first Find.
  void Freeze();
  /// Ids of the names that may be within `most` edits, ascending, each once; the caller verifies.
  void Find(std::string_view text, int most, std::vector<std::uint32_t>& ids) const;

  template <class Self, class Io>
  static void Transfer(Self& self, Io& io) {
    io.Array("starts", self.starts_);
    io.Array("tags", self.tags_);
    io.Array("ids", self.ids_);
  }
  /// Throws InvalidInput unless every look-up gives numbers below `ids`.
  void Check(std::size_t ids, std::string_view name) const;

 private:
  std::vector<std::uint64_t> added_;  // until frozen: leading bits of the hash, then the id
  FlatArray<std::uint32_t> starts_;   // per bucket, a power of two of them, and one more
  FlatArray<std::uint16_t> tags_;     // the bits of the hash that follow the bucket's, by bucket
  FlatArray<std::uint32_t> ids_;
};

}  // namespace lagesbild::geo
