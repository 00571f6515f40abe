#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace lagesbild::geo {

/// The call cannot be done as asked. The message says what was wrong, with the value, and what would be
/// right.
class InvalidInput : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/// A boundary crosses itself, or touches itself along a line. Holds where: easting and northing as text,
/// empty when that is not known.
class CrossingBoundary : public InvalidInput {
 public:
  CrossingBoundary(const std::string& message, std::string where)
      : InvalidInput(message), place(std::move(where)) {}
  std::string place;
};

/// Fewer incidents than the method needs. Holds what was found and the minimum.
class TooFewIncidents : public std::runtime_error {
 public:
  TooFewIncidents(int found_count, int minimum_count)
      : std::runtime_error("too few incidents: found " + std::to_string(found_count) + ", needs at least " +
                           std::to_string(minimum_count)),
        found(found_count),
        minimum(minimum_count) {}
  int found, minimum;
};

/// The caller asked for the work to stop (`std::stop_token`).
class Cancelled : public std::runtime_error {
 public:
  Cancelled() : std::runtime_error("cancelled by the caller") {}
};

}  // namespace lagesbild::geo
