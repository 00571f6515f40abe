#pragma once

#include <string_view>

#include "geo/address_parser.h"
#include "geo/place_choice.h"

namespace lagesbild::geo {

/// The characters of the text as written that a stretch of the clean text (bytes) came from.
TextSpan SpanInText(std::string_view written, std::string_view clean, TextSpan span);

/// Joins the faults of reading and finding, names one where nothing was placed and none was named, grades the
/// match and says which words it rests on.
void Describe(std::string_view written, std::string_view clean, const ParsedAddress& parsed,
              Finding& finding);

}  // namespace lagesbild::geo
