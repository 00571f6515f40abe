#include "maps/xlsx_reader.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <ogrsf_frmts.h>

#include <array>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <string_view>
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
  if (entries.size() > kMaxEntries)
    throw IoError(path.string(), "holds more files than a workbook has",
                  "den innehåller fler filer än en arbetsbok har");
  std::int64_t bytes = 0;
  for (int i = 0; i < entries.size(); ++i) {
    VSIStatBufL status;
    if (VSIStatExL((zip + "/" + entries[i]).c_str(), &status, VSI_STAT_SIZE_FLAG) == 0)
      bytes += static_cast<std::int64_t>(status.st_size);
    if (std::string_view(entries[i]).ends_with("vbaProject.bin"))
      throw IoError(path.string(), "holds macros, which are not let in; save it as .xlsx without macros",
                    "den innehåller makron, som inte släpps in; spara den som .xlsx utan makron");
  }
  if (bytes > kMaxUnpackedBytes)
    throw IoError(path.string(), "is over 256 MiB when unpacked; split it",
                  "den är över 256 MiB uppackad; dela upp den");
}

/// Throws IoError unless the file begins as a zip does, with words for what people send instead.
void CheckIsZip(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::array<char, 4> head{};
  in.read(head.data(), head.size());
  const std::string_view begin(head.data(), static_cast<std::size_t>(in.gcount()));
  if (!in.is_open() || begin == "PK\x03\x04") return;  // what cannot be opened is told by GDAL's own check
  if (begin == "\xD0\xCF\x11\xE0")
    throw IoError(
        path.string(),
        "is a workbook of the old form (.xls), or has a password; save it as .xlsx without one",
        "den är en arbetsbok av den gamla sorten (.xls) eller har lösenord; spara den som .xlsx utan "
        "lösenord");
  throw IoError(path.string(),
                "is no workbook; save it as .xlsx, or say format = \"csv\" under [file] in the mapping",
                "den är ingen arbetsbok; spara den som .xlsx, eller skriv format = \"csv\" under [file] i "
                "mappningen");
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

/// "14.0" is 14, "1.5E+3" is 1500 and "0.30000000000000004" is 0.3: how the program that wrote the file
/// spells numbers is not the reader's.
bool IsOddNumber(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  const std::size_t exponent = text.find('E');
  const std::string_view mantissa = text.substr(0, exponent);
  const std::size_t dot = mantissa.find('.');
  if (!AllDigits(mantissa.substr(0, dot))) return false;
  const std::string_view decimals =
      dot == std::string_view::npos ? std::string_view() : mantissa.substr(dot + 1);
  if (dot != std::string_view::npos && !AllDigits(decimals)) return false;
  if (exponent == std::string_view::npos)
    return !decimals.empty() &&
           (decimals.find_first_not_of('0') == std::string_view::npos || decimals.size() >= 13);
  std::string_view power = text.substr(exponent + 1);
  const bool has_sign = !power.empty() && (power.front() == '+' || power.front() == '-');
  if (has_sign) power.remove_prefix(1);
  // "12E3" may be a designation; a number is written "1.2E4" or "1E+4".
  return AllDigits(power) && power.size() <= 3 && (has_sign || !decimals.empty());
}

std::string CellText(std::string text) {
  if (IsSlashDate(text)) {
    text[4] = text[7] = '-';
    return text.size() > 19 ? text.substr(0, 19) : text;  // seconds are enough
  }
  if (!IsOddNumber(text)) return text;
  return CPLSPrintf("%.14g", CPLAtof(text.c_str()));
}

GDALDatasetUniquePtr OpenWorkbook(const std::filesystem::path& path) {
  SetUpGdal();
  if (std::error_code error; std::filesystem::is_regular_file(path, error)) {
    CheckIsZip(path);
    CheckUnpackedSize(path);
  }
  return OpenReadOnly(path, "XLSX");
}

}  // namespace

bool HasSheet(const std::filesystem::path& path, const std::string& sheet) {
  return OpenWorkbook(path)->GetLayerByName(sheet.c_str()) != nullptr;
}

void ReadXlsx(const std::filesystem::path& path, const std::string& sheet,
              const std::function<void(std::int64_t, std::vector<std::string>&&)>& row) {
  // Every cell as text and the header as a row, so that nothing is guessed and a repeated column is seen.
  const CPLConfigOptionSetter no_headers("OGR_XLSX_HEADERS", "DISABLE", false);
  const CPLConfigOptionSetter all_text("OGR_XLSX_FIELD_TYPES", "STRING", false);
  const GDALDatasetUniquePtr workbook = OpenWorkbook(path);
  GdalErrors errors;
  OGRLayer* layer = sheet.empty() ? workbook->GetLayer(0) : workbook->GetLayerByName(sheet.c_str());
  if (layer == nullptr)
    throw IoError(
        path.string(), sheet.empty() ? "holds no sheet" : "holds no sheet of the name in the mapping",
        sheet.empty() ? "den har inget blad" : "den har inget blad med det namn som står i mappningen");
  for (const OGRFeatureUniquePtr& feature : *layer) {
    std::vector<std::string> cells;
    cells.reserve(static_cast<std::size_t>(feature->GetFieldCount()));
    for (int i = 0; i < feature->GetFieldCount(); ++i)
      cells.push_back(feature->IsFieldSetAndNotNull(i) ? CellText(feature->GetFieldAsString(i)) : "");
    row(feature->GetFID(), std::move(cells));
  }
  if (!errors.failures().empty())
    throw IoError(path.string(), "cannot be read: " + errors.text(""),
                  "den är skadad och går inte att läsa till slutet; spara den på nytt");
}

}  // namespace lagesbild::maps
