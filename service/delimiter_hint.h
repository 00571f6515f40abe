#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/errors.h"

namespace lagesbild::service {

/// What is wrong with the mapping's delimiter when a file lacks mapped columns: the header, cut at another
/// delimiter, has more of the `wanted` columns; or it has one column only. Says which delimiter the file
/// looks like. Nothing when the delimiter explains nothing. `used` is the mapping's, 0 = guessed by the
/// reader.
std::optional<FieldViolation> WrongDelimiter(const std::vector<std::string>& header,
                                             const std::vector<std::string>& wanted, char used);

}  // namespace lagesbild::service
