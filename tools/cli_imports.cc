#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "lagesbild/v1/incident_service.grpc.pb.h"
#include "tools/cli.h"
#include "tools/cli_paging.h"
#include "tools/cli_review.h"
#include "tools/cli_session.h"
#include "tools/cli_tally.h"
#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

std::string FullName(const std::string& name) {
  return name.find('/') == std::string::npos ? "imports/" + name : name;
}

void List(Session& session) {
  const auto stub = session.Stub<v1::IncidentService>();
  v1::ListImportsRequest request;
  const auto all = AllPages<v1::ListImportsResponse>(
      session, request, [&](auto... call) { return stub->ListImports(call...); });
  if (session.json()) {
    session.PrintJson(all);
    return;
  }
  TextTable table({"import", session.Say("uppgiftslämnare", "reporter"), session.Say("lästa", "read"),
                   session.Say("godkända", "accepted"), session.Say("stoppade", "rejected"),
                   session.Say("dubbletter", "duplicate"), session.Say("rättar", "corrected"),
                   session.Say("ersatta", "superseded"), session.Say("fil", "file")});
  for (const v1::Import& import : all.imports()) {
    const v1::Tally& t = import.incidents();
    table.Add({import.name(), import.reporter_code(), std::to_string(t.read_count()),
               std::to_string(t.accepted_count()), std::to_string(t.rejected_count()),
               std::to_string(t.duplicate_count()), std::to_string(t.corrected_count()),
               std::to_string(t.superseded_count()),
               import.file_name() + (import.undone() ? session.Say(" (återtagen)", " (undone)") : "")});
  }
  table.Print();
}

void Undo(Session& session, const std::string& name) {
  const auto stub = session.Stub<v1::IncidentService>();
  const auto context = session.Context();
  v1::UndoImportRequest request;
  request.set_name(FullName(name));
  v1::UndoImportResponse response;
  session.Check(stub->UndoImport(context.get(), request, &response));
  if (session.json()) {
    session.PrintJson(response);
    return;
  }
  std::printf("%s %s\n", request.name().c_str(), session.Say("är återtagen.", "is undone."));
  PrintStalePictures(session, response.stale_pictures());
}

void Rejected(Session& session, const std::string& name) {
  const auto stub = session.Stub<v1::IncidentService>();
  v1::ListRejectedRowsRequest request;
  request.set_parent(FullName(name));
  const auto all = AllPages<v1::ListRejectedRowsResponse>(
      session, request, [&](auto... call) { return stub->ListRejectedRows(call...); });
  if (session.json()) {
    session.PrintJson(all);
    return;
  }
  TextTable table({session.Say("rad", "row"), session.Say("kolumn", "column"), session.Say("orsak", "reason"),
                   session.Say("vad som var fel", "what was wrong")});
  for (const v1::RejectedRow& row : all.rejected_rows()) {
    table.Add({std::to_string(row.row_number()), row.column(), row.reason(),
               RejectionText(row, session.swedish())});
  }
  table.Print();
}

}  // namespace

void AddImportsCommand(CLI::App& app, CommandLine& line) {
  const auto name = std::make_shared<std::string>();
  CLI::App* group = app.add_subcommand("imports", "Deliveries that were taken in");
  group->require_subcommand(1);
  CLI::App* list =
      group->add_subcommand("list", "Lists imports\nExample: lagesbild --store l.db imports list");
  list->callback([&line] { line.run = [](Session& session) { List(session); }; });
  CLI::App* undo = group->add_subcommand("undo",
                                         "Takes an import back and says which pictures change\nExample: "
                                         "lagesbild --store l.db imports undo imports/3");
  undo->add_option("NAME", *name, "As listed: imports/3")->required();
  undo->callback([&line, name] { line.run = [name](Session& session) { Undo(session, *name); }; });
  CLI::App* rejected = group->add_subcommand(
      "rejected",
      "Lists the rows left out, and why\nExample: lagesbild --store l.db imports rejected imports/3");
  rejected->add_option("NAME", *name, "As listed: imports/3")->required();
  rejected->callback([&line, name] { line.run = [name](Session& session) { Rejected(session, *name); }; });
}

}  // namespace lagesbild::tools
