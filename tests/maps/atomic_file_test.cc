#include "maps/atomic_file.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "maps/errors.h"
#include "tests/maps/temporary_folder.h"

namespace lagesbild::maps {
namespace {

using testing::Bytes;
using testing::TemporaryFolder;
using testing::WriteBytes;
using Names = std::set<std::string>;

TEST(WriteAtomically, GivesTheFileItsNameOnlyWhenItIsComplete) {
  const TemporaryFolder folder;
  WriteAtomically(
      folder / "a.txt", [](const auto& path) { WriteBytes(path, "new"); },
      [&](const auto& path) {
        EXPECT_EQ(Bytes(path), "new");
        EXPECT_FALSE(std::filesystem::exists(folder / "a.txt"));
      });
  EXPECT_EQ(Bytes(folder / "a.txt"), "new");
  EXPECT_EQ(folder.names(), (Names{"a.txt"}));
}

TEST(WriteAtomically, KeepsTheOldFileWhenWritingFails) {
  const TemporaryFolder folder;
  WriteBytes(folder / "a.txt", "old");
  EXPECT_THROW(WriteAtomically(folder / "a.txt",
                               [](const auto& path) {
                                 WriteBytes(path, "half");
                                 throw std::runtime_error("stop");
                               }),
               std::runtime_error);
  EXPECT_EQ(Bytes(folder / "a.txt"), "old");
  EXPECT_EQ(folder.names(), (Names{"a.txt"}));
}

TEST(WriteAtomically, RemovesWhatADriverPutBesideTheFile) {
  const TemporaryFolder folder;
  const auto write = [](const std::filesystem::path& path) {
    for (const char* suffix : {"", "-journal", "-wal", ".aux.xml"}) WriteBytes(path.string() + suffix, "x");
  };
  const auto doubt = [](const std::filesystem::path& path) { throw IoError(path.string(), "doubt"); };
  EXPECT_THROW(WriteAtomically(folder / "a.gpkg", write, doubt), IoError);
  EXPECT_EQ(folder.names(), Names{});
  WriteAtomically(folder / "a.gpkg", write);
  EXPECT_EQ(folder.names(), (Names{"a.gpkg"}));
}

TEST(WriteAtomically, NamesTheFileInErrorsAsTheReaderKnowsIt) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder / "a.gpkg";
  try {
    WriteAtomically(path, [](const auto& temporary) {
      throw IoError(temporary.string(), "sqlite: " + temporary.string() + " is full");
    });
    FAIL() << "no error";
  } catch (const IoError& error) {
    EXPECT_EQ(error.path, path.string());
    EXPECT_EQ(error.reason, "sqlite: " + path.string() + " is full");
  }
}

TEST(WriteAtomically, RejectsAFolderThatDoesNotExist) {
  const TemporaryFolder folder;
  EXPECT_THROW(WriteAtomically(folder / "none/a.txt", [](const auto& path) { WriteBytes(path, "x"); }),
               IoError);
}

TEST(WriteAtomically, RejectsAWriterThatWroteNothing) {
  const TemporaryFolder folder;
  EXPECT_THROW(WriteAtomically(folder / "a.txt", [](const auto&) {}), IoError);
  EXPECT_EQ(folder.names(), Names{});
}

TEST(CheckFileName, AcceptsWhatWindowsAccepts) {
  for (const char* name :
       {"lagesbild_heby_2026K3_internal_01234567.gpkg", "a", "console.txt", "COM10.txt", ".hidden"})
    EXPECT_NO_THROW(CheckFileName(std::filesystem::path("/some/folder") / name)) << name;
  EXPECT_NO_THROW(CheckFileName(std::string(60, 'a')));
}

TEST(CheckFileName, RejectsWhatWindowsOrAnArchiveWouldNotKeep) {
  for (const char* name :
       {"",        ".",   "..",         "lägesbild.gpkg", "a:b",     "a?b",    "a|b", "a\"b",
        "a<b",     "a*b", "a\\b",       "tab\tb",         "dot.",    "space ", "CON", "con.gpkg",
        "Aux.txt", "nul", "PRN.tar.gz", "COM1",           "lpt9.txt"})
    EXPECT_THROW(CheckFileName(name), IoError) << name;
  EXPECT_THROW(CheckFileName(std::string(61, 'a')), IoError);
}

}  // namespace
}  // namespace lagesbild::maps
