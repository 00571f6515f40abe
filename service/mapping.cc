#include "service/mapping.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "geo/place_text.h"
#include "service/errors.h"
#include "service/mapping_parts.h"
#include "service/toml_section.h"

namespace lagesbild::service {
namespace {

constexpr std::int64_t kOldest = 120;

std::string Lower(std::string_view text) { return geo::LowerCase(geo::CleanText(text)); }

std::string CategoryCodes() {
  std::string codes;
  for (const geo::CategoryInfo& info : geo::Categories())
    codes += (codes.empty() ? "" : ", ") + std::string(info.code);
  return codes;
}

void ReadHead(TomlSection section, Mapping& mapping) {
  mapping.name = ReadMappingHead(section);
  if (const auto rows = section.Text("rows")) {
    mapping.rows_are_persons = *rows == "persons";
    if (!mapping.rows_are_persons && *rows != "incidents")
      section.Wrong("rows", "mapping.rows must be \"incidents\" or \"persons\"");
  }
  section.RefuseUnknownKeys();
}

/// Texts that people write are always searched: only columns of codes and numbers can be left out.
void ReadNotPersonal(TomlSection& section, Mapping& mapping) {
  mapping.not_personal_columns = section.Texts("not_personal");
  std::vector<std::string> written = mapping.address_columns;
  written.insert(written.end(),
                 {"", mapping.locality_column, mapping.postcode_column, mapping.category_column});
  for (const std::string& name : mapping.not_personal_columns)
    if (std::find(written.begin(), written.end(), name) != written.end())
      section.Wrong(
          "not_personal",
          "columns.not_personal must name columns of codes or numbers, not of places or categories");
}

void ReadColumns(TomlSection section, Mapping& mapping) {
  section.Require("date", "the name of a column");
  mapping.incident_key_column = ReadColumn(section, "incident_key");
  mapping.date_column = ReadColumn(section, "date");
  mapping.time_column = ReadColumn(section, "time");
  mapping.category_column = ReadColumn(section, "category");
  mapping.locality_column = ReadColumn(section, "locality");
  mapping.postcode_column = ReadColumn(section, "postcode");
  mapping.easting_column = ReadColumn(section, "easting");
  mapping.northing_column = ReadColumn(section, "northing");
  mapping.address_columns = section.Texts("address");
  if (section.Has("address") &&
      (mapping.address_columns.empty() ||
       std::count(mapping.address_columns.begin(), mapping.address_columns.end(), "") > 0))
    section.Wrong("address", "the address must be the names of one or more columns");
  if (section.Has("easting") != section.Has("northing"))
    section.Wrong("easting", "easting and northing go together; give both columns or none");
  if (!section.Has("address") && !section.Has("easting"))
    section.Wrong("address",
                  "columns.address is missing; name the columns of the address, or easting and northing");
  ReadNotPersonal(section, mapping);
  if (mapping.rows_are_persons && !section.Has("incident_key"))
    section.Wrong(
        "incident_key",
        "columns.incident_key is missing; with rows = \"persons\" it says which rows are one incident");
  section.RefuseUnknownKeys();
}

/// Empty when the format is right, else what is wrong with it.
std::string FaultOfFormat(std::string_view format) {
  std::string seen;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') continue;
    const char directive = ++i < format.size() ? format[i] : '\0';
    if (std::string_view("YmdHMSyb").find(directive) == std::string_view::npos || directive == '\0')
      return "a date format knows %Y %y %m %b %d %H %M and %S only";
    if (seen.find(directive) != std::string::npos) return "a date format must not repeat a directive";
    seen += directive;
  }
  const auto has = [&](const char* any) { return seen.find_first_of(any) != std::string::npos; };
  if (!has("Yy") || !has("mb") || !has("d")) return "a date format must hold a year, a month and a day";
  if (has("Y") && has("y")) return "a date format must hold one year, %Y or %y";
  if (has("m") && has("b")) return "a date format must hold one month, %m or %b";
  return {};
}

bool IsZoneName(std::string_view name) {
  return !name.empty() && name.size() <= 60 && name.front() != '/' &&
         name.find("..") == std::string_view::npos && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
                  c == '_' || c == '-' || c == '+';
         });
}

