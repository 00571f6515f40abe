#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "geo/address_clutter.h"
#include "geo/crossing_search.h"
#include "geo/place_finding.h"
#include "geo/street_meeting.h"

// The part of CrossingSearch that knows where streets run.

namespace lagesbild::geo {
namespace {

// Design of geocoding.md 3.1: 30 m for a crossing of known roads. One estimated from addresses is no better
// than the houses at the corner.
constexpr double kMeasured_m = 30, kEstimated_m = 60, kTogether_m = 120;
constexpr CrossingRule kRoads{0, 15, 1e9, 60};
/// Blocks: their middles are half a block from the corner.
constexpr CrossingRule kBlocks{250, 150, 900, 400};

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

}  // namespace

std::vector<PlaneLine> CrossingSearch::RoadLines(const std::vector<int>& groups) const {
  std::vector<PlaneLine> lines;
  for (const int group : groups)
    for (const int road : index_.road_groups[static_cast<std::size_t>(group)]) {
      const auto line = index_.gazetteer.roads[static_cast<std::size_t>(road)].line;
      lines.emplace_back(line.begin(), line.end());
    }
  return lines;
}

PlaneLine CrossingSearch::BlockLine(int street) const {
  PlaneLine line;
  for (const NumberPoint& p : index_.grid.LineOf(street)) line.push_back(p.position);
  return line;
}

StreetHouses CrossingSearch::HousesOf(int street) const {
  const NamedAddresses named = index_.streets[static_cast<std::size_t>(street)];
  StreetHouses houses;
  houses.houses.reserve(named.addresses.size());
  for (const int i : named.addresses) houses.houses.push_back(index_.address(i).position);
  for (int stretch = named.first_stretch; stretch < named.first_stretch + named.stretches; ++stretch)
    for (const int side : {0, 1}) {
      PlaneLine& line = houses.sides.emplace_back();
      for (const NumberPoint& p : index_.LineOf(stretch))
        if (p.number % 2 == side) line.push_back(p.position);
    }
  return houses;
}

int CrossingSearch::NearestOf(const Named& a, const Named& b, PlanePoint point) const {
  int nearest = -1;
  double least = std::numeric_limits<double>::infinity();
  for (const Named* named : {&a, &b})
    for (const int street : named->streets)
      for (const int i : index_.streets[static_cast<std::size_t>(street)].addresses)
        if (const double d = Distance(index_.address(i).position, point); d < least) {
          least = d;
          nearest = i;
        }
  return nearest;
}

bool CrossingSearch::BothIn(const Named& a, const Named& b, const PlaceContext& context) const {
  const auto in = [&](const Named& named) {
    for (const int street : named.streets)
      for (const int i : index_.streets[static_cast<std::size_t>(street)].addresses)
        for (const int term : context.terms)
          if (index_.localities.Agrees(index_.address_places[static_cast<std::size_t>(i)], term)) return true;
    return false;
  };
  return in(a) && in(b);
}

Finding CrossingSearch::Meeting(const std::vector<Crossing>& crossings, bool measured, const Named& a,
                                const Named& b, const PlaceContext& context) const {
  Finding finding;
  std::vector<Whereabouts> places;
  std::vector<std::string> towns;
  for (const Crossing& crossing : crossings) {
    const int near = NearestOf(a, b, crossing.position);
    Whereabouts place = near < 0 ? Whereabouts{} : index_.address_places[static_cast<std::size_t>(near)];
    place.position = crossing.position;
    places.push_back(place);
    towns.emplace_back(near < 0 ? std::string_view() : TownOf(index_.address(near)));
  }
  std::vector<int> items(crossings.size());
  std::iota(items.begin(), items.end(), 0);
  for (const PlaceContext* given : {&context, &around_.weak_context}) {
    if (items.size() < 2 && given == &around_.weak_context) break;
    for (const int term : given->terms) items = index_.localities.Narrow(std::move(items), places, term);
    for (const std::string& code : given->postcodes)
      items = LocalityTable::NarrowByPostcode(std::move(items), places, code);
  }
  const auto agrees = [&](int i) {
    return std::any_of(context.terms.begin(), context.terms.end(), [&](int term) {
      return index_.localities.Agrees(places[static_cast<std::size_t>(i)], term);
    });
  };
  const bool conflict = !context.terms.empty() && std::none_of(items.begin(), items.end(), agrees);
  // Both run through the place that is named, and meet only elsewhere.
  if (conflict && BothIn(a, b, context)) return {};
  const std::string label = std::min(a.label, b.label) + " / " + std::max(a.label, b.label);
  const auto labelled = [&](int i) {
    const std::string& town = towns[static_cast<std::size_t>(i)];
    return town.empty() ? label : label + ", " + town;
  };
  GeocodeMatch& match = finding.match;
  if (items.size() > 1) {
    finding.rank = Rank::kAmbiguous;
    match.reason = UnplacedReason::kAmbiguous;
    AddFault(match.faults, "SEVERAL_CROSSINGS");
    for (std::size_t i = 0; i < items.size() && i < 10; ++i)
      match.candidates.push_back(labelled(items[i]) + " (" + std::to_string(i + 1) + ")");
    return finding;
  }
  const Crossing& crossing = crossings[static_cast<std::size_t>(items.front())];
  finding.rank = Rank::kPlaced;
  match.level = MatchLevel::kIntersection;
  match.position = crossing.position;
  match.accuracy_radius = Meters{std::max(measured ? kMeasured_m : kEstimated_m, crossing.spread_m)};
  if (index_.style->block_size > 0) match.accuracy_radius = Meters{std::max(150.0, crossing.spread_m)};
  match.matched = labelled(items.front());
  if (!measured) AddFault(match.faults, "CROSSING_ESTIMATED");
  if (conflict) AddFault(match.faults, "LOCALITY_CONFLICT");
  for (const Named* named : {&a, &b})
    for (const std::string& fault : named->faults) AddFault(match.faults, fault);
  return finding;
}

Finding CrossingSearch::Between(const Named& a, const Named& b, const PlaceContext& context) const {
  if (!a.roads.empty() && !b.roads.empty()) {
    const auto crossings = CrossingsOf(RoadLines(a.roads), RoadLines(b.roads), kRoads);
    if (!crossings.empty())
      if (Finding meeting = Meeting(crossings, true, a, b, context); meeting.rank != Rank::kNothing)
        return meeting;
  }
  const bool blocks = index_.style->block_size > 0;
  const double together_m = blocks ? kBlocks.together_m : kTogether_m;
  std::vector<Crossing> crossings;
  for (const int sa : a.streets)
    for (const int sb : b.streets) {
      if (sa == sb) continue;
      const std::vector<PlaneLine> one{blocks ? BlockLine(sa) : PlaneLine{}},
          other{blocks ? BlockLine(sb) : PlaneLine{}};
      for (const Crossing& c :
           blocks ? CrossingsOf(one, other, kBlocks) : EstimateCrossings(HousesOf(sa), HousesOf(sb))) {
        // North and south parts of one street end at one corner.
        const bool known = std::any_of(crossings.begin(), crossings.end(), [&](const Crossing& earlier) {
          return Distance(earlier.position, c.position) <= together_m;
        });
        if (!known) crossings.push_back(c);
      }
    }
  return crossings.empty() ? Finding{} : Meeting(crossings, false, a, b, context);
}

}  // namespace lagesbild::geo
