#include "service/picture_summary.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "geo/hot_places.h"
#include "geo/projection.h"
#include "service/panel_json.h"
#include "service/runs.h"

namespace lagesbild::service {
namespace {

/// Keys in the order written, so that people can read it too.
using Json = nlohmann::ordered_json;

constexpr std::size_t kMostPlaces = 10;
/// What the density may gain or lose against the number of incidents.
constexpr double kMassTolerance = 0.005;

Json TallyJson(const geo::Tally& tally) {
  return {{"accepted", tally.accepted}, {"placed", tally.placed},   {"unplaced", tally.unplaced},
          {"digital", tally.digital},   {"outside", tally.outside}, {"too_coarse", tally.too_coarse}};
}

Json ValueJson(double value) {
  if (!std::isfinite(value)) return {{"status", "UNDEFINED"}, {"reason", "NOT_FINITE"}};
  return {{"status", "VALUE"}, {"value", value}};
}

/// Why a layer is not tested.
Json NotTestedJson(const geo::PictureLayer& layer) {
  if (!layer.too_few)
    return {{"status", "UNDEFINED"},
            {"reason", layer.undefined ? layer.undefined->reason : "NOT_TESTED"},
            {"text_sv", "kan inte prövas: ingen befolkning i gruppen är känd"},
            {"coarser_level", layer.coarser_level}};
  return {{"status", "TOO_FEW"},
          {"text_sv", "för få händelser"},
          {"found", layer.too_few->found},
          {"minimum", layer.too_few->minimum},
          {"coarser_level", layer.coarser_level}};
}

/// Areas with a quick way to ask which one holds a point, and the way back to longitude and latitude.
class Places {
 public:
  Places(const std::vector<geo::NamedArea>& areas, geo::Epsg crs) : projection_(crs) {
    for (const geo::NamedArea& area : areas) areas_.emplace_back(area.name, geo::StudyArea(area.polygons));
  }
  std::string Of(geo::PlanePoint point) const {
    for (const auto& [name, area] : areas_)
      if (area.contains(point)) return name;
    return {};
  }
  geo::LonLat LonLatOf(geo::PlanePoint point) const { return projection_.Inverse(point); }