void ReadTime(TomlSection section, Mapping& mapping) {
  section.Require("formats", "a list of date formats, as [\"%Y-%m-%d\"]");
  mapping.date_formats = section.Texts("formats");
  if (section.Has("formats") && mapping.date_formats.empty())
    section.Wrong("formats", "time.formats must hold at least one date format, as \"%Y-%m-%d\"");
  for (const std::string& format : mapping.date_formats)
    if (const std::string fault = FaultOfFormat(format); !fault.empty()) section.Wrong("formats", fault);
  if (const auto zone = section.Text("zone")) {
    mapping.time_zone = *zone;
    if (!IsZoneName(*zone)) section.Wrong("zone", "the time zone must be a name as \"Europe/Stockholm\"");
  }
  section.RefuseUnknownKeys();
}

void ReadCoordinates(TomlSection section, Mapping& mapping) {
  const bool used = !mapping.easting_column.empty() || !mapping.northing_column.empty();
  const auto epsg = section.Integer("epsg");
  if (epsg && (*epsg < 1024 || *epsg > 32767))
    section.Wrong("epsg", "coordinates.epsg must be an EPSG code, as 3006");
  if (epsg && !used) section.Wrong("epsg", "coordinates.epsg needs columns.easting and columns.northing");
  if (used && !section.Has("epsg"))
    section.Wrong("epsg",
                  "coordinates.epsg is missing; it must be the EPSG code of easting and northing, as 3006");
  mapping.coordinate_epsg = epsg && *epsg >= 1024 && *epsg <= 32767 ? static_cast<int>(*epsg) : 0;
  section.RefuseUnknownKeys();
}

void ReadCategoryValues(TomlSection& section, Mapping& mapping) {
  const toml::table* values = section.Words("values");
  if (values == nullptr) return;
  for (const auto& [key, node] : *values) {
    const auto code = node.value_exact<std::string>();
    const auto category = code ? geo::ParseCategory(*code) : std::nullopt;
    if (!category)
      section.WrongAt(node, "values", "the category must be one of " + CategoryCodes());
    else if (!mapping.categories.emplace(Lower(key.str()), *category).second)
      section.WrongAt(node, "values",
                      "the value stands twice; case and outer blanks do not tell values apart");
  }
}

void ReadCategory(TomlSection section, Mapping& mapping) {
  if (const auto code = section.Text("default")) {
    mapping.default_category = geo::ParseCategory(*code);
    if (!mapping.default_category)
      section.Wrong("default", "the default category must be one of " + CategoryCodes());
  }
  ReadCategoryValues(section, mapping);
  if (mapping.category_column.empty() && !section.Has("default"))
    section.Wrong("default", "category.default is missing; without columns.category every row needs it");
  if (!mapping.category_column.empty() && !section.Has("values") && !section.Has("default"))
    section.Wrong("values", "category.values is missing; it must say what each value of the column means");
  section.RefuseUnknownKeys();
}

std::vector<std::string> LowerAll(const std::vector<std::string>& texts) {
  std::vector<std::string> lower;
  lower.reserve(texts.size());
  for (const std::string& text : texts) lower.push_back(Lower(text));
  return lower;
}

