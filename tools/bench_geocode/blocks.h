#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/geocoder.h"
#include "tools/bench_geocode/query.h"
#include "tools/bench_geocode/register.h"

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

/// Texts with positions (query_text, lat, lon) in a plane; no other column is looked at.
std::vector<BenchQuery> ReadPairs(const std::filesystem::path& file, geo::Epsg plane);

/// How far answers lie from the reported positions, of all that was asked.
struct BlockScore {
  int asked = 0, answered = 0, within_100 = 0, within_250 = 0, beyond_1000 = 0, confident_beyond_1000 = 0;
  int within_radius = 0;
  std::vector<double> distances;

  void Add(std::optional<double> distance_m, double radius_m, bool confident);
};

BlockScore AskNaive(const NaiveBlocks& naive, const std::vector<BenchQuery>& pairs);
BlockScore AskBlocks(const geo::Geocoder& geocoder, const std::vector<BenchQuery>& pairs);

}  // namespace lagesbild::tools::bench
