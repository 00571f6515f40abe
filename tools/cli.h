#pragma once

#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace lagesbild::tools {

class Session;

/// Options that every command takes.
struct GlobalOptions {
  std::string server;      ///< address of a running service
  std::string store;       ///< or the store with which the same service is started in this process
  std::string data_dir;    ///< of that service; empty: "<store>-files"
  std::string token_file;  ///< its first token is sent
  std::string language;    ///< "sv", "en"; empty: from the locale
  bool json = false;
};

/// What the parsed command line asks for.
struct CommandLine {
  GlobalOptions global;
  std::function<void(Session&)> run;  ///< set by the command that was named; throws on failure
  int exit_code = 0;                  ///< of a command that ended without a failure of its own
};

// Each adds one command, with options of its own, to the program.
void AddServeCommand(CLI::App& app, CommandLine& line);
void AddRegisterCommand(CLI::App& app, CommandLine& line);
void AddReporterCommand(CLI::App& app, CommandLine& line);
void AddImportCommand(CLI::App& app, CommandLine& line);
void AddImportsCommand(CLI::App& app, CommandLine& line);
void AddPictureCommand(CLI::App& app, CommandLine& line);
void AddGeocodeCommand(CLI::App& app, CommandLine& line);
void AddReviewCommand(CLI::App& app, CommandLine& line);
void AddLayersCommand(CLI::App& app, CommandLine& line);
void AddJobsCommand(CLI::App& app, CommandLine& line);
void AddTemplateCommand(CLI::App& app, CommandLine& line);
void AddVerifyCommand(CLI::App& app, CommandLine& line);
void AddAttackCommand(CLI::App& app, CommandLine& line);
void AddDensityCommand(CLI::App& app, CommandLine& line);
void AddBandwidthCommand(CLI::App& app, CommandLine& line);
void AddRiskCommand(CLI::App& app, CommandLine& line);
void AddHotspotsCommand(CLI::App& app, CommandLine& line);
void AddScanCommand(CLI::App& app, CommandLine& line);
void AddKnoxCommand(CLI::App& app, CommandLine& line);
void AddTrendCommand(CLI::App& app, CommandLine& line);
void AddAccuracyCommand(CLI::App& app, CommandLine& line);
void AddBenchCommand(CLI::App& app, CommandLine& line);
void AddCompletionCommand(CLI::App& app, CommandLine& line);

}  // namespace lagesbild::tools
