#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <string>

#include "service/clock.h"
#include "service/config.h"
#include "service/store.h"

namespace lagesbild::service {

/// One running service: store, jobs, handlers, health and reflection.
class Server {
 public:
  /// Starts serving. The store's file is locked, so that no second server works on it. `store` is for tests;
  /// else the file config.store is opened. Throws InvalidRequest (address, token file),
  /// NotReady("STORE_IN_USE" or "ADDRESS_IN_USE"), StoreUnavailable, maps::IoError.
  static std::unique_ptr<Server> Start(const Config& config, Clock clock = SystemUtcNow,
                                       std::unique_ptr<Store> store = nullptr);
  /// As Drain.
  ~Server();

  /// Where it listens, with the port that was chosen; empty when in this process only.
  std::string address() const;
  /// A channel to it that uses no socket.
  std::shared_ptr<grpc::Channel> InProcessChannel();
  /// NOT_SERVING, a wait, no new calls, open calls get until the deadline; running jobs go back to the queue.
  void Drain();

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// Blocks SIGINT and SIGTERM for this and later threads. Call it before anything starts a thread.
void BlockStopSignals();
/// Waits for one of them.
void WaitForStopSignal();

}  // namespace lagesbild::service
