#include "geo/reverse_geocoder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "geo/index_image.h"
#include "geo/register_index.h"

namespace lagesbild::geo {
namespace {

constexpr double kSquare_m = 200;
/// Where the neighbor along the street lies too near, its direction says nothing.
constexpr double kLeastAlong_m = 3, kMostAlong_m = 500;
/// A point this near the line of the houses is on neither side.
constexpr double kOnLine_m = 1;
constexpr std::int32_t kMostSquares = 200;  // a limit of 40 km is as good as none

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

/// Far beyond any position there are no squares.
std::int32_t SquareOf(double meters) {
  return static_cast<std::int32_t>(std::clamp(std::floor(meters / kSquare_m), -1e9, 1e9));
}

bool IsFinite(PlanePoint p) { return std::isfinite(p.easting.value()) && std::isfinite(p.northing.value()); }

}  // namespace

ReverseGeocoder::ReverseGeocoder(const PackedGazetteer& gazetteer) : gazetteer_(gazetteer) {
  std::vector<Slot> slots;
  for (const PlanePoint p : gazetteer.addresses.positions())
    slots.push_back({SquareOf(p.easting.value()), SquareOf(p.northing.value()),
                     static_cast<std::uint32_t>(slots.size())});
  std::sort(slots.begin(), slots.end());
  slots_ = std::move(slots);
}

ReverseGeocoder::ReverseGeocoder(const PackedGazetteer& gazetteer, ImageReader& image)
    : gazetteer_(gazetteer) {
  image.Array("slots", slots_);
  std::uint32_t highest = 0;
  for (const Slot& slot : slots_) highest = std::max(highest, slot.address);
  RequireInImage(slots_.size() == gazetteer.addresses.size() && (slots_.empty() || highest < slots_.size()),
                 "reverse.slots", "has other addresses than the register");
}

void ReverseGeocoder::Write(ImageWriter& image) const { image.Array("slots", slots_); }

/// By the nearest house of the street with another number: from the lower to the higher runs the street.
StreetSide ReverseGeocoder::SideOf(std::size_t address, PlanePoint point) const {
  const AddressView own = gazetteer_.addresses[address];
  if (own.number == 0) return StreetSide::kUnknown;
  std::optional<AddressView> next;
  double nearest_m = kMostAlong_m;
  const std::int32_t east = SquareOf(own.position.easting.value()),
                     north = SquareOf(own.position.northing.value());
  for (std::int32_t e = east - 2; e <= east + 2; ++e) {
    auto slot = std::lower_bound(slots_.begin(), slots_.end(), Slot{e, north - 2, 0});
    for (; slot != slots_.end() && slot->east == e && slot->north <= north + 2; ++slot) {
      const AddressView other = gazetteer_.addresses[slot->address];
      if (other.number == own.number || other.number == 0 || other.area != own.area ||
          (other.number - own.number) % 2 != 0)
        continue;
      const double apart_m = Distance(other.position, own.position);
      if (apart_m < kLeastAlong_m || apart_m >= nearest_m) continue;
      nearest_m = apart_m;
      next = other;
    }
  }
  if (!next) return StreetSide::kUnknown;
  const AddressView &low = next->number < own.number ? *next : own,
                    &high = next->number < own.number ? own : *next;
  const double dx = high.position.easting.value() - low.position.easting.value();
  const double dy = high.position.northing.value() - low.position.northing.value();
  const double across = dx * (point.northing.value() - own.position.northing.value()) -
                        dy * (point.easting.value() - own.position.easting.value());
  const double off_m = across / std::hypot(dx, dy);
  if (std::abs(off_m) <= kOnLine_m) return StreetSide::kUnknown;
  return off_m > 0 ? StreetSide::kLeft : StreetSide::kRight;
}

NearestAddress ReverseGeocoder::Nearest(PlanePoint point, Meters limit) const {
  NearestAddress nearest;
  if (!IsFinite(point) || !(limit.value() >= 0)) return nearest;
  const std::int32_t reach =
      std::min(kMostSquares, static_cast<std::int32_t>(std::ceil(std::min(limit.value(), 1e9) / kSquare_m)));
  const std::int32_t east = SquareOf(point.easting.value()), north = SquareOf(point.northing.value());
  double best_m = limit.value();
  std::size_t best = std::numeric_limits<std::size_t>::max();
  // Ring by ring outwards, until the next ring cannot hold a nearer one.
  for (std::int32_t ring = 0; ring <= reach; ++ring) {
    if (static_cast<double>(ring - 1) * kSquare_m > best_m) break;
    for (std::int32_t e = east - ring; e <= east + ring; ++e) {
      const bool edge = e == east - ring || e == east + ring;
      for (std::int32_t n = north - ring; n <= north + ring; n += edge ? 1 : std::max(1, 2 * ring)) {
        auto slot = std::lower_bound(slots_.begin(), slots_.end(), Slot{e, n, 0});
        for (; slot != slots_.end() && slot->east == e && slot->north == n; ++slot) {
          const double distance_m = Distance(gazetteer_.addresses.positions()[slot->address], point);
          if (distance_m > best_m) continue;
          if (distance_m == best_m && best < gazetteer_.addresses.size() &&
              AddressLabel(gazetteer_.addresses[slot->address]) >= AddressLabel(gazetteer_.addresses[best]))
            continue;
          best_m = distance_m;
          best = slot->address;
        }
      }
    }
  }
  if (best >= gazetteer_.addresses.size()) return nearest;
  const AddressView address = gazetteer_.addresses[best];
  nearest.found = true;
  nearest.label = AddressLabel(address);
  nearest.position = address.position;
  nearest.distance_m = best_m;
  nearest.side = SideOf(best, point);
  nearest.locality = address.locality;
  nearest.district = address.district;
  if (nearest.locality.empty()) {
    double least_m = std::numeric_limits<double>::infinity();
    for (const Place& place : gazetteer_.localities) {
      const double apart_m = Distance(place.position, point);
      if (place.kind == "district" || apart_m > 1.5 * place.accuracy_radius.value() || apart_m >= least_m)
        continue;
      least_m = apart_m;
      nearest.locality = place.name;
    }
  }
  return nearest;
}

}  // namespace lagesbild::geo
