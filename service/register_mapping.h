#pragma once

#include <optional>
#include <string>

#include "geo/age.h"
#include "maps/address_table.h"
#include "maps/municipality_input.h"
#include "maps/register_layer.h"

namespace lagesbild::service {

/// How an address register that is no Lantmäteriet GeoPackage is read. `block_size` and `municipality_code`
/// are the municipality's and left to the caller. See tools/mapping.md. Throws InvalidRequest listing
/// everything that is wrong, with the line.
maps::AddressTable ParseAddressMapping(const std::string& toml);

/// How a file of places, roads, properties or neighbors is read. See tools/mapping.md. Throws InvalidRequest
/// listing everything that is wrong, with the line.
maps::LayerMapping ParseLayerMapping(const std::string& kind, const std::string& toml);

/// What a municipality is: nothing of it stands in code.
struct MunicipalityConfig {
  maps::MunicipalitySource source;
  std::string address_style = "sv";
  std::string language = "sv";               ///< of layers and reports; Swedish is the one that there is
  std::optional<geo::AgeScheme> age_scheme;  ///< empty = the store keeps the one it has
};
/// Reads a municipality's configuration. See tools/mapping.md. Throws InvalidRequest listing everything that
/// is wrong, with the line.
MunicipalityConfig ParseMunicipality(const std::string& toml);

}  // namespace lagesbild::service
