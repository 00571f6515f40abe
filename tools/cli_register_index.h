#pragma once

namespace CLI {
class App;
}

namespace lagesbild::tools {

struct CommandLine;

/// Adds `register build` and `register info` to the command `register`: registers compiled into one file and
/// what such a file holds. Both work on files alone, without a store or a server.
void AddRegisterIndexCommands(CLI::App& group, CommandLine& line);

}  // namespace lagesbild::tools
