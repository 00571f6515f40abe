#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <sstream>

#include "lagesbild/v1/incident_service.grpc.pb.h"
#include "lagesbild/v1/register_service.grpc.pb.h"
#include "service/hashing.h"
#include "tools/cli.h"
#include "tools/cli_session.h"
#include "tools/cli_tally.h"
#include "tools/cli_text.h"
#include "tools/cli_transfer.h"

namespace lagesbild::tools {
namespace {

struct Delivery {
  std::string file, mapping, reporter;
};

struct ImportOptions {
  Delivery delivery;
  std::string list, request_id;
  bool validate_only = false;
};

v1::ImportIncidentsResponse Send(Session& session, const Delivery& delivery, const ImportOptions& options) {
  v1::ImportIncidentsRequest first;
  v1::ImportIncidentsHeader& header = *first.mutable_header();
  header.set_reporter_code(delivery.reporter);
  header.set_file_name(std::filesystem::path(delivery.file).filename().string());
  if (!delivery.mapping.empty()) {
    header.set_mapping_toml(ReadTextFile(delivery.mapping));
  }
  header.set_request_id(options.request_id);
  header.set_validate_only(options.validate_only);
  header.set_sha256(service::Sha256HexOfFile(delivery.file));
  const auto stub = session.Stub<v1::IncidentService>();
  const auto context = session.Context(std::chrono::minutes{30});
  v1::ImportIncidentsResponse response;
  const auto writer = stub->ImportIncidents(context.get(), &response);
  SendUpload(*writer, first, delivery.file);
  session.Check(writer->Finish());
  return response;
}

std::string Outcome(Session& session, const v1::ImportIncidentsResponse& response) {
  if (response.already_imported()) {
    return session.Say("inläst tidigare som ", "imported before as ") + response.import().name();
  }
  return response.import().name().empty() ? session.Say("provläst, inget sparat", "checked, nothing stored")
                                          : response.import().name();
}

void PrintRejected(Session& session, const v1::ImportIncidentsResponse& response) {
  for (const v1::RejectedRow& row : response.rejected_preview()) {
    std::printf("  %s %lld%s%s: %s\n", session.Say("rad", "row"), static_cast<long long>(row.row_number()),
                row.column().empty() ? "" : (std::string(", ") + session.Say("kolumn ", "column ")).c_str(),
                row.column().c_str(), RejectionText(row, session.swedish()).c_str());
  }
  const auto more = response.import().incidents().rejected_count() - response.rejected_preview_size();
  if (more > 0) {
    std::printf("  %s %lld\n", session.Say("… och fler:", "… and more:"), static_cast<long long>(more));
  }
}

void PrintComparison(Session& session, const v1::ImportIncidentsResponse& response) {
  if (!response.has_place_comparison()) {
    return;
  }
  const v1::PlaceComparison& places = response.place_comparison();
  const auto n = [](std::int64_t value) { return static_cast<long long>(value); };
  std::printf(
      session.Say("  adresstext mot egna koordinater: %lld händelser har båda, %lld (%.1f %%) av texterna "
                  "placerade, varav %lld grovt; avstånd p50 %.0f m, p90 %.0f m\n",
                  "  address text against own coordinates: %lld incidents have both, %lld (%.1f %%) of the "
                  "texts placed, %lld of them coarsely; distance p50 %.0f m, p90 %.0f m\n"),
      n(places.compared_count()), n(places.placed_count()),
      100.0 * static_cast<double>(places.placed_count()) / static_cast<double>(places.compared_count()),
      n(places.coarse_count()), places.median_m(), places.p90_m());
}

void ImportOne(Session& session, const ImportOptions& options) {
  const v1::ImportIncidentsResponse response = Send(session, options.delivery, options);
  if (session.json()) {
    session.PrintJson(response);
    return;
  }
  std::printf("%s, %s: %s\n", response.import().file_name().c_str(),
              response.import().reporter_code().c_str(), Outcome(session, response).c_str());
  if (!response.encoding().empty() && response.encoding() != "utf-8") {
    std::printf("  %s %s\n", session.Say("läst med teckenkodningen", "read in the encoding"),
                response.encoding().c_str());
  }
  if (response.import().incidents().read_count() == 0) {
    std::printf("  %s\n", session.Say("filen har en rubrikrad men inga rader under den",
                                      "the file has a header line but no rows below it"));
  }
  PrintReconciliation(session, response.import());
  PrintComparison(session, response);
  PrintRejected(session, response);
}

/// Only workbooks carry the id of their template.
bool MayBeTemplate(const std::string& file) { return file.ends_with(".xlsx") || file.ends_with(".XLSX"); }

/// Lines `file;mapping;reporter` below a header; paths are relative to the list.
std::vector<Delivery> ReadList(const std::string& path) {
  std::istringstream lines(ReadTextFile(path));
  const auto folder = std::filesystem::path(path).parent_path();
  std::vector<Delivery> deliveries;
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    line.erase(line.find_last_not_of("\r ") + 1);
    if (number == 1 && line != "file;mapping;reporter") {
      throw BadInput(path + " line 1: must be `file;mapping;reporter`");
    }
    if (number == 1 || line.empty()) {
      continue;
    }
    std::istringstream cells(line);
    std::string file, mapping, reporter, more;
    std::getline(cells, file, ';');
    std::getline(cells, mapping, ';');
    std::getline(cells, reporter, ';');
    if (file.empty() || (mapping.empty() && !MayBeTemplate(file)) || reporter.empty() ||
        std::getline(cells, more)) {
      throw BadInput(path + " line " + std::to_string(number) +
                     ": must be `file;mapping;reporter`; the mapping may be empty for a filled-in template");
    }
    deliveries.push_back(
        {(folder / file).string(), mapping.empty() ? "" : (folder / mapping).string(), reporter});
  }
  return deliveries;
}

void ImportList(Session& session, const ImportOptions& options) {
  if (!options.request_id.empty()) {
    throw BadInput("--request-id names one import and cannot be used with --list");
  }
  v1::ListImportsResponse all;
  v1::Import sum;
  TextTable table({session.Say("leverans", "delivery"), session.Say("lästa", "read"),
                   session.Say("godkända", "accepted"), session.Say("stoppade", "rejected"),
                   session.Say("dubbletter", "duplicate"), session.Say("placerade", "placed"),
                   session.Say("oplacerade", "unplaced"), session.Say("digitala", "digital"), ""});
  const std::vector<Delivery> deliveries = ReadList(options.list);
  // What is stored stays stored: it is told too when a later delivery fails.
  const auto print = [&] {
    if (session.json()) {
      session.PrintJson(all);
    } else if (all.imports_size() > 0) {
      table.Print();
      std::printf("\n%s (%d)\n",
                  all.imports_size() == static_cast<int>(deliveries.size())
                      ? session.Say("Alla leveranser", "All deliveries")
                      : session.Say("Leveranser fram till felet", "Deliveries before the error"),
                  all.imports_size());
      PrintReconciliation(session, sum);
    }
    std::fflush(stdout);
  };
  ProgressBar progress;
  for (std::size_t i = 0; i < deliveries.size(); ++i) {
    progress.Show(static_cast<double>(i) / static_cast<double>(deliveries.size()), deliveries[i].reporter);
    v1::ImportIncidentsResponse response;
    try {
      response = Send(session, deliveries[i], options);
    } catch (const CallFailed& e) {
      print();
      throw CallFailed(e.status, deliveries[i].file + ": " + e.what());
    } catch (...) {
      print();
      throw;
    }
    const v1::Tally& t = response.import().incidents();
    table.Add({response.import().file_name(), std::to_string(t.read_count()),
               std::to_string(t.accepted_count()), std::to_string(t.rejected_count()),
               std::to_string(t.duplicate_count()), std::to_string(t.placed_count()),
               std::to_string(t.unplaced_count()), std::to_string(t.digital_count()),
               Outcome(session, response)});
    AddImport(response.import(), sum);
    *all.add_imports() = std::move(*response.mutable_import());
  }
  print();
}

void Import(Session& session, const ImportOptions& options) {
  const Delivery& one = options.delivery;
  if (!options.list.empty()) {
    if (!one.file.empty() || !one.mapping.empty() || !one.reporter.empty()) {
      throw BadInput("--list names files, mappings and reporters; leave FILE, --mapping and --reporter out");
    }
    ImportList(session, options);
  } else if (one.file.empty() || one.reporter.empty()) {
    throw BadInput("import needs FILE, --mapping M.toml and --reporter CODE, or --list L.csv");
  } else if (one.mapping.empty() && !MayBeTemplate(one.file)) {
    throw BadInput("import needs --mapping M.toml; only workbooks of `lagesbild template` are read without");
  } else {
    ImportOne(session, options);
  }
}

}  // namespace

void AddImportCommand(CLI::App& app, CommandLine& line) {
  const auto options = std::make_shared<ImportOptions>();
  CLI::App* command = app.add_subcommand(
      "import",
      "Takes in a reporter's delivery and says what became of every row\n"
      "Example: lagesbild --store l.db import polisen.csv --mapping polisen.toml --reporter polisen");
  command->add_option("FILE", options->delivery.file, "CSV or XLSX");
  command->add_option("--mapping", options->delivery.mapping,
                      "How to read it (TOML); not needed for a workbook of `lagesbild template`");
  command->add_option("--reporter", options->delivery.reporter, "Code of the reporter");
  command->add_option("--list", options->list, "Or many: CSV with the header file;mapping;reporter");
  command->add_option("--request-id", options->request_id, "UUID; the same again returns the first answer");
  command->add_flag("--validate-only", options->validate_only, "Reads and counts everything, stores nothing");
  command->callback(
      [&line, options] { line.run = [options](Session& session) { Import(session, *options); }; });
}

}  // namespace lagesbild::tools
