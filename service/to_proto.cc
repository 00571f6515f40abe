#include <google/protobuf/util/time_util.h>

#include <numeric>

#include "geo/errors.h"
#include "service/convert.h"

namespace lagesbild::service {
namespace {

template <class... Cases>
struct Overload : Cases... {
  using Cases::operator()...;
};

/// "2026-11-25T00:00:00Z" -> instant; empty for an empty text.
std::optional<google::protobuf::Timestamp> Time(const std::string& iso) {
  google::protobuf::Timestamp time;
  if (iso.empty() || !google::protobuf::util::TimeUtil::FromString(iso, &time)) {
    return std::nullopt;
  }
  return time;
}

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

v1::RegisterKind RegisterKindToProto(const std::string& kind) {
  return kind == "addresses"    ? v1::REGISTER_KIND_ADDRESSES
         : kind == "reference"  ? v1::REGISTER_KIND_REFERENCE
         : kind == "population" ? v1::REGISTER_KIND_POPULATION
                                : v1::REGISTER_KIND_UNSPECIFIED;
}

v1::AgeGroupKind ToProto(geo::AgeGroupKind kind) {
  switch (kind) {
    case geo::AgeGroupKind::kHeadline:
      return v1::AGE_GROUP_KIND_HEADLINE;
    case geo::AgeGroupKind::kUnknown:
      return v1::AGE_GROUP_KIND_UNKNOWN;
    case geo::AgeGroupKind::kSubtotal:
      return v1::AGE_GROUP_KIND_SUBTOTAL;
    case geo::AgeGroupKind::kTotal:
      return v1::AGE_GROUP_KIND_TOTAL;
  }
  return v1::AGE_GROUP_KIND_UNSPECIFIED;
}

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
  return result;
}

v1::GroupTally ToProto(const geo::GroupTally& tally) {
  v1::GroupTally result;
  result.set_group_code(tally.group);
  *result.mutable_incidents() = ToProto(tally.incidents);
  *result.mutable_persons() = ToProto(tally.persons);
  return result;
}

v1::AgeGroup ToProto(const geo::AgeGroup& group) {
  v1::AgeGroup result;
  result.set_code(group.code);
  result.set_slug(group.slug);
  result.set_label_sv(group.label_sv);
  result.set_label_en(group.label_en);
  result.set_kind(ToProto(group.kind));
  result.set_first_age(group.first_age);
  result.set_last_age(group.last_age);
  return result;
}

v1::AgeScheme ToProto(const geo::AgeScheme& scheme) {
  v1::AgeScheme result;
  result.set_version(scheme.version);
  result.set_valid_from_date(scheme.valid_from);
  for (const geo::AtomicBand& band : scheme.bands) {
    v1::AgeBand* added = result.add_bands();
    added->set_code(band.code);
    added->set_first_age(band.first_age);
    added->set_last_age(band.last_age);
  }
  for (const geo::AgeGroup& group : scheme.groups) {
    *result.add_groups() = ToProto(group);
  }
  return result;
}

v1::Category ToProto(const geo::CategoryInfo& category) {
  v1::Category result;
  result.set_code(std::string(category.code));
  result.set_label_sv(std::string(category.label_sv));
  result.set_label_en(std::string(category.label_en));
  result.set_digital(category.digital);
  result.set_sensitive(category.sensitive);
  result.set_incident(category.incident);
  return result;
}

v1::RegisterVersion ToProto(const RegisterVersion& version) {
  v1::RegisterVersion result;
  result.set_name("registers/" + std::to_string(version.id));
  result.set_kind(RegisterKindToProto(version.kind));
  result.set_sha256(version.sha256);
  if (const auto time = Time(version.imported_at)) {
    *result.mutable_import_time() = *time;
  }
  result.set_synthetic(version.synthetic);
  result.set_read_count(version.read);
  result.set_accepted_count(version.accepted);
  result.set_not_in_force_count(version.not_in_force);
  result.set_rejected_count(version.rejected);
  return result;
}

v1::Municipality ToProto(const Municipality& municipality, double area_km2) {
  v1::Municipality result;
  result.set_code(municipality.code);
  result.set_name(municipality.name);
  result.set_synthetic(municipality.synthetic);
  result.set_epsg_code(static_cast<int>(municipality.crs));
  result.set_area_km2(area_km2);
  result.set_address_count(static_cast<std::int64_t>(municipality.gazetteer.addresses.size()));
  result.set_place_count(static_cast<std::int64_t>(municipality.gazetteer.places.size()));
  result.set_inhabitant_count(
      std::accumulate(municipality.inhabitants.begin(), municipality.inhabitants.end(), std::int64_t{0},
                      [](std::int64_t sum, const geo::Inhabitants& some) { return sum + some.count; }));
  for (const geo::NamedArea& area : municipality.districts) {
    v1::Area* added = result.add_districts();
    added->set_code(area.code);
    added->set_name(area.name);
  }
  for (const geo::NamedArea& area : municipality.localities) {
    v1::Area* added = result.add_localities();
    added->set_code(area.code);
    added->set_name(area.name);
  }
  return result;
}

v1::Reporter ToProto(const Reporter& reporter) {
  v1::Reporter result;
  result.set_code(reporter.code);
  result.set_display_name(reporter.name);
  result.set_kind(ToProto(reporter.kind));
  result.set_home_locality(reporter.home_locality);
  result.set_onboarded_date(reporter.onboarded);
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
  if (const auto time = Time(batch.imported_at)) {
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
  if (const auto time = Time(job.created_at)) {
    *result.mutable_create_time() = *time;
  }
  if (const auto time = Time(job.started_at)) {
    *result.mutable_start_time() = *time;
  }
  if (const auto time = Time(job.finished_at)) {
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

v1::Picture ToProto(const PictureRecord& picture, bool with_summary) {
  v1::Picture result;
  result.set_name("pictures/" + std::to_string(picture.id));
  result.set_run_id(picture.run_id);
  if (const auto quarter = geo::ParseQuarter(picture.quarter)) {
    *result.mutable_quarter() = ToProto(*quarter);
  }
  result.set_audience(AudienceToProto(picture.audience));
  result.set_data_version(picture.data_version);
  result.set_parameters_hash(picture.parameters_hash);
  result.set_program_version(picture.program_version);
  if (const auto time = Time(picture.created_at)) {
    *result.mutable_create_time() = *time;
  }
  result.set_stale(picture.stale);
  for (const StoredFile& file : picture.files) {
    *result.add_layers() = LayerToProto(picture, file);
  }
  if (with_summary) {
    result.set_summary_json(picture.summary_json);
  }
  return result;
}

v1::MatchLevel ToProto(geo::MatchLevel level) {
  switch (level) {
    case geo::MatchLevel::kAddressPoint:
      return v1::MATCH_LEVEL_ADDRESS_POINT;
    case geo::MatchLevel::kAddressNumber:
      return v1::MATCH_LEVEL_ADDRESS_NUMBER;
    case geo::MatchLevel::kInterpolated:
      return v1::MATCH_LEVEL_INTERPOLATED;
    case geo::MatchLevel::kInterpolatedEnd:
      return v1::MATCH_LEVEL_INTERPOLATED_END;
    case geo::MatchLevel::kIntersection:
      return v1::MATCH_LEVEL_INTERSECTION;
    case geo::MatchLevel::kPoi:
      return v1::MATCH_LEVEL_POI;
    case geo::MatchLevel::kProperty:
      return v1::MATCH_LEVEL_PROPERTY;
    case geo::MatchLevel::kRoadPlace:
      return v1::MATCH_LEVEL_ROAD_PLACE;
    case geo::MatchLevel::kStreet:
      return v1::MATCH_LEVEL_STREET;
    case geo::MatchLevel::kLocality:
      return v1::MATCH_LEVEL_LOCALITY;
    case geo::MatchLevel::kPostcode:
      return v1::MATCH_LEVEL_POSTCODE;
    case geo::MatchLevel::kCoordinate:
      return v1::MATCH_LEVEL_COORDINATE;
    case geo::MatchLevel::kNone:
      return v1::MATCH_LEVEL_NONE;
  }
  return v1::MATCH_LEVEL_UNSPECIFIED;
}

v1::UnplacedReason ToProto(geo::UnplacedReason reason) {
  switch (reason) {
    case geo::UnplacedReason::kNone:
      return v1::UNPLACED_REASON_UNSPECIFIED;
    case geo::UnplacedReason::kNoPlaceGiven:
      return v1::UNPLACED_REASON_NO_PLACE_GIVEN;
    case geo::UnplacedReason::kNotFound:
      return v1::UNPLACED_REASON_NOT_FOUND;
    case geo::UnplacedReason::kNumberNotFound:
      return v1::UNPLACED_REASON_NUMBER_NOT_FOUND;
    case geo::UnplacedReason::kAmbiguous:
      return v1::UNPLACED_REASON_AMBIGUOUS;
    case geo::UnplacedReason::kOutside:
      return v1::UNPLACED_REASON_OUTSIDE;
  }
  return v1::UNPLACED_REASON_UNSPECIFIED;
}

v1::GeocodeMatch ToProto(const geo::GeocodeMatch& match, const geo::Projection& projection, bool inside) {
  v1::GeocodeMatch result;
  result.set_level(ToProto(match.level));
  result.set_unplaced_reason(ToProto(match.reason));
  if (match.placed()) {
    *result.mutable_position() = ToProto(projection.Inverse(match.position));
    *result.mutable_plane_position() = ToProto(match.position);
    result.set_epsg_code(static_cast<int>(projection.crs()));
    result.set_accuracy_radius_m(match.accuracy_radius.value());
    result.set_inside_boundary(inside);
  }
  result.set_matched(match.matched);
  for (const std::string& fault : match.faults) {
    result.add_faults(fault);
  }
  for (const std::string& candidate : match.candidates) {
    result.add_candidates(candidate);
  }
  return result;
}

}  // namespace lagesbild::service
