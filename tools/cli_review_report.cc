#include <cmath>
#include <cstdio>

#include "lagesbild/v1/incident_service.grpc.pb.h"
#include "tools/cli_match.h"
#include "tools/cli_review.h"
#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

/// Rounded down: 84.9 % must not read as 85 %.
std::string Percent(double fraction) {
  return std::to_string(static_cast<int>(std::floor(100 * fraction + 1e-9))) + " %";
}

std::string CountText(std::int64_t count) { return std::to_string(count); }

void PrintRates(Session& session, const char* title,
                const google::protobuf::RepeatedPtrField<v1::HitRate>& rates) {
  if (rates.empty()) return;
  TextTable table({title, session.Say("frågade", "asked"), session.Say("placerade", "placed"),
                   session.Say("utanför", "outside"), session.Say("saknas", "not found"),
                   session.Say("för grova", "too coarse"), session.Say("hittade", "found"), ""});
  for (const v1::HitRate& rate : rates)
    table.Add({rate.group() == "?" ? session.Say("okänd ort", "unknown locality") : rate.group(),
               CountText(rate.asked_count()), CountText(rate.placed_count()), CountText(rate.outside_count()),
               CountText(rate.unplaced_count()), CountText(rate.coarse_count()), Percent(rate.hit_fraction()),
               rate.below_threshold() ? session.Say("under 85 %", "under 85 %") : ""});
  table.Print("  ");
}

std::string EnglishWarning(const std::string& group, const v1::HitRate& rate) {
  return group + ": " + CountText(rate.placed_count() + rate.outside_count()) + " of " +
         CountText(rate.asked_count()) + " places were found (" + Percent(rate.hit_fraction()) +
         "). Under 85 %, so many are missing that the map may show the wrong places.";
}

void PrintWarnings(Session& session, const v1::GetGeocodingReportResponse& report) {
  std::vector<std::string> warnings(report.warnings_sv().begin(), report.warnings_sv().end());
  if (!session.swedish()) {  // the service's own sentences are Swedish
    warnings.clear();
    if (report.total().below_threshold()) warnings.push_back(EnglishWarning("All reporters", report.total()));
    for (const auto* rates : {&report.reporters(), &report.localities()})
      for (const v1::HitRate& rate : *rates)
        if (rate.below_threshold())
          warnings.push_back(EnglishWarning(rate.group() == "?" ? "Unknown locality" : rate.group(), rate));
  }
  if (!session.swedish() && report.stale_resolution_count() > 0)
    warnings.push_back(CountText(report.stale_resolution_count()) +
                       " decisions name an address or place that the register does not have any more. The "
                       "position of their day stands; decide anew.");
  for (const std::string& warning : warnings)
    std::printf("%s: %s\n", session.Say("VARNING", "WARNING"), warning.c_str());
}

void PrintHow(Session& session, const v1::GetGeocodingReportResponse& report) {
  TextTable table(
      {session.Say("nivå eller orsak", "level or reason"), session.Say("händelser", "incidents")});
  for (const v1::LevelCount& level : report.levels())
    table.Add({LevelWord(level.level()), CountText(level.incident_count())});
  for (const v1::ReasonCount& reason : report.reasons())
    table.Add({session.Say("ingen plats: ", "no place: ") + ReasonWord(reason.reason()),
               CountText(reason.incident_count())});
  table.Print("  ");
}

void PrintTexts(Session& session, const v1::GetGeocodingReportResponse& report) {
  if (report.texts().empty()) return;
  std::printf("%s\n", session.Say("Reda ut dessa först (lagesbild review resolve NAMN ...):",
                                  "Resolve these first (lagesbild review resolve NAME ...):"));
  TextTable table({session.Say("händelse", "incident"), session.Say("antal", "count"),
                   session.Say("stavningar", "spellings"), session.Say("ort", "locality"),
                   session.Say("plats", "place")});
  for (const v1::TextToResolve& text : report.texts())
    table.Add({text.incident_name(), CountText(text.incident_count()), CountText(text.spelling_count()),
               text.locality(), text.text()});
  table.Print("  ");
}

const char* PileUpWord(Session& session, v1::PileUpKind kind) {
  switch (kind) {
    case v1::PILE_UP_KIND_DEFAULT_POINT:
      return session.Say("standardpunkt?", "default point?");
    case v1::PILE_UP_KIND_CENTROID:
      return session.Say("mittpunkt", "centroid");
    default:
      return session.Say("upprepningar", "repeats");
  }
}

void PrintPileUps(Session& session, const v1::GetGeocodingReportResponse& report) {
  if (report.pile_ups().empty()) return;
  std::printf("%s\n",
              session.Say("Punkter som samlar händelser (standardpunkter och mittpunkter är troligen inte "
                          "händelsernas egna platser):",
                          "Points that collect incidents (default points and centroids are probably not the "
                          "incidents' own places):"));
  TextTable table({session.Say("slag", "kind"), session.Say("händelser", "incidents"),
                   session.Say("texter", "texts"), session.Say("uppgiftslämnare", "reporters"),
                   session.Say("kategorier", "categories"), session.Say("dagar", "days"),
                   session.Say("andel av en", "share of one"), session.Say("plats", "place")});
  for (const v1::PileUp& pile : report.pile_ups()) {
    char position[48];
    std::snprintf(position, sizeof position, "E %.0f, N %.0f", pile.plane_position().easting_m(),
                  pile.plane_position().northing_m());
    table.Add(
        {PileUpWord(session, pile.kind()), CountText(pile.incident_count()), CountText(pile.text_count()),
         CountText(pile.reporter_count()), CountText(pile.category_count()), CountText(pile.day_count()),
         Percent(pile.reporter_fraction()), (pile.label().empty() ? "" : pile.label() + "; ") + position});
  }
  table.Print("  ");
}

}  // namespace

void ReviewReport(Session& session, const std::string& first_quarter, const std::string& last_quarter) {
  v1::GetGeocodingReportRequest request;
  if (!first_quarter.empty()) *request.mutable_first_quarter() = ParseQuarterOption(first_quarter);
  if (!last_quarter.empty()) *request.mutable_last_quarter() = ParseQuarterOption(last_quarter);
  const auto stub = session.Stub<v1::IncidentService>();
  const auto context = session.Context();
  v1::GetGeocodingReportResponse report;
  session.Check(stub->GetGeocodingReport(context.get(), request, &report));
  if (session.json()) return session.PrintJson(report);
  if (report.total().asked_count() == 0) {
    std::printf("%s\n", session.Say("Inga händelser med plats.", "No incidents with a place."));
    return;
  }
  const v1::HitRate& total = report.total();
  std::printf(
      session.Say("%lld av %lld platser hittades (%s); %lld av dem är för grova för täthet och rutor.\n",
                  "%lld of %lld places were found (%s); %lld of them are too coarse for density and grid.\n"),
      static_cast<long long>(total.placed_count() + total.outside_count()),
      static_cast<long long>(total.asked_count()), Percent(total.hit_fraction()).c_str(),
      static_cast<long long>(total.coarse_count()));
  PrintWarnings(session, report);
  PrintRates(session, session.Say("uppgiftslämnare", "reporter"), report.reporters());
  PrintRates(session, session.Say("ort", "locality"), report.localities());
  PrintRates(session, session.Say("månad", "month"), report.months());
  PrintHow(session, report);
  PrintTexts(session, report);
  PrintPileUps(session, report);
}

}  // namespace lagesbild::tools
