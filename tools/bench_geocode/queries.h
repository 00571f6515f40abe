#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "tools/bench_geocode/phrases.h"
#include "tools/bench_geocode/query.h"
#include "tools/bench_geocode/register.h"

namespace lagesbild::tools::bench {

/// A number that the geocoder's register is made without, though it exists.
struct LeftOutNumber {
  std::string street, place;
  bool place_needed = false;  ///< a namesake of the street elsewhere
  int number = 0;
  std::string letter;
  geo::PlanePoint position;
  double gap_m = 0;      ///< between the same-parity neighbors that stay; 0 at an end
  bool between = false;  ///< neighbors stay on both sides
};

struct LeftOut {
  std::set<int> addresses;  ///< of the gazetteer
  std::vector<LeftOutNumber> numbers;
};

/// Draws about a share of the street numbers to leave out (all addresses of a number together, one of them
/// asked for), each between two of the same parity, and never two that follow each other.
LeftOut LeaveOutNumbers(const RegisterView& view, double share, Rng& rng);
/// What a left-out number is asked for with, and how far its neighbors let the answer be.
BenchQuery LeftOutQuery(const LeftOutNumber& number);

struct QueryPlan {
  std::string code, town;  ///< of the register; the town is what may stand after a postcode
  WritingLanguage language = WritingLanguage::kSwedish;
  QuerySet set = QuerySet::kDev;
  std::uint64_t seed = 0;  ///< added to the set's own
  int per_class = 300;
};

/// Queries of every noise class that the register gives occasion for, with what is right for each. `view` is
/// the register that the geocoder knows; `left_out` what it was made without. Same plan and register, same
/// queries; the two sets share neither seed nor wordings. O(per_class * streets).
std::vector<BenchQuery> MakeQueries(const RegisterView& view, const LeftOut& left_out, const QueryPlan& plan);

/// The streams of random numbers of a set. The held-out one is not used while tuning.
std::uint64_t SeedOf(QuerySet set);

/// "sv" and "us-block" write Swedish, "no" Norwegian.
WritingLanguage LanguageOf(const std::string& address_style);

}  // namespace lagesbild::tools::bench
