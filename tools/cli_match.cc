#include "tools/cli_match.h"

#include <cstdio>

#include "tools/cli_text.h"

namespace lagesbild::tools {

std::string LevelWord(v1::MatchLevel level) {
  return OptionWord(v1::MatchLevel_Name(level).substr(std::string("MATCH_LEVEL_").size()));
}

std::string ReasonWord(v1::UnplacedReason reason) {
  return OptionWord(v1::UnplacedReason_Name(reason).substr(std::string("UNPLACED_REASON_").size()));
}

void PrintMatch(Session& session, const v1::GeocodeMatch& match) {
  if (match.level() == v1::MATCH_LEVEL_NONE) {
    std::printf("%s: %s\n", session.Say("Inte placerad", "Not placed"),
                ReasonWord(match.unplaced_reason()).c_str());
    for (const std::string& candidate : match.candidates()) {
      std::printf("  %s\n", candidate.c_str());
    }
    return;
  }
  std::printf("%s\n  %s  ±%.0f m%s\n  lon %.6f, lat %.6f\n  EPSG:%d E %.1f, N %.1f\n",
              match.matched().c_str(), LevelWord(match.level()).c_str(), match.accuracy_radius_m(),
              match.inside_boundary() ? "" : session.Say("  utanför kommungränsen", "  outside the boundary"),
              match.position().lon(), match.position().lat(), match.epsg_code(),
              match.plane_position().easting_m(), match.plane_position().northing_m());
}

}  // namespace lagesbild::tools
