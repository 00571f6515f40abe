#include "geo/place_choice.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "geo/address_clutter.h"
#include "geo/address_spread.h"
#include "geo/place_finding.h"

namespace lagesbild::geo {
namespace {

/// Points closer than this are one place.
constexpr double kSamePlace_m = 25;

/// From here on the register itself says that its position is approximate.
constexpr double kApproximate_m = 250;

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

bool InUse(const Place& place, std::chrono::sys_days date) {
  if (date == std::chrono::sys_days{}) return true;
  return (!place.valid_from || date >= *place.valid_from) && (!place.valid_to || date <= *place.valid_to);
}

/// Of addresses whose middle stands for one that is not told apart.
double NumberRadius(const RegisterIndex& index, const HouseNumber& number, const Extent& extent) {
  const double usual_m = index.calibration.letter_m;
  if (number.range()) return std::max(usual_m, extent.radius_m);
  return extent.nine_tenths_m > kWideNumber * usual_m ? extent.nine_tenths_m : usual_m;
}

}  // namespace

NamedAddresses PlaceChoice::StreetOf(int street) const {
  return index_.streets[static_cast<std::size_t>(street)];
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
  if (apart) return AmbiguousAmong(std::move(labels));
  Finding finding =
      Placed(Rank::kPlaced, MatchLevel::kPoi, first.position, first.accuracy_radius.value(), LabelOf(first));
  AddContextFaults(index_.place_places[static_cast<std::size_t>(places.front())], context,
                   finding.match.faults);
  return finding;
}

}  // namespace lagesbild::geo
