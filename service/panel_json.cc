#include "service/panel_json.h"

namespace lagesbild::service {
namespace {

geo::CalendarQuarter QuarterAt(const nlohmann::json& json, const char* key) {
  return geo::ParseQuarter(json.at(key).get<std::string>()).value_or(geo::CalendarQuarter{});
}

}  // namespace

nlohmann::ordered_json PanelJson(const geo::ComparablePanel& panel) {
  return {{"earlier", panel.earlier.code()},
          {"later", panel.later.code()},
          {"comparable", panel.comparable},
          {"joined", panel.joined},
          {"returned", panel.returned},
          {"lost", panel.lost},
          {"earlier_incidents", panel.change.earlier},
          {"later_incidents", panel.change.later},
          {"joined_incidents", panel.joined_incidents},
          {"returned_incidents", panel.returned_incidents},
          {"lost_incidents", panel.lost_incidents},
          {"all_earlier", panel.all_earlier},
          {"all_later", panel.all_later}};
}

geo::ComparablePanel PanelFromJson(const nlohmann::json& json) {
  geo::ComparablePanel panel;
  panel.earlier = QuarterAt(json, "earlier");
  panel.later = QuarterAt(json, "later");
  json.at("comparable").get_to(panel.comparable);
  json.at("joined").get_to(panel.joined);
  json.at("returned").get_to(panel.returned);
  json.at("lost").get_to(panel.lost);
  panel.change =
      geo::CompareCounts(json.at("earlier_incidents").get<int>(), json.at("later_incidents").get<int>());
  json.at("joined_incidents").get_to(panel.joined_incidents);
  json.at("returned_incidents").get_to(panel.returned_incidents);
  json.at("lost_incidents").get_to(panel.lost_incidents);
  json.at("all_earlier").get_to(panel.all_earlier);
  json.at("all_later").get_to(panel.all_later);
  return panel;
}

}  // namespace lagesbild::service
