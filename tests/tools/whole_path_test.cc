// From files to map files through a server in a process of its own, with kills and restarts.

#include <grpcpp/client_context.h>
#include <grpcpp/create_channel.h>
#include <sys/stat.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "lagesbild/v1/analysis_service.grpc.pb.h"
#include "lagesbild/v1/job_service.grpc.pb.h"
#include "lagesbild/v1/picture_service.grpc.pb.h"
#include "service/hashing.h"
#include "tests/service/filled_template.h"
#include "tests/tools/program.h"
#include "tools/demo_data/demo_data.h"

namespace lagesbild::tools {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A running service with an invented municipality and one quarter of reports.
class WholePath : public testing::Test {
 protected:
  void SetUp() override {
    demo::WriteDemoData(331, folder / "data");
    Start();
    Expect({"register", "import", Data("syntetisk_referens_0331.gpkg"), "--kind", "reference"});
    Expect({"register", "import", Data("syntetisk_belagenhetsadress_kn0331.gpkg"), "--kind", "addresses"});
    Expect({"register", "import", Data("syntetisk_befolkning.csv"), "--kind", "population"});
    Expect({"reporter", "put", "polisen", "--name", "Polisen", "--kind", "police"});
    Expect(
        {"reporter", "put", "heby_skola", "--name", "Heby skola", "--kind", "school", "--locality", "Heby"});
  }
  void TearDown() override { server.reset(); }

  void Start() {
    server = std::make_unique<Process>(
        folder.path(), std::vector<std::string>{"serve", "--store", folder / "l.db", "--data-dir",
                                                folder / "files", "--token-file", folder / "token",
                                                "--listen", Address(), "--log-file", folder / "log"});
    ASSERT_TRUE(Eventually([&] { return server->out().find("unix:") != std::string::npos; }));
  }
  std::string Address() const { return "unix:" + (folder / "s").string(); }
  std::string Data(const std::string& name) const { return folder / ("data/" + name); }

  Ended Run(std::vector<std::string> arguments) {
    const bool asked = std::find(arguments.begin(), arguments.end(), "--lang") != arguments.end();
    arguments.insert(arguments.begin(), {"--server", Address(), "--token-file", folder / "token"});
    if (!asked) {
      arguments.insert(arguments.begin(), {"--lang", "sv"});
    }
    return Process(folder.path(), arguments).Wait();
  }
  std::string Expect(const std::vector<std::string>& arguments) {
    const Ended ended = Run(arguments);
    EXPECT_EQ(ended.code, 0) << ended.err;
    return ended.out;
  }
  std::string ImportPolice() {
    return Expect({"import", Data("rapporter/polisen/syntetisk_polisen_2026k3.csv"), "--mapping",
                   Data("mappings/polisen.toml"), "--reporter", "polisen"});
  }

