#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/incident.h"

namespace lagesbild::geo {

/// One incident with a position, as far as a pile-up needs it.
struct PileUpIncident {
  PlanePoint position;
  std::string reporter;
  Category category = Category::kOther;
  std::chrono::sys_days day;
  /// Stands for the place as it was written, same words same key; empty: given as coordinates.
  std::string place_key;
};

/// The middle of something that people fall back on: a municipality, a locality, a district.
struct AreaCenter {
  std::string name;
  PlanePoint position;
};

enum class PileUpKind {
  kDefaultPoint,  ///< written in where the place was not known: a police station, a school office
  kCentroid,      ///< coordinates that are the middle of an area
  kRepeats,       ///< one place told of again and again: a finding, not an error
};
std::string_view PileUpKindCode(PileUpKind kind);  ///< "default_point", "centroid", "repeats"

/// A point that collects incidents.
struct PileUp {
  PileUpKind kind = PileUpKind::kRepeats;
  PlanePoint position;
  std::string center_name;  ///< of the area whose middle it is; else empty
  int incidents = 0;
  int texts = 0;  ///< different place keys; 0: coordinates only
  int reporters = 0, categories = 0, days = 0;
  double reporter_share = 0;  ///< of the incidents of one reporter, the largest: those that lie here
};

struct PileUpOptions {
  int min_incidents = 5;            ///< fewer at one point are no pile-up
  Meters same_point{1};             ///< coordinates are rounded to squares of this side
  Meters center_distance{50};       ///< from the middle of an area
  int min_categories = 3;           ///< of a default point: what happens at one place is of few kinds
  double min_day_share = 0.5;       ///< of a default point: different days per incident ...
  int many_days = 30;               ///< ... or so many days, of a point that collects several a day
  double min_reporter_share = 0.2;  ///< of a default point: of one reporter's incidents
  /// A reporter's coordinates are of few points when its incidents without text are at least so many, and lie
  /// at no more points per incident than this.
  int min_coordinates = 20;
  double max_point_share = 0.2;
};

/// Points with many incidents, and whether they are places where much happens or places that were written in
/// because the real one was not known.
///
/// A design, as no source has a rule: a default point collects a large share of one reporter's incidents, of
/// several categories, on many days; a place with repeats has few kinds of incidents or a small share of what
/// its reporter tells of. Where a reporter's coordinates are of few points altogether, no point has a large
/// share, and still none is where anything happened: several categories on many days are enough. Coordinates
/// (no text) within `center_distance` of an area's middle are a centroid, from two incidents on. Those in
/// doubt first, then most incidents, then by easting and northing; order of the input does not matter. Throws
/// InvalidInput: a position that is not finite, options below 1 or out of range. Cost: O(n log n).
std::vector<PileUp> FindPileUps(std::span<const PileUpIncident> incidents,
                                std::span<const AreaCenter> centers, const PileUpOptions& options = {});

}  // namespace lagesbild::geo
