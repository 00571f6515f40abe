#include "service/mapping_parts.h"

#include <algorithm>
#include <array>

#include "service/errors.h"

namespace lagesbild::service {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{256} * 1024;

char DelimiterOf(const std::string& text) {
  if (text == "tab") return '\t';
  return text == ";" || text == "," || text == "\t" || text == "|" ? text[0] : '\0';
}

[[noreturn]] void ThrowSyntax(const toml::parse_error& error) {
  throw InvalidRequest("mapping", "line " + std::to_string(error.source().begin.line) +
                                      ": the mapping is no valid TOML: " + std::string(error.description()));
}

}  // namespace

toml::table ParseToml(const std::string& text) {
  if (text.size() > kMaxBytes) throw InvalidRequest("mapping", "the mapping is longer than 256 KiB");
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    ThrowSyntax(error);
  }
}

std::string ReadMappingHead(TomlSection& section) {
  section.Require("version", "1");
  if (const auto version = section.Integer("version"); version && *version != 1)
    section.Wrong("version", "the version of the mapping must be 1");
  section.Require("name", "a name for this mapping");
  std::string name = section.Text("name").value_or("");
  if (section.Has("name") && (name.empty() || name.size() > 60))
    section.Wrong("name", "the name of the mapping must have 1 to 60 bytes");
  return name;
}

maps::TableOptions ReadTableOptions(TomlSection section) {
  maps::TableOptions table;
  section.Require("format", "\"csv\" or \"xlsx\"");
  const auto format = section.Text("format");
  const bool xlsx = format == "xlsx";
  if (format && !xlsx && *format != "csv") section.Wrong("format", "the format must be \"csv\" or \"xlsx\"");
  table.format = xlsx ? maps::TableFormat::kXlsx : maps::TableFormat::kCsv;
  if (const auto delimiter = section.Text("delimiter")) {
    table.delimiter = DelimiterOf(*delimiter);
    if (table.delimiter == '\0')
      section.Wrong("delimiter", "the delimiter must be \";\", \",\", \"tab\" or \"|\"");
    if (xlsx) section.Wrong("delimiter", "a delimiter belongs to csv, not to xlsx");
  }
  if (const auto encoding = section.Text("encoding")) {
    constexpr std::array<std::string_view, 4> kEncodings{"utf-8", "iso-8859-1", "windows-1252", "utf-16"};
    if (std::find(kEncodings.begin(), kEncodings.end(), *encoding) == kEncodings.end())
      section.Wrong("encoding", "the encoding must be utf-8, iso-8859-1, windows-1252 or utf-16");
    if (xlsx) section.Wrong("encoding", "an encoding belongs to csv, not to xlsx");
    table.encoding = *encoding;
  }
  if (const auto sheet = section.Text("sheet")) {
    if (!xlsx) section.Wrong("sheet", "a sheet belongs to xlsx, not to csv");
    table.sheet = *sheet;
  }
  section.RefuseUnknownKeys();
  return table;
}

std::string ReadColumn(TomlSection& section, std::string_view key) {
  const auto name = section.Text(key);
  if (!name) return {};
  std::string trimmed = *name;
  trimmed.erase(0, trimmed.find_first_not_of(" \t"));
  trimmed.erase(trimmed.find_last_not_of(" \t") + 1);
  if (trimmed.empty()) section.Wrong(key, "the name of a column must not be empty; leave the key out");
  return trimmed;
}

int ReadEpsg(TomlSection& section, std::string_view key) {
  const auto epsg = section.Integer(key);
  if (!epsg) return 0;
  if (*epsg >= 1024 && *epsg <= 32767) return static_cast<int>(*epsg);
  section.Wrong(key, std::string(key) + " must be an EPSG code, as 3006");
  return 0;
}

}  // namespace lagesbild::service
