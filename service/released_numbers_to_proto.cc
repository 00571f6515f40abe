#include <cmath>
#include <nlohmann/json.hpp>

#include "geo/released_hot_areas.h"
#include "service/convert.h"

namespace lagesbild::service {
namespace {

using Json = nlohmann::json;

v1::AreaLevel LevelOf(const std::string& code) {
  return code == "municipality" ? v1::AREA_LEVEL_MUNICIPALITY
         : code == "district"   ? v1::AREA_LEVEL_DISTRICT
         : code == "locality"   ? v1::AREA_LEVEL_LOCALITY
                                : v1::AREA_LEVEL_LEAF;
}

void PutQuarter(const std::string& code, v1::CalendarQuarter* quarter) {
  if (const auto parsed = geo::ParseQuarter(code)) *quarter = ToProto(*parsed);
}

v1::AgainstExpected AgainstExpectedOf(const std::string& code) {
  return code == "NOT_RELEASED"    ? v1::AGAINST_EXPECTED_NOT_RELEASED
         : code == "UNDEFINED"     ? v1::AGAINST_EXPECTED_NO_INHABITANTS
         : code == "TOO_FEW_AREAS" ? v1::AGAINST_EXPECTED_TOO_FEW_AREAS
         : code == "NOTHING_CLEAR" ? v1::AGAINST_EXPECTED_NOTHING_CLEAR
         : code == "MORE"          ? v1::AGAINST_EXPECTED_MORE
         : code == "CLEARLY_MORE"  ? v1::AGAINST_EXPECTED_CLEARLY_MORE
                                   : v1::AGAINST_EXPECTED_UNSPECIFIED;
}

v1::CountChange ChangeOf(const std::string& code) {
  return code == "NOT_RELEASED"         ? v1::COUNT_CHANGE_NOT_RELEASED
         : code == "NOT_COMPARABLE"     ? v1::COUNT_CHANGE_NOT_COMPARABLE
         : code == "NO_SURE_DIFFERENCE" ? v1::COUNT_CHANGE_NO_SURE_DIFFERENCE
         : code == "MORE"               ? v1::COUNT_CHANGE_MORE
         : code == "FEWER"              ? v1::COUNT_CHANGE_FEWER
                                        : v1::COUNT_CHANGE_UNSPECIFIED;
}

/// Pictures made by an earlier version have no findings.
void PutFindings(const Json& area, const Json& table, v1::ReleasedCount& count) {
  if (const auto finding = area.find("finding"); finding != area.end()) {
    count.set_against_expected(AgainstExpectedOf(finding->at("against_expected").get<std::string>()));
    const Json& stability = finding->at("stability");
    count.set_stability(stability == "STABLE"    ? v1::FINDING_STABILITY_STABLE
                        : stability == "FRAGILE" ? v1::FINDING_STABILITY_FRAGILE
                                                 : v1::FINDING_STABILITY_UNSPECIFIED);
    const Json& comparison = table.at("comparison");
    count.set_exposure_basis(
        comparison.at("basis") == "GROUP_INHABITANTS" ? v1::EXPOSURE_BASIS_GROUP_INHABITANTS
        : comparison.at("basis") == "ALL_INHABITANTS" ? v1::EXPOSURE_BASIS_ALL_INHABITANTS
                                                      : v1::EXPOSURE_BASIS_UNSPECIFIED);
    count.set_compared_area_count(comparison.at("areas").get<int>());
  }
  const auto change = area.find("change");
  if (change == area.end()) return;
  count.set_change(ChangeOf(change->at("change").get<std::string>()));
  if (!change->contains("earlier_last")) return;
  const auto last = geo::ParseQuarter(change->at("earlier_last").get<std::string>());
  if (!last) return;
  geo::ChangeFinding finding;
  finding.earlier_last = *last;
  const geo::Period earlier =
      geo::ComparedPeriod({{}, {}, table.at("period").at("quarters").get<int>()}, finding);
  *count.mutable_change_period()->mutable_first() = ToProto(earlier.first);
  *count.mutable_change_period()->mutable_last() = ToProto(earlier.last);
}

/// `table` says ages, categories and period of the count: the row itself, or the layer that holds the area.
v1::ReleasedCount CountOf(const Json& area, const Json& table) {
  v1::ReleasedCount count;
  count.set_area_code(area.at("code").get<std::string>());
  count.set_area_name_sv(area.at("name_sv").get<std::string>());
  count.set_level(LevelOf(area.at("level").get<std::string>()));
  count.set_group_slug(table.at("group").at("slug").get<std::string>());
  count.set_group_label_sv(table.at("group").at("label_sv").get<std::string>());
  count.set_categories(table.at("categories") == "all" ? v1::CATEGORY_CLASS_ALL
                                                       : v1::CATEGORY_CLASS_NON_SENSITIVE);
  PutQuarter(table.at("period").at("first").get<std::string>(), count.mutable_period()->mutable_first());
  PutQuarter(table.at("period").at("last").get<std::string>(), count.mutable_period()->mutable_last());
  const Json& incidents = area.at("incidents");
  if (incidents.at("status") == "VALUE")
    count.mutable_incident_count()->set_value(incidents.at("value").get<double>());
  else
    count.mutable_incident_count()->mutable_suppressed();
  PutFindings(area, table, count);
  return count;
}

}  // namespace

v1::ReleasedNumbers ReleasedNumbersToProto(const std::string& summary_json) {
  try {
    const Json json = Json::parse(summary_json);
    const Json& rule = json.at("rule");
    v1::ReleasedNumbers numbers;
    numbers.set_rule_version(rule.at("version").get<int>());
    numbers.set_minimum_count(rule.at("k").get<int>());
    numbers.set_minimum_dwelling_count(rule.at("min_dwellings").get<int>());
    numbers.set_minimum_inhabitant_count(rule.at("min_persons").get<int>());
    numbers.set_rests_on_addresses_alone(json.at("lattice").at("rests_on_addresses_alone").get<bool>());
    for (const Json& reporter : json.at("reporters")) numbers.add_reporter_codes(reporter.get<std::string>());
    for (const Json& row : json.at("rows")) *numbers.add_table() = CountOf(row, row);
    for (const Json& layer : json.at("layers"))
      for (const Json& area : layer.at("areas")) *numbers.add_map() = CountOf(area, layer);
    for (const Json& json_step : json.at("steps")) {
      v1::CoarseningStep& step = *numbers.add_steps();
      step.set_map(json_step.at("view") == "map");
      step.set_from_sv(json_step.at("from_sv").get<std::string>());
      step.set_to_sv(json_step.at("to_sv").get<std::string>());
      step.set_reason_sv(json_step.at("reason_sv").get<std::string>());
    }
    return numbers;
  } catch (const Json::exception&) {
    throw NotReady("OLD_PICTURE",
                   "this picture was made by an earlier version whose numbers cannot be read; make it again");
  }
}

v1::ReleaseUtility UtilityToProto(const std::string& utility_json) {
  v1::ReleaseUtility utility;
  const Json json = Json::parse(utility_json, nullptr, false);
  const auto statistic = [&](const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_number()
               ? ToProto(geo::Statistic{found->get<double>()})
               : ToProto(geo::Statistic{geo::Undefined{"NO_INCIDENTS_OR_NO_VARIANCE"}});
  };
  *utility.mutable_share_in_released_areas() = statistic("share_in_released_areas");
  *utility.mutable_rank_correlation() = statistic("rank_correlation");
  if (json.is_object()) {
    utility.set_placed_incident_count(json.value("placed", 0));
    utility.set_unplaced_incident_count(json.value("unplaced", 0));
  }
  return utility;
}

namespace {

v1::AreaLevel LevelOf(geo::AreaLevel level) { return LevelOf(std::string(geo::AreaLevelCode(level))); }

v1::DensityAttack DensityToProto(const DensityAttackOfLayer& density) {
  v1::DensityAttack proto;
  proto.set_group_slug(density.group.slug);
  proto.set_group_label_sv(density.group.label_sv);
  proto.set_level(LevelOf(density.level));
  *proto.mutable_period()->mutable_first() = ToProto(density.period.first);
  *proto.mutable_period()->mutable_last() = ToProto(density.period.last);
  proto.set_not_tested_reason_sv(density.not_tested_reason_sv);
  proto.set_dwelling_count(density.dwellings);
  proto.set_incident_count(density.incidents);
  proto.set_placed_count(density.attack.score.placed);
  proto.set_found_count(density.attack.score.found);
  proto.set_guess_found_mean(density.attack.guess.mean);
  proto.set_guess_found_sd(std::sqrt(density.attack.guess.variance));
  *proto.mutable_z_score() = ToProto(density.attack.z);
  proto.set_leaks(density.attack.succeeded);
  proto.set_follows_from_counts(density.attack.follows_from_counts);
  return proto;
}

}  // namespace

v1::AttackReleasesResponse ToProto(const ReleaseAttackReport& report) {
  v1::AttackReleasesResponse proto;
  for (const ReleaseAttack& attack : report.releases) {
    v1::ReleaseAttack& release = *proto.add_releases();
    release.set_picture_name("pictures/" + std::to_string(attack.release.id));
    release.set_run_id(attack.release.run_id);
    PutQuarter(attack.release.quarter, release.mutable_quarter());
    release.set_audience(AudienceToProto(attack.release.audience));
    release.set_published(attack.release.published);
    for (const DensityAttackOfLayer& density : attack.densities)
      *release.add_densities() = DensityToProto(density);
    *release.mutable_utility() = UtilityToProto(attack.release.utility_json);
  }
  for (const DifferencingOfAudience& one : report.differencing) {
    v1::DifferencingTest& test = *proto.add_differencing();
    test.set_audience(AudienceToProto(geo::AudienceCode(one.audience)));
    test.set_minimum_count(one.k);
    test.set_value_count(one.test.values);
    test.set_unknown_value_count(one.test.unknown_values);
    test.set_value_under_minimum_count(one.test.values_under_k);
    test.set_nested_pair_count(one.test.nested_pairs);
    test.set_tested_pair_count(one.test.tested_pairs);
    test.set_difference_under_minimum_count(one.test.differences_under_k);
    test.set_difference_of_zero_count(one.test.differences_of_zero);
    test.set_leaks(one.test.succeeded());
  }
  proto.set_replaced_draft_count(report.replaced_drafts);
  proto.set_leaks(report.leaks());
  return proto;
}

}  // namespace lagesbild::service
