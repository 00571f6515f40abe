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

/// What a person found out about one place text. Exactly one of the four is set.
struct PlaceResolution {
  std::int64_t incident_id = 0;
  std::string address = {}, locality = {};       ///< what the register calls it
  std::optional<geo::PlanePoint> position = {};  ///< in the municipality's CRS
  geo::Meters accuracy_radius{50};               ///< of `position`
  bool dismiss = false;                          ///< nobody can know: leave it unplaced, do not ask again
  int candidate = 0;                             ///< of the equals that the register names, from 1
  std::string by = {}, at = {};                  ///< who and when: name of a token; UTC, ISO
  std::string reason = {}, note = {};            ///< why: code as in the API without prefix; free text
};

struct ResolutionOutcome {
  std::vector<std::int64_t> incident_ids;  ///< all that follow it, ascending
  geo::GeocodeMatch match;                 ///< what it was resolved to; nothing when dismissed
  PlaceDecision decision;                  ///< as it is remembered
  std::vector<PictureRecord> stale;
};

/// What undoing a resolution did.
struct UndoneResolution {
  std::vector<std::int64_t> incident_ids;  ///< in use, that followed it, ascending
  std::int64_t waiting = 0, by_register = 0, by_earlier_version = 0;
  PlaceDecision decision;
  std::vector<PictureRecord> stale;
};

/// What an incident's text is read with: the register and the boundary of today.
struct PlaceContext {
  const geo::Geocoder& geocoder;
  const geo::StudyArea& area;
  geo::Epsg crs;
};

/// Says where the text of an incident is. Every unplaced or earlier resolved incident with the same text
/// follows, earlier versions of corrected ones included; where the incident had been placed by the register,
/// also those that the register had put at the same place. Later deliveries with that text follow the
/// decision. A text that waited is kept aside until its day. What companies, housing companies and
/// associations reported gets its street, never the dwelling, is decided for that incident alone, and its
/// text is deleted.
///
/// Throws NotFound (no such incident, or it has no place text), InvalidRequest: the address is not in the
/// register, a position outside the boundary, a dwelling's position for a reporter that may not deliver
/// dwellings, no such candidate, a note that may hold personal data.
ResolutionOutcome ResolvePlace(Store& store, const PlaceContext& context, const PlaceResolution& resolution,
                               const std::stop_token& stop = {});

/// Takes a resolution back. Its incidents follow the latest earlier version that is not undone; without one,
/// what the register says of their text today, or they wait again; where the text is gone, they lie where
/// they lay before. Undoing once more changes nothing. Throws NotFound.
UndoneResolution UndoResolution(Store& store, const PlaceContext& context, std::int64_t id,
                                const std::string& by, const std::string& at,
                                const std::stop_token& stop = {});

}  // namespace lagesbild::service
