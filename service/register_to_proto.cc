#include <google/protobuf/util/time_util.h>

#include <numeric>

#include "geo/match_fault.h"
#include "service/convert.h"
#include "service/municipality.h"
#include "service/register_age.h"

namespace lagesbild::service {
namespace {

v1::RegisterKind RegisterKindToProto(const std::string& kind) {
  return kind == "addresses"    ? v1::REGISTER_KIND_ADDRESSES
         : kind == "reference"  ? v1::REGISTER_KIND_REFERENCE
         : kind == "population" ? v1::REGISTER_KIND_POPULATION
         : kind == "places"     ? v1::REGISTER_KIND_PLACES
         : kind == "roads"      ? v1::REGISTER_KIND_ROADS
         : kind == "properties" ? v1::REGISTER_KIND_PROPERTIES
         : kind == "neighbors"  ? v1::REGISTER_KIND_NEIGHBORS
                                : v1::REGISTER_KIND_UNSPECIFIED;
}

v1::MoveCounts ToProto(const geo::MoveCounts& counts) {
  v1::MoveCounts result;
  result.set_up_to_10_m_count(counts[0]);
  result.set_up_to_50_m_count(counts[1]);
  result.set_up_to_250_m_count(counts[2]);
  result.set_up_to_1000_m_count(counts[3]);
  result.set_beyond_count(counts[4]);
  return result;
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

}  // namespace

std::optional<google::protobuf::Timestamp> TimeToProto(const std::string& iso) {
  google::protobuf::Timestamp time;
  if (iso.empty() || !google::protobuf::util::TimeUtil::FromString(iso, &time)) {
    return std::nullopt;
  }
  return time;
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

v1::PlaceComparison ToProto(const geo::PlaceComparison& comparison) {
  v1::PlaceComparison result;
  result.set_compared_count(comparison.compared);
  result.set_placed_count(comparison.placed);
  result.set_coarse_count(comparison.coarse);
  result.set_median_m(comparison.median.value());
  result.set_p90_m(comparison.p90.value());
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

v1::RegisterVersion ToProto(const RegisterVersion& version, std::string_view now) {
  v1::RegisterVersion result;
  if (version.id != 0) {
    result.set_name("registers/" + std::to_string(version.id));
  }
  result.set_kind(RegisterKindToProto(version.kind));
  result.set_sha256(version.sha256);
  if (const auto time = TimeToProto(version.imported_at)) {
    *result.mutable_import_time() = *time;
  }
  result.set_synthetic(version.synthetic);
  result.set_read_count(version.read);
  result.set_accepted_count(version.accepted);
  result.set_not_in_force_count(version.not_in_force);
  result.set_rejected_count(version.rejected);
  result.set_content_date(version.dated_on);
  result.set_age_warning_sv(AgeWarningSv(version, now));
  result.set_part(version.part);
  result.set_attribution(version.attribution);
  return result;
}

v1::RegisterFinding ToProto(const maps::RegisterFinding& finding) {
  v1::RegisterFinding result;
  result.set_kept(finding.kept);
  result.set_column(finding.column);
  result.set_reason(finding.reason);
  result.set_reason_sv(finding.reason_sv);
  result.set_count(finding.count);
  result.mutable_first_rows()->Add(finding.first.begin(), finding.first.end());
  return result;
}

v1::RegisterDifference ToProto(const RegisterUpdate& update) {
  v1::RegisterDifference result;
  result.set_unchanged_count(update.points.unchanged);
  result.set_added_count(update.points.added);
  result.set_removed_count(update.points.removed);
  result.set_renamed_count(update.points.renamed);
  *result.mutable_moved() = ToProto(update.points.moved);
  for (const auto& [code, moves] : update.quarters) {
    v1::QuarterMoves* quarter = result.add_quarters();
    if (const auto parsed = geo::ParseQuarter(code)) {
      *quarter->mutable_quarter() = ToProto(*parsed);
    }
    *quarter->mutable_moved() = ToProto(moves.moved);
    quarter->set_gone_count(moves.gone);
    quarter->set_unclear_count(moves.unclear);
    quarter->set_found_count(moves.found);
    quarter->set_now_inside_count(moves.now_inside);
    quarter->set_now_outside_count(moves.now_outside);
  }
  return result;
}

v1::Municipality ToProto(const Municipality& municipality, double area_km2) {
  v1::Municipality result;
  result.set_code(municipality.code);
  result.set_name(municipality.name);
  result.set_synthetic(municipality.synthetic);
  result.set_address_style(municipality.gazetteer.address_style);
  result.set_epsg_code(static_cast<int>(municipality.crs));
  result.set_area_km2(area_km2);
  result.set_address_count(static_cast<std::int64_t>(municipality.gazetteer.addresses.size()));
  result.set_place_count(static_cast<std::int64_t>(municipality.gazetteer.places.size()));
  result.set_road_count(static_cast<std::int64_t>(municipality.gazetteer.roads.size()));
  result.set_property_count(static_cast<std::int64_t>(municipality.gazetteer.properties.size()));
  result.set_neighbor_count(static_cast<std::int64_t>(municipality.gazetteer.neighbors.size()));
  for (const std::string& attribution : Attributions(municipality.registers)) {
    result.add_attributions(attribution);
  }
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
  result.set_disconnected_date(reporter.disconnected);
  for (const std::string& area : reporter.areas) result.add_area_codes(area);
  for (const std::string& age : reporter.ages) result.add_age_group_codes(age);
  result.set_contact_role(reporter.contact_role);
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

v1::MatchCategory ToProto(geo::MatchCategory category) {
  switch (category) {
    case geo::MatchCategory::kA:
      return v1::MATCH_CATEGORY_A;
    case geo::MatchCategory::kB:
      return v1::MATCH_CATEGORY_B;
    case geo::MatchCategory::kC:
      return v1::MATCH_CATEGORY_C;
    case geo::MatchCategory::kNone:
      break;
  }
  return v1::MATCH_CATEGORY_UNSPECIFIED;
}

v1::TextSpan ToProto(geo::TextSpan span) {
  v1::TextSpan result;
  result.set_begin(static_cast<int>(span.begin));
  result.set_end(static_cast<int>(span.end));
  return result;
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
  result.set_category(ToProto(match.category));
  result.set_score(match.score);
  *result.mutable_span() = ToProto(match.span);
  for (std::size_t i = 0; i < match.faults.size(); ++i) {
    result.add_faults(match.faults[i]);
    v1::MatchFault& detail = *result.add_fault_details();
    detail.set_code(match.faults[i]);
    detail.set_penalty(geo::FaultPenalty(match.faults[i]));
    *detail.mutable_span() = ToProto(i < match.fault_spans.size() ? match.fault_spans[i] : geo::TextSpan{});
  }
  for (const std::string& candidate : match.candidates) {
    result.add_candidates(candidate);
  }
  return result;
}

}  // namespace lagesbild::service
