#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "service/store.h"

namespace lagesbild::service {

struct ImportRequest {
  std::string reporter;        ///< code of a known reporter
  std::filesystem::path file;  ///< the delivery, already on the server's disk under a generated name
  std::string file_name;       ///< base name as sent; only its extension and last part are kept
  std::string mapping_toml;    ///< text of the mapping file
  std::string request_id;
  bool validate_only = false;  ///< reads and counts everything, stores nothing
  std::string now;             ///< UTC, ISO "2026-11-25T00:00:00Z": time comes in as a value
};

struct ImportOutcome {
  ImportBatch batch;      ///< id 0 when validate_only
  bool repeated = false;  ///< the same content was imported before: its batch is returned, nothing stored
  std::vector<RejectedImportRow> rejected_preview;  ///< the first 20
};

/// One import: read, check, geocode, store, count. One transaction; idempotent by content.
///
/// row -> personal data check -> date, category, persons, place -> geocoded inside the boundary -> stored.
/// Reconciles always: read = accepted + rejected + duplicate, accepted = placed + unplaced + digital.
/// Throws InvalidRequest (mapping wrong, column missing, suspects from a reporter that is not the police,
/// ages from a company or association), NotReady (no municipality, unknown reporter), maps::IoError
/// (unreadable file), geo::Cancelled. Nothing is stored when it throws.
ImportOutcome ImportIncidents(Store& store, const ImportRequest& request, std::stop_token stop = {},
                              const std::function<void(std::int64_t rows_read)>& progress = {});

/// Reads a register file and makes it the current version. `kind`: "addresses", "reference", "population".
/// The same bytes again change nothing and return the current version.
RegisterVersion ImportRegister(Store& store, const std::string& kind, const std::filesystem::path& file,
                               const std::string& now);

}  // namespace lagesbild::service
