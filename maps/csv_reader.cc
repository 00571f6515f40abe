#include "maps/csv_reader.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace lagesbild::maps {
namespace {

/// So many unclosed quotes are searched to the end for their line breaks; after them a quote ends with its
/// line. Bounds the work on files full of stray quotes.
constexpr int kMaxRereads = 100;

/// A line of a note may hold two or three semicolons; with fewer columns nothing is told from a row.
constexpr std::int64_t kFewestDelimiters = 3;

void Fail(CsvRecord& record, TableFault fault, const char* error) {
  record.fault = fault;
  record.error = error;
}

constexpr std::array<char, 4> kDelimiters{';', ',', '\t', '|'};

}  // namespace

CsvReader::CsvReader(const std::filesystem::path& path, TextFile file, char delimiter) : reader_(path, file) {
  const std::int64_t start = reader_.position();
  ReadFirstLine(delimiter);
  if (line_ == 1) reader_.Seek(start);
}

/// Guesses the delimiter from the first line; passes over a line "sep=;" as spreadsheets write it.
void CsvReader::ReadFirstLine(char delimiter) {
  std::array<std::int64_t, kDelimiters.size()> counts{};
  std::string begin;
  bool quoted = false, content = false;
  std::size_t bytes = 0;
  TextCharacter c;
  while (bytes < kMaxRecordBytes && reader_.Next(c)) {
    ++bytes;
    if (EndsLine(c) && (!quoted || begin.size() <= 5)) {
      if (content) break;
      continue;
    }
    content = content || !(c.is(' ') || c.is('\t'));
    if (begin.size() < 6) begin.append(c.bytes.data(), static_cast<std::size_t>(c.size));
    if (c.is('"')) quoted = !quoted;
    for (std::size_t i = 0; i < kDelimiters.size(); ++i)
      if (!quoted && c.is(kDelimiters[i])) ++counts[i];
  }
  line_ = 1;
  const auto most = static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
  delimiter_ = delimiter != 0 ? delimiter : counts[most] > 0 ? kDelimiters[most] : ',';
  if (begin.size() == 5 && begin.substr(0, 4) == "sep=") {
    if (delimiter == 0) delimiter_ = begin[4];
    line_ = 2;
  }
}

/// True for a line break; takes the LF of a CR LF with it.
bool CsvReader::EndsLine(const TextCharacter& c) {
  if (c.is('\n')) return true;
  if (!c.is('\r')) return false;
  const std::int64_t after = reader_.position();
  TextCharacter next;
  if (reader_.Next(next) && !next.is('\n')) reader_.Seek(after);
  return true;
}

bool CsvReader::Next(CsvRecord& record) {
  record = {};
  record.line = line_;
  const std::int64_t start = reader_.position();
  TextCharacter c;
  if (!reader_.Next(c)) return false;
  reader_.Seek(start);
  cell_.clear();
  bytes_ = 0;
  first_break_ = -1;
  line_began_quoted_ = false;
  delimiters_in_line_ = 0;
  ReadRecord(record);
  if (header_delimiters_ < 0 && record.error.empty() && (record.cells.size() > 1 || !record.cells[0].empty()))
    header_delimiters_ = static_cast<std::int64_t>(record.cells.size()) - 1;
  if (!record.error.empty()) record.cells.clear();
  return true;
}

void CsvReader::ReadRecord(CsvRecord& record) {
  bool quoted = false, was_quoted = false;
  TextCharacter c;
  for (;; record.fault == TableFault::kTooLong ? reader_.PassOver("\r\n\"") : void()) {
    if (!reader_.Next(c)) break;
    const bool line_break = EndsLine(c);
    if (line_break) ++line_;
    if (quoted && c.is('"') && !TakeQuote()) {
      quoted = false;
    } else if (quoted) {
      if (line_break && first_break_ < 0) first_break_ = reader_.position();
      Append(record, c);
      const bool too_long = bytes_ > kMaxRecordBytes;
      const bool row_within = SwallowsARow(c, line_break);
      if (first_break_ >= 0 && (too_long || row_within || rereads_ >= kMaxRereads))
        return GiveUpQuote(record);
    } else if (c.is('"') && !was_quoted && cell_.find_first_not_of(" \t") == std::string::npos) {
      quoted = was_quoted = true;
      cell_.clear();
    } else if (line_break) {
      return EndCell(record);
    } else if (c.is(delimiter_)) {
      EndCell(record);
      was_quoted = false;
    } else if (was_quoted && first_break_ >= 0 && !c.is(' ')) {
      return GiveUpQuote(record);  // what closed it was another line's opening quote
    } else {
      Append(record, c);
    }
  }
  if (quoted) return GiveUpQuote(record);
  EndCell(record);
}

/// The second of two quotes within quotes.
bool CsvReader::TakeQuote() {
  const std::int64_t after = reader_.position();
  TextCharacter next;
  if (reader_.Next(next) && next.is('"')) return true;
  reader_.Seek(after);
  return false;
}

/// True when a line that began within the quotes ends with as many delimiters as the header has: a row that
/// a stray quote further down closes off, and that would be lost in a cell.
bool CsvReader::SwallowsARow(const TextCharacter& c, bool line_break) {
  if (c.is(delimiter_)) ++delimiters_in_line_;
  if (!line_break) return false;
  const bool whole_row = line_began_quoted_ && header_delimiters_ >= kFewestDelimiters &&
                         delimiters_in_line_ == header_delimiters_;
  line_began_quoted_ = true;
  delimiters_in_line_ = 0;
  return whole_row;
}

/// The record ends with its first line, so that the lines which the quote swallowed are read after all.
void CsvReader::GiveUpQuote(CsvRecord& record) {
  Fail(record, TableFault::kOpenQuote, "the line opens a quote that is not closed");
  if (first_break_ < 0) return;
  ++rereads_;
  line_ = record.line + 1;
  reader_.Seek(first_break_);
}

void CsvReader::Append(CsvRecord& record, const TextCharacter& c) {
  if (record.fault == TableFault::kTooLong) return;
  if (!c.valid && record.error.empty())
    Fail(record, TableFault::kBadEncoding, "the line holds bytes that are no text in the file's encoding");
  if (c.is('\0') && record.error.empty()) Fail(record, TableFault::kNulByte, "the line holds a NUL byte");
  bytes_ += static_cast<std::size_t>(c.size);
  if (bytes_ <= kMaxRecordBytes) {
    cell_.append(c.bytes.data(), static_cast<std::size_t>(c.size));
    return;
  }
  Fail(record, TableFault::kTooLong, "the line is longer than 1 MiB");
  record.cells.clear();
  cell_.clear();
}

void CsvReader::EndCell(CsvRecord& record) {
  ++bytes_;
  if (bytes_ <= kMaxRecordBytes) record.cells.push_back(std::move(cell_));
  cell_.clear();
}

}  // namespace lagesbild::maps
