#pragma once

#include "tools/cli.h"

namespace lagesbild::tools {

/// `bench rpc`: how fast a running service answers questions about places.
void AddRpcBench(CLI::App& bench, CommandLine& line);

}  // namespace lagesbild::tools
