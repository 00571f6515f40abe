#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "lagesbild/v1/job_service.grpc.pb.h"
#include "tools/cli.h"
#include "tools/cli_paging.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

std::string StateWord(v1::JobState state) {
  return OptionWord(v1::JobState_Name(state).substr(std::string("JOB_STATE_").size()));
}

void PrintJobs(Session& session, const std::vector<v1::Job>& jobs) {
  TextTable table({session.Say("jobb", "job"), session.Say("läge", "state"), "%",
                   session.Say("steg", "stage"), session.Say("resultat", "result")});
  for (const v1::Job& job : jobs) {
    table.Add({job.name(), StateWord(job.state()),
               std::to_string(static_cast<int>(job.progress_fraction() * 100)), job.stage(),
               job.has_error() ? job.error().message() : job.result()});
  }
  table.Print();
}

void List(Session& session) {
  const auto stub = session.Stub<v1::JobService>();
  v1::ListJobsRequest request;
  const auto all =
      AllPages<v1::ListJobsResponse>(session, request, [&](auto... call) { return stub->ListJobs(call...); });
  session.json() ? session.PrintJson(all) : PrintJobs(session, {all.jobs().begin(), all.jobs().end()});
}

void Cancel(Session& session, const std::string& name) {
  const auto stub = session.Stub<v1::JobService>();
  const auto context = session.Context();
  v1::CancelJobRequest request;
  request.set_name(name.find('/') == std::string::npos ? "jobs/" + name : name);
  v1::CancelJobResponse response;
  session.Check(stub->CancelJob(context.get(), request, &response));
  session.json() ? session.PrintJson(response) : PrintJobs(session, {response.job()});
}

}  // namespace

void AddJobsCommand(CLI::App& app, CommandLine& line) {
  const auto name = std::make_shared<std::string>();
  CLI::App* group = app.add_subcommand("jobs", "Long work")->alias("job");
  group->require_subcommand(1);
  CLI::App* list = group->add_subcommand(
      "list", "Lists jobs\nExample: lagesbild --server unix:/s --token-file t jobs list");
  list->callback([&line] { line.run = [](Session& session) { List(session); }; });
  CLI::App* cancel = group->add_subcommand(
      "cancel", "Asks a job to stop\nExample: lagesbild --server unix:/s --token-file t jobs cancel jobs/4");
  cancel->add_option("NAME", *name, "As listed: jobs/4")->required();
  cancel->callback([&line, name] { line.run = [name](Session& session) { Cancel(session, *name); }; });
}

}  // namespace lagesbild::tools
