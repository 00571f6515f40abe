#pragma once

#include <span>

#include "service/sqlite_db.h"

namespace lagesbild::service {

/// One step of the schema. Numbers ascend from 1; a released step never changes.
struct Migration {
  int number = 0;
  const char* what = "";
  const char* sql = "";
};

/// All steps that this program knows.
std::span<const Migration> Migrations();

/// Brings the schema up to the last step, each missing step in a transaction of its own.
/// Throws StoreUnavailable when the store was written by a newer program, Exhausted when the disk is full.
void Migrate(Database& database, std::span<const Migration> migrations);

}  // namespace lagesbild::service
