#include <nlohmann/json.hpp>

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

}  // namespace lagesbild::service
