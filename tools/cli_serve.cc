#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "service/server.h"
#include "tools/cli.h"
#include "tools/cli_session.h"

namespace lagesbild::tools {
namespace {

struct ServeOptions {
  std::string listen, config_file, log_file;
};

/// The file's settings, then those of the command line over them.
service::Config MakeConfig(const GlobalOptions& global, const ServeOptions& options) {
  service::Config config;
  if (!options.config_file.empty()) {
    config = service::ReadConfig(options.config_file);
  }
  const auto prefer = [](auto& setting, const std::string& option) {
    if (!option.empty()) {
      setting = option;
    }
  };
  prefer(config.store, global.store);
  prefer(config.data_dir, global.data_dir);
  prefer(config.token_file, global.token_file);
  prefer(config.listen, options.listen);
  prefer(config.log_file, options.log_file);
  for (const auto& [missing, what] : {std::pair{config.store.empty(), "--store PATH"},
                                      {config.token_file.empty(), "--token-file FILE"},
                                      {config.listen.empty(), "--listen unix:/path or 127.0.0.1:PORT"}}) {
    if (missing) {
      throw BadInput(std::string("serve needs ") + what + ", here or in the configuration file");
    }
  }
  return config;
}

void Serve(Session& session, const ServeOptions& options) {
  service::BlockStopSignals();
  ::umask(077);  // whatever libraries write beside the service's own files is closed to other accounts too
  const auto server = service::Server::Start(MakeConfig(session.options(), options));
  std::printf("%s %s\n", session.Say("Lagesbild lyssnar på", "Lagesbild listens on"),
              server->address().c_str());
  std::fflush(stdout);
  service::WaitForStopSignal();
  server->Drain();
}

}  // namespace

void AddServeCommand(CLI::App& app, CommandLine& line) {
  const auto options = std::make_shared<ServeOptions>();
  CLI::App* command = app.add_subcommand("serve",
                                         "Runs the service until SIGTERM or SIGINT\n"
                                         "Example: lagesbild serve --store l.db --data-dir files "
                                         "--token-file token --listen unix:/run/lagesbild.sock");
  command->add_option("--listen", options->listen,
                      "unix:/path, 127.0.0.1:PORT or [::1]:PORT; port 0 chooses one");
  command->add_option("--config", options->config_file,
                      "TOML file with store, data_dir, token_file, listen, log_file");
  command->add_option("--log-file", options->log_file, "JSON lines go here instead of to stderr");
  command->callback(
      [&line, options] { line.run = [options](Session& session) { Serve(session, *options); }; });
}

}  // namespace lagesbild::tools
