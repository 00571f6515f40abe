#include "maps/excel_template.h"

#include <xlsxwriter.h>

#include <charconv>
#include <fstream>
#include <functional>
#include <memory>

#include "maps/atomic_file.h"
#include "maps/errors.h"
#include "maps/xlsx_reader.h"

namespace lagesbild::maps {
namespace {

constexpr const char* kIdSheet = "lagesbild";
constexpr const char* kListSheet = "listor";
constexpr const char* kIdWord = "lagesbild-mall";
constexpr time_t kCreated = 1767225600;  // 2026-01-01: the same template always has the same bytes
constexpr double kHelpWidth = 26, kTextWidth = 90;

constexpr std::size_t kRoomBytes = std::size_t{256} * 1024;  // several times what a template takes

/// libxlsxwriter tells of a folder or disk that takes nothing on stderr in words of its own; asked first, it
/// is told as everywhere.
void RequireRoom(const std::filesystem::path& path) {
  std::ofstream file(path, std::ios::binary);
  file << std::string(kRoomBytes, ' ');
  file.close();
  if (!file) throw IoError(path.string(), "cannot be written", "filen kan inte skrivas");
}

struct WorkbookCloser {
  void operator()(lxw_workbook* workbook) const { workbook_close(workbook); }
};

/// Writes through libxlsxwriter, the only user of which is this file.
class Writer {
 public:
  Writer(const ExcelTemplate& content, const std::filesystem::path& path)
      : content_(content), path_(path.string()), workbook_(workbook_new(path.c_str())) {
    if (!workbook_) throw IoError(path_, "cannot be written");
  }

  void Write() {
    Describe();
    header_ = Format([](lxw_format* format) {
      format_set_bold(format);
      format_set_bg_color(format, 0xDDE7F0);
      format_set_bottom(format, LXW_BORDER_THIN);
      format_set_text_wrap(format);
      format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    });
    required_ = Format([](lxw_format* format) {
      format_set_bold(format);
      format_set_bg_color(format, 0xF6E3B4);
      format_set_bottom(format, LXW_BORDER_THIN);
      format_set_text_wrap(format);
      format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    });
    lxw_worksheet* sheet = AddSheet(content_.sheet);
    WriteHelp(AddSheet(content_.help_sheet));
    lxw_worksheet* lists = AddSheet(kListSheet);
    for (std::size_t i = 0; i < content_.columns.size(); ++i)
      WriteColumn(sheet, lists, static_cast<lxw_col_t>(i), content_.columns[i]);
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_hide(lists);
    lxw_worksheet* id = AddSheet(kIdSheet);
    Text(id, 0, 0, kIdWord);
    Text(id, 0, 1, content_.id.kind);
    Text(id, 0, 2, std::to_string(content_.id.version));
    worksheet_hide(id);
    worksheet_activate(sheet);
    const lxw_error error = workbook_close(workbook_.release());
    if (error != LXW_NO_ERROR) throw IoError(path_, std::string("cannot be written: ") + lxw_strerror(error));
  }

 private:
  lxw_format* Format(const std::function<void(lxw_format*)>& set) {
    lxw_format* format = workbook_add_format(workbook_.get());
    set(format);
    return format;
  }

  void Require(lxw_error error, const char* what) const {
    if (error != LXW_NO_ERROR)
      throw IoError(path_, std::string("the template's ") + what + " is refused: " + lxw_strerror(error));
  }

  lxw_worksheet* AddSheet(const std::string& name) {
    lxw_worksheet* sheet = workbook_add_worksheet(workbook_.get(), name.c_str());
    if (sheet == nullptr) throw IoError(path_, "a sheet of the template has no valid name");
    return sheet;
  }

  void Text(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const std::string& text,
            lxw_format* format = nullptr) {
    Require(worksheet_write_string(sheet, row, column, text.c_str(), format), "text");
  }

  void Describe() {
    lxw_doc_properties properties{};
    std::string title = content_.title;
    std::string comments =
        std::string(kIdWord) + " " + content_.id.kind + " " + std::to_string(content_.id.version);
    std::string author = "Lagesbild";
    properties.title = title.data();
    properties.author = author.data();
    properties.comments = comments.data();
    properties.created = kCreated;
    Require(workbook_set_properties(workbook_.get(), &properties), "description");
  }

