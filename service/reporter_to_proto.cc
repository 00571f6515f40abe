#include "service/convert.h"

namespace lagesbild::service {
namespace {

v1::ReporterCounts ToProto(const ReporterCounts& counts) {
  v1::ReporterCounts result;
  result.set_connected_count(counts.connected);
  result.set_active_count(counts.active);
  result.set_lost_count(counts.lost);
  return result;
}

}  // namespace

v1::ReporterKind ToProto(ReporterKind kind) {
  switch (kind) {
    case ReporterKind::kPolice:
      return v1::REPORTER_KIND_POLICE;
    case ReporterKind::kSchool:
      return v1::REPORTER_KIND_SCHOOL;
    case ReporterKind::kSocialServices:
      return v1::REPORTER_KIND_SOCIAL_SERVICES;
    case ReporterKind::kHousing:
      return v1::REPORTER_KIND_HOUSING;
    case ReporterKind::kCompany:
      return v1::REPORTER_KIND_COMPANY;
    case ReporterKind::kAssociation:
      return v1::REPORTER_KIND_ASSOCIATION;
    case ReporterKind::kMunicipality:
      return v1::REPORTER_KIND_MUNICIPALITY;
  }
  return v1::REPORTER_KIND_UNSPECIFIED;
}

v1::ReporterAnswer ToProto(geo::ReporterAnswer answer) {
  switch (answer) {
    case geo::ReporterAnswer::kNotAsked:
      return v1::REPORTER_ANSWER_NOT_ASKED;
    case geo::ReporterAnswer::kNoAnswer:
      return v1::REPORTER_ANSWER_NO_ANSWER;
    case geo::ReporterAnswer::kAnswered:
      return v1::REPORTER_ANSWER_ANSWERED;
    case geo::ReporterAnswer::kNothingToReport:
      return v1::REPORTER_ANSWER_NOTHING_TO_REPORT;
  }
  return v1::REPORTER_ANSWER_UNSPECIFIED;
}

v1::QuarterAnswers ToProto(const QuarterCoverage& coverage) {
  v1::QuarterAnswers result;
  *result.mutable_quarter() = ToProto(coverage.quarter);
  for (const ReporterStatus& status : coverage.reporters) {
    v1::ReporterStatus& added = *result.add_reporters();
    added.set_reporter_code(status.reporter.code);
    added.set_display_name(status.reporter.name);
    added.set_kind(ToProto(status.reporter.kind));
    added.set_answer(ToProto(status.answer));
    added.set_asked_date(status.asked_on);
    added.set_nothing_to_report_date(status.nothing_on);
  }
  result.set_answered_count(coverage.tally.answered);
  result.set_nothing_to_report_count(coverage.tally.nothing_to_report);
  result.set_no_answer_count(coverage.tally.no_answer);
  result.set_not_asked_count(coverage.tally.not_asked);
  *result.mutable_response_rate() = ToProto(geo::ResponseRate(coverage.tally));
  *result.mutable_all() = ToProto(coverage.all);
  *result.mutable_companies_and_associations() = ToProto(coverage.companies_and_associations);
  if (coverage.aim) result.set_aim_count(*coverage.aim);
  return result;
}

v1::PanelComparison ToProto(const geo::ComparablePanel& panel) {
  const geo::PanelStatistics statistics = geo::StatisticsOf(panel);
  v1::PanelComparison result;
  *result.mutable_earlier_quarter() = ToProto(panel.earlier);
  *result.mutable_later_quarter() = ToProto(panel.later);
  result.mutable_comparable_reporter_codes()->Assign(panel.comparable.begin(), panel.comparable.end());
  result.set_earlier_count(panel.change.earlier);
  result.set_later_count(panel.change.later);
  *result.mutable_ratio() = ToProto(statistics.ratio);
  *result.mutable_ratio_lower() = ToProto(statistics.lower);
  *result.mutable_ratio_upper() = ToProto(statistics.upper);
  *result.mutable_p_value() = ToProto(statistics.p_value);
  *result.mutable_change_percent() = ToProto(statistics.percent);
  result.set_clear(panel.change.clear);
  if (panel.possible()) result.set_change_text_sv(geo::ChangeTextSv(panel.change));
  result.mutable_new_reporter_codes()->Assign(panel.joined.begin(), panel.joined.end());
  result.set_new_reporter_incident_count(panel.joined_incidents);
  result.mutable_returned_reporter_codes()->Assign(panel.returned.begin(), panel.returned.end());
  result.set_returned_reporter_incident_count(panel.returned_incidents);
  result.mutable_lost_reporter_codes()->Assign(panel.lost.begin(), panel.lost.end());
  result.set_lost_reporter_incident_count(panel.lost_incidents);
  result.set_all_earlier_count(panel.all_earlier);
  result.set_all_later_count(panel.all_later);
  return result;
}

}  // namespace lagesbild::service
