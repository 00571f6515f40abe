#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "geo/calendar.h"
#include "geo/geocoding_tally.h"
#include "geo/pile_up.h"
#include "service/gazetteer_cache.h"
#include "service/store.h"

namespace lagesbild::service {

struct NamedPileUp {
  geo::PileUp pile;
  std::string label;  ///< the area whose middle it is, or the nearest address within 50 m; empty: neither
};

/// How well the stored incidents were placed.
struct GeocodingReport {
  geo::GeocodingTally tally;
  std::vector<geo::AlikeTexts> texts;  ///< that wait, at most 50
  std::vector<NamedPileUp> pile_ups;
  std::vector<std::string> warnings_sv;
  std::int64_t stale_decisions = 0;  ///< in force, naming what the register does not have any more
};

/// Of the incidents of some quarters; empty = all. Digital ones are not asked for. For internal callers: it
/// names texts and places. Throws geo::Cancelled.
GeocodingReport MakeGeocodingReport(Store& store, const LoadedMunicipality& municipality,
                                    const std::optional<geo::CalendarQuarter>& first,
                                    const std::optional<geo::CalendarQuarter>& last,
                                    const std::stop_token& stop);

/// "Polisen: 12 av 20 platser hittades (60 %). Under 85 % ..."
std::string HitRateWarning(const std::string& group, const geo::HitRate& rate);

}  // namespace lagesbild::service
