#include "service/geocoding_report.h"

#include <cmath>
#include <cstdio>
#include <map>

#include "geo/errors.h"
#include "service/decided_place.h"
#include "service/known_pile_ups.h"
#include "service/limits.h"

namespace lagesbild::service {
namespace {

constexpr geo::Meters kNear{50};
constexpr geo::CalendarQuarter kEarliest{1900, 1}, kLatest{9999, 4};

std::string MonthOf(std::chrono::year_month_day date) {
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()));
  return text;
}

/// Locality of the position, else of the text, else the reporter's own; "?" when none is known.
std::string LocalityOf(const geo::Incident& incident, const LoadedMunicipality& municipality,
                       const std::string& written, const std::string& home) {
  if (incident.has_position || incident.place == geo::PlaceKind::kPlaced)
    if (const std::string_view name = municipality.localities.NameAt(incident.position); !name.empty())
      return std::string(name);
  if (!written.empty()) return written;
  return home.empty() ? "?" : home;
}

geo::GeocodedPlace PlaceOf(const geo::Incident& incident, std::string locality) {
  const bool placed = incident.place == geo::PlaceKind::kPlaced;
  return {.reporter = incident.reporter,
          .locality = std::move(locality),
          .month = MonthOf(incident.date),
          .level = placed ? incident.level : geo::MatchLevel::kNone,
          .reason = placed ? geo::UnplacedReason::kNone : incident.reason,
          .coarse = placed && geo::TooCoarse(incident, geo::Meters{limits::kReportAccuracyM})};
}

/// The texts that wait, with their incidents.
std::map<std::int64_t, UnresolvedPlace> Waiting(Store& store) {
  std::map<std::int64_t, UnresolvedPlace> waiting;
  std::int64_t after = 0;
  for (bool more = true; more;) {
    Page<UnresolvedPlace> page = store.ListUnresolved(after, limits::kMaxPageSize);
    for (UnresolvedPlace& place : page.items) waiting.emplace(place.incident_id, std::move(place));
    more = page.next_after != 0;
    after = page.next_after;
  }
  return waiting;
}

std::int64_t StaleDecisions(Store& store, const LoadedMunicipality& municipality) {
  std::int64_t stale = 0;
  for (const PlaceDecision& decision : store.PlaceDecisions())
    stale += decision.crs == municipality.municipality.crs &&
             PlaceOf(decision, municipality.geocoder).standing == RegisterStanding::kNotFound;
  return stale;
}

std::vector<NamedPileUp> PileUpsOf(const std::vector<geo::PileUpIncident>& incidents,
                                   const LoadedMunicipality& municipality) {
  std::vector<NamedPileUp> named;
  for (const geo::PileUp& pile : geo::FindPileUps(incidents, CentersOf(municipality.municipality))) {
    std::string label = pile.center_name;
    if (label.empty())
      if (const geo::NearestAddress nearest = municipality.geocoder.Nearest(pile.position, kNear);
          nearest.found)
        label = nearest.label;
    named.push_back({pile, std::move(label)});
  }
  return named;
}

}  // namespace

std::string HitRateWarning(const std::string& group, const geo::HitRate& rate) {
  char share[16];
  std::snprintf(share, sizeof share, "%.0f", std::floor(100 * rate.fraction()));
  return group + ": " + std::to_string(rate.placed + rate.outside) + " av " + std::to_string(rate.asked) +
         " platser hittades (" + share + " %). Under 85 % saknas så många att kartan kan visa fel platser.";
}

GeocodingReport MakeGeocodingReport(Store& store, const LoadedMunicipality& municipality,
                                    const std::optional<geo::CalendarQuarter>& first,
                                    const std::optional<geo::CalendarQuarter>& last,
                                    const std::stop_token& stop) {
  GeocodingReport report;
  std::map<std::string, Reporter> reporters;
  for (Reporter& reporter : store.ListReporters()) reporters.emplace(reporter.code, reporter);
  const std::map<std::int64_t, UnresolvedPlace> waiting = Waiting(store);
  std::vector<geo::WaitingText> texts;
  std::vector<geo::PileUpIncident> placed;
  const IncidentSelection selection{.first = first.value_or(kEarliest),
                                    .last = last ? *last : first.value_or(kLatest),
                                    .categories = {},
                                    .reporters = {}};
  std::int64_t after = 0;
  for (bool more = true; more;) {
    if (stop.stop_requested()) throw geo::Cancelled();
    const Page<StoredIncident> page = store.ListIncidents(selection, after, limits::kMaxPageSize);
    for (const StoredIncident& stored : page.items) {
      const geo::Incident& incident = stored.incident;
      if (incident.place == geo::PlaceKind::kDigital) continue;
      const auto waits = waiting.find(incident.id);
      const std::string written = waits == waiting.end() ? std::string() : waits->second.locality;
      report.tally.Add(PlaceOf(
          incident, LocalityOf(incident, municipality, written, reporters[incident.reporter].home_locality)));
      if (waits != waiting.end()) texts.push_back({waits->second.text, written, incident.id});
      AddToPileUps(stored, placed);
    }
    more = page.next_after != 0;
    after = page.next_after;
  }
  report.texts = geo::GroupAlikeTexts(std::move(texts), limits::kTextsToResolve);
  report.pile_ups = PileUpsOf(placed, municipality);
  report.stale_decisions = StaleDecisions(store, municipality);
  if (report.tally.total().below_threshold())
    report.warnings_sv.push_back(HitRateWarning("Alla uppgiftslämnare", report.tally.total()));
  for (const auto& [code, rate] : report.tally.reporters()) {
    if (!rate.below_threshold()) continue;
    const std::string& name = reporters[code].name;
    report.warnings_sv.push_back(HitRateWarning(name.empty() ? code : name, rate));
  }
  for (const auto& [locality, rate] : report.tally.localities())
    if (rate.below_threshold())
      report.warnings_sv.push_back(HitRateWarning(locality == "?" ? "Okänd ort" : locality, rate));
  if (report.stale_decisions > 0)
    report.warnings_sv.push_back(
        std::to_string(report.stale_decisions) +
        " beslut pekar på en adress eller plats som registret inte längre har. Läget från "
        "beslutets dag gäller; besluta på nytt.");
  return report;
}

}  // namespace lagesbild::service
