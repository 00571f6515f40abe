#pragma once

#include <vector>

#include "geo/place_choice.h"
#include "geo/place_search.h"

namespace lagesbild::geo {

/// What a part of a text found.
struct PartFinding {
  const AddressPart* part;
  Finding finding;
};

/// The best of what the parts say, in the order of the text; equals in different places are ambiguous, and so
/// are two addresses of which one is only known to lie somewhere else.
Finding BestOf(const std::vector<PartFinding>& found);

/// A later part that nobody here knows may be a town elsewhere: "Storgatan 12, 733 31 Sala".
Finding CheckRemarks(const RegisterIndex& index, const PlaceSearch& search, const Surroundings& around,
                     const std::vector<PartFinding>& found, Finding best);

/// What lies between two places is at neither: ambiguous where the text says "mellan X och Y" of the best.
Finding UnlessBetween(const std::vector<Word>& words, Finding best);

void AddTo(PlaceContext& context, const PlaceContext& more);

}  // namespace lagesbild::geo
