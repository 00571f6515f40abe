#include "geo/errors.h"
#include "service/convert.h"

namespace lagesbild::service {
namespace {

template <class... Cases>
struct Overload : Cases... {
  using Cases::operator()...;
};

v1::PlaceKind ToProto(geo::PlaceKind kind) {
  switch (kind) {
    case geo::PlaceKind::kPlaced:
      return v1::PLACE_KIND_PLACED;
    case geo::PlaceKind::kUnplaced:
      return v1::PLACE_KIND_UNPLACED;
    case geo::PlaceKind::kDigital:
      return v1::PLACE_KIND_DIGITAL;
  }
  return v1::PLACE_KIND_UNSPECIFIED;
}

v1::AgeRole ToProto(geo::AgeRole role) {
  switch (role) {
    case geo::AgeRole::kVictim:
      return v1::AGE_ROLE_VICTIM;
    case geo::AgeRole::kSuspect:
      return v1::AGE_ROLE_SUSPECT;
    case geo::AgeRole::kInvolved:
      return v1::AGE_ROLE_INVOLVED;
    case geo::AgeRole::kUnknown:
      return v1::AGE_ROLE_UNSPECIFIED;
  }
  return v1::AGE_ROLE_UNSPECIFIED;
}

v1::JobState ToProto(JobState state) {
  switch (state) {
    case JobState::kQueued:
      return v1::JOB_STATE_QUEUED;
    case JobState::kRunning:
      return v1::JOB_STATE_RUNNING;
    case JobState::kSucceeded:
      return v1::JOB_STATE_SUCCEEDED;
    case JobState::kFailed:
      return v1::JOB_STATE_FAILED;
    case JobState::kCancelled:
      return v1::JOB_STATE_CANCELLED;
  }
  return v1::JOB_STATE_UNSPECIFIED;
}

}  // namespace

v1::LonLat ToProto(geo::LonLat position) {
  v1::LonLat result;
  result.set_lon(position.lon.value());
  result.set_lat(position.lat.value());
  return result;
}

v1::PlanePoint ToProto(geo::PlanePoint position) {
  v1::PlanePoint result;
  result.set_easting_m(position.easting.value());
  result.set_northing_m(position.northing.value());
  return result;
}

v1::CalendarQuarter ToProto(geo::CalendarQuarter quarter) {
  v1::CalendarQuarter result;
  result.set_year(quarter.year);
  result.set_number(quarter.number);
  return result;
}

v1::Statistic ToProto(const geo::Statistic& statistic) {
  v1::Statistic result;
  std::visit(Overload{[&](double value) { result.set_value(value); },
                      [&](geo::Suppressed) { result.mutable_suppressed(); },
                      [&](const geo::Undefined& undefined) {
                        result.mutable_undefined()->set_reason(undefined.reason);
                      },
                      [&](geo::TooFew too_few) {
                        result.mutable_too_few()->set_found_count(too_few.found);
                        result.mutable_too_few()->set_minimum_count(too_few.minimum);
                      },
                      [&](geo::NotCovered) { result.mutable_not_covered(); }},
             statistic);
  return result;
}

v1::Tally ToProto(const geo::Tally& tally) {
  v1::Tally result;
  result.set_read_count(tally.read);
  result.set_accepted_count(tally.accepted);
  result.set_rejected_count(tally.rejected);
  result.set_duplicate_count(tally.duplicate);
  result.set_placed_count(tally.placed);
  result.set_unplaced_count(tally.unplaced);
  result.set_digital_count(tally.digital);
  result.set_outside_count(tally.outside);
  result.set_too_coarse_count(tally.too_coarse);
  result.set_corrected_count(tally.corrected);
  result.set_superseded_count(tally.superseded);
  return result;
}

v1::GroupTally ToProto(const geo::GroupTally& tally) {
  v1::GroupTally result;
  result.set_group_code(tally.group);
  *result.mutable_incidents() = ToProto(tally.incidents);
  *result.mutable_persons() = ToProto(tally.persons);
  return result;
}

v1::Import ToProto(const ImportBatch& batch) {
  v1::Import result;
  if (batch.id != 0) {
    result.set_name("imports/" + std::to_string(batch.id));
  }
  result.set_reporter_code(batch.reporter);
  result.set_file_name(batch.file_name);
  result.set_content_sha256(batch.content_sha256);
  if (const auto time = TimeToProto(batch.imported_at)) {
    *result.mutable_import_time() = *time;
  }
  result.set_undone(batch.undone);
  *result.mutable_incidents() = ToProto(batch.incidents);
  *result.mutable_persons() = ToProto(batch.persons);
  for (const geo::GroupTally& group : batch.groups) {
    *result.add_groups() = ToProto(group);
  }
  for (const std::string& code : batch.quarters) {
    if (const auto quarter = geo::ParseQuarter(code)) {
      *result.add_quarters() = ToProto(*quarter);
    }
  }
  return result;
}

v1::RejectedRow ToProto(const RejectedImportRow& row) {
  v1::RejectedRow result;
  result.set_row_number(row.row);
  result.set_column(row.column);
  result.set_reason(row.reason);
  result.set_message_sv(row.message);
  return result;
}

v1::Incident ToProto(const StoredIncident& stored, const geo::AgeScheme& scheme) {
  const geo::Incident& incident = stored.incident;
  v1::Incident result;
  result.set_name("incidents/" + std::to_string(incident.id));
  result.set_reporter_code(incident.reporter);
  result.set_date(geo::IsoDate(incident.date));
  result.set_category_code(std::string(geo::InfoOf(incident.category).code));
  result.set_place_kind(ToProto(incident.place));
  result.set_unplaced_reason(ToProto(incident.reason));
  result.set_match_level(ToProto(incident.level));
  result.set_accuracy_radius_m(incident.accuracy_radius.value());
  for (const geo::Person& person : incident.persons) {
    v1::Person* added = result.add_persons();
    added->set_role(ToProto(person.role));
    added->set_age_span_code(geo::SpanCode(scheme, person.age));
    added->set_age_estimated(person.age_estimated);
  }
  result.set_row_number(stored.source_row);
  return result;
}

v1::UnresolvedPlace ToProto(const UnresolvedPlace& place) {
  v1::UnresolvedPlace result;
  result.set_incident_name("incidents/" + std::to_string(place.incident_id));
  result.set_text(place.text);
  result.set_locality(place.locality);
  for (const auto reason : {geo::UnplacedReason::kNoPlaceGiven, geo::UnplacedReason::kNotFound,
                            geo::UnplacedReason::kNumberNotFound, geo::UnplacedReason::kAmbiguous,
                            geo::UnplacedReason::kOutside}) {
    if (geo::UnplacedReasonCode(reason) == place.reason) {
      result.set_reason(ToProto(reason));
    }
  }
  result.set_expire_date(place.expires_on);
  return result;
}

v1::Job ToProto(const JobRecord& job) {
  v1::Job result;
  result.set_name("jobs/" + std::to_string(job.id));
  result.set_kind(job.kind);
  result.set_state(ToProto(job.state));
  result.set_progress_fraction(job.progress_fraction);
  result.set_stage(job.stage);
  if (job.state == JobState::kFailed) {
    result.mutable_error()->set_code(job.error_code);
    result.mutable_error()->set_message(job.error_message);
    result.mutable_error()->set_reason(job.error_reason);
  }
  result.set_result(job.result);
  if (const auto time = TimeToProto(job.created_at)) {
    *result.mutable_create_time() = *time;
  }
  if (const auto time = TimeToProto(job.started_at)) {
    *result.mutable_start_time() = *time;
  }
  if (const auto time = TimeToProto(job.finished_at)) {
    *result.mutable_finish_time() = *time;
  }
  return result;
}

v1::Audience AudienceToProto(std::string_view audience) {
  return audience == "internal"  ? v1::AUDIENCE_INTERNAL
         : audience == "partner" ? v1::AUDIENCE_PARTNER
         : audience == "public"  ? v1::AUDIENCE_PUBLIC
                                 : v1::AUDIENCE_UNSPECIFIED;
}

v1::Layer LayerToProto(const PictureRecord& picture, const StoredFile& file) {
  v1::Layer result;
  result.set_name("pictures/" + std::to_string(picture.id) + "/layers/" + file.name);
  result.set_file_name(file.name);
  result.set_media_type(file.media_type);
  result.set_title_sv(file.title_sv);
  result.set_group_code(file.layer_group);
  result.set_size_bytes(file.size);
  result.set_sha256(file.sha256);
  if (const auto quarter = geo::ParseQuarter(picture.quarter)) {
    *result.mutable_quarter() = ToProto(*quarter);
  }
  result.set_audience(AudienceToProto(picture.audience));
  return result;
}

v1::Picture ToProto(const PictureRecord& picture, bool with_numbers, bool for_makers) {
  v1::Picture result;
  result.set_name("pictures/" + std::to_string(picture.id));
  result.set_run_id(picture.run_id);
  if (const auto quarter = geo::ParseQuarter(picture.quarter)) {
    *result.mutable_quarter() = ToProto(*quarter);
  }
  result.set_audience(AudienceToProto(picture.audience));
  result.set_parameters_hash(picture.parameters_hash);
  result.set_program_version(picture.program_version);
  if (const auto time = TimeToProto(picture.created_at)) {
    *result.mutable_create_time() = *time;
  }
  for (const StoredFile& file : picture.files) {
    *result.add_layers() = LayerToProto(picture, file);
  }
  result.set_published(picture.published);
  if (for_makers) result.set_stale(picture.stale);
  const bool internal = picture.audience == "internal";
  if (internal) {
    result.set_data_version(picture.data_version);
  }
  if (with_numbers && internal) {
    *result.mutable_numbers() = PictureNumbersToProto(picture.summary_json);
  } else if (with_numbers) {
    *result.mutable_released() = ReleasedNumbersToProto(picture.summary_json);
  }
  return result;
}

}  // namespace lagesbild::service
