#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "lagesbild/v1/register_service.grpc.pb.h"
#include "service/hashing.h"
#include "tools/cli.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"
#include "tools/cli_transfer.h"

namespace lagesbild::tools {
namespace {

struct RegisterOptions {
  std::string file, kind, mapping;
};

std::string KindWord(v1::RegisterKind kind) {
  return OptionWord(v1::RegisterKind_Name(kind).substr(std::string("REGISTER_KIND_").size()));
}

v1::RegisterKind ParseKind(const std::string& word) {
  return word == "addresses"   ? v1::REGISTER_KIND_ADDRESSES
         : word == "reference" ? v1::REGISTER_KIND_REFERENCE
                               : v1::REGISTER_KIND_POPULATION;
}

void PrintVersions(Session& session, const std::vector<v1::RegisterVersion>& versions) {
  TextTable table({session.Say("register", "register"), session.Say("lästa", "read"),
                   session.Say("godkända", "accepted"), session.Say("ej gällande", "not in force"),
                   session.Say("stoppade", "rejected"), ""});
  for (const v1::RegisterVersion& version : versions) {
    table.Add({KindWord(version.kind()), std::to_string(version.read_count()),
               std::to_string(version.accepted_count()), std::to_string(version.not_in_force_count()),
               std::to_string(version.rejected_count()),
               version.synthetic() ? session.Say("påhittade data", "invented data") : ""});
  }
  table.Print();
}

void Import(Session& session, const RegisterOptions& options) {
  const auto stub = session.Stub<v1::RegisterService>();
  const auto context = session.Context(std::chrono::minutes{30});
  v1::ImportRegisterRequest first;
  first.mutable_header()->set_kind(ParseKind(options.kind));
  first.mutable_header()->set_file_name(std::filesystem::path(options.file).filename().string());
  if (!options.mapping.empty()) {
    first.mutable_header()->set_mapping_toml(ReadTextFile(options.mapping));
  }
  first.mutable_header()->set_sha256(service::Sha256HexOfFile(options.file));
  v1::ImportRegisterResponse response;
  const auto writer = stub->ImportRegister(context.get(), &response);
  SendUpload(*writer, first, options.file);
  session.Check(writer->Finish());
  session.json() ? session.PrintJson(response) : PrintVersions(session, {response.version()});
}

void List(Session& session) {
  const auto stub = session.Stub<v1::RegisterService>();
  const auto context = session.Context();
  v1::ListRegistersResponse response;
  session.Check(stub->ListRegisters(context.get(), {}, &response));
  session.json() ? session.PrintJson(response)
                 : PrintVersions(session, {response.versions().begin(), response.versions().end()});
}

}  // namespace

void AddRegisterCommand(CLI::App& app, CommandLine& line) {
  const auto options = std::make_shared<RegisterOptions>();
  CLI::App* group =
      app.add_subcommand("register", "Address register, reference layers and population")->alias("registers");
  group->require_subcommand(1);
  CLI::App* import =
      group->add_subcommand("import",
                            "Makes a file the current version of its kind\n"
                            "Example: lagesbild --store l.db register import adresser.gpkg --kind addresses");
  import
      ->add_option("FILE", options->file,
                   "GeoPackage; with --mapping also CSV, XLSX or GeoJSON; CSV for the population")
      ->required();
  import->add_option("--kind", options->kind, "What the file holds")
      ->required()
      ->check(CLI::IsMember({"addresses", "reference", "population"}));
  import->add_option("--mapping", options->mapping,
                     "How to read it (TOML): the columns of an address table, or what the municipality is");
  import->callback(
      [&line, options] { line.run = [options](Session& session) { Import(session, *options);
};
}  // namespace lagesbild::tools
);
CLI::App* list =
    group->add_subcommand("list", "Lists current versions\nExample: lagesbild --store l.db register list");
list->callback([&line] { line.run = [](Session& session) { List(session); }; });
}

}  // namespace lagesbild::tools
