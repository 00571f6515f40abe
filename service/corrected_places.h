#pragma once

#include <map>
#include <optional>
#include <string>

#include "geo/geocoder.h"
#include "service/hashing.h"
#include "service/store.h"

namespace lagesbild::service {

/// A match, and the decision of a person that it follows.
struct CorrectedMatch {
  geo::GeocodeMatch match;
  std::int64_t resolved_by = 0;  ///< 0: the register's own answer
};

/// How decisions are looked up.
enum class DecisionLookup {
  kOne,  ///< the store is asked for each text: for single queries
  kAll,  ///< all are read at the start: for many queries, which then follow what was decided before them
};

/// Answers for texts: what a person has said about a text with its locality, where the register finds nothing
/// or was overruled; else the register's answer. Holds keys, no texts. Not thread safe.
class CorrectedPlaces {
 public:
  /// `store` and `geocoder` must outlive this; decisions in another CRS than `crs` are left out.
  CorrectedPlaces(Store& store, const geo::Geocoder& geocoder, geo::Epsg crs, DecisionLookup lookup);

  CorrectedMatch Find(const geo::PlaceQuery& query) const;

 private:
  std::optional<PlaceDecision> DecisionOn(const geo::PlaceQuery& query) const;

  Store& store_;
  const geo::Geocoder& geocoder_;
  geo::Epsg crs_;
  Hmac keys_;
  DecisionLookup lookup_;
  std::map<std::string, PlaceDecision> decisions_;  ///< with kAll
};

}  // namespace lagesbild::service
