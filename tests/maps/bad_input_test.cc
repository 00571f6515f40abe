// Tables that are not what they should be: each gives rows with a fault and a place, or one sentence.

#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "maps/atomic_bytes.h"
#include "maps/atomic_file.h"
#include "maps/errors.h"
#include "maps/picture_files.h"
#include "maps/stored_zip.h"
#include "maps/table_input.h"
#include "tests/maps/synthetic_picture.h"
#include "tests/maps/temporary_folder.h"

namespace lagesbild::maps {
namespace {

using ::testing::AllOf;
using testing::Bytes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using testing::TemporaryFolder;
using testing::WriteBytes;

struct Table {
  std::vector<std::string> header;
  std::vector<TableRow> rows;
};

Table Read(const std::filesystem::path& path, const TableOptions& options = {}) {
  Table table;
  ReadTable(
      path, options, [&](const std::vector<std::string>& header) { table.header = header; },
      [&](TableRow&& row) { table.rows.push_back(std::move(row)); });
  return table;
}

TableOptions Encoded(const std::string& encoding) {
  TableOptions options;
  options.encoding = encoding;
  return options;
}

class BadTable : public ::testing::Test {
 protected:
  Table Csv(const std::string& bytes, const TableOptions& options = {}) const {
    WriteBytes(folder / "delivery.csv", bytes);
    return Read(folder / "delivery.csv", options);
  }
  /// The sentence with which the file is refused, and the same in Swedish.
  std::pair<std::string, std::string> Refusal(const std::string& bytes,
                                              const TableOptions& options = {}) const {
    try {
      Csv(bytes, options);
    } catch (const IoError& error) {
      return {error.reason, error.reason_sv};
    }
    ADD_FAILURE() << "the file was read";
    return {};
  }
  TemporaryFolder folder;
};

std::string Utf16(const std::u16string& text, bool little_endian, bool mark) {
  std::string bytes;
  const auto put = [&](char16_t unit) {
    const char low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
    bytes += little_endian ? low : high;
    bytes += little_endian ? high : low;
  };
  if (mark) put(0xFEFF);
  for (const char16_t unit : text) put(unit);
  return bytes;
}

const std::string kUtf8 = "Ort;År\nÖstervåla;1\n";
const std::string kLatin1 = "Ort;\xC5r\n\xD6sterv\xE5la;1\n";
const std::u16string kUtf16 = u"Ort;År\nÖstervåla;1\n";

TEST_F(BadTable, IsReadInWhicheverEncodingItIsWritten) {
  for (const bool little : {true, false})
    for (const bool mark : {true, false})
      for (const char* asked : {"", "utf-16"}) {
        const Table table = Csv(Utf16(kUtf16, little, mark), Encoded(asked));
        EXPECT_THAT(table.header, ElementsAre("Ort", "År")) << little << mark << asked;
        EXPECT_THAT(table.rows.at(0).cells, ElementsAre("Östervåla", "1"));
      }
  for (const char* asked : {"", "iso-8859-1", "windows-1252"})
    EXPECT_THAT(Csv(kLatin1, Encoded(asked)).rows.at(0).cells, ElementsAre("Östervåla", "1")) << asked;
}

TEST_F(BadTable, IsRefusedWhenItsBytesContradictTheMapping) {
  struct Case {
    std::string bytes, says, looks_like;
  };
  for (const Case& c : std::vector<Case>{{kUtf8, "iso-8859-1", "utf-8"},
                                         {kUtf8, "windows-1252", "utf-8"},
                                         {kUtf8, "utf-16", "utf-8"},
                                         {"\xEF\xBB\xBFOrt;Ar\nx;1\n", "iso-8859-1", "utf-8"},
                                         {kLatin1, "utf-8", "windows-1252"},
                                         {kLatin1, "utf-16", "windows-1252"},
                                         {Utf16(kUtf16, true, true), "utf-8", "utf-16"},
                                         {Utf16(kUtf16, false, true), "iso-8859-1", "utf-16"},
                                         {Utf16(kUtf16, true, false), "windows-1252", "utf-16"},
                                         {Utf16(kUtf16, false, false), "utf-8", "utf-16"}}) {
    const auto [english, swedish] = Refusal(c.bytes, Encoded(c.says));
    EXPECT_THAT(english, AllOf(HasSubstr("says " + c.says), HasSubstr("looks like " + c.looks_like)));
    EXPECT_THAT(swedish, AllOf(HasSubstr("säger " + c.says), HasSubstr("ser ut som " + c.looks_like)));
  }
  EXPECT_THAT(Csv("Ort;Ar\nx;1\n", Encoded("iso-8859-1")).rows, SizeIs(1)) << "ASCII is both";
}

TEST_F(BadTable, NeverGivesLettersThatNobodyWrote) {
  // Rows of a second file, in UTF-8, below those of a first one in Latin-1.
  for (const char* asked : {"", "iso-8859-1", "windows-1252"}) {
    const Table table =
        Csv("Ort;\xC5r\n\xD6sterv\xE5la;1\nR\xE5gsved;2\nV\xE4sby;3\nÄlvkarleby;4\n", Encoded(asked));
    ASSERT_THAT(table.rows, SizeIs(4)) << asked;
    EXPECT_THAT(table.rows[0].cells, ElementsAre("Östervåla", "1"));
    EXPECT_EQ(table.rows[3].fault, TableFault::kBadEncoding) << asked;
    EXPECT_EQ(table.rows[3].number, 5);
  }
}

TEST_F(BadTable, HasItsNulBytesToldByRow) {
  const Table table = Csv(std::string("a;b\n1;2\nx\0;3\n4;5\n", 17));
  ASSERT_THAT(table.rows, SizeIs(3));
  EXPECT_EQ(table.rows[1].fault, TableFault::kNulByte);
  EXPECT_EQ(table.rows[1].number, 3);
  EXPECT_THAT(table.rows[2].cells, ElementsAre("4", "5"));
  const auto [english, swedish] = Refusal(std::string(5000, '\0'));
  EXPECT_THAT(english, AllOf(HasSubstr("line 1"), HasSubstr("NUL")));
  EXPECT_THAT(swedish, AllOf(HasSubstr("rad 1"), HasSubstr("NUL")));
}

/// A file with a hole of a gigabyte between two texts; it takes no room on most disks.
bool WriteWithHole(const std::filesystem::path& path, const std::string& before, const std::string& after) {
  constexpr std::uintmax_t kHole = std::uintmax_t{1} << 30;
  std::error_code error;
  if (std::filesystem::space(path.parent_path(), error).available < 2 * kHole) return false;
  WriteBytes(path, before);
  std::filesystem::resize_file(path, before.size() + kHole, error);
  if (error) return false;
  std::ofstream(path, std::ios::binary | std::ios::app) << after;
  return true;
}

TEST_F(BadTable, MayHoldALineOfAGigabyte) {
  const std::filesystem::path path = folder / "long.csv";
  for (const char* before : {"a;b\n1;2\n", "a;b\n1;\"2\"\n\""}) {
    if (!WriteWithHole(path, before, "\n3;4\n")) GTEST_SKIP() << "no room for a gigabyte: 1 test skipped";
    const auto begin = std::chrono::steady_clock::now();
    const Table table = Read(path);
    RecordProperty("milliseconds", static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                                        std::chrono::steady_clock::now() - begin)
                                                        .count()));
    ASSERT_THAT(table.rows, SizeIs(3)) << before;
    EXPECT_TRUE(table.rows[0].error.empty());
    EXPECT_EQ(table.rows[1].number, 3);
    EXPECT_THAT(table.rows[1].cells, IsEmpty());
    EXPECT_FALSE(table.rows[1].error.empty());
    EXPECT_THAT(table.rows[2].cells, ElementsAre("3", "4"));
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  EXPECT_LT(usage.ru_maxrss, 200 * 1024) << "KiB for two lines of 1 GiB";
}

TEST_F(BadTable, IsRefusedWhenItsHeaderIsAGigabyte) {
  if (!WriteWithHole(folder / "long.csv", "a;b", "\n3;4\n")) GTEST_SKIP() << "no room: 1 test skipped";
  try {
    Read(folder / "long.csv");
    FAIL() << "the file was read";
  } catch (const IoError& error) {
    EXPECT_THAT(error.reason, AllOf(HasSubstr("line 1"), HasSubstr("1 MiB")));
    EXPECT_THAT(error.reason_sv, AllOf(HasSubstr("rad 1"), HasSubstr("1 MiB")));
  }
}

TEST_F(BadTable, NeedsAHeaderWithNamesOfTheirOwn) {
  std::string wide = "c0";
  for (int i = 1; i < 100'000; ++i) wide += ";c" + std::to_string(i);
  struct Case {
    std::string bytes, english, swedish;
  };
  for (const Case& c : std::vector<Case>{{"", "holds no header line", "rubrikrad saknas"},
                                         {"\xEF\xBB\xBF", "holds no header line", "rubrikrad saknas"},
                                         {"\r\n;;\n\n", "holds no header line", "rubrikrad saknas"},
                                         {"a;b;A\n1;2;3\n", "column 3", "kolumn 3"},
                                         {"a;;c\n1;2;3\n", "column 2", "kolumn 2"},
                                         {"a;\"b\n1;2\n", "line 1: the line opens a quote", "rad 1 öppnar"},
                                         {wide + "\n1\n", "more than 1000 columns", "fler än 1000 kolumner"},
                                         {"%PDF-1.7 Datum;Plats\n", "PDF", "PDF"},
                                         {std::string("PK\x03\x04\x14\0\0\0", 8), "xlsx", "xlsx"}}) {
    const auto [english, swedish] = Refusal(c.bytes);
    EXPECT_THAT(english, HasSubstr(c.english));
    EXPECT_THAT(swedish, HasSubstr(c.swedish));
  }
  EXPECT_THAT(Csv("a;b\n").rows, IsEmpty()) << "a header alone is a table without rows";
}

TEST_F(BadTable, RejectsARowOfAHundredThousandCellsAndReadsOn) {
  const Table table = Csv("a;b\n" + std::string(99'999, ';') + "x\n1;2\n");
  ASSERT_THAT(table.rows, SizeIs(2));
  EXPECT_EQ(table.rows[0].fault, TableFault::kTooManyCells);
  EXPECT_EQ(table.rows[0].cell_count, 100'000U);
  EXPECT_THAT(table.rows[1].cells, ElementsAre("1", "2"));
}

TEST_F(BadTable, LosesNoRowInAQuoteThatAnotherStrayQuoteCloses) {
  const Table table = Csv("a;b;c;d\n1;2;3;\"open\n5;6;7;8\n9;10;11;12\n13;14;15;16\"\n17;18;19;20\n");
  ASSERT_THAT(table.rows, SizeIs(5));
  EXPECT_EQ(table.rows[0].fault, TableFault::kOpenQuote);
  EXPECT_EQ(table.rows[0].number, 2) << "the line where the quote opened";
  EXPECT_THAT(table.rows[1].cells, ElementsAre("5", "6", "7", "8"));
  EXPECT_EQ(table.rows[4].number, 6);
  EXPECT_THAT(table.rows[4].cells, ElementsAre("17", "18", "19", "20"));
}

TEST_F(BadTable, KeepsANoteOfSeveralLines) {
  const Table table = Csv("a;b;c;d\n1;2;3;\"först\nsedan; till slut\n\nklart\"\n5;6;7;8\n");
  ASSERT_THAT(table.rows, SizeIs(2));
  EXPECT_THAT(table.rows[0].cells, ElementsAre("1", "2", "3", "först\nsedan; till slut\n\nklart"));
  EXPECT_EQ(table.rows[1].number, 6);
}

TEST_F(BadTable, MayMixLineEndsAndEndInEmptyLines) {
  const Table table = Csv("\xEF\xBB\xBF\"a\";b\r\n1;2\r3;4\n5;6\r\n\r\n;\n \n\n");
  EXPECT_THAT(table.header, ElementsAre("a", "b"));
  ASSERT_THAT(table.rows, SizeIs(3));
  for (std::int64_t i = 0; i < 3; ++i) EXPECT_EQ(table.rows[static_cast<std::size_t>(i)].number, 2 + i);
}

TEST_F(BadTable, MayShrinkWhileItIsRead) {
  std::string text = "a;b\n";
  for (int i = 0; i < 100'000; ++i) text += "1;2\n";
  WriteBytes(folder / "delivery.csv", text);
  std::int64_t rows = 0;
  ReadTable(
      folder / "delivery.csv", {}, [](const std::vector<std::string>&) {},
      [&](TableRow&&) {
        if (++rows == 1) std::filesystem::resize_file(folder / "delivery.csv", 10);
      });
  EXPECT_GE(rows, 1);
  EXPECT_LT(rows, 100'000);
}

const TableOptions kXlsx{TableFormat::kXlsx, 0, "", ""};

TEST_F(BadTable, IsRefusedWhenItIsNoWorkbook) {
  struct Case {
    std::string bytes, english, swedish;
  };
  for (const Case& c : std::vector<Case>{{"", "is no workbook", "är ingen arbetsbok"},
                                         {"Datum;Plats\n1;2\n", "format = \"csv\"", "format = \"csv\""},
                                         {"\xD0\xCF\x11\xE0\xA1\xB1", "(.xls)", "(.xls)"},
                                         {StoredZip("xl/vbaProject.bin", "x"), "macros", "makron"}}) {
    WriteBytes(folder / "book.xlsx", c.bytes);
    try {
      Read(folder / "book.xlsx", kXlsx);
      FAIL() << c.english;
    } catch (const IoError& error) {
      EXPECT_THAT(error.reason, HasSubstr(c.english));
      EXPECT_THAT(error.reason_sv, HasSubstr(c.swedish));
    }
  }
  // A zip that is no workbook, and one that is cut off.
  for (const std::string& bytes :
       {StoredZip("readme.txt", "x"), StoredZip("xl/workbook.xml", "<workbook/>").substr(0, 40)}) {
    WriteBytes(folder / "book.xlsx", bytes);
    EXPECT_THROW(Read(folder / "book.xlsx", kXlsx), IoError);
  }
}

void Put(std::string& bytes, std::uint32_t value, int count) {
  for (int i = 0; i < count; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
}

/// A zip whose directory says that its members unpack to 100 bytes, whatever they hold.
std::string LyingZip(const std::vector<std::pair<std::string, std::string>>& members) {
  std::string zip, directory;
  for (const auto& [name, content] : members) {
    std::string packed(content.size() + 1000, '\0');
    std::size_t size = 0;
    EXPECT_NE(CPLZLibDeflate(content.data(), content.size(), 9, packed.data(), packed.size(), &size),
              nullptr);
    packed = packed.substr(2, size - 6);  // without zlib's own head and checksum
    std::string entry;
    Put(entry, 20, 2), Put(entry, 0, 2), Put(entry, 8, 2), Put(entry, 0x00210000, 4);
    Put(entry, Crc32(content), 4), Put(entry, static_cast<std::uint32_t>(packed.size()), 4);
    Put(entry, 100, 4), Put(entry, static_cast<std::uint32_t>(name.size()), 2), Put(entry, 0, 2);
    directory += std::string("PK\x01\x02\x14\0", 6) + entry;
    Put(directory, 0, 2), Put(directory, 0, 2), Put(directory, 0, 2), Put(directory, 0, 4);
    Put(directory, static_cast<std::uint32_t>(zip.size()), 4);
    directory += name;
    zip += "PK\x03\x04" + entry + name + packed;
  }
  const auto count = static_cast<std::uint32_t>(members.size());
  std::string end = "PK\x05\x06";
  Put(end, 0, 4), Put(end, count, 2), Put(end, count, 2);
  Put(end, static_cast<std::uint32_t>(directory.size()), 4),
      Put(end, static_cast<std::uint32_t>(zip.size()), 4);
  Put(end, 0, 2);
  return zip + directory + end;
}

TEST_F(BadTable, IsRefusedWhenItUnpacksToMoreThanItSays) {
  const std::string head = "<?xml version=\"1.0\"?>";
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  std::string rows;
  for (int i = 0; rows.size() < 4'000'000; ++i)
    rows +=
        "<row><c t=\"str\"><v>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</v></c></row>";
  WriteBytes(
      folder / "book.xlsx",
      LyingZip({{"[Content_Types].xml",
                 head + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"},
                {"xl/workbook.xml",
                 head + "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + office +
                     "\"><sheets><sheet name=\"B\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
                {"xl/_rels/workbook.xml.rels",
                 head +
                     "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                     "<Relationship Id=\"rId1\" Type=\"" +
                     office + "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},
                {"xl/worksheets/sheet1.xml", head + "<worksheet xmlns=\"" + main + "\"><sheetData>" + rows +
                                                 "</sheetData></worksheet>"}}));
  EXPECT_THROW(Read(folder / "book.xlsx", kXlsx), IoError);
}

// ---- What is written.

std::map<std::string, std::string> FilesOf(const std::filesystem::path& folder) {
  std::map<std::string, std::string> files;
  if (!std::filesystem::exists(folder)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files[entry.path().filename().string()] = Bytes(entry.path());
  return files;
}

/// Mounts are then this process's alone, whoever runs it. False where that is not allowed.
bool EnterOwnNamespace() {
  const std::string user = "0 " + std::to_string(::getuid()) + " 1",
                    group = "0 " + std::to_string(::getgid()) + " 1";
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  WriteBytes("/proc/self/uid_map", user);
  WriteBytes("/proc/self/setgroups", "deny");
  WriteBytes("/proc/self/gid_map", group);
  return true;
}

bool MountSmallDisk(const std::filesystem::path& folder, std::size_t bytes) {
  const std::string size = "size=" + std::to_string(bytes);
  return EnterOwnNamespace() && ::mount("none", folder.c_str(), "tmpfs", 0, size.c_str()) == 0;
}

enum Outcome { kWhole = 0, kGeoPackageFailed = 10, kOtherFailed = 11, kWrong = 12, kNoDisk = 77 };

/// What a picture's writing leaves on a disk that is too small, and what it then leaves on one that is not.
Outcome WriteOnSmallDisk(const std::filesystem::path& folder, std::size_t bytes,
                         const testing::SyntheticPicture& made,
                         const std::map<std::string, std::string>& whole) {
  if (!MountSmallDisk(folder, bytes)) return kNoDisk;
  Outcome outcome = kWhole;
  try {
    WritePictureFiles(made.picture, made.metadata, made.reference, folder);
  } catch (const WriteFailed& error) {
    const bool clear = error.reason_sv.find("disken full") != std::string::npos &&
                       std::string(error.what()).find(".part-") == std::string::npos;
    const bool vectors = std::filesystem::path(error.path).extension() == ".gpkg";
    outcome = !clear ? kWrong : vectors ? kGeoPackageFailed : kOtherFailed;
  }
  for (const auto& [name, content] : FilesOf(folder))
    if (const auto found = whole.find(name); found == whole.end() || found->second != content) return kWrong;
  ::mount("none", folder.c_str(), "tmpfs", MS_REMOUNT, "size=100m");
  WritePictureFiles(made.picture, made.metadata, made.reference, folder);
  return FilesOf(folder) == whole ? outcome : kWrong;
}

TEST(FullDisk, LeavesOnlyWholeFilesOfAPicture) {
  const TemporaryFolder folder;
  const testing::SyntheticPicture made = testing::MakeSyntheticPicture();
  WritePictureFiles(made.picture, made.metadata, made.reference, folder / "whole");
  const std::map<std::string, std::string> whole = FilesOf(folder / "whole");
  std::size_t total = 0;
  for (const auto& [name, bytes] : whole) total += bytes.size();
  std::filesystem::create_directory(folder / "small");
  std::map<int, int> outcomes;
  for (std::size_t percent = 15; percent <= 95; percent += 20) {
    const pid_t child = ::fork();
    if (child == 0) {
      try {
        ::_exit(WriteOnSmallDisk(folder / "small", total * percent / 100, made, whole));
      } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        ::_exit(kWrong);
      }
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    if (WEXITSTATUS(status) == kNoDisk) GTEST_SKIP() << "no disk of its own may be mounted: 1 test skipped";
    EXPECT_NE(WEXITSTATUS(status), kWrong) << percent << " % of the room";
    ++outcomes[WEXITSTATUS(status)];
  }
  EXPECT_GT(outcomes[kGeoPackageFailed], 0);
  EXPECT_GT(outcomes[kOtherFailed], 0);
}

/// Runs in a child that ends without any clean-up, as when it is killed.
template <class Work>
void InAKilledChild(Work&& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    work();
    ::_exit(9);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(WEXITSTATUS(status), 0);
}

TEST(KilledWriter, HasItsTemporaryFileRemovedByTheNext) {
  const TemporaryFolder folder;
  InAKilledChild([&] {
    WriteAtomically(folder / "a.gpkg", [](const std::filesystem::path& path) {
      WriteBytes(path, "half");
      WriteBytes(path.string() + "-journal", "half");
      ::_exit(0);
    });
  });
  ASSERT_THAT(folder.names(), SizeIs(2));
  EXPECT_FALSE(std::filesystem::exists(folder / "a.gpkg"));
  WriteBytesAtomically(folder / "b.txt", "whole");
  EXPECT_EQ(folder.names(), (std::set<std::string>{"b.txt"}));
}

TEST(LivingWriter, KeepsItsTemporaryFile) {
  const TemporaryFolder folder;
  WriteAtomically(folder / "a.txt", [&](const std::filesystem::path& path) {
    WriteBytes(path, "slow");
    WriteBytesAtomically(folder / "b.txt", "quick");
  });
  EXPECT_EQ(Bytes(folder / "a.txt"), "slow");
}

TEST(RemoveTemporaryFiles, LeavesFilesWithNamesOfTheirOwn) {
  const TemporaryFolder folder;
  WriteBytes(folder / ".part-1-1_.gpkg", "half");
  WriteBytes(folder / "a.gpkg", "whole");
  RemoveTemporaryFiles(folder.path());
  EXPECT_EQ(folder.names(), (std::set<std::string>{"a.gpkg"}));
  RemoveTemporaryFiles(folder / "none");
}

}  // namespace
}  // namespace lagesbild::maps
