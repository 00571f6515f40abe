#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "tools/cli.h"
#include "tools/cli_session.h"

namespace lagesbild::tools {
namespace {

/// The words that can follow `app`: its commands and options.
std::string WordsAfter(const CLI::App& app) {
  std::string words;
  for (const CLI::App* command : app.get_subcommands({})) {
    words += command->get_name() + " ";
  }
  for (const CLI::Option* option : app.get_options({})) {
    for (const std::string& name : option->get_lnames()) {
      words += "--" + name + " ";
    }
  }
  return words;
}

void PrintCases(const CLI::App& app, const std::string& path) {
  std::printf("    \"%s\") words=\"%s\" ;;\n", path.c_str(), WordsAfter(app).c_str());
  for (const CLI::App* command : app.get_subcommands({})) {
    PrintCases(*command, path + (path.empty() ? "" : " ") + command->get_name());
  }
}

/// A script made from the very definitions that parse the command line, so that it cannot fall behind them.
void PrintBash(const CLI::App& app) {
  std::printf(
      "_lagesbild() {\n"
      "  local word path=\"\" words=\"\" all=\"%s\"\n"
      "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
      "    case \"$word\" in -*|*/*) ;; *) case \" $commands \" in *\" $word \"*) path=\"${path:+$path "
      "}$word\" ;; esac ;; esac\n"
      "  done\n"
      "  case \"$path\" in\n",
      WordsAfter(app).c_str());
  PrintCases(app, "");
  std::printf(
      "  esac\n"
      "  case \"${COMP_WORDS[COMP_CWORD]}\" in -*) [ -n \"$path\" ] && words+=\" $all\" ;; esac\n"
      "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\")\n"
      "  [ ${#COMPREPLY[@]} -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- "
      "\"${COMP_WORDS[COMP_CWORD]}\")\n"
      "}\n"
      "complete -F _lagesbild lagesbild\n");
}

/// Every word that names a command, anywhere.
void CollectCommands(const CLI::App& app, std::string& words) {
  for (const CLI::App* command : app.get_subcommands({})) {
    words += command->get_name() + " ";
    CollectCommands(*command, words);
  }
}

}  // namespace

void AddCompletionCommand(CLI::App& app, CommandLine& line) {
  CLI::App* group = app.add_subcommand(
      "completion", "Prints a completion script\nExample: source <(lagesbild completion bash)");
  group->require_subcommand(1);
  CLI::App* bash = group->add_subcommand("bash", "For bash");
  bash->callback([&line, &app] {
    line.run = [&app](Session&) {
      std::string commands;
      CollectCommands(app, commands);
      std::printf("# Made by `lagesbild completion bash`.\n");
      std::printf("commands=\"%s\"\n", commands.c_str());
      PrintBash(app);
    };
  });
}

}  // namespace lagesbild::tools
