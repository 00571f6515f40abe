#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "geo/errors.h"
#include "geo/lattice.h"
#include "geo/lattice_quadtree.h"

namespace lagesbild::geo {
namespace {

struct Sum {
  int dwellings = 0, persons = 0;
};

bool Satisfies(Sum sum, LatticeThresholds thresholds) {
  return sum.dwellings >= thresholds.min_dwellings && sum.persons >= thresholds.min_persons;
}

Sum SumOf(const std::vector<LatticeUnit>& units) {
  Sum sum;
  for (const LatticeUnit& unit : units) {
    sum.dwellings += unit.dwellings;
    sum.persons += unit.persons;
  }
  return sum;
}

void CheckCodes(const std::vector<NamedArea>& areas, const char* what) {
  std::set<std::string> codes;
  for (const NamedArea& area : areas) {
    if (area.code.empty())
      throw InvalidInput(std::string("a ") + what + " has no code; every one needs its own");
    if (!codes.insert(area.code).second)
      throw InvalidInput(std::string("the ") + what + " code " + area.code + " is given twice");
  }
}

void CheckInput(const LatticeInput& input) {
  if (input.boundary == nullptr) throw InvalidInput("a lattice needs the boundary of the municipality");
  for (const LatticeThresholds& thresholds : {input.coarse, input.fine})
    if (thresholds.min_dwellings < 1 || thresholds.min_persons < 1)
      throw InvalidInput("the lattice's thresholds must be at least 1 dwelling and 1 person");
  if (input.fine.min_dwellings > input.coarse.min_dwellings ||
      input.fine.min_persons > input.coarse.min_persons)
    throw InvalidInput("the lattice's fine thresholds must not be over the coarse ones");
  for (const Inhabitants& entry : input.inhabitants)
    if (entry.count < 0) throw InvalidInput("a number of inhabitants is negative; it must be 0 or more");
  CheckCodes(input.districts, "district");
  CheckCodes(input.localities, "locality");
}

std::vector<NamedArea> ByCode(std::vector<NamedArea> areas) {
  std::sort(areas.begin(), areas.end(),
            [](const NamedArea& a, const NamedArea& b) { return a.code < b.code; });
  return areas;
}

/// Everyone inside the boundary, by position, so that the order of the input cannot matter.
std::vector<LatticeUnit> UnitsOf(const LatticeInput& input) {
  std::map<PlanePoint, LatticeUnit> units;
  for (const PlanePoint& position : input.dwellings)
    if (input.boundary->contains(position)) ++units[position].dwellings;
  for (const Inhabitants& entry : input.inhabitants)
    if (input.boundary->contains(entry.position)) units[entry.position].persons += entry.count;
  std::vector<LatticeUnit> answer;
  for (auto& [position, unit] : units) {
    unit.position = position;
    answer.push_back(unit);
  }
  return answer;
}

/// Districts that count as one, with what they hold.
struct DistrictPlan {
  std::string code, name_sv;
  std::vector<std::shared_ptr<const StudyArea>> parts;
  MultiPolygon geometry;
  std::vector<LatticeUnit> units;
};

double SquaredDistance(PlanePoint a, PlanePoint b) {
  const double dx = a.easting.value() - b.easting.value(), dy = a.northing.value() - b.northing.value();
  return dx * dx + dy * dy;
}

void Unite(std::vector<DistrictPlan>& plans, std::size_t into, std::size_t from) {
  if (from < into) std::swap(from, into);
  DistrictPlan &a = plans[into], &b = plans[from];
  a.code += "+" + b.code;
  a.name_sv += " och " + b.name_sv;
  a.parts.insert(a.parts.end(), b.parts.begin(), b.parts.end());
  a.geometry.insert(a.geometry.end(), b.geometry.begin(), b.geometry.end());
  a.geometry = Union(a.geometry);
  a.units.insert(a.units.end(), b.units.begin(), b.units.end());
  plans.erase(plans.begin() + static_cast<std::ptrdiff_t>(from));
}

void UniteSmallDistricts(std::vector<DistrictPlan>& plans, LatticeThresholds coarse) {
  while (plans.size() > 1) {
    const auto small = std::find_if(plans.begin(), plans.end(), [&](const DistrictPlan& plan) {
      return !Satisfies(SumOf(plan.units), coarse);
    });
    if (small == plans.end()) return;
    const auto from = static_cast<std::size_t>(small - plans.begin());
    const PlanePoint center = InnerPoint(small->geometry);
    std::size_t nearest = from == 0 ? 1 : 0;
    for (std::size_t i = 0; i < plans.size(); ++i)
      if (i != from && SquaredDistance(InnerPoint(plans[i].geometry), center) <
                           SquaredDistance(InnerPoint(plans[nearest].geometry), center))
        nearest = i;
    Unite(plans, nearest, from);
  }
}

std::size_t NearestDistrict(const std::vector<DistrictPlan>& plans, PlanePoint position) {
  std::size_t nearest = 0;
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < plans.size(); ++i)
    for (const auto& part : plans[i].parts) {
      const double distance = part->distance_to_boundary(position).value();
      if (distance < best) best = distance, nearest = i;
    }
  return nearest;
}

std::vector<DistrictPlan> PlanDistricts(const LatticeInput& input, const std::vector<LatticeUnit>& units) {
  std::vector<DistrictPlan> plans;
  for (const NamedArea& district : ByCode(input.districts)) {
    DistrictPlan& plan = plans.emplace_back();
    plan.code = district.code;
    plan.name_sv = district.name;
    plan.parts.push_back(std::make_shared<const StudyArea>(district.polygons));
    plan.geometry = Intersection(plan.parts.front()->polygons(), input.boundary->polygons());
  }
  std::erase_if(plans, [](const DistrictPlan& plan) { return plan.geometry.empty(); });
  if (plans.empty()) {
    plans.push_back({"-", "", {}, input.boundary->polygons(), units});
    return plans;
  }
  for (const LatticeUnit& unit : units) {
    const auto plan = std::find_if(plans.begin(), plans.end(), [&](const DistrictPlan& candidate) {
      return candidate.parts.front()->contains(unit.position);
    });
    (plan == plans.end() ? plans[NearestDistrict(plans, unit.position)] : *plan).units.push_back(unit);
  }
  UniteSmallDistricts(plans, input.coarse);
  return plans;
}

/// A locality's part of a district, or its countryside.
struct PlacePlan {
  std::string code, name_sv;
  bool is_locality = false;
  std::vector<std::shared_ptr<const StudyArea>> polygons;  ///< of localities
  MultiPolygon geometry;
  std::vector<LatticeUnit> units;
};

std::vector<PlacePlan> PlanPlaces(const DistrictPlan& district, const std::vector<NamedArea>& localities,
                                  LatticeThresholds coarse) {
  std::vector<PlacePlan> places;
  std::vector<LatticeUnit> rest = district.units;
  MultiPolygon countryside = district.geometry;
  for (const NamedArea& locality : localities) {
    const auto polygon = std::make_shared<const StudyArea>(locality.polygons);
    const auto inside = std::stable_partition(
        rest.begin(), rest.end(), [&](const LatticeUnit& unit) { return !polygon->contains(unit.position); });
    std::vector<LatticeUnit> units(inside, rest.end());
    if (!Satisfies(SumOf(units), coarse)) continue;
    rest.erase(inside, rest.end());
    PlacePlan& place = places.emplace_back();
    place.code = locality.code;
    place.name_sv = locality.name;
    place.is_locality = true;
    place.polygons.push_back(polygon);
    place.geometry = Intersection(countryside, polygon->polygons());
    place.units = std::move(units);
    countryside = Difference(countryside, polygon->polygons());
  }
  if (Satisfies(SumOf(rest), coarse) || places.empty()) {
    places.push_back({"-",
                      "Landsbygd" + (district.name_sv.empty() ? "" : " i " + district.name_sv),
                      false,
                      {},
                      countryside,
                      std::move(rest)});
    return places;
  }
  const auto largest = std::max_element(places.begin(), places.end(), [](const auto& a, const auto& b) {
    return SumOf(a.units).dwellings < SumOf(b.units).dwellings;
  });
  largest->name_sv += " med omnejd";
  largest->is_locality = false;  // a street there need not lie in the locality
  largest->units.insert(largest->units.end(), rest.begin(), rest.end());
  largest->geometry.insert(largest->geometry.end(), countryside.begin(), countryside.end());
  largest->geometry = Union(largest->geometry);
  return places;
}

/// An area before it has an index.
struct Draft {
  LatticeArea area;
  std::vector<Draft> children;
  std::vector<LatticeSquare> squares;  ///< of a leaf
  int squares_place = -1;              ///< place to which the squares belong
  std::vector<int> districts, places;  ///< which of the lattice's are this area
};

std::vector<InhabitedSquare> InhabitedSquares(const std::vector<LatticeUnit>& units) {
  std::map<std::pair<std::int64_t, std::int64_t>, InhabitedSquare> squares;
  const double size = kInhabitedSquareSize.value();
  for (const LatticeUnit& unit : units) {
    const LatticeSquare key = SquareOf(unit.position, static_cast<int>(size));
    InhabitedSquare& square = squares[{key.row, key.column}];
    square.south_west = {Meters{static_cast<double>(key.column) * size},
                         Meters{static_cast<double>(key.row) * size}};
    square.dwellings += unit.dwellings;
    square.persons += unit.persons;
  }
  std::vector<InhabitedSquare> answer;
  answer.reserve(squares.size());
  for (const auto& [key, square] : squares) answer.push_back(square);
  return answer;
}

Draft DraftOfNode(const LatticeNode& node, const LatticeArea& place, int place_index) {
  Draft draft;
  draft.area.code = place.code + "/" + SquareCode(node.square);
  draft.area.name_sv = place.name_sv + ", ruta " + std::to_string(node.square.size_m) + " m N" +
                       std::to_string(node.square.row * node.square.size_m) + " E" +
                       std::to_string(node.square.column * node.square.size_m);
  draft.area.level = AreaLevel::kLeaf;
  draft.area.coarse_leaf = node.coarse_leaf;
  draft.area.dwellings = node.dwellings;
  draft.area.persons = node.persons;
  draft.area.geometry = node.geometry;
  draft.area.inhabited = InhabitedSquares(node.units);
  draft.squares = node.squares;
  draft.squares_place = place_index;
  for (const LatticeNode& child : node.children)
    draft.children.push_back(DraftOfNode(child, place, place_index));
  return draft;
}

void SetSum(LatticeArea& area, Sum sum) {
  area.dwellings = sum.dwellings;
  area.persons = sum.persons;
}

/// An area with one child is that child: it keeps its own name and takes what the child is made of.
void TakeOverOnlyChild(Draft& draft) {
  while (draft.children.size() == 1) {
    Draft child = std::move(draft.children.front());
    draft.area.coarse_leaf = draft.area.coarse_leaf || child.area.coarse_leaf;
    draft.area.inhabited = std::move(child.area.inhabited);
    draft.squares = std::move(child.squares);
    draft.squares_place = child.squares_place;
    draft.districts.insert(draft.districts.end(), child.districts.begin(), child.districts.end());
    draft.places.insert(draft.places.end(), child.places.begin(), child.places.end());
    std::vector<Draft> children = std::move(child.children);
    draft.children = std::move(children);
  }
}

struct Plan {
  DistrictPlan district;
  std::vector<PlacePlan> places;
};

/// A locality in two districts is two places; their names say so.
void NameParts(std::vector<Plan>& plans) {
  std::map<std::string, int> parts;
  for (const Plan& plan : plans)
    for (const PlacePlan& place : plan.places) ++parts[place.code];
  for (Plan& plan : plans)
    for (PlacePlan& place : plan.places)
      if (place.code != "-" && parts[place.code] > 1) place.name_sv += ", del i " + plan.district.name_sv;
}

}  // namespace

