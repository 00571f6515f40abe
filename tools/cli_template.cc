#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "service/report_template.h"
#include "tools/cli.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

struct TemplateOptions {
  std::string kind, out;
  bool list = false;
};

std::string WordOf(service::ReporterKind kind) {
  std::string word = std::string(service::ReporterKindCode(kind));
  std::transform(word.begin(), word.end(), word.begin(),
                 [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
  return word;
}

void List(Session& session) {
  if (session.json()) {
    nlohmann::json all = nlohmann::json::array();
    for (const service::ReporterKind kind : service::TemplateKinds()) {
      all.push_back({{"kind", WordOf(kind)},
                     {"version", service::kTemplateVersion},
                     {"title_sv", service::TemplateTitleSv(kind)}});
    }
    std::printf("%s\n", all.dump(2).c_str());
    return;
  }
  TextTable table({session.Say("slag", "kind"), session.Say("version", "version"),
                   session.Say("kolumner", "columns"), session.Say("för", "for")});
  for (const service::ReporterKind kind : service::TemplateKinds()) {
    table.Add({WordOf(kind), std::to_string(service::kTemplateVersion),
               std::to_string(service::TemplateFor(kind).columns.size()), service::TemplateTitleSv(kind)});
  }
  table.Print();
}

void Run(Session& session, const TemplateOptions& options) {
  if (options.list) {
    List(session);
    return;
  }
  if (options.kind.empty() || options.out.empty()) {
    throw BadInput("template needs --kind KIND and --out FILE.xlsx, or --list");
  }
  if (!options.out.ends_with(".xlsx")) {
    throw BadInput("--out " + options.out +
                   ": the template is an Excel workbook; its name must end in .xlsx");
  }
  for (const service::ReporterKind kind : service::TemplateKinds()) {
    if (WordOf(kind) == options.kind) {
      maps::WriteExcelTemplate(service::TemplateFor(kind), options.out);
      std::printf("%s\n", options.out.c_str());
    }
  }
}

}  // namespace

void AddTemplateCommand(CLI::App& app, CommandLine& line) {
  const auto options = std::make_shared<TemplateOptions>();
  CLI::App* command = app.add_subcommand(
      "template",
      "Writes the Excel workbook that a kind of reporter fills in; imported without a mapping\n"
      "Example: lagesbild template --kind school --out mall_skola.xlsx");
  std::vector<std::string> kinds;
  for (const service::ReporterKind kind : service::TemplateKinds()) {
    kinds.push_back(WordOf(kind));
  }
  command->add_option("--kind", options->kind, "Kind of the reporter")->check(CLI::IsMember(kinds));
  command->add_option("--out", options->out, "The workbook (.xlsx)");
  command->add_flag("--list", options->list, "Lists the templates");
  command->callback([&line, options] { line.run = [options](Session& session) { Run(session, *options); }; });
}

}  // namespace lagesbild::tools
