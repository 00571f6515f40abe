#include "tools/demo_data/summary.h"

#include <cstdio>

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
  char line[512];
  std::string text;
  const auto add = [&](int) { text += line; };
  add(std::snprintf(line, sizeof line, "Påhittade data (SYNTETISK), frö %llu\n",
                    static_cast<unsigned long long>(summary.seed)));
  add(std::snprintf(line, sizeof line,
                    "Yta %.0f km², %d adresser (%d ej gällande), %d invånare varav %.1f %% i tätort\n",
                    summary.area_km2, summary.addresses, summary.not_in_force, summary.inhabitants,
                    100.0 * summary.inhabitants_in_localities / summary.inhabitants));
  add(std::snprintf(line, sizeof line, "Invånare 0-12: %d, 13-17: %d, 18-24: %d, 25+: %d; %d leveranser\n\n",
                    summary.inhabitants_by_group[0], summary.inhabitants_by_group[1],
                    summary.inhabitants_by_group[2], summary.inhabitants_by_group[3], summary.files));
  text += "kvartal  rader plac. varav ungdom grova digit. oplac. stopp. upprepade  planterade hotspots\n";
  for (const DemoSummary::Quarter& q : summary.quarters) {
    add(std::snprintf(line, sizeof line, "%-7s %6d %5d %12d %5d %6d %6d %6d %9d  ", q.code.c_str(), q.rows,
                      q.placed, q.placed_youths, q.coarse, q.digital, q.unplaced, q.stopped, q.repeated));
    for (std::size_t i = 0; i < q.hotspots.size(); ++i) text += (i > 0 ? ", " : "") + q.hotspots[i];
    text += q.hotspots.empty() ? "inga\n" : "\n";
  }
  return text;
}

}  // namespace lagesbild::tools::demo
