#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "geo/geocoder.h"

namespace lagesbild::tools {

/// Look-ups per CPU second on one core, medians of three in turn, and their ratio to a linear scan in the
/// same run: the absolute figures depend on the machine's load, the ratios hardly. `scan` looks for all
/// names within two edits; `nearest_scan` only for the nearest, so that its limit sinks with what was found.
struct SpeedFigures {
  double scan_per_s = 0, nearest_scan_per_s = 0, mixed_per_s = 0, exact_per_s = 0;
  double mixed_ratio() const { return mixed_per_s / scan_per_s; }
  double exact_ratio() const { return exact_per_s / scan_per_s; }
};

/// The folded street names by which a query's street is sought one after the other.
class LinearScan {
 public:
  explicit LinearScan(const geo::Gazetteer& gazetteer);
  /// Place of the first nearest name within two edits of the text before the first digit; size() when none.
  std::size_t Nearest(std::string_view query) const;
  /// How many names lie within two edits of it.
  std::size_t CountWithin(std::string_view query) const;
  std::size_t size() const { return names_.size(); }
  const std::string& name(std::size_t i) const { return names_[i]; }

 private:
  std::vector<std::string> names_;  ///< folded, each once, in order
};

SpeedFigures MeasureSpeed(const geo::Geocoder& geocoder, const std::vector<std::string>& mixed,
                          const std::vector<std::string>& exact);

/// Texts that no reporter writes: empty, long, control characters, other scripts, code, and names of the
/// register in heaps.
std::vector<std::string> AdversarialInputs(const geo::Gazetteer& gazetteer);

struct AdversarialTimes {
  std::size_t inputs = 0, placed = 0;
  double p99_ms = 0, max_ms = 0;  ///< CPU time of each input's quickest of three
  std::size_t slowest_bytes = 0;  ///< length of the slowest input
};
AdversarialTimes MeasureAdversarial(const geo::Geocoder& geocoder, const std::vector<std::string>& inputs);

}  // namespace lagesbild::tools
