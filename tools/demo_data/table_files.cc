#include "tools/demo_data/table_files.h"

#include <ogrsf_frmts.h>

#include <fstream>
#include <system_error>

#include "maps/errors.h"
#include "maps/gdal_setup.h"

namespace lagesbild::tools::demo {
namespace {

/// The characters that our texts hold: Latin-1 and the dash.
std::string ToWindows1252(const std::string& utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto c = static_cast<unsigned char>(utf8[i]);
    if (c < 0x80) {
      out += utf8[i];
    } else if ((c == 0xC2 || c == 0xC3) && i + 1 < utf8.size()) {
      out += static_cast<char>(((c & 3) << 6) | (static_cast<unsigned char>(utf8[++i]) & 0x3F));
    } else if (utf8.compare(i, 3, "–") == 0) {
      out += static_cast<char>(0x96);
      i += 2;
    } else {
      out += '?';
    }
  }
  return out;
}

std::string Quoted(const std::string& cell, char delimiter) {
  if (cell.find_first_of(std::string("\"\r\n") + delimiter) == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

OGRFieldType FieldTypeOf(ColumnType type) {
  switch (type) {
    case ColumnType::kText:
      return OFTString;
    case ColumnType::kInteger:
      return OFTInteger;
    case ColumnType::kDate:
      return OFTDate;
  }
  return OFTString;
}

void SetCell(OGRFeature& feature, int field, ColumnType type, const std::string& cell) {
  if (cell.empty()) return;
  if (type == ColumnType::kInteger) {
    feature.SetField(field, std::stoi(cell));
  } else if (type == ColumnType::kDate) {
    feature.SetField(field, std::stoi(cell.substr(0, 4)), std::stoi(cell.substr(5, 2)),
                     std::stoi(cell.substr(8, 2)));
  } else {
    feature.SetField(field, cell.c_str());
  }
}

}  // namespace

void WriteText(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw maps::IoError(path.string(), "cannot be written");
}

void WriteCsv(const std::filesystem::path& path, const Table& table, char delimiter, Encoding encoding) {
  std::string text;
  const auto line = [&](const auto& cells, const auto& cell_text) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) text += delimiter;
      text += Quoted(cell_text(cells[i]), delimiter);
    }
    text += "\r\n";
  };
  line(table.columns, [](const Column& column) { return column.name; });
  for (const auto& row : table.rows) line(row, [](const std::string& cell) { return cell; });
  if (encoding == Encoding::kWindows1252) text = ToWindows1252(text);
  WriteText(path, encoding == Encoding::kUtf8WithMark ? "\xEF\xBB\xBF" + text : text);
}

void WriteXlsx(const std::filesystem::path& path, const std::string& sheet, const Table& table) {
  maps::SetUpGdal();
  maps::GdalErrors errors;
  const auto check = [&](bool good) {
    if (!good) throw maps::IoError(path.string(), "cannot be written: " + errors.text("no reason given"));
  };
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("XLSX");
  check(driver != nullptr);
  GDALDatasetUniquePtr workbook(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  check(workbook != nullptr);
  OGRLayer* layer = workbook->CreateLayer(sheet.c_str(), nullptr, wkbNone, nullptr);
  check(layer != nullptr);
  for (const Column& column : table.columns) {
    OGRFieldDefn field(column.name.c_str(), FieldTypeOf(column.type));
    check(layer->CreateField(&field) == OGRERR_NONE);
  }
  for (const auto& row : table.rows) {
    OGRFeature feature(layer->GetLayerDefn());
    for (std::size_t i = 0; i < row.size(); ++i)
      SetCell(feature, static_cast<int>(i), table.columns[i].type, row[i]);
    check(layer->CreateFeature(&feature) == OGRERR_NONE);
  }
  workbook.reset();  // the sheet is written at close
  check(errors.failures().empty() && std::filesystem::exists(path));
}

}  // namespace lagesbild::tools::demo
