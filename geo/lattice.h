#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "geo/situation_picture.h"
#include "geo/study_area.h"

namespace lagesbild::geo {

/// How large an area must at least be, counted in what stands and lives there all the time.
struct LatticeThresholds {
  int min_dwellings = 10;
  int min_persons = 25;
  friend bool operator==(LatticeThresholds, LatticeThresholds) = default;
};

/// Everything that the lattice depends on. Never an incident.
struct LatticeInput {
  const StudyArea* boundary = nullptr;
  std::vector<NamedArea> districts;   ///< disjoint; where two overlap, the first by code counts
  std::vector<NamedArea> localities;  ///< disjoint; one may lie in several districts
  /// Positions of the addresses in force; each is a dwelling. Outside the boundary they do not count.
  std::vector<PlanePoint> dwellings;
  /// Empty: the lattice rests on addresses alone.
  std::vector<Inhabitants> inhabitants;
  /// `coarse` for the wider audience (public), `fine` for the narrower (partner); fine <= coarse.
  LatticeThresholds coarse{10, 25}, fine{5, 12};
};

enum class AreaLevel { kMunicipality, kDistrict, kLocality, kLeaf };
std::string_view AreaLevelCode(AreaLevel level);  ///< "municipality", "district", "locality", "leaf"

/// Which of the two nested partitions is meant.
enum class LatticeGrain { kCoarse, kFine };

/// A 100 m square in which somebody lives, corners at multiples of 100 m.
struct InhabitedSquare {
  PlanePoint south_west;
  int dwellings = 0, persons = 0;
};
inline constexpr Meters kInhabitedSquareSize{100};

struct LatticeArea {
  /// Stable: does not depend on the order of input, only on where the area lies. Municipality "M"; district
  /// its own code (united ones "A+B"); locality "district/locality", countryside "district/-"; leaf: its
  /// place's code and the square that it was made from as SCB writes it, "U24/T3/500mN6648500E617000".
  std::string code;
  std::string name_sv;  ///< "Tärnsjö", "Landsbygd i Nora", "Tärnsjö, ruta 500 m N6648500 E617000"
  AreaLevel level = AreaLevel::kMunicipality;
  int parent = -1;            ///< index, -1 for the municipality
  std::vector<int> children;  ///< indices, in order of code
  bool coarse_leaf = false;   ///< belongs to the coarse partition
  int dwellings = 0, persons = 0;
  /// For drawing: squares cut by place and boundary. Points decide by Lattice::LeafOf, not by this.
  MultiPolygon geometry;
  /// Leaves of the fine partition only: where in the area people live, by northing, then easting.
  std::vector<InhabitedSquare> inhabited;

  bool is_leaf(LatticeGrain grain) const {
    return grain == LatticeGrain::kCoarse ? coarse_leaf : children.empty();
  }
};

/// A fixed partition of the municipality made of dwellings and population alone, the same for all age groups,
/// categories and quarters of a series: municipality, district, locality (or the district's countryside),
/// and squares aligned with SCB's, 8 km down to 250 m.
///
/// * A place is a locality's part of a district, or the countryside of a district. A locality under the
/// coarse
///   thresholds belongs to the countryside; a countryside under them belongs to the district's largest
///   locality. A district with one place is that place. A district under the coarse thresholds is united
///   with the district whose inner point is nearest.
/// * In a place, an 8 km square under the thresholds belongs to the nearest 8 km square that is not. A square
///   is split into four only when every quarter with a dwelling in this place satisfies both thresholds.
///   A quarter without dwellings belongs to its nearest sibling that has some (ties: the south-western
///   first).
/// * Coarse first; the fine partition goes on splitting with its lower thresholds. So every fine leaf lies in
///   one coarse leaf, and every leaf satisfies its thresholds.
/// * Areas with one child are not repeated: the child is left out.
///
/// Every point of the municipality is in exactly one fine leaf. A point in no district belongs to the
/// nearest.
class Lattice {
 public:
  /// Municipality first, then depth first in order of code; an area's descendants follow it directly.
  const std::vector<LatticeArea>& areas() const { return areas_; }
  bool rests_on_addresses_alone() const { return rests_on_addresses_alone_; }
  const StudyArea& boundary() const { return *boundary_; }
  LatticeThresholds thresholds(LatticeGrain grain) const {
    return grain == LatticeGrain::kCoarse ? coarse_ : fine_;
  }

  /// Index of the leaf that holds the point; empty outside the boundary and for coordinates not finite.
  std::optional<int> LeafOf(PlanePoint point, LatticeGrain grain) const;
  /// Index of the smallest area at district or locality level (or the municipality) whose circle of `radius`
  /// around the point lies in it surely. Empty outside the boundary.
  std::optional<int> SurelyIn(PlanePoint point, Meters radius) const;
  /// Index of the place (level kLocality, or the district or municipality that is its own only place) that
  /// holds the point, and whether it is a locality, not countryside. Empty outside the boundary.
  struct PlaceAt {
    int area = 0;
    bool is_locality = false;
  };
  std::optional<PlaceAt> PlaceOf(PlanePoint point) const;

  std::vector<int> Leaves(LatticeGrain grain) const;  ///< ascending
  /// The area and all its descendants: indices [first, last).
  std::pair<int, int> Span(int area) const { return {area, ends_[static_cast<std::size_t>(area)]}; }
  /// Where people live in an area of any level, by northing, then easting.
  std::vector<InhabitedSquare> InhabitedPart(int area) const;

 private:
  friend class LatticeBuilder;
  struct District {
    int area = 0;
    std::vector<std::shared_ptr<const StudyArea>> parts;
    std::vector<std::pair<std::shared_ptr<const StudyArea>, int>> localities;  ///< polygon, place
    int countryside = 0;                                                       ///< place
  };
  struct Place {
    int area = 0;
    bool is_locality = false;
  };
  /// place, size in meters, column, row
  using SquareKey = std::tuple<int, int, std::int64_t, std::int64_t>;

  std::optional<std::pair<int, int>> DistrictAndPlaceOf(PlanePoint point) const;

  std::vector<LatticeArea> areas_;
  std::vector<int> ends_;
  std::vector<District> districts_;
  std::vector<Place> places_;
  std::map<SquareKey, int> leaf_of_square_;
  std::shared_ptr<const StudyArea> boundary_;
  LatticeThresholds coarse_, fine_;
  bool rests_on_addresses_alone_ = false;
};

/// Throws InvalidInput: no boundary, a threshold under 1, fine over coarse, a repeated or empty district or
/// locality code, a negative number of inhabitants, or fewer dwellings or persons in the municipality than
/// one area needs. Cost: O(dwellings · log), plus one polygon overlay per area.
Lattice MakeLattice(const LatticeInput& input);

}  // namespace lagesbild::geo
