#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "geo/flat_array.h"
#include "geo/number_line.h"

namespace lagesbild::geo {

/// Where a hundred block that the register does not have should lie.
struct BlockEstimate {
  PlanePoint position;
  double support = 0;    ///< how much speaks for it: 0.01 hardly anything, 0.3 well, 1 and more surely
  bool between = false;  ///< the street has blocks on either side
};

/// The regularity of a city of numbered blocks. A block that one street lacks is put where the streets beside
/// it have theirs: as far and as turned from a block that both have. No city is built in; parallel streets
/// are those that lie near with the same numbers. Estimates so well founded that they help others are kept
/// ("grown"), once.
class BlockGrid {
 public:
  BlockGrid() = default;
  /// `streets[s]` are the blocks of street s by number, each once. O(streets × blocks × neighbors).
  /// `opposites[s]` is the street that continues s beyond the middle of the city, -1 = none.
  BlockGrid(std::vector<std::vector<NumberPoint>> streets, std::vector<int> opposites, int block_size);

  bool empty() const { return starts_.size() < 2; }
  /// Support 0 when nothing speaks for any place.
  BlockEstimate Estimate(int street, int block) const;
  /// The same for a block beyond the middle of the city, where only `street`'s opposite runs: "1300 N 58TH"
  /// of a register with S 58TH alone.
  BlockEstimate EstimateAcross(int street, int block) const;
  /// 90 % radius of a block that the register has: how far along it a place may lie from the block's point.
  /// 0 where the register is too small to tell.
  double BlockRadius() const { return block_radius_m_; }
  /// 90 % radius of an estimate of such a support, measured by leaving blocks out.
  double RadiusOf(double support, bool between) const;
  /// How many blocks a number lies from the nearest block that the register itself has.
  int BlocksFrom(int street, int number) const;
  /// Streets that have blocks of the same numbers beside those of the street: they run as it does. One entry
  /// for each such block, in order of street.
  std::vector<int> Beside(int street) const;
  /// Streets for which the register itself has this block, in order of street.
  std::vector<int> StreetsWith(int block) const;
  /// Blocks of the street, known and grown, by number.
  std::vector<NumberPoint> LineOf(int street) const;

  /// Into and out of a compiled index.
  template <class Self, class Io>
  static void Transfer(Self& self, Io& io) {
    io.Value("block_size", self.block_size_);
    io.Array("blocks", self.blocks_);
    io.Array("starts", self.starts_);
    io.Array("by_number", self.by_number_);
    io.Array("number_starts", self.number_starts_);
    io.Array("opposites", self.opposites_);
    io.Value("block_radius", self.block_radius_m_);
    for (std::size_t tier = 0; tier < 2 * kTiers; ++tier)
      io.Value("radius_" + std::to_string(tier), self.radii_m_[tier]);
  }
  /// Throws InvalidInput unless it is empty or of so many streets and every look-up stays within it.
  void Check(std::size_t streets) const;

 private:
  struct Block {
    using AllBytesAreValues = void;
    int street = 0, number = 0;
    PlanePoint position;
    double trust = 1;  ///< 1 = the register's own
  };
  void Index(std::vector<Block> blocks, int streets);
  void Grow();
  void Calibrate(int streets);
  void MeasureBlocks();
  static std::size_t TierOf(double support, bool between);
  const Block* Find(int street, int number) const;
  std::span<const Block> BlocksOf(int street) const {
    const auto s = static_cast<std::size_t>(street);
    return blocks_.subspan(starts_[s], starts_[s + 1] - starts_[s]);
  }

  int block_size_ = 100;
  FlatArray<Block> blocks_;                             // by street, then number
  FlatArray<std::uint32_t> starts_;                     // per street, and one more
  FlatArray<std::uint32_t> by_number_, number_starts_;  // blocks by number / block size
  static constexpr std::size_t kTiers = 5;
  FlatArray<std::int32_t> opposites_;
  double block_radius_m_ = 0;
  /// By support, first beyond a street's last block, then between two.
  std::array<double, 2 * kTiers> radii_m_{2500, 1200, 600, 350, 250, 2500, 1200, 600, 350, 250};
};

}  // namespace lagesbild::geo
