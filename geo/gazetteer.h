#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "geo/units.h"

namespace lagesbild::geo {

enum class AddressKind { kStreet, kMetric, kVillage, kFarm };  ///< gatu-, metertals-, by-, gårdsadress
/// Whether its numbers belong to a place rather than to a line along a street.
constexpr bool IsVillage(AddressKind kind) {
  return kind == AddressKind::kVillage || kind == AddressKind::kFarm;
}

/// One address in force of a register (Lantmäteriet Belägenhetsadress or a CSV with mapping).
struct Address {
  std::string id;  ///< objektidentitet
  AddressKind kind = AddressKind::kStreet;
  std::string area;                             ///< adressområde: street or village; for a farm "area farm"
  int number = 0;                               ///< 0 when the designation has none
  std::string letter;                           ///< "B", "BB" or empty
  std::string addition;                         ///< lägestillägg "U1", or empty
  std::string postcode;                         ///< five digits or empty
  std::string postal_town, locality, district;  ///< postort, kommundel, distrikt; may be empty
  std::string municipality_code;                ///< "0331"
  PlanePoint position;
  Meters accuracy_radius{75};  ///< from insamlingslage
};

/// School, meeting place, shop, station: found by name.
struct Place {
  std::string id;
  std::string name;
  std::vector<std::string> aliases;
  std::string kind;      ///< "school", "meeting_place", "station", ...
  std::string locality;  ///< may be empty
  PlanePoint position;
  Meters accuracy_radius{50};
  /// First and last day on which the place goes by this name; empty = open. Outside them it is not found.
  std::optional<std::chrono::sys_days> valid_from = {}, valid_to = {};
};

/// A piece of a road or street as a line: NVDB, Lantmäteriet's vaglinje, OSM.
struct Road {
  std::string id;
  std::string name;    ///< street name, may be empty
  std::string number;  ///< "56", "E4", "272"; may be empty
  std::vector<PlanePoint> line;
};

/// A fastighet: found by its designation.
struct Property {
  std::string designation;  ///< "HORRSTA 1:23", with or without the municipality before it
  PlanePoint inner_point;
  double area_m2 = 0;
};

/// What the geocoder knows: one municipality's register and reference places.
struct Gazetteer {
  Epsg crs{3006};
  std::string address_style = "sv";  ///< code of an AddressStyle
  std::vector<Address> addresses;
  std::vector<Place> places;
  /// Localities and districts: found by name, coarse. Position is an inner point, radius sqrt(area/pi), at
  /// least 500 m.
  std::vector<Place> localities;
  std::vector<Road> roads;           ///< may be empty: crossings are then estimated from addresses
  std::vector<Property> properties;  ///< may be empty
  /// Municipalities and localities around: a text that names one lies outside.
  std::vector<std::string> neighbors;
};

}  // namespace lagesbild::geo
