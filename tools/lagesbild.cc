// lagesbild: the one program. Client of the service, and the service itself with `serve`.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>

#include "geo/errors.h"
#include "maps/errors.h"
#include "service/errors.h"
#include "tools/cli.h"
#include "tools/cli_session.h"

namespace lagesbild::tools {
namespace {

enum ExitCode { kDone = 0, kInternalFault = 1, kWrongUse = 2, kRefused = 3 };

int Say(const std::string& message, int code) {
  std::fprintf(stderr, "lagesbild: %s\n", message.c_str());
  return code;
}

void AddGlobalOptions(CLI::App& app, GlobalOptions& options) {
  app.add_option("--server", options.server, "Address of a running service: unix:/path or 127.0.0.1:PORT");
  app.add_option("--store", options.store,
                 "Store (SQLite file); without `serve`: starts the service in this process");
  app.add_option("--data-dir", options.data_dir, "Folder for pictures and uploads; default <store>-files");
  app.add_option("--token-file", options.token_file,
                 "Tokens, mode 0600; `serve` makes it when it is not there");
  app.add_option("--lang", options.language, "Language of what is printed; default from the locale")
      ->check(CLI::IsMember({"sv", "en"}));
  app.add_flag("--json", options.json, "For machines");
}

int Run(CommandLine& line) {
  Session session(line.global);
  try {
    line.run(session);
    return std::fflush(stdout) == 0 ? line.exit_code
                                    : Say("cannot write the output; is the disk full?", kInternalFault);
  } catch (const CallFailed& e) {
    return Say(e.what(), ExitCodeOf(e.status.error_code()));
  } catch (const service::InvalidRequest& e) {
    std::string text;
    for (const auto& violation : e.violations) {
      text += (text.empty() ? "" : "; ") + violation.description;
    }
    return Say(text, kRefused);
  } catch (const BadInput& e) {
    return Say(e.what(), kRefused);
  } catch (const geo::InvalidInput& e) {
    return Say(e.what(), kRefused);
  } catch (const geo::TooFewIncidents& e) {
    return Say(e.what(), kRefused);
  } catch (const service::NotReady& e) {
    return Say(e.what(), kRefused);
  } catch (const service::StoreUnavailable& e) {
    return Say(e.what(), kRefused);
  } catch (const service::Exhausted& e) {
    return Say(e.what(), kRefused);
  } catch (const maps::IoError& e) {
    const bool swedish = session.swedish() && !e.reason_sv.empty();
    return Say(swedish ? e.path + ": " + e.reason_sv + " (" + e.reason + ")" : e.what(), kRefused);
  } catch (const std::filesystem::filesystem_error& e) {
    return Say(e.path1().string() + ": " + e.code().message(), kRefused);
  } catch (const std::exception& e) {
    return Say(std::string("internal fault: ") + e.what(), kInternalFault);
  }
}

}  // namespace

int Main(int argc, char** argv) {
  CLI::App app{
      "Lägesbild: from reported incidents to a municipality's quarterly situation picture.\n"
      "Example: lagesbild --server 127.0.0.1:50051 --token-file token picture --quarter 2026Q3 --out "
      "lagesbilder",
      "lagesbild"};
  app.set_version_flag("--version", "lagesbild " LAGESBILD_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  CommandLine line;
  AddGlobalOptions(app, line.global);
  AddServeCommand(app, line);
  AddRegisterCommand(app, line);
  AddReporterCommand(app, line);
  AddImportCommand(app, line);
  AddImportsCommand(app, line);
  AddPictureCommand(app, line);
  AddGeocodeCommand(app, line);
  AddReviewCommand(app, line);
  AddLayersCommand(app, line);
  AddJobsCommand(app, line);
  AddTemplateCommand(app, line);
  AddVerifyCommand(app, line);
  AddAttackCommand(app, line);
  AddDensityCommand(app, line);
  AddBandwidthCommand(app, line);
  AddRiskCommand(app, line);
  AddHotspotsCommand(app, line);
  AddScanCommand(app, line);
  AddKnoxCommand(app, line);
  AddTrendCommand(app, line);
  AddAccuracyCommand(app, line);
  AddBenchCommand(app, line);
  AddCompletionCommand(app, line);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() == 0) {
      return app.exit(e);
    }
    return Say(std::string(e.what()) + " (see lagesbild --help)", kWrongUse);
  }
  return Run(line);
}

}  // namespace lagesbild::tools

int main(int argc, char** argv) { return lagesbild::tools::Main(argc, argv); }
