#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "tools/cli.h"
#include "tools/cli_session.h"
#include "tools/verify.h"

namespace lagesbild::tools {
namespace {

struct VerifyOptions {
  std::string cases, only, dump;
};

}  // namespace

void AddVerifyCommand(CLI::App& app, CommandLine& line) {
  const auto options = std::make_shared<VerifyOptions>();
  CLI::App* command =
      app.add_subcommand("verify",
                         "Runs reference cases of trusted peers against the libraries; needs no service\n"
                         "Example: lagesbild verify ../shared/cases --only gstar");
  command->add_option("CASES_DIR", options->cases, "Folder with manifest.json")->required();
  command->add_option("--only", options->only, "Only cases whose id begins so");
  command->add_option("--dump", options->dump, "Folder for what was computed, as CSV");
  command->callback([&line, options] {
    line.run = [&line, options](Session&) {
      line.exit_code = RunVerify(options->cases, options->only, options->dump, std::cout);
      std::cout.flush();
    };
  });
}

}  // namespace lagesbild::tools
