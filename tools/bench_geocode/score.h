#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "geo/geocoder.h"
#include "tools/bench_geocode/query.h"

namespace lagesbild::tools::bench {

enum class Outcome {
  kRight,      ///< what was expected
  kWrong,      ///< a position further than the tolerance from every truth, or where none should be
  kAmbiguous,  ///< "ambiguous" where a place was to be found
  kNone,       ///< nothing where a place was to be found
  kCoarse,     ///< street, locality, road or postcode in category C, with a truth within the stated radius
};

struct Judgement {
  Outcome outcome = Outcome::kNone;
  double distance_m = -1;  ///< to the nearest truth; -1 without position or truth
  bool confident = false;  ///< category A or B
};

/// One answer against what is right for the query.
Judgement Judge(const BenchQuery& query, const geo::GeocodeMatch& match);

/// Value at a share (0.9) of sorted or unsorted values: the smallest that so many do not exceed; -1 without
/// values.
double Quantile(std::vector<double> values, double share);

/// What a class of queries came to.
struct ClassScore {
  std::string query_class;
  std::array<int, 5> outcomes{};  ///< by Outcome
  int confident_wrong = 0;
  int open = 0;                   ///< of the queries: "ambiguous" would be right as well
  std::vector<double> distances;  ///< of right and wrong places

  int queries() const;
  int count(Outcome outcome) const { return outcomes[static_cast<std::size_t>(outcome)]; }
};

/// How often the truth lay within the radius that a level stated.
struct LevelScore {
  geo::MatchLevel level = geo::MatchLevel::kNone;
  int placed = 0, within = 0;
  std::vector<double> distances;
};

struct Score {
  std::vector<ClassScore> classes;  ///< in the order in which they first come
  std::vector<LevelScore> levels;   ///< in the order of MatchLevel, those that were answered
  ClassScore all;
  int nothing_expected = 0, nothing_given = 0;  ///< refusal of what does not exist

  void Add(const BenchQuery& query, const geo::GeocodeMatch& match);
};

/// A query that was not answered rightly.
struct Miss {
  std::size_t query = 0;
  Outcome outcome = Outcome::kNone;
  bool confident = false;
  std::string matched;  ///< the answer's label
};

/// Asks for every query and judges the answers. `misses`, when given, gets what is not right.
Score Ask(const geo::Geocoder& geocoder, const std::vector<BenchQuery>& queries,
          std::vector<Miss>* misses = nullptr);

/// "right", "wrong", "ambiguous", "none", "coarse".
const char* OutcomeCode(Outcome outcome);

geo::PlaceQuery AsPlaceQuery(const BenchQuery& query);

}  // namespace lagesbild::tools::bench
