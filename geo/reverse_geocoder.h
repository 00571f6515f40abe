#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/flat_array.h"
#include "geo/packed_gazetteer.h"

namespace lagesbild::geo {

/// Which side of its street an address lies on, seen from the lower numbers towards the higher.
enum class StreetSide { kUnknown, kLeft, kRight };

struct NearestAddress {
  bool found = false;
  std::string label;    ///< "Storgatan 12B, Heby"
  PlanePoint position;  ///< of the address
  double distance_m = 0;
  StreetSide side = StreetSide::kUnknown;  ///< of the point asked for, seen along the street
  std::string locality, district;          ///< the address', else the nearest locality that reaches so far
};

/// Nearest addresses by position: addresses in squares of a fixed side. Construction O(addresses), look-up
/// O(addresses within the limit).
class ReverseGeocoder {
 public:
  /// `gazetteer` must outlive this and not change.
  explicit ReverseGeocoder(const PackedGazetteer& gazetteer);
  /// From a compiled index. Throws InvalidInput unless its addresses are those of the gazetteer.
  ReverseGeocoder(const PackedGazetteer& gazetteer, class ImageReader& image);
  void Write(class ImageWriter& image) const;

  /// The nearest address no further than `limit`; of equals the first by label. Not found beyond it: a point
  /// in the forest has no address.
  NearestAddress Nearest(PlanePoint point, Meters limit = Meters{200}) const;

 private:
  StreetSide SideOf(std::size_t address, PlanePoint point) const;

  const PackedGazetteer& gazetteer_;
  struct Slot {
    std::int32_t east, north;  ///< squares
    std::uint32_t address;
    friend auto operator<=>(const Slot&, const Slot&) = default;
  };
  FlatArray<Slot> slots_;  // in order
};

}  // namespace lagesbild::geo
