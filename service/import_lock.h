#pragma once

#include <mutex>
#include <stop_token>

#include "service/store.h"

namespace lagesbild::service {

/// Waits until no import runs and keeps others out as long as the lock lives. Throws geo::Cancelled when the
/// caller is gone meanwhile.
std::unique_lock<std::mutex> LockImports(Store& store, const std::stop_token& stop);

}  // namespace lagesbild::service
