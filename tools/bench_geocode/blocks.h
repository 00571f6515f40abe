#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/geocoder.h"
#include "tools/bench_geocode/query.h"
#include "tools/bench_geocode/register.h"
#include "tools/bench_geocode/score.h"

namespace lagesbild::tools::bench {

/// Looks a block up as anyone would first: the same street and hundred block, else a place between the
/// nearest blocks of the street by number, clamped at its ends. What the geocoder must beat.
class NaiveBlocks {
 public:
  explicit NaiveBlocks(const geo::Gazetteer& gazetteer);
  std::optional<geo::PlanePoint> Find(const std::string& text) const;

 private:
  std::map<std::string, std::map<int, geo::PlanePoint>> streets_;
};

/// How far answers lie from the reported positions, of all that was asked.
struct BlockScore {
  int asked = 0, answered = 0, within_100 = 0, within_250 = 0, beyond_1000 = 0, confident_beyond_1000 = 0;
  int within_radius = 0;
  std::vector<double> distances;

  void Add(std::optional<double> distance_m, double radius_m, bool confident);
  void Add(const BlockScore& other);
};

struct PairScore {
  std::map<std::string, BlockScore> tiers;  ///< by the class of the pair, which the geocoder does not get
  std::vector<LevelScore> levels;
  BlockScore All() const;
};

/// `pairs` have one truth each.
PairScore AskNaive(const NaiveBlocks& naive, const std::vector<BenchQuery>& pairs);
PairScore AskBlocks(const geo::Geocoder& geocoder, const std::vector<BenchQuery>& pairs);

}  // namespace lagesbild::tools::bench
