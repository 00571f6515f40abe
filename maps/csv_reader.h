#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "maps/table_input.h"
#include "maps/text_encoding.h"

namespace lagesbild::maps {

struct CsvRecord {
  std::int64_t line = 0;  ///< of the file, where the record begins; the first is 1
  std::vector<std::string>
      cells;          ///< UTF-8, as written between delimiters, quotes resolved; empty with `error`
  std::string error;  ///< why the record cannot be read; says nothing of its content
  TableFault fault = TableFault::kNone;
};

/// Streams the records of a CSV file: quotes, doubled quotes and line breaks within quotes as in RFC 4180,
/// lines that end with CR, LF or both. A record over 1 MiB is not kept but passed over. After a quote that is
/// never closed, or that holds a line with as many delimiters as the header (three at least), reading goes on
/// at the next line. Memory does not depend on the file.
class CsvReader {
 public:
  static constexpr std::size_t kMaxRecordBytes = std::size_t{1024} * 1024;

  /// `delimiter` 0: the one of ; , tab | that the first line holds most often outside quotes.
  CsvReader(const std::filesystem::path& path, TextFile file, char delimiter);
  /// False at the end of the file. Empty lines come as one empty cell.
  bool Next(CsvRecord& record);

 private:
  void ReadFirstLine(char delimiter);
  void ReadRecord(CsvRecord& record);
  void Append(CsvRecord& record, const TextCharacter& c);
  void EndCell(CsvRecord& record);
  bool EndsLine(const TextCharacter& c);
  bool TakeQuote();
  bool SwallowsARow(const TextCharacter& c, bool line_break);
  void GiveUpQuote(CsvRecord& record);

  TextReader reader_;
  char delimiter_ = ',';
  std::int64_t line_ = 1;
  int rereads_ = 0;
  std::int64_t header_delimiters_ = -1;  ///< of the first record with text; -1 before it

  // State of the record that is being read.
  std::string cell_;
  std::size_t bytes_ = 0;
  std::int64_t first_break_ = -1;        ///< position after the first line break within quotes
  std::int64_t delimiters_in_line_ = 0;  ///< within quotes
  bool line_began_quoted_ = false;
};

}  // namespace lagesbild::maps
