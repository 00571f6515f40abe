#pragma once

#include <cstddef>
#include <vector>

#include "geo/address_parser.h"

namespace lagesbild::geo {

/// How many words from `at` say a day or a clock time: "2025-08-12", "28/6", "3 oktober 2025", "251202",
/// "20.30", "0235"; 0 = none. Four figures alone are a time when they begin with 0 or a word like "kl" or
/// "till" stands before them: a farm may have the number 1250. Swedish and Norwegian.
std::size_t WhenLength(const std::vector<Word>& words, std::size_t at);

/// The first word from `at` on that is of no day or time.
std::size_t SkipWhen(const std::vector<Word>& words, std::size_t at);

/// Whether the number at word `at`, which `after` follows, counts something else than houses: a day, a time,
/// persons, years, crowns.
bool CountsSomethingElse(const std::vector<Word>& words, std::size_t at, std::size_t after);

/// Whether more house numbers of the same street follow at word `after`: "12 14", "12 och 14". Not "12 till
/// 0235" nor "12 3 oktober".
bool GoesOn(const std::vector<Word>& words, std::size_t after);

/// What the word before a stretch may have to do with a name that begins there.
enum class WordBefore {
  kNothing,  ///< there is none, or it is a word of the sentence: "på", "adress", "Inbrott", a number
  kUnknown,  ///< in lower case and not known: of a text without capitals it may be of the name
  kCapital,  ///< like a name, and not known to be anything else: "Anders" before "Bergs gata"
};
WordBefore WordBeforeName(const std::vector<Word>& words, std::size_t start);

}  // namespace lagesbild::geo
