#include <nlohmann/json.hpp>

#include "service/errors.h"
#include "service/sqlite_store.h"

namespace lagesbild::service {
namespace {

/// Pictures that a change of the quarters ?1 (JSON) touches. What partner and public are shown depends on
/// every quarter of the series up to theirs.
const std::string kTouched =
    "(quarter IN (SELECT value FROM json_each(?1)) OR (audience <> 'internal' AND quarter >= (SELECT "
    "min(value) FROM json_each(?1))))";

std::vector<std::int64_t> Ids(Statement& query) {
  std::vector<std::int64_t> ids;
  while (query.Step()) ids.push_back(query.Int(0));
  return ids;
}

void InsertFiles(Database& database, const PictureRecord& picture) {
  for (std::size_t i = 0; i < picture.files.size(); ++i) {
    const StoredFile& file = picture.files[i];
    database
        .Query(
            "INSERT INTO picture_file(picture_id, ordinal, name, media_type, title_sv, layer_group, "
            "size_bytes, "
            "sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
        .Bind(picture.id, static_cast<std::int64_t>(i), file.name, file.media_type, file.title_sv,
              file.layer_group, file.size, file.sha256)
        .Run();
  }
}

}  // namespace

void SqliteStore::MarkStale(const std::vector<std::string>& quarters) {
  database_.Query("UPDATE picture SET stale = 1 WHERE " + kTouched)
      .Bind(nlohmann::json(QuartersThatTellOf(quarters)).dump())
      .Run();
}

std::vector<PictureRecord> SqliteStore::StalePictures(const std::vector<std::string>& quarters) {
  Statement& query =
      database_.Query("SELECT id FROM picture WHERE stale = 1 AND " + kTouched + " ORDER BY id");
  query.Bind(nlohmann::json(QuartersThatTellOf(quarters)).dump());
  std::vector<PictureRecord> pictures;
  for (const std::int64_t id : Ids(query)) pictures.push_back(LoadPicture(id));
  return pictures;
}

PictureRecord SqliteStore::LoadPicture(std::int64_t id) {
  Statement& row = database_.Query(
      "SELECT id, run_id, quarter, audience, data_version, parameters_hash, program_version, created_at, "
      "summary_json, stale, published, utility_json FROM picture WHERE id = ?1");
  row.Bind(id);
  if (!row.Step()) throw NotFound("picture " + std::to_string(id) + " does not exist");
  PictureRecord picture{row.Int(0),       row.Text(1),  row.Text(2), row.Text(3), row.Text(4),
                        row.Text(5),      row.Text(6),  row.Text(7), row.Text(8), row.Int(9) != 0,
                        row.Int(10) != 0, row.Text(11), {}};
  row.Reset();
  Statement& file = database_.Query(
      "SELECT name, media_type, title_sv, layer_group, size_bytes, sha256 FROM picture_file WHERE picture_id "
      "= ?1 "
      "ORDER BY ordinal");
  file.Bind(id);
  while (file.Step())
    picture.files.push_back(
        {file.Text(0), file.Text(1), file.Text(2), file.Text(3), file.Int(4), file.Text(5)});
  return picture;
}

PictureRecord SqliteStore::AddPicture(const PictureRecord& picture) {
  const Lock lock(mutex_);
  Transaction transaction(database_);
  Statement& earlier = database_.Query("SELECT id FROM picture WHERE run_id = ?1 AND audience = ?2");
  earlier.Bind(picture.run_id, picture.audience);
  if (const std::vector<std::int64_t> ids = Ids(earlier); !ids.empty()) {
    database_.Query("UPDATE picture SET stale = ?2 WHERE id = ?1").Bind(ids.front(), picture.stale).Run();
    PictureRecord found = LoadPicture(ids.front());
    transaction.Commit();
    return found;
  }
  PictureRecord added = picture;
  database_
      .Query(
          "INSERT INTO picture(run_id, quarter, audience, data_version, parameters_hash, program_version, "
          "created_at, summary_json, stale, published, utility_json) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
          "?9, ?10, ?11)")
      .Bind(picture.run_id, picture.quarter, picture.audience, picture.data_version, picture.parameters_hash,
            picture.program_version, picture.created_at, picture.summary_json, picture.stale,
            picture.published, picture.utility_json)
      .Run();
  added.id = database_.last_insert_id();
  InsertFiles(database_, added);
  transaction.Commit();
  return added;
}

std::optional<PictureRecord> SqliteStore::FindPicture(const std::string& run_id,
                                                      const std::string& audience) {
  const Lock lock(mutex_);
  Statement& query = database_.Query("SELECT id FROM picture WHERE run_id = ?1 AND audience = ?2");
  query.Bind(run_id, audience);
  const std::vector<std::int64_t> ids = Ids(query);
  if (ids.empty()) return std::nullopt;
  return LoadPicture(ids.front());
}

PictureRecord SqliteStore::GetPicture(std::int64_t id) {
  const Lock lock(mutex_);
  return LoadPicture(id);
}

Page<PictureRecord> SqliteStore::ListPictures(const std::string& audience, std::int64_t after, int limit) {
  const Lock lock(mutex_);
  Statement& query = database_.Query(
      "SELECT id FROM picture WHERE (?1 = 'internal' OR (audience = ?1 AND published)) AND id > ?2 ORDER BY "
      "id "
      "LIMIT ?3");
  query.Bind(audience, after, static_cast<std::int64_t>(limit) + 1);
  Page<PictureRecord> page;
  for (const std::int64_t id : Ids(query)) {
    if (page.items.size() == static_cast<std::size_t>(limit)) {
      page.next_after = page.items.back().id;
      break;
    }
    page.items.push_back(LoadPicture(id));
  }
  return page;
}

}  // namespace lagesbild::service
