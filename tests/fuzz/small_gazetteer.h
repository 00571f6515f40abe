#pragma once

#include <string>

#include "geo/gazetteer.h"

namespace lagesbild::fuzz {

inline geo::PlanePoint At(double easting, double northing) {
  return {geo::Meters{easting}, geo::Meters{northing}};
}

/// Invented streets in two towns, with every kind of address and place.
inline geo::Gazetteer SmallGazetteer() {
  using namespace geo;
  Gazetteer g;
  const auto add = [&](AddressKind kind, const char* area, int number, const char* letter, const char* town,
                       double x) {
    Address a;
    a.id = std::to_string(g.addresses.size());
    a.kind = kind;
    a.area = area;
    a.number = number;
    a.letter = letter;
    a.postcode = x < 615000 ? "74431" : "74046";
    a.postal_town = town;
    a.position = At(x + number, 6646000);
    g.addresses.push_back(a);
  };
  for (int n = 1; n <= 20; ++n) {
    add(AddressKind::kStreet, "Storgatan", n, "", "Heby", 604000);
    add(AddressKind::kStreet, "Storgatan", n, "B", "Östervåla", 625000);
  }
  add(AddressKind::kStreet, "Norra Vallgatan", 34, "", "Heby", 604500);
  add(AddressKind::kStreet, "S:t Olofs väg", 3, "A", "Heby", 604600);
  add(AddressKind::kStreet, "Törngatan", 11, "", "Heby", 604700);
  add(AddressKind::kVillage, "Skegarn", 2, "", "Heby", 607000);
  add(AddressKind::kFarm, "Norrbo Lillgården", 0, "", "Heby", 608000);
  add(AddressKind::kMetric, "Härsvägen", 1250, "", "Heby", 609000);
  g.places.push_back({"p1", "Heby skola", {"Hebyskolan"}, "school", "Heby", At(604300, 6646200), Meters{50}});
  g.places.push_back({"p2", "ICA", {}, "shop", "Heby", At(604310, 6646300), Meters{50}});
  g.places.push_back({"p3", "ICA", {}, "shop", "Östervåla", At(625310, 6646300), Meters{50}});
  g.localities.push_back({"l1", "Heby", {}, "locality", "", At(604000, 6646000), Meters{900}});
  g.localities.push_back({"l2", "Östervåla", {}, "locality", "", At(625000, 6646000), Meters{900}});
  g.roads.push_back({"r1", "", "56", {At(600000, 6640000), At(604000, 6646000), At(608000, 6652000)}});
  g.roads.push_back({"r2", "Storgatan", "", {At(604000, 6645990), At(604030, 6646010)}});
  g.roads.push_back({"r3", "Törngatan", "", {At(604010, 6645900), At(604010, 6646100)}});
  g.properties.push_back({"HEBY HORRSTA 1:23", At(606000, 6648000), 1000});
  g.neighbors = {"Sala"};
  return g;
}

}  // namespace lagesbild::fuzz
