// The program killed or out of disk at any moment of an import and of an export: all or nothing of a
// delivery, whole files only, and the same command afterwards gives what it would have given undisturbed.

#include <algorithm>
#include <map>
#include <random>

#include "service/sqlite_store.h"
#include "tests/maps/file_size_limit.h"
#include "tests/tools/program.h"
#include "tools/demo_data/demo_data.h"

namespace lagesbild::tools {
namespace {

namespace fs = std::filesystem;
using testing::AnyOf;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int kRows = 2000;
constexpr int kKills = 25;
constexpr const char* kEveryone = "internal,partner,public";

constexpr const char* kMapping = R"toml(
[mapping]
version = 1
name = "stor"
[file]
format = "csv"
[columns]
incident_key = "Nr"
date = "Datum"
category = "Händelse"
address = ["Gata"]
[time]
formats = ["%Y-%m-%d"]
[category.values]
"Skadegörelse" = "VANDALISM"
[[persons]]
role = "victim"
age = "Ålder"
)toml";

std::string ManyRows() {
  std::string csv = "Nr;Datum;Händelse;Gata;Ålder\n";
  for (int i = 0; i < kRows; ++i) {
    const std::string day = std::to_string(10 + i % 20);
    csv += "S" + std::to_string(i) + ";2026-0" + std::to_string(7 + i % 3) + "-" + day +
           ";Skadegörelse;Storgatan " + std::to_string(1 + i % 40) + ";" + (i % 50 == 0 ? "17b" : "14") +
           "\n";
  }
  return csv;
}

/// A store with an invented municipality's registers, made once for all tests.
class KilledProcess : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    base_ = new service::TemporaryFolder();
    demo::WriteDemoData(331, *base_ / "data");
    base_->Write("many.csv", ManyRows());
    base_->Write("many.toml", kMapping);
    fs::create_directory(*base_ / "empty");
    for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
             {"register", "import", *base_ / "data/syntetisk_referens_0331.gpkg", "--kind", "reference"},
             {"register", "import", *base_ / "data/syntetisk_belagenhetsadress_kn0331.gpkg", "--kind",
              "addresses"},
             {"register", "import", *base_ / "data/syntetisk_befolkning.csv", "--kind", "population"},
             {"reporter", "put", "polisen", "--name", "Polisen", "--kind", "police"}}) {
      ASSERT_EQ(Start(*base_ / "empty", command)->Wait().code, 0) << command[1];
    }
    fs::copy(*base_ / "empty", *base_ / "filled", fs::copy_options::recursive);
    import_ms_ = Timed([] { ASSERT_EQ(Start(*base_ / "filled", Import())->Wait().code, 0); });
  }
  static void TearDownTestSuite() { delete base_; }

  /// The program on the store of one folder.
  static std::unique_ptr<Process> Start(const fs::path& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--lang", "sv", "--store", folder / "l.db"});
    return std::make_unique<Process>(base_->path(), arguments);
  }
  static std::vector<std::string> Import() {
    return {"import", *base_ / "many.csv", "--mapping", *base_ / "many.toml", "--reporter", "polisen"};
  }
  static std::vector<std::string> Picture(const fs::path& folder, const char* audiences = "internal") {
    return {"picture", "--quarter", "2026K3", "--audience", audiences, "--out", folder / "bilder"};
  }
  /// Another year's register: other streets, so that most incidents' places change.
  static std::vector<std::string> Update() {
    const fs::path data = *base_ / "later";
    if (!fs::exists(data)) demo::WriteDemoData(332, data);
    return {"register", "update", data / "syntetisk_belagenhetsadress_kn0331.gpkg", "--kind", "addresses"};
  }
  template <class Work>
  static std::int64_t Timed(Work&& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin)
        .count();
  }
  /// A copy of a prepared folder to be spoiled.
  static fs::path Copy(const char* prepared) {
    static int count = 0;
    const fs::path folder = *base_ / ("copy" + std::to_string(++count));
    fs::copy(*base_ / prepared, folder, fs::copy_options::recursive);
    return folder;
  }
  /// What a store holds, but for the clock.
  static std::string Content(const fs::path& folder) {
    const auto store = service::OpenSqliteStore(folder / "l.db");
    EXPECT_THAT(store->CheckIntegrity(), IsEmpty());
    std::string text = store->CurrentDataVersion().hash;
    for (const service::ImportBatch& batch : store->ListImports(0, 10).items) {
      text += "\n" + batch.content_sha256;
      for (const std::int64_t count : {batch.incidents.read, batch.incidents.accepted,
                                       batch.incidents.rejected, batch.incidents.duplicate})
        text += " " + std::to_string(count);
      for (const auto& row : store->ListRejectedRows(batch.id, 0, 1000).items)
        text += " " + std::to_string(row.row) + row.reason;
    }
    return text;
  }
  /// Names and bytes of every file below a folder, with those whose name is hidden.
  static std::map<std::string, std::string> Files(const fs::path& folder) {
    std::map<std::string, std::string> files;
    if (!fs::exists(folder)) return files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file())
        files[fs::relative(entry.path(), folder).string()] = service::ReadBytes(entry.path());
    return files;
  }
  static bool IsTemporary(const std::string& name) { return name.find(".part-") != std::string::npos; }
  /// Every file under a name of its own is one of the undisturbed run's, whole.
  static void ExpectWholeFiles(const fs::path& folder, const std::map<std::string, std::string>& whole) {
    for (const auto& [name, bytes] : Files(folder)) {
      if (IsTemporary(name)) continue;
      ASSERT_EQ(whole.count(name), 1U) << name;
      EXPECT_TRUE(bytes == whole.at(name)) << name << " is half-written";
    }
  }
  /// Kills the command after a part of its undisturbed time that no other call has.
  static void RunAndKill(const fs::path& folder, const std::vector<std::string>& command,
                         std::int64_t whole_ms, int kill, std::mt19937_64& random) {
    const std::int64_t step_us = 1000 * whole_ms / kKills;
    const auto process = Start(folder, command);
    std::this_thread::sleep_for(std::chrono::microseconds{
        kill * step_us + static_cast<std::int64_t>(random() % 1000) * step_us / 1000});
    process->Signal(SIGKILL);
    process->Wait();
  }

  static inline service::TemporaryFolder* base_ = nullptr;
  static inline std::int64_t import_ms_ = 0;
};

