#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

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

 private:
  struct Entry {
    std::uint32_t hash, id;
  };
  std::vector<Entry> entries_;         // by hash, then id
  std::vector<std::uint32_t> starts_;  // per leading bits of the hash: the first entry
  int shift_ = 31;
};

}  // namespace lagesbild::geo
