#pragma once

#include <CLI/CLI.hpp>

#include "tools/cli.h"

namespace lagesbild::tools {

/// `reporter ask`, `answer`, `status`, `compare` and `aim`: who answered per quarter, and what that says of a
/// change.
void AddReporterAnswerCommands(CLI::App& group, CommandLine& line);

}  // namespace lagesbild::tools
