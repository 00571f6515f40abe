#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lagesbild::maps {

/// A column of a template's sheet, and what its cells take.
struct TemplateColumn {
  enum class Kind { kText, kDate, kTime, kCount, kChoice };
  std::string header;
  Kind kind = Kind::kText;
  std::string help = {};                  ///< shown beside the chosen cell, at most 255 characters
  std::vector<std::string> choices = {};  ///< kChoice: the drop-down, at most 255 characters each
  bool required = false;                  ///< drawn as such; nothing is enforced
  bool only_choices = true;               ///< kChoice: other texts are refused; else the writer is asked once
  double width = 16;                      ///< characters
};

/// Which template a workbook was made from.
struct TemplateId {
  std::string kind;  ///< "POLICE"
  int version = 0;
  friend bool operator==(const TemplateId&, const TemplateId&) = default;
};

/// A workbook for people to fill in: the sheet with the columns first, then how to fill it in.
struct ExcelTemplate {
  TemplateId id;
  std::string title;                                              ///< of the document
  std::string sheet;                                              ///< name of the sheet to fill in
  std::string help_sheet;                                         ///< name of the sheet that says how
  std::vector<TemplateColumn> columns;                            ///< at most 50
  std::vector<std::pair<std::string, std::string>> instructions;  ///< heading (may be empty) and text
  /// Rows of an example, shown on the help sheet alone so that nobody sends them; one cell per column.
  std::vector<std::vector<std::string>> example;
};

/// Rows of the sheet that the drop-downs and checks reach, the header not counted.
inline constexpr int kTemplateRows = 5000;

/// Writes the workbook as XLSX: frozen header row, drop-downs, checks of dates, times and counts, and its id
/// on a hidden sheet. Appears complete or not at all; the same input gives the same bytes. Throws IoError.
void WriteExcelTemplate(const ExcelTemplate& content, const std::filesystem::path& path);

/// The id that WriteExcelTemplate put into a workbook. Empty when it is no such workbook, or its id cannot be
/// read. Throws IoError: not an XLSX file.
std::optional<TemplateId> ReadTemplateId(const std::filesystem::path& path);

}  // namespace lagesbild::maps
