#pragma once

#include <vector>

#include "maps/layer.h"
#include "maps/released_files.h"

namespace lagesbild::maps {

/// Codes of the field `class` of the areas of a released picture; never reused for another meaning.
enum class ReleasedCode : int {
  kUnder10 = 1,  ///< from k up
  kUnder20 = 2,
  kUnder50 = 3,
  kUnder100 = 4,
  kFrom100 = 5,
  kSuppressed = 90,
};

/// Classes of counts, the same for every picture of an audience: bounds do not depend on the counts. Classes
/// whose counts are all under k are left out; the last one is suppressed areas, hatched. Colors: ColorBrewer
/// YlGnBu, told apart without color vision and unlike those of density.
std::vector<SymbolClass> CountClasses(const geo::DisclosureRule& rule);
/// Of a released count, whichever rule; suppressed for everything that is no number.
int CountClassOf(const geo::Statistic& statistic);

/// Classes of the released density: the value is the code in the class grid. Suppressed last, hatched.
std::vector<SymbolClass> ReleasedDensitySymbols(const Legend& legend, const geo::DisclosureRule& rule);

/// The series' legend of a release.
Legend ReleasedLegend(const ReleasedContent& content);

}  // namespace lagesbild::maps
