#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "maps/table_input.h"
#include "service/toml_section.h"

namespace lagesbild::service {

// What mappings of reports, of address registers and of municipalities have in common.

/// Throws InvalidRequest for text over 256 KiB or no TOML, with the line.
toml::table ParseToml(const std::string& text);
/// [file]: format, delimiter, encoding, sheet.
maps::TableOptions ReadTableOptions(TomlSection section);
/// The name of a column, compared with the header, whose cells have no blanks at their ends. Empty when
/// absent.
std::string ReadColumn(TomlSection& section, std::string_view key);
/// An EPSG code. 0 when absent or wrong.
int ReadEpsg(TomlSection& section, std::string_view key);
/// [mapping]: version 1 and a name of 1 to 60 bytes, which is returned. Other keys are the caller's.
std::string ReadMappingHead(TomlSection& section);

}  // namespace lagesbild::service
