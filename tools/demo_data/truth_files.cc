#include "tools/demo_data/truth_files.h"

#include <map>
#include <string>

#include "geo/age.h"
#include "tools/demo_data/format.h"

namespace lagesbild::tools::demo {
namespace {

std::string Meter(double value) { return Decimals(value, 2); }

Table HotspotTable(const World& world, const Story& story) {
  Table table;
  table.columns = {{"kvartal"}, {"grupp"},           {"plats"},    {"easting"},   {"northing"},
                   {"radie_m"}, {"extra_handelser"}, {"adresser"}, {"handelser"}, {"kalla"}};
  for (const PlantedHotspot& hotspot : story.hotspots) {
    std::string addresses, events;
    for (const std::size_t a : hotspot.addresses)
      addresses += (addresses.empty() ? "" : "|") + world.addresses[a].id;
    for (const int id : hotspot.events) events += (events.empty() ? "" : "|") + std::to_string(id + 1);
    table.rows.push_back({QuarterAt(hotspot.quarter).code(), hotspot.group, hotspot.name,
                          Meter(hotspot.center.e), Meter(hotspot.center.n), Meter(hotspot.radius),
                          std::to_string(hotspot.planned), addresses, events, "SYNTETISK"});
  }
  return table;
}

bool HasPosition(const Event& event) {
  switch (event.spot) {
    case Spot::kAddress:
    case Spot::kStreet:
    case Spot::kPlace:
    case Spot::kMisspelt:
    case Spot::kOutside:
      return true;
    case Spot::kDefault:
    case Spot::kInvented:
    case Spot::kDigital:
    case Spot::kNone:
      return false;
  }
  return false;
}

std::string Bands(const Event& event, geo::AgeRole role, const geo::AgeScheme& scheme) {
  std::string bands;
  for (const TruePerson& person : event.persons)
    if (person.role == role)
      bands += (bands.empty() ? "" : "|") + geo::SpanCode(scheme, geo::SpanOfAge(scheme, person.age));
  return bands;
}

std::vector<std::string> EventRow(const Delivery& delivery, std::size_t r, const Event& event,
                                  const Story& story, const std::string& same_event) {
  static const geo::AgeScheme scheme = geo::DefaultAgeScheme();
  const RowTruth& truth = delivery.truths[r];
  const bool placed = HasPosition(event);
  const std::string hotspot =
      event.hotspot < 0 ? "" : story.hotspots[static_cast<std::size_t>(event.hotspot)].name;
  return {delivery.path,
          std::to_string(r + 2),
          Reporters()[static_cast<std::size_t>(delivery.teller)].code,
          QuarterAt(event.quarter).code(),
          std::to_string(event.id + 1),
          truth.outcome,
          std::string(geo::InfoOf(event.category).code),
          placed ? Meter(event.position.e) : "",
          placed ? Meter(event.position.n) : "",
          Bands(event, geo::AgeRole::kVictim, scheme),
          Bands(event, geo::AgeRole::kSuspect, scheme),
          Bands(event, geo::AgeRole::kInvolved, scheme),
          same_event,
          truth.earlier_row,
          hotspot,
          "SYNTETISK"};
}

Table EventTable(const Story& story, const std::vector<Delivery>& deliveries) {
  Table table;
  table.columns = {{"fil"},
                   {"rad"},
                   {"uppgiftslamnare"},
                   {"kvartal"},
                   {"handelse"},
                   {"utfall"},
                   {"kategori"},
                   {"easting"},
                   {"northing"},
                   {"alder_utsatt"},
                   {"alder_misstankt"},
                   {"alder_inblandad"},
                   {"samma_handelse_som"},
                   {"levererad_tidigare"},
                   {"planterad"},
                   {"kalla"}};
  std::map<int, std::string> first_row;  // of each event
  for (const Delivery& delivery : deliveries) {
    for (std::size_t r = 0; r < delivery.truths.size(); ++r) {
      const RowTruth& truth = delivery.truths[r];
      const Event& event = story.events[static_cast<std::size_t>(truth.event)];
      const auto [known, is_new] = first_row.emplace(event.id, delivery.path + ":" + std::to_string(r + 2));
      const bool told_before = !is_new && truth.earlier_row.empty();
      table.rows.push_back(EventRow(delivery, r, event, story, told_before ? known->second : ""));
    }
  }
  return table;
}

}  // namespace

void WriteTruth(const std::filesystem::path& folder, const World& world, const Story& story,
                const std::vector<Delivery>& deliveries) {
  std::filesystem::create_directories(folder);
  WriteCsv(folder / "planterade_hotspots.csv", HotspotTable(world, story), ';', Encoding::kUtf8);
  WriteCsv(folder / "sanning_handelser.csv", EventTable(story, deliveries), ';', Encoding::kUtf8);
}

}  // namespace lagesbild::tools::demo
