#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "geo/geocoder.h"
#include "tools/geocode_bench/query.h"

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

/// Texts that are none: a description of each, and the text.
struct HostileText {
  std::string description, text;
};
std::vector<HostileText> HostileTexts(const geo::Gazetteer& gazetteer);

struct HostileScore {
  int texts = 0, placed = 0, without_fault = 0;
  double p99_ms = 0, most_ms = 0;
  std::string slowest;  ///< description
};
/// Asks for each several times; the times are medians of CPU time per text.
HostileScore AskHostile(const geo::Geocoder& geocoder, const std::vector<HostileText>& texts, int runs);

/// A register of `size` addresses: memory and time until it answers.
struct SizeScore {
  std::size_t addresses = 0, streets = 0;
  double register_mib = 0;  ///< the register alone, as read
  double geocoder_mib = 0;  ///< the geocoder that took it over, all in all
  double build_s = 0;       ///< CPU seconds of building the geocoder
  double answer_us = 0;     ///< CPU time of one exact address, mean
};
SizeScore MeasureSize(const geo::Gazetteer& gazetteer, std::size_t size);

}  // namespace lagesbild::tools::bench