  void WriteHelp(lxw_worksheet* sheet) {
    lxw_format* bold = Format([](lxw_format* format) {
      format_set_bold(format);
      format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    });
    lxw_format* wrapped = Format([](lxw_format* format) {
      format_set_text_wrap(format);
      format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    });
    worksheet_set_column(sheet, 0, 0, kHelpWidth, nullptr);
    worksheet_set_column(sheet, 1, 1, kTextWidth, nullptr);
    lxw_row_t row = 0;
    for (const auto& [heading, text] : content_.instructions) {
      if (!heading.empty()) Text(sheet, row, 0, heading, bold);
      if (!text.empty()) Text(sheet, row, 1, text, wrapped);
      ++row;
    }
    for (std::size_t i = 0; i < content_.columns.size(); ++i) {
      const TemplateColumn& column = content_.columns[i];
      std::string text = column.help;
      for (const std::vector<std::string>& example : content_.example)
        if (i < example.size() && !example[i].empty()) text += " Exempel: " + example[i] + ".";
      Text(sheet, row, 0, column.header, bold);
      Text(sheet, row, 1, text, wrapped);
      ++row;
    }
  }

  void WriteColumn(lxw_worksheet* sheet, lxw_worksheet* lists, lxw_col_t index,
                   const TemplateColumn& column) {
    using Kind = TemplateColumn::Kind;
    Text(sheet, 0, index, column.header, column.required ? required_ : header_);
    lxw_format* cells = Format([&](lxw_format* format) {
      if (column.kind == Kind::kDate) format_set_num_format(format, "yyyy-mm-dd");
      if (column.kind == Kind::kTime) format_set_num_format(format, "hh:mm");
      // Text, so that a case number keeps its zeros and "2026-14" does not become a month.
      if (column.kind == Kind::kText) format_set_num_format(format, "@");
    });
    worksheet_set_column(sheet, index, index, column.width, cells);
    std::string range;
    for (std::size_t i = 0; i < column.choices.size(); ++i)
      Text(lists, static_cast<lxw_row_t>(i), index, column.choices[i]);
    if (!column.choices.empty()) {
      char first[LXW_MAX_CELL_NAME_LENGTH], last[LXW_MAX_CELL_NAME_LENGTH];
      lxw_rowcol_to_cell_abs(first, 0, index, 1, 1);
      lxw_rowcol_to_cell_abs(last, static_cast<lxw_row_t>(column.choices.size() - 1), index, 1, 1);
      range = std::string("=") + kListSheet + "!" + first + ":" + last;
    }
    Validate(sheet, index, column, range);
  }

  void Validate(lxw_worksheet* sheet, lxw_col_t index, const TemplateColumn& column, std::string range) {
    using Kind = TemplateColumn::Kind;
    lxw_data_validation check{};
    std::string help = column.help, title = column.header, error = "Se bladet " + content_.help_sheet + ".";
    check.input_title = title.data();
    check.input_message = help.data();
    check.error_message = error.data();
    check.ignore_blank = LXW_VALIDATION_ON;
    check.show_input = LXW_VALIDATION_ON;
    check.show_error = LXW_VALIDATION_ON;
    check.error_type = LXW_VALIDATION_ERROR_TYPE_STOP;
    switch (column.kind) {
      case Kind::kText:
        check.validate = LXW_VALIDATION_TYPE_ANY;
        break;
      case Kind::kDate:
        check.validate = LXW_VALIDATION_TYPE_DATE;
        check.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
        check.value_datetime = {1990, 1, 1, 0, 0, 0};
        break;
      case Kind::kTime:
        check.validate = LXW_VALIDATION_TYPE_TIME;
        check.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        check.minimum_datetime = {0, 0, 0, 0, 0, 0};
        check.maximum_datetime = {0, 0, 0, 23, 59, 59};
        break;
      case Kind::kCount:
        check.validate = LXW_VALIDATION_TYPE_INTEGER;
        check.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        check.minimum_number = 0;
        check.maximum_number = 200;
        break;
      case Kind::kChoice:
        check.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
        check.value_formula = range.data();
        check.dropdown = LXW_VALIDATION_ON;
        if (!column.only_choices) check.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
        break;
    }
    Require(worksheet_data_validation_range(sheet, 1, index, kTemplateRows, index, &check), "check");
  }

  const ExcelTemplate& content_;
  std::string path_;
  std::unique_ptr<lxw_workbook, WorkbookCloser> workbook_;
  lxw_format *header_ = nullptr, *required_ = nullptr;
};

}  // namespace

void WriteExcelTemplate(const ExcelTemplate& content, const std::filesystem::path& path) {
  WriteAtomically(path, [&](const std::filesystem::path& temporary) {
    RequireRoom(temporary);
    Writer(content, temporary).Write();
  });
}

std::optional<TemplateId> ReadTemplateId(const std::filesystem::path& path) {
  std::optional<TemplateId> id;
  const auto take = [&](std::int64_t number, std::vector<std::string>&& cells) {
    if (number != 1 || cells.size() < 3 || cells[0] != kIdWord) return;
    TemplateId read{cells[1], 0};
    const std::string& version = cells[2];
    const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), read.version);
    if (error == std::errc{} && end == version.data() + version.size()) id = std::move(read);
  };
  if (!HasSheet(path, kIdSheet)) return std::nullopt;
  ReadXlsx(path, kIdSheet, take);
  return id;
}

}  // namespace lagesbild::maps
