#pragma once

#include <string>

#include "tools/demo_data/random.h"
#include "tools/demo_data/world.h"

namespace lagesbild::tools::demo {

std::string LowerSwedish(std::string text);
std::string UpperSwedish(std::string text);

/// "Storgatan", or for a farm "Björkboda Norrgården".
std::string StreetOf(const DemoAddress& address);
/// "4B".
std::string NumberOf(const DemoAddress& address);

/// The same street as people write it: lower case, capitals, "Storg.", extra blanks.
std::string MessyStreet(const DemoAddress& address, Rng& random);
/// "4b", "4 B".
std::string MessyNumber(const DemoAddress& address, Rng& random);
/// One or two slips of the pen; never the same text.
std::string Misspelt(const std::string& street, Rng& random);

}  // namespace lagesbild::tools::demo
