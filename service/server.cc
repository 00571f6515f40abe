#include "service/server.h"

#include <grpc/grpc.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "maps/atomic_file.h"
#include "service/errors.h"
#include "service/private_files.h"
#include "service/runs.h"
#include "service/services.h"
#include "service/upload.h"

namespace lagesbild::service {
namespace {

/// gRPC would take over the socket of a server that still answers.
void RefuseLiveSocket(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool answers =
      ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(descriptor);
  if (answers) {
    throw NotReady("ADDRESS_IN_USE", "unix:" + path + " is in use by another server; choose another path");
  }
}

std::filesystem::path DataDir(const Config& config) {
  return config.data_dir.empty() ? std::filesystem::path(config.store.string() + "-files") : config.data_dir;
}

std::unique_ptr<ExclusiveLock> LockStore(const Config& config) {
  return std::make_unique<ExclusiveLock>(
      config.store, "STORE_IN_USE",
      "the store " + config.store.string() +
          " is in use by another process; reach that one with --server, or stop it");
}

/// Makes the folder too. Two services would delete each other's uploads in flight.
std::unique_ptr<ExclusiveLock> LockDataDir(const std::filesystem::path& folder) {
  MakePrivateFolder(folder);
  return std::make_unique<ExclusiveLock>(
      folder, "DATA_DIR_IN_USE",
      "the data folder " + folder.string() +
          " is in use by another process; choose another with --data-dir, or stop it");
}

/// What a killed service was writing. The lock on the data folder says that nobody writes there now.
void RemoveHalfWritten(const std::filesystem::path& pictures) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(pictures, ignored)) {
    if (entry.is_directory(ignored)) {
      maps::RemoveTemporaryFiles(entry.path());
    }
  }
}

std::vector<Token> Tokens(const Config& config) {
  if (!config.process_token.empty()) {
    return {{config.process_token, {"process", "internal"}}};
  }
  CreateTokenFile(config.token_file);
  return ReadTokenFile(config.token_file);
}

constexpr int kPingIntervalMs = 30'000;
constexpr int kConnectionAgeMs = 30 * 60'000, kConnectionGraceMs = 5 * 60'000;
constexpr std::chrono::seconds kHealthPoll{1};
constexpr std::chrono::hours kExpiryPoll{1};

}  // namespace

/// In the order in which they are made; the last made is the first to go.
struct Server::Parts {
  Parts(const Config& given, Clock now, std::unique_ptr<Store> ready)
      : config(given),
        clock(std::move(now)),
        log(config.log_file, config.quiet),
        authorizer(Tokens(config)),
        store_lock(ready ? nullptr : LockStore(config)),
        data_lock(LockDataDir(DataDir(config))),
        store(ready ? std::move(ready) : OpenSqliteStore(config.store.string())),
        uploads(DataDir(config) / "uploads"),
        pictures(DataDir(config) / "pictures"),
        gazetteer(*store, DataDir(config) / "index", log),
        jobs(*store, {{"picture", PictureWork(*store, pictures, clock)}}, clock, log),
        gate(authorizer, log, uploads),
        with{*store, gazetteer, jobs, gate, clock, uploads, pictures} {
    PrepareUploadFolder(uploads);
    MakePrivateFolder(pictures);
    RemoveHalfWritten(pictures);
  }

  void Listen();
  /// Tells the health service how the store is, and deletes texts past their day.
  void Tend(std::stop_token stop);

  const Config config;
  const Clock clock;
  Log log;
  const Authorizer authorizer;
  std::unique_ptr<ExclusiveLock> store_lock, data_lock;
  std::unique_ptr<Store> store;
  const std::filesystem::path uploads, pictures;
  GazetteerCache gazetteer;
  JobRunner jobs;
  Gate gate;
  Dependencies with;
  RegisterServiceImpl registers{with};
  GeocodingServiceImpl geocoding{with};
  ReporterServiceImpl reporters{with};
  IncidentServiceImpl incidents{with};
  AnalysisServiceImpl analysis{with};
  PictureServiceImpl picture_service{with};
  LayerServiceImpl layers{with};
  JobServiceImpl job_service{with};
  std::string address;
  std::unique_ptr<grpc::Server> server;
  std::mutex tend_mutex;
  std::condition_variable_any tend_wake;
  std::jthread tend;
  bool drained = false;
};

