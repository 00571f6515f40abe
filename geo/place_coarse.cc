#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "geo/address_clutter.h"
#include "geo/address_spread.h"
#include "geo/place_choice.h"
#include "geo/place_finding.h"
#include "geo/place_text.h"

// The part of PlaceChoice that places what is larger than an address: streets, villages, localities.

namespace lagesbild::geo {
namespace {

// Distances within which 90 % of true places lie, measured on Malmö's register (geocoding.md section 3.1).
constexpr double kStreetRadius_m = 366, kLocalityRadius_m = 500;

/// A street of which the register is dense enough to say where its addresses lie, however short.
constexpr double kLeastStreet_m = 25;

/// A street of fewer addresses points at its dwellings (disclosure.md: leaves of five dwellings or more).
constexpr std::size_t kAddressesThatHide = 5;

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
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

}  // namespace

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
    if (apart) return AmbiguousAmong(std::move(labels));
    Finding finding = Placed(Rank::kCoarse, MatchLevel::kLocality, place.position, radius_m, place.name);
    AddFault(finding.match.faults, "LOCALITY_ONLY");
    return finding;
  }
  return {};
}

Finding PlaceChoice::AreaAlone(const PlaceContext& context) const {
  if (Finding locality = LocalityAlone(context); locality.rank != Rank::kNothing) return locality;
  for (const std::string& postcode : context.postcodes) {
    std::vector<int> addresses;
    for (std::size_t i = 0; i < index_.gazetteer.addresses.size(); ++i)
      if (index_.address_places[i].postcode == postcode) addresses.push_back(static_cast<int>(i));
    if (addresses.empty()) continue;
    const Extent extent = ExtentOf(index_, addresses);
    std::string label = postcode;
    if (label.size() == 5) label.insert(3, " ");
    Finding finding = Placed(Rank::kCoarse, MatchLevel::kPostcode, extent.center,
                             std::max(kLocalityRadius_m, extent.nine_tenths_m), std::move(label));
    AddFault(finding.match.faults, "POSTCODE_ONLY");
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

}  // namespace lagesbild::geo
