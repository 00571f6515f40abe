#include "geo/block_grid.h"

#include <algorithm>
#include <cmath>

#include "geo/index_image.h"

namespace lagesbild::geo {
namespace {

// Tuned on a register of 3,098 blocks of 1,321 streets: neighbors beyond 2.5 km are another part of town, the
// nearest few hundred meters tell most, and a block further along tells less.
constexpr double kNeighbors_m = 2500, kFade_m = 400, kLongestBlock_m = 250, kSlack_m = 150;
/// Streets that share a number so near each other run side by side.
constexpr double kBeside_m = 600;
constexpr double kOwnLine = 0.5, kOwnDirection = 0.1;
/// How far beyond a street's known blocks others may be grown, and how sure they must be.
constexpr int kReach = 6;
constexpr double kSureEnough = 0.1, kWell = 0.3, kGrownTrust = 0.5;
constexpr std::array<double, 4> kTierFrom{0.03, 0.1, 0.3, 1.0};
constexpr int kFolds = 5;
constexpr std::size_t kEnough = 40;
constexpr int kMostBlocks = 200;  // of a street, from its first to its last

struct Vote {
  double east, north, weight;
};

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

/// Nine tenths lie within it; `otherwise` where there are too few to say.
double Covering(std::vector<double> errors, double otherwise) {
  if (errors.size() < kEnough) return otherwise;
  std::sort(errors.begin(), errors.end());
  return errors[static_cast<std::size_t>(0.9 * static_cast<double>(errors.size()))];
}

/// The point from which the weighted sum of distances is least: a few wrong votes move it little.
PlanePoint WeightedMedian(const std::vector<Vote>& votes) {
  double east = 0, north = 0, sum = 0;
  for (const Vote& v : votes) {
    east += v.east * v.weight;
    north += v.north * v.weight;
    sum += v.weight;
  }
  east /= sum;
  north /= sum;
  for (int step = 0; step < 20 && votes.size() > 1; ++step) {
    double e = 0, n = 0, s = 0;
    for (const Vote& v : votes) {
      const double pull = v.weight / std::max(5.0, std::hypot(v.east - east, v.north - north));
      e += v.east * pull;
      n += v.north * pull;
      s += pull;
    }
    const double moved = std::hypot(e / s - east, n / s - north);
    east = e / s;
    north = n / s;
    if (moved < 0.5) break;
  }
  return {Meters{east}, Meters{north}};
}

}  // namespace

BlockGrid::BlockGrid(std::vector<std::vector<NumberPoint>> streets, std::vector<int> opposites,
                     int block_size)
    : block_size_(block_size), opposites_(std::move(opposites)) {
  std::vector<Block> known;
  const auto count = static_cast<int>(streets.size());
  for (int s = 0; s < count; ++s)
    for (const NumberPoint& p : streets[static_cast<std::size_t>(s)])
      known.push_back({s, p.number, p.position, 1});
  Index(known, count);
  MeasureBlocks();
  Calibrate(count);
  Index(std::move(known), count);
  Grow();
}

void BlockGrid::Index(std::vector<Block> blocks, int streets) {
  std::sort(blocks.begin(), blocks.end(), [](const Block& a, const Block& b) {
    return a.street != b.street ? a.street < b.street : a.number < b.number;
  });
  std::vector<std::uint32_t> starts(static_cast<std::size_t>(streets) + 1, 0);
  int highest = 0;
  for (const Block& b : blocks) {
    ++starts[static_cast<std::size_t>(b.street) + 1];
    highest = std::max(highest, b.number / block_size_);
  }
  for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
  std::vector<std::uint32_t> number_starts(static_cast<std::size_t>(highest) + 2, 0);
  for (const Block& b : blocks) ++number_starts[static_cast<std::size_t>(b.number / block_size_) + 1];
  for (std::size_t i = 1; i < number_starts.size(); ++i) number_starts[i] += number_starts[i - 1];
  std::vector<std::uint32_t> next(number_starts.begin(), number_starts.end() - 1), by_number(blocks.size());
  for (std::size_t i = 0; i < blocks.size(); ++i)
    by_number[next[static_cast<std::size_t>(blocks[i].number / block_size_)]++] =
        static_cast<std::uint32_t>(i);
  blocks_ = std::move(blocks);
  starts_ = std::move(starts);
  number_starts_ = std::move(number_starts);
  by_number_ = std::move(by_number);
}

void BlockGrid::Check(std::size_t streets) const {
  RequireInImage(block_size_ >= 1 && block_size_ <= kMostNumber, "grid.block_size", "is none");
  for (const double radius_m : radii_m_)
    RequireInImage(radius_m >= 0 && radius_m <= kFurthest_m, "grid.radius", "is none");
  RequireInImage(block_radius_m_ >= 0 && block_radius_m_ <= kFurthest_m, "grid.block_radius", "is none");
  if (starts_.empty()) return;
  RequireStarts(starts_, blocks_.size(), "grid.starts");
  RequireInImage(starts_.size() == streets + 1 && opposites_.size() == streets, "grid.starts",
                 "is of other streets");
  RequireStarts(number_starts_, by_number_.size(), "grid.number_starts");
  RequireIds(by_number_, blocks_.size(), "grid.by_number");
  for (const std::int32_t street : opposites_)
    RequireInImage(street >= -1 && street < static_cast<std::int64_t>(streets), "grid.opposites",
                   "names a street that does not exist");
  for (const Block& b : blocks_) {
    RequireInImage(b.street >= 0 && static_cast<std::size_t>(b.street) < streets && b.number >= 0 &&
                       b.number <= kMostNumber && b.trust >= 0 && b.trust <= 1,
                   "grid.blocks", "has a block that is none");
    RequirePositions(std::span(&b.position, 1), "grid.blocks");
  }
}

const BlockGrid::Block* BlockGrid::Find(int street, int number) const {
  const auto own = BlocksOf(street);
  const auto at = std::lower_bound(own.begin(), own.end(), number,
                                   [](const Block& b, int wanted) { return b.number < wanted; });
  return at != own.end() && at->number == number ? &*at : nullptr;
}

BlockEstimate BlockGrid::Estimate(int street, int block) const {
  BlockEstimate estimate;
  std::vector<Vote> votes;
  const auto place = static_cast<std::size_t>(block / block_size_);
  const Block *below = nullptr, *above = nullptr, *first = nullptr, *second = nullptr, *last = nullptr,
              *before_last = nullptr;
  for (const Block& own : BlocksOf(street)) {
    if (own.number == block || own.trust < 1) continue;
    if (own.number < block) below = &own;
    if (own.number > block && above == nullptr) above = &own;
    if (first == nullptr)
      first = &own;
    else if (second == nullptr)
      second = &own;
    before_last = last;
    last = &own;
    if (place + 1 >= number_starts_.size()) continue;
    const double steps = std::abs(block - own.number) / static_cast<double>(block_size_);
    for (std::uint32_t i = number_starts_[place]; i < number_starts_[place + 1]; ++i) {
      const Block& there = blocks_[by_number_[i]];
      if (there.street == street || there.number != block) continue;
      const Block* beside = Find(there.street, own.number);
      if (beside == nullptr) continue;
      const double apart_m = Distance(beside->position, own.position);
      const double along_m = Distance(beside->position, there.position);
      if (apart_m > kNeighbors_m || along_m > steps * kLongestBlock_m + kSlack_m) continue;
      votes.push_back(
          {own.position.easting.value() + there.position.easting.value() - beside->position.easting.value(),
           own.position.northing.value() + there.position.northing.value() -
               beside->position.northing.value(),
           std::exp(-apart_m / kFade_m) / (1 + steps) * std::min(there.trust, beside->trust)});
    }
  }
  const auto along = [&](const Block& a, const Block& b, double weight) {
    const double share = static_cast<double>(block - a.number) / (b.number - a.number);
    votes.push_back(
        {a.position.easting.value() + share * (b.position.easting.value() - a.position.easting.value()),
         a.position.northing.value() + share * (b.position.northing.value() - a.position.northing.value()),
         weight});
  };
  estimate.between = below != nullptr && above != nullptr;
  if (estimate.between)
    along(*below, *above, kOwnLine * 2 * block_size_ / (above->number - below->number));
  else if (below != nullptr && before_last != nullptr)
    along(*before_last, *last, kOwnDirection * block_size_ / (block_size_ + block - last->number));
  else if (above != nullptr && second != nullptr)
    along(*second, *first, kOwnDirection * block_size_ / (block_size_ + first->number - block));
  for (const Vote& v : votes) estimate.support += v.weight;
  if (!(estimate.support > 0)) return {};
  estimate.position = WeightedMedian(votes);
  return estimate;
}

BlockEstimate BlockGrid::EstimateAcross(int street, int block) const {
  BlockEstimate estimate;
  std::vector<Vote> votes;
  const auto place = static_cast<std::size_t>(block / block_size_);
  if (place + 1 >= number_starts_.size()) return estimate;
  for (const Block& own : BlocksOf(street)) {
    if (own.trust < 1) continue;
    const double steps = 1 + (own.number + block) / static_cast<double>(block_size_);
    for (std::uint32_t i = number_starts_[place]; i < number_starts_[place + 1]; ++i) {
      const Block& there = blocks_[by_number_[i]];
      const int opposite = opposites_[static_cast<std::size_t>(there.street)];
      const Block* beside = opposite < 0 || opposite == street ? nullptr : Find(opposite, own.number);
      if (beside == nullptr) continue;
      const double apart_m = Distance(beside->position, own.position);
      if (apart_m > kNeighbors_m ||
          Distance(beside->position, there.position) > steps * kLongestBlock_m + kSlack_m)
        continue;
      votes.push_back(
          {own.position.easting.value() + there.position.easting.value() - beside->position.easting.value(),
           own.position.northing.value() + there.position.northing.value() -
               beside->position.northing.value(),
           std::exp(-apart_m / kFade_m) / (1 + steps) * std::min(there.trust, beside->trust)});
    }
  }
  for (const Vote& v : votes) estimate.support += v.weight;
  if (!(estimate.support > 0)) return {};
  estimate.position = WeightedMedian(votes);
  return estimate;
}

void BlockGrid::Grow() {
  std::vector<Block> grown(blocks_.begin(), blocks_.end());
  const int streets = static_cast<int>(starts_.size()) - 1;
  for (int s = 0; s < streets; ++s) {
    const auto own = BlocksOf(s);
    if (own.empty()) continue;
    const int first = std::max(0, own.front().number - kReach * block_size_) / block_size_ * block_size_;
    const int last = std::min(own.back().number + kReach * block_size_, first + kMostBlocks * block_size_);
    for (int block = first; block <= last; block += block_size_) {
      if (Find(s, block) != nullptr) continue;
      const BlockEstimate estimate = Estimate(s, block);
      if (estimate.support <= kSureEnough) continue;
      grown.push_back({s, block, estimate.position, kGrownTrust * std::min(1.0, estimate.support / kWell)});
    }
  }
  Index(std::move(grown), streets);
}

/// Leaves every fifth block out, grows the rest and sees how far the left-out ones lie from their estimates.
void BlockGrid::Calibrate(int streets) {
  const std::vector<Block> all(blocks_.begin(), blocks_.end());
  std::array<std::vector<double>, 2 * kTiers> errors;
  for (int fold = 0; fold < kFolds; ++fold) {
    std::vector<Block> kept, left_out;
    for (std::size_t i = 0; i < all.size(); ++i)
      (static_cast<int>(i % kFolds) == fold ? left_out : kept).push_back(all[i]);
    Index(std::move(kept), streets);
    Grow();
    for (const Block& b : left_out) {
      const BlockEstimate estimate = Estimate(b.street, b.number);
      if (!(estimate.support > 0)) continue;
      const std::size_t tier = TierOf(estimate.support, estimate.between);
      errors[tier].push_back(Distance(estimate.position, b.position));
    }
  }
  for (std::size_t tier = 0; tier < kTiers; ++tier) {
    const std::vector<double>& beyond = errors[tier];
    std::vector<double>& between = errors[tier + kTiers];
    radii_m_[tier] = Covering(beyond, radii_m_[tier]);
    // Blocks that are asked for between two lie in wider gaps than those left out: no narrower than over
    // both.
    const double narrow_m = Covering(between, radii_m_[tier]);
    between.insert(between.end(), beyond.begin(), beyond.end());
    radii_m_[tier + kTiers] = std::max(narrow_m, Covering(between, radii_m_[tier]));
  }
}

/// A block's point is one place of many along it, and so is what is asked for. Half way between the next
/// blocks on either side it is missed by the scatter of one point and of the mean of two, 3/2 of one point's
/// in squares; of two points of one block it is twice one's.
void BlockGrid::MeasureBlocks() {
  std::vector<double> errors;
  for (std::size_t i = 1; i + 1 < blocks_.size(); ++i) {
    const Block &before = blocks_[i - 1], &here = blocks_[i], &after = blocks_[i + 1];
    if (before.street != here.street || after.street != here.street ||
        here.number - before.number != block_size_ || after.number - here.number != block_size_)
      continue;
    const PlanePoint middle{Meters{(before.position.easting.value() + after.position.easting.value()) / 2},
                            Meters{(before.position.northing.value() + after.position.northing.value()) / 2}};
    errors.push_back(Distance(middle, here.position));
  }
  block_radius_m_ = std::sqrt(2 / 1.5) * Covering(std::move(errors), 0);
}

std::size_t BlockGrid::TierOf(double support, bool between) {
  const auto tier = std::upper_bound(kTierFrom.begin(), kTierFrom.end(), support) - kTierFrom.begin();
  return static_cast<std::size_t>(tier) + (between ? kTiers : 0);
}

double BlockGrid::RadiusOf(double support, bool between) const { return radii_m_[TierOf(support, between)]; }

int BlockGrid::BlocksFrom(int street, int number) const {
  int least = number;
  for (const Block& b : BlocksOf(street))
    if (b.trust == 1) least = std::min(least, std::abs(b.number - number));
  return least / block_size_;
}

std::vector<int> BlockGrid::Beside(int street) const {
  std::vector<int> streets;
  for (const Block& own : BlocksOf(street)) {
    const auto place = static_cast<std::size_t>(own.number / block_size_);
    if (own.trust < 1) continue;
    for (std::uint32_t i = number_starts_[place]; i < number_starts_[place + 1]; ++i) {
      const Block& there = blocks_[by_number_[i]];
      if (there.street != street && there.trust == 1 && there.number == own.number &&
          Distance(there.position, own.position) <= kBeside_m)
        streets.push_back(there.street);
    }
  }
  std::sort(streets.begin(), streets.end());
  return streets;
}

std::vector<int> BlockGrid::StreetsWith(int block) const {
  std::vector<int> streets;
  const auto place = static_cast<std::size_t>(block / block_size_);
  if (place + 1 >= number_starts_.size()) return streets;
  for (std::uint32_t i = number_starts_[place]; i < number_starts_[place + 1]; ++i)
    if (const Block& b = blocks_[by_number_[i]]; b.number == block && b.trust == 1)
      streets.push_back(b.street);
  std::sort(streets.begin(), streets.end());
  return streets;
}

std::vector<NumberPoint> BlockGrid::LineOf(int street) const {
  std::vector<NumberPoint> line;
  for (const Block& b : BlocksOf(street)) line.push_back({b.number, b.position});
  return line;
}

}  // namespace lagesbild::geo
