#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lagesbild::tools {

/// A small CSV file in memory: column names and rows of text.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;

  std::optional<std::size_t> find(std::string_view column) const;
  /// Throws geo::InvalidInput when the column is missing.
  std::size_t index(std::string_view column) const;
  std::vector<std::string> texts(std::string_view column) const;
  /// Empty fields, NA and NaN are NaN. Throws geo::InvalidInput at text that is no number.
  std::vector<double> numbers(std::string_view column) const;

  void add(std::string column, const std::vector<std::string>& values);
  void add(std::string column, const std::vector<double>& values);
};

/// Reads a comma separated file with quoted fields. Without a header the columns are named "1", "2", ...
/// Fields beyond the header belong to the last column, commas included.
/// Throws geo::InvalidInput: the file cannot be read, or a row has fewer fields than the first, or without a
/// header more.
Table ReadTable(const std::filesystem::path& path, bool header = true);
/// Throws geo::InvalidInput when the file cannot be written.
void WriteTable(const std::filesystem::path& path, const Table& table);

/// Empty when the text is no number; NaN for an empty field, NA and NaN.
std::optional<double> ParseNumber(std::string_view text);
/// Seventeen digits, "NaN" when undefined.
std::string FormatNumber(double value);

}  // namespace lagesbild::tools
