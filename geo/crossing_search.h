#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "geo/crossing.h"
#include "geo/place_search.h"
#include "geo/street_meeting.h"

namespace lagesbild::geo {

/// "X / Y", "X & Y", "X x Y", "X-Y", "X vid Y", "korsningen X och Y", "hörnet X, Y": where two named streets
/// meet. From road lines where the gazetteer has them, else from where the addresses of both come together,
/// which is said (CROSSING_ESTIMATED). Two places where they meet are ambiguous; two streets that are both
/// known and do not meet, or one of which is not known, are refused: never one of them in silence. Letters
/// wrong and words missing are read only where that makes two streets that meet. Holds references; for one
/// query.
class CrossingSearch {
 public:
  CrossingSearch(const RegisterIndex& index, const Surroundings& around) : index_(index), around_(around) {}
  /// `words` are those of the whole text, commas included.
  Finding Find(const std::vector<Word>& whole) const;

 private:
  /// A street by its name, as roads and as addresses.
  struct Named {
    std::vector<int> streets;
    std::vector<int> roads;  ///< groups
    std::vector<std::string> faults;
    std::string label;
    bool found() const { return !streets.empty() || !roads.empty(); }
  };
  /// Where a text may part: the first street's words and the first word of the second.
  struct Cut {
    std::size_t left, left_end, right;
    bool sure = false;    ///< an opener or a sign says that two streets meet here
    bool beside = false;  ///< "vid": may as well say where the first street is
  };
  /// How far the names may lie from the register's.
  enum class Reading { kExact, kNear };

  std::vector<Cut> CutsOf(const std::vector<Word>& words, bool& said) const;
  Finding At(const std::vector<Word>& words, const Cut& cut, Reading reading) const;
  bool MayEndAt(const std::vector<Word>& words, std::size_t end, const Cut& cut, PlaceContext& rest) const;
  Finding NotKnown(const std::vector<Word>& words, const std::vector<Cut>& cuts) const;

  Named Exact(const std::vector<Word>& words, std::size_t from, std::size_t to) const;
  std::vector<Named> Near(const std::vector<Word>& words, std::size_t from, std::size_t to) const;
  void Label(Named& named) const;

  Finding Between(const Named& a, const Named& b, const PlaceContext& context) const;
  Finding Meeting(const std::vector<Crossing>& crossings, bool measured, const Named& a, const Named& b,
                  const PlaceContext& context) const;
  /// Whether both have addresses in the locality or postcode area that is named.
  bool BothIn(const Named& a, const Named& b, const PlaceContext& context) const;
  std::vector<PlaneLine> RoadLines(const std::vector<int>& groups) const;
  PlaneLine BlockLine(int street) const;
  StreetHouses HousesOf(int street) const;
  /// The address nearest to a point among those of both streets; -1 for none.
  int NearestOf(const Named& a, const Named& b, PlanePoint point) const;

  const RegisterIndex& index_;
  const Surroundings& around_;
};

}  // namespace lagesbild::geo
