#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "geo/gazetteer.h"

namespace lagesbild::tools::bench {

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

}  // namespace lagesbild::tools::bench
