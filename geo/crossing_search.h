#pragma once

#include <string>
#include <vector>

#include "geo/crossing.h"
#include "geo/place_search.h"

namespace lagesbild::geo {

/// "X / Y", "X & Y", "korsningen X och Y", "hörnet X och Y", "X-Y": where two named streets meet. From road
/// lines where the gazetteer has them, else from where the addresses of both come together, which is said
/// (CROSSING_ESTIMATED). Two places where they meet are ambiguous. Holds references; for one query.
class CrossingSearch {
 public:
  CrossingSearch(const RegisterIndex& index, const Surroundings& around) : index_(index), around_(around) {}
  Finding Find(const AddressPart& part) const;

 private:
  /// A street by its name, as roads and as addresses.
  struct Named {
    std::vector<int> streets;
    std::vector<int> roads;  ///< groups
    std::vector<std::string> faults;
    std::string label;
    bool found() const { return !streets.empty() || !roads.empty(); }
  };
  Named Read(const std::vector<Word>& words, std::size_t from, std::size_t to) const;
  Finding Between(const Named& a, const Named& b, const PlaceContext& context) const;
  Finding Meeting(const std::vector<Crossing>& crossings, bool measured, const Named& a, const Named& b,
                  const PlaceContext& context) const;
  std::vector<PlaneLine> RoadLines(const std::vector<int>& groups) const;
  std::vector<PlaneLine> AddressLines(int street) const;
  /// The address nearest to a point among those of both streets; -1 for none.
  int NearestOf(const Named& a, const Named& b, PlanePoint point) const;

  const RegisterIndex& index_;
  const Surroundings& around_;
};

}  // namespace lagesbild::geo
