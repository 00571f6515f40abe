#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "geo/geocoder.h"
#include "tools/bench_geocode/query.h"

namespace lagesbild::tools::bench {

/// CPU seconds of this thread.
double ThreadCpuSeconds();

/// Texts per CPU second on one core: median of the runs.
double Throughput(std::size_t texts, int runs, const std::function<void()>& work);

/// The reference: compares a name with every street name, Damerau-Levenshtein distance at most 2, in a band
/// of five cells that ends when nothing in it is near, names of another length passed over. One byte per
/// letter, marks forgotten.
class LinearScan {
 public:
  explicit LinearScan(const geo::Gazetteer& gazetteer);
  std::size_t names() const { return names_.size(); }
  /// Street names within distance 2 of the plain name.
  std::size_t Count(const std::string& name) const;
  /// The same count by the whole table of distances, name by name: what a first attempt would be.
  std::size_t CountByWholeTables(const std::string& name) const;
  /// A street's name as the scan compares it: what stands before the first digit.
  static std::string NameOf(const std::string& address);

 private:
  std::vector<std::string> names_;
};

/// All answers as bytes, in the order of the queries, computed on so many threads.
std::string AnswersAsBytes(const geo::Geocoder& geocoder, const std::vector<BenchQuery>& queries,
                           int threads);

}  // namespace lagesbild::tools::bench