  std::shared_ptr<grpc::Channel> Channel() const {
    return grpc::CreateChannel(Address(), grpc::InsecureChannelCredentials());
  }
  std::unique_ptr<grpc::ClientContext> Context() const {
    const std::string file = service::ReadBytes(folder / "token");
    auto context = std::make_unique<grpc::ClientContext>();
    context->AddMetadata("authorization", "Bearer " + file.substr(0, file.find(' ')));
    context->set_wait_for_ready(true);
    return context;
  }
  static v1::IncidentSelection ThirdQuarter() {
    v1::IncidentSelection selection;
    selection.mutable_first_quarter()->set_year(2026);
    selection.mutable_first_quarter()->set_number(3);
    return selection;
  }
  /// A picture that takes some seconds, seen to run.
  v1::Job StartLongJob() {
    v1::CreatePictureJobRequest request;
    *request.mutable_selection() = ThirdQuarter();
    request.mutable_parameters()->set_density_cell_size_m(40);
    request.mutable_parameters()->set_bandwidth_m(5000);
    request.mutable_parameters()->set_permutation_count(3000);
    v1::CreatePictureJobResponse created;
    const auto status =
        v1::PictureService::NewStub(Channel())->CreatePictureJob(Context().get(), request, &created);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_TRUE(Eventually([&] { return Get(created.job().name()).state() == v1::JOB_STATE_RUNNING; }));
    return created.job();
  }
  v1::Job Get(const std::string& name) {
    v1::GetJobRequest request;
    request.set_name(name);
    v1::GetJobResponse response;
    const auto status = v1::JobService::NewStub(Channel())->GetJob(Context().get(), request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response.job();
  }

  service::TemporaryFolder folder;
  std::unique_ptr<Process> server;
};

TEST_F(WholePath, LeadsFromADeliveryToFilesThatAreWhatTheServiceHas) {
  const std::string import = ImportPolice();
  EXPECT_THAT(import, HasSubstr("imports/1"));
  EXPECT_THAT(import, HasSubstr("händelser: lästa 45 = godkända "));
  EXPECT_THAT(import, HasSubstr("personer: godkända "));
  EXPECT_THAT(import, HasSubstr("UNGDOM"));

  const std::string picture = Expect({"picture", "--quarter", "2026K3", "--out", folder / "bilder"});
  EXPECT_THAT(picture, HasSubstr("Lägesbild 2026K3"));
  EXPECT_THAT(picture, HasSubstr("för få händelser"));

  const auto layers = nlohmann::json::parse(Expect({"--json", "layers", "list"}))["layers"];
  ASSERT_FALSE(layers.empty());
  for (const auto& layer : layers) {
    const std::filesystem::path fetched = folder / "bilder" / layer["file_name"].get<std::string>();
    EXPECT_EQ(service::Sha256HexOfFile(fetched), layer["sha256"]);
  }
  Expect({"layers", "get", layers[0]["name"], "--out", folder / "igen.gpkg"});
  EXPECT_EQ(service::Sha256HexOfFile(folder / "igen.gpkg"), layers[0]["sha256"]);
}

TEST_F(WholePath, TellsOfARefusedPictureInOneLine) {
  ImportPolice();
  const Ended ended = Run({"picture", "--quarter", "2031Q1", "--out", folder / "bilder"});
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.err, HasSubstr("Ingen leverans omfattar kvartalet"));
  EXPECT_FALSE(std::filesystem::exists(folder / "bilder"));
}

TEST_F(WholePath, KeepsWhatItAnsweredWhenItIsKilled) {
  const std::string first = ImportPolice();
  server->Signal(SIGKILL);
  EXPECT_EQ(server->Wait().code, 128 + SIGKILL);
  Start();
  EXPECT_THAT(Expect({"imports", "list"}), HasSubstr("imports/1"));
  EXPECT_THAT(ImportPolice(), HasSubstr("inläst tidigare som imports/1"));
}

TEST_F(WholePath, GoesOnWithAJobAfterItWasKilled) {
  ImportPolice();
  const v1::Job job = StartLongJob();
  server->Signal(SIGKILL);
  server->Wait();
  Start();
  ASSERT_TRUE(Eventually([&] { return Get(job.name()).state() == v1::JOB_STATE_SUCCEEDED; }));
  EXPECT_EQ(Get(job.name()).result(), "pictures/1");
}

TEST_F(WholePath, PutsARunningJobBackWhenItIsToldToEnd) {
  ImportPolice();
  const v1::Job job = StartLongJob();
  const auto begin = std::chrono::steady_clock::now();
  server->Signal(SIGTERM);
  EXPECT_EQ(server->Wait().code, 0);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{20});
  Start();
  ASSERT_TRUE(Eventually([&] { return Get(job.name()).state() == v1::JOB_STATE_SUCCEEDED; }));
}

TEST_F(WholePath, StopsAJobThatIsCancelled) {
  ImportPolice();
  const v1::Job job = StartLongJob();
  const auto begin = std::chrono::steady_clock::now();
  Expect({"jobs", "cancel", job.name()});
  ASSERT_TRUE(Eventually([&] { return Get(job.name()).state() == v1::JOB_STATE_CANCELLED; }));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{5});
  EXPECT_THAT(Expect({"layers", "list"}), Not(HasSubstr("pictures/")));
}

TEST_F(WholePath, StopsAnAnalysisWhoseCallerIsGone) {
  ImportPolice();
  v1::ComputeDensityRequest request;
  *request.mutable_selection() = ThirdQuarter();
  request.mutable_parameters()->set_permutation_count(9999);
  request.mutable_parameters()->set_cell_size_m(100);
  request.mutable_parameters()->set_density_cell_size_m(40);
  request.mutable_parameters()->set_bandwidth_m(5000);
  const auto stub = v1::AnalysisService::NewStub(Channel());
  const auto context = Context();
  context->set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds{150});
  const auto reader = stub->ComputeDensity(context.get(), request);
  v1::ComputeDensityResponse message;
  EXPECT_FALSE(reader->Read(&message));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(Eventually([&] {
    return service::ReadBytes(folder / "log").find("ComputeDensity\",\"status\":\"CANCELLED\"") !=
           std::string::npos;
  }));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{2});
}

