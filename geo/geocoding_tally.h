#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "geo/incident.h"

namespace lagesbild::geo {

/// What became of one place, and whose it was.
struct GeocodedPlace {
  std::string reporter, locality,
      month;  ///< locality "?" when not known; month "2026-08", "?" when not known
  MatchLevel level = MatchLevel::kNone;
  UnplacedReason reason = UnplacedReason::kNone;
  bool coarse = false;  ///< too coarse for density and grid statistics
};

/// asked = placed + outside + unplaced.
struct HitRate {
  std::int64_t asked = 0, placed = 0, outside = 0, unplaced = 0, coarse = 0;
  /// Share with a position, 0 to 1; 0 where nothing was asked.
  double fraction() const;
  /// Under 85 % of at least twenty asked: a first estimate of what a map needs (Ratcliffe 2004).
  bool below_threshold() const;
};
inline constexpr double kLeastHitRate = 0.85;
inline constexpr std::int64_t kLeastAsked = 20;

/// Counts how well places are found, by group.
class GeocodingTally {
 public:
  void Add(const GeocodedPlace& place);

  const HitRate& total() const { return total_; }
  const std::map<std::string, HitRate>& reporters() const { return reporters_; }
  const std::map<std::string, HitRate>& localities() const { return localities_; }
  const std::map<std::string, HitRate>& months() const { return months_; }
  const std::map<MatchLevel, std::int64_t>& levels() const { return levels_; }
  const std::map<UnplacedReason, std::int64_t>& reasons() const { return reasons_; }

 private:
  HitRate total_;
  std::map<std::string, HitRate> reporters_, localities_, months_;
  std::map<MatchLevel, std::int64_t> levels_;
  std::map<UnplacedReason, std::int64_t> reasons_;
};

/// A text that waits for a place, or was not found.
struct WaitingText {
  std::string text, locality;
  std::int64_t id = 0;  ///< of what waits with it
};

/// Texts that are written nearly alike, of which one resolution would place all.
struct AlikeTexts {
  std::string text, locality;  ///< the most frequent spelling, normalized; of equals the first by alphabet
  std::int64_t count = 0;      ///< that wait
  int spellings = 0;
  std::int64_t first_id = 0;  ///< the lowest id of the most frequent spelling
};

/// Groups of texts, the largest first, of equals by text; at most `most`. Alike: one letter differs, two from
/// eight letters on, the house numbers being the same, in one locality; each rarer spelling joins the most
/// frequent one it is near to. O(spellings² in the worst case; over 5,000 spellings only equal ones are
/// grouped).
std::vector<AlikeTexts> GroupAlikeTexts(std::vector<WaitingText> texts, std::size_t most);

}  // namespace lagesbild::geo
