#pragma once

#include <string>
#include <vector>

#include "geo/place_search.h"

namespace lagesbild::geo {

/// The key of a property designation: "HEBY HORRSTA 1:23" and "Horrsta 1:23" of Heby are "horrsta 1:23",
/// "S:1" and "GA:2" keep their letters. Empty when the text ends with no block and unit.
std::string PropertyKey(const std::vector<std::string>& lower_words);

/// Finds property designations with or without the municipality before them. Holds a reference; for one
/// query.
class PropertySearch {
 public:
  explicit PropertySearch(const RegisterIndex& index) : index_(index) {}
  Finding Find(const AddressPart& part) const;

 private:
  const RegisterIndex& index_;
};

}  // namespace lagesbild::geo
