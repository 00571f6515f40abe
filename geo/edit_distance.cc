#include "geo/edit_distance.h"

#include <cstdlib>

namespace lagesbild::geo {

EditDistance::EditDistance(std::string_view text) : length_(text.size()) {
  for (std::size_t i = 0; i < length_ && i < kLongest; ++i)
    at_[static_cast<unsigned char>(text[i])] |= std::uint64_t{1} << i;
}

int EditDistance::To(std::string_view other, int most) const {
  const int aligned = Aligned(other, most);
  return aligned > 2 && most >= 2 && ExchangedAcrossOne(other) ? 2 : aligned;
}

bool EditDistance::ExchangedAcrossOne(std::string_view other) const {
  if (length_ != other.size() + 1 && other.size() != length_ + 1) return false;
  const std::size_t shorter = length_ < other.size() ? length_ : other.size();
  std::size_t same = 0, end = 0;
  while (same < shorter && Is(same, other[same])) ++same;
  while (end < shorter - same && Is(length_ - 1 - end, other[other.size() - 1 - end])) ++end;
  if (shorter - same - end != 2) return false;
  // "axb" against "ba": the ends change places, what stood between them is gone.
  const std::size_t last = length_ - 1 - end;
  return Is(same, other[other.size() - 1 - end]) && Is(last, other[same]);
}

int EditDistance::Aligned(std::string_view other, int most) const {
  const auto apart =
      static_cast<int>(length_ > other.size() ? length_ - other.size() : other.size() - length_);
  if (apart > most) return most + 1;
  if (length_ == 0) return static_cast<int>(other.size());
  const std::uint64_t last = std::uint64_t{1} << (length_ - 1);
  std::uint64_t up = ~std::uint64_t{0}, down = 0, diagonal = 0, before = 0;
  auto distance = static_cast<int>(length_);
  auto left = static_cast<int>(other.size());
  for (const char c : other) {
    const std::uint64_t here = at_[static_cast<unsigned char>(c)];
    const std::uint64_t exchanged = ((~diagonal & here) << 1) & before;
    diagonal = (((here & up) + up) ^ up) | here | down | exchanged;
    std::uint64_t right = down | ~(diagonal | up), back = diagonal & up;
    if ((right & last) != 0) ++distance;
    if ((back & last) != 0) --distance;
    right = (right << 1) | 1;
    back <<= 1;
    up = back | ~(diagonal | right);
    down = right & diagonal;
    before = here;
    if (distance - --left > most) return most + 1;  // each letter to come takes away at most one
  }
  return distance <= most ? distance : most + 1;
}

}  // namespace lagesbild::geo