/// Fills a Lattice: the only code that sees both the plans and the inside of the class.
class LatticeBuilder {
 public:
  explicit LatticeBuilder(const LatticeInput& input) : input_(input) {}

  Lattice Build() {
    CheckInput(input_);
    lattice_.rests_on_addresses_alone_ = input_.inhabitants.empty();
    lattice_.coarse_ = input_.coarse;
    lattice_.fine_ = input_.fine;
    if (input_.inhabitants.empty()) input_.coarse.min_persons = input_.fine.min_persons = 0;
    lattice_.boundary_ = std::make_shared<const StudyArea>(*input_.boundary);
    const std::vector<LatticeUnit> units = UnitsOf(input_);
    if (!Satisfies(SumOf(units), input_.coarse))
      throw InvalidInput("the municipality has fewer than " + std::to_string(input_.coarse.min_dwellings) +
                         " dwellings or " + std::to_string(input_.coarse.min_persons) +
                         " persons inside its boundary; it needs at least as many as one area");
    const std::vector<NamedArea> localities = ByCode(input_.localities);
    std::vector<Plan> plans;
    for (DistrictPlan& district : PlanDistricts(input_, units)) {
      std::vector<PlacePlan> places = PlanPlaces(district, localities, input_.coarse);
      plans.push_back({std::move(district), std::move(places)});
    }
    NameParts(plans);
    Draft root;
    root.area.code = "M";
    root.area.name_sv = "Hela kommunen";
    root.area.geometry = input_.boundary->polygons();
    SetSum(root.area, SumOf(units));
    for (const Plan& plan : plans) root.children.push_back(DraftDistrict(plan));
    Flatten(std::move(root), -1);
    return std::move(lattice_);
  }

