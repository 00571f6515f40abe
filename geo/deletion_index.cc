#include "geo/deletion_index.h"

#include <algorithm>
#include <array>
#include <bit>

namespace lagesbild::geo {
namespace {

constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15ULL;

constexpr std::array<std::uint64_t, DeletionIndex::kLongest + 1> Powers() {
  std::array<std::uint64_t, DeletionIndex::kLongest + 1> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * kBase;
  return powers;
}
constexpr auto kPowers = Powers();

/// An entry until frozen: so many leading bits of the hash, the rest is the id.
constexpr int kIdBits = 26, kTagBits = 16, kMostBucketBits = 64 - kIdBits - kTagBits;
/// Entries of a bucket, about.
constexpr std::size_t kPerBucket = 4;

/// A text without none, one or two of its letters.
constexpr std::size_t kMostDeletions =
    1 + DeletionIndex::kLongest + DeletionIndex::kLongest * (DeletionIndex::kLongest - 1) / 2;

std::uint64_t Mixed(std::uint64_t hash, std::size_t length) {
  hash ^= length * 0xD6E8FEB86659FD93ULL;
  hash ^= hash >> 32;
  hash *= 0xD6E8FEB86659FD93ULL;
  return hash ^ (hash >> 29);
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
  if (name.empty() || name.size() > kLongest || id >= (1U << kIdBits)) return;
  ForEachDeletion(name, name.size() < kTwoFrom ? 1 : kMost,
                  [&](std::uint64_t hash) { added_.push_back((hash >> kIdBits << kIdBits) | id); });
}

void DeletionIndex::Freeze() {
  std::sort(added_.begin(), added_.end());
  added_.erase(std::unique(added_.begin(), added_.end()), added_.end());
  int bits = 4;
  while (bits < kMostBucketBits && (kPerBucket << bits) < added_.size()) ++bits;
  std::vector<std::uint32_t> starts((std::size_t{1} << bits) + 1, 0), ids;
  std::vector<std::uint16_t> tags;
  tags.reserve(added_.size());
  ids.reserve(added_.size());
  for (const std::uint64_t entry : added_) {
    ++starts[(entry >> (64 - bits)) + 1];
    tags.push_back(static_cast<std::uint16_t>(entry >> (64 - bits - kTagBits)));
    ids.push_back(static_cast<std::uint32_t>(entry & ((1U << kIdBits) - 1)));
  }
  for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
  added_ = {};
  starts_ = std::move(starts);
  tags_ = std::move(tags);
  ids_ = std::move(ids);
}

void DeletionIndex::Check(std::size_t ids, std::string_view name) const {
  RequireStarts(starts_, tags_.size(), name);
  RequireInImage(std::has_single_bit(starts_.size() - 1) && starts_.size() > 2 &&
                     std::bit_width(starts_.size() - 1) <= kMostBucketBits + 1,
                 name, "has too few or too many ranges");
  RequireInImage(ids_.size() == tags_.size(), name, "has hashes without numbers");
  RequireIds(ids_, ids, name);
}

void DeletionIndex::Find(std::string_view text, int most, std::vector<std::uint32_t>& ids) const {
  if (text.empty() || text.size() > kLongest || tags_.empty()) return;
  const auto before = static_cast<std::ptrdiff_t>(ids.size());
  const int shift = 65 - static_cast<int>(std::bit_width(starts_.size() - 1));
  // The buckets lie all over: each is asked for from memory before the first is read.
  std::array<std::uint64_t, kMostDeletions> hashes;
  std::size_t count = 0;
  ForEachDeletion(text, most, [&](std::uint64_t hash) {
    hashes[count++] = hash;
    __builtin_prefetch(&starts_[hash >> shift]);
  });
  for (std::size_t h = 0; h < count; ++h) {
    const std::size_t bucket = hashes[h] >> shift;
    const auto tag = static_cast<std::uint16_t>(hashes[h] >> (shift - kTagBits));
    for (std::uint32_t i = starts_[bucket]; i < starts_[bucket + 1]; ++i)
      if (tags_[i] == tag) ids.push_back(ids_[i]);
  }
  std::sort(ids.begin() + before, ids.end());
  ids.erase(std::unique(ids.begin() + before, ids.end()), ids.end());
}

}  // namespace lagesbild::geo
