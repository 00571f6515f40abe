#include "service/call_watch.h"

#include "service/limits.h"

namespace lagesbild::service {

CallWatch::CallWatch() : thread_([this](std::stop_token stop) { Run(stop); }) {}

CallWatch::~CallWatch() = default;

CallWatch::Scope::Scope(CallWatch& watch, grpc::ServerContext* context) : watch_(watch) {
  const std::lock_guard lock(watch_.mutex_);
  entry_ = watch_.entries_.emplace(watch_.entries_.end(), context);
  watch_.changed_.notify_one();
}

CallWatch::Scope::~Scope() {
  const std::lock_guard lock(watch_.mutex_);
  watch_.entries_.erase(entry_);
}

void CallWatch::Run(std::stop_token stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    changed_.wait(lock, stop, [this] { return !entries_.empty(); });
    const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
    for (Entry& entry : entries_) {
      if (const auto deadline = entry.deadline_.load(); deadline != 0 && now > deadline) {
        entry.context_->TryCancel();
      }
      if (entry.context_->IsCancelled()) {
        entry.source_.request_stop();
      }
    }
    changed_.wait_for(lock, stop, limits::kCancellationPoll, [] { return false; });
  }
}

}  // namespace lagesbild::service
