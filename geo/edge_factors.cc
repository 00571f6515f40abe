#include "geo/edge_factors.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "geo/errors.h"
#include "geo/kernel.h"
#include "geo/parallel.h"

namespace lagesbild::geo {
namespace {

/// Two independent 64-bit hashes of all coordinates.
std::array<std::uint64_t, 2> Fingerprint(const StudyArea& area) {
  std::array<std::uint64_t, 2> hash = {0xcbf29ce484222325u, 0x9e3779b97f4a7c15u};
  const auto add = [&](std::uint64_t word) {
    hash[0] = (hash[0] ^ word) * 0x100000001b3u;
    hash[0] ^= hash[0] >> 29;
    hash[1] = (std::rotl(hash[1], 23) + word) * 0xff51afd7ed558ccdu;
    hash[1] ^= hash[1] >> 31;
  };
  const auto add_ring = [&](const Ring& ring) {
    add(ring.size());
    for (const PlanePoint& point : ring) {
      add(std::bit_cast<std::uint64_t>(point.easting.value()));
      add(std::bit_cast<std::uint64_t>(point.northing.value()));
    }
  };
  for (const Polygon& polygon : area.polygons()) {
    add(polygon.holes.size());
    add_ring(polygon.outer);
    for (const Ring& hole : polygon.holes) add_ring(hole);
  }
  return hash;
}

}  // namespace

EdgeFactors::EdgeFactors(const StudyArea& area, Kernel kernel, Meters bandwidth, const GridSpec& grid,
                         bool with_factors, int threads, std::stop_token stop)
    : rows_(static_cast<std::size_t>(grid.rows)) {
  const double reach = with_factors ? EdgeReach(kernel, bandwidth).value() : 0;
  const double cell = grid.cell_size.value();
  ParallelFor(threads, rows_.size(), [&](std::size_t index, std::size_t) {
    Row& row = rows_[index];
    const auto add = [&](Run::Kind kind, int begin, int end) {
      if (row.runs.empty() || row.runs.back().kind != kind)
        row.runs.push_back({kind, begin, end, row.factors.size()});
      row.runs.back().end = end;
    };
    for (int column = 0; column < grid.columns;) {
      if (stop.stop_requested()) throw Cancelled();
      const PlanePoint center = grid.center({column, static_cast<int>(index)});
      const double distance = area.distance_to_boundary(center).value();
      const bool inside = area.contains(center);
      // Up to the boundary nothing changes sides; up to its reach no factor differs from 1.
      const double clear = inside ? distance - reach : distance;
      const double more = clear > cell ? std::floor(clear / cell * (1 - 1e-9) - 1e-6) : 0;
      const int end = static_cast<int>(std::min(1.0 * grid.columns, column + 1 + std::max(0.0, more)));
      if (!inside) {
        add(Run::kOutside, column, end);
      } else if (with_factors && distance <= reach) {
        add(Run::kBorder, column, column + 1);
        row.factors.push_back(EdgeFactor(center, area, kernel, bandwidth));
        ++column;
        continue;
      } else {
        add(Run::kInterior, column, end);
      }
      column = end;
    }
  });
}

std::size_t EdgeFactors::bytes() const {
  std::size_t bytes = rows_.size() * sizeof(Row);
  for (const Row& row : rows_)
    bytes += row.runs.capacity() * sizeof(Run) + row.factors.capacity() * sizeof(double);
  return bytes;
}

std::shared_ptr<const EdgeFactors> EdgeFactorCache::Get(const StudyArea& area, Kernel kernel,
                                                        Meters bandwidth, const GridSpec& grid,
                                                        bool with_factors, int threads,
                                                        std::stop_token stop) {
  // Inside and outside are the same for all kernels.
  const Key key = with_factors ? Key{Fingerprint(area), kernel, bandwidth, grid, true}
                               : Key{Fingerprint(area), Kernel::kUniform, Meters{0}, grid, false};
  {
    const std::lock_guard lock(mutex_);
    const auto found =
        std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.key == key; });
    if (found != entries_.end()) {
      entries_.splice(entries_.begin(), entries_, found);
      return found->factors;
    }
  }
  auto factors =
      std::make_shared<const EdgeFactors>(area, kernel, bandwidth, grid, with_factors, threads, stop);
  const std::lock_guard lock(mutex_);
  entries_.push_front({key, factors});
  std::size_t bytes = 0;
  for (auto entry = entries_.begin(); entry != entries_.end();) {
    bytes += entry->factors->bytes();
    entry = bytes > max_bytes_ ? entries_.erase(entry) : std::next(entry);
  }
  return factors;
}

std::size_t EdgeFactorCache::bytes() const {
  const std::lock_guard lock(mutex_);
  std::size_t bytes = 0;
  for (const Entry& entry : entries_) bytes += entry.factors->bytes();
  return bytes;
}

}  // namespace lagesbild::geo
