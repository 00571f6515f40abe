#include "tools/demo_data/summary.h"

#include <array>
#include <string>
#include <utility>

#include "tools/demo_data/format.h"

namespace lagesbild::tools::demo {
namespace {

std::size_t GroupOf(int age) { return age <= 12 ? 0 : age <= 17 ? 1 : age <= 24 ? 2 : 3; }

void CountRow(const Event& event, const RowTruth& truth, DemoSummary::Quarter& quarter) {
  ++quarter.rows;
  const std::string& outcome = truth.outcome;
  if (outcome == "placerad" || outcome == "standardadress") {
    ++quarter.placed;
    for (const TruePerson& person : event.persons)
      if (person.age >= 13 && person.age <= 17) {
        ++quarter.placed_youths;
        break;
      }
  } else if (outcome == "grov") {
    ++quarter.coarse;
  } else if (outcome == "digital") {
    ++quarter.digital;
  } else if (outcome == "dubblett") {
    ++quarter.repeated;
  } else if (outcome == "stoppad_personuppgift" || outcome == "fel_datum" || outcome == "fel_alder") {
    ++quarter.stopped;
  } else {
    ++quarter.unplaced;
  }
}

void CountPeople(const World& world, DemoSummary& summary) {
  for (std::size_t a = 0; a < world.addresses.size(); ++a) {
    if (!world.addresses[a].in_force) ++summary.not_in_force;
    const int here = static_cast<int>(world.ages[a].size());
    summary.inhabitants += here;
    if (world.addresses[a].locality_index >= 0) summary.inhabitants_in_localities += here;
    for (const int age : world.ages[a]) ++summary.inhabitants_by_group[GroupOf(age)];
  }
}

}  // namespace

DemoSummary Summarize(std::uint64_t seed, const World& world, const Story& story,
                      const std::vector<Delivery>& deliveries) {
  DemoSummary summary;
  summary.seed = seed;
  summary.addresses = static_cast<int>(world.addresses.size());
  summary.area_km2 = Area(world.boundary) / 1e6;
  CountPeople(world, summary);
  for (int q = 0; q < kQuarters; ++q) {
    summary.quarters.push_back({});
    summary.quarters.back().code = QuarterAt(q).code();
  }
  for (const Delivery& delivery : deliveries) {
    for (const RowTruth& truth : delivery.truths) {
      const Event& event = story.events[static_cast<std::size_t>(truth.event)];
      CountRow(event, truth, summary.quarters[static_cast<std::size_t>(event.quarter)]);
    }
  }
  for (const PlantedHotspot& hotspot : story.hotspots)
    summary.quarters[static_cast<std::size_t>(hotspot.quarter)].hotspots.push_back(
        hotspot.group + " " + hotspot.name + " (" + std::to_string(hotspot.planned) + ")");
  summary.files = static_cast<int>(deliveries.size());
  return summary;
}

std::string SummaryText(const DemoSummary& summary) {
  const auto& groups = summary.inhabitants_by_group;
  std::string text =
      "Påhittade data (SYNTETISK), frö " + std::to_string(summary.seed) + "\nYta " +
      Decimals(summary.area_km2, 0) + " km², " + std::to_string(summary.addresses) + " adresser (" +
      std::to_string(summary.not_in_force) + " ej gällande), " + std::to_string(summary.inhabitants) +
      " invånare varav " + Decimals(100.0 * summary.inhabitants_in_localities / summary.inhabitants, 1) +
      " % i tätort\nInvånare 0-12: " + std::to_string(groups[0]) + ", 13-17: " + std::to_string(groups[1]) +
      ", 18-24: " + std::to_string(groups[2]) + ", 25+: " + std::to_string(groups[3]) + "; " +
      std::to_string(summary.files) +
      " leveranser\n\nkvartal  rader plac. varav ungdom grova digit. oplac. stopp. upprepade  planterade "
      "hotspots\n";
  for (const DemoSummary::Quarter& q : summary.quarters) {
    text += q.code;
    const std::array<std::pair<int, std::size_t>, 8> columns{{{q.rows, 8},
                                                              {q.placed, 6},
                                                              {q.placed_youths, 13},
                                                              {q.coarse, 6},
                                                              {q.digital, 7},
                                                              {q.unplaced, 7},
                                                              {q.stopped, 7},
                                                              {q.repeated, 10}}};
    for (const auto& [count, width] : columns) text += AtRight(std::to_string(count), width);
    for (std::size_t i = 0; i < q.hotspots.size(); ++i) text += (i > 0 ? ", " : "  ") + q.hotspots[i];
    text += q.hotspots.empty() ? "  inga\n" : "\n";
  }
  return text;
}

}  // namespace lagesbild::tools::demo
