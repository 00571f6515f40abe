#pragma once

#include <filesystem>
#include <string>

#include "geo/address_style.h"
#include "maps/register_input.h"
#include "maps/register_layer.h"

namespace lagesbild::maps {

// OpenStreetMap extracts (.osm XML or .osm.pbf), read through GDAL's OSM driver with tags of our own
// choosing. Nodes are kept in a scratch folder that goes away, beyond 100 MB of memory. What is shown of them
// must carry kOsmAttribution.

inline constexpr const char* kOsmAttribution = "© OpenStreetMap contributors, ODbL";

/// Addresses on nodes, buildings and other areas: addr:street or addr:place with addr:housenumber ("12",
/// "12 B", "12;14", "10-16", "12A-C"). One object with several numbers gives as many addresses. A business
/// that repeats the address of a building or entrance is left out. Only addresses inside the municipality,
/// and at most 500 m outside, are kept. `style` says what a postcode looks like. addr:interpolation is not
/// read: it says that numbers lie between two houses, which the geocoder knows of the houses themselves.
/// Throws IoError: no extract, or it holds no address of the municipality.
AddressRegisterFile ReadOsmAddresses(const std::filesystem::path& file, const RegisterTarget& target,
                                     const std::string& municipality_code,
                                     const geo::AddressStyle& style = geo::SwedishAddressStyle());

/// Named amenities, shops, sports grounds, stations and stops, and localities (place=*). Objects of one name
/// and kind within 400 m are one place.
RegisterLayerFile ReadOsmPlaces(const std::filesystem::path& file, const RegisterTarget& target);

/// highway=* with a name or a ref. Several refs of one way give as many roads.
RegisterLayerFile ReadOsmRoads(const std::filesystem::path& file, const RegisterTarget& target);

/// Towns and villages (place=*) beyond the boundary, and municipalities (boundary=administrative, level 7).
RegisterLayerFile ReadOsmNeighbors(const std::filesystem::path& file, const RegisterTarget& target);

inline constexpr double kNeighborReach_m = 60'000;
inline constexpr const char* kInsideReason = "it lies inside the municipality and is no neighbor";
inline constexpr const char* kFarReason = "it is farther away than 60 km";
/// "Enköping" of "Enköpings kommun", "Håbo" of "Håbo kommun".
std::string NeighborName(std::string name);

}  // namespace lagesbild::maps
