#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "geo/address_style.h"
#include "geo/block_grid.h"
#include "geo/block_names.h"
#include "geo/coordinate_place.h"
#include "geo/gazetteer.h"
#include "geo/locality_table.h"
#include "geo/name_index.h"
#include "geo/number_line.h"
#include "geo/register_calibration.h"
#include "geo/reverse_geocoder.h"
#include "geo/string_table.h"

namespace lagesbild::geo {

/// All addresses of one name: a street may exist in several localities under one name.
struct NamedAddresses {
  /// Indices into Gazetteer::addresses, by number, letter, addition, id; a part of
  /// RegisterIndex::street_addresses.
  std::span<const int> addresses;
  int first_stretch = 0, stretches = 0;
};

/// A gazetteer with its names made findable. Immutable after construction.
struct RegisterIndex {
  /// Throws InvalidInput when the gazetteer names an unknown address style.
  explicit RegisterIndex(Gazetteer source);

  Gazetteer gazetteer;
  const AddressStyle* style;
  LocalityTable localities;
  NameIndex street_names, place_names;
  NameIndex road_names;                       ///< ids are groups: all pieces of one name
  std::vector<std::vector<int>> road_groups;  ///< indices into Gazetteer::roads
  std::vector<std::string> road_labels;       ///< per group
  StringTable property_keys;                  ///< PropertyKey: indices into Gazetteer::properties
  StringTable road_numbers;                   ///< "56", "e4": groups
  std::vector<NamedAddresses> streets;
  std::vector<int> street_addresses;  ///< street by street
  std::vector<int> stretch;  ///< per address: which contiguous street or village of its name it is in
  RegisterCalibration calibration;
  /// The numbers of a stretch, each once, by number.
  std::span<const NumberPoint> LineOf(int of_stretch) const {
    const auto at = static_cast<std::size_t>(of_stretch);
    return std::span(line_points).subspan(line_starts[at], line_starts[at + 1] - line_starts[at]);
  }
  BlockGrid grid;          ///< empty unless the style has blocks
  BlockNames block_names;  ///< likewise
  std::vector<NumberPoint> line_points;
  std::vector<std::uint32_t> line_starts;   ///< per stretch, and one more
  std::vector<Whereabouts> address_places;  ///< per address
  std::vector<Whereabouts> place_places;    ///< per place

  std::vector<std::vector<int>> localities_by_term;  ///< indices into Gazetteer::localities

  const std::vector<int>& LocalitiesOf(int term) const {
    static const std::vector<int> kNone;
    const auto at = static_cast<std::size_t>(term);
    return at < localities_by_term.size() ? localities_by_term[at] : kNone;
  }
  std::unique_ptr<ReverseGeocoder> reverse;
  std::unique_ptr<CoordinatePlace> coordinates;  ///< null for an empty register
  StringTable neighbors;                         ///< folded names of Gazetteer::neighbors
  /// Whether the register says in which town its addresses lie: localities, or a town with most of them.
  bool knows_towns = false;

  const Address& address(int i) const { return gazetteer.addresses[static_cast<std::size_t>(i)]; }
};

/// "Storgatan 12B U1, Heby": the designation with the postal town, else the locality.
std::string AddressLabel(const Address& address);

}  // namespace lagesbild::geo
