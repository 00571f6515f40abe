#pragma once

#include <chrono>
#include <map>
#include <optional>

#include "geo/geocoder.h"
#include "geo/place_comparison.h"
#include "geo/study_area.h"
#include "service/import_row.h"
#include "service/mapping.h"
#include "service/store.h"

namespace lagesbild::service {

/// Days that the plain text of an unresolved place may be kept.
inline constexpr int kUnresolvedDays = 90;

/// Gives a read row its place: digital, by coordinates, or geocoded with the row's locality, else the
/// mapping's default, else the reporter's home locality as context. A position outside the boundary is kept
/// for the buffer but the incident is unplaced (OUTSIDE). What companies, housing companies and associations
/// place at a dwelling is stored at its street, without the key of the place. A text that holds personal data
/// never gets into the queue, nor does one that a person has decided about before: the decision is followed.
class PlaceFinder {
 public:
  /// All references must outlive this; `crs` is the municipality's.
  PlaceFinder(const geo::Geocoder& geocoder, const geo::StudyArea& area, geo::Epsg crs,
              const Mapping& mapping, const Reporter& reporter, const std::vector<PlaceDecision>& decisions,
              std::chrono::year_month_day today);

  /// Fills place, reason, level, position. Returns the text for the queue of unresolved places, when there is
  /// one. Where a row has both, its text is compared with its coordinates.
  std::optional<UnresolvedPlace> Place(RowRead& row);
  geo::PlaceComparison compared() const { return comparer_.Result(); }

 private:
  const std::string& ContextOf(const RowRead& row) const;
  std::optional<UnresolvedPlace> Geocode(RowRead& row) const;
  const PlaceDecision* DecisionOn(const RowRead& row) const;
  void Follow(const PlaceDecision& decision, StoredIncident& stored) const;
  void PutAt(geo::Incident& incident, geo::MatchLevel level, geo::PlanePoint position,
             geo::Meters radius) const;

  const geo::Geocoder& geocoder_;
  const geo::StudyArea& area_;
  const Mapping& mapping_;
  const Reporter& reporter_;
  std::map<std::string, PlaceDecision> decisions_;  ///< by key; empty for reporters without dwellings
  std::string expires_on_;
  geo::PlaceComparer comparer_;
};

}  // namespace lagesbild::service
