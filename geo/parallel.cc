#include "geo/parallel.h"

#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>

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
  tbb::task_arena arena(used);
  arena.execute([&] {
    tbb::parallel_for(
        std::size_t{0}, count,
        [&](std::size_t i) {
          body(i, static_cast<std::size_t>(tbb::this_task_arena::current_thread_index()));
        },
        tbb::simple_partitioner());
  });
}

}  // namespace lagesbild::geo
