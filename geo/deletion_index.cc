#include "geo/deletion_index.h"

#include <algorithm>
#include <array>

namespace lagesbild::geo {
namespace {

constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15ULL;

constexpr std::array<std::uint64_t, DeletionIndex::kLongest + 1> Powers() {
  std::array<std::uint64_t, DeletionIndex::kLongest + 1> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * kBase;
  return powers;
}
constexpr auto kPowers = Powers();

std::uint32_t Mixed(std::uint64_t hash, std::size_t length) {
  hash ^= length * 0xD6E8FEB86659FD93ULL;
  hash ^= hash >> 32;
  hash *= 0xD6E8FEB86659FD93ULL;
  return static_cast<std::uint32_t>(hash >> 32);
}

/// Calls `use` with the hash of the text without any `most` or fewer of its letters. A polynomial over the
/// letters lets each hash be put together from those of the stretches that stay.
template <class Use>
void ForEachDeletion(std::string_view text, int most, Use&& use) {
  const std::size_t n = text.size();
  std::array<std::uint64_t, DeletionIndex::kLongest + 1> head{};
  for (std::size_t i = 0; i < n; ++i) head[i + 1] = head[i] * kBase + static_cast<unsigned char>(text[i]) + 1;
  const auto stretch = [&](std::size_t from, std::size_t to) {
    return head[to] - head[from] * kPowers[to - from];
  };
  use(Mixed(head[n], n));
  if (most < 1) return;
  for (std::size_t i = 0; i < n; ++i) {
    // The same letter twice leaves the same text whichever of the two is taken.
    if (i > 0 && text[i] == text[i - 1]) continue;
    use(Mixed(head[i] * kPowers[n - 1 - i] + stretch(i + 1, n), n - 1));
    if (most < 2) continue;
    for (std::size_t j = i + 1; j < n; ++j) {
      if (j > i + 1 && text[j] == text[j - 1]) continue;
      use(Mixed(head[i] * kPowers[n - 2 - i] + stretch(i + 1, j) * kPowers[n - 1 - j] + stretch(j + 1, n),
                n - 2));
    }
  }
}

}  // namespace

void DeletionIndex::Add(std::string_view name, std::uint32_t id) {
  if (name.empty() || name.size() > kLongest) return;
  ForEachDeletion(name, name.size() < kTwoFrom ? 1 : kMost, [&](std::uint32_t hash) {
    entries_.push_back({hash, id});
  });
}

void DeletionIndex::Freeze() {
  const auto key = [](const Entry& e) { return (std::uint64_t{e.hash} << 32) | e.id; };
  std::sort(entries_.begin(), entries_.end(),
            [&](const Entry& a, const Entry& b) { return key(a) < key(b); });
  entries_.erase(std::unique(entries_.begin(), entries_.end(),
                             [&](const Entry& a, const Entry& b) { return key(a) == key(b); }),
                 entries_.end());
  entries_.shrink_to_fit();
  int bits = 4;
  while (bits < 24 && (std::size_t{1} << bits) < entries_.size()) ++bits;
  shift_ = 32 - bits;
  starts_.assign((std::size_t{1} << bits) + 1, 0);
  for (const Entry& e : entries_) ++starts_[(e.hash >> shift_) + 1];
  for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
}

void DeletionIndex::Find(std::string_view text, int most, std::vector<std::uint32_t>& ids) const {
  if (text.empty() || text.size() > kLongest || starts_.empty()) return;
  const auto before = static_cast<std::ptrdiff_t>(ids.size());
  ForEachDeletion(text, most, [&](std::uint32_t hash) {
    const std::size_t bucket = hash >> shift_;
    for (std::uint32_t i = starts_[bucket]; i < starts_[bucket + 1]; ++i)
      if (entries_[i].hash == hash) ids.push_back(entries_[i].id);
  });
  std::sort(ids.begin() + before, ids.end());
  ids.erase(std::unique(ids.begin() + before, ids.end()), ids.end());
}

}  // namespace lagesbild::geo
