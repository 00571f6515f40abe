#pragma once

#include <filesystem>
#include <vector>

#include "tools/demo_data/deliveries.h"

namespace lagesbild::tools::demo {

/// planterade_hotspots.csv and sanning_handelser.csv in `folder`: what an analysis should find, and what
/// lies behind every row. Semicolons; '|' between the parts of one cell.
void WriteTruth(const std::filesystem::path& folder, const World& world, const Story& story,
                const std::vector<Delivery>& deliveries);

}  // namespace lagesbild::tools::demo
