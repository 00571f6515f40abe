#pragma once

#include <filesystem>

#include "geo/gazetteer.h"

namespace lagesbild::tools {

/// Files of the open data folder that the benchmark reads. Throws geo::InvalidInput naming the first that is
/// missing and what the folder should hold.
void CheckBenchData(const std::filesystem::path& data);

// Open address registers as the geocoder takes them. Each throws geo::InvalidInput when its file cannot be
// read or a cell is no number.
geo::Gazetteer MalmoRegister(const std::filesystem::path& data);         ///< EPSG:3006
geo::Gazetteer ElverumRegister(const std::filesystem::path& data);       ///< EPSG:25833
geo::Gazetteer PhiladelphiaRegister(const std::filesystem::path& data);  ///< hundred blocks, EPSG:32618

inline constexpr const char* kMalmoQueries = "malmo/malmo_noisy_queries.csv";
inline constexpr const char* kPhiladelphiaPairs = "philadelphia/philadelphia_geocode_pairs_dev_2019-2020.csv";
inline constexpr geo::Epsg kPhiladelphiaPlane{32618};

}  // namespace lagesbild::tools
