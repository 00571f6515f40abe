#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tools/demo_data/world.h"

namespace lagesbild::tools::demo {
namespace {

constexpr double kStep_m = 200;     // between corners of a country road
constexpr double kBend_m = 120;     // how far it swings from the straight line
constexpr double kHalfPlot_m = 30;  // of a property in the countryside
constexpr std::size_t kUnitsPerTract = 60;

struct RoadSketch {
  const char* number;
  std::vector<const char*> by;  ///< localities in order
};

/// Numbers are those of real roads nearby; where they run is invented.
const std::vector<RoadSketch>& Sketches() {
  static const std::vector<RoadSketch> sketches{{"56", {"Heby", "Runhällen", "Huddunge", "Tärnsjö"}},
                                                {"72", {"Heby", "Morgongåva", "Vittinge"}},
                                                {"254", {"Morgongåva", "Huddunge", "Östervåla"}},
                                                {"272", {"Harbo", "Östervåla", "Tärnsjö"}}};
  return sketches;
}

Xy CenterOf(const World& world, const std::string& name) {
  const auto found = std::find_if(world.localities.begin(), world.localities.end(),
                                  [&](const Locality& l) { return l.name == name; });
  if (found == world.localities.end()) throw std::logic_error("no such demo locality: " + name);
  return found->center;
}

/// From one to the other with one swing to either side. The end is left to the next stretch.
void AddStretch(Xy from, Xy to, std::vector<Xy>& line) {
  const double length = Distance(from, to);
  const int steps = std::max(2, static_cast<int>(length / kStep_m));
  const double east = (to.e - from.e) / length, north = (to.n - from.n) / length;
  for (int i = 0; i < steps; ++i) {
    const double t = static_cast<double>(i) / steps, swing = kBend_m * std::sin(6.283185307179586 * t);
    line.push_back(
        Rounded({from.e + t * (to.e - from.e) - swing * north, from.n + t * (to.n - from.n) + swing * east}));
  }
}

Outline Plot(Xy middle, double half) {
  return {{middle.e - half, middle.n - half},
          {middle.e + half, middle.n - half},
          {middle.e + half, middle.n + half},
          {middle.e - half, middle.n + half}};
}

/// Upper case as a register of properties writes tracts.
std::string Capitals(const std::string& name) {
  static const std::vector<std::pair<std::string, std::string>> letters{
      {"å", "Å"}, {"ä", "Ä"}, {"ö", "Ö"}, {"é", "É"}};
  std::string capitals;
  for (std::size_t i = 0; i < name.size();) {
    const auto pair = std::find_if(letters.begin(), letters.end(), [&](const auto& l) {
      return name.compare(i, l.first.size(), l.first) == 0;
    });
    if (pair != letters.end()) {
      capitals += pair->second;
      i += pair->first.size();
      continue;
    }
    capitals += name[i] >= 'a' && name[i] <= 'z' ? static_cast<char>(name[i] - 'a' + 'A') : name[i];
    ++i;
  }
  return capitals;
}

}  // namespace

void DrawRoads(World& world) {
  for (const RoadSketch& sketch : Sketches()) {
    DemoRoad road{"", sketch.number, {}};
    for (std::size_t i = 0; i + 1 < sketch.by.size(); ++i)
      AddStretch(CenterOf(world, sketch.by[i]), CenterOf(world, sketch.by[i + 1]), road.line);
    road.line.push_back(CenterOf(world, sketch.by.back()));
    world.roads.push_back(std::move(road));
  }
}

void DivideProperties(World& world) {
  std::map<std::string, std::size_t> units;  // per tract
  for (const DemoAddress& address : world.addresses) {
    if (!address.in_force || address.locality_index >= 0 || address.type == AddressType::kMetric) continue;
    const std::string tract = Capitals(address.area);
    const std::size_t unit = ++units[tract];
    if (unit > kUnitsPerTract) continue;
    world.properties.push_back({tract, "1:" + std::to_string(unit), Plot(address.position, kHalfPlot_m)});
  }
  // One property in two parts, a commonly owned one and a joint facility, as the formats have them.
  const Xy by_heby = CenterOf(world, "Heby");
  const auto at = [&](double e, double n) { return Rounded({by_heby.e + e, by_heby.n + n}); };
  world.properties.push_back({"HORRSTA", "1:23>1", Plot(at(2200, 1500), 90)});
  world.properties.push_back({"HORRSTA", "1:23>2", Plot(at(2600, 1500), 30)});
  world.properties.push_back({"HORRSTA", "S:1", Plot(at(2200, 1800), 40)});
  world.properties.push_back({"HORRSTA", "GA:2", Plot(at(2000, 1500), 20)});
}

}  // namespace lagesbild::tools::demo
