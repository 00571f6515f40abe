#pragma once

#include <grpcpp/server_context.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <stop_token>
#include <thread>

namespace lagesbild::service {

/// Watches the open calls from one thread: a call whose client is gone, or that has waited too long for its
/// peer, is asked to stop. Sleeps while there is no call.
class CallWatch {
 public:
  CallWatch();
  ~CallWatch();
  CallWatch(const CallWatch&) = delete;
  CallWatch& operator=(const CallWatch&) = delete;

  class Entry {
   public:
    explicit Entry(grpc::ServerContext* context) : context_(context) {}
    std::stop_token stop() const { return source_.get_token(); }
    bool gone() const { return context_->IsCancelled(); }
    /// Marks the time around a read or write that the peer can hold up; longer than `limit` ends the call.
    template <class Operation>
    bool Timed(std::chrono::seconds limit, Operation&& operation) {
      deadline_.store((std::chrono::steady_clock::now() + limit).time_since_epoch().count());
      const bool done = operation();
      deadline_.store(0);
      return done;
    }

   private:
    friend class CallWatch;
    grpc::ServerContext* context_;
    std::stop_source source_;
    std::atomic<std::chrono::steady_clock::rep> deadline_{0};
  };

  /// An entry is watched while its scope lives.
  class Scope {
   public:
    Scope(CallWatch& watch, grpc::ServerContext* context);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    Entry& entry() { return *entry_; }

   private:
    CallWatch& watch_;
    std::list<Entry>::iterator entry_;
  };

 private:
  void Run(std::stop_token stop);

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::list<Entry> entries_;
  std::jthread thread_;
};

}  // namespace lagesbild::service
