#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "maps/excel_template.h"
#include "service/store.h"

namespace lagesbild::service {

/// Version of the templates that are written now. Sheets of earlier ones are still read as they were.
inline constexpr int kTemplateVersion = 1;

const std::vector<ReporterKind>& TemplateKinds();
/// "Polisen", "Bostadsföretag": who the template is for.
std::string TemplateTitleSv(ReporterKind kind);

/// The workbook that a reporter of the kind fills in, in Swedish. It has the columns that this kind may
/// deliver and no others: suspects for the police only; no ages, no persons, no house numbers and no
/// sensitive categories for companies, housing companies and associations. Ages are the bands and headline
/// groups of the default scheme; any scheme reads them.
maps::ExcelTemplate TemplateFor(ReporterKind kind);

/// The mapping that reads the sheet: the same columns and words, as TOML.
std::string TemplateMapping(ReporterKind kind);

/// Whether a reporter may use the template: its own kind's, or one that asks for less (a school may use a
/// company's, never the police's).
bool MayUseTemplate(ReporterKind reporter, ReporterKind of_template);

/// The mapping of the template that a delivery was filled in on. Throws InvalidRequest: the file is no
/// workbook, or none made by `lagesbild template` (both ask for a mapping); a template of a later version;
/// one that this kind of reporter may not use. Throws maps::IoError: a workbook that cannot be read.
std::string MappingOfTemplate(const std::filesystem::path& file, ReporterKind reporter);

}  // namespace lagesbild::service
