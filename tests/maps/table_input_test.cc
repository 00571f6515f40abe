#include "maps/table_input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "maps/errors.h"
#include "maps/gdal_setup.h"

namespace lagesbild::maps {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Table {
  std::vector<std::string> header;
  std::vector<TableRow> rows;
};

class TableInput : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("lagesbild_table_" + std::to_string(getpid()) + "_" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path File(const std::string& bytes) const {
    const std::filesystem::path path = folder_ / "delivery.csv";
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  static Table Read(const std::filesystem::path& path, const TableOptions& options = {}) {
    Table table;
    ReadTable(
        path, options, [&](const std::vector<std::string>& header) { table.header = header; },
        [&](TableRow&& row) { table.rows.push_back(std::move(row)); });
    return table;
  }
  Table Csv(const std::string& bytes, const TableOptions& options = {}) const {
    return Read(File(bytes), options);
  }
  std::string FailureOf(const std::string& bytes, const TableOptions& options = {}) const {
    try {
      Csv(bytes, options);
    } catch (const IoError& error) {
      return error.reason;
    }
    return {};
  }

  std::filesystem::path folder_;
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

TEST_F(TableInput, ReadsRowsWithTheirLineNumbers) {
  const Table table = Csv("Datum;Plats\r\n2026-01-02;Storgatan 5\r\n\r\n2026-01-03; Tingsgatan 2 \r\n");
  EXPECT_THAT(table.header, ElementsAre("Datum", "Plats"));
  ASSERT_THAT(table.rows, SizeIs(2));
  EXPECT_EQ(table.rows[0].number, 2);
  EXPECT_THAT(table.rows[0].cells, ElementsAre("2026-01-02", "Storgatan 5"));
  EXPECT_EQ(table.rows[1].number, 4);
  EXPECT_THAT(table.rows[1].cells, ElementsAre("2026-01-03", "Tingsgatan 2"));
}

TEST_F(TableInput, ResolvesQuotes) {
  const Table table = Csv("a,b,c\n\"x, y\",\"say \"\"hej\"\"\",\"line one\nline two\"\nlast,\"\",3\" pipe\n");
  ASSERT_THAT(table.rows, SizeIs(2));
  EXPECT_THAT(table.rows[0].cells, ElementsAre("x, y", "say \"hej\"", "line one\nline two"));
  EXPECT_EQ(table.rows[1].number, 4) << "a line break within quotes is a line of the file";
  EXPECT_THAT(table.rows[1].cells, ElementsAre("last", "", "3\" pipe"));
}

TEST_F(TableInput, ReadsEveryLineEndAndAFileWithoutTheLast) {
  for (const char* text : {"a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4", "a,b\r1,2\r3,4", "a,b\n1,2\r\n3,4\r\n"}) {
    const Table table = Csv(text);
    ASSERT_THAT(table.rows, SizeIs(2)) << text;
    EXPECT_EQ(table.rows[1].number, 3) << text;
    EXPECT_THAT(table.rows[1].cells, ElementsAre("3", "4")) << text;
  }
}

TEST_F(TableInput, GuessesTheDelimiter) {
  for (const char* delimiter : {";", ",", "\t", "|"}) {
    const std::string d = delimiter;
    EXPECT_THAT(Csv("Datum" + d + "Plats" + d + "Typ\nx" + d + "y" + d + "z\n").header,
                ElementsAre("Datum", "Plats", "Typ"))
        << delimiter;
  }
  EXPECT_THAT(Csv("\"a,b,c,d\";e\n1;2\n").header, ElementsAre("a,b,c,d", "e")) << "not within quotes";
  EXPECT_THAT(Csv("ensam\n1\n").header, ElementsAre("ensam"));
  EXPECT_THAT(
      Csv("a,b;c\n1;2\n", {.format = TableFormat::kCsv, .delimiter = ';', .encoding = "", .sheet = ""})
          .header,
      ElementsAre("a,b", "c"));
}

TEST_F(TableInput, PassesOverASpreadsheetsSeparatorLine) {
  const Table table = Csv("sep=|\na,b|c\n1|2\n");
  EXPECT_THAT(table.header, ElementsAre("a,b", "c"));
  EXPECT_EQ(table.rows.at(0).number, 3);
}

TEST_F(TableInput, ReadsEveryEncoding) {
  const auto with = [](const char* encoding) {
    TableOptions options;
    options.encoding = encoding;
    return options;
  };
  const std::string utf8 = "Ort;År\nÖstervåla;1\n";
  const std::string latin1 = "Ort;\xC5r\n\xD6sterv\xE5la;1\n";
  const std::u16string utf16 = u"Ort;År\nÖstervåla;1\n";
  for (const auto& [bytes, options] :
       std::vector<std::pair<std::string, TableOptions>>{{utf8, {}},
                                                         {utf8, with("utf-8")},
                                                         {"\xEF\xBB\xBF" + utf8, {}},
                                                         {"\xEF\xBB\xBF" + utf8, with("UTF-8")},
                                                         {latin1, {}},
                                                         {latin1, with("iso-8859-1")},
                                                         {latin1, with("windows-1252")},
                                                         {Utf16(utf16, true, true), {}},
                                                         {Utf16(utf16, false, true), {}},
                                                         {Utf16(utf16, true, true), with("utf-16")},
                                                         {Utf16(utf16, true, false), with("utf-16")},
                                                         {Utf16(utf16, false, false), with("utf-16")},
                                                         {Utf16(utf16, true, false), {}}}) {
    const Table table = Csv(bytes, options);
    EXPECT_THAT(table.header, ElementsAre("Ort", "År")) << options.encoding << ' ' << bytes.size();
    ASSERT_THAT(table.rows, SizeIs(1));
    EXPECT_THAT(table.rows[0].cells, ElementsAre("Östervåla", "1"));
    EXPECT_THAT(table.rows[0].error, IsEmpty());
  }
}

TEST_F(TableInput, ReadsWhatWindowsWritesBetweenTheLatinLetters) {
  EXPECT_THAT(Csv("a\n\x93kvot\x94 \x96 5 \x80\n").rows.at(0).cells, ElementsAre("“kvot” – 5 €"));
  EXPECT_THAT(Csv(Utf16(u"a;b\n😀;x\n", true, true)).rows.at(0).cells, ElementsAre("😀", "x"));
}

TEST_F(TableInput, DeliversARowThatCannotBeReadWithItsError) {
  const std::string right = "åäö;1\n";
  const Table table =
      Csv("a;b\n" + right + right + "\xFF\xFE;2\nok;3\n1;2;3\n" + std::string("nul\0;4\n", 7) + "x\n");
  ASSERT_THAT(table.rows, SizeIs(7));
  EXPECT_THAT(table.rows[2].error, HasSubstr("encoding"));
  EXPECT_THAT(table.rows[2].cells, IsEmpty());
  EXPECT_THAT(table.rows[3].error, IsEmpty());
  EXPECT_THAT(table.rows[4].error, HasSubstr("3 cells"));
  EXPECT_THAT(table.rows[5].error, HasSubstr("NUL"));
  EXPECT_EQ(table.rows[5].number, 7);
  EXPECT_THAT(table.rows[6].cells, ElementsAre("x", "")) << "missing cells are empty";
}

TEST_F(TableInput, TellsEveryFaultOfARow) {
  const std::string nul("n\0;2;3;4;5\n", 11), long_line(2'000'000, 'x');
  const Table table =
      Csv("å;b;c;d;e\n1;2\n1;2;3\n1;2;3;4;5;6\n" + nul + "\xFF;2;3;4;5\n" + long_line + "\n1;2;3;4;\"5\n");
  ASSERT_THAT(table.rows, SizeIs(7));
  const TableFault faults[] = {TableFault::kTooFewCells, TableFault::kNone,        TableFault::kTooManyCells,
                               TableFault::kNulByte,     TableFault::kBadEncoding, TableFault::kTooLong,
                               TableFault::kOpenQuote};
  for (std::size_t i = 0; i < 7; ++i) {
    EXPECT_EQ(table.rows[i].fault, faults[i]) << i << ' ' << table.rows[i].error;
    EXPECT_EQ(table.rows[i].error.empty(), faults[i] == TableFault::kNone) << i;
  }
  EXPECT_EQ(table.rows[0].cell_count, 2U);
  EXPECT_EQ(table.rows[0].column_count, 5U);
  EXPECT_THAT(table.rows[1].cells, ElementsAre("1", "2", "3", "", "")) << "half of the columns are there";
  EXPECT_EQ(table.rows[2].cell_count, 6U);
}

TEST_F(TableInput, AcceptsEmptyCellsBeyondTheHeader) {
  EXPECT_THAT(Csv("a;b\n1;2;;\n").rows.at(0).cells, ElementsAre("1", "2"));
}

TEST_F(TableInput, SkipsBlankRows) { EXPECT_THAT(Csv("\n  \na;b\n;\n \t;  \n\n1;2\n").rows, SizeIs(1)); }

TEST_F(TableInput, GoesOnAfterAQuoteThatIsNeverClosed) {
  const Table table = Csv("a,b\n1,\"open\n2,x\n3,y\n");
  ASSERT_THAT(table.rows, SizeIs(3));
  EXPECT_THAT(table.rows[0].error, HasSubstr("quote"));
  EXPECT_EQ(table.rows[1].number, 3);
  EXPECT_THAT(table.rows[1].cells, ElementsAre("2", "x"));
  EXPECT_THAT(table.rows[2].cells, ElementsAre("3", "y"));
  EXPECT_THAT(Csv("a,b\n1,\"open").rows.at(0).error, HasSubstr("quote"));
}

TEST_F(TableInput, ReadsAFileFullOfStrayQuotesInBoundedTime) {
  std::string text = "a,b\n";
  for (int i = 0; i < 40000; ++i)
    text += "\"x\"\",y\n";  // each line opens a quote that the next one does not close
  const Table table = Csv(text);
  std::int64_t errors = 0;
  for (const TableRow& row : table.rows) errors += row.error.empty() ? 0 : 1;
  EXPECT_EQ(errors, static_cast<std::int64_t>(table.rows.size()));
  EXPECT_THAT(table.rows, SizeIs(40000));
}

TEST_F(TableInput, RejectsALineOverOneMebibyteAndReadsOn) {
  const std::string long_line(2'000'000, 'x');
  const Table table = Csv("a,b\n" + long_line + ",1\n\"" + long_line + "\",1\nok,2\n");
  ASSERT_THAT(table.rows, SizeIs(3));
  EXPECT_THAT(table.rows[0].error, HasSubstr("1 MiB"));
  EXPECT_THAT(table.rows[1].error, HasSubstr("1 MiB"));
  EXPECT_THAT(table.rows[2].cells, ElementsAre("ok", "2"));
}

TEST_F(TableInput, HoldsNoLongLineInMemory) {
  const std::filesystem::path path = folder_ / "long.csv";
  {
    std::ofstream out(path, std::ios::binary);
    out << "a,b\n";
    const std::string block(1 << 20, 'x');
    for (int i = 0; i < 100; ++i) out << block;
    out << ",1\nok,2\n";
  }
  rusage before{}, after{};
  getrusage(RUSAGE_SELF, &before);
  const Table table = Read(path);
  getrusage(RUSAGE_SELF, &after);
  ASSERT_THAT(table.rows, SizeIs(2));
  EXPECT_THAT(table.rows[0].error, HasSubstr("1 MiB"));
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 20 * 1024) << "KiB more for a line of 100 MiB";
}

TEST_F(TableInput, RefusesFilesWithoutAUsableHeader) {
  EXPECT_THAT(FailureOf(""), HasSubstr("no header"));
  EXPECT_THAT(FailureOf("\n\n  \n"), HasSubstr("no header"));
  EXPECT_THAT(FailureOf("a;;c\n1;2;3\n"), HasSubstr("column 2 of the header has no name"));
  EXPECT_THAT(FailureOf("a;b;a \n1;2;3\n"), HasSubstr("column 3 of the header repeats"));
  EXPECT_THAT(FailureOf("Brott;b;brott\n1;2;3\n"), HasSubstr("column 3 of the header repeats"));
  EXPECT_THAT(FailureOf("ÅR;b;år\n1;2;3\n"), HasSubstr("column 3 of the header repeats"));
  EXPECT_THAT(FailureOf("a;\"b\n"), HasSubstr("header cannot be read"));
  TableOptions unknown;
  unknown.encoding = "ebcdic";
  EXPECT_THAT(FailureOf("a;b\n", unknown), HasSubstr("encoding"));
  EXPECT_THROW(Read(folder_ / "absent.csv"), IoError);
  EXPECT_THROW(Read(folder_), IoError);
}

TEST_F(TableInput, NeverCrashesOnRandomBytes) {
  std::mt19937_64 random(20260314);
  const std::string alphabet("\",;\n\r\t|ab\0\xFF\xC3\xA5 ", 14);
  for (int round = 0; round < 300; ++round) {
    std::string bytes;
    const std::size_t length = random() % 400;
    while (bytes.size() < length) bytes += alphabet[random() % alphabet.size()];
    std::int64_t last = 0;
    try {
      for (const TableRow& row : Csv(bytes).rows) {
        EXPECT_GT(row.number, last);
        EXPECT_TRUE(row.error.empty() || row.cells.empty());
        last = row.number;
      }
    } catch (const IoError& error) {
      EXPECT_FALSE(error.reason.empty());
    }
  }
}

/// Writes a workbook with GDAL: texts, numbers and dates in columns of their own.
std::filesystem::path Workbook(const std::filesystem::path& path) {
  SetUpGdal();
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("XLSX");
  const GDALDatasetUniquePtr book(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  OGRLayer* other = book->CreateLayer("Annat", nullptr, wkbNone, nullptr);
  OGRFieldDefn only("x", OFTString);
  EXPECT_EQ(other->CreateField(&only), OGRERR_NONE);
  OGRFeature any(other->GetLayerDefn());
  any.SetField(0, "y");
  EXPECT_EQ(other->CreateFeature(&any), OGRERR_NONE);
  OGRLayer* sheet = book->CreateLayer("Rapport", nullptr, wkbNone, nullptr);
  OGRFieldDefn date("Datum", OFTDate), instant("Tidpunkt", OFTDateTime), age("Ålder", OFTInteger),
      amount("Antal", OFTReal), place("Plats", OFTString);
  for (OGRFieldDefn* field : {&date, &instant, &age, &amount, &place})
    EXPECT_EQ(sheet->CreateField(field), OGRERR_NONE);
  OGRFeature first(sheet->GetLayerDefn());
  first.SetField(0, 2026, 3, 14);
  first.SetField(1, 2026, 3, 14, 22, 30, 0.0F, 0);
  first.SetField(2, 14);
  first.SetField(3, 2.0);
  first.SetField(4, "  Östervåla, \"torget\" ");
  EXPECT_EQ(sheet->CreateFeature(&first), OGRERR_NONE);
  OGRFeature blank(sheet->GetLayerDefn());
  EXPECT_EQ(sheet->CreateFeature(&blank), OGRERR_NONE);
  OGRFeature last(sheet->GetLayerDefn());
  last.SetField(3, 0.25);
  last.SetField(4, "13-17");
  EXPECT_EQ(sheet->CreateFeature(&last), OGRERR_NONE);
  return path;
}

TEST_F(TableInput, ReadsAWorkbookAsText) {
  const Table table = Read(Workbook(folder_ / "book.xlsx"), {TableFormat::kXlsx, 0, "", "Rapport"});
  EXPECT_THAT(table.header, ElementsAre("Datum", "Tidpunkt", "Ålder", "Antal", "Plats"));
  ASSERT_THAT(table.rows, SizeIs(2));
  EXPECT_EQ(table.rows[0].number, 2);
  EXPECT_THAT(table.rows[0].cells,
              ElementsAre("2026-03-14", "2026-03-14 22:30:00", "14", "2", "Östervåla, \"torget\""));
  EXPECT_EQ(table.rows[1].number, 4) << "the sheet's own row, blank rows counted";
  EXPECT_THAT(table.rows[1].cells, ElementsAre("", "", "", "0.25", "13-17"));
}

TEST_F(TableInput, ReadsTheFirstSheetUnlessAnotherIsNamed) {
  EXPECT_THAT(Read(Workbook(folder_ / "book.xlsx"), {TableFormat::kXlsx, 0, "", ""}).header,
              ElementsAre("x"));
}

TEST_F(TableInput, RefusesWhatIsNoWorkbook) {
  const std::filesystem::path path = Workbook(folder_ / "book.xlsx");
  EXPECT_THROW(Read(path, {TableFormat::kXlsx, 0, "", "Saknas"}), IoError);
  const std::filesystem::path fake = folder_ / "fake.xlsx";
  std::ofstream(fake) << "Datum;Plats\n1;2\n";
  EXPECT_THROW(Read(fake, {TableFormat::kXlsx, 0, "", ""}), IoError);
  EXPECT_THROW(Read(folder_ / "absent.xlsx", {TableFormat::kXlsx, 0, "", ""}), IoError);
  EXPECT_THROW(Read("/vsimem/book.xlsx", {TableFormat::kXlsx, 0, "", ""}), IoError);
}

/// A workbook as other programs write it, part by part; `sheet` is the sheetData of its only sheet.
std::filesystem::path HandmadeWorkbook(const std::filesystem::path& path, const std::string& sheet,
                                       std::size_t zeros = 0) {
  SetUpGdal();
  const std::string xml = "<?xml version=\"1.0\"?>";
  const std::string package = "http://schemas.openxmlformats.org/package/2006/";
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const std::string type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  const std::vector<std::pair<std::string, std::string>> parts{
      {"[Content_Types].xml",
       xml + "<Types xmlns=\"" + package +
           "content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>" +
           "<Override PartName=\"/xl/workbook.xml\" ContentType=\"" + type + "sheet.main+xml\"/>" +
           "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" + type + "worksheet+xml\"/>" +
           "<Override PartName=\"/xl/styles.xml\" ContentType=\"" + type + "styles+xml\"/></Types>"},
      {"_rels/.rels", xml + "<Relationships xmlns=\"" + package +
                          "relationships\"><Relationship Id=\"rId1\" Type=\"" + office +
                          "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
      {"xl/workbook.xml",
       xml + "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + office +
           "\"><sheets><sheet name=\"Blad1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       xml + "<Relationships xmlns=\"" + package + "relationships\"><Relationship Id=\"rId1\" Type=\"" +
           office + "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" +
           office + "/styles\" Target=\"styles.xml\"/></Relationships>"},
      {"xl/styles.xml",
       xml + "<styleSheet xmlns=\"" + main +
           "\"><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/>"
           "</cellXfs></styleSheet>"},
      {"xl/worksheets/sheet1.xml",
       xml + "<worksheet xmlns=\"" + main + "\"><sheetData>" + sheet + "</sheetData></worksheet>"},
      {"xl/padding.xml", std::string(zeros, '0')}};
  const std::string zip = (path.parent_path() / "parts.zip").string();
  // Held open while the parts are added: GDAL finishes the archive when it closes the last handle.
  VSILFILE* archive = VSIFOpenL(("/vsizip/" + zip).c_str(), "wb");
  if (archive == nullptr) throw IoError(zip, "cannot be written");
  for (const auto& [name, content] : parts) {
    VSILFILE* part = VSIFOpenL(("/vsizip/" + zip + "/" + name).c_str(), "wb");
    EXPECT_EQ(VSIFWriteL(content.data(), 1, content.size(), part), content.size());
    VSIFCloseL(part);
  }
  VSIFCloseL(archive);
  std::filesystem::rename(zip, path);
  return path;
}

TEST_F(TableInput, ReadsNumbersAndDatesAsAPersonWould) {
  const std::string header =
      "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Datum</t></is></c>"
      "<c r=\"B1\" t=\"inlineStr\"><is><t>Tal</t></is></c></row>";
  const auto row = [](int number, const std::string& cells) {
    return "<row r=\"" + std::to_string(number) + "\">" + cells + "</row>";
  };
  const Table table = Read(
      HandmadeWorkbook(folder_ / "hand.xlsx",
                       header + row(2, "<c r=\"A2\" s=\"1\"><v>46095</v></c><c r=\"B2\"><v>14.0</v></c>") +
                           row(4, "<c r=\"A4\" s=\"2\"><v>46095.9375</v></c><c r=\"B4\"><v>1.5E+3</v></c>") +
                           row(5,
                               "<c r=\"A5\" t=\"inlineStr\"><is><t>13-17</t></is></c>"
                               "<c r=\"B5\"><v>0.30000000000000004</v></c>") +
                           row(6, "<c r=\"B6\" t=\"inlineStr\"><is><t>12E3</t></is></c>")),
      {TableFormat::kXlsx, 0, "", "Blad1"});
  ASSERT_THAT(table.rows, SizeIs(4));
  EXPECT_THAT(table.rows[0].cells, ElementsAre("2026-03-14", "14"));
  EXPECT_EQ(table.rows[1].number, 4);
  EXPECT_THAT(table.rows[1].cells, ElementsAre("2026-03-14 22:30:00", "1500"));
  EXPECT_THAT(table.rows[2].cells, ElementsAre("13-17", "0.3"));
  EXPECT_THAT(table.rows[3].cells, ElementsAre("", "12E3"));
}

TEST_F(TableInput, RefusesAWorkbookThatUnpacksToTooMuch) {
  const std::filesystem::path path = HandmadeWorkbook(folder_ / "bomb.xlsx", "", 257ULL * 1024 * 1024);
  EXPECT_LT(std::filesystem::file_size(path), 2'000'000U);
  try {
    Read(path, {TableFormat::kXlsx, 0, "", ""});
    FAIL() << "must throw";
  } catch (const IoError& error) {
    EXPECT_THAT(error.reason, HasSubstr("256 MiB"));
  }
}

}  // namespace
}  // namespace lagesbild::maps
