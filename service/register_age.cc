#include "service/register_age.h"

#include <algorithm>

namespace lagesbild::service {
namespace {

constexpr std::size_t kDateLength = 10;  // of "2026-11-25"

std::string DayOf(std::string_view instant) { return std::string(instant.substr(0, kDateLength)); }

/// ISO dates compare as texts; 29 February becomes a day that sorts between its neighbors.
std::string OneYearAfter(const std::string& day) {
  std::string year = std::to_string(std::stoi(day.substr(0, 4)) + 1);
  return std::string(4 - std::min<std::size_t>(4, year.size()), '0') + year + day.substr(4);
}

}  // namespace

std::string AgeWarningSv(const RegisterVersion& version, std::string_view day) {
  if (version.kind != "addresses" && version.kind != "population") return {};
  const std::string imported = DayOf(version.imported_at), today = DayOf(day);
  const bool dated = !version.dated_on.empty() && (imported.empty() || version.dated_on <= imported);
  const std::string& from = dated ? version.dated_on : imported;
  if (from.size() != kDateLength || OneYearAfter(from) >= today) return {};
  return std::string(version.kind == "addresses" ? "Adressregistret" : "Befolkningsuppgifterna") +
         (dated ? " är från " : " lästes in ") + from + ", mer än ett år före " + today +
         "; hämta en nyare version och läs in den.";
}

std::vector<std::string> AgeWarningsSv(const std::vector<RegisterVersion>& versions, std::string_view day) {
  std::vector<std::string> warnings;
  for (const RegisterVersion& version : versions)
    if (std::string warning = AgeWarningSv(version, day); !warning.empty())
      warnings.push_back(std::move(warning));
  return warnings;
}

}  // namespace lagesbild::service
