#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "geo/address_style.h"
#include "geo/block_grid.h"
#include "geo/block_names.h"
#include "geo/coordinate_place.h"
#include "geo/flat_array.h"
#include "geo/flat_texts.h"
#include "geo/gazetteer.h"
#include "geo/locality_table.h"
#include "geo/name_index.h"
#include "geo/number_line.h"
#include "geo/packed_gazetteer.h"
#include "geo/register_calibration.h"
#include "geo/reverse_geocoder.h"
#include "geo/string_table.h"

namespace lagesbild::geo {

/// All addresses of one name: a street may exist in several localities under one name.
struct NamedAddresses {
  /// Indices into Gazetteer::addresses, by number, letter, addition, id.
  std::span<const int> addresses;
  int first_stretch = 0, stretches = 0;
};

/// The names of a register by number.
class StreetTable {
 public:
  StreetTable() = default;
  /// `named[s]` are the addresses of street s in order, `first_stretches[s]` is its first, with one more.
  StreetTable(const std::vector<std::vector<int>>& named, std::vector<std::int32_t> first_stretches)
      : addresses_(named), first_stretches_(std::move(first_stretches)) {}
  std::size_t size() const { return addresses_.size(); }
  NamedAddresses operator[](std::size_t i) const {
    return {addresses_[i], first_stretches_[i], first_stretches_[i + 1] - first_stretches_[i]};
  }
  auto begin() const { return ValueIterator(*this, 0); }
  auto end() const { return ValueIterator(*this, size()); }

  template <class Self, class Io>
  static void Transfer(Self& self, Io& io) {
    io.In("addresses", [&] { FlatLists::Transfer(self.addresses_, io); });
    io.Array("first_stretches", self.first_stretches_);
  }
  /// Throws InvalidInput unless each has addresses and stretches, of so many.
  void Check(std::size_t addresses, std::size_t stretches) const;

 private:
  FlatLists addresses_;
  FlatArray<std::int32_t> first_stretches_;
};

/// A gazetteer with its names made findable. Immutable after construction. All that grows with the register
/// lies in flat arrays: owned when just built, part of a mapped file when read from a compiled index.
struct RegisterIndex {
  /// Throws InvalidInput when the gazetteer names an unknown address style.
  explicit RegisterIndex(const Gazetteer& source);
  /// Takes what Write wrote, without copying what is large. Throws InvalidInput when anything about it does
  /// not hold: no look-up in what is accepted can leave its arrays. O(register), no memory.
  explicit RegisterIndex(ImageReader& image);
  void Write(ImageWriter& image) const;

  PackedGazetteer gazetteer;
  const AddressStyle* style;
  LocalityTable localities;
  NameIndex street_names, place_names;
  NameIndex road_names;       ///< ids are groups: all pieces of one name
  FlatLists road_groups;      ///< indices into Gazetteer::roads
  FlatTexts road_labels;      ///< per group
  StringTable property_keys;  ///< PropertyKey: indices into Gazetteer::properties
  StringTable road_numbers;   ///< "56", "e4": groups
  StreetTable streets;
  FlatArray<std::int32_t> stretch;  ///< per address: which contiguous street or village of its name it is in
  RegisterCalibration calibration;
  /// The numbers of a stretch, each once, by number.
  std::span<const NumberPoint> LineOf(int of_stretch) const {
    const auto at = static_cast<std::size_t>(of_stretch);
    return line_points.subspan(line_starts[at], line_starts[at + 1] - line_starts[at]);
  }
  BlockGrid grid;          ///< empty unless the style has blocks
  BlockNames block_names;  ///< likewise
  FlatArray<NumberPoint> line_points;
  FlatArray<std::uint32_t> line_starts;  ///< per stretch, and one more
  WhereaboutsTable address_places;       ///< per address
  WhereaboutsTable place_places;         ///< per place

  FlatLists localities_by_term;  ///< indices into Gazetteer::localities

  std::span<const int> LocalitiesOf(int term) const {
    const auto at = static_cast<std::size_t>(term);
    return at < localities_by_term.size() ? localities_by_term[at] : std::span<const int>();
  }
  std::unique_ptr<ReverseGeocoder> reverse;
  std::unique_ptr<CoordinatePlace> coordinates;  ///< null for an empty register
  StringTable neighbors;                         ///< folded names of Gazetteer::neighbors
  /// Whether the register says in which town its addresses lie: localities, or a town with most of them.
  bool knows_towns = false;

  AddressView address(int i) const { return gazetteer.addresses[static_cast<std::size_t>(i)]; }
  int NumberOf(int i) const { return gazetteer.addresses.number(static_cast<std::size_t>(i)); }
  PlanePoint PositionOf(int i) const { return gazetteer.addresses.positions()[static_cast<std::size_t>(i)]; }

  /// Per setting and per place: terms of `localities`.
  FlatArray<PlaceSetting> settings;
  FlatArray<std::int32_t> place_localities;

 private:
  void Check() const;
};

/// What lies beside the large arrays and is quickly made of them.
void FinishIndex(RegisterIndex& index);

/// "Storgatan 12B U1, Heby": the designation with the postal town, else the locality.
std::string AddressLabel(const AddressView& address);

}  // namespace lagesbild::geo
