#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "geo/coordinate_input.h"
#include "geo/geocoder.h"
#include "geo/study_area.h"
#include "maps/table_input.h"
#include "service/hashing.h"
#include "service/import_date.h"
#include "service/import_persons.h"
#include "service/mapping.h"
#include "service/store.h"

namespace lagesbild::service {

/// Reasons of rejected rows, in the order in which they are looked for.
namespace rejection {
inline constexpr char kBadRow[] = "BAD_ROW";
inline constexpr char kPersonalData[] = "PERSONAL_DATA";
inline constexpr char kBadDate[] = "BAD_DATE";
inline constexpr char kUnknownCategory[] = "UNKNOWN_CATEGORY";
inline constexpr char kBadAge[] = "BAD_AGE";
inline constexpr char kBadCount[] = "BAD_COUNT";
inline constexpr char kBadCoordinate[] = "BAD_COORDINATE";
inline constexpr char kConflictingKey[] = "CONFLICTING_KEY";
}  // namespace rejection

/// What became of one row before it is placed: an incident with everything but its place, or a rejection. A
/// rejected row keeps the persons that could be read, for the tallies by age.
struct RowRead {
  StoredIncident stored;
  std::optional<RejectedImportRow> rejection;
  /// Position by coordinates, when the row gives them.
  std::optional<geo::CoordinateResult> coordinates;
  std::string address, locality,
      postcode;  ///< as written, missing words taken away; locality without any default
  bool digital = false;
  /// What the row says but for its persons, for telling a correction from a repetition; empty without a key
  /// of the reporter's own.
  std::string content;
};

/// The persons in any order, one a line.
std::string PersonsText(const geo::Incident& incident, const geo::AgeScheme& scheme);

/// The rejection of a row that has the key of `first_row` but says something else.
RejectedImportRow ConflictingKey(const Mapping& mapping, const RowRead& row, std::int64_t first_row);

/// Reads rows of one table by one mapping. Holds the places of the columns.
class RowReader {
 public:
  struct Context {
    const Mapping& mapping;
    const Reporter& reporter;
    const geo::AgeScheme& scheme;
    const geo::StudyArea& area;
    geo::Epsg crs;
    std::string now;  ///< UTC; dates after it are rejected
    const Hmac& keys;
  };
  /// Throws InvalidRequest: time zone or coordinate system unknown, `now` no instant.
  explicit RowReader(const Context& context);

  /// Finds the mapped columns. Throws InvalidRequest naming every mapped column that the file lacks.
  void UseHeader(const std::vector<std::string>& header);
  RowRead Read(const maps::TableRow& row) const;
  std::chrono::year_month_day today() const { return today_; }

 private:
  std::string CellAt(const std::vector<std::string>& cells, int column) const;
  bool FindPersonalData(const maps::TableRow& row, RowRead& read) const;
  bool FindPersonalDataAcross(const maps::TableRow& row, RowRead& read) const;
  bool ReadDate(const maps::TableRow& row, RowRead& read) const;
  bool ReadCategory(const maps::TableRow& row, RowRead& read) const;
  bool ReadPlace(const maps::TableRow& row, RowRead& read) const;
  std::string IncidentKey(const maps::TableRow& row, const RowRead& read) const;
  std::string PlaceKey(const maps::TableRow& row, const RowRead& read) const;
  std::string Content(const maps::TableRow& row, const RowRead& read) const;
  void Reject(RowRead& read, int column, const char* reason, std::string message) const;

  Context context_;
  DateReader dates_;
  std::chrono::year_month_day today_;
  std::optional<geo::CoordinateInput> coordinates_;
  std::vector<std::string> column_names_;  ///< for messages; never personal data
  int key_ = -1, date_ = -1, time_ = -1, category_ = -1, locality_ = -1, postcode_ = -1, easting_ = -1,
      northing_ = -1;
  std::vector<int> address_;
  std::set<int> not_personal_;
  std::vector<PersonColumns> persons_;
};

}  // namespace lagesbild::service