TEST_F(WholePath, TakesAnImportBackAndSaysWhichPictureIsStale) {
  ImportPolice();
  Expect({"picture", "--quarter", "2026Q3", "--out", folder / "bilder"});
  const std::string undone = Expect({"imports", "undo", "imports/1"});
  EXPECT_THAT(undone, HasSubstr("pictures/1 (2026K3) är inaktuell"));
  EXPECT_THAT(Expect({"imports", "list"}), HasSubstr("återtagen"));
}

TEST_F(WholePath, ChecksADeliveryWithoutStoringIt) {
  EXPECT_THAT(Expect({"import", Data("rapporter/polisen/syntetisk_polisen_2026k3.csv"), "--mapping",
                      Data("mappings/polisen.toml"), "--reporter", "polisen", "--validate-only"}),
              HasSubstr("inget sparat"));
  EXPECT_THAT(Expect({"imports", "list"}), Not(HasSubstr("imports/1")));
}

TEST_F(WholePath, TellsWhatANewRegisterChangesBeforeItIsTakenIn) {
  ImportPolice();
  demo::WriteDemoData(332, folder / "later");
  const std::string later = folder / "later/syntetisk_belagenhetsadress_kn0331.gpkg";
  const std::string before = Expect({"--json", "register", "list"});
  EXPECT_THAT(Expect({"register", "list"}), HasSubstr("addresses"));
  const std::string checked = Expect({"register", "update", later, "--dry-run"});
  EXPECT_THAT(checked, HasSubstr("adresser: "));
  EXPECT_THAT(checked, HasSubstr("adress borta"));
  EXPECT_THAT(checked, HasSubstr("Provläst, inget ändrades."));
  EXPECT_EQ(Expect({"--json", "register", "list"}), before);
  const std::string taken = Expect({"register", "update", later});
  EXPECT_THAT(taken, HasSubstr("adresser: "));
  EXPECT_THAT(taken, Not(HasSubstr("inget ändrades")));
  EXPECT_NE(Expect({"--json", "register", "list"}), before);
  EXPECT_THAT(Expect({"register", "update", later}), HasSubstr("Samma fil gäller redan"));
}

TEST_F(WholePath, TakesAFilledInTemplateWithoutAMappingAndSaysWhatItCorrects) {
  const std::string blank = folder / "mall.xlsx", first = folder / "september.xlsx",
                    second = folder / "rattad.xlsx";
  EXPECT_THAT(Expect({"template", "--list"}), HasSubstr("socialtjänsten"));
  EXPECT_EQ(Expect({"template", "--kind", "school", "--out", blank}), blank + "\n");
  const std::chrono::year_month_day day{std::chrono::year{2026} / 9 / 14};
  service::FillTemplate(blank, first, {{{0, std::string("7")}, {1, day}, {3, std::string("mobbning")}}});
  service::FillTemplate(blank, second, {{{0, std::string("7")}, {1, day}, {3, std::string("stöld")}}});
  EXPECT_THAT(Expect({"import", first, "--reporter", "heby_skola"}), HasSubstr("lästa 1 = godkända 1"));
  EXPECT_THAT(Expect({"import", second, "--reporter", "heby_skola"}),
              HasSubstr("av godkända rättar 1 en tidigare leverans"));
  EXPECT_THAT(Expect({"imports", "list"}), HasSubstr("ersatta"));
  const Ended refused = Run({"imports", "undo", "imports/1"});
  EXPECT_EQ(refused.code, 3);
  EXPECT_THAT(refused.err, HasSubstr("rättar 1 händelse"));
  EXPECT_THAT(Expect({"imports", "undo", "imports/2"}), HasSubstr("återtagen"));
}

