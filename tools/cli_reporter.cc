#include <CLI/CLI.hpp>
#include <memory>

#include "lagesbild/v1/reporter_service.grpc.pb.h"
#include "tools/cli.h"
#include "tools/cli_paging.h"
#include "tools/cli_reporter_answers.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

constexpr std::string_view kPrefix = "REPORTER_KIND_";

struct ReporterOptions {
  std::string code, name, kind, locality, onboarded, disconnected, role;
  std::vector<std::string> areas, ages;
};

std::string KindWord(v1::ReporterKind kind) {
  return OptionWord(v1::ReporterKind_Name(kind).substr(kPrefix.size()));
}

/// "police", "POLICE", "social-services", "SOCIAL_SERVICES".
v1::ReporterKind ParseKind(const std::string& word) {
  std::string list;
  for (int number = v1::REPORTER_KIND_POLICE; number <= v1::ReporterKind_MAX; ++number) {
    const auto kind = static_cast<v1::ReporterKind>(number);
    if (KindWord(kind) == OptionWord(word)) {
      return kind;
    }
    list += (list.empty() ? "" : ", ") + KindWord(kind);
  }
  throw BadInput("\"" + word + "\" is no kind of reporter; must be one of " + list);
}

/// Codes of areas and age groups; "allt" for a reporter that sees everything.
std::string ViewText(const Session& session, const v1::Reporter& reporter) {
  std::string text;
  for (const auto* codes : {&reporter.area_codes(), &reporter.age_group_codes()})
    for (const std::string& code : *codes) text += (text.empty() ? "" : ",") + code;
  return text.empty() ? session.Say("allt", "all") : text;
}

void PrintReporters(Session& session, const std::vector<v1::Reporter>& reporters) {
  TextTable table({session.Say("kod", "code"), session.Say("sort", "kind"), session.Say("från", "from"),
                   session.Say("till", "to"), session.Say("ort", "locality"), session.Say("ser", "sees"),
                   session.Say("kontaktroll", "contact role"), session.Say("namn", "name")});
  for (const v1::Reporter& reporter : reporters) {
    table.Add({reporter.code(), KindWord(reporter.kind()), reporter.onboarded_date(),
               reporter.disconnected_date(), reporter.home_locality(), ViewText(session, reporter),
               reporter.contact_role(), reporter.display_name()});
  }
  table.Print();
}

void Put(Session& session, const ReporterOptions& options) {
  v1::PutReporterRequest request;
  request.mutable_reporter()->set_code(options.code);
  request.mutable_reporter()->set_display_name(options.name);
  request.mutable_reporter()->set_kind(ParseKind(options.kind));
  request.mutable_reporter()->set_home_locality(options.locality);
  request.mutable_reporter()->set_onboarded_date(options.onboarded);
  request.mutable_reporter()->set_disconnected_date(options.disconnected);
  request.mutable_reporter()->set_contact_role(options.role);
  for (const std::string& area : options.areas) request.mutable_reporter()->add_area_codes(area);
  for (const std::string& age : options.ages) request.mutable_reporter()->add_age_group_codes(age);
  const auto stub = session.Stub<v1::ReporterService>();
  const auto context = session.Context();
  v1::PutReporterResponse response;
  session.Check(stub->PutReporter(context.get(), request, &response));
  session.json() ? session.PrintJson(response) : PrintReporters(session, {response.reporter()});
}

void List(Session& session) {
  const auto stub = session.Stub<v1::ReporterService>();
  v1::ListReportersRequest request;
  const auto all = AllPages<v1::ListReportersResponse>(
      session, request, [&](auto... call) { return stub->ListReporters(call...); });
  session.json() ? session.PrintJson(all)
                 : PrintReporters(session, {all.reporters().begin(), all.reporters().end()});
}

}  // namespace

void AddReporterCommand(CLI::App& app, CommandLine& line) {
  const auto options = std::make_shared<ReporterOptions>();
  CLI::App* group = app.add_subcommand("reporter", "Organizations that report")->alias("reporters");
  group->require_subcommand(1);
  CLI::App* put = group->add_subcommand(
      "put",
      "Adds a reporter, or replaces the one with the same code\n"
      "Example: lagesbild --store l.db reporter put polisen --name \"Polisen\" --kind police");
  put->add_option("CODE", options->code, "Stable code: a-z, 0-9, - and _")->required();
  put->add_option("--name", options->name, "Name of the organization")->required();
  put->add_option("--kind", options->kind,
                  "police, school, social-services, housing, company, association or municipality")
      ->required();
  put->add_option("--locality", options->locality, "Locality that its addresses mean when they name none");
  put->add_option("--onboarded", options->onboarded, "Day from which it counts, 2026-01-01");
  put->add_option("--disconnected", options->disconnected, "Day from which it counts no more, 2026-12-01");
  put->add_option("--area", options->areas, "District or locality that it sees, code or name; default all")
      ->delimiter(',');
  put->add_option("--ages", options->ages, "Codes of age groups that it sees; default all")->delimiter(',');
  put->add_option("--contact-role", options->role, "Whom to ask for: a role, never a person");
  put->callback([&line, options] { line.run = [options](Session& session) { Put(session, *options); }; });
  CLI::App* list =
      group->add_subcommand("list", "Lists reporters\nExample: lagesbild --store l.db reporter list");
  list->callback([&line] { line.run = [](Session& session) { List(session); }; });
  AddReporterAnswerCommands(*group, line);
}

}  // namespace lagesbild::tools
