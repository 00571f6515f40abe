#pragma once

#include <chrono>
#include <random>

#include "geo/situation_picture.h"

namespace lagesbild::geo {

inline constexpr double kEast = 600000, kNorth = 6640000;

inline MultiPolygon Square(double x0, double y0, double size) {
  const auto at = [](double x, double y) { return PlanePoint{Meters{x}, Meters{y}}; };
  return {Polygon{{at(x0, y0), at(x0 + size, y0), at(x0 + size, y0 + size), at(x0, y0 + size)}, {}}};
}

/// A municipality of 10 x 10 km where one person of every age from 0 to 79 lives every 500 m.
struct Municipality {
  StudyArea area{Square(kEast, kNorth, 10000)};
  PictureInput input;

  Municipality() {
    input.quarter = {2026, 3};
    input.scheme = DefaultAgeScheme();
    input.study_area = &area;
    input.districts = {{"1", "Väst", Square(kEast, kNorth, 5000)}};
    for (int x = 0; x < 20; ++x)
      for (int y = 0; y < 20; ++y)
        for (int age = 0; age < 80; ++age)
          input.inhabitants.push_back(
              {{Meters{kEast + 250 + 500 * x}, Meters{kNorth + 250 + 500 * y}}, age, 1});
  }

  Incident& Add(double x, double y, int age, unsigned d = 1) {
    Incident& incident = input.incidents.emplace_back();
    incident.id = static_cast<std::int64_t>(input.incidents.size());
    incident.reporter = input.incidents.size() % 2 == 0 ? "polisen" : "heby_skola";
    incident.date = {std::chrono::year{2026}, std::chrono::month{7 + (d % 3)}, std::chrono::day{1 + d % 28}};
    incident.category = Category::kVandalism;
    incident.place = PlaceKind::kPlaced;
    incident.level = MatchLevel::kAddressPoint;
    incident.position = {Meters{kEast + x}, Meters{kNorth + y}};
    incident.has_position = true;
    incident.accuracy_radius = Meters{10};
    incident.persons = {{AgeRole::kVictim, SpanOfAge(input.scheme, age), false}};
    return incident;
  }

  /// Thirty youths all over, eight more at distinct places and days within one square of 250 m.
  void PlantHotspot() {
    std::mt19937_64 random(7);
    const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    for (unsigned i = 0; i < 30; ++i) Add(10000 * uniform(), 10000 * uniform(), 15, i * 5);
    for (unsigned i = 0; i < 8; ++i)
      Add(5010 + 28 * i, 5010 + 25 * i, 14, i * 9).category = static_cast<Category>(i);
  }
};

}  // namespace lagesbild::geo