 private:
  std::vector<std::pair<std::string, geo::StudyArea>> areas_;
  geo::Projection projection_;
};

Json PointJson(const Places& places, geo::PlanePoint point) {
  const geo::LonLat position = places.LonLatOf(point);
  return {{"area", places.Of(point)},
          {"easting_m", point.easting.value()},
          {"northing_m", point.northing.value()},
          {"lon", position.lon.value()},
          {"lat", position.lat.value()}};
}

int PercentOf(int hot_class) { return hot_class == 3 ? 99 : hot_class == 2 ? 95 : 90; }

/// What a picture knows beyond its own cells; either may be empty.
struct Beyond {
  const geo::PlaceList& list;
  const std::vector<maps::RankedPlace>& ranked;
};

/// Interval, stability, persistence and words of a hot place, where the list has it.
void AddListed(Json& place, const geo::HotPlace& hot, const std::string& group, const Beyond& beyond) {
  for (const geo::ListedPlace& listed : beyond.list.places) {
    if (listed.group != group || listed.place.peak != hot.peak) continue;
    place["binomial_p"] = listed.place.binomial_p;
    place["interval_lower"] = listed.interval.lower;
    place["interval_upper"] = listed.interval.upper;
    place["variants"] = listed.variants;
    place["hot_variants"] = listed.hot_variants;
    place["leans_on"] = listed.leans_on;
    place["leans_on_repeats"] = listed.leans_on_repeats;
    place["largest_repeat"] = listed.largest_repeat;
    place["pile_up"] = listed.pile_up;
    place["tested_quarters"] = listed.tested_quarters;
    place["hot_quarters"] = listed.hot_quarters;
  }
  for (const maps::RankedPlace& ranked : beyond.ranked)
    if (ranked.listed.group == group && ranked.listed.place.peak == hot.peak) {
      place["rank"] = ranked.rank;
      place["name_sv"] = ranked.name;
      place["sentence_sv"] = ranked.sentence;
    }
}

/// Power before looking, and concentration, of a group.
Json SpreadJson(const std::string& group, const geo::PlaceList& list) {
  Json json = Json::object();
  for (const geo::GroupSpread& spread : list.groups) {
    if (spread.group != group) continue;
    if (spread.power)
      json["power"] = {{"median_exposure_share", spread.power->exposure_share},
                       {"least_count", spread.power->at_this_number.least_count},
                       {"expected", ValueJson(spread.power->at_this_number.expected)},
                       {"detectable_ratio", ValueJson(spread.power->at_this_number.detectable_ratio)},
                       {"asked_ratio", spread.power->asked_ratio},
                       {"least_incidents", spread.power->least_incidents}};
    if (spread.concentration)
      json["concentration"] = {{"generalized_gini", ValueJson(spread.concentration->generalized_gini)},
                               {"gini", ValueJson(spread.concentration->gini)},
                               {"places", spread.concentration->places},
                               {"places_with_any", spread.concentration->places_with_any},
                               {"places_with_half", spread.concentration->places_with_half}};
  }
  return json;
}

Json HotPlacesJson(const std::vector<geo::HotPlace>& hot_places, const std::string& group,
                   const Places& named, const Beyond& beyond) {
  Json places = Json::array();
  for (const geo::HotPlace& hot : hot_places) {
    if (places.size() == kMostPlaces) break;
    Json place = PointJson(named, hot.center);
    place["incidents"] = hot.incidents;
    place["tested_incidents"] = hot.tested;
    place["expected"] = hot.expected;
    place["reporters"] = hot.reporters;
    place["of_new"] = hot.of_new;
    place["cells"] = hot.cells;
    place["level_percent"] = PercentOf(hot.hot_class);
    place["q_value"] = hot.q_value;
    place["maximum_p"] = hot.maximum_p;
    place["doubtful"] = hot.doubtful;
    AddListed(place, hot, group, beyond);
    places.push_back(std::move(place));
  }
  return places;
}

Json DoubtfulJson(const std::vector<geo::DoubtfulPoint>& points, const Places& named) {
  Json result = Json::array();
  for (const geo::DoubtfulPoint& point : points) {
    Json told = PointJson(named, point.position);
    told["kind"] = geo::PileUpKindCode(point.kind);
    told["center"] = point.center_name;
    told["incidents"] = point.incidents;
    result.push_back(std::move(told));
  }
  return result;
}

Json RepeatsJson(const geo::PictureLayer& layer, const Places& named) {
  Json places = Json::array();
  for (const geo::RepeatPlace& repeat : layer.repeats) {
    if (places.size() == kMostPlaces) break;
    Json place = PointJson(named, repeat.position);
    place["incidents"] = repeat.incidents;
    place["reporters"] = repeat.reporters;
    places.push_back(std::move(place));
  }
  return places;
}

Json DensityJson(const geo::PictureLayer& layer) {
  if (!layer.density) return NotTestedJson(layer);
  const double lost = std::abs(layer.density_mass - layer.used_incidents);
  return {{"status", "VALUE"},
          {"peak_per_km2", ValueJson(layer.density_peak)},
          {"mass", ValueJson(layer.density_mass)},
          {"mass_expected", layer.used_incidents},
          {"mass_ok", lost <= kMassTolerance * layer.used_incidents + 1e-9}};
}

Json TestJson(const geo::PictureLayer& layer, const geo::GridSpec& grid, const Places& named,
              const Beyond& beyond) {
  if (!layer.tested) return NotTestedJson(layer);
  const std::vector<geo::HotPlace> hot_places = geo::HotPlaces(layer, grid);
  return {{"status", "VALUE"},
          {"hot_place_count", hot_places.size()},
          {"incidents_after_collapse", layer.used_after_collapse},
          {"outside_mask", layer.outside_mask},
          {"family_size", layer.family_size},
          {"hot_places", HotPlacesJson(hot_places, layer.group.code, named, beyond)}};
}

Json LayerJson(const geo::PictureLayer& layer, const geo::GridSpec& grid, const Places& named,
               const Beyond& beyond) {
  Json districts = Json::array();
  for (const geo::DistrictCounts& district : layer.districts)
    districts.push_back({{"code", district.code},
                         {"name", district.name},
                         {"incidents", district.incidents},
                         {"inhabitants", district.inhabitants}});
  return {{"group", layer.group.code},
          {"label_sv", layer.group.label_sv},
          {"incidents", TallyJson(layer.tally.incidents)},
          {"persons", TallyJson(layer.tally.persons)},
          {"used_incidents", layer.used_incidents},
          {"hotspot_test", TestJson(layer, grid, named, beyond)},
          {"spread", SpreadJson(layer.group.code, beyond.list)},
          {"density", DensityJson(layer)},
          {"repeats", RepeatsJson(layer, named)},
          {"districts", std::move(districts)}};
}

}  // namespace

std::string PictureSummaryJson(const geo::SituationPicture& picture, geo::Epsg crs,
                               const std::vector<geo::NamedArea>& areas, const geo::PlaceList& list,
                               const std::vector<maps::RankedPlace>& ranked) {
  const Places named(areas, crs);
  Json layers = Json::array();
  for (const geo::PictureLayer& layer : picture.layers)
    layers.push_back(LayerJson(layer, picture.grid, named, {list, ranked}));
  Json bandwidth = {{"standard_deviation_m", picture.bandwidth.standard_deviation.value()},
                    {"reason_sv", BandwidthReasonSv(picture.options)}};
  if (picture.bandwidth.radius) bandwidth["radius_m"] = picture.bandwidth.radius->value();
  Json reporters = Json::array();
  for (const geo::ReporterStanding& standing : picture.coverage)
    reporters.push_back({{"code", standing.code},
                         {"answer", geo::ReporterAnswerCode(standing.answer)},
                         {"incidents", standing.incidents}});
  Json comparisons = Json::array();
  for (const geo::ComparablePanel& panel : picture.comparisons) comparisons.push_back(PanelJson(panel));
  const Json summary = {{"quarter", picture.quarter.code()},
                        {"quarter_sv", picture.quarter.swedish_code()},
                        {"role_sv", std::string(geo::RoleSelectionLabelSv(picture.options.role))},
                        {"epsg", static_cast<int>(crs)},
                        {"bandwidth", std::move(bandwidth)},
                        {"cell_m", picture.options.cell.value()},
                        {"density_cell_m", picture.options.density_cell.value()},
                        {"family_size", picture.family_size},
                        {"reporters", picture.reporters},
                        {"coverage", std::move(reporters)},
                        {"comparisons", std::move(comparisons)},
                        {"perceived_unsafety", picture.perceived_unsafety},
                        {"in_buffer", picture.in_buffer},
                        {"doubtful_points", DoubtfulJson(picture.doubtful_points, named)},
                        {"groups", std::move(layers)}};
  return summary.dump();
}

}  // namespace lagesbild::service
