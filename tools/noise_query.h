#pragma once

#include <string>
#include <vector>

#include "geo/gazetteer.h"
#include "tools/noise_random.h"
#include "tools/noise_register.h"

namespace lagesbild::tools {

struct NoiseVocabulary;

/// A spoilt text and what a fair reader can still make of it.
struct NoisyQuery {
  std::string text;
  std::vector<geo::PlanePoint> truths;  ///< each a right answer; none: the text must be refused
  /// Another address is as near to the text: to say so is right.
  bool has_equal = false;
  /// Another address is nearer to the text than the truth is: no reader could know.
  bool has_nearer = false;
  /// The number is not in the register: only an estimate can be right.
  bool estimated = false;
};

/// What a noise model draws from.
struct NoiseSource {
  const NoiseRegister& places;
  const NoiseVocabulary& words;
  NoiseRandom& random;
};

}  // namespace lagesbild::tools