 private:
  Draft DraftDistrict(const Plan& plan) {
    Lattice::District district;
    district.parts = plan.district.parts;
    Draft draft;
    draft.districts.push_back(static_cast<int>(lattice_.districts_.size()));
    draft.area.code = plan.district.code;
    draft.area.name_sv = plan.district.name_sv;
    draft.area.level = AreaLevel::kDistrict;
    draft.area.geometry = plan.district.geometry;
    SetSum(draft.area, SumOf(plan.district.units));
    for (const PlacePlan& place : plan.places) {
      const int index = static_cast<int>(lattice_.places_.size());
      lattice_.places_.push_back({.area = 0, .is_locality = place.is_locality});
      draft.children.push_back(DraftPlace(plan.district, place, index));
      // What lies in no locality belongs to the place that took the countryside.
      if (!place.is_locality) district.countryside = index;
      if (place.is_locality)
        for (const auto& polygon : place.polygons) district.localities.emplace_back(polygon, index);
    }
    lattice_.districts_.push_back(std::move(district));
    return draft;
  }

  Draft DraftPlace(const DistrictPlan& district, const PlacePlan& place, int index) const {
    Draft draft;
    draft.places.push_back(index);
    draft.area.code = district.code + "/" + place.code;
    draft.area.name_sv = place.name_sv;
    draft.area.level = AreaLevel::kLocality;
    draft.area.geometry = place.geometry;
    SetSum(draft.area, SumOf(place.units));
    for (const LatticeNode& node : DividePlace(place.geometry, place.units, input_.coarse, input_.fine))
      draft.children.push_back(DraftOfNode(node, draft.area, index));
    return draft;
  }

