#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "tools/cli_session.h"
#include "tools/point_files.h"

namespace CLI {
class App;
}

namespace lagesbild::tools {

/// What every answer of a test tells beside its numbers.
struct TestSettings {
  std::string side;  ///< "high", "two_sided"
  long long family = 0;
  std::string correction;  ///< "bh", "by", "holm", "max", "none"
  std::uint64_t seed = 0;
  int draws = 0;  ///< 0: nothing was drawn, and the seed is not told
};
nlohmann::ordered_json ToJson(const TestSettings& settings);
void PrintSettings(const Session& session, const TestSettings& settings);

/// The answer "too few": what was found, and the smallest number that would do. `method_*` in each language.
/// Returns whether it was so; then everything is printed, with `more` added to the JSON.
bool AnswerTooFew(const Session& session, const char* method_sv, const char* method_en, long long found,
                  long long minimum, nlohmann::ordered_json more = {});

/// null where the number is not finite: JSON has no other way.
nlohmann::ordered_json Finite(double value);
/// "0.0123", "1.2e-05", "-" where not finite.
std::string Short(double value);
void PrintJsonDocument(const nlohmann::ordered_json& json);

/// --points, --x, --y of a command.
void AddPointOptions(CLI::App& command, PointFile& points, bool required = true);

}  // namespace lagesbild::tools
