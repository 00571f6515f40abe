#pragma once

#include <filesystem>
#include <string>

#include "geo/geocoder.h"
#include "service/store.h"

namespace lagesbild::service {

/// A geocoder of the registers as they stand, and how it was come by.
struct CachedIndex {
  geo::Geocoder geocoder;
  bool mapped = false;  ///< from a file, made just now or earlier; else it lives in memory alone
  bool built = false;   ///< anew: there was no file that fits
  std::string refusal;  ///< what was wrong with a file of that name; nothing of what it holds
  std::string unsaved;  ///< why the new index could not be saved
};

/// Tells one state of the registers from any other, as 64 hexadecimal digits: the current versions, their
/// style, and the program, since what it makes of a register is part of the index.
std::string RegisterIndexKey(const Municipality& municipality);

/// Maps the compiled index of these registers that lies in `folder`; where there is none, or it is damaged or
/// another's, builds it anew and saves it there for the next start, mode 0600, and removes those of earlier
/// registers. Never fails because of a file: then the index stays in memory. Several processes may do so at
/// once: a file appears whole or not at all, and one that is removed stays readable to who has mapped it.
CachedIndex OpenOrBuildIndex(const std::filesystem::path& folder, const Municipality& municipality);

}  // namespace lagesbild::service
