#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "geo/geocoder.h"
#include "geo/geocoding_tally.h"

namespace lagesbild::tools {

/// A table of places to be found, and which columns say what. Empty: there is none.
struct GeocodeTable {
  std::filesystem::path in, out;
  std::string text, locality, postcode;
  std::string reporter, date;  ///< for the report: ISO date, "2026-08-14"
  int threads = 0;             ///< changes nothing but the time; below 2: one
};

/// What was found in a table.
struct TableGeocoding {
  std::int64_t rows = 0, ambiguous = 0, unreadable = 0;
  geo::GeocodingTally tally;
  std::vector<std::pair<std::string, std::int64_t>> categories;  ///< "A", "B", "C" and how many
  std::vector<geo::AlikeTexts> texts;  ///< not found; those that would gain most first
};

/// Finds the places of a CSV file and writes it again with the columns level, category, faults, matched, lon,
/// lat, easting, northing, accuracy_m and score, as UTF-8, in its own order: as many rows out as in.
/// Ambiguous places and those outside have no position. The output appears complete or not at all.
///
/// Throws maps::IoError (no such file, a column is missing, the output cannot be written). A row that cannot
/// be read is written with the level none and the fault ROW_UNREADABLE. Memory: the file.
TableGeocoding GeocodeTableFile(const geo::Geocoder& geocoder, const GeocodeTable& table);

}  // namespace lagesbild::tools