TEST_F(KilledProcess, LeavesAllOfADeliveryOrNothing) {
  const std::string before = Content(*base_ / "empty"), after = Content(*base_ / "filled");
  ASSERT_NE(before, after);
  std::mt19937_64 random(20261125);
  int whole = 0;
  for (int kill = 0; kill < kKills; ++kill) {
    const fs::path folder = Copy("empty");
    RunAndKill(folder, Import(), import_ms_, kill, random);
    const std::string found = Content(folder);
    ASSERT_THAT(found, AnyOf(before, after)) << kill;
    whole += found == after ? 1 : 0;
    if (kill % 3 == 0 || found == after) {
      const Ended again = Start(folder, Import())->Wait();
      EXPECT_EQ(again.code, 0) << again.err;
      EXPECT_EQ(Content(folder), after) << "a re-run completes it, once";
      EXPECT_THAT(Files(fs::path(folder / "l.db-files") / "uploads"), IsEmpty());
    }
    fs::remove_all(folder);
  }
  RecordProperty("wholly_in", whole);
  EXPECT_LT(whole, kKills);
}

TEST_F(KilledProcess, LeavesWholeFilesOfAPictureOnly) {
  const fs::path undisturbed = Copy("filled");
  const std::int64_t picture_ms =
      Timed([&] { ASSERT_EQ(Start(undisturbed, Picture(undisturbed, kEveryone))->Wait().code, 0); });
  const auto out = Files(undisturbed / "bilder"), served = Files(undisturbed / "l.db-files" / "pictures");
  ASSERT_GT(out.size(), 3U);
  std::mt19937_64 random(20261126);
  int cut = 0;
  for (int kill = 0; kill < kKills; ++kill) {
    const fs::path folder = Copy("filled");
    RunAndKill(folder, Picture(folder, kEveryone), picture_ms, kill, random);
    cut += Files(folder / "bilder") == out ? 0 : 1;
    ExpectWholeFiles(folder / "bilder", out);
    ExpectWholeFiles(folder / "l.db-files" / "pictures", served);
    EXPECT_EQ(Content(folder), Content(undisturbed));
    if (kill % 3 == 0 || !Files(folder / "l.db-files" / "pictures").empty()) {
      const Ended again = Start(folder, Picture(folder, kEveryone))->Wait();
      EXPECT_EQ(again.code, 0) << again.err;
      EXPECT_TRUE(Files(folder / "bilder") == out) << "the same bytes, and no temporary file";
      EXPECT_TRUE(Files(folder / "l.db-files" / "pictures") == served);
    }
    fs::remove_all(folder);
  }
  EXPECT_GT(cut, 0);
}

