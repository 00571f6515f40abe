#include "service/released_summary.h"

#include <nlohmann/json.hpp>

namespace lagesbild::service {
namespace {

using Json = nlohmann::ordered_json;

Json StatisticJson(const geo::Statistic& statistic) {
  if (const double* value = std::get_if<double>(&statistic)) return {{"status", "VALUE"}, {"value", *value}};
  return {{"status", "SUPPRESSED"}};
}

Json PeriodJson(const geo::Period& period) {
  return {{"first", period.first.code()}, {"last", period.last.code()}, {"quarters", period.quarters}};
}

Json GroupJson(const geo::PublishedGroup& group) {
  return {{"slug", group.slug},
          {"label_sv", group.label_sv},
          {"label_en", group.label_en},
          {"first_age", group.first_age},
          {"last_age", group.last_age}};
}

Json RuleJson(const geo::DisclosureRule& rule) {
  return {{"version", rule.version},
          {"k", rule.k},
          {"min_dwellings", rule.lattice.min_dwellings},
          {"min_persons", rule.lattice.min_persons},
          {"protected_below_age", rule.protected_below_age},
          {"youth_last_age", rule.youth_last_age},
          {"protected_quarters", rule.protected_quarters},
          {"min_share", rule.min_share}};
}

Json LayerJson(const geo::ReleasedLayer& layer) {
  Json areas = Json::array();
  for (const geo::ReleasedArea& area : layer.areas)
    areas.push_back({{"code", area.code},
                     {"name_sv", area.name_sv},
                     {"level", std::string(geo::AreaLevelCode(area.level))},
                     {"incidents", StatisticJson(area.incidents)}});
  return {{"group", GroupJson(layer.group)},
          {"categories", std::string(geo::CategoryClassCode(layer.categories))},
          {"period", PeriodJson(layer.period)},
          {"level", std::string(geo::AreaLevelCode(layer.level))},
          {"areas", std::move(areas)}};
}

Json RowJson(const geo::ReleasedRow& row) {
  return {{"code", row.area_code},
          {"name_sv", row.area_name_sv},
          {"level", std::string(geo::AreaLevelCode(row.level))},
          {"group", GroupJson(row.group)},
          {"categories", std::string(geo::CategoryClassCode(row.categories))},
          {"period", PeriodJson(row.period)},
          {"incidents", StatisticJson(row.incidents)}};
}

}  // namespace

std::string ReleasedSummaryJson(const Release& release) {
  const geo::ReleasedPicture& picture = release.result.picture;
  Json layers = Json::array(), rows = Json::array(), steps = Json::array(), reporters = Json::array();
  for (const geo::ReleasedLayer& layer : picture.layers) layers.push_back(LayerJson(layer));
  for (const geo::ReleasedRow& row : picture.rows) rows.push_back(RowJson(row));
  for (const geo::CoarseningStep& step : picture.steps)
    steps.push_back({{"view", step.view == geo::CoarseningStep::View::kMap ? "map" : "table"},
                     {"from_sv", step.from_sv},
                     {"to_sv", step.to_sv},
                     {"reason_sv", step.reason_sv}});
  for (const Reporter& reporter : release.reporters) reporters.push_back(reporter.code);
  const Json summary = {{"audience", std::string(geo::AudienceCode(picture.rule.audience))},
                        {"quarter", picture.quarter.code()},
                        {"series_first", release.series_first.code()},
                        {"rule", RuleJson(picture.rule)},
                        {"lattice",
                         {{"districts", picture.lattice.districts},
                          {"localities", picture.lattice.localities},
                          {"leaves", picture.lattice.leaves},
                          {"rests_on_addresses_alone", picture.lattice.rests_on_addresses_alone}}},
                        {"map_shown", picture.map_shown},
                        {"table_shown", picture.table_shown},
                        {"reporters", std::move(reporters)},
                        {"layers", std::move(layers)},
                        {"rows", std::move(rows)},
                        {"steps", std::move(steps)}};
  return summary.dump();
}

}  // namespace lagesbild::service
