#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lagesbild::tools::demo {

/// What was made, counted from the data themselves.
struct DemoSummary {
  std::uint64_t seed = 0;
  int addresses = 0, not_in_force = 0;
  int inhabitants = 0, inhabitants_in_localities = 0;
  std::array<int, 4> inhabitants_by_group{};  ///< 0-12, 13-17, 18-24, 25+
  double area_km2 = 0;
  struct Quarter {
    std::string code;
    int rows = 0;
    int placed = 0;  ///< rows that name an address or a place in the register, the station's default included
    int coarse = 0;  ///< rows that name the street alone
    int placed_youths = 0;  ///< of `placed`: with a known age of 13 to 17
    int digital = 0, unplaced = 0, stopped = 0, repeated = 0;
    std::vector<std::string> hotspots;  ///< "UNGDOM Heby station (7)"
  };
  std::vector<Quarter> quarters;
  int files = 0;
};

/// Writes the demo municipality into `folder`: registers, reports, mapping files, and the truth beside them.
///
/// Same seed, same bytes, in every file. The folder appears complete or not at all; an earlier demo in it is
/// replaced, a folder that holds anything else is refused. Throws maps::IoError. Cost about a second.
DemoSummary WriteDemoData(std::uint64_t seed, const std::filesystem::path& folder);

std::string SummaryText(const DemoSummary& summary);  ///< for a person, Swedish

}  // namespace lagesbild::tools::demo
