#include "geo/personal_data.h"

#include <string>
#include <vector>

#include "geo/personal_data_parts.h"

namespace lagesbild::geo {
namespace {

/// "55.6312841718": a latitude or longitude, whose many decimals hold a date and a check digit now and then.
bool IsDegrees(std::string_view text, const std::vector<personal_data::DigitGroup>& groups) {
  return groups.size() == 2 && groups[0].begin == 0 && groups[0].end == 2 && groups[1].end == text.size() &&
         (personal_data::Gap(text, groups[0], groups[1]) == "." ||
          personal_data::Gap(text, groups[0], groups[1]) == ",") &&
         groups[0].digits >= "10" && groups[0].digits <= "69" && groups[1].digits.size() >= 8;
}

}  // namespace

std::string_view PersonalDataKindCode(PersonalDataKind kind) {
  switch (kind) {
    case PersonalDataKind::kPersonalIdentityNumber:
      return "PERSONAL_IDENTITY_NUMBER";
    case PersonalDataKind::kPhoneNumber:
      return "PHONE_NUMBER";
    case PersonalDataKind::kEmailAddress:
      return "EMAIL_ADDRESS";
    case PersonalDataKind::kPersonName:
      return "PERSON_NAME";
    case PersonalDataKind::kAccountName:
      return "ACCOUNT_NAME";
  }
  return "PERSONAL_DATA";
}

std::optional<PersonalDataKind> FindPersonalData(std::string_view text) {
  const std::string plain = personal_data::PlainText(text);
  const std::vector<personal_data::DigitGroup> groups = personal_data::DigitGroups(plain);
  if (IsDegrees(plain, groups)) return std::nullopt;
  if (personal_data::HoldsPersonalNumber(plain, groups)) return PersonalDataKind::kPersonalIdentityNumber;
  if (personal_data::HoldsPhoneNumber(plain, groups)) return PersonalDataKind::kPhoneNumber;
  if (personal_data::HoldsEmailAddress(plain)) return PersonalDataKind::kEmailAddress;
  return std::nullopt;
}

std::optional<PersonalDataKind> FindPersonalData(std::string_view text, PersonalText kind,
                                                 const PersonNames& names) {
  if (const auto number = FindPersonalData(text)) return number;
  if (HoldsPersonName(text, kind, names)) return PersonalDataKind::kPersonName;
  if (HoldsAccountName(text, kind, names)) return PersonalDataKind::kAccountName;
  return std::nullopt;
}

}  // namespace lagesbild::geo
