#pragma once

#include "tools/cli.h"

namespace lagesbild::tools {

/// `bench calibration`.
void AddCalibrationBench(CLI::App& bench, CommandLine& line);

}  // namespace lagesbild::tools
