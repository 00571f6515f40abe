#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "geo/geocoder.h"
#include "geo/study_area.h"
#include "service/store.h"

namespace lagesbild::service {

/// What a person found out about one waiting place text. Exactly one of the three is set.
struct PlaceResolution {
  std::int64_t incident_id = 0;
  std::string address = {}, locality = {};       ///< what the register calls it
  std::optional<geo::PlanePoint> position = {};  ///< in the municipality's CRS
  geo::Meters accuracy_radius{50};               ///< of `position`
  bool dismiss = false;                          ///< nobody can know: delete the text, leave it unplaced
};

struct ResolutionOutcome {
  std::vector<std::int64_t> incident_ids;  ///< all that waited with the same text, ascending
  geo::GeocodeMatch match;                 ///< what it was resolved to; nothing when dismissed
  std::vector<PictureRecord> stale;
};

/// Resolves one waiting place, and with it every incident that waits with the same text; later deliveries
/// with that text follow the decision. The texts are deleted. What companies, housing companies and
/// associations reported gets its street, never the dwelling, and is decided for that incident alone.
///
/// Throws NotFound (the incident waits for nothing), InvalidRequest: the address is not in the register, a
/// position outside the boundary, a dwelling's position for a reporter that may not deliver dwellings.
ResolutionOutcome ResolvePlace(Store& store, const geo::Geocoder& geocoder, const geo::StudyArea& area,
                               geo::Epsg crs, const PlaceResolution& resolution,
                               const std::stop_token& stop = {});

}  // namespace lagesbild::service
