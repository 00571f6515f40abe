#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace lagesbild::geo {

/// Damerau–Levenshtein distances from one text to many, over bytes: optimal string alignment (two neighboring
/// letters exchanged are one edit), and as the one thing in which the unrestricted distance is less at two
/// edits, two letters exchanged across one left out or put in ("mål" written "lm"). Bit-parallel (Hyyrö
/// 2003): O(length of the other text) each for a text of at most 64 bytes.
class EditDistance {
 public:
  static constexpr std::size_t kLongest = 64;

  /// `text` must be at most kLongest bytes.
  explicit EditDistance(std::string_view text);
  /// The distance, or `most` + 1 when it is greater than `most`.
  int To(std::string_view other, int most) const;

 private:
  int Aligned(std::string_view other, int most) const;
  bool ExchangedAcrossOne(std::string_view other) const;
  bool Is(std::size_t i, char c) const { return (at_[static_cast<unsigned char>(c)] >> i & 1) != 0; }

  std::array<std::uint64_t, 256> at_{};  ///< per byte: the places of the text where it stands
  std::size_t length_;
};

}  // namespace lagesbild::geo
