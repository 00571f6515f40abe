#pragma once

#include <string>
#include <vector>

namespace lagesbild::tools::demo {

/// Invented names: plausible Swedish, put together from parts; none is taken from a register.
std::vector<std::string> StreetNames();  ///< "Kantarellgatan", all different
std::vector<std::string> HamletNames();  ///< "Björkboda", all different
std::vector<std::string> FarmNames();    ///< "Norrgården"

}  // namespace lagesbild::tools::demo
