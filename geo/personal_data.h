#pragma once

#include <optional>
#include <string_view>

#include "geo/person_names.h"

namespace lagesbild::geo {

enum class PersonalDataKind {
  kPersonalIdentityNumber,
  kPhoneNumber,
  kEmailAddress,
  kPersonName,
  kAccountName
};

std::string_view PersonalDataKindCode(PersonalDataKind kind);  ///< "PERSONAL_IDENTITY_NUMBER", ...

/// What personal data a text holds, the first kind found; empty when none. Never returns the text itself.
/// Finds Swedish personal identity, co-ordination and temporary numbers (with - or +: a valid date is enough;
/// bare digits or up to four other characters between: date and check digit), Swedish and international phone
/// numbers, e-mail addresses, also with blanks or "(at)". Dates, times, coordinates, postcodes, amounts and
/// case numbers are not taken for phone numbers.
std::optional<PersonalDataKind> FindPersonalData(std::string_view text);

/// The same, and names of persons and of accounts (HoldsPersonName, HoldsAccountName).
std::optional<PersonalDataKind> FindPersonalData(std::string_view text, PersonalText kind,
                                                 const PersonNames& names = PersonNames::BuiltIn());

}  // namespace lagesbild::geo
