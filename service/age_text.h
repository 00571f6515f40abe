#pragma once

#include <string>
#include <string_view>

#include "geo/age.h"
#include "service/mapping.h"

namespace lagesbild::service {

/// What a reporter's age cell says. Never an age in years: only the bands that the age lies in.
struct AgeReading {
  geo::AgeSpan age;        ///< unknown when `missing` or with `error`
  bool estimated = false;  ///< "ca 15", "15-årsåldern"
  bool missing = false;    ///< empty, or one of the mapping's missing words
  std::string error;       ///< why the cell is no age; never holds the cell's text
};

/// Reads a completed age ("14", "14 år", "ca 15"), a band ("13-17", "13–17 år", "26+", "över 25", "under 15",
/// "15 år eller yngre") or a word of the mapping. Ages run from 0 to 120. Case and outer blanks do not
/// matter. "över 25" begins at 26 and "under 15" ends at 14, as completed years go.
AgeReading ReadAge(std::string_view cell, const Mapping& mapping, const geo::AgeScheme& scheme);

}  // namespace lagesbild::service