/// Keeps gRPC's threads for the life of the process. In 1.51 their end, with the last user of the library,
/// can wait ten seconds for a poll to run out.
void KeepGrpc() {
  static const bool kept = (grpc_init(), true);
  static_cast<void>(kept);
}

void Server::Parts::Listen() {
  KeepGrpc();
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  builder.SetResourceQuota(grpc::ResourceQuota("lagesbild").SetMaxThreads(limits::kThreads));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, limits::kConcurrentStreams);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, kPingIntervalMs);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, kConnectionAgeMs);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, kConnectionGraceMs);
  // Two servers must not share a port unseen.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  for (grpc::Service* service :
       std::initializer_list<grpc::Service*>{&registers, &geocoding, &reporters, &incidents, &analysis,
                                             &picture_service, &layers, &job_service}) {
    builder.RegisterService(service);
  }
  int port = 0;
  std::string wanted;
  if (!config.listen.empty()) {
    wanted = CheckListenAddress(config.listen);
    if (wanted.starts_with("unix:")) {
      RefuseLiveSocket(wanted.substr(5));
    }
    builder.AddListeningPort(wanted, grpc::InsecureServerCredentials(), &port);
  }
  // The socket must never be open to others, not even for a moment.
  const mode_t before = ::umask(0177);
  server = builder.BuildAndStart();
  ::umask(before);
  if (!server || (!wanted.empty() && port == 0)) {
    throw NotReady("ADDRESS_IN_USE", "cannot listen on " + wanted + "; is it in use, or its folder missing?");
  }
  address = wanted.starts_with("unix:") || wanted.empty()
                ? wanted
                : wanted.substr(0, wanted.rfind(':') + 1) + std::to_string(port);
}

void Server::Parts::Tend(std::stop_token stop) {
  auto expire_at = std::chrono::steady_clock::now();
  std::unique_lock lock_(tend_mutex);
  while (!stop.stop_requested()) {
    server->GetHealthCheckService()->SetServingStatus(store->Healthy());
    if (const auto now = std::chrono::steady_clock::now(); now >= expire_at) {
      expire_at = now + kExpiryPoll;
      if (const auto fault = Attempt([&] { store->ExpireUnresolved(clock().substr(0, 10)); })) {
        log.Error("expire_unresolved", {{"reason", fault->reason}, {"what", fault->log_text}});
      }
    }
    tend_wake.wait_for(lock_, stop, kHealthPoll, [] { return false; });
  }
}

std::unique_ptr<Server> Server::Start(const Config& config, Clock clock, std::unique_ptr<Store> store) {
  if (!config.listen.empty()) {
    CheckListenAddress(config.listen);  // before anything is made or locked
  }
  auto parts = std::make_unique<Parts>(config, std::move(clock), std::move(store));
  parts->Listen();
  parts->jobs.Start();
  parts->tend = std::jthread([p = parts.get()](std::stop_token stop) { p->Tend(stop); });
  parts->log.Info("serving", {{"address", parts->address}, {"version", ProgramVersion()}});
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Server::~Server() { Drain(); }

std::string Server::address() const { return parts_->address; }

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  return parts_->server->InProcessChannel(grpc::ChannelArguments{});
}

void Server::Drain() {
  if (parts_->drained) {
    return;
  }
  parts_->drained = true;
  parts_->tend.request_stop();
  parts_->tend.join();
  parts_->server->GetHealthCheckService()->SetServingStatus(false);
  if (!parts_->address.empty()) {
    std::this_thread::sleep_for(parts_->config.drain_wait);
  }
  parts_->jobs.Drain();
  parts_->server->Shutdown(std::chrono::system_clock::now() + parts_->config.drain_deadline);
  parts_->server->Wait();
  parts_->log.Info("drained");
}

namespace {

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

void BlockStopSignals() {
  const sigset_t signals = StopSignals();
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void WaitForStopSignal() {
  const sigset_t signals = StopSignals();
  int received = 0;
  ::sigwait(&signals, &received);
}

}  // namespace lagesbild::service
