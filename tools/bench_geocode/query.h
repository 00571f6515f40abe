#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "geo/gazetteer.h"

namespace lagesbild::tools::bench {

/// What is right for a query.
enum class Expect {
  kPlace,             ///< one of the truths
  kPlaceOrAmbiguous,  ///< one of the truths, or "ambiguous": the text fits another address as well
  kAmbiguous,         ///< "ambiguous" alone: the text names several addresses
  kCoarse,            ///< a street as a whole: level street or coarser, category C, a truth within the radius
  kNothing,           ///< no position: what is named does not exist
};

struct BenchQuery {
  std::string query_class;
  std::string address, locality, postcode;  ///< as asked; see geo::PlaceQuery
  Expect expect = Expect::kPlace;
  std::vector<geo::PlanePoint> truths;
  double tolerance_m = 50;  ///< as far from the nearest truth a place is still right
};

/// Writes queries as CSV: class, query, locality, postcode, expect, truths ("E N;E N"), tolerance_m.
/// Throws maps::IoError.
void WriteQueries(const std::vector<BenchQuery>& queries, const std::filesystem::path& file);

/// How a query file's truths become positions of the register.
struct TruthReader {
  geo::Epsg plane;  ///< of the register
  std::function<std::vector<geo::PlanePoint>(const std::string& address)> matches;
};

/// Reads what WriteQueries writes, or any table with `query` (query_text), `class` (noise_class, tier; may be
/// missing) and a truth, the first of these that a row has: `truths`; `expected_coordinate` "lat,lon,meters"
/// as geocoder-tester has it; easting and northing (also easting_3006, northing_3006, ...) in the register's
/// plane; `lat` and `lon` in degrees; `truth_address` (an address of the register as `matches` finds it). A
/// row without a truth expects nothing. `expect` (place, place_or_ambiguous, ambiguous, coarse, nothing),
/// `tolerance_m`, `locality` and `postcode` may be missing. A file without header holds a text and
/// "lat,lon,meters" in each row. Throws maps::IoError naming what is missing.
std::vector<BenchQuery> ReadQueries(const std::filesystem::path& file, const TruthReader& truths);

/// "place", "place_or_ambiguous", ...
const char* ExpectCode(Expect expect);

}  // namespace lagesbild::tools::bench
