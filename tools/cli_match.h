#pragma once

#include <string>

#include "lagesbild/v1/geocoding_service.pb.h"
#include "tools/cli_session.h"

namespace lagesbild::tools {

/// "address-point" for MATCH_LEVEL_ADDRESS_POINT.
std::string LevelWord(v1::MatchLevel level);
/// "not-found" for UNPLACED_REASON_NOT_FOUND.
std::string ReasonWord(v1::UnplacedReason reason);

/// A found place with level, radius and both positions; or why there is none, with the candidates.
void PrintMatch(Session& session, const v1::GeocodeMatch& match);

}  // namespace lagesbild::tools
