#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lagesbild::service {

/// The text with every byte that is no part of well-formed UTF-8 replaced by U+FFFD. Protobuf takes nothing
/// else into a string.
std::string ValidUtf8(std::string_view text);
bool IsValidUtf8(std::string_view text);

/// The first or last at most `bytes` bytes of well-formed UTF-8, cut between two code points.
std::string FirstBytes(std::string_view utf8, std::size_t bytes);
std::string LastBytes(std::string_view utf8, std::size_t bytes);

}  // namespace lagesbild::service
