#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace lagesbild::maps {

/// Reads all rows of one sheet of an XLSX file as text: numbers as a person reads them ("14", not "14.0"),
/// dates "2026-03-14" or "2026-03-14 22:30:00", empty cells empty. `row` gets the sheet's row number, the
/// first is 1, and one cell per column of the widest row. Empty `sheet` = the first. GDAL holds the sheet in
/// memory. Throws IoError: no such file, not an XLSX file, unknown sheet, over 256 MiB unpacked.
void ReadXlsx(const std::filesystem::path& path, const std::string& sheet,
              const std::function<void(std::int64_t number, std::vector<std::string>&& cells)>& row);

/// Whether the workbook has a sheet of the name, hidden or not. Throws IoError as ReadXlsx.
bool HasSheet(const std::filesystem::path& path, const std::string& sheet);

}  // namespace lagesbild::maps
