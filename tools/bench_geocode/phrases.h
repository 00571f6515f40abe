#pragma once

#include <string>

#include "tools/bench_geocode/noise.h"

namespace lagesbild::tools::bench {

/// Wordings of one set are never used in the other, so that what was tuned on `dev` is not tested by itself.
enum class QuerySet { kDev, kHeldOut };

/// The address with one to three additions that say nothing of where it lies (flat, stairs, floor, door
/// code, care-of, "utanför", remarks in brackets), before and behind it.
std::string WithClutter(const std::string& address, WritingLanguage language, QuerySet set, Rng& rng);

/// A sentence as police, school or a housing company writes it, with the address in it, and with dates,
/// times, distances, ages and registration plates that are none. All invented; no name of a person, no other
/// street.
std::string InSentence(const std::string& address, WritingLanguage language, QuerySet set, Rng& rng);

/// A number as it may stand behind a street: "nr 4B", ", 4B".
std::string NumberInOtherWords(const std::string& number, QuerySet set, Rng& rng);

/// A sentence that names no place.
std::string SentenceWithoutPlace(WritingLanguage language, QuerySet set, Rng& rng);

/// Two streets as a crossing: "korsningen A och B", "A/B".
std::string AsCrossing(const std::string& a, const std::string& b, WritingLanguage language, QuerySet set,
                       Rng& rng);

}  // namespace lagesbild::tools::bench
