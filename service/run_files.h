#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "maps/picture_files.h"
#include "service/store.h"

namespace lagesbild::service {

/// First 16 hex digits of SHA-256 over the data's hash, the parameters and the program's version.
std::string RunIdOf(const DataVersion& data, const std::string& parameters_text);

/// A record without files and numbers.
PictureRecord NewRecord(const DataVersion& data, const std::string& parameters_text,
                        geo::CalendarQuarter quarter, const std::string& audience, const std::string& now);

/// The stored picture of this run if its files are all there, unchanged; no longer stale, as the data are
/// again what it was made of.
std::optional<PictureRecord> IntactRun(Store& store, const std::string& run_id, const std::string& audience,
                                       const std::filesystem::path& folder);

/// Makes the files private, puts their names, sizes and SHA-256 into the record and adds it to the catalog.
/// Stale from the start when the data are no longer record.data_version; waits for a delivery that is read.
/// Throws std::logic_error when an earlier run of the same id had other bytes, geo::Cancelled.
PictureRecord StoreRun(Store& store, PictureRecord record, const std::vector<maps::WrittenFile>& written,
                       const std::stop_token& stop);

}  // namespace lagesbild::service
