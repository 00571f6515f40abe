#include "tools/verify_table.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <limits>

#include "geo/errors.h"

namespace lagesbild::tools {
namespace {

/// Splits text into records; quotes may enclose commas, line ends and doubled quotes.
std::vector<std::vector<std::string>> Records(const std::string& text) {
  std::vector<std::vector<std::string>> records;
  std::vector<std::string> record(1);
  bool quoted = false, any = false;
  const auto finish = [&] {
    if (any) records.push_back(std::move(record));
    record.assign(1, "");
    any = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"')
        record.back() += c;
      else if (i + 1 < text.size() && text[i + 1] == '"')
        record.back() += text[++i];
      else
        quoted = false;
    } else if (c == '"') {
      quoted = any = true;
    } else if (c == ',') {
      record.emplace_back();
      any = true;
    } else if (c == '\n') {
      finish();
    } else if (c != '\r') {
      record.back() += c;
      any = true;
    }
  }
  finish();
  return records;
}

/// Notes stand in the last column, in the cases without quotes around their commas: what is beyond the header
/// belongs to them.
void JoinOverflow(std::vector<std::string>& row, std::size_t columns, bool header) {
  if (!header || columns == 0) return;
  for (std::size_t i = columns; i < row.size(); ++i) row[columns - 1] += ',' + row[i];
  if (row.size() > columns) row.resize(columns);
}

}  // namespace

std::optional<std::size_t> Table::find(std::string_view column) const {
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i] == column) return i;
  return std::nullopt;
}

std::size_t Table::index(std::string_view column) const {
  if (const auto found = find(column)) return *found;
  throw geo::InvalidInput("column " + std::string(column) + " is missing");
}

std::vector<std::string> Table::texts(std::string_view column) const {
  const std::size_t i = index(column);
  std::vector<std::string> values;
  for (const auto& row : rows) values.push_back(row[i]);
  return values;
}

std::vector<double> Table::numbers(std::string_view column) const {
  const std::size_t i = index(column);
  std::vector<double> values;
  for (const auto& row : rows) {
    const auto number = ParseNumber(row[i]);
    if (!number)
      throw geo::InvalidInput("column " + std::string(column) + ", row " + std::to_string(values.size() + 1) +
                              " is not a number");
    values.push_back(*number);
  }
  return values;
}

void Table::add(std::string column, const std::vector<std::string>& values) {
  if (columns.empty()) rows.resize(values.size());
  if (values.size() != rows.size())
    throw geo::InvalidInput("column " + column + " has " + std::to_string(values.size()) + " values for " +
                            std::to_string(rows.size()) + " rows");
  columns.push_back(std::move(column));
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].push_back(values[i]);
}

void Table::add(std::string column, const std::vector<double>& values) {
  std::vector<std::string> texts;
  texts.reserve(values.size());
  for (const double value : values) texts.push_back(FormatNumber(value));
  add(std::move(column), texts);
}

Table ReadTable(const std::filesystem::path& path, bool header) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw geo::InvalidInput(path.filename().string() + " cannot be read");
  Table table;
  table.rows = Records({std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
  if (table.rows.empty()) throw geo::InvalidInput(path.filename().string() + " is empty");
  if (header) {
    table.columns = std::move(table.rows.front());
    table.rows.erase(table.rows.begin());
  } else {
    for (std::size_t i = 0; i < table.rows.front().size(); ++i)
      table.columns.push_back(std::to_string(i + 1));
  }
  for (std::vector<std::string>& row : table.rows) JoinOverflow(row, table.columns.size(), header);
  for (std::size_t i = 0; i < table.rows.size(); ++i)
    if (table.rows[i].size() != table.columns.size())
      throw geo::InvalidInput(path.filename().string() + ", row " + std::to_string(i + 1) + " has " +
                              std::to_string(table.rows[i].size()) + " fields, the first has " +
                              std::to_string(table.columns.size()));
  return table;
}

void WriteTable(const std::filesystem::path& path, const Table& table) {
  const auto write_row = [](std::ofstream& file, const std::vector<std::string>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) file << ',';
      if (row[i].find_first_of(",\"\n") == std::string::npos) {
        file << row[i];
        continue;
      }
      file << '"';
      for (const char c : row[i]) file << (c == '"' ? "\"\"" : std::string(1, c));
      file << '"';
    }
    file << '\n';
  };
  std::ofstream file(path, std::ios::binary);
  write_row(file, table.columns);
  for (const auto& row : table.rows) write_row(file, row);
  if (!file.flush()) throw geo::InvalidInput(path.string() + " cannot be written");
}

std::optional<double> ParseNumber(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.empty() || text == "NA" || text == "NaN" || text == "nan")
    return std::numeric_limits<double>::quiet_NaN();
  if (text == "Inf" || text == "-Inf")
    return text[0] == '-' ? -std::numeric_limits<double>::infinity()
                          : std::numeric_limits<double>::infinity();
  if (text.front() == '+') text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size()) return std::nullopt;
  // Numbers too small for double precision are written out in reference files; they are 0 to us.
  if (error == std::errc::result_out_of_range) return 0.0;
  if (error != std::errc()) return std::nullopt;
  return value;
}

std::string FormatNumber(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Inf" : "-Inf";
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.17g", value);
  return buffer;
}

}  // namespace lagesbild::tools
