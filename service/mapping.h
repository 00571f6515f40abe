#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geo/age.h"
#include "geo/category.h"
#include "geo/incident.h"
#include "maps/table_input.h"

namespace lagesbild::service {

/// One person (or several alike) that a row tells of.
struct PersonMapping {
  geo::AgeRole role = geo::AgeRole::kUnknown;
  std::string age_column;  ///< number, band ("13-17", "13–17 år", "under 15", "26+") or a word of [age.words]
  std::string count_column;  ///< how many such persons; empty = one if the age cell is filled or `always`
  bool always = false;       ///< a person exists even when the age is missing
  bool estimated = false;
};

/// How one reporter's table is read. Made from a TOML file; see tools/mapping.md for the form.
struct Mapping {
  int version = 1;
  std::string name;
  /// Every row tells of one person, and rows with the same incident key and day are one incident.
  bool rows_are_persons = false;
  maps::TableOptions table;
  std::string incident_key_column;  ///< the reporter's own stable case number; empty = none
  /// Columns of numbers that only look like personal data; neither place nor category may be among them.
  std::vector<std::string> not_personal_columns;
  std::string date_column, time_column;
  std::vector<std::string> date_formats;  ///< strptime forms: "%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%d %H:%M"
  std::string time_zone =
      "Europe/Stockholm";  ///< zone of instants with an offset; local dates are taken as written
  std::string category_column;
  std::map<std::string, geo::Category> categories;  ///< lower-cased source value -> category
  std::optional<geo::Category> default_category;    ///< for values not listed; empty = such a row is rejected
  std::vector<std::string> address_columns;         ///< joined by a space
  std::string locality_column, postcode_column, default_locality;
  std::string easting_column, northing_column;  ///< optional; used when both are filled
  int coordinate_epsg = 0;
  /// The address text places an incident; coordinates are only compared with. False: coordinates come first.
  bool prefer_text = false;
  std::vector<std::string>
      digital_words;  ///< lower-cased address values that mean "online": "internet", "snapchat"
  std::vector<PersonMapping> persons;
  std::vector<std::string> missing_words;  ///< lower-cased cells that mean "not known": "", "-", "okänd"
  std::map<std::string, std::pair<int, int>> age_words;  ///< "högstadiet" -> 13..15
};

/// Parses a mapping. Throws InvalidRequest listing every wrong key, type, unknown category, role or format,
/// with the line.
Mapping ParseMapping(const std::string& toml);

}  // namespace lagesbild::service
