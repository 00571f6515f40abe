#pragma once

#include "maps/released_files.h"

namespace lagesbild::maps::testing {

struct SyntheticRelease {
  ReleasedContent content;
  PictureMetadata metadata;
  ReferenceLayers reference;
};

/// A partner's picture made by hand: 13–24 years in localities over one quarter (Heby 12, Östervåla 7, the
/// rest suppressed), the same in districts over four quarters (one released, 47), and 18–24 years where
/// nothing is released and no density exists. A table with released and suppressed rows. Coarsened.
SyntheticRelease MakeSyntheticRelease();

/// The same with hostile names wherever a name comes from data.
SyntheticRelease MakeHostileRelease();

/// A public picture of which nothing may be shown on a map, nor in the table.
SyntheticRelease MakeSilentRelease();

}  // namespace lagesbild::maps::testing