TEST_F(KilledProcess, TakesAnImportAfterADiskWasFull) {
  const std::string before = Content(*base_ / "empty"), after = Content(*base_ / "filled");
  const auto store_bytes = fs::file_size(*base_ / "empty" / "l.db");
  int refused = 0;
  for (const std::uintmax_t room : {std::uintmax_t{40'000}, store_bytes, store_bytes + 100'000}) {
    const fs::path folder = Copy("empty");
    std::unique_ptr<Process> process;
    {
      const maps::testing::FileSizeLimit limit(room);  // the program inherits it
      process = Start(folder, Import());
    }
    const Ended ended = process->Wait();
    const std::string found = Content(folder);
    if (ended.code != 0) {
      ++refused;
      EXPECT_EQ(ended.code, 3) << ended.err;
      EXPECT_THAT(ended.err, testing::ContainsRegex("disk")) << room;
      EXPECT_EQ(std::count(ended.err.begin(), ended.err.end(), '\n'), 1) << ended.err;
      EXPECT_EQ(found, before);
    } else {
      EXPECT_EQ(found, after);
    }
    EXPECT_EQ(Start(folder, Import())->Wait().code, 0);
    EXPECT_EQ(Content(folder), after);
    EXPECT_THAT(Files(folder / "l.db-files" / "uploads"), IsEmpty());
    fs::remove_all(folder);
  }
  EXPECT_GT(refused, 0);
}

TEST_F(KilledProcess, MakesAPictureAfterADiskWasFull) {
  for (const char* audience : {"internal", "partner"}) {
    const fs::path undisturbed = Copy("filled");
    ASSERT_EQ(Start(undisturbed, Picture(undisturbed, audience))->Wait().code, 0);
    const auto out = Files(undisturbed / "bilder"), served = Files(undisturbed / "l.db-files" / "pictures");
    std::size_t largest = 0;
    for (const auto& [name, bytes] : out) largest = std::max(largest, bytes.size());
    for (const std::size_t room : {largest / 3, largest - 1}) {
      const fs::path folder = Copy("filled");
      std::unique_ptr<Process> process;
      {
        const maps::testing::FileSizeLimit limit(room);
        process = Start(folder, Picture(folder, audience));
      }
      const Ended ended = process->Wait();
      EXPECT_EQ(ended.code, 3) << ended.err;
      EXPECT_THAT(ended.err, HasSubstr("disk")) << audience << ' ' << room;
      EXPECT_LT(ended.err.size(), 1500U) << ended.err;
      for (const fs::path& part : {folder / "bilder", folder / "l.db-files" / "pictures"})
        for (const auto& [name, bytes] : Files(part)) EXPECT_FALSE(IsTemporary(name)) << name;
      ExpectWholeFiles(folder / "bilder", out);
      ExpectWholeFiles(folder / "l.db-files" / "pictures", served);
      EXPECT_EQ(Start(folder, Picture(folder, audience))->Wait().code, 0);
      EXPECT_TRUE(Files(folder / "bilder") == out);
      fs::remove_all(folder);
    }
  }
}

TEST_F(KilledProcess, LeavesTheOldRegisterOrTheNewOneWithItsIncidents) {
  const fs::path undisturbed = Copy("filled");
  const std::vector<std::string> update = Update();
  const std::int64_t update_ms = Timed([&] { ASSERT_EQ(Start(undisturbed, update)->Wait().code, 0); });
  const std::string before = Content(*base_ / "filled"), after = Content(undisturbed);
  ASSERT_NE(before, after);
  std::mt19937_64 random(20261127);
  int whole = 0;
  for (int kill = 0; kill < kKills; ++kill) {
    const fs::path folder = Copy("filled");
    RunAndKill(folder, update, update_ms, kill, random);
    const std::string found = Content(folder);
    ASSERT_THAT(found, AnyOf(before, after)) << kill;
    whole += found == after ? 1 : 0;
    if (kill % 5 == 0) {
      const Ended again = Start(folder, update)->Wait();
      EXPECT_EQ(again.code, 0) << again.err;
      EXPECT_EQ(Content(folder), after) << "a re-run completes it, once";
    }
    fs::remove_all(folder);
  }
  EXPECT_LT(whole, kKills);
}

TEST_F(KilledProcess, KeepsTheOldRegisterWhenADiskIsFull) {
  const std::vector<std::string> update = Update();
  const std::string before = Content(*base_ / "filled");
  for (const std::uintmax_t room : {std::uintmax_t{40'000}, std::uintmax_t{400'000}}) {
    const fs::path folder = Copy("filled");
    std::unique_ptr<Process> process;
    {
      const maps::testing::FileSizeLimit limit(room);
      process = Start(folder, update);
    }
    const Ended ended = process->Wait();
    EXPECT_EQ(ended.code, 3) << ended.err;
    EXPECT_THAT(ended.err, HasSubstr("disk")) << room;
    EXPECT_EQ(Content(folder), before);
    EXPECT_EQ(Start(folder, update)->Wait().code, 0);
    EXPECT_NE(Content(folder), before);
    fs::remove_all(folder);
  }
}

TEST_F(KilledProcess, SaysHowAFileWasReadAndThatItHasNoRows) {
  const fs::path folder = Copy("empty");
  base_->Write("none.csv", "Nr;Datum;H\xE4ndelse;Gata;\xC5lder\n\n");
  std::vector<std::string> command = Import();
  command[1] = *base_ / "none.csv";
  const Ended ended = Start(folder, command)->Wait();
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("läst med teckenkodningen windows-1252"));
  EXPECT_THAT(ended.out, HasSubstr("filen har en rubrikrad men inga rader under den"));
}

TEST_F(KilledProcess, RefusesAFileOfAGigabyteInOneLine) {
  const fs::path folder = Copy("empty");
  base_->Write("long.csv", "Nr;Datum;Händelse;Gata;Ålder\n");
  std::error_code error;
  if (fs::space(folder).available < std::uintmax_t{2} << 30) GTEST_SKIP() << "no room: 1 test skipped";
  fs::resize_file(*base_ / "long.csv", std::uintmax_t{1} << 30, error);
  if (error) GTEST_SKIP() << "no room for a file of a gigabyte: 1 test skipped";
  std::vector<std::string> command = Import();
  command[1] = *base_ / "long.csv";
  const Ended ended = Start(folder, command)->Wait();
  EXPECT_EQ(ended.code, 3);
  EXPECT_THAT(ended.err, HasSubstr("512 MiB"));
  EXPECT_THAT(Files(folder / "l.db-files" / "uploads"), IsEmpty());
  EXPECT_EQ(Content(folder), Content(*base_ / "empty"));
  fs::remove(*base_ / "long.csv");
}

}  // namespace
}  // namespace lagesbild::tools
