#include "service/sqlite_store.h"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "service/errors.h"
#include "service/schema.h"
#include "tests/service/support.h"

namespace lagesbild::service {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

constexpr int kIncidents = 3000;

ImportBatch BigBatch() {
  ImportBatch batch;
  batch.reporter = "polisen";
  batch.content_sha256 = "big";
  batch.imported_at = "2026-10-02T08:00:00Z";
  batch.incidents.read = batch.incidents.accepted = batch.incidents.unplaced = kIncidents;
  batch.quarters = {"2026Q3"};
  return batch;
}

std::vector<StoredIncident> BigIncidents() {
  std::vector<StoredIncident> incidents(kIncidents);
  for (int i = 0; i < kIncidents; ++i) {
    StoredIncident& stored = incidents[static_cast<std::size_t>(i)];
    stored.incident.reporter = "polisen";
    stored.incident.date = 2026y / 8 / 1;
    stored.incident.persons.resize(2);
    stored.incident_key = "key " + std::to_string(i);
  }
  return incidents;
}

std::size_t Found(Store& store) { return store.Select({{2026, 3}, {2026, 3}, {}, {}, {}}).size(); }

/// Runs `work` in a process of its own and gives its exit status.
template <class Work>
pid_t Fork(const Work& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      work();
    } catch (const Exhausted&) {
      ::_exit(3);
    } catch (...) {
      ::_exit(4);
    }
    ::_exit(0);
  }
  return child;
}

TEST(SqliteStore, CreatesItsFilesForTheOwnerOnly) {
  TemporaryFolder folder;
  const auto store = OpenSqliteStore(folder / "s.db");
  store->PutReporter({"polisen", "Polisen", ReporterKind::kPolice, "", ""});
  for (const char* name : {"s.db", "s.db-wal", "s.db-shm"}) {
    struct stat status {};
    ASSERT_EQ(::stat((folder / name).c_str(), &status), 0) << name;
    EXPECT_EQ(status.st_mode & 0777, 0600U) << name;
  }
}

TEST(SqliteStore, KeepsContentAndSaltWhenOpenedAgain) {
  TemporaryFolder folder;
  auto store = OpenSqliteStore(folder / "s.db");
  FillRegisters(*store);
  const std::string salt = store->Salt();
  const DataVersion version = store->CurrentDataVersion();
  store.reset();
  store = OpenSqliteStore(folder / "s.db");
  EXPECT_EQ(store->Salt(), salt);
  EXPECT_EQ(store->CurrentDataVersion().hash, version.hash);
  EXPECT_EQ(store->CurrentDataVersion().number, version.number);
  EXPECT_TRUE(store->Healthy());
}

TEST(SqliteStore, RefusesASchemaFromANewerProgram) {
  TemporaryFolder folder;
  OpenSqliteStore(folder / "s.db").reset();
  {
    Database database((folder / "s.db").string());
    database.Execute("INSERT INTO schema_migrations(number, what) VALUES (99, 'from the future')");
  }
  try {
    OpenSqliteStore(folder / "s.db");
    FAIL() << "opened a store of a newer program";
  } catch (const StoreUnavailable& error) {
    EXPECT_THAT(error.what(), HasSubstr("schema 99"));
    EXPECT_THAT(error.what(), HasSubstr("newer program"));
  }
}

TEST(SqliteStore, BringsAStoreOfTheFirstSchemaUpToDate) {
  TemporaryFolder folder;
  {
    Database database((folder / "s.db").string());
    Migrate(database, Migrations().first(1));
  }
  const auto store = OpenSqliteStore(folder / "s.db");
  FillRegisters(*store);
  store->AddImport(BigBatch(), BigIncidents(), {}, {});
  ImportBatch later = BigBatch();
  later.content_sha256 = "later";
  later.incidents = {.read = 1, .duplicate = 1};
  store->AddImport(later, {}, {}, {}, {{"key 7", 2}});
  EXPECT_THROW(store->UndoImport(1), NotReady);
}

