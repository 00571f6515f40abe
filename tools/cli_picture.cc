#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <thread>

#include "lagesbild/v1/job_service.grpc.pb.h"
#include "lagesbild/v1/picture_service.grpc.pb.h"
#include "maps/atomic_file.h"
#include "tools/cli.h"
#include "tools/cli_picture_text.h"
#include "tools/cli_released_text.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"
#include "tools/cli_transfer.h"

namespace lagesbild::tools {
namespace {

struct PictureOptions {
  std::string quarter, role, out, request_id;
  std::vector<std::string> categories, reporters, audiences;
  double bandwidth_m = 0, cell_m = 0, density_cell_m = 0;
  bool estimate = false;
};

v1::RoleSelection ParseRole(const std::string& word) {
  return word == "victim"     ? v1::ROLE_SELECTION_VICTIM
         : word == "suspect"  ? v1::ROLE_SELECTION_SUSPECT
         : word == "involved" ? v1::ROLE_SELECTION_INVOLVED
                              : v1::ROLE_SELECTION_ANY;
}

v1::Audience ParseAudience(const std::string& word) {
  return word == "partner"  ? v1::AUDIENCE_PARTNER
         : word == "public" ? v1::AUDIENCE_PUBLIC
                            : v1::AUDIENCE_INTERNAL;
}

v1::CreatePictureJobRequest MakeRequest(const PictureOptions& options, const std::string& audience) {
  v1::CreatePictureJobRequest request;
  v1::IncidentSelection& selection = *request.mutable_selection();
  *selection.mutable_first_quarter() = ParseQuarterOption(options.quarter);
  for (const std::string& category : options.categories) {
    selection.add_category_codes(category);
  }
  for (const std::string& reporter : options.reporters) {
    selection.add_reporter_codes(reporter);
  }
  selection.set_role(ParseRole(options.role));
  request.mutable_parameters()->set_bandwidth_m(options.bandwidth_m);
  request.mutable_parameters()->set_cell_size_m(options.cell_m);
  request.mutable_parameters()->set_density_cell_size_m(options.density_cell_m);
  request.set_request_id(options.request_id);
  request.set_validate_only(options.estimate);
  request.set_audience(ParseAudience(audience));
  return request;
}

bool HasEnded(const v1::Job& job) {
  return job.state() == v1::JOB_STATE_SUCCEEDED || job.state() == v1::JOB_STATE_FAILED ||
         job.state() == v1::JOB_STATE_CANCELLED;
}

/// Follows the job to its end, also over a restart of the service.
v1::Job Follow(Session& session, v1::Job job) {
  constexpr int kTries = 20;
  ProgressBar progress;
  const auto stub = session.Stub<v1::JobService>();
  v1::WatchJobRequest request;
  request.set_name(job.name());
  for (int attempt = 0; !HasEnded(job); ++attempt) {
    const auto context = session.Context(std::chrono::seconds{0});
    const auto reader = stub->WatchJob(context.get(), request);
    for (v1::WatchJobResponse message; reader->Read(&message);) {
      job = message.job();
      progress.Show(job.progress_fraction(), job.stage());
    }
    const grpc::Status status = reader->Finish();
    if (!status.ok() && (status.error_code() != grpc::StatusCode::UNAVAILABLE || attempt == kTries)) {
      session.Check(status);
    }
    if (!HasEnded(job)) {
      std::this_thread::sleep_for(std::chrono::milliseconds{500});
    }
  }
  return job;
}

std::string Succeeded(Session& session, const v1::Job& job) {
  if (job.state() == v1::JOB_STATE_CANCELLED) {
    throw BadInput(job.name() + session.Say(" avbröts", " was cancelled"));
  }
  if (job.state() == v1::JOB_STATE_FAILED) {
    const auto code =
        job.error().code() == "INTERNAL" ? grpc::StatusCode::INTERNAL : grpc::StatusCode::FAILED_PRECONDITION;
    const bool cannot_write = job.error().reason() == "CANNOT_WRITE";
    const std::string told = cannot_write && session.swedish()
                                 ? "en fil kunde inte skrivas; är tjänstens disk full eller mappen "
                                   "skrivskyddad? Inget halvskrivet "
                                   "finns kvar (" +
                                       job.error().message() + ")"
                                 : job.error().message();
    throw CallFailed({code, job.error().message()}, job.name() + ": " + told);
  }
  return job.result();
}

void PrintEstimate(Session& session, const v1::CostEstimate& estimate) {
  std::printf(
      session.Say("%lld rutor för test, %lld för täthet, %d åldersgrupper; omkring %.0f MB och %.1f s\n",
                  "%lld cells for the test, %lld for the density, %d age groups; about %.0f MB and %.1f s\n"),
      static_cast<long long>(estimate.test_cell_count()),
      static_cast<long long>(estimate.density_cell_count()), estimate.group_count(),
      static_cast<double>(estimate.memory_bytes()) / 1e6, estimate.duration_s());
}

/// Every file of the picture into the folder, over earlier ones of the same name: QGIS may have written in
/// them.
void FetchAll(Session& session, const v1::Picture& picture, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  ProgressBar progress;
  int done = 0;
  for (const v1::Layer& layer : picture.layers()) {
    maps::CheckFileName(layer.file_name());
    progress.Show(static_cast<double>(done++) / picture.layers_size(), layer.file_name());
    FetchLayer(session, layer.name(), folder / std::filesystem::path(layer.file_name()).filename());
  }
}

void MakePictureFor(Session& session, const PictureOptions& options, const std::string& audience) {
  const auto stub = session.Stub<v1::PictureService>();
  v1::CreatePictureJobResponse created;
  session.Check(stub->CreatePictureJob(session.Context().get(), MakeRequest(options, audience), &created));
  if (options.estimate) {
    session.json() ? session.PrintJson(created) : PrintEstimate(session, created.estimate());
    return;
  }
  v1::GetPictureRequest request;
  request.set_name(Succeeded(session, Follow(session, created.job())));
  v1::GetPictureResponse made;
  session.Check(stub->GetPicture(session.Context().get(), request, &made));
  FetchAll(session, made.picture(), options.out);
  if (session.json()) {
    session.PrintJson(made);
  } else if (made.picture().has_released()) {
    PrintReleased(session, made.picture(), options.out);
  } else {
    PrintPicture(session, made.picture(), options.out);
  }
}

void MakePicture(Session& session, const PictureOptions& options) {
  if (options.out.empty() && !options.estimate) {
    throw BadInput("picture needs --out DIR, the folder for its files (or --estimate)");
  }
  if (!options.request_id.empty() && options.audiences.size() > 1) {
    throw BadInput("--request-id names one picture; give one --audience with it");
  }
  for (const std::string& audience : options.audiences) {
    MakePictureFor(session, options, audience);
  }
}

}  // namespace

void AddPictureCommand(CLI::App& app, CommandLine& line) {
  const auto options = std::make_shared<PictureOptions>();
  CLI::App* command =
      app.add_subcommand("picture",
                         "Makes a quarter's situation picture and fetches its files\n"
                         "Example: lagesbild --store l.db picture --quarter 2026Q3 --out lagesbilder");
  command->add_option("--quarter", options->quarter, "2026Q3 or 2026K3")->required();
  command->add_option("--out", options->out, "Folder for the files");
  command->add_option("--role", options->role, "Whose ages count; default any")
      ->check(CLI::IsMember({"any", "victim", "suspect", "involved"}));
  command
      ->add_option("--audience", options->audiences, "For whom: internal, partner, public; joined by commas")
      ->delimiter(',')
      ->default_val(std::vector<std::string>{"internal"})
      ->check(CLI::IsMember({"internal", "partner", "public"}));
  command->add_option("--category", options->categories, "Only this category (VANDALISM); may be repeated");
  command->add_option("--reporter", options->reporters, "Only this reporter; may be repeated");
  command->add_option("--bandwidth", options->bandwidth_m,
                      "Support radius of the density, meters; default 1000");
  command->add_option("--cell", options->cell_m, "Cells of the hotspot test, meters; default 250");
  command->add_option("--density-cell", options->density_cell_m, "Cells of the density, meters; default 100");
  command->add_option("--request-id", options->request_id, "UUID; the same again returns the earlier job");
  command->add_flag("--estimate", options->estimate, "Checks everything and tells the cost, makes nothing");
  command->callback(
      [&line, options] { line.run = [options](Session& session) { MakePicture(session, *options); }; });
}

}  // namespace lagesbild::tools
