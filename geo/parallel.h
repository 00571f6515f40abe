#pragma once

#include <cstddef>
#include <functional>

namespace lagesbild::geo {

/// How many threads `threads` asks for: itself, but not more than the machine has; 0: as many as that.
int ThreadCount(int threads);

/// Calls `body(index, slot)` for every index below `count`, in any order, on up to `threads` threads. `slot`
/// is below ThreadCount(threads), and no two calls that run at the same time have the same: it chooses a
/// buffer. What a body throws ends the work and is thrown here. One thread, or one index, runs in the
/// caller's.
void ParallelFor(int threads, std::size_t count, const std::function<void(std::size_t, std::size_t)>& body);

}  // namespace lagesbild::geo
