#pragma once

#include <filesystem>

#include "tools/demo_data/world.h"

namespace lagesbild::tools::demo {

/// Layers `belagenhetsadress` and `adressplatsanmarkning` in Lantmäteriet's schema (geocoding.md 6.1).
void WriteAddressRegister(const std::filesystem::path& path, const World& world);

/// Layers `kommungrans`, `distrikt`, `tatort` and `plats` as maps/register_input.h reads them.
void WriteReferenceLayers(const std::filesystem::path& path, const World& world);

/// objektidentitet, alder, antal.
void WritePopulation(const std::filesystem::path& path, const World& world);

}  // namespace lagesbild::tools::demo
