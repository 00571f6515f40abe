#include "service/released_summary.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "service/errors.h"

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

Json FindingJson(const geo::AreaFinding& finding) {
  return {{"against_expected", std::string(geo::AgainstExpectedCode(finding.against_expected))},
          {"stability", std::string(geo::StabilityCode(finding.stability))},
          {"reason", finding.reason}};
}

Json ChangeJson(const geo::ChangeFinding& change) {
  Json json = {{"change", std::string(geo::ChangeCode(change.change))}};
  if (change.earlier_last != geo::CalendarQuarter{}) {
    json["earlier_last"] = change.earlier_last.code();
    json["year_before"] = change.year_before;
  }
  return json;
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
                     {"incidents", StatisticJson(area.incidents)},
                     {"finding", FindingJson(area.finding)},
                     {"change", ChangeJson(area.change)}});
  return {{"group", GroupJson(layer.group)},
          {"categories", std::string(geo::CategoryClassCode(layer.categories))},
          {"period", PeriodJson(layer.period)},
          {"level", std::string(geo::AreaLevelCode(layer.level))},
          {"comparison",
           {{"basis", std::string(geo::ExposureBasisCode(layer.comparison.basis))},
            {"areas", layer.comparison.areas}}},
          {"areas", std::move(areas)}};
}

Json RowJson(const geo::ReleasedRow& row) {
  return {{"code", row.area_code},
          {"name_sv", row.area_name_sv},
          {"level", std::string(geo::AreaLevelCode(row.level))},
          {"group", GroupJson(row.group)},
          {"categories", std::string(geo::CategoryClassCode(row.categories))},
          {"period", PeriodJson(row.period)},
          {"incidents", StatisticJson(row.incidents)},
          {"change", ChangeJson(row.change)}};
}

geo::CalendarQuarter QuarterIn(const Json& code) {
  const auto quarter = geo::ParseQuarter(code.get<std::string>());
  if (!quarter) throw NotReady("OLD_PICTURE", "this picture's numbers name a quarter that does not exist");
  return *quarter;
}

geo::Period PeriodIn(const Json& json) {
  return {QuarterIn(json.at("first")), QuarterIn(json.at("last")), json.at("quarters").get<int>()};
}

geo::Statistic StatisticIn(const Json& json) {
  if (json.at("status") == "VALUE") return json.at("value").get<double>();
  return geo::Suppressed{};
}

geo::AreaLevel LevelIn(const Json& json) {
  const std::string code = json.get<std::string>();
  for (const geo::AreaLevel level :
       {geo::AreaLevel::kMunicipality, geo::AreaLevel::kDistrict, geo::AreaLevel::kLocality})
    if (code == geo::AreaLevelCode(level)) return level;
  return geo::AreaLevel::kLeaf;
}

geo::CategoryClass CategoriesIn(const Json& json) {
  return json == "all" ? geo::CategoryClass::kAll : geo::CategoryClass::kNonSensitive;
}

geo::PublishedGroup GroupIn(const Json& json, const std::vector<geo::PublishedGroup>& groups) {
  const std::string slug = json.at("slug").get<std::string>();
  const auto found = std::find_if(groups.begin(), groups.end(),
                                  [&](const geo::PublishedGroup& group) { return group.slug == slug; });
  if (found != groups.end()) return *found;
  geo::PublishedGroup unknown;
  unknown.slug = slug;
  unknown.label_sv = json.at("label_sv").get<std::string>();
  return unknown;
}

geo::ReleasedLayer LayerIn(const Json& json, const std::vector<geo::PublishedGroup>& groups) {
  geo::ReleasedLayer layer;
  layer.group = GroupIn(json.at("group"), groups);
  layer.categories = CategoriesIn(json.at("categories"));
  layer.period = PeriodIn(json.at("period"));
  layer.level = LevelIn(json.at("level"));
  for (const Json& one : json.at("areas")) {
    geo::ReleasedArea area;
    area.code = one.at("code").get<std::string>();
    area.name_sv = one.at("name_sv").get<std::string>();
    area.level = LevelIn(one.at("level"));
    area.incidents = StatisticIn(one.at("incidents"));
    layer.areas.push_back(std::move(area));
  }
  return layer;
}

}  // namespace

geo::ReleasedPicture PictureOfSummary(const std::string& summary_json,
                                      const std::vector<geo::PublishedGroup>& groups) {
  try {
    const Json json = Json::parse(summary_json);
    geo::ReleasedPicture picture;
    picture.rule =
        geo::DefaultRule(json.at("audience") == "partner" ? geo::Audience::kPartner : geo::Audience::kPublic);
    picture.rule.version = json.at("rule").at("version").get<int>();
    picture.rule.k = json.at("rule").at("k").get<int>();
    picture.quarter = QuarterIn(json.at("quarter"));
    for (const Json& layer : json.at("layers")) picture.layers.push_back(LayerIn(layer, groups));
    for (const Json& row : json.at("rows"))
      picture.rows.push_back({row.at("code").get<std::string>(), row.at("name_sv").get<std::string>(),
                              LevelIn(row.at("level")), GroupIn(row.at("group"), groups),
                              CategoriesIn(row.at("categories")), PeriodIn(row.at("period")),
                              StatisticIn(row.at("incidents"))});
    return picture;
  } catch (const Json::exception&) {
    throw NotReady("OLD_PICTURE",
                   "a stored release was made by an earlier version and cannot be read; make it again");
  }
}

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
