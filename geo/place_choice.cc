#include "geo/place_choice.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "geo/address_clutter.h"
#include "geo/place_finding.h"
#include "geo/place_text.h"

namespace lagesbild::geo {
namespace {

// Distances within which 90 % of true places lie, measured on Malmö's register (geocoding.md section 3.1).
constexpr double kStreetRadius_m = 366, kLocalityRadius_m = 500;

/// A street of which the register is dense enough to say where its addresses lie, however short.
constexpr double kLeastStreet_m = 25;

/// Points closer than this are one place.
constexpr double kSamePlace_m = 25;

/// From here on the register itself says that its position is approximate.
constexpr double kApproximate_m = 250;

constexpr std::size_t kMaxCandidates = 10;

/// A street of fewer addresses points at its dwellings (disclosure.md: leaves of five dwellings or more).
constexpr std::size_t kAddressesThatHide = 5;

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

struct Extent {
  PlanePoint center;
  double farthest_m = 0;     ///< from the center to the farthest point
  double radius_m = 0;       ///< the same, each point's own radius included
  double nine_tenths_m = 0;  ///< from the center, of the points
};

Extent ExtentOf(const RegisterIndex& index, const std::vector<int>& addresses) {
  double east = 0, north = 0;
  for (const int i : addresses) {
    east += index.address(i).position.easting.value();
    north += index.address(i).position.northing.value();
  }
  const auto n = static_cast<double>(addresses.size());
  Extent extent{{Meters{east / n}, Meters{north / n}}};
  std::vector<double> distances_m;
  distances_m.reserve(addresses.size());
  for (const int i : addresses) {
    const double distance_m = Distance(index.address(i).position, extent.center);
    distances_m.push_back(distance_m);
    extent.farthest_m = std::max(extent.farthest_m, distance_m);
    extent.radius_m = std::max(extent.radius_m, distance_m + index.address(i).accuracy_radius.value());
  }
  extent.nine_tenths_m = NineTenths(distances_m);
  return extent;
}

bool InUse(const Place& place, std::chrono::sys_days date) {
  if (date == std::chrono::sys_days{}) return true;
  return (!place.valid_from || date >= *place.valid_from) && (!place.valid_to || date <= *place.valid_to);
}

std::string LabelOf(const Place& place) { return WithTown(place.name, place.locality); }

Finding Ambiguous(std::vector<std::string> candidates) {
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  if (candidates.size() > kMaxCandidates) candidates.resize(kMaxCandidates);
  Finding finding = Unplaced(Rank::kAmbiguous, UnplacedReason::kAmbiguous);
  finding.match.candidates = std::move(candidates);
  return finding;
}

/// A street or village as a whole.
Finding AlongStreet(const RegisterIndex& index, const std::vector<int>& addresses) {
  const Extent extent = ExtentOf(index, addresses);
  const AddressView first = index.address(addresses.front());
  const bool village = IsVillage(first.kind);
  const double usual_m = std::max(village ? kLocalityRadius_m : kStreetRadius_m, extent.farthest_m);
  return Placed(Rank::kCoarse, village ? MatchLevel::kLocality : MatchLevel::kStreet, extent.center,
                index.calibration.street_by_own ? std::max(kLeastStreet_m, extent.nine_tenths_m) : usual_m,
                WithTown(first.area, TownOf(first)));
}

/// Of addresses whose middle stands for one that is not told apart.
double NumberRadius(const RegisterIndex& index, const HouseNumber& number, const Extent& extent) {
  const double usual_m = index.calibration.letter_m;
  if (number.range()) return std::max(usual_m, extent.radius_m);
  return extent.nine_tenths_m > kWideNumber * usual_m ? extent.nine_tenths_m : usual_m;
}

}  // namespace

std::string_view TownOf(const AddressView& a) { return a.postal_town.empty() ? a.locality : a.postal_town; }

std::string WithTown(std::string_view label, std::string_view town) {
  std::string text(label);
  return town.empty() ? text : text.append(", ").append(town);
}

std::string DesignationOf(const AddressView& a) {
  std::string label(a.area);
  if (a.number > 0) label.append(" ").append(std::to_string(a.number)).append(a.letter);
  return a.addition.empty() ? label : label.append(" ").append(a.addition);
}

Finding Unplaced(Rank rank, UnplacedReason reason) {
  Finding finding;
  finding.rank = rank;
  finding.match.reason = reason;
  return finding;
}

Finding Placed(Rank rank, MatchLevel level, PlanePoint position, double radius_m, std::string matched) {
  Finding finding;
  finding.rank = rank;
  finding.match.level = level;
  finding.match.position = position;
  finding.match.accuracy_radius = Meters{radius_m};
  finding.match.matched = std::move(matched);
  return finding;
}

std::string RangeText(const HouseNumber& number) {
  std::string text = std::to_string(number.number) + number.letter;
  if (number.last_number > 0) return text + "–" + std::to_string(number.last_number) + number.last_letter;
  return number.last_letter.empty() ? text : text + "–" + number.last_letter;
}

NamedAddresses PlaceChoice::StreetOf(int street) const {
  return index_.streets[static_cast<std::size_t>(street)];
}

std::string AddressLabel(const AddressView& address) {
  return WithTown(DesignationOf(address), TownOf(address));
}

std::vector<int> PlaceChoice::AddressesOf(const std::vector<int>& streets) const {
  std::vector<int> addresses;
  for (const int street : streets) {
    const auto own = StreetOf(street).addresses;
    addresses.insert(addresses.end(), own.begin(), own.end());
  }
  return addresses;
}

std::vector<int> PlaceChoice::StretchesOf(std::span<const int> addresses) const {
  std::vector<int> stretches;
  stretches.reserve(addresses.size());
  for (const int i : addresses) stretches.push_back(index_.stretch[static_cast<std::size_t>(i)]);
  std::sort(stretches.begin(), stretches.end());
  stretches.erase(std::unique(stretches.begin(), stretches.end()), stretches.end());
  return stretches;
}

std::vector<int> PlaceChoice::Narrow(std::vector<int> items, const WhereaboutsTable& places,
                                     const PlaceContext& context) const {
  for (const int term : context.terms) items = index_.localities.Narrow(std::move(items), places, term);
  for (const std::string& postcode : context.postcodes)
    items = LocalityTable::NarrowByPostcode(std::move(items), places, postcode);
  return items;
}

/// What the text says decides; the other columns only where it leaves several.
std::vector<int> PlaceChoice::NarrowToOne(std::vector<int> items, const WhereaboutsTable& places,
                                          const PlaceContext& context) const {
  items = Narrow(std::move(items), places, context);
  return items.size() > 1 ? Narrow(std::move(items), places, around_.weak_context) : items;
}

/// All addresses of the streets that run through the named locality; of all streets when none does.
std::vector<int> PlaceChoice::NarrowStretches(const std::vector<int>& addresses,
                                              const PlaceContext& context) const {
  const PlaceContext& given = context.empty() ? around_.weak_context : context;
  const std::vector<int> kept = StretchesOf(Narrow(addresses, index_.address_places, given));
  std::vector<int> narrowed;
  std::copy_if(addresses.begin(), addresses.end(), std::back_inserter(narrowed), [&](int i) {
    return std::binary_search(kept.begin(), kept.end(), index_.stretch[static_cast<std::size_t>(i)]);
  });
  return narrowed;
}

void PlaceChoice::AddContextFaults(const Whereabouts& place, const PlaceContext& context,
                                   std::vector<std::string>& faults) const {
  const PlaceContext& given = context.empty() ? around_.weak_context : context;
  const auto agrees = [&](int term) { return index_.localities.Agrees(place, term); };
  if (!given.terms.empty() && std::none_of(given.terms.begin(), given.terms.end(), agrees))
    AddFault(faults, "LOCALITY_CONFLICT");
  const auto& postcodes = given.postcodes;
  if (!place.postcode.empty() && !postcodes.empty() &&
      std::find(postcodes.begin(), postcodes.end(), place.postcode) == postcodes.end())
    AddFault(faults, "POSTCODE_CONFLICT");
}

std::optional<PlanePoint> StatedLocality(const RegisterIndex& index, const PlaceContext& context,
                                         const Surroundings& around) {
  for (const PlaceContext* given : {&context, &around.explicit_context, &around.weak_context})
    for (const int term : given->terms)
      if (const auto ids = index.LocalitiesOf(term); !ids.empty())
        return index.gazetteer.localities[static_cast<std::size_t>(ids.front())].position;
  return std::nullopt;
}

std::vector<std::string> Ranked(std::vector<Candidate> candidates) {
  std::sort(candidates.begin(), candidates.end());
  std::vector<std::string> labels;
  for (Candidate& candidate : candidates)
    if (labels.size() < kMaxCandidates &&
        std::find(labels.begin(), labels.end(), candidate.label) == labels.end())
      labels.push_back(std::move(candidate.label));
  return labels;
}

Finding PlaceChoice::AmbiguousAddresses(const std::vector<int>& addresses, bool with_number,
                                        const PlaceContext& context) const {
  const std::optional<PlanePoint> stated = StatedLocality(index_, context, around_);
  std::vector<Candidate> candidates;
  for (const int i : addresses) {
    const AddressView a = index_.address(i);
    // Two towns may share the street's name; two districts the town's.
    const std::string_view town = TownOf(a);
    candidates.push_back({stated ? Distance(a.position, *stated) : 0,
                          WithTown(WithTown(with_number ? DesignationOf(a) : std::string(a.area), town),
                                   a.district == town ? "" : a.district)});
  }
  Finding finding = Unplaced(Rank::kAmbiguous, UnplacedReason::kAmbiguous);
  finding.match.candidates = Ranked(std::move(candidates));
  // Equals of one label are told apart by nothing but their number.
  if (finding.match.candidates.size() == 1)
    finding.match.candidates.push_back(finding.match.candidates[0] + " (2)");
  return finding;
}

Finding PlaceChoice::OneAddress(std::vector<int> addresses, const PlaceContext& context) const {
  addresses = NarrowToOne(std::move(addresses), index_.address_places, context);
  const AddressView first = index_.address(addresses.front());
  if (std::any_of(addresses.begin(), addresses.end(),
                  [&](int i) { return Distance(index_.address(i).position, first.position) > kSamePlace_m; }))
    return AmbiguousAddresses(addresses, true, context);
  const std::string label = WithTown(DesignationOf(first), TownOf(first));
  const Extent extent = ExtentOf(index_, addresses);
  Finding finding = addresses.size() == 1 ? Placed(Rank::kPlaced, MatchLevel::kAddressPoint, first.position,
                                                   first.accuracy_radius.value(), label)
                                          : Placed(Rank::kPlaced, MatchLevel::kAddressNumber, extent.center,
                                                   extent.radius_m, label);
  if (addresses.size() > 1) AddFault(finding.match.faults, "SEVERAL_POINTS");
  if (extent.radius_m >= kApproximate_m) AddFault(finding.match.faults, "POSITION_APPROXIMATE");
  AddContextFaults(index_.address_places[static_cast<std::size_t>(addresses.front())], context,
                   finding.match.faults);
  return finding;
}

Finding PlaceChoice::Center(std::vector<int> addresses, const PlaceContext& context,
                            const HouseNumber& number, const char* fault) const {
  if (StretchesOf(addresses).size() > 1)
    addresses = NarrowToOne(std::move(addresses), index_.address_places, context);
  if (StretchesOf(addresses).size() > 1) return AmbiguousAddresses(addresses, true, context);
  const Extent extent = ExtentOf(index_, addresses);
  const AddressView first = index_.address(addresses.front());
  HouseNumber shown = number;
  if (!number.range()) shown.letter.clear();
  Finding finding =
      Placed(Rank::kPlaced, MatchLevel::kAddressNumber, extent.center, NumberRadius(index_, number, extent),
             WithTown(std::string(first.area) + " " + RangeText(shown), TownOf(first)));
  AddFault(finding.match.faults, fault);
  AddContextFaults(index_.address_places[static_cast<std::size_t>(addresses.front())], context,
                   finding.match.faults);
  return finding;
}

/// Addresses whose designation is the name itself: most farms, and what deviates from the standard.
Finding PlaceChoice::WholeDesignation(const std::vector<int>& streets, const PlaceContext& context) const {
  std::vector<int> addresses = AddressesOf(streets);
  std::erase_if(addresses, [&](int i) { return index_.address(i).number != 0; });
  return addresses.empty() ? Finding{} : OneAddress(std::move(addresses), context);
}

Finding PlaceChoice::StreetAlone(const std::vector<int>& streets, const PlaceContext& context) const {
  if (Finding whole = WholeDesignation(streets, context); whole.rank != Rank::kNothing) return whole;
  const std::vector<int> all = AddressesOf(streets);
  const std::vector<int> addresses = NarrowStretches(all, context);
  if (StretchesOf(addresses).size() > 1) return AmbiguousAddresses(addresses, false, context);
  Finding finding = AlongStreet(index_, addresses);
  AddFault(finding.match.faults, "NUMBER_MISSING");
  AddContextFaults(index_.address_places[static_cast<std::size_t>(addresses.front())], context,
                   finding.match.faults);
  return finding;
}

Finding PlaceChoice::OnePlace(std::vector<int> places, const PlaceContext& context) const {
  std::erase_if(places, [&](int i) {
    return !InUse(index_.gazetteer.places[static_cast<std::size_t>(i)], around_.date);
  });
  if (places.empty()) {
    Finding expired = Unplaced(Rank::kElsewhere, UnplacedReason::kNotFound);
    AddFault(expired.match.faults, "ALIAS_EXPIRED");
    return expired;
  }
  places = NarrowToOne(std::move(places), index_.place_places, context);
  const auto at = [&](int i) -> const Place& { return index_.gazetteer.places[static_cast<std::size_t>(i)]; };
  const Place& first = at(places.front());
  std::vector<std::string> labels;
  bool apart = false;
  for (const int i : places) {
    labels.push_back(LabelOf(at(i)));
    apart = apart || Distance(at(i).position, first.position) > kSamePlace_m;
  }
  if (apart) return Ambiguous(std::move(labels));
  Finding finding =
      Placed(Rank::kPlaced, MatchLevel::kPoi, first.position, first.accuracy_radius.value(), LabelOf(first));
  AddContextFaults(index_.place_places[static_cast<std::size_t>(places.front())], context,
                   finding.match.faults);
  return finding;
}

Finding PlaceChoice::LocalityAlone(const PlaceContext& context) const {
  for (const int term : context.terms) {
    const auto ids = index_.LocalitiesOf(term);
    if (ids.empty()) continue;
    const auto at = [&](int i) -> const Place& {
      return index_.gazetteer.localities[static_cast<std::size_t>(i)];
    };
    // A name may be a town's and its parish's: the larger holds the truth either way, if it holds the other.
    const int largest = *std::max_element(
        ids.begin(), ids.end(), [&](int a, int b) { return at(a).accuracy_radius < at(b).accuracy_radius; });
    const Place& place = at(largest);
    const double radius_m = std::max(kLocalityRadius_m, place.accuracy_radius.value());
    std::vector<std::string> labels;
    bool apart = false;
    for (const int i : ids) {
      labels.push_back(WithTown(at(i).name, at(i).kind));
      apart = apart || Distance(at(i).position, place.position) > radius_m;
    }
    if (apart) return Ambiguous(std::move(labels));
    Finding finding = Placed(Rank::kCoarse, MatchLevel::kLocality, place.position, radius_m, place.name);
    AddFault(finding.match.faults, "LOCALITY_ONLY");
    return finding;
  }
  return {};
}

GeocodeMatch CoarseAround(const RegisterIndex& index, const GeocodeMatch& match) {
  const std::size_t count = index.gazetteer.addresses.size();
  if (count == 0) return Unplaced(Rank::kNothing, UnplacedReason::kNotFound).match;
  // Two streets meet at a corner: the one that the match names goes before the nearer one.
  std::size_t best = 0;
  auto best_key = std::pair(true, std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < count; ++i) {
    const AddressView a = index.gazetteer.addresses[i];
    const auto key =
        std::pair(a.area.empty() || !match.matched.starts_with(a.area), Distance(a.position, match.position));
    if (key < best_key) {
      best_key = key;
      best = i;
    }
  }
  std::vector<int> addresses;
  for (std::size_t i = 0; i < count; ++i)
    if (index.stretch[i] == index.stretch[best]) addresses.push_back(static_cast<int>(i));
  const AddressView near = index.gazetteer.addresses[best];
  if (addresses.size() >= kAddressesThatHide) {
    GeocodeMatch coarse = AlongStreet(index, addresses).match;
    coarse.faults = match.faults;
    return coarse;
  }
  const Surroundings nothing;
  for (const std::string_view name : {near.locality, near.district, near.postal_town}) {
    std::vector<Word> words;
    for (const std::string& word : SplitWords(CleanText(name))) words.push_back({word, LowerCase(word)});
    const Finding locality = PlaceChoice(index, nothing).LocalityAlone(index.localities.Read(words, 0));
    if (locality.match.placed()) return locality.match;
  }
  return Unplaced(Rank::kNothing, UnplacedReason::kNotFound).match;
}

Finding Elsewhere(Finding placed) {
  Finding finding = Unplaced(Rank::kElsewhere, UnplacedReason::kNotFound);
  finding.match.candidates = {placed.match.matched};
  finding.match.faults = std::move(placed.match.faults);
  AddFault(finding.match.faults, "LOCALITY_CONFLICT");
  return finding;
}

}  // namespace lagesbild::geo
