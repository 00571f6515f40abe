#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "geo/grid.h"

namespace lagesbild::tools {

/// What the attacker knows (the addresses) and what is to be found (the incidents).
struct AttackSetup {
  std::vector<geo::PlanePoint> addresses;  ///< distinct
  std::vector<int> incidents;              ///< at each address
  /// Incidents that are at no known address: part of the surface, but nobody can find them.
  std::vector<geo::PlanePoint> elsewhere;

  /// Every incident's position.
  std::vector<geo::PlanePoint> positions() const;
};

struct TownSize {
  int addresses = 1500;
  int incidents = 40;
  geo::Meters side{1500};  ///< of the town
};

/// An invented town: seven of ten addresses spread evenly in a square, the others in one three times as wide
/// around it; incidents at addresses picked at random, several at one allowed. The addresses depend on
/// `town_seed` alone, the incidents on both seeds. Throws geo::InvalidInput: sizes outside 1 to 20,000
/// addresses, 0 to 10,000 incidents, 100 m to 100 km.
AttackSetup InventedTown(const TownSize& size, std::uint64_t town_seed, std::uint64_t incident_seed);

/// From two tables (CSV or, by their ending, XLSX) with columns easting and northing, meters in one CRS. An
/// incident belongs to the address at its position, to the centimeter.
/// Throws maps::IoError: unreadable table, no such columns; geo::InvalidInput: a cell that is no number
/// (names the row, not the value), no address, over 20,000 addresses or 10,000 incidents.
AttackSetup SetupFromTables(const std::filesystem::path& addresses, const std::filesystem::path& incidents);

}  // namespace lagesbild::tools
