#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/store.h"

namespace lagesbild::service {

/// Swedish sentence when addresses or population are more than a year older than `day` ("2026-11-25", or an
/// instant); else empty. Their age is that of the newest date in the file, else of the import. Boundaries and
/// places are not asked: they change seldom and say so themselves.
std::string AgeWarningSv(const RegisterVersion& version, std::string_view day);

/// The warnings of all versions, in their order.
std::vector<std::string> AgeWarningsSv(const std::vector<RegisterVersion>& versions, std::string_view day);

}  // namespace lagesbild::service
