#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lagesbild::geo {

enum class ContactRoleFault {
  kPersonalData,   ///< a number, phone number, e-mail address or account
  kLooksLikeName,  ///< a person's name, or a word with a capital that is no role, place or abbreviation
  kNoRole,         ///< no word for a role, or digits
};

/// What is wrong with a contact role such as "säkerhetssamordnare" or "Rektor, Östervåla skola"; empty when
/// nothing is. A role holds a Swedish word for one (its last part: "chef", "samordnare", "kassör"), and only
/// such words, names in `places` and abbreviations in capitals ("VD", "LPO") begin with a capital. A
/// name in small letters is recognized where PersonNames holds it. Never returns the text itself.
///
/// @param places  names that may stand in it: municipality, districts, localities. Empty text is accepted.
std::optional<ContactRoleFault> CheckContactRole(std::string_view text, std::span<const std::string> places);

}  // namespace lagesbild::geo
