#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tools/demo_data/plane.h"

namespace lagesbild::tools::demo {

inline constexpr int kInhabitants = 14421;  ///< end of 2022, heby.se

struct Locality {
  std::string code, name, postcode;
  Xy center;  ///< approximate position of the real locality
  int inhabitants = 0;
  double angle = 0;  ///< of its street grid, radians
  Outline outline;
};

struct District {
  std::string code, name;
  Xy seed;                        ///< the district is what lies nearer to this point than to any other's
  std::vector<Outline> polygons;  ///< its part of the municipality
};

enum class AddressType { kStreet, kMetric, kVillage, kFarm };

struct DemoAddress {
  std::string id;
  AddressType type = AddressType::kStreet;
  std::string area, farm;  ///< adressområde, gårdsadressområde
  int number = 0;
  std::string letter;
  std::string addition;  ///< lägestillägg UH, UV or U
  int addition_number = 0;
  std::string deviating;  ///< avvikande adressplatsbeteckning
  std::string postcode, postal_town, locality, district, district_code;
  std::string capture;      ///< insamlingslage
  int locality_index = -1;  ///< -1 = outside the localities
  int dwellings = 1;
  bool in_force = true;
  Xy position;
};

struct DemoPlace {
  std::string id, name, aliases, kind, locality;
  Xy position;
};

/// A road as a line: a street of a locality, or a numbered country road.
struct DemoRoad {
  std::string name, number;
  std::vector<Xy> line;
};

/// One part of a property, a rectangle.
struct DemoProperty {
  std::string tract, label;  ///< "HORRSTA", "1:23"
  Outline outline;
};

/// The invented municipality: what a register, a map and a population file would hold.
struct World {
  Outline boundary;
  std::vector<Locality> localities;
  std::vector<District> districts;
  std::vector<DemoAddress> addresses;
  std::vector<DemoPlace> places;
  std::vector<DemoRoad> roads;
  std::vector<DemoProperty> properties;
  std::vector<std::vector<int>> ages;  ///< per address: completed ages of those who live there

  const DemoPlace& place(const std::string& name) const;
};

/// Same seed, same world. Cost about 0.1 s.
World MakeWorld(std::uint64_t seed);

// The stages, in the order in which MakeWorld runs them.
void DrawOutlines(std::uint64_t seed, World& world);    ///< boundary, localities without outline, districts
void LayStreets(std::uint64_t seed, World& world);      ///< addresses and outlines of the localities
void ScatterFarms(std::uint64_t seed, World& world);    ///< addresses along country roads
void FinishRegister(std::uint64_t seed, World& world);  ///< districts, reserved and deviating addresses, ids
void PutPlaces(World& world);
void DrawRoads(World& world);         ///< numbered roads between localities; LayStreets draws the streets
void DivideProperties(World& world);  ///< around addresses in the countryside, and HORRSTA by Heby
void Populate(std::uint64_t seed, World& world);

}  // namespace lagesbild::tools::demo
