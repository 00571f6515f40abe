#include "service/sqlite_db.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "service/errors.h"

namespace lagesbild::service {
namespace {

constexpr int kBusyTimeoutMs = 5000;
constexpr int kApplicationId = 0x4c475342;  // "LGSB": tells a store from any other SQLite file
constexpr mode_t kStoreMode = 0600;

/// SQLite's message may quote a row's values (a violated CHECK does not, but a trigger could): only the
/// code's own words go into errors.
[[noreturn]] void Fail(int code, const char* doing) {
  const std::string what = std::string("the store could not ") + doing + ": " + sqlite3_errstr(code) + " (" +
                           std::to_string(code) + ")";
  switch (code) {
    case SQLITE_IOERR_WRITE:
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
    case SQLITE_IOERR_TRUNCATE:
    case SQLITE_IOERR_SHMSIZE:
    case SQLITE_IOERR_SHMMAP:
      throw Exhausted(what + "; is the disk full?");
    default:
      break;
  }
  if (code == SQLITE_NOTADB)
    throw StoreUnavailable(
        "the file that was named as the store is no database; name another file, or restore a backup");
  if ((code & 0xff) == SQLITE_FULL || (code & 0xff) == SQLITE_NOMEM) throw Exhausted(what);
  throw StoreUnavailable(what);
}

void Check(int code, const char* doing) {
  if (code != SQLITE_OK) Fail(code, doing);
}

/// Creates the file with its mode before SQLite sees it: -wal and -shm inherit the mode.
void CreateIfMissing(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kStoreMode);
  if (file >= 0) {
    ::close(file);
  } else if (errno != EEXIST) {
    throw StoreUnavailable("the store " + path + " cannot be created: " + std::strerror(errno));
  }
}

}  // namespace

Statement::Statement(sqlite3* database, std::string_view sql) : database_(database) {
  Check(sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                           &statement_, nullptr),
        "prepare a statement");
}
Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::Reset() {
  sqlite3_reset(statement_);  // reports the error of the last step again, which Step has thrown already
  sqlite3_clear_bindings(statement_);
}

bool Statement::Step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    sqlite3_reset(statement_);
    return false;
  }
  const int extended = sqlite3_extended_errcode(database_);
  sqlite3_reset(statement_);
  Fail(extended, "run a statement");
}

void Statement::BindAt(int index, std::int64_t value) {
  Check(sqlite3_bind_int64(statement_, index, value), "bind a number");
}
void Statement::BindAt(int index, double value) {
  Check(sqlite3_bind_double(statement_, index, value), "bind a number");
}
void Statement::BindAt(int index, std::string_view text) {
  Check(sqlite3_bind_text(statement_, index, text.data() == nullptr ? "" : text.data(),
                          static_cast<int>(text.size()), SQLITE_TRANSIENT),
        "bind a text");
}
void Statement::BindAt(int index, Bytes bytes) {
  Check(sqlite3_bind_blob(statement_, index, bytes.value.data(), static_cast<int>(bytes.value.size()),
                          SQLITE_TRANSIENT),
        "bind bytes");
}
void Statement::BindAt(int index, std::nullptr_t) {
  Check(sqlite3_bind_null(statement_, index), "bind nothing");
}

std::int64_t Statement::Int(int column) const { return sqlite3_column_int64(statement_, column); }
double Statement::Real(int column) const { return sqlite3_column_double(statement_, column); }
bool Statement::Null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
std::string Statement::Text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes == nullptr ? std::string()
                          : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

Database::Database(const std::string& path) {
  CreateIfMissing(path);
  if (sqlite3_open_v2(path.c_str(), &database_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) !=
      SQLITE_OK) {
    sqlite3_close(database_);
    throw StoreUnavailable("the store " + path + " cannot be opened for reading and writing");
  }
  try {
    sqlite3_extended_result_codes(database_, 1);
    sqlite3_busy_timeout(database_, kBusyTimeoutMs);
    sqlite3_db_config(database_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    Statement& id = Query("PRAGMA application_id");
    id.Step();
    const std::int64_t application_id = id.Int(0);
    id.Reset();
    Statement& tables = Query("SELECT count(*) FROM sqlite_schema");
    tables.Step();
    const bool empty = tables.Int(0) == 0;
    tables.Reset();
    if (application_id != kApplicationId && !empty)
      throw StoreUnavailable("the file " + path +
                             " is a database but not a Lagesbild store; name another file");
    Execute(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;");
    if (application_id != kApplicationId) {
      static_assert(kApplicationId == 1279742786);
      Execute("PRAGMA application_id=1279742786");
    }
  } catch (...) {
    statements_.clear();
    sqlite3_close(database_);
    throw;
  }
}

Database::~Database() {
  statements_.clear();
  sqlite3_close(database_);
}

void Database::Execute(const char* sql) {
  Check(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK
            ? SQLITE_OK
            : sqlite3_extended_errcode(database_),
        "run a statement");
}

Statement& Database::Query(std::string_view sql) {
  auto found = statements_.find(sql);
  if (found == statements_.end())
    found = statements_.emplace(std::string(sql), std::make_unique<Statement>(database_, sql)).first;
  found->second->Reset();
  return *found->second;
}

std::int64_t Database::last_insert_id() const { return sqlite3_last_insert_rowid(database_); }
std::int64_t Database::changes() const { return sqlite3_changes64(database_); }

void Database::Checkpoint() {
  sqlite3_wal_checkpoint_v2(database_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

Transaction::Transaction(Database& database) : database_(database) { database_.Execute("BEGIN IMMEDIATE"); }
Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.Execute("ROLLBACK");
  } catch (...) {
    // A full disk or an I/O error has rolled back already; there is nothing left to undo.
  }
}
void Transaction::Commit() {
  database_.Execute("COMMIT");
  open_ = false;
}

}  // namespace lagesbild::service
