#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace lagesbild::service {

/// A prepared statement. Values go in by Bind only, so no text from outside ever becomes SQL.
class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Binds all parameters in order, from ?1 on. The statement keeps its own copy of texts.
  template <class... Values>
  Statement& Bind(const Values&... values) {
    int index = 0;
    (BindAt(++index, values), ...);
    return *this;
  }
  /// True when a row is there. Throws Exhausted (disk full, write failed) or StoreUnavailable.
  bool Step();
  /// Steps to the end; for statements without rows.
  void Run() {
    while (Step()) {
    }
  }
  void Reset();

  std::int64_t Int(int column) const;
  double Real(int column) const;
  std::string Text(int column) const;  ///< also of blobs: the bytes
  bool Null(int column) const;

 private:
  void BindAt(int index, std::int64_t value);
  void BindAt(int index, int value) { BindAt(index, static_cast<std::int64_t>(value)); }
  void BindAt(int index, bool value) { BindAt(index, static_cast<std::int64_t>(value ? 1 : 0)); }
  void BindAt(int index, double value);
  void BindAt(int index, std::string_view text);
  void BindAt(int index, const std::string& text) { BindAt(index, std::string_view(text)); }
  void BindAt(int index, const char* text) { BindAt(index, std::string_view(text)); }
  struct Bytes {
    std::string_view value;
  };
  void BindAt(int index, Bytes bytes);
  void BindAt(int index, std::nullptr_t);

  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;

 public:
  /// Marks a value as a blob.
  static Bytes Blob(std::string_view bytes) { return {bytes}; }
};

/// One connection: WAL, synchronous FULL, foreign keys, secure_delete, a busy timeout. Not thread safe.
/// The only file with sqlite3.h is sqlite_db.cc.
class Database {
 public:
  /// Opens a store's file; creates it with mode 0600. Throws StoreUnavailable: cannot be opened, not a
  /// database, another program's database, damaged.
  explicit Database(const std::string& path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs fixed SQL without parameters; several statements are allowed.
  void Execute(const char* sql);
  /// The cached statement for this text, reset and ready to bind. Valid until the next Query with the same
  /// text.
  Statement& Query(std::string_view sql);
  std::int64_t last_insert_id() const;
  std::int64_t changes() const;
  /// Moves the write-ahead log into the file and empties it, so that deleted texts are gone from both.
  /// Does nothing while another process reads.
  void Checkpoint();

 private:
  sqlite3* database_ = nullptr;
  std::map<std::string, std::unique_ptr<Statement>, std::less<>> statements_;
};

/// Begins to write at once; rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void Commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace lagesbild::service
