#include "tests/maps/synthetic_release.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/released_density.h"
#include "geo/released_hot_areas.h"
#include "maps/class_polygons.h"
#include "maps/released_symbols.h"
#include "tests/maps/synthetic_picture.h"

namespace lagesbild::maps::testing {
namespace {

constexpr geo::CalendarQuarter kQuarter{2026, 3};
constexpr geo::Period kOneQuarter{kQuarter, kQuarter, 1};
constexpr geo::Period kYear{{2025, 4}, kQuarter, 4};

geo::PublishedGroup Group(const char* slug, const char* label, bool all = false) {
  geo::PublishedGroup group;
  group.slug = slug;
  group.label_sv = label;
  group.all = all;
  return group;
}

geo::ReleasedLayer Layer(geo::PublishedGroup group, geo::Period period, geo::AreaLevel level,
                         const std::vector<geo::NamedArea>& areas) {
  geo::ReleasedLayer layer;
  layer.group = std::move(group);
  layer.period = period;
  layer.level = level;
  for (const geo::NamedArea& area : areas) {
    geo::ReleasedArea released;
    released.code = area.code;
    released.name_sv = area.name;
    released.level = level;
    released.geometry = area.polygons;
    // Half a kilometer of houses around an inner point, so that districts have somewhere to spread to.
    const geo::PlanePoint inside = geo::InnerPoint(area.polygons);
    for (int i = 0; i < 25; ++i)
      released.inhabited.push_back({{geo::Meters{std::floor(inside.easting.value() / 100 + i % 5) * 100},
                                     geo::Meters{std::floor(inside.northing.value() / 100 + i / 5) * 100}},
                                    2,
                                    4});
    released.dwellings = 40;
    released.persons = 90;
    layer.areas.push_back(std::move(released));
  }
  return layer;
}

/// From the released counts alone, as the service makes them.
void AddDensities(SyntheticRelease& release) {
  const geo::StudyArea boundary(release.reference.boundary);
  const geo::GridSpec grid =
      geo::CoveringGrid(boundary.south_west(), boundary.north_east(), geo::Meters{250});
  for (const geo::ReleasedLayer& layer : release.content.picture.layers) {
    const bool any = std::any_of(layer.areas.begin(), layer.areas.end(), [](const geo::ReleasedArea& area) {
      return std::holds_alternative<double>(area.incidents);
    });
    geo::ReleasedDensityOptions options;
    options.quarters = layer.period.quarters;
    options.upper = BreaksOf(ReleasedDensityClassesOf(ReleasedLegend(release.content)));
    release.content.density.push_back(any ? geo::ReleasedDensityClasses(layer.areas, boundary, grid, options)
                                          : geo::Grid<std::int8_t>());
  }
}

void AddRows(SyntheticRelease& release) {
  const auto add = [&](const char* code, const std::string& name, geo::AreaLevel level,
                       const geo::PublishedGroup& group, geo::CategoryClass categories, geo::Period period,
                       geo::Statistic incidents) {
    release.content.picture.rows.push_back({code, name, level, group, categories, period, incidents});
  };
  const auto everyone = Group("alla", "alla åldrar", true), youth = Group("13_24", "13–24 år");
  using enum geo::CategoryClass;
  add("M", "Hela kommunen", geo::AreaLevel::kMunicipality, everyone, kAll, kOneQuarter, 1234.0);
  add("M", "Hela kommunen", geo::AreaLevel::kMunicipality, youth, kNonSensitive, kOneQuarter, 39.0);
  add("M", "Hela kommunen", geo::AreaLevel::kMunicipality, Group("0_12", "0–12 år"), kAll, kYear,
      geo::Suppressed{});
  for (const geo::NamedArea& district : release.reference.districts) {
    geo::Statistic count = geo::Suppressed{};
    if (district.code == "D1") count = 18.0;
    add(district.code.c_str(), district.name, geo::AreaLevel::kDistrict, everyone, kAll, kOneQuarter, count);
    add(district.code.c_str(), district.name, geo::AreaLevel::kDistrict, youth, kNonSensitive, kOneQuarter,
        geo::Suppressed{});
  }
}

SyntheticRelease Empty(geo::Audience audience) {
  SyntheticPicture picture = MakeSyntheticPicture();
  SyntheticRelease release;
  release.metadata = std::move(picture.metadata);
  release.reference = std::move(picture.reference);
  release.metadata.audience = std::string(geo::AudienceCode(audience));
  release.metadata.data_version.clear();
  release.content.picture.rule = geo::DefaultRule(audience);
  release.content.picture.quarter = kQuarter;
  release.content.picture.lattice = {4, 6, 20, release.content.picture.rule.lattice, false};
  return release;
}

void MakeHostile(ReferenceLayers& reference) {
  for (auto* areas : {&reference.districts, &reference.localities})
    for (geo::NamedArea& area : *areas) area.name = kHostileName + area.name;
  for (geo::Place& place : reference.places) place.name = kHostileName + place.name;
}

SyntheticRelease Make(bool hostile) {
  SyntheticRelease release = Empty(geo::Audience::kPartner);
  const std::string prefix = hostile ? kHostileName : "";
  if (hostile) {
    MakeHostile(release.reference);
    release.metadata.municipality_name = release.metadata.bandwidth_reason_sv = prefix;
    release.metadata.program_version = prefix;
    release.metadata.reporters = {{prefix, prefix}};
  }
  geo::ReleasedPicture& picture = release.content.picture;
  const auto youth = Group("13_24", "13–24 år");
  picture.layers = {Layer(youth, kOneQuarter, geo::AreaLevel::kLocality, release.reference.localities),
                    Layer(youth, kYear, geo::AreaLevel::kDistrict, release.reference.districts),
                    Layer(Group("18_24", "18–24 år"), kOneQuarter, geo::AreaLevel::kLocality,
                          release.reference.localities)};
  picture.layers[0].areas[0].incidents = 12.0;
  picture.layers[0].areas[1].incidents = 7.0;
  picture.layers[1].areas[0].incidents = 47.0;
  picture.map_shown = picture.table_shown = true;
  const std::string why = ": för liten del av händelserna låg i områden som fick visas";
  using View = geo::CoarseningStep::View;
  picture.steps = {{View::kMap, "13–17 år och 18–24 år per kvartal, i små områden",
                    "13–24 år per kvartal, i små områden", "åldrarna slogs ihop" + why},
                   {View::kMap, "13–24 år per kvartal, i små områden",
                    prefix + "13–24 år per kvartal, per tätort och landsbygd", "områdena slogs ihop" + why}};
  AddRows(release);
  // Heby has as many inhabitants as Östervåla and clearly more incidents a year before.
  geo::AddFindings(picture, std::vector<geo::PublishedValue>{{geo::Audience::kPartner,
                                                              picture.layers[0].areas[0].code,
                                                              "13_24",
                                                              geo::CategoryClass::kNonSensitive,
                                                              {2025, 3},
                                                              1,
                                                              41}});
  AddDensities(release);
  return release;
}

}  // namespace

SyntheticRelease MakeSyntheticRelease() { return Make(false); }
SyntheticRelease MakeHostileRelease() { return Make(true); }

SyntheticRelease MakeSilentRelease() {
  SyntheticRelease release = Empty(geo::Audience::kPublic);
  release.content.picture.lattice.rests_on_addresses_alone = true;
  release.content.picture.rows = {{"M", "Hela kommunen", geo::AreaLevel::kMunicipality,
                                   Group("alla", "alla åldrar", true), geo::CategoryClass::kAll, kYear,
                                   geo::Suppressed{}}};
  return release;
}

}  // namespace lagesbild::maps::testing
