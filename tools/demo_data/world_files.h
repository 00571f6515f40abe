#pragma once

#include <filesystem>

#include "tools/demo_data/world.h"

namespace lagesbild::tools::demo {

/// Layers `belagenhetsadress` and `adressplatsanmarkning` in Lantmäteriet's schema (geocoding.md 6.1).
void WriteAddressRegister(const std::filesystem::path& path, const World& world);

/// Layers `kommungrans`, `distrikt`, `tatort` and `plats` as maps/register_input.h reads them.
void WriteReferenceLayers(const std::filesystem::path& path, const World& world);

/// Layer `vaglinje` in Lantmäteriet's schema: streets by name, country roads by number.
void WriteRoads(const std::filesystem::path& path, const World& world);

/// Layer `registerenhetsomradesyta` in Lantmäteriet's schema.
void WriteProperties(const std::filesystem::path& path, const World& world);

/// namn;alias;typ;ort;ost;nord;radie_m;giltig_fran;giltig_till;kalla: names that people use, some for a time.
void WriteAliases(const std::filesystem::path& path, const World& world);

/// namn;lon;lat;kalla: municipalities and towns around, real names at rough positions.
void WriteNeighbors(const std::filesystem::path& path);

/// objektidentitet, alder, antal.
void WritePopulation(const std::filesystem::path& path, const World& world);

}  // namespace lagesbild::tools::demo
