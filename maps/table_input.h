#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace lagesbild::maps {

enum class TableFormat { kCsv, kXlsx };

struct TableOptions {
  TableFormat format = TableFormat::kCsv;
  char delimiter = 0;    ///< CSV: 0 = guess among ; , tab |
  std::string encoding;  ///< CSV: "utf-8", "iso-8859-1", "windows-1252", "utf-16"; empty = byte order mark,
                         ///< else valid UTF-8, else windows-1252
  std::string sheet;     ///< XLSX: empty = first sheet
};

/// Why a row cannot be read.
enum class TableFault { kNone, kTooManyCells, kTooFewCells, kNulByte, kTooLong, kBadEncoding, kOpenQuote };

struct TableRow {
  std::int64_t number = 0;  ///< line or sheet row as a person counts it, header = 1
  std::vector<std::string>
      cells;  ///< UTF-8, trimmed, one per header column. XLSX dates are "YYYY-MM-DD" or "YYYY-MM-DD HH:MM:SS"
  std::string error;  ///< set when the row cannot be read (too many cells, fewer than half of the header's,
                      ///< NUL byte, line over 1 MiB, bad encoding, open quote); cells are then empty
  TableFault fault = TableFault::kNone;          ///< the same for a program
  std::size_t cell_count = 0, column_count = 0;  ///< of the row as written, of the header
};

/// How a table was read, for those who must know what was guessed.
struct TableForm {
  std::string encoding;  ///< as TableOptions::encoding, never empty for CSV; empty for XLSX
};

/// Streams a table's rows. `header` is called once before any row. Memory does not grow with the file (CSV).
/// Throws IoError: no such file, empty file, no header, a repeated (whatever its case)
/// or empty header name, unknown sheet or
/// encoding. A row that cannot be read is delivered with `error`, never dropped. Blank rows are skipped.
TableForm ReadTable(const std::filesystem::path& path, const TableOptions& options,
                    const std::function<void(const std::vector<std::string>& header)>& header,
                    const std::function<void(TableRow&& row)>& row);

}  // namespace lagesbild::maps
