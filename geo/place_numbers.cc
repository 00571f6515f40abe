#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "geo/address_clutter.h"
#include "geo/place_choice.h"
#include "geo/place_finding.h"

// The part of PlaceChoice that finds a house number on its street, in its block or between its neighbors.
namespace lagesbild::geo {
namespace {

/// So many blocks from a known one a block may be put beside it though nothing else speaks for it; further
/// off something must.
constexpr int kNextBlocks = 3;
constexpr double kLeastSupport = 0.01;
/// Between two blocks so far off a straight line alone says nothing of where the street runs.
constexpr int kAdriftBlocks = 10;
constexpr double kAdriftSupport = 0.03;

bool InRange(const AddressView& a, const HouseNumber& wanted) {
  if (wanted.last_number == 0)
    return a.number == wanted.number && a.letter >= wanted.letter && a.letter <= wanted.last_letter;
  const bool one_side = (wanted.last_number - wanted.number) % 2 == 0;
  return a.number >= wanted.number && a.number <= wanted.last_number &&
         (!one_side || (a.number - wanted.number) % 2 == 0);
}

}  // namespace

/// A number lies in its block, and the block is what the register knows: not an address but several.
Finding PlaceChoice::InBlock(const std::vector<int>& streets, std::span<const int> addresses,
                             const HouseNumber& number, const PlaceContext& context,
                             NumberPolicy policy) const {
  const int size = index_.style->block_size, block = number.number / size * size;
  std::vector<int> found;
  std::copy_if(addresses.begin(), addresses.end(), std::back_inserter(found), [&](int i) {
    const int at = index_.NumberOf(i);
    return at >= block && at <= std::max(number.last_number, block) && at % size == 0;
  });
  if (found.empty())
    return policy == NumberPolicy::kExisting || streets.size() > 1
               ? NumberUnknown(addresses, number)
               : OnGrid(streets.front(), addresses, number);
  if (found.size() > 1 && number.last_number / size > number.number / size)
    return Center(std::move(found), context, number, "NUMBER_RANGE");
  Finding finding = OneAddress(std::move(found), context);
  if (finding.match.level == MatchLevel::kAddressPoint) finding.match.level = MatchLevel::kAddressNumber;
  if (finding.match.placed())
    finding.match.accuracy_radius =
        std::max(finding.match.accuracy_radius, Meters{index_.grid.BlockRadius()});
  if (finding.match.placed() && number.number != block) AddFault(finding.match.faults, "NUMBER_IN_BLOCK");
  return finding;
}

/// A block that the street lacks, where the streets beside it have theirs.
Finding PlaceChoice::OnGrid(int street, std::span<const int> addresses, const HouseNumber& number) const {
  const int size = index_.style->block_size, block = number.number / size * size;
  if (addresses.empty()) return NumberUnknown(addresses, number);
  const int nearest = *std::min_element(addresses.begin(), addresses.end(), [&](int a, int b) {
    return std::abs(index_.NumberOf(a) - block) < std::abs(index_.NumberOf(b) - block);
  });
  const bool far = std::abs(index_.NumberOf(nearest) - block) > kNextBlocks * size;
  BlockEstimate estimate = index_.grid.Estimate(street, block);
  const bool adrift = std::abs(index_.NumberOf(nearest) - block) > kAdriftBlocks * size && estimate.between;
  if ((far && estimate.support < kLeastSupport) || (adrift && estimate.support < kAdriftSupport))
    return NumberUnknown(addresses, number);
  if (!(estimate.support > 0)) estimate.position = index_.address(nearest).position;
  const AddressView address = index_.address(nearest);
  Finding finding =
      Placed(Rank::kPlaced, estimate.between ? MatchLevel::kInterpolated : MatchLevel::kInterpolatedEnd,
             estimate.position, index_.grid.RadiusOf(estimate.support, estimate.between),
             WithTown(std::string(address.area) + " " + std::to_string(number.number), TownOf(address)));
  AddFault(finding.match.faults, estimate.between ? "NUMBER_INTERPOLATED" : "NUMBER_BEYOND_END");
  return finding;
}

Finding PlaceChoice::AcrossTheMiddle(int street, const HouseNumber& number) const {
  const int size = index_.style->block_size, block = number.number / size * size;
  const BlockEstimate estimate = index_.grid.EstimateAcross(street, block);
  if (estimate.support < kLeastSupport) return {};
  const AddressView address = index_.address(StreetOf(street).addresses.front());
  Finding finding =
      Placed(Rank::kPlaced, MatchLevel::kInterpolatedEnd, estimate.position,
             index_.grid.RadiusOf(estimate.support, estimate.between),
             WithTown(std::string(address.area) + " " + std::to_string(number.number), TownOf(address)));
  AddFault(finding.match.faults, "NUMBER_BEYOND_END");
  AddFault(finding.match.faults, "DIRECTION_MISSING");
  return finding;
}

Finding PlaceChoice::Numbered(const std::vector<int>& streets, const HouseNumber& number,
                              const PlaceContext& context, NumberPolicy policy) const {
  const bool whole = streets.size() == 1 && StreetOf(streets.front()).stretches == 1;
  std::vector<int> narrowed;
  const bool blocks = index_.style->block_size > 0;
  if (!whole) narrowed = blocks ? AddressesOf(streets) : NarrowStretches(AddressesOf(streets), context);
  const std::span<const int> all = whole ? StreetOf(streets.front()).addresses : narrowed;
  if (blocks) return InBlock(streets, all, number, context, policy);
  // One street's addresses are in order of their numbers.
  const auto from = streets.size() > 1
                        ? all.begin()
                        : std::lower_bound(all.begin(), all.end(), number.number,
                                           [&](int i, int n) { return index_.NumberOf(i) < n; });
  const int last = std::max(number.number, number.last_number);
  const auto where = [&](auto&& holds) {
    std::vector<int> found;
    for (auto i = from; i != all.end(); ++i) {
      const AddressView a = index_.address(*i);
      if (a.number > last && streets.size() == 1) break;
      if (holds(a)) found.push_back(*i);
    }
    return found;
  };
  if (number.range()) {
    auto found = where([&](const AddressView& a) { return InRange(a, number); });
    return found.empty() ? NumberUnknown(all, number)
                         : Center(std::move(found), context, number, "NUMBER_RANGE");
  }
  auto exact = where([&](const AddressView& a) {
    return a.number == number.number && a.letter == number.letter && a.addition == number.addition;
  });
  if (!exact.empty()) return OneAddress(std::move(exact), context);
  const char* const fault =
      number.letter.empty() && number.addition.empty() ? "LETTER_MISSING" : "LETTER_UNKNOWN";
  auto same_letter =
      where([&](const AddressView& a) { return a.number == number.number && a.letter == number.letter; });
  if (!same_letter.empty()) return Center(std::move(same_letter), context, number, fault);
  auto same_number = where([&](const AddressView& a) { return a.number == number.number; });
  if (!same_number.empty()) return Center(std::move(same_number), context, number, fault);
  return policy == NumberPolicy::kExisting ? NumberUnknown(all, number)
                                           : Estimated(all, number, context, policy);
}

/// Between the neighbors on its side, in the one stretch that has such; else just beyond an end.
Finding PlaceChoice::Estimated(std::span<const int> addresses, const HouseNumber& number,
                               const PlaceContext& context, NumberPolicy policy) const {
  using Kind = NumberEstimate::Kind;
  struct Found {
    int stretch;
    NumberEstimate estimate;
  };
  std::vector<Found> between, beyond;
  for (const int stretch : StretchesOf(addresses)) {
    const NumberEstimate estimate = EstimateNumber(index_.LineOf(stretch), number.number);
    if (estimate.kind == Kind::kBetween) between.push_back({stretch, estimate});
    if (estimate.kind == Kind::kBeyondEnd) beyond.push_back({stretch, estimate});
  }
  const std::vector<Found>& found = between.empty() ? beyond : between;
  if (found.empty() || (between.empty() && policy != NumberPolicy::kAny))
    return NumberUnknown(addresses, number);
  std::vector<int> near;  // of each stretch the address at the lower neighbor
  for (const Found& f : found)
    for (const int i : addresses)
      if (index_.stretch[static_cast<std::size_t>(i)] == f.stretch &&
          index_.NumberOf(i) == f.estimate.below) {
        near.push_back(i);
        break;
      }
  if (found.size() > 1) {
    // A number that two streets of one name may hold is neither's.
    near = NarrowToOne(std::move(near), index_.address_places, context);
    if (near.size() > 1)
      return between.empty() ? NumberUnknown(addresses, number) : AmbiguousAddresses(near, false, context);
  }
  const int first = near.front();
  const auto& chosen = *std::find_if(found.begin(), found.end(), [&](const Found& f) {
    return f.stretch == index_.stretch[static_cast<std::size_t>(first)];
  });
  const LineCalibration& calibration =
      IsVillage(index_.address(first).kind) ? index_.calibration.village : index_.calibration.street;
  HouseNumber shown = number;
  const bool inside = chosen.estimate.kind == Kind::kBetween;
  Finding finding = Placed(Rank::kPlaced, inside ? MatchLevel::kInterpolated : MatchLevel::kInterpolatedEnd,
                           chosen.estimate.position,
                           inside ? InterpolatedRadius(calibration, chosen.estimate.gap_m)
                                  : EndRadius(calibration, chosen.estimate.gap_m),
                           WithTown(std::string(index_.address(first).area) + " " + RangeText(shown),
                                    TownOf(index_.address(first))));
  AddFault(finding.match.faults, inside ? "NUMBER_INTERPOLATED" : "NUMBER_BEYOND_END");
  AddContextFaults(index_.address_places[static_cast<std::size_t>(first)], context, finding.match.faults);
  return finding;
}

Finding PlaceChoice::NumberUnknown(std::span<const int> addresses, const HouseNumber& number) const {
  Finding finding = Unplaced(Rank::kNumberUnknown, UnplacedReason::kNumberNotFound);
  if (addresses.empty()) return finding;
  finding.match.matched = index_.address(addresses.front()).area;
  const auto [low, high] = std::minmax_element(addresses.begin(), addresses.end(), [&](int a, int b) {
    return index_.NumberOf(a) < index_.NumberOf(b);
  });
  if (number.number < index_.NumberOf(*low) || number.number > index_.NumberOf(*high))
    AddFault(finding.match.faults, "NUMBER_OUT_OF_RANGE");
  else
    AddFault(finding.match.faults, "NUMBER_NOT_FOUND");
  return finding;
}

}  // namespace lagesbild::geo
