#include <nlohmann/json.hpp>
#include <stdexcept>

#include "service/convert.h"
#include "service/panel_json.h"

namespace lagesbild::service {
namespace {

using Json = nlohmann::json;

template <class T>
T Read(const Json& object, const char* key) {
  return object.at(key).get<T>();
}

v1::Statistic Value(double value) { return ToProto(geo::Statistic{value}); }

/// A statistic of `part` ("hotspot_test", "density"): its value, or why the whole part has none.
v1::Statistic StatisticOf(const Json& part, const std::function<double()>& value) {
  const auto status = Read<std::string>(part, "status");
  if (status == "VALUE") return Value(value());
  if (status == "TOO_FEW") {
    v1::Statistic statistic;
    v1::Statistic::TooFew& too_few = *statistic.mutable_too_few();
    too_few.set_found_count(Read<int>(part, "found"));
    too_few.set_minimum_count(Read<int>(part, "minimum"));
    too_few.set_coarser_group_code(Read<std::string>(part, "coarser_level"));
    return statistic;
  }
  return ToProto(geo::Statistic{geo::Undefined{Read<std::string>(part, "reason")}});
}

v1::Statistic StatisticOf(const Json& part, const char* key) {
  return StatisticOf(part, [&] { return Read<double>(part, key); });
}

/// A number that stands as a statistic of its own within `part`.
v1::Statistic NestedStatistic(const Json& part, const char* key) {
  if (Read<std::string>(part, "status") != "VALUE") return StatisticOf(part, key);
  return StatisticOf(part.at(key), "value");
}

v1::Tally TallyOf(const Json& json) {
  geo::Tally tally;
  tally.accepted = tally.read = Read<std::int64_t>(json, "accepted");
  tally.placed = Read<std::int64_t>(json, "placed");
  tally.unplaced = Read<std::int64_t>(json, "unplaced");
  tally.digital = Read<std::int64_t>(json, "digital");
  tally.outside = Read<std::int64_t>(json, "outside");
  tally.too_coarse = Read<std::int64_t>(json, "too_coarse");
  return ToProto(tally);
}

v1::LonLat PositionOf(const Json& place) {
  v1::LonLat position;
  position.set_lon(Read<double>(place, "lon"));
  position.set_lat(Read<double>(place, "lat"));
  return position;
}

v1::PlanePoint PlanePositionOf(const Json& place) {
  v1::PlanePoint position;
  position.set_easting_m(Read<double>(place, "easting_m"));
  position.set_northing_m(Read<double>(place, "northing_m"));
  return position;
}

/// What a hot place rests on.
void AddListed(const Json& json, v1::HotPlace& place) {
  *place.mutable_binomial_p() = Value(Read<double>(json, "binomial_p"));
  *place.mutable_interval_lower() = Value(Read<double>(json, "interval_lower"));
  *place.mutable_interval_upper() = Value(Read<double>(json, "interval_upper"));
  place.set_variant_count(Read<int>(json, "variants"));
  place.set_hot_variant_count(Read<int>(json, "hot_variants"));
  for (const Json& code : json.at("leans_on")) place.add_leaning_reporter_codes(code.get<std::string>());
  place.set_leans_on_repeats(Read<bool>(json, "leans_on_repeats"));
  place.set_largest_repeat_count(Read<int>(json, "largest_repeat"));
  place.set_pile_up(Read<bool>(json, "pile_up"));
  place.set_tested_quarter_count(Read<int>(json, "tested_quarters"));
  place.set_hot_quarter_count(Read<int>(json, "hot_quarters"));
}

v1::HotPlace HotPlaceOf(const Json& json) {
  v1::HotPlace place;
  *place.mutable_center() = PositionOf(json);
  *place.mutable_plane_center() = PlanePositionOf(json);
  place.set_area_name(Read<std::string>(json, "area"));
  place.set_incident_count(Read<int>(json, "incidents"));
  place.set_tested_incident_count(Read<int>(json, "tested_incidents"));
  *place.mutable_expected_count() = Value(Read<double>(json, "expected"));
  place.set_reporter_count(Read<int>(json, "reporters"));
  place.set_new_reporter_incident_count(json.value("of_new", 0));
  place.set_cell_count(Read<int>(json, "cells"));
  place.set_level_percent(Read<int>(json, "level_percent"));
  *place.mutable_q_value() = Value(Read<double>(json, "q_value"));
  *place.mutable_maximum_p() = Value(Read<double>(json, "maximum_p"));
  // Pictures of earlier versions lack it.
  if (json.contains("doubtful")) place.set_doubtful_incident_count(Read<int>(json, "doubtful"));
  if (json.contains("variants")) AddListed(json, place);
  if (json.contains("rank")) {
    place.set_rank(Read<int>(json, "rank"));
    place.set_name_sv(Read<std::string>(json, "name_sv"));
    place.set_sentence_sv(Read<std::string>(json, "sentence_sv"));
  }
  return place;
}

v1::DoubtfulPoint DoubtfulPointOf(const Json& json) {
  v1::DoubtfulPoint point;
  point.set_kind(Read<std::string>(json, "kind") == geo::PileUpKindCode(geo::PileUpKind::kCentroid)
                     ? v1::PILE_UP_KIND_CENTROID
                     : v1::PILE_UP_KIND_DEFAULT_POINT);
  *point.mutable_plane_position() = PlanePositionOf(json);
  point.set_area_name(Read<std::string>(json, "area"));
  point.set_center_name(Read<std::string>(json, "center"));
  point.set_incident_count(Read<int>(json, "incidents"));
  return point;
}

/// Power and concentration; a picture of an earlier program has none.
void AddSpread(const Json& json, v1::GroupNumbers& group) {
  const auto spread = json.find("spread");
  if (spread == json.end()) return;
  if (const auto power = spread->find("power"); power != spread->end()) {
    v1::TestPower& out = *group.mutable_power();
    out.set_median_exposure_share(Read<double>(*power, "median_exposure_share"));
    out.set_least_count(Read<int>(*power, "least_count"));
    *out.mutable_expected_count() = StatisticOf(power->at("expected"), "value");
    *out.mutable_detectable_ratio() = StatisticOf(power->at("detectable_ratio"), "value");
    out.set_asked_ratio(Read<double>(*power, "asked_ratio"));
    out.set_least_incident_count(Read<int>(*power, "least_incidents"));
  }
  if (const auto concentration = spread->find("concentration"); concentration != spread->end()) {
    v1::SpreadOverPlaces& out = *group.mutable_concentration();
    *out.mutable_generalized_gini() = StatisticOf(concentration->at("generalized_gini"), "value");
    *out.mutable_gini() = StatisticOf(concentration->at("gini"), "value");
    out.set_place_count(Read<std::int64_t>(*concentration, "places"));
    out.set_place_with_any_count(Read<std::int64_t>(*concentration, "places_with_any"));
    out.set_place_with_half_count(Read<std::int64_t>(*concentration, "places_with_half"));
  }
}

v1::RepeatPlace RepeatPlaceOf(const Json& json) {
  v1::RepeatPlace place;
  *place.mutable_position() = PositionOf(json);
  *place.mutable_plane_position() = PlanePositionOf(json);
  place.set_area_name(Read<std::string>(json, "area"));
  place.set_incident_count(Read<int>(json, "incidents"));
  place.set_reporter_count(Read<int>(json, "reporters"));
  return place;
}

v1::DistrictCount DistrictOf(const Json& json) {
  v1::DistrictCount district;
  district.set_code(Read<std::string>(json, "code"));
  district.set_name(Read<std::string>(json, "name"));
  *district.mutable_incident_count() = Value(Read<int>(json, "incidents"));
  district.set_inhabitant_count(Read<std::int64_t>(json, "inhabitants"));
  return district;
}

v1::GroupNumbers GroupOf(const Json& json) {
  const Json& test = json.at("hotspot_test");
  const Json& density = json.at("density");
  v1::GroupNumbers group;
  group.set_group_code(Read<std::string>(json, "group"));
  group.set_label_sv(Read<std::string>(json, "label_sv"));
  group.mutable_tally()->set_group_code(group.group_code());
  *group.mutable_tally()->mutable_incidents() = TallyOf(json.at("incidents"));
  *group.mutable_tally()->mutable_persons() = TallyOf(json.at("persons"));
  group.set_used_incident_count(Read<int>(json, "used_incidents"));
  *group.mutable_collapsed_incident_count() = StatisticOf(test, "incidents_after_collapse");
  *group.mutable_outside_mask_count() = StatisticOf(test, "outside_mask");
  *group.mutable_family_size() = StatisticOf(test, "family_size");
  *group.mutable_hot_place_count() = StatisticOf(test, "hot_place_count");
  if (const auto places = test.find("hot_places"); places != test.end())
    for (const Json& place : *places) *group.add_hot_places() = HotPlaceOf(place);
  *group.mutable_density_peak() = NestedStatistic(density, "peak_per_km2");
  *group.mutable_density_total() = NestedStatistic(density, "mass");
  for (const Json& place : json.at("repeats")) *group.add_repeat_places() = RepeatPlaceOf(place);
  AddSpread(json, group);
  for (const Json& district : json.at("districts")) *group.add_districts() = DistrictOf(district);
  return group;
}

v1::ReporterStanding StandingOf(const Json& json) {
  v1::ReporterStanding standing;
  standing.set_reporter_code(Read<std::string>(json, "code"));
  v1::ReporterAnswer answer = v1::REPORTER_ANSWER_UNSPECIFIED;
  v1::ReporterAnswer_Parse("REPORTER_ANSWER_" + Read<std::string>(json, "answer"), &answer);
  standing.set_answer(answer);
  standing.set_incident_count(Read<int>(json, "incidents"));
  return standing;
}

v1::Bandwidth BandwidthOf(const Json& json) {
  v1::Bandwidth bandwidth;
  bandwidth.set_standard_deviation_m(Read<double>(json, "standard_deviation_m"));
  if (json.contains("radius_m")) bandwidth.set_radius_m(Read<double>(json, "radius_m"));
  bandwidth.set_asked_m(json.contains("radius_m") ? bandwidth.radius_m() : bandwidth.standard_deviation_m());
  bandwidth.set_reason_sv(Read<std::string>(json, "reason_sv"));
  return bandwidth;
}

}  // namespace

v1::PictureNumbers PictureNumbersToProto(const std::string& summary_json) {
  try {
    const Json json = Json::parse(summary_json);
    v1::PictureNumbers numbers;
    numbers.set_role_sv(Read<std::string>(json, "role_sv"));
    *numbers.mutable_bandwidth() = BandwidthOf(json.at("bandwidth"));
    numbers.set_cell_size_m(Read<double>(json, "cell_m"));
    numbers.set_density_cell_size_m(Read<double>(json, "density_cell_m"));
    numbers.set_family_size(Read<std::int64_t>(json, "family_size"));
    for (const Json& reporter : json.at("reporters")) numbers.add_reporter_codes(reporter.get<std::string>());
    numbers.set_perceived_unsafety_count(Read<std::int64_t>(json, "perceived_unsafety"));
    numbers.set_buffer_incident_count(Read<std::int64_t>(json, "in_buffer"));
    for (const Json& group : json.at("groups")) *numbers.add_groups() = GroupOf(group);
    // Pictures of earlier versions know neither.
    for (const Json& standing : json.value("coverage", Json::array()))
      *numbers.add_reporters() = StandingOf(standing);
    for (const Json& panel : json.value("comparisons", Json::array()))
      *numbers.add_comparisons() = ToProto(PanelFromJson(panel));
    if (const auto points = json.find("doubtful_points"); points != json.end())
      for (const Json& point : *points) *numbers.add_doubtful_points() = DoubtfulPointOf(point);
    numbers.set_epsg_code(Read<int>(json, "epsg"));
    return numbers;
  } catch (const Json::exception&) {
    throw NotReady("OLD_PICTURE",
                   "this picture was made by an earlier version whose numbers cannot be read; make it again");
  }
}

}  // namespace lagesbild::service
