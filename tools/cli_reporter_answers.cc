#include "tools/cli_reporter_answers.h"

#include <cmath>
#include <cstdio>
#include <memory>

#include "geo/comparable_panel.h"
#include "geo/reporter_answer.h"
#include "lagesbild/v1/reporter_service.grpc.pb.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

struct AnswerOptions {
  std::string quarter, last, against, date;
  std::vector<std::string> codes, categories;
  bool nothing = false, withdraw = false;
  int year = 0, aim = -1;
};

std::string AnswerText(const Session& session, v1::ReporterAnswer answer) {
  for (const auto known : {geo::ReporterAnswer::kNotAsked, geo::ReporterAnswer::kNoAnswer,
                           geo::ReporterAnswer::kAnswered, geo::ReporterAnswer::kNothingToReport})
    if (v1::ReporterAnswer_Name(answer) == "REPORTER_ANSWER_" + std::string(geo::ReporterAnswerCode(known)))
      return std::string(session.swedish() ? geo::ReporterAnswerLabelSv(known)
                                           : geo::ReporterAnswerLabelEn(known));
  return "?";
}

std::string CountsText(const Session& session, const v1::ReporterCounts& counts) {
  return std::to_string(counts.connected_count()) + session.Say(" anslutna, ", " connected, ") +
         std::to_string(counts.active_count()) + session.Say(" aktiva, ", " active, ") +
         std::to_string(counts.lost_count()) + session.Say(" bortfallna i år", " lost this year");
}

void PrintQuarter(const Session& session, const v1::QuarterAnswers& quarter) {
  std::printf("%s\n", QuarterText(quarter.quarter(), session.swedish()).c_str());
  TextTable table({session.Say("kod", "code"), session.Say("svar", "answer"),
                   session.Say("tillfrågad", "asked"), session.Say("namn", "name")});
  for (const v1::ReporterStatus& reporter : quarter.reporters())
    table.Add({reporter.reporter_code(), AnswerText(session, reporter.answer()), reporter.asked_date(),
               reporter.display_name()});
  table.Print("  ");
  const int present = quarter.answered_count() + quarter.nothing_to_report_count();
  if (quarter.response_rate().has_value())
    std::printf(session.Say("  Svarsfrekvens: %d av %d (%ld %%). Inte tillfrågade: %d.\n",
                            "  Response rate: %d of %d (%ld %%). Not asked: %d.\n"),
                present, present + quarter.no_answer_count(),
                std::lround(100 * quarter.response_rate().value()), quarter.not_asked_count());
  else
    std::printf("  %s\n",
                session.Say("Svarsfrekvens: ingen är tillfrågad.", "Response rate: nobody was asked."));
  std::printf("  %s: %s\n", session.Say("Alla", "All"), CountsText(session, quarter.all()).c_str());
  std::printf("  %s: %s", session.Say("Företag och föreningar", "Companies and associations"),
              CountsText(session, quarter.companies_and_associations()).c_str());
  if (quarter.has_aim_count())
    std::printf(session.Say(" (löftets mål vid årets slut: %d)", " (the promise's aim at year's end: %d)"),
                quarter.aim_count());
  std::printf("\n");
}

void Record(Session& session, const AnswerOptions& options, v1::AnswerRecord record) {
  v1::RecordAnswersRequest request;
  *request.mutable_quarter() = ParseQuarterOption(options.quarter);
  request.mutable_reporter_codes()->Assign(options.codes.begin(), options.codes.end());
  request.set_record(record);
  request.set_record_date(options.date);
  v1::RecordAnswersResponse response;
  const auto context = session.Context();
  session.Check(session.Stub<v1::ReporterService>()->RecordAnswers(context.get(), request, &response));
  session.json() ? session.PrintJson(response) : PrintQuarter(session, response.quarter());
}

void Answer(Session& session, const AnswerOptions& options) {
  if (options.nothing == options.withdraw)
    throw BadInput(
        "say what it answered: --nothing, or --withdraw to take back what was recorded; "
        "a delivery counts as an answer by itself");
  Record(session, options,
         options.nothing ? v1::ANSWER_RECORD_NOTHING_TO_REPORT : v1::ANSWER_RECORD_WITHDRAWN);
}

void Status(Session& session, const AnswerOptions& options) {
  v1::ListAnswersRequest request;
  *request.mutable_first_quarter() = ParseQuarterOption(options.quarter);
  if (!options.last.empty()) *request.mutable_last_quarter() = ParseQuarterOption(options.last);
  v1::ListAnswersResponse response;
  const auto context = session.Context();
  session.Check(session.Stub<v1::ReporterService>()->ListAnswers(context.get(), request, &response));
  if (session.json()) return session.PrintJson(response);
  for (const v1::QuarterAnswers& quarter : response.quarters()) PrintQuarter(session, quarter);
}

void PrintApart(const char* what, const google::protobuf::RepeatedPtrField<std::string>& codes, int incidents,
                const char* unit) {
  if (codes.empty()) return;
  std::string list;
  for (const std::string& code : codes) list += (list.empty() ? "" : ", ") + code;
  std::printf("  %s: %s (%d %s)\n", what, list.c_str(), incidents, unit);
}