TEST(SqliteStore, KeepsRegistersOfAnEarlierSchemaWithWhatRefersToThem) {
  TemporaryFolder folder;
  {
    Database database((folder / "s.db").string());
    Migrate(database, Migrations().first(7));
    database.Execute(
        "INSERT INTO register_version(id, kind, sha256, imported_at, synthetic, epsg, read_count, "
        "accepted_count, not_in_force_count, rejected_count, current, dated_on) VALUES "
        "(3, 'reference', 'r', '2026-01-01T00:00:00Z', 1, 3006, 1, 1, 0, 0, 1, ''), "
        "(4, 'population', 'p', '2026-01-01T00:00:00Z', 1, 0, 1, 1, 0, 0, 1, '2025-12-31');"
        "INSERT INTO place(register_id, ordinal, code, name, aliases, kind, locality, easting, northing, "
        "accuracy_radius_m) VALUES (3, 0, 'c', 'Skolan', '[]', 'school', '', 604054, 6645981, 50)");
    Migrate(database, Migrations());
    EXPECT_FALSE(database.Query("PRAGMA foreign_key_check").Step());
  }
  const auto store = OpenSqliteStore(folder / "s.db");
  const auto versions = store->ListRegisters();
  ASSERT_THAT(versions, SizeIs(2));
  EXPECT_EQ(versions[0].kind, "population");
  EXPECT_EQ(versions[0].dated_on, "2025-12-31");
  EXPECT_EQ(versions[1].id, 3);
  EXPECT_EQ(versions[1].part, "");
  EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
}

TEST(SqliteStore, LeavesNothingOfAMigrationThatFails) {
  TemporaryFolder folder;
  Database database((folder / "m.db").string());
  const std::array<Migration, 2> migrations{
      {{1, "good", "CREATE TABLE a(x)"}, {2, "bad", "CREATE TABLE b(x); INSERT INTO nowhere VALUES (1)"}}};
  EXPECT_THROW(Migrate(database, migrations), StoreUnavailable);
  Statement& tables = database.Query("SELECT count(*) FROM sqlite_schema WHERE name IN ('a', 'b')");
  ASSERT_TRUE(tables.Step());
  EXPECT_EQ(tables.Int(0), 1) << "the first step stays, nothing of the second";
}

TEST(SqliteStore, RefusesAFileThatIsNoDatabase) {
  TemporaryFolder folder;
  folder.Write("s.db",
               "This is a letter, not a database. It is long enough to be looked at as one, is it not? "
               "A database header is a hundred bytes, so here are some more.");
  try {
    OpenSqliteStore(folder / "s.db");
    FAIL() << "it is a letter";
  } catch (const StoreUnavailable& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("is no database; name another file"));
  }
}

TEST(SqliteStore, RefusesAnotherProgramsDatabaseAndLeavesItAlone) {
  TemporaryFolder folder;
  OpenSqliteStore(folder / "s.db").reset();
  {
    Database database((folder / "s.db").string());
    database.Execute("PRAGMA application_id=1");
  }
  const std::string before = ReadBytes(folder / "s.db");
  EXPECT_THROW(OpenSqliteStore(folder / "s.db"), StoreUnavailable);
  EXPECT_EQ(ReadBytes(folder / "s.db"), before);
}

TEST(SqliteStore, RefusesADamagedFile) {
  TemporaryFolder folder;
  {
    const auto store = OpenSqliteStore(folder / "s.db");
    FillRegisters(*store);
    store->AddImport(BigBatch(), BigIncidents(), {}, {});
  }
  std::string bytes = ReadBytes(folder / "s.db");
  for (std::size_t page = 10; page < bytes.size() / 4096; ++page)
    bytes.replace(page * 4096, 8, "\xff\xff\xff\xff\xff\xff\xff\xff");
  folder.Write("s.db", bytes);
  EXPECT_THROW(OpenSqliteStore(folder / "s.db"), StoreUnavailable);
}

TEST(SqliteStore, IsUnavailableInAFolderThatDoesNotExist) {
  TemporaryFolder folder;
  EXPECT_THROW(OpenSqliteStore(folder / "no/such/s.db"), StoreUnavailable);
}