void ReadPlace(TomlSection section, Mapping& mapping) {
  mapping.default_locality = section.Text("default_locality").value_or("");
  if (const auto prefer = section.Text("prefer")) {
    mapping.prefer_text = *prefer == "text";
    if (!mapping.prefer_text && *prefer != "coordinates")
      section.Wrong("prefer", "place.prefer must be \"coordinates\" or \"text\"");
    if (mapping.prefer_text && mapping.address_columns.empty())
      section.Wrong("prefer", "place.prefer = \"text\" needs columns.address");
  }
  mapping.digital_words = LowerAll(section.Texts("digital"));
  if (std::count(mapping.digital_words.begin(), mapping.digital_words.end(), "") > 0)
    section.Wrong("digital",
                  "place.digital must not hold an empty text: an empty address is no digital place");
  section.RefuseUnknownKeys();
}

void ReadAgeWords(TomlSection& section, Mapping& mapping) {
  const toml::table* words = section.Words("words");
  if (words == nullptr) return;
  for (const auto& [key, node] : *words) {
    const toml::array* ages = node.as_array();
    const bool pair = ages != nullptr && ages->size() == 2;
    const auto first = pair ? ages->get(0)->value_exact<std::int64_t>() : std::nullopt;
    const auto last = pair ? ages->get(1)->value_exact<std::int64_t>() : std::nullopt;
    if (!first || !last || *first < 0 || *first > *last || *last > kOldest)
      section.WrongAt(node, "words",
                      "an age word must be two ages from 0 to 120, the lower first, as [13, 15]");
    else if (!mapping.age_words
                  .emplace(Lower(key.str()), std::pair(static_cast<int>(*first), static_cast<int>(*last)))
                  .second)
      section.WrongAt(node, "words", "the word stands twice; case and outer blanks do not tell words apart");
  }
}

void ReadAges(TomlSection section, Mapping& mapping) {
  const std::vector<std::string> missing = section.Texts("missing");
  mapping.missing_words = section.Has("missing") ? LowerAll(missing) : std::vector<std::string>{"", "-"};
  ReadAgeWords(section, mapping);
  section.RefuseUnknownKeys();
}

std::optional<geo::AgeRole> RoleOf(std::string_view text) {
  if (text == "victim") return geo::AgeRole::kVictim;
  if (text == "suspect") return geo::AgeRole::kSuspect;
  if (text == "involved") return geo::AgeRole::kInvolved;
  if (text == "unknown") return geo::AgeRole::kUnknown;
  return std::nullopt;
}

PersonMapping ReadPerson(TomlSection section) {
  PersonMapping person;
  section.Require("role", "victim, suspect, involved or unknown");
  if (const auto role = section.Text("role")) {
    if (const auto known = RoleOf(*role))
      person.role = *known;
    else
      section.Wrong("role", "the role must be victim, suspect, involved or unknown");
  }
  person.age_column = ReadColumn(section, "age");
  person.count_column = ReadColumn(section, "count");
  person.always = section.Boolean("always").value_or(false);
  person.estimated = section.Boolean("estimated").value_or(false);
  if (!section.Has("age") && !section.Has("count") && !person.always)
    section.Wrong("age", "a person needs a column of age or count, or always = true");
  section.RefuseUnknownKeys();
  return person;
}

}  // namespace

Mapping ParseMapping(const std::string& toml) {
  const toml::table table = ParseToml(toml);
  std::vector<FieldViolation> violations;
  TomlSection root(&table, "", violations);
  Mapping mapping;
  ReadHead(root.Section("mapping"), mapping);
  mapping.table = ReadTableOptions(root.Section("file"));
  ReadColumns(root.Section("columns"), mapping);
  ReadTime(root.Section("time"), mapping);
  ReadCoordinates(root.Section("coordinates"), mapping);
  ReadCategory(root.Section("category"), mapping);
  ReadPlace(root.Section("place"), mapping);
  ReadAges(root.Section("age"), mapping);
  for (TomlSection& person : root.Sections("persons"))
    mapping.persons.push_back(ReadPerson(std::move(person)));
  root.RefuseUnknownKeys();
  if (!violations.empty()) throw InvalidRequest(std::move(violations));
  return mapping;
}

}  // namespace lagesbild::service
