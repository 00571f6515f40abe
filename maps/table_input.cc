#include "maps/table_input.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <string_view>
#include <utility>

#include "geo/place_text.h"
#include "maps/csv_reader.h"
#include "maps/errors.h"
#include "maps/text_encoding.h"
#include "maps/xlsx_reader.h"

namespace lagesbild::maps {
namespace {

constexpr std::size_t kMaxColumns = 1000;

bool IsBlank(const std::vector<std::string>& cells) {
  return std::all_of(cells.begin(), cells.end(), [](const std::string& cell) { return cell.empty(); });
}

/// What goes on from "rad 1 …". The faults that a header can have.
const char* FaultInSwedish(TableFault fault) {
  switch (fault) {
    case TableFault::kNulByte:
      return "innehåller ett NUL-tecken, som inte hör hemma i en text";
    case TableFault::kTooLong:
      return "är längre än 1 MiB; är det en textfil med en rad per händelse?";
    case TableFault::kBadEncoding:
      return "har tecken som inte finns i filens teckenkodning; spara filen som UTF-8";
    case TableFault::kOpenQuote:
      return "öppnar ett citattecken som inte stängs";
    case TableFault::kNone:
    case TableFault::kTooManyCells:
    case TableFault::kTooFewCells:
      break;
  }
  return "kan inte tolkas";
}

/// Files of other programs under a table's name.
void RefuseOtherFormats(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::array<char, 4> head{};
  in.read(head.data(), head.size());
  const std::string_view begin(head.data(), static_cast<std::size_t>(in.gcount()));
  if (begin == "PK\x03\x04" || begin == "\xD0\xCF\x11\xE0")
    throw IoError(
        path.string(),
        "is a workbook, not a text table; say format = \"xlsx\" under [file] in the mapping and save "
        "it as .xlsx, or save it as CSV UTF-8",
        "den är en arbetsbok och ingen textfil; skriv format = \"xlsx\" under [file] i mappningen och "
        "spara den som .xlsx, eller spara den som CSV UTF-8");
  if (begin == "%PDF")
    throw IoError(path.string(), "is a PDF, not a text table; save the table itself as CSV UTF-8 or .xlsx",
                  "den är en PDF och ingen textfil; spara själva tabellen som CSV UTF-8 eller .xlsx");
}

/// Turns records into rows: the first that is not blank is the header, the others fit it or carry an error.
class RowMaker {
 public:
  RowMaker(const std::filesystem::path& path,
           const std::function<void(const std::vector<std::string>&)>& header,
           const std::function<void(TableRow&&)>& row)
      : path_(path), header_(header), row_(row) {}

  void Take(std::int64_t number, std::vector<std::string>&& cells, std::string&& error = {},
            TableFault fault = TableFault::kNone) {
    for (std::string& cell : cells) cell = TrimBlanks(cell);
    if (error.empty() && IsBlank(cells)) return;
    if (columns_ == 0 && !error.empty()) RefuseHeader(number, error, fault);
    if (columns_ == 0) return TakeHeader(std::move(cells));
    while (cells.size() > columns_ && cells.back().empty()) cells.pop_back();
    const std::size_t count = cells.size();
    if (error.empty() && count > columns_) {
      fault = TableFault::kTooManyCells;
      error = "the row has " + std::to_string(count) + " cells, the header " + std::to_string(columns_);
    } else if (error.empty() && 2 * count < columns_) {
      fault = TableFault::kTooFewCells;
      error =
          "the row has " + std::to_string(count) + " of the header's " + std::to_string(columns_) + " cells";
    }
    if (!error.empty()) cells.clear();
    if (error.empty()) cells.resize(columns_);
    row_({number, std::move(cells), std::move(error), fault, count, columns_});
  }

  void Finish() const {
    if (columns_ == 0)
      throw IoError(path_.string(), "holds no header line",
                    "rubrikrad saknas; filen är tom, eller alla dess rader är tomma");
  }

 private:
  [[noreturn]] void RefuseHeader(std::int64_t line, const std::string& error, TableFault fault) const {
    throw IoError(path_.string(), "the header cannot be read: line " + std::to_string(line) + ": " + error,
                  "rubrikraden kan inte läsas: rad " + std::to_string(line) + " " + FaultInSwedish(fault));
  }

  void TakeHeader(std::vector<std::string>&& names) {
    if (names.size() > kMaxColumns)
      throw IoError(path_.string(), "has more than " + std::to_string(kMaxColumns) + " columns",
                    "den har fler än " + std::to_string(kMaxColumns) +
                        " kolumner; är skiljetecknet rätt, och är det rätt fil?");
    std::set<std::string> seen;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string number = std::to_string(i + 1), place = "column " + number + " of the header ";
      if (names[i].empty())
        throw IoError(path_.string(), place + "has no name",
                      "kolumn " + number + " saknar namn i rubrikraden; skriv ett, eller ta bort kolumnen");
      if (!seen.insert(geo::LowerCase(geo::CleanText(names[i]))).second)
        throw IoError(path_.string(), place + "repeats an earlier column's name, case aside",
                      "kolumn " + number +
                          " har samma namn i rubrikraden som en tidigare (stora och små bokstäver lika); "
                          "ge varje kolumn ett eget namn");
    }
    columns_ = names.size();
    header_(names);
  }

  const std::filesystem::path& path_;
  const std::function<void(const std::vector<std::string>&)>& header_;
  const std::function<void(TableRow&&)>& row_;
  std::size_t columns_ = 0;
};

TableForm ReadCsv(const std::filesystem::path& path, const TableOptions& options, RowMaker& rows) {
  RefuseOtherFormats(path);
  const TextFile file = DetectEncoding(path, options.encoding);
  CsvReader reader(path, file, options.delimiter);
  CsvRecord record;
  while (reader.Next(record))
    rows.Take(record.line, std::move(record.cells), std::move(record.error), record.fault);
  return {EncodingName(file.encoding)};
}

}  // namespace

TableForm ReadTable(const std::filesystem::path& path, const TableOptions& options,
                    const std::function<void(const std::vector<std::string>& header)>& header,
                    const std::function<void(TableRow&& row)>& row) {
  RowMaker rows(path, header, row);
  TableForm form;
  switch (options.format) {
    case TableFormat::kCsv:
      form = ReadCsv(path, options, rows);
      break;
    case TableFormat::kXlsx:
      ReadXlsx(path, options.sheet, [&](std::int64_t number, std::vector<std::string>&& cells) {
        rows.Take(number, std::move(cells));
      });
      break;
  }
  rows.Finish();
  return form;
}

}  // namespace lagesbild::maps
