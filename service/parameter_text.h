#pragma once

#include <charconv>
#include <string>
#include <string_view>

namespace lagesbild::service {

/// Shortest text that reads back as the same number, independent of locale.
inline std::string NumberText(double value) {
  char buffer[64];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  return {buffer, error == std::errc{} ? end : buffer};
}

/// Appends `name=value` and a line feed.
inline void AddLine(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append("=").append(value).append("\n");
}

}  // namespace lagesbild::service
