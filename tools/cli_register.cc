#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "lagesbild/v1/register_service.grpc.pb.h"
#include "service/hashing.h"
#include "tools/cli.h"
#include "tools/cli_register_index.h"
#include "tools/cli_review.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"
#include "tools/cli_transfer.h"

namespace lagesbild::tools {
namespace {

struct RegisterOptions {
  std::string file, kind, mapping, part;
  bool dry_run = false;
};

std::string KindWord(v1::RegisterKind kind) {
  return OptionWord(v1::RegisterKind_Name(kind).substr(std::string("REGISTER_KIND_").size()));
}

v1::RegisterKind ParseKind(const std::string& word) {
  v1::RegisterKind kind = v1::REGISTER_KIND_UNSPECIFIED;
  std::string name = "REGISTER_KIND_";
  for (const char c : word) {
    name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  v1::RegisterKind_Parse(name, &kind);
  return kind;
}

void PrintVersions(Session& session, const std::vector<v1::RegisterVersion>& versions) {
  TextTable table({session.Say("register", "register"), session.Say("lästa", "read"),
                   session.Say("godkända", "accepted"), session.Say("ej gällande", "not in force"),
                   session.Say("stoppade", "rejected"), session.Say("uppgifter från", "dated"),
                   session.Say("källa", "source"), ""});
  for (const v1::RegisterVersion& version : versions) {
    table.Add({KindWord(version.kind()) + (version.part().empty() ? "" : "/" + version.part()),
               std::to_string(version.read_count()), std::to_string(version.accepted_count()),
               std::to_string(version.not_in_force_count()), std::to_string(version.rejected_count()),
               version.content_date(), version.attribution(),
               version.synthetic() ? session.Say("påhittade data", "invented data") : ""});
  }
  table.Print();
}

/// What is the matter with entries: how many, in which column, why, and where the first ones are.
void PrintFindings(Session& session, const v1::ImportRegisterResponse& response) {
  if (response.findings().empty()) {
    return;
  }
  TextTable table({session.Say("poster", "entries"), "", session.Say("kolumn", "column"),
                   session.Say("vad", "what"), session.Say("de första", "the first")});
  for (const v1::RegisterFinding& finding : response.findings()) {
    std::string first;
    for (const std::int64_t row : finding.first_rows()) {
      first += (first.empty() ? "" : ", ") + std::to_string(row);
    }
    table.Add({std::to_string(finding.count()),
               finding.kept() ? session.Say("används", "kept") : session.Say("stoppade", "rejected"),
               finding.column(), session.swedish() ? finding.reason_sv() : finding.reason(), first});
  }
  table.Print();
}

void WarnOfAge(Session& session, const v1::RegisterVersion& version) {
  if (version.age_warning_sv().empty()) {
    return;
  }
  const std::string english = KindWord(version.kind()) + " are over a year old; fetch and import newer ones";
  std::fprintf(stderr, "%s: %s\n", session.Say("varning", "warning"),
               session.swedish() ? version.age_warning_sv().c_str() : english.c_str());
}

std::vector<std::string> Cells(const std::string& name, const v1::MoveCounts& moved) {
  return {name,
          std::to_string(moved.up_to_10_m_count()),
          std::to_string(moved.up_to_50_m_count()),
          std::to_string(moved.up_to_250_m_count()),
          std::to_string(moved.up_to_1000_m_count()),
          std::to_string(moved.beyond_count())};
}

void PrintDifference(Session& session, v1::RegisterKind kind, const v1::RegisterDifference& difference) {
  const auto n = [](std::int64_t value) { return static_cast<long long>(value); };
  const v1::MoveCounts& moved = difference.moved();
  const std::int64_t all_moved = moved.up_to_10_m_count() + moved.up_to_50_m_count() +
                                 moved.up_to_250_m_count() + moved.up_to_1000_m_count() +
                                 moved.beyond_count();
  const bool layer = kind == v1::REGISTER_KIND_ROADS || kind == v1::REGISTER_KIND_PROPERTIES ||
                     kind == v1::REGISTER_KIND_NEIGHBORS;
  if (layer && difference.quarters().empty()) {
    return;  // they have no points that could have moved
  }
  const char* what = kind == v1::REGISTER_KIND_ADDRESSES ? session.Say("adresser", "addresses")
                                                         : session.Say("platser", "places");
  std::printf(session.Say("\n%s: %lld oförändrade, %lld nya, %lld borta, %lld omdöpta, %lld flyttade\n",
                          "\n%s: %lld unchanged, %lld added, %lld removed, %lld renamed, %lld moved\n"),
              what, n(difference.unchanged_count()), n(difference.added_count()),
              n(difference.removed_count()), n(difference.renamed_count()), n(all_moved));
  TextTable table({session.Say("flyttade", "moved"), "≤ 10 m", "≤ 50 m", "≤ 250 m", "≤ 1000 m", "> 1000 m",
                   session.Say("adress borta", "address gone"), session.Say("oklart", "unclear"),
                   session.Say("text funnen", "text found"), session.Say("nu innanför", "now inside"),
                   session.Say("nu utanför", "now outside")});
  std::vector<std::string> first = Cells(what, moved);
  first.resize(11);
  table.Add(std::move(first));
  for (const v1::QuarterMoves& quarter : difference.quarters()) {
    std::vector<std::string> cells =
        Cells(session.Say("händelser ", "incidents ") + QuarterText(quarter.quarter(), session.swedish()),
              quarter.moved());
    for (const std::int64_t count : {quarter.gone_count(), quarter.unclear_count(), quarter.found_count(),
                                     quarter.now_inside_count(), quarter.now_outside_count()}) {
      cells.push_back(std::to_string(count));
    }
    table.Add(std::move(cells));
  }
  table.Print();
}

void Import(Session& session, const RegisterOptions& options) {
  const auto stub = session.Stub<v1::RegisterService>();
  const auto context = session.Context(std::chrono::minutes{30});
  v1::ImportRegisterRequest first;
  first.mutable_header()->set_kind(ParseKind(options.kind));
  first.mutable_header()->set_file_name(std::filesystem::path(options.file).filename().string());
  first.mutable_header()->set_validate_only(options.dry_run);
  first.mutable_header()->set_part(options.part);
  if (!options.mapping.empty()) {
    first.mutable_header()->set_mapping_toml(ReadTextFile(options.mapping));
  }
  first.mutable_header()->set_sha256(service::Sha256HexOfFile(options.file));
  v1::ImportRegisterResponse response;
  const auto writer = stub->ImportRegister(context.get(), &response);
  SendUpload(*writer, first, options.file);
  session.Check(writer->Finish());
  WarnOfAge(session, response.version());
  if (session.json()) {
    session.PrintJson(response);
    return;
  }
  PrintVersions(session, {response.version()});
  PrintFindings(session, response);
  if (response.already_imported()) {
    std::printf("%s\n", session.Say("Samma fil gäller redan; inget ändrades.",
                                    "The same file is current already; nothing changed."));
  }
  if (response.has_difference()) {
    PrintDifference(session, response.version().kind(), response.difference());
    if (!options.dry_run) WarnOfStaleDecisions(session);
  }
  if (options.dry_run) {
    std::printf("%s\n", session.Say("Provläst, inget ändrades.", "Checked, nothing changed."));
  }
}

void List(Session& session) {
  const auto stub = session.Stub<v1::RegisterService>();
  const auto context = session.Context();
  v1::ListRegistersResponse response;
  session.Check(stub->ListRegisters(context.get(), {}, &response));
  for (const v1::RegisterVersion& version : response.versions()) {
    WarnOfAge(session, version);
  }
  session.json() ? session.PrintJson(response)
                 : PrintVersions(session, {response.versions().begin(), response.versions().end()});
}

/// What `import` and `update` have in common.
void AddFileOptions(CLI::App& command, CommandLine& line, const std::shared_ptr<RegisterOptions>& options) {
  command
      .add_option("FILE", options->file,
                  "GeoPackage, GeoJSON, zipped shapefile, CSV or XLSX, or an OSM extract (.osm, .osm.pbf)")
      ->required();
  command.add_option("--mapping", options->mapping,
                     "How to read it (TOML): the columns of an address table, or what the municipality is");
  command.add_option("--part", options->part,
                     "Part of places, roads, properties or neighbors to replace, as \"osm\"; others stay");
  command.add_flag("--dry-run", options->dry_run, "Tells what would change, changes nothing");
  command.callback(
      [&line, options] { line.run = [options](Session& session) { Import(session, *options); }; });
}

}  // namespace

void AddRegisterCommand(CLI::App& app, CommandLine& line) {
  CLI::App* group =
      app.add_subcommand("register", "Address register, reference layers, places, roads and population")
          ->alias("registers");
  group->require_subcommand(1);
  const auto kinds =
      CLI::IsMember({"addresses", "reference", "population", "places", "roads", "properties", "neighbors"});
  const auto imported = std::make_shared<RegisterOptions>();
  CLI::App* import =
      group->add_subcommand("import",
                            "Makes a file the current version of its kind\n"
                            "Example: lagesbild --store l.db register import adresser.gpkg --kind addresses\n"
                            "Example: lagesbild --store l.db register import alias.csv --kind places");
  AddFileOptions(*import, line, imported);
  import->add_option("--kind", imported->kind, "What the file holds")->required()->check(kinds);
  const auto updated = std::make_shared<RegisterOptions>();
  updated->kind = "addresses";
  CLI::App* update = group->add_subcommand(
      "update",
      "Takes in a newer version, moves the incidents it concerns and tells the difference\n"
      "Example: lagesbild --store l.db register update adresser.gpkg --dry-run");
  AddFileOptions(*update, line, updated);
  update->add_option("--kind", updated->kind, "What the file holds; addresses unless given")->check(kinds);
  CLI::App* list =
      group->add_subcommand("list", "Lists current versions\nExample: lagesbild --store l.db register list");
  list->callback([&line] { line.run = [](Session& session) { List(session); }; });
  AddRegisterIndexCommands(*group, line);
}

}  // namespace lagesbild::tools
