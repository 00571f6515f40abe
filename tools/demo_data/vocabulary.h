#pragma once

#include <string>
#include <vector>

#include "geo/category.h"
#include "tools/demo_data/random.h"
#include "tools/demo_data/story.h"

namespace lagesbild::tools::demo {

/// One of a reporter's own words for what happened.
struct Term {
  std::string text;
  geo::Category category;
  int weight;  ///< relative frequency
};

/// Every word that the reporter uses: in its rows and in its mapping file.
const std::vector<Term>& Vocabulary(Teller teller);

/// Draws a category by weight; only digital ones, or only those that happen somewhere. Perceived unsafety is
/// never drawn.
geo::Category DrawCategory(Teller teller, bool digital, Rng& random);

/// A word of the reporter for the category, or its word for "other" where it has none.
const std::string& WordFor(Teller teller, geo::Category category, Rng& random);

}  // namespace lagesbild::tools::demo