// A limit on the size of files stands for the full disk: the write fails in the same place.
TEST(SqliteStore, StoresNothingWhenTheDiskIsFull) {
  TemporaryFolder folder;
  {
    const auto store = OpenSqliteStore(folder / "s.db");
    FillRegisters(*store);
  }
  const pid_t child = Fork([&] {
    const auto store = OpenSqliteStore(folder / "s.db");
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{200 * 1024, 200 * 1024};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    store->AddImport(BigBatch(), BigIncidents(), {}, {});
  });
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 3) << "the child must see Exhausted";
  const auto store = OpenSqliteStore(folder / "s.db");
  EXPECT_EQ(Found(*store), 0U);
  EXPECT_THAT(store->ListImports(0, 10).items, IsEmpty());
  EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
}

TEST(SqliteStore, HoldsAnImportWhollyOrNotAtAllWhenKilled) {
  TemporaryFolder folder;
  std::mt19937_64 random(20261125);
  int whole = 0;
  for (int kill = 0; kill < 20; ++kill) {
    const std::string path = folder / ("s" + std::to_string(kill) + ".db");
    {
      const auto store = OpenSqliteStore(path);
      FillRegisters(*store);
    }
    const pid_t child = Fork([&] { OpenSqliteStore(path)->AddImport(BigBatch(), BigIncidents(), {}, {}); });
    ::usleep(static_cast<useconds_t>(random() % 60000));
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    const auto store = OpenSqliteStore(path);
    const std::size_t found = Found(*store);
    EXPECT_TRUE(found == 0 || found == kIncidents) << found;
    EXPECT_EQ(store->ListImports(0, 10).items.size(), found == 0 ? 0U : 1U);
    EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
    whole += found == 0 ? 0 : 1;
    store->AddImport(BigBatch(), BigIncidents(), {}, {});
    EXPECT_EQ(Found(*store), static_cast<std::size_t>(kIncidents)) << "a re-run completes it, once";
    EXPECT_THAT(store->ListImports(0, 10).items, SizeIs(1));
  }
  RecordProperty("wholly_in", whole);
  RecordProperty("wholly_out", 20 - whole);
}

TEST(SqliteStore, LeavesNoByteOfADeletedTextInItsFiles) {
  TemporaryFolder folder;
  const std::string canary = "Kanariegatan 4711 C";
  const auto store = OpenSqliteStore(folder / "s.db");
  FillRegisters(*store);
  ImportBatch batch = BigBatch();
  const ImportBatch added =
      store->AddImport(batch, BigIncidents(), {}, {{7, "pk", canary, "Testby", "NOT_FOUND", "2026-12-31"}});
  const auto holds = [&] {
    std::string bytes;
    for (const char* name : {"s.db", "s.db-wal", "s.db-shm"}) bytes += ReadBytes(folder / name);
    return bytes.find(canary) != std::string::npos;
  };
  EXPECT_TRUE(holds()) << "the test looks in the right files";
  store->UndoImport(added.id);
  EXPECT_FALSE(holds());
  store->AddImport(batch, BigIncidents(), {}, {{7, "pk", canary, "Testby", "NOT_FOUND", "2026-12-31"}});
  EXPECT_EQ(store->ExpireUnresolved("2027-01-01"), 1);
  EXPECT_FALSE(holds());
}

TEST(SqliteStore, FindsAnImportWhoseRowsAreGone) {
  TemporaryFolder folder;
  const auto store = OpenSqliteStore(folder / "s.db");
  FillRegisters(*store);
  store->AddImport(BigBatch(), BigIncidents(), {}, {});
  {
    Database database((folder / "s.db").string());
    database.Execute("DELETE FROM incident WHERE id = 5");
  }
  const std::vector<std::string> faults = store->CheckIntegrity();
  ASSERT_THAT(faults, SizeIs(1));
  EXPECT_THAT(faults[0], HasSubstr("says 3000"));
  EXPECT_THAT(faults[0], HasSubstr("holds 2999"));
}

}  // namespace
}  // namespace lagesbild::service
