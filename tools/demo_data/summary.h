#pragma once

#include <cstdint>
#include <vector>

#include "tools/demo_data/deliveries.h"
#include "tools/demo_data/demo_data.h"

namespace lagesbild::tools::demo {

DemoSummary Summarize(std::uint64_t seed, const World& world, const Story& story,
                      const std::vector<Delivery>& deliveries);

}  // namespace lagesbild::tools::demo
