#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace lagesbild::tools::demo {

enum class ColumnType { kText, kInteger, kDate };

struct Column {
  std::string name;
  ColumnType type = ColumnType::kText;  ///< matters to a sheet alone
};

/// Cells are UTF-8; in a date column "YYYY-MM-DD"; empty = no value.
struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
};

enum class Encoding { kUtf8, kUtf8WithMark, kWindows1252 };

/// Quotes where needed; lines end with CR LF as spreadsheets write them. Throws maps::IoError.
void WriteCsv(const std::filesystem::path& path, const Table& table, char delimiter, Encoding encoding);

/// A workbook with one sheet. Same table, same bytes. Throws maps::IoError.
void WriteXlsx(const std::filesystem::path& path, const std::string& sheet, const Table& table);

/// Text as a file of its own.
void WriteText(const std::filesystem::path& path, const std::string& text);

}  // namespace lagesbild::tools::demo