  void Flatten(Draft draft, int parent) {
    TakeOverOnlyChild(draft);
    const int index = static_cast<int>(lattice_.areas_.size());
    draft.area.parent = parent;
    if (parent >= 0) lattice_.areas_[static_cast<std::size_t>(parent)].children.push_back(index);
    for (const int district : draft.districts)
      lattice_.districts_[static_cast<std::size_t>(district)].area = index;
    for (const int place : draft.places) lattice_.places_[static_cast<std::size_t>(place)].area = index;
    for (const LatticeSquare& square : draft.squares)
      lattice_.leaf_of_square_[{draft.squares_place, square.size_m, square.column, square.row}] = index;
    lattice_.areas_.push_back(std::move(draft.area));
    lattice_.ends_.push_back(index + 1);
    std::sort(draft.children.begin(), draft.children.end(),
              [](const Draft& a, const Draft& b) { return a.area.code < b.area.code; });
    for (Draft& child : draft.children) Flatten(std::move(child), index);
    lattice_.ends_[static_cast<std::size_t>(index)] = static_cast<int>(lattice_.areas_.size());
  }

  Lattice lattice_;
  LatticeInput input_;
};

Lattice MakeLattice(const LatticeInput& input) { return LatticeBuilder(input).Build(); }

}  // namespace lagesbild::geo
