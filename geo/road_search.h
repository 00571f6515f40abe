#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "geo/place_search.h"

namespace lagesbild::geo {

/// "väg 56 vid Runhällen", "lv 272 mot Östervåla", "rv 72 mellan Heby och Sala", "väg 56, 3 km norr om Heby":
/// somewhere along a stretch of a numbered or named road, level ROAD_PLACE, radius half the stretch; "väg 56
/// / lv 272" where the two meet. Towards a place is what leads there from the last town before it. Needs road
/// lines; without them it finds nothing. Holds references; for one query.
class RoadSearch {
 public:
  RoadSearch(const RegisterIndex& index, const Surroundings& around) : index_(index), around_(around) {}
  /// `words` are those of the whole text.
  Finding Find(const std::vector<Word>& words) const;

 private:
  struct Mention {
    int group = -1;
    std::size_t from = 0, to = 0;  ///< words
  };
  /// A place along the road that the text names, and how.
  struct Beside {
    PlanePoint center;
    double reach_m = 0;
    std::size_t from = 0, to = 0;  ///< words
  };
  std::optional<Mention> FindRoad(const std::vector<Word>& words, std::size_t from) const;
  std::optional<Beside> FindPlace(const std::vector<Word>& words, std::size_t from) const;
  std::optional<Beside> PlaceAt(const std::vector<Word>& words, std::size_t at) const;
  std::optional<Beside> Context() const;

  // Where roads run (road_stretch.cc).
  std::vector<PlanePoint> Sampled(int group) const;
  static std::vector<PlanePoint> Between(const std::vector<PlanePoint>& points, const Beside& a,
                                         const Beside& b);
  std::vector<PlanePoint> Towards(const std::vector<PlanePoint>& points, const Beside& place) const;
  int RoadOf(const std::vector<Word>& words, std::size_t from, std::size_t to) const;
  int OtherRoad(const std::vector<Word>& words, const Mention& road) const;
  /// "väg 56 / lv 272": where they meet once; nothing where they meet twice or not at all.
  Finding Meeting(const std::vector<Word>& words, const Mention& road) const;
  Finding Stretch(const Mention& road, const std::vector<PlanePoint>& all,
                  std::vector<PlanePoint> points) const;

  const RegisterIndex& index_;
  const Surroundings& around_;
};

/// "3 km norr om", "200 m söderut": a distance and perhaps a bearing (degrees from north, clockwise).
struct OffsetPhrase {
  double distance_m = 0;
  std::optional<double> bearing_deg;
  std::size_t words = 0;
};
/// Reads such a phrase from word `at`; empty when there is none. A number and a unit alone are none: "5 m"
/// may be a house number.
std::optional<OffsetPhrase> ReadOffset(const std::vector<Word>& words, std::size_t at);

}  // namespace lagesbild::geo
