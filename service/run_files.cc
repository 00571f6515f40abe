#include "service/run_files.h"

#include <algorithm>
#include <stdexcept>

#include "service/hashing.h"
#include "service/import_lock.h"
#include "service/private_files.h"
#include "service/runs.h"

namespace lagesbild::service {
namespace {

constexpr std::size_t kRunIdDigits = 16;

StoredFile Describe(const maps::WrittenFile& written) {
  return {written.path.filename().string(),
          written.media_type,
          written.title_sv,
          written.layer_group,
          static_cast<std::int64_t>(std::filesystem::file_size(written.path)),
          Sha256HexOfFile(written.path)};
}

bool Intact(const PictureRecord& record, const std::filesystem::path& folder) {
  return !record.files.empty() &&
         std::all_of(record.files.begin(), record.files.end(), [&](const StoredFile& file) {
           const std::filesystem::path path = folder / file.name;
           std::error_code error;
           const auto size = std::filesystem::file_size(path, error);
           return !error && static_cast<std::int64_t>(size) == file.size &&
                  Sha256HexOfFile(path) == file.sha256;
         });
}

void CheckSameBytes(const PictureRecord& earlier, const PictureRecord& made) {
  const bool same = std::equal(
      earlier.files.begin(), earlier.files.end(), made.files.begin(), made.files.end(),
      [](const StoredFile& a, const StoredFile& b) { return a.name == b.name && a.sha256 == b.sha256; });
  if (!same) throw std::logic_error("a repeated run gave other files than the first one");
}

}  // namespace

std::string RunIdOf(const DataVersion& data, const std::string& parameters_text) {
  return Hex(Sha256()
                 .UpdateField(data.hash)
                 .UpdateField(parameters_text)
                 .UpdateField(ProgramVersion())
                 .Digest())
      .substr(0, kRunIdDigits);
}

PictureRecord NewRecord(const DataVersion& data, const std::string& parameters_text,
                        geo::CalendarQuarter quarter, const std::string& audience, const std::string& now) {
  PictureRecord record;
  record.run_id = RunIdOf(data, parameters_text);
  record.quarter = quarter.code();
  record.audience = audience;
  record.data_version = data.hash;
  record.parameters_hash = Sha256Hex(parameters_text);
  record.program_version = ProgramVersion();
  record.created_at = now;
  return record;
}

std::optional<PictureRecord> IntactRun(Store& store, const std::string& run_id, const std::string& audience,
                                       const std::filesystem::path& folder) {
  auto present = store.FindPicture(run_id, audience);
  if (!present || !Intact(*present, folder / run_id)) return std::nullopt;
  if (!present->stale) return present;
  present->stale = false;
  return store.AddPicture(*present);
}

PictureRecord StoreRun(Store& store, PictureRecord record, const std::vector<maps::WrittenFile>& written,
                       const std::stop_token& stop) {
  for (const maps::WrittenFile& file : written) {
    MakePrivateFile(file.path);
    record.files.push_back(Describe(file));
  }
  if (const auto earlier = store.FindPicture(record.run_id, record.audience))
    CheckSameBytes(*earlier, record);
  // What changed while this was made could not mark a picture that was not there yet.
  const auto lock = LockImports(store, stop);
  record.stale = store.CurrentDataVersion().hash != record.data_version;
  return store.AddPicture(record);
}

}  // namespace lagesbild::service
