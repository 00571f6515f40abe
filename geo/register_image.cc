#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "geo/index_image.h"
#include "geo/index_rules.h"
#include "geo/register_index.h"

// The part of RegisterIndex that is written into a compiled index and taken out of it again.
namespace lagesbild::geo {
namespace {

/// The same arrays in the same order for both ways.
template <class Self, class Io>
void Transfer(Self& index, Io& io) {
  io.In("localities", [&] { LocalityTable::Transfer(index.localities, io); });
  io.In("localities_by_term", [&] { FlatLists::Transfer(index.localities_by_term, io); });
  io.In("street_names", [&] { NameIndex::Transfer(index.street_names, io); });
  io.In("place_names", [&] { NameIndex::Transfer(index.place_names, io); });
  io.In("road_names", [&] { NameIndex::Transfer(index.road_names, io); });
  io.In("road_groups", [&] { FlatLists::Transfer(index.road_groups, io); });
  io.In("road_labels", [&] { FlatTexts::Transfer(index.road_labels, io); });
  io.In("road_numbers", [&] { StringTable::Transfer(index.road_numbers, io); });
  io.In("property_keys", [&] { StringTable::Transfer(index.property_keys, io); });
  io.In("neighbor_names", [&] { StringTable::Transfer(index.neighbors, io); });
  io.In("streets", [&] { StreetTable::Transfer(index.streets, io); });
  io.Array("stretch", index.stretch);
  io.Array("line_points", index.line_points);
  io.Array("line_starts", index.line_starts);
  io.Array("settings", index.settings);
  io.Array("place_localities", index.place_localities);
  io.In("calibration", [&] { RegisterCalibration::Transfer(index.calibration, io); });
  io.In("block_names", [&] { BlockNames::Transfer(index.block_names, io); });
  io.In("grid", [&] { BlockGrid::Transfer(index.grid, io); });
}

PackedGazetteer ReadGazetteer(ImageReader& image) {
  PackedGazetteer gazetteer;
  image.In("gazetteer", [&] { gazetteer.Read(image); });
  return gazetteer;
}

const AddressStyle& KnownStyle(const std::string& code) {
  const AddressStyle* style = FindAddressStyle(code);
  RequireInImage(style != nullptr, "gazetteer.address_style", "is not known");
  return *style;
}

/// The points of each stretch are those of its addresses, number by number; each address is in one street.
void CheckLines(const RegisterIndex& index) {
  constexpr std::string_view kName = "line_points";
  std::size_t seen = 0;
  for (const NumberPoint& p : index.line_points)
    RequireInImage(p.number >= 1 && p.number <= kMostNumber, kName, "has a number that is none");
  std::vector<std::uint32_t> next(index.line_starts.begin(), index.line_starts.end());
  for (const NamedAddresses& street : index.streets) {
    int before = 0;
    for (const int i : street.addresses) {
      const int number = index.NumberOf(i), stretch = index.stretch[static_cast<std::size_t>(i)];
      RequireInImage(number >= before, "streets", "has addresses out of order");
      RequireInImage(stretch >= street.first_stretch && stretch < street.first_stretch + street.stretches,
                     "stretch", "lies beyond its street");
      before = number;
      ++seen;
      if (number == 0) continue;
      const auto s = static_cast<std::size_t>(stretch);
      if (next[s] > index.line_starts[s] && index.line_points[next[s] - 1].number == number) continue;
      RequireInImage(next[s] < index.line_starts[s + 1] && index.line_points[next[s]].number == number, kName,
                     "are not those of its addresses");
      ++next[s];
    }
  }
  for (std::size_t s = 0; s + 1 < index.line_starts.size(); ++s)
    RequireInImage(next[s] == index.line_starts[s + 1], kName, "are not those of its addresses");
  RequireInImage(seen == index.gazetteer.addresses.size(), "streets",
                 "has other addresses than the register");
}

void CheckPlaces(const RegisterIndex& index) {
  const auto terms = static_cast<std::int64_t>(index.localities.size());
  const auto term = [&](std::int32_t t) {
    RequireInImage(t >= -1 && t < terms, "settings", "names a locality that does not exist");
  };
  RequireInImage(index.settings.size() == index.gazetteer.settings(), "settings",
                 "are not as many everywhere");
  for (const PlaceSetting& s : index.settings) {
    for (const std::int32_t t : {s.locality, s.postal_town, s.district}) term(t);
    RequireInImage(s.postcode < index.gazetteer.text_pool().size(), "settings",
                   "names a text that does not exist");
  }
  RequireInImage(index.place_localities.size() == index.gazetteer.places.size(), "place_localities",
                 "are not as many as the places");
  for (const std::int32_t t : index.place_localities) term(t);
  index.localities_by_term.Check(index.gazetteer.localities.size(), "localities_by_term");
}

}  // namespace

void StreetTable::Check(std::size_t addresses, std::size_t stretches) const {
  addresses_.Check(addresses, "streets");
  RequireInImage(first_stretches_.size() == addresses_.size() + 1 && first_stretches_[0] == 0 &&
                     static_cast<std::size_t>(first_stretches_[addresses_.size()]) == stretches,
                 "streets.first_stretches", "does not cover the stretches");
  for (std::size_t s = 0; s < addresses_.size(); ++s)
    RequireInImage(first_stretches_[s] < first_stretches_[s + 1] && !addresses_[s].empty(),
                   "streets.first_stretches", "has a street without stretches or addresses");
}

RegisterIndex::RegisterIndex(ImageReader& image)
    : gazetteer(ReadGazetteer(image)),
      style(&KnownStyle(gazetteer.address_style)),
      localities(*style),
      street_names(*style),
      place_names(*style),
      road_names(*style),
      block_names(*style) {
  std::uint64_t rules = 0;
  image.Value("rules", rules);
  RequireSameRules(rules, *style);
  Transfer(*this, image);
  image.In("reverse", [&] { reverse = std::make_unique<ReverseGeocoder>(gazetteer, image); });
  image.CheckAllRead();
  Check();
  FinishIndex(*this);
}

void RegisterIndex::Write(ImageWriter& image) const {
  image.In("gazetteer", [&] { gazetteer.Write(image); });
  image.Value("rules", IndexRules(*style));
  Transfer(*this, image);
  image.In("reverse", [&] { reverse->Write(image); });
}

void RegisterIndex::Check() const {
  const std::size_t groups = road_groups.size();
  localities.Check();
  CheckPlaces(*this);
  RequireInImage(line_starts.size() <= static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()) &&
                     !line_starts.empty(),
                 "line_starts", "has no or too many stretches");
  RequireStarts(line_starts, line_points.size(), "line_starts");
  streets.Check(gazetteer.addresses.size(), line_starts.size() - 1);
  street_names.Check(streets.size(), "street_names");
  place_names.Check(gazetteer.places.size(), "place_names");
  road_groups.Check(gazetteer.roads.size(), "road_groups");
  road_names.Check(groups, "road_names");
  road_numbers.Check(groups, "road_numbers");
  road_labels.Check("road_labels");
  RequireInImage(road_labels.size() == groups, "road_labels", "are not as many as the roads");
  property_keys.Check(gazetteer.properties.size(), "property_keys");
  neighbors.Check(1, "neighbor_names");
  RequireInImage(stretch.size() == gazetteer.addresses.size(), "stretch", "is not of every address");
  CheckLines(*this);
  RequirePositions(
      [&] {
        std::vector<PlanePoint> positions;
        for (const NumberPoint& p : line_points) positions.push_back(p.position);
        return positions;
      }(),
      "line_points");
  RequireInImage(calibration.Plausible(), "calibration", "has a distance that is none");
  block_names.Check(streets.size());
  grid.Check(streets.size());
  RequireInImage(style->block_size == 0 || !grid.empty() || streets.size() == 0, "grid", "is missing");
}

}  // namespace lagesbild::geo
