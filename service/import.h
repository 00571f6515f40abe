#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "geo/place_comparison.h"
#include "service/store.h"

namespace lagesbild::service {

struct ImportRequest {
  std::string reporter;        ///< code of a known reporter
  std::filesystem::path file;  ///< the delivery, already on the server's disk under a generated name
  std::string file_name;       ///< base name as sent; only its extension and last part are kept
  std::string mapping_toml;    ///< text of the mapping file; empty: the file is a template that was filled in
  std::string request_id;
  bool validate_only = false;  ///< reads and counts everything, stores nothing
  std::string now;             ///< UTC, ISO "2026-11-25T00:00:00Z": time comes in as a value
};

struct ImportOutcome {
  ImportBatch batch;      ///< id 0 when validate_only
  bool repeated = false;  ///< the same content was imported before: its batch is returned, nothing stored
  std::vector<RejectedImportRow> rejected_preview;  ///< the first 20
  std::string encoding;  ///< that the file was read in: "windows-1252"; empty for XLSX and when `repeated`
  geo::PlaceComparison places;  ///< address texts against coordinates, of rows with both; not kept
};

/// One import: read, check, geocode, store, count. One transaction; idempotent by content (file bytes,
/// mapping, reporter).
///
/// Each row in this order: unreadable -> BAD_ROW; personal data in any column, mapped or not ->
/// PERSONAL_DATA, its text neither stored nor logged; date -> BAD_DATE (no real local calendar date, in the
/// future, before 1990); category -> UNKNOWN_CATEGORY; persons -> BAD_COUNT, BAD_AGE; coordinates ->
/// BAD_COORDINATE; then duplicates: the reporter's own key, or without one all mapped content, seen earlier
/// in this file or in a stored import of this reporter; then the place, inside the boundary. The first fault
/// of a row is the one told.
///
/// A reporter that gives keys of its own corrects its rows by sending them again: the same key with other
/// mapped content (date, category, place, persons) is an accepted row, told as corrected, and takes the place
/// of the stored one. That one stays counted in its import, told as superseded, but is in no selection and no
/// data version. The later delivery wins, whatever it holds. Two rows of one file with one key and different
/// content: the first stands, the later is rejected (CONFLICTING_KEY). Rows without a key of their own and
/// incidents stored before corrections were known cannot be corrected.
///
/// Where the mapping's rows are persons, rows with one key and day are one incident at the first row's place,
/// with every row's persons; a rejected row counts as an incident of its own. A correction then replaces the
/// whole incident, so that all its rows must be sent again. Otherwise a row is an incident.
///
/// Reconciles always: read = accepted + rejected + duplicate, accepted = placed + unplaced + digital, per
/// unit and age group. Every row counts, reports of perceived unsafety too: they are accepted rows of the
/// delivery, and only situation pictures keep them apart from incidents. Rejected and duplicate rows count in
/// the groups of the persons that could be read from them, else in the unknown group. "Too coarse" is against
/// PictureOptions' default.
///
/// A place that is not found, ambiguous or lacks its number keeps its text in the unresolved queue for 90
/// days; of all other places only a salted key is stored. Companies' and associations' places are stored as
/// resolved; what may be shown of them is decided when pictures are released.
///
/// Throws InvalidRequest (mapping wrong, or missing for what is no template (MappingOfTemplate), columns
/// missing, a column's name over 200 bytes, a request_id that an import of other content has, suspects from a
/// reporter that is not the police, ages from a company, housing company or association), NotReady (no
/// municipality, unknown reporter), maps::IoError (unreadable file), geo::Cancelled, StoreChanged. Nothing is
/// stored when it throws. Imports into one store run one after the other.
ImportOutcome ImportIncidents(Store& store, const ImportRequest& request, std::stop_token stop = {},
                              const std::function<void(std::int64_t rows_read)>& progress = {});

/// Takes an import back, once no import runs: no row is then left out as a duplicate of one that is about to
/// go. What it corrected is in use again as it was, at the place it had; an import that a later one corrects
/// cannot be taken back before that one. Returns the pictures that are stale now. Throws NotFound,
/// NotReady("DUPLICATES_ELSEWHERE") when a later import counted rows as duplicates of this one's incidents,
/// NotReady("CORRECTED_ELSEWHERE") when a later import corrects some of them, geo::Cancelled.
std::vector<PictureRecord> UndoImport(Store& store, std::int64_t id, const std::stop_token& stop = {});

/// Reads a register file and makes it the current version. `kind`: "addresses", "reference", "population".
/// `mapping_toml` says how an address table or any other boundary is read (service/register_mapping.h);
/// empty: the file is a GeoPackage with the standard layers, or the population's CSV. The same bytes and
/// mapping again change nothing and return the current version. Addresses in another CRS than the boundary
/// are reprojected into it. Population is joined to the current addresses by id; rows at unknown addresses
/// are counted as rejected.
///
/// Throws InvalidRequest (kind, mapping, no boundary, addresses that lie altogether elsewhere, a boundary
/// whose CRS is not that of the current addresses), NotReady ("NO_ADDRESSES"; "NO_MUNICIPALITY": a table of
/// addresses before the boundary; "CRS_IN_USE", "AGE_SCHEME_IN_USE": incidents are stored), geo::InvalidInput
/// (a boundary that crosses itself, an area without extent), maps::IoError.
RegisterVersion ImportRegister(Store& store, const std::string& kind, const std::filesystem::path& file,
                               const std::string& now, const std::string& mapping_toml = {});

}  // namespace lagesbild::service