void PrintComparison(const Session& session, const v1::PanelComparison& panel) {
  const char* unit = session.Say("händelser", "incidents");
  std::printf("%s %s %s: ", QuarterText(panel.later_quarter(), session.swedish()).c_str(),
              session.Say("mot", "against"), QuarterText(panel.earlier_quarter(), session.swedish()).c_str());
  if (panel.comparable_reporter_codes().empty()) {
    std::printf("%s\n",
                session.Say("ingen uppgiftslämnare var med båda kvartalen; ingen förändring kan räknas",
                            "no reporter was present in both; no change can be told"));
  } else {
    const geo::RateChange change = geo::CompareCounts(panel.earlier_count(), panel.later_count());
    std::printf("%s, %s\n",
                session.swedish() ? panel.change_text_sv().c_str() : geo::ChangeTextEn(change).c_str(),
                session.Say("hos jämförbara uppgiftslämnare", "on comparable reporters"));
    PrintApart(session.Say("Jämförbara", "Comparable"), panel.comparable_reporter_codes(),
               panel.later_count(), unit);
  }
  PrintApart(session.Say("Nya uppgiftslämnare", "New reporters"), panel.new_reporter_codes(),
             panel.new_reporter_incident_count(), unit);
  PrintApart(session.Say("Svarade inte då men nu", "Back again"), panel.returned_reporter_codes(),
             panel.returned_reporter_incident_count(), unit);
  PrintApart(session.Say("Bortfallna, då", "Lost, earlier"), panel.lost_reporter_codes(),
             panel.lost_reporter_incident_count(), unit);
  const geo::RateChange all = geo::CompareCounts(panel.all_earlier_count(), panel.all_later_count());
  std::printf(session.Say("  Alla uppgiftslämnare: %d mot %d%s: ingen förändring, de är inte desamma\n",
                          "  All reporters: %d against %d%s: no change, as they are not the same\n"),
              panel.all_later_count(), panel.all_earlier_count(), geo::PercentText(all).c_str());
}

void Compare(Session& session, const AnswerOptions& options) {
  v1::CompareQuartersRequest request;
  *request.mutable_quarter() = ParseQuarterOption(options.quarter);
  if (!options.against.empty()) *request.mutable_earlier_quarter() = ParseQuarterOption(options.against);
  request.mutable_category_codes()->Assign(options.categories.begin(), options.categories.end());
  v1::CompareQuartersResponse response;
  const auto context = session.Context();
  session.Check(session.Stub<v1::ReporterService>()->CompareQuarters(context.get(), request, &response));
  session.json() ? session.PrintJson(response) : PrintComparison(session, response.comparison());
}

void Aim(Session& session, const AnswerOptions& options) {
  v1::PutReporterAimRequest request;
  request.set_year(options.year);
  if (!options.withdraw) request.set_aim_count(options.aim);
  v1::PutReporterAimResponse response;
  const auto context = session.Context();
  session.Check(session.Stub<v1::ReporterService>()->PutReporterAim(context.get(), request, &response));
  if (session.json()) return session.PrintJson(response);
  if (response.has_aim_count())
    std::printf(session.Say("%d: %d företag och föreningar\n", "%d: %d companies and associations\n"),
                options.year, response.aim_count());
  else
    std::printf(session.Say("%d: inget mål\n", "%d: no aim\n"), options.year);
}

}  // namespace

void AddReporterAnswerCommands(CLI::App& group, CommandLine& line) {
  const auto options = std::make_shared<AnswerOptions>();
  const auto add = [&](const char* name, const char* help, void (*run)(Session&, const AnswerOptions&)) {
    CLI::App* command = group.add_subcommand(name, help);
    command->callback(
        [&line, options, run] { line.run = [options, run](Session& session) { run(session, *options); }; });
    return command;
  };
  CLI::App* ask = add(
      "ask",
      "Records that reporters were asked for a quarter; no CODE means all that have not delivered\n"
      "Example: lagesbild --store l.db reporter ask --quarter 2026Q3",
      [](Session& session, const AnswerOptions& given) { Record(session, given, v1::ANSWER_RECORD_ASKED); });
  CLI::App* answer = add("answer",
                         "Records that a reporter had nothing to report, or takes back what was recorded\n"
                         "Example: lagesbild --store l.db reporter answer skolan --quarter 2026Q3 --nothing",
                         Answer);
  for (CLI::App* command : {ask, answer}) {
    command->add_option("CODE", options->codes, "Codes of reporters");
    command->add_option("--date", options->date, "Day of it, 2026-10-01; default today");
  }
  answer->get_option("CODE")->required();
  answer->add_flag("--nothing", options->nothing, "It said that there was nothing to report");
  answer->add_flag("--withdraw", options->withdraw,
                   "Neither asked nor answered: what was recorded was wrong");
  CLI::App* status = add("status",
                         "Tells who answered, had nothing to report, did not answer and was not asked\n"
                         "Example: lagesbild --store l.db reporter status --quarter 2026Q1 --last 2026Q3",
                         Status);
  status->add_option("--last", options->last, "Last quarter; default the same");
  CLI::App* compare = add("compare",
                          "Compares two quarters on the reporters present in both\n"
                          "Example: lagesbild --store l.db reporter compare --quarter 2026Q3",
                          Compare);
  compare->add_option("--against", options->against, "Earlier quarter; default the one before");
  compare->add_option("--category", options->categories, "Category codes; default all incidents");
  for (CLI::App* command : {ask, answer, status, compare})
    command->add_option("--quarter", options->quarter, "2026Q3 or 2026K3")->required();
  CLI::App* aim = add("aim",
                      "Sets how many companies and associations the promise wants connected at a year's end\n"
                      "Example: lagesbild --store l.db reporter aim 2026 12",
                      Aim);
  aim->add_option("YEAR", options->year, "Year")->required();
  CLI::Option* count = aim->add_option("COUNT", options->aim, "How many");
  CLI::Option* none = aim->add_flag("--none", options->withdraw, "No aim any more");
  aim->require_option(2);
  count->excludes(none);
}

}  // namespace lagesbild::tools
