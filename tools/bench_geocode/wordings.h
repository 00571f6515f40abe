#pragma once

#include <vector>

#include "tools/bench_geocode/phrases.h"

namespace lagesbild::tools::bench {

/// {a} address, {b} second street, {d} date, {t} time, {p} plate, {m} distance, {n} small count, {y} age,
/// {c} four digits, {l} flat, {k} a letter, {s} surname.
using Wordings = std::vector<const char*>;

enum class Wording {
  kBefore,     ///< stands before an address
  kBehind,     ///< stands behind it
  kSentences,  ///< with an address in it
  kPlaceless,  ///< sentences that name no place
  kCrossings,
  kStems,  ///< beginnings of invented street names
};
/// What is written in one set and never in the other.
const Wordings& WordingsOf(Wording kind, WritingLanguage language, QuerySet set);

}  // namespace lagesbild::tools::bench
