#pragma once

#include <cpl_string.h>
#include <cpl_vsi.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "maps/gdal_setup.h"

namespace lagesbild::service {

/// A cell as Excel stores it: text, a number, a date, or a time of day.
struct TimeOfDay {
  int hour = 0, minute = 0;
};
using FilledCell = std::variant<std::string, int, std::chrono::year_month_day, TimeOfDay>;
/// By the column's position, 0 the first.
using FilledRow = std::map<int, FilledCell>;

namespace filled {

inline std::string ReadMember(const std::string& zip, const std::string& name) {
  const std::string path = "/vsizip/{" + zip + "}/" + name;
  VSILFILE* file = VSIFOpenL(path.c_str(), "rb");
  if (file == nullptr) throw std::runtime_error("the workbook has no member " + name);
  std::string bytes;
  char buffer[65536];
  for (std::size_t read = 0; (read = VSIFReadL(buffer, 1, sizeof buffer, file)) > 0;)
    bytes.append(buffer, read);
  VSIFCloseL(file);
  return bytes;
}

/// The style that the sheet gives to new cells of a column, which Excel copies into them.
inline std::string StyleOf(const std::string& sheet, int column) {
  for (std::size_t at = 0; (at = sheet.find("<col ", at)) != std::string::npos; ++at) {
    const std::string element = sheet.substr(at, sheet.find("/>", at) - at);
    const auto attribute = [&](const std::string& name) {
      const std::size_t begin = element.find(" " + name + "=\"");
      if (begin == std::string::npos) return std::string();
      const std::size_t value = begin + name.size() + 3;
      return element.substr(value, element.find('"', value) - value);
    };
    if (std::stoi(attribute("min")) <= column + 1 && column + 1 <= std::stoi(attribute("max")))
      return attribute("style");
  }
  return {};
}

inline std::string CellXml(const std::string& sheet, int row, int column, const FilledCell& cell) {
  std::string open = "<c r=\"" + std::string(1, static_cast<char>('A' + column)) + std::to_string(row) + "\"";
  if (const std::string style = StyleOf(sheet, column); !style.empty()) open += " s=\"" + style + "\"";
  const auto number = [&](const std::string& value) { return open + "><v>" + value + "</v></c>"; };
  if (const auto* count = std::get_if<int>(&cell)) return number(std::to_string(*count));
  if (const auto* day = std::get_if<std::chrono::year_month_day>(&cell)) {
    constexpr std::chrono::sys_days kDayZero{std::chrono::year{1899} / 12 / 30};
    return number(std::to_string((std::chrono::sys_days{*day} - kDayZero).count()));
  }
  if (const auto* time = std::get_if<TimeOfDay>(&cell))
    return number(std::to_string((time->hour * 60 + time->minute) / 1440.0));
  return open + " t=\"inlineStr\"><is><t>" + std::get<std::string>(cell) + "</t></is></c>";
}

}  // namespace filled

/// Fills the first sheet of a template from row 2 on, as a spreadsheet program does: everything else of the
/// workbook stays as it was.
inline void FillTemplate(const std::filesystem::path& workbook, const std::filesystem::path& out,
                         const std::vector<FilledRow>& rows) {
  maps::SetUpGdal();
  constexpr const char* kSheet = "xl/worksheets/sheet1.xml";
  const CPLStringList members(VSIReadDirRecursive(("/vsizip/{" + workbook.string() + "}").c_str()));
  const std::string target = "/vsizip/{" + out.string() + "}";
  VSILFILE* zip = VSIFOpenL(target.c_str(), "wb");
  if (zip == nullptr) throw std::runtime_error("cannot write the filled workbook");
  for (int i = 0; i < members.size(); ++i) {
    const std::string name = members[i];
    if (name.ends_with("/")) continue;
    std::string bytes = filled::ReadMember(workbook.string(), name);
    if (name == kSheet) {
      const std::string sheet = bytes;
      std::string xml;
      int number = 1;
      for (const FilledRow& row : rows) {
        xml += "<row r=\"" + std::to_string(++number) + "\">";
        for (const auto& [column, cell] : row) xml += filled::CellXml(sheet, number, column, cell);
        xml += "</row>";
      }
      bytes.insert(bytes.find("</sheetData>"), xml);
    }
    VSILFILE* member = VSIFOpenL((target + "/" + name).c_str(), "wb");
    if (member == nullptr || VSIFWriteL(bytes.data(), 1, bytes.size(), member) != bytes.size())
      throw std::runtime_error("cannot write the member " + name);
    VSIFCloseL(member);
  }
  VSIFCloseL(zip);
}

}  // namespace lagesbild::service
