#include "service/import_persons.h"

#include <algorithm>
#include <charconv>

#include "geo/place_text.h"
#include "service/age_text.h"
#include "service/errors.h"

namespace lagesbild::service {
namespace {

std::string CellAt(const std::vector<std::string>& cells, int column) {
  return column < 0 || static_cast<std::size_t>(column) >= cells.size()
             ? std::string()
             : cells[static_cast<std::size_t>(column)];
}

bool Missing(const std::string& cell, const Mapping& mapping) {
  const std::string folded = geo::LowerCase(geo::CleanText(cell));
  return folded.empty() || std::find(mapping.missing_words.begin(), mapping.missing_words.end(), folded) !=
                               mapping.missing_words.end();
}

/// Empty when the text is no whole number from 0 to kMostPersonsPerCell. Spreadsheets write "2.0" for 2.
std::optional<int> CountOf(std::string_view cell) {
  if (cell.size() > 2 && (cell.ends_with(".0") || cell.ends_with(",0"))) cell.remove_suffix(2);
  int count = -1;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), count);
  if (error != std::errc{} || end != cell.data() + cell.size() || count < 0 || count > kMostPersonsPerCell)
    return std::nullopt;
  return count;
}

/// A suspect who may be under the age of criminal responsibility is someone involved.
geo::AgeRole RoleFor(geo::AgeRole role, const geo::AgeScheme& scheme, geo::AgeSpan age) {
  const bool maybe_too_young = age.known() && scheme.bands[static_cast<std::size_t>(age.first)].first_age <
                                                  kAgeOfCriminalResponsibility;
  return role == geo::AgeRole::kSuspect && maybe_too_young ? geo::AgeRole::kInvolved : role;
}

bool MayDeliverAges(ReporterKind kind) {
  return kind != ReporterKind::kCompany && kind != ReporterKind::kAssociation &&
         kind != ReporterKind::kHousing;
}

void ReadBlock(const std::vector<std::string>& cells, const PersonColumns& columns, const Mapping& mapping,
               const geo::AgeScheme& scheme, PersonsRead& read) {
  const std::string age_cell = CellAt(cells, columns.age), count_cell = CellAt(cells, columns.count);
  AgeReading age;
  age.missing = columns.age < 0;
  if (columns.age >= 0) age = ReadAge(age_cell, mapping, scheme);
  int count = columns.mapping.always || !age.missing ? 1 : 0;
  if (!Missing(count_cell, mapping)) {
    const auto counted = CountOf(count_cell);
    if (!counted && !read.fault)
      read.fault = {columns.mapping.count_column, "BAD_COUNT",
                    "Antalet i kolumnen ”" + columns.mapping.count_column +
                        "” är inget helt tal från 0 till " + std::to_string(kMostPersonsPerCell) +
                        "; skriv antalet personer med siffror."};
    count = counted.value_or(1);
  }
  if (!age.error.empty() && !read.fault)
    read.fault = {
        columns.mapping.age_column, "BAD_AGE",
        "Åldern i kolumnen ”" + columns.mapping.age_column +
            "” kan inte läsas; skriv hela år (14) eller ett spann (13-17), eller lägg till ordet under "
            "[age.words] i mappningen."};
  if (read.fault && !age.error.empty()) return;
  geo::Person person;
  person.role = RoleFor(columns.mapping.role, scheme, age.age);
  person.age = age.age;
  person.age_estimated = age.age.known() && (columns.mapping.estimated || age.estimated);
  read.persons.insert(read.persons.end(), static_cast<std::size_t>(count), person);
}

}  // namespace

bool MayDeliverDwellings(ReporterKind kind) { return MayDeliverAges(kind); }

void CheckMappingAgainst(const Mapping& mapping, ReporterKind kind) {
  std::vector<FieldViolation> violations;
  for (const PersonMapping& person : mapping.persons) {
    if (person.role == geo::AgeRole::kSuspect && kind != ReporterKind::kPolice)
      violations.push_back({"mapping.persons.role",
                            "suspects may come from the police only; use involved or leave the block out"});
    if (!person.age_column.empty() && !MayDeliverAges(kind))
      violations.push_back(
          {"mapping.persons.age",
           "companies, housing companies and associations deliver no ages; leave the column out"});
  }
  if (!mapping.easting_column.empty() && !MayDeliverDwellings(kind))
    violations.push_back({"mapping.columns.easting",
                          "companies, housing companies and associations deliver no coordinates; leave them "
                          "out and name the street or the place"});
  if (!violations.empty()) throw InvalidRequest(std::move(violations));
}

PersonsRead ReadPersons(const std::vector<std::string>& cells, const std::vector<PersonColumns>& columns,
                        const Mapping& mapping, const geo::AgeScheme& scheme) {
  PersonsRead read;
  for (const PersonColumns& block : columns) ReadBlock(cells, block, mapping, scheme, read);
  return read;
}

}  // namespace lagesbild::service
