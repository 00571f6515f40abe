#include <array>

#include "tools/demo_data/story.h"

namespace lagesbild::tools::demo {
namespace {

struct HotspotSketch {
  const char *group, *place;
  int quarter, first_age, last_age, planned;
};

// Quarters 1 (2024Q1), 4 (2024Q4) and 9 (2026Q1) have none. Five and six incidents are there to be missed at
// times.
constexpr auto kSketches = std::to_array<HotspotSketch>({
    {"UNGDOM", "Heby station", 0, 13, 17, 7},
    {"UNG_VUXEN", "Tärnsjö busstation", 2, 18, 24, 8},
    {"UNGDOM", "Heby station", 3, 13, 17, 8},
    {"VUXEN", "Morgongåva station", 5, 25, 74, 8},
    {"UNGDOM", "Östervåla skola", 6, 13, 17, 7},
    {"UNGDOM", "Östervåla skola", 7, 13, 17, 8},
    {"UNG_VUXEN", "Heby sporthall", 7, 18, 24, 7},
    {"UNGDOM", "Östervåla skola", 8, 13, 17, 6},
    {"UNGDOM", "Heby station", 10, 13, 17, 7},
    {"UNG_VUXEN", "Harbo idrottsplats", 10, 18, 24, 6},
    {"UNGDOM", "Heby station", 11, 13, 17, 8},
    {"UNGDOM", "Östervåla busstation", 11, 13, 17, 5},
});

}  // namespace

std::vector<PlantedHotspot> PlanHotspots(const World& world) {
  std::vector<PlantedHotspot> plan;
  for (const HotspotSketch& sketch : kSketches) {
    PlantedHotspot hotspot;
    hotspot.quarter = sketch.quarter;
    hotspot.group = sketch.group;
    hotspot.first_age = sketch.first_age;
    hotspot.last_age = sketch.last_age;
    hotspot.name = sketch.place;
    hotspot.center = world.place(sketch.place).position;
    hotspot.planned = sketch.planned;
    plan.push_back(std::move(hotspot));
  }
  return plan;
}

}  // namespace lagesbild::tools::demo
