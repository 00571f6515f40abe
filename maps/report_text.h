#pragma once

#include <string>
#include <vector>

#include "geo/hot_places.h"
#include "maps/picture_files.h"

namespace lagesbild::maps {

/// Decimal comma and a no-break space between thousands: "1 234,5".
std::string GroupedNumber(double value, int decimals);

/// "1 händelse", "2 händelser".
std::string Count(std::int64_t count, const std::string& one, const std::string& many);

/// The first letter small, for labels inside a sentence: "ungdomar 13–17 år".
std::string InSentence(const std::string& label);

/// The first letter large, where it is one of a to z: "Intill Harbo".
std::string Capitalized(const std::string& text);

/// "A, B och C"; empty for none.
std::string Listed(const std::vector<std::string>& texts);

/// Where a point is, in words that a person of the place understands, never an address: "Östervåla (vid
/// Östervåla skola)", "3 km norr om Harbo". Public places within 300 m are named.
class PlaceNames {
 public:
  explicit PlaceNames(const ReferenceLayers& reference);
  std::string Of(geo::PlanePoint point) const;

 private:
  const ReferenceLayers* reference_;
  std::vector<geo::PlanePoint> centers_;  ///< of the localities
};

/// How often chance would give so much, from the family-wise p of the maximum statistic: "Om händelserna bara
/// följde var gruppen bor skulle en minst lika ovanlig plats finnas någonstans i ungefär 2 av 100 kartor."
/// Says so when that is often. `several_maps`: the family has more than one tested group, so that a redraw is
/// a whole picture and not a map.
std::string ChanceText(double maximum_p, bool several_maps);

/// "3,1", "0,42", "under 0,01".
std::string ExpectedText(double expected);

/// One place in plain words: what was reported, by how many, what was expected, what chance gives; and that
/// some of it lies at a point in doubt, where it does.
std::string PlaceSentence(const geo::HotPlace& place, bool several_maps);

}  // namespace lagesbild::maps
