#include "service/import_lock.h"

#include <chrono>
#include <thread>

#include "geo/errors.h"

namespace lagesbild::service {

std::unique_lock<std::mutex> LockImports(Store& store, const std::stop_token& stop) {
  constexpr std::chrono::milliseconds kPoll{50};
  std::unique_lock lock(store.import_mutex(), std::try_to_lock);
  while (!lock.owns_lock()) {
    if (stop.stop_requested()) throw geo::Cancelled();
    std::this_thread::sleep_for(kPoll);
    static_cast<void>(lock.try_lock());
  }
  return lock;
}

}  // namespace lagesbild::service
