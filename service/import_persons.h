#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/incident.h"
#include "service/mapping.h"
#include "service/store.h"

namespace lagesbild::service {

/// Criminal responsibility begins at this age; younger suspects are stored as involved (domain.md section 6,
/// rule 5).
inline constexpr int kAgeOfCriminalResponsibility = 15;
/// More persons of one kind in one row are a mistyped count.
inline constexpr int kMostPersonsPerCell = 200;

/// Companies, housing companies and associations deliver no ages and no dwelling-level places (disclosure.md
/// rule 9).
bool MayDeliverDwellings(ReporterKind kind);

/// Throws InvalidRequest when the mapping asks for what this kind of reporter must not deliver: suspects from
/// anyone but the police; ages, suspects or coordinates from a company, a housing company or an association.
void CheckMappingAgainst(const Mapping& mapping, ReporterKind kind);

struct PersonFault {
  std::string column, reason, message;  ///< BAD_AGE or BAD_COUNT
};

/// The persons that a row tells of, as far as they can be read; `fault` tells what could not.
struct PersonsRead {
  std::vector<geo::Person> persons;
  std::optional<PersonFault> fault;
};

/// One [[persons]] block with the places of its columns in the table; -1 = none.
struct PersonColumns {
  PersonMapping mapping;
  int age = -1, count = -1;
};

/// `cells` is one row of the table.
PersonsRead ReadPersons(const std::vector<std::string>& cells, const std::vector<PersonColumns>& columns,
                        const Mapping& mapping, const geo::AgeScheme& scheme);

}  // namespace lagesbild::service
