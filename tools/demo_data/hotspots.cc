#include "tools/demo_data/story.h"

namespace lagesbild::tools::demo {
namespace {

struct HotspotSketch {
  int quarter;
  const char *group, *place;
  int first_age, last_age, planned;
};

// Quarters 1 (2024Q1), 4 (2024Q4) and 9 (2026Q1) have none. Five and six incidents are there to be missed at
// times.
constexpr HotspotSketch kSketches[] = {
    {0, "UNGDOM", "Heby station", 13, 17, 7},      {2, "UNG_VUXEN", "Tärnsjö busstation", 18, 24, 8},
    {3, "UNGDOM", "Heby station", 13, 17, 8},      {5, "VUXEN", "Morgongåva station", 25, 74, 8},
    {6, "UNGDOM", "Östervåla skola", 13, 17, 7},   {7, "UNGDOM", "Östervåla skola", 13, 17, 8},
    {7, "UNG_VUXEN", "Heby sporthall", 18, 24, 7}, {8, "UNGDOM", "Östervåla skola", 13, 17, 6},
    {10, "UNGDOM", "Heby station", 13, 17, 7},     {10, "UNG_VUXEN", "Harbo idrottsplats", 18, 24, 6},
    {11, "UNGDOM", "Heby station", 13, 17, 8},     {11, "UNGDOM", "Östervåla busstation", 13, 17, 5},
};

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
