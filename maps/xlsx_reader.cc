#include "maps/xlsx_reader.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <ogrsf_frmts.h>

#include <cctype>
#include <cstdlib>
#include <regex>
#include <utility>

#include "maps/errors.h"
#include "maps/gdal_setup.h"

namespace lagesbild::maps {
namespace {

constexpr std::int64_t kMaxUnpackedBytes = 256LL * 1024 * 1024;
constexpr int kMaxEntries = 5000;

/// A few kilobytes may unpack to gigabytes, and GDAL would hold them all.
void CheckUnpackedSize(const std::filesystem::path& path) {
  const std::string zip = "/vsizip/{" + std::filesystem::absolute(path).string() + "}";
  const CPLStringList entries(VSIReadDirRecursive(zip.c_str()));
  if (entries.size() > kMaxEntries) throw IoError(path.string(), "holds more files than a workbook has");
  std::int64_t bytes = 0;
  for (int i = 0; i < entries.size(); ++i) {
    VSIStatBufL status;
    if (VSIStatExL((zip + "/" + entries[i]).c_str(), &status, VSI_STAT_SIZE_FLAG) == 0)
      bytes += static_cast<std::int64_t>(status.st_size);
  }
  if (bytes > kMaxUnpackedBytes) throw IoError(path.string(), "is over 256 MiB when unpacked; split it");
}

bool AllDigits(std::string_view text) {
  for (const char c : text)
    if (!std::isdigit(static_cast<unsigned char>(c))) return false;
  return !text.empty();
}

/// GDAL writes dates as "2026/03/14".
bool IsSlashDate(const std::string& text) {
  const std::string_view t = text;
  return (t.size() == 10 || (t.size() >= 19 && t[10] == ' ' && t[13] == ':')) && t[4] == '/' && t[7] == '/' &&
         AllDigits(t.substr(0, 4)) && AllDigits(t.substr(5, 2)) && AllDigits(t.substr(8, 2));
}

/// "14.0" is 14 and "1.5E+3" is 1500: how the program that wrote the file spells numbers is not the reader's.
bool IsOddNumber(const std::string& text) {
  static const std::regex kZeros(R"(-?\d+\.0+)"), kExponent(R"(-?\d(\.\d+)?E[+-]?\d+)"),
      kLong(R"(-?\d+\.\d{13,})");
  if (text.size() > 30 || text.find_first_of(".E") == std::string::npos) return false;
  return std::regex_match(text, kZeros) || std::regex_match(text, kLong) ||
         (text.find_first_of(".+-") != std::string::npos && std::regex_match(text, kExponent));
}

std::string CellText(std::string text) {
  if (IsSlashDate(text)) {
    text[4] = text[7] = '-';
    return text.size() > 19 ? text.substr(0, 19) : text;  // seconds are enough
  }
  if (!IsOddNumber(text)) return text;
  return CPLSPrintf("%.14g", CPLAtof(text.c_str()));
}

}  // namespace

void ReadXlsx(const std::filesystem::path& path, const std::string& sheet,
              const std::function<void(std::int64_t, std::vector<std::string>&&)>& row) {
  // Every cell as text and the header as a row, so that nothing is guessed and a repeated column is seen.
  const CPLConfigOptionSetter no_headers("OGR_XLSX_HEADERS", "DISABLE", false);
  const CPLConfigOptionSetter all_text("OGR_XLSX_FIELD_TYPES", "STRING", false);
  SetUpGdal();
  CheckUnpackedSize(path);
  const GDALDatasetUniquePtr workbook = OpenReadOnly(path, "XLSX");
  GdalErrors errors;
  OGRLayer* layer = sheet.empty() ? workbook->GetLayer(0) : workbook->GetLayerByName(sheet.c_str());
  if (layer == nullptr)
    throw IoError(path.string(),
                  sheet.empty() ? "holds no sheet" : "holds no sheet of the name in the mapping");
  for (const OGRFeatureUniquePtr& feature : *layer) {
    std::vector<std::string> cells;
    cells.reserve(static_cast<std::size_t>(feature->GetFieldCount()));
    for (int i = 0; i < feature->GetFieldCount(); ++i)
      cells.push_back(feature->IsFieldSetAndNotNull(i) ? CellText(feature->GetFieldAsString(i)) : "");
    row(feature->GetFID(), std::move(cells));
  }
  if (!errors.failures().empty()) throw IoError(path.string(), "cannot be read: " + errors.text(""));
}

}  // namespace lagesbild::maps
