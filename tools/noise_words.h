#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lagesbild::tools {

struct ShortForm {
  std::string_view full, shortened;
};

/// The words of which noise is made: data, so that another language is another table. In clutter and
/// sentences "{}" stands for the address.
struct NoiseVocabulary {
  std::vector<std::string_view> types;    ///< ends of street names, "gatan", longest first
  std::vector<ShortForm> type_short;      ///< "gatan" g.
  std::vector<ShortForm> type_taken_for;  ///< types that people take for each other
  std::vector<ShortForm> first_short;     ///< "Norra" N.
  std::vector<std::string_view> clutter, sentences;
  std::vector<std::string_view> stem_begin, stem_end;  ///< of invented street names
  std::string_view town;                               ///< after a postcode
};

/// Words for style "sv" or "no" of one half: the held-out half has other wordings and other invented streets
/// than the dev half.
NoiseVocabulary WordsOf(std::string_view style, bool held_out, std::string_view town);

/// Length of the street type at the end of a name, longest that fits; 0 when there is none or nothing before.
std::size_t TypeLength(std::string_view name, const NoiseVocabulary& words);
/// The name's stem: without type, and without the space before it.
std::string StemOf(std::string_view name, const NoiseVocabulary& words);

}  // namespace lagesbild::tools
