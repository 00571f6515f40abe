#pragma once

#include <map>
#include <string>
#include <string_view>

#include "geo/geocoder.h"
#include "service/hashing.h"
#include "service/store.h"

namespace lagesbild::service {

/// A match, and the decision of a person that it follows.
struct CorrectedMatch {
  geo::GeocodeMatch match;
  std::int64_t resolved_by = 0;  ///< 0: the register's own answer
};

/// Answers for texts: what a person has said about a text with its locality, where the register finds nothing
/// or was overruled; else the register's answer. Holds keys, no texts. Not thread safe.
class CorrectedPlaces {
 public:
  /// `geocoder` must outlive this; decisions in another CRS than `crs` are left out.
  CorrectedPlaces(Store& store, const geo::Geocoder& geocoder, geo::Epsg crs);

  CorrectedMatch Find(const geo::PlaceQuery& query) const;

 private:
  const geo::Geocoder& geocoder_;
  Hmac keys_;
  std::map<std::string, PlaceDecision> decisions_;
};

}  // namespace lagesbild::service
