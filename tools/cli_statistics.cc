#include "tools/cli_statistics.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>

namespace lagesbild::tools {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

Json ToJson(const TestSettings& settings) {
  Json json = {{"side", settings.side}, {"family", settings.family}, {"correction", settings.correction}};
  json["draws"] = settings.draws;
  if (settings.draws > 0) json["seed"] = settings.seed;
  return json;
}

void PrintSettings(const Session& session, const TestSettings& settings) {
  const bool high = settings.side == "high";
  std::printf(session.Say("Sida: %s. Familj: %lld prövade. Rättning: %s.",
                          "Side: %s. Family: %lld tested. Correction: %s."),
              high ? session.Say("fler än väntat", "more than expected") : session.Say("båda", "both"),
              settings.family,
              settings.correction == "none" ? session.Say("ingen", "none") : settings.correction.c_str());
  if (settings.draws > 0)
    std::printf(session.Say(" Frö %llu, %d omdragningar.", " Seed %llu, %d draws."),
                static_cast<unsigned long long>(settings.seed), settings.draws);
  std::printf("\n");
}

bool AnswerTooFew(const Session& session, const char* method_sv, const char* method_en, long long found,
                  long long minimum, Json more) {
  if (found >= minimum) return false;
  if (session.json()) {
    Json json = {{"status", "too_few"},
                 {"text_sv", "för få händelser"},
                 {"method", method_en},
                 {"found", found},
                 {"minimum", minimum}};
    if (!more.is_null()) json.update(more);
    PrintJsonDocument(json);
    return true;
  }
  std::printf(session.Say("För få händelser för %s: %lld, det behövs minst %lld.\n",
                          "Too few incidents for %s: %lld, it needs at least %lld.\n"),
              session.Say(method_sv, method_en), found, minimum);
  return true;
}

Json Finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string Short(double value) {
  if (!std::isfinite(value)) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

void PrintJsonDocument(const Json& json) { std::printf("%s\n", json.dump(2).c_str()); }

void AddPointOptions(CLI::App& command, PointFile& points, bool required) {
  command.add_option("--points", points.path, "CSV with a header")->required(required);
  command.add_option("--x", points.x, "Column of the easting, m; default x");
  command.add_option("--y", points.y, "Column of the northing, m; default y");
}

}  // namespace lagesbild::tools
