#include "geo/personal_data.h"

#include <string>
#include <vector>

#include "geo/personal_data_parts.h"

namespace lagesbild::geo {

std::string_view PersonalDataKindCode(PersonalDataKind kind) {
  switch (kind) {
    case PersonalDataKind::kPersonalIdentityNumber:
      return "PERSONAL_IDENTITY_NUMBER";
    case PersonalDataKind::kPhoneNumber:
      return "PHONE_NUMBER";
    case PersonalDataKind::kEmailAddress:
      return "EMAIL_ADDRESS";
  }
  return "PERSONAL_DATA";
}

std::optional<PersonalDataKind> FindPersonalData(std::string_view text) {
  const std::string plain = personal_data::PlainText(text);
  const std::vector<personal_data::DigitGroup> groups = personal_data::DigitGroups(plain);
  if (personal_data::HoldsPersonalNumber(plain, groups)) return PersonalDataKind::kPersonalIdentityNumber;
  if (personal_data::HoldsPhoneNumber(plain, groups)) return PersonalDataKind::kPhoneNumber;
  if (personal_data::HoldsEmailAddress(plain)) return PersonalDataKind::kEmailAddress;
  return std::nullopt;
}

}  // namespace lagesbild::geo
