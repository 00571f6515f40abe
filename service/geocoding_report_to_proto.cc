#include "service/convert.h"
#include "service/geocoding_report.h"
#include "service/services.h"

namespace lagesbild::service {
namespace {

v1::HitRate RateToProto(const std::string& group, const geo::HitRate& rate) {
  v1::HitRate result;
  result.set_group(group);
  result.set_asked_count(rate.asked);
  result.set_placed_count(rate.placed);
  result.set_outside_count(rate.outside);
  result.set_unplaced_count(rate.unplaced);
  result.set_coarse_count(rate.coarse);
  result.set_hit_fraction(rate.fraction());
  result.set_below_threshold(rate.below_threshold());
  return result;
}

v1::PileUpKind KindToProto(geo::PileUpKind kind) {
  switch (kind) {
    case geo::PileUpKind::kDefaultPoint:
      return v1::PILE_UP_KIND_DEFAULT_POINT;
    case geo::PileUpKind::kCentroid:
      return v1::PILE_UP_KIND_CENTROID;
    case geo::PileUpKind::kRepeats:
      break;
  }
  return v1::PILE_UP_KIND_REPEATS;
}

v1::PileUp PileToProto(const NamedPileUp& named) {
  v1::PileUp result;
  result.set_kind(KindToProto(named.pile.kind));
  *result.mutable_plane_position() = ToProto(named.pile.position);
  result.set_label(named.label);
  result.set_incident_count(named.pile.incidents);
  result.set_text_count(named.pile.texts);
  result.set_reporter_count(named.pile.reporters);
  result.set_category_count(named.pile.categories);
  result.set_day_count(named.pile.days);
  result.set_reporter_fraction(named.pile.reporter_share);
  return result;
}

void Fill(const GeocodingReport& report, v1::GetGeocodingReportResponse& response) {
  *response.mutable_total() = RateToProto("", report.tally.total());
  for (const auto& [code, rate] : report.tally.reporters())
    *response.add_reporters() = RateToProto(code, rate);
  for (const auto& [name, rate] : report.tally.localities())
    *response.add_localities() = RateToProto(name, rate);
  for (const auto& [month, rate] : report.tally.months()) *response.add_months() = RateToProto(month, rate);
  for (const auto& [level, count] : report.tally.levels()) {
    v1::LevelCount& told = *response.add_levels();
    told.set_level(ToProto(level));
    told.set_incident_count(count);
  }
  for (const auto& [reason, count] : report.tally.reasons()) {
    v1::ReasonCount& told = *response.add_reasons();
    told.set_reason(ToProto(reason));
    told.set_incident_count(count);
  }
  for (const std::string& warning : report.warnings_sv) response.add_warnings_sv(warning);
  for (const geo::AlikeTexts& texts : report.texts) {
    v1::TextToResolve& told = *response.add_texts();
    told.set_text(texts.text);
    told.set_locality(texts.locality);
    told.set_incident_count(texts.count);
    told.set_spelling_count(texts.spellings);
    told.set_incident_name("incidents/" + std::to_string(texts.first_id));
  }
  response.set_stale_resolution_count(report.stale_decisions);
  for (const NamedPileUp& pile : report.pile_ups) *response.add_pile_ups() = PileToProto(pile);
}

}  // namespace

grpc::Status IncidentServiceImpl::GetGeocodingReport(grpc::ServerContext* context,
                                                     const v1::GetGeocodingReportRequest* request,
                                                     v1::GetGeocodingReportResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.IncidentService/GetGeocodingReport", [&](const Call& call) {
    Violations violations;
    std::optional<geo::CalendarQuarter> first, last;
    if (request->has_first_quarter())
      first = FromProto(request->first_quarter(), "first_quarter", violations);
    if (request->has_last_quarter()) last = FromProto(request->last_quarter(), "last_quarter", violations);
    if (last && !first) violations.Add("last_quarter", "needs `first_quarter`");
    if (first && last && *last < *first) violations.Add("last_quarter", "must not be before `first_quarter`");
    violations.ThrowIfAny();
    const auto loaded = with_.gazetteer.Get();
    Fill(MakeGeocodingReport(with_.store, *loaded, first, last, call.stop()), *response);
  });
}

}  // namespace lagesbild::service
