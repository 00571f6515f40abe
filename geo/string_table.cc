#include "geo/string_table.h"

#include <algorithm>

namespace lagesbild::geo {
namespace {

std::uint64_t Hash(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL ^ text.size();
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  hash ^= hash >> 32;
  return hash * 0xD6E8FEB86659FD93ULL;
}

}  // namespace

void StringTable::Freeze() {
  std::sort(added_.begin(), added_.end());
  added_.erase(std::unique(added_.begin(), added_.end()), added_.end());
  for (std::size_t i = 0; i < added_.size(); ++i) {
    if (i == 0 || added_[i].first != added_[i - 1].first) {
      text_starts_.push_back(static_cast<std::uint32_t>(pool_.size()));
      id_starts_.push_back(static_cast<std::uint32_t>(ids_.size()));
      pool_ += added_[i].first;
    }
    ids_.push_back(added_[i].second);
  }
  text_starts_.push_back(static_cast<std::uint32_t>(pool_.size()));
  id_starts_.push_back(static_cast<std::uint32_t>(ids_.size()));
  added_ = {};
  std::size_t slots = 4;
  while (slots < 2 * size()) slots *= 2;
  slots_.assign(slots, 0);
  for (std::size_t i = 0; i < size(); ++i) {
    std::size_t slot = Hash(text(i)) >> 20;
    while (slots_[slot % slots] != 0) ++slot;
    slots_[slot % slots] = static_cast<std::uint32_t>(i) + 1;
  }
}

std::span<const std::int32_t> StringTable::Find(std::string_view text) const {
  if (slots_.empty()) return {};
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = Hash(text) >> 20;; ++slot) {
    const std::uint32_t found = slots_[slot & mask];
    if (found == 0) return {};
    if (this->text(found - 1) == text) return ids(found - 1);
  }
}

}  // namespace lagesbild::geo
