#pragma once

#include <chrono>
#include <optional>

#include "geo/geocoder.h"
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
/// never gets into the queue.
class PlaceFinder {
 public:
  /// All must outlive this.
  PlaceFinder(const geo::Geocoder& geocoder, const geo::StudyArea& area, const Mapping& mapping,
              const Reporter& reporter, std::chrono::year_month_day today);

  /// Fills place, reason, level, position. Returns the text for the queue of unresolved places, when there is
  /// one.
  std::optional<UnresolvedPlace> Place(RowRead& row) const;

 private:
  std::optional<UnresolvedPlace> Geocode(RowRead& row) const;
  void PutAt(geo::Incident& incident, geo::MatchLevel level, geo::PlanePoint position,
             geo::Meters radius) const;

  const geo::Geocoder& geocoder_;
  const geo::StudyArea& area_;
  const Mapping& mapping_;
  const Reporter& reporter_;
  std::string expires_on_;
};

}  // namespace lagesbild::service
