#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/concentration.h"
#include "geo/hot_places.h"
#include "geo/hotspot_stability.h"
#include "geo/layer_power.h"
#include "geo/poisson_interval.h"

namespace lagesbild::geo {

/// Incidents of a quarter before the picture's.
struct EarlierQuarter {
  CalendarQuarter quarter;
  std::vector<Incident> incidents;
};

/// A hot place with what a reader must know before going there.
struct ListedPlace {
  std::string group;  ///< AgeGroup::code
  HotPlace place;
  /// Exact 95 % interval of the mean that the tested count may come from.
  PoissonInterval interval;
  int variants = 0, hot_variants = 0;
  double stability = 0;               ///< share of the variants (omdragningsandel); no probability
  std::vector<std::string> leans_on;  ///< reporters without whom it is no longer hot
  bool leans_on_repeats = false;      ///< no longer hot without positions that are repeated
  int largest_repeat = 0;             ///< most incidents at one position in the place; 0 or 1: no repeat
  bool pile_up = false;               ///< that position has at least PlaceListOptions::pile_up
  int tested_quarters = 0;            ///< earlier quarters in which the group could be tested
  int hot_quarters = 0;               ///< of these, with a hot neighborhood here
};

/// How a group's incidents lie, and what its test could have seen. Told whether or not anything is hot.
struct GroupSpread {
  std::string group;
  std::optional<LayerPower> power;             ///< absent where nobody of the group is known to live anywhere
  std::optional<Concentration> concentration;  ///< over the cells where incidents can happen; absent without
};

/// The ranked list of places of one picture.
struct PlaceList {
  std::vector<ListedPlace> places;  ///< by layer in the picture's order, strongest first within it
  std::vector<GroupSpread> groups;  ///< in the picture's order
  std::vector<StabilityVariant> variants;
  std::vector<CalendarQuarter> earlier;  ///< looked at for persistence, the latest first
};

struct PlaceListOptions {
  int pile_up = 5;  ///< incidents at one position from which on it is called a pile-up
  double level = 0.95;
  LayerPowerOptions power;
};

/// Every hot place of the picture with interval, stability, reporters that it rests on, repeats, and in how
/// many of the earlier quarters it was hot; and per group power and concentration.
///
/// Persistence counts only reporters that have incidents in the picture too: another set of reporters is
/// another picture. The earlier quarters are tested like the picture, on its grid and its inhabitants.
/// `picture` must be what MakeSituationPicture made of `input`. Deterministic. Throws as MeasureStability.
/// Cost: O((variants + earlier) · (inhabitants + cells) · groups). Source: statistics.md 2, rules 6 to 8.
PlaceList MakePlaceList(const PictureInput& input, const SituationPicture& picture,
                        std::span<const EarlierQuarter> earlier, const PlaceListOptions& options = {},
                        std::stop_token stop = {});

}  // namespace lagesbild::geo
