#include "maps/table_input.h"

#include <algorithm>
#include <set>
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
    if (columns_ == 0) return TakeHeader(std::move(cells), error);
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
    if (columns_ == 0) throw IoError(path_.string(), "holds no header line");
  }

 private:
  void TakeHeader(std::vector<std::string>&& names, const std::string& error) {
    if (!error.empty()) throw IoError(path_.string(), "the header cannot be read: " + error);
    if (names.size() > kMaxColumns)
      throw IoError(path_.string(), "has more than " + std::to_string(kMaxColumns) + " columns");
    std::set<std::string> seen;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string place = "column " + std::to_string(i + 1) + " of the header ";
      if (names[i].empty()) throw IoError(path_.string(), place + "has no name");
      if (!seen.insert(geo::LowerCase(geo::CleanText(names[i]))).second)
        throw IoError(path_.string(), place + "repeats an earlier column's name, case aside");
    }
    columns_ = names.size();
    header_(names);
  }

  const std::filesystem::path& path_;
  const std::function<void(const std::vector<std::string>&)>& header_;
  const std::function<void(TableRow&&)>& row_;
  std::size_t columns_ = 0;
};

void ReadCsv(const std::filesystem::path& path, const TableOptions& options, RowMaker& rows) {
  CsvReader reader(path, DetectEncoding(path, options.encoding), options.delimiter);
  CsvRecord record;
  while (reader.Next(record))
    rows.Take(record.line, std::move(record.cells), std::move(record.error), record.fault);
}

}  // namespace

void ReadTable(const std::filesystem::path& path, const TableOptions& options,
               const std::function<void(const std::vector<std::string>& header)>& header,
               const std::function<void(TableRow&& row)>& row) {
  RowMaker rows(path, header, row);
  switch (options.format) {
    case TableFormat::kCsv:
      ReadCsv(path, options, rows);
      break;
    case TableFormat::kXlsx:
      ReadXlsx(path, options.sheet, [&](std::int64_t number, std::vector<std::string>&& cells) {
        rows.Take(number, std::move(cells));
      });
      break;
  }
  rows.Finish();
}

}  // namespace lagesbild::maps
