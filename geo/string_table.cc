#include "geo/string_table.h"

#include <algorithm>
#include <bit>

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
  std::vector<char> pool;
  std::vector<std::uint32_t> text_starts, id_starts;
  std::vector<std::int32_t> ids;
  for (std::size_t i = 0; i < added_.size(); ++i) {
    if (i == 0 || added_[i].first != added_[i - 1].first) {
      text_starts.push_back(static_cast<std::uint32_t>(pool.size()));
      id_starts.push_back(static_cast<std::uint32_t>(ids.size()));
      pool.insert(pool.end(), added_[i].first.begin(), added_[i].first.end());
    }
    ids.push_back(added_[i].second);
  }
  text_starts.push_back(static_cast<std::uint32_t>(pool.size()));
  id_starts.push_back(static_cast<std::uint32_t>(ids.size()));
  added_ = {};
  pool_ = std::move(pool);
  text_starts_ = std::move(text_starts);
  id_starts_ = std::move(id_starts);
  ids_ = std::move(ids);
  std::size_t count = 4;
  while (count < 2 * size()) count *= 2;
  std::vector<std::uint32_t> slots(count, 0);
  for (std::size_t i = 0; i < size(); ++i) {
    std::size_t slot = Hash(text(i)) >> 20;
    while (slots[slot % count] != 0) ++slot;
    slots[slot % count] = static_cast<std::uint32_t>(i) + 1;
  }
  slots_ = std::move(slots);
}

void StringTable::Check(std::size_t ids, std::string_view name) const {
  RequireTexts(pool_, text_starts_, name);
  RequireStarts(id_starts_, ids_.size(), name);
  RequireIds(ids_, ids, name);
  RequireInImage(id_starts_.size() == text_starts_.size(), name, "has texts without numbers");
  // A look-up ends at a free slot.
  RequireInImage(std::has_single_bit(slots_.size()) && slots_.size() > size(), name, "has too few slots");
  RequireIds(slots_, size() + 1, name);
  RequireInImage(std::find(slots_.begin(), slots_.end(), 0U) != slots_.end(), name, "has no free slot");
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
