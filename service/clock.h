#pragma once

#include <chrono>
#include <cstdio>
#include <functional>
#include <string>

namespace lagesbild::service {

/// Gives the present instant as UTC, ISO "2026-11-25T00:00:00Z". Time comes in as a value everywhere below;
/// only the server's wiring asks the system.
using Clock = std::function<std::string()>;

/// The system's clock, whole seconds.
inline std::string SystemUtcNow() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{now - day};
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text;
}

}  // namespace lagesbild::service
