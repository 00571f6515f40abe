#include "geo/parallel.h"

#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>

namespace lagesbild::geo {

int ThreadCount(int threads) {
  const int most = std::max(1, tbb::info::default_concurrency());
  return threads > 0 ? std::min(threads, most) : most;
}

void ParallelFor(int threads, std::size_t count, const std::function<void(std::size_t, std::size_t)>& body) {
  const int used = ThreadCount(threads);
  if (used == 1 || count <= 1) {
    for (std::size_t i = 0; i < count; ++i) body(i, 0);
    return;
  }
  // oneTBB orders what happens before, in and after the calls by means that the thread sanitizer cannot see
  // in Debian's library; these two say it again.
  std::atomic<bool> begun{false};
  std::atomic<std::size_t> ended{0};
  begun.store(true, std::memory_order_release);
  tbb::task_arena arena(used);
  arena.execute([&] {
    tbb::parallel_for(
        std::size_t{0}, count,
        [&](std::size_t i) {
          (void)begun.load(std::memory_order_acquire);
          body(i, static_cast<std::size_t>(tbb::this_task_arena::current_thread_index()));
          ended.fetch_add(1, std::memory_order_acq_rel);
        },
        tbb::simple_partitioner());
  });
  (void)ended.load(std::memory_order_acquire);
}

}  // namespace lagesbild::geo