TEST_F(WholePath, RefusesATemplateOfAnotherKindAndATableWithoutAMapping) {
  const std::string blank = folder / "mall.xlsx";
  Expect({"template", "--kind", "police", "--out", blank});
  const Ended refused = Run({"import", blank, "--reporter", "heby_skola"});
  EXPECT_EQ(refused.code, 3);
  EXPECT_THAT(refused.err, HasSubstr("polisen"));
  const Ended table =
      Run({"import", Data("rapporter/polisen/syntetisk_polisen_2026k3.csv"), "--reporter", "polisen"});
  EXPECT_EQ(table.code, 3);
  EXPECT_THAT(table.err, HasSubstr("--mapping"));
  EXPECT_EQ(Run({"template", "--kind", "school"}).code, 3);
  EXPECT_EQ(Run({"template", "--kind", "school", "--out", "mall.xls"}).code, 3);
  EXPECT_EQ(Run({"template", "--kind", "trains", "--out", blank}).code, 2);
}

TEST_F(WholePath, TakesAListOfDeliveriesAndAddsThemUp) {
  folder.Write("data/few.csv",
               "file;mapping;reporter\n"
               "rapporter/polisen/syntetisk_polisen_2026k3.csv;mappings/polisen.toml;polisen\n"
               "rapporter/heby_skola/syntetisk_heby_skola_2026k3.xlsx;mappings/heby_skola.toml;heby_skola\n");
  const std::string out = Expect({"import", "--list", Data("few.csv")});
  EXPECT_THAT(out, HasSubstr("Alla leveranser (2)"));
  EXPECT_THAT(out, HasSubstr("händelser: lästa 59 = "));
}

TEST_F(WholePath, RefusesASecondServerOnTheSameStore) {
  const Ended ended = Process(folder.path(), {"--store", folder / "l.db", "jobs", "list"}).Wait();
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.err, HasSubstr("in use by another process"));
}

TEST_F(WholePath, FindsAPlaceAndListsThoseThatWereNotFound) {
  EXPECT_THAT(Expect({"geocode", "Heby skola"}), HasSubstr("lat "));
  ImportPolice();
  EXPECT_THAT(Expect({"review"}), HasSubstr("not-found"));
}

TEST_F(WholePath, TellsWhatAListHasStoredWhenALaterDeliveryFails) {
  folder.Write("data/list.csv",
               "file;mapping;reporter\n"
               "rapporter/polisen/syntetisk_polisen_2026k3.csv;mappings/polisen.toml;polisen\n"
               "rapporter/polisen/syntetisk_polisen_2026k3.csv;mappings/polisen.toml;nobody\n");
  for (const bool json : {false, true}) {
    const Ended ended = Run(json ? std::vector<std::string>{"--json", "import", "--list", Data("list.csv")}
                                 : std::vector<std::string>{"import", "--list", Data("list.csv")});
    EXPECT_EQ(ended.code, 3);
    EXPECT_THAT(ended.out, HasSubstr("imports/1"));
    EXPECT_THAT(ended.err, HasSubstr("Uppgiftslämnaren är inte upplagd"));
    EXPECT_EQ(std::count(ended.err.begin(), ended.err.end(), '\n'), 1) << ended.err;
  }
}

TEST_F(WholePath, TellsRejectedRowsInTheLanguageThatIsAskedFor) {
  folder.Write("data/fel.csv", "Ärende;Datum;Händelse;Gata\nK1;2026-99-99;Skadegörelse;Storgatan 1\n");
  folder.Write("data/fel.toml", R"([mapping]
version = 1
name = "fel"
[file]
format = "csv"
[columns]
incident_key = "Ärende"
date = "Datum"
category = "Händelse"
address = ["Gata"]
[time]
formats = ["%Y-%m-%d"]
[category.values]
"Skadegörelse" = "VANDALISM"
)");
  const std::string english = Expect(
      {"import", Data("fel.csv"), "--mapping", Data("fel.toml"), "--reporter", "polisen", "--lang", "en"});
  EXPECT_THAT(english, HasSubstr("no valid date"));
  EXPECT_THAT(Expect({"imports", "rejected", "1", "--lang", "en"}), HasSubstr("no valid date"));
  EXPECT_THAT(Expect({"imports", "rejected", "1"}), testing::Not(HasSubstr("no valid date")));
}

TEST_F(WholePath, SaysInOneLineThatAFolderCannotBeWritten) {
  ImportPolice();
  const Ended ended = Run({"picture", "--quarter", "2026K3", "--out", "/proc/x"});
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.err, HasSubstr("/proc/x: "));
  EXPECT_EQ(std::count(ended.err.begin(), ended.err.end(), '\n'), 1) << ended.err;
}

}  // namespace
}  // namespace lagesbild::tools
