#include "geo/register_index.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "geo/errors.h"
#include "geo/place_text.h"
#include "geo/property_search.h"

namespace lagesbild::geo {
namespace {

/// Addresses of one name belong to one street when a chain of neighboring squares of this side links them.
constexpr double kStretchSquare_m = 1500;

/// A designation without a number ("Storgatan Kyrkan") is found by its whole text.
bool IsWhole(const AddressView& address) { return address.number == 0 && !address.addition.empty(); }

std::string NameOf(const AddressView& address) {
  std::string name(address.area);
  if (IsWhole(address)) name.append(" ").append(address.addition);
  return CleanText(name);
}

void SortByNumber(const PackedGazetteer& gazetteer, std::vector<int>& addresses) {
  std::sort(addresses.begin(), addresses.end(), [&](int a, int b) {
    const auto key = [&](int i) {
      const AddressView x = gazetteer.addresses[static_cast<std::size_t>(i)];
      return std::tuple(x.number, x.letter, x.addition, x.postal_town, x.locality, x.id, i);
    };
    return key(a) < key(b);
  });
}

using Square = std::pair<long, long>;

Square SquareOf(PlanePoint p) {
  return {std::lround(std::floor(p.easting.value() / kStretchSquare_m)),
          std::lround(std::floor(p.northing.value() / kStretchSquare_m))};
}

/// Numbers the chains of occupied squares; returns the next free number.
int NumberStretches(const PackedGazetteer& gazetteer, const std::vector<int>& addresses, int next,
                    std::vector<std::int32_t>& stretch) {
  std::map<Square, int> squares;  // -1 = not yet reached
  for (const int i : addresses)
    squares.emplace(SquareOf(gazetteer.addresses.positions()[static_cast<std::size_t>(i)]), -1);
  for (auto& [start, number] : squares) {
    if (number >= 0) continue;
    number = next;
    std::vector<Square> open{start};
    while (!open.empty()) {
      const Square at = open.back();
      open.pop_back();
      for (long dx = -1; dx <= 1; ++dx)
        for (long dy = -1; dy <= 1; ++dy)
          if (const auto near = squares.find({at.first + dx, at.second + dy});
              near != squares.end() && near->second < 0) {
            near->second = next;
            open.push_back(near->first);
          }
    }
    ++next;
  }
  for (const int i : addresses)
    stretch[static_cast<std::size_t>(i)] =
        squares.at(SquareOf(gazetteer.addresses.positions()[static_cast<std::size_t>(i)]));
  return next;
}

struct Lines {
  std::vector<NumberPoint> points;
  std::vector<std::uint32_t> starts;
};

/// Lets a street's stretches of one number be sought on its others.
void CalibrateLone(std::span<const NumberPoint> points, std::span<const std::uint32_t> starts, bool village,
                   Calibrator& calibrator) {
  std::vector<std::span<const NumberPoint>> all;
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const std::size_t end = i + 1 < starts.size() ? starts[i + 1] : points.size();
    all.push_back(points.subspan(starts[i], end - starts[i]));
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].size() != 1) continue;
    std::vector<std::span<const NumberPoint>> others = all;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    calibrator.AddLone(all[i].front(), others, village);
  }
}

/// Appends the numbered addresses of each stretch of the street as points, one per number.
void AppendLines(const RegisterIndex& index, const NamedAddresses& street, Lines& lines,
                 Calibrator& calibrator) {
  std::vector<std::vector<int>> by_stretch(static_cast<std::size_t>(street.stretches));
  for (const int i : street.addresses)
    if (index.NumberOf(i) > 0)
      by_stretch[static_cast<std::size_t>(index.stretch[static_cast<std::size_t>(i)] - street.first_stretch)]
          .push_back(i);
  const bool village = IsVillage(index.address(street.addresses[0]).kind);
  const std::size_t first_start = lines.starts.size();
  for (const std::vector<int>& addresses : by_stretch) {
    lines.starts.push_back(static_cast<std::uint32_t>(lines.points.size()));
    for (std::size_t from = 0, to = 0; from < addresses.size(); from = to) {
      const int number = index.NumberOf(addresses[from]);
      double east = 0, north = 0;
      for (to = from; to < addresses.size() && index.NumberOf(addresses[to]) == number; ++to) {
        east += index.PositionOf(addresses[to]).easting.value();
        north += index.PositionOf(addresses[to]).northing.value();
      }
      const auto n = static_cast<double>(to - from);
      const PlanePoint middle{Meters{east / n}, Meters{north / n}};
      lines.points.push_back({number, middle});
      if (to - from < 2) continue;
      std::vector<double> distances_m;
      for (std::size_t i = from; i < to; ++i) {
        const PlanePoint p = index.PositionOf(addresses[i]);
        distances_m.push_back(std::hypot(p.easting.value() - middle.easting.value(),
                                         p.northing.value() - middle.northing.value()));
      }
      calibrator.AddLetters(distances_m);
    }
    calibrator.AddLine(std::span(lines.points).subspan(lines.starts.back()), village);
  }
  CalibrateLone(lines.points, std::span(lines.starts).subspan(first_start), village, calibrator);
}

BlockGrid GridOf(const RegisterIndex& index) {
  std::vector<std::vector<NumberPoint>> lines;
  for (const NamedAddresses& street : index.streets) {
    std::vector<NumberPoint>& line = lines.emplace_back();
    for (const int i : street.addresses) {
      const AddressView a = index.address(i);
      if (a.number % index.style->block_size == 0 && (line.empty() || line.back().number != a.number))
        line.push_back({a.number, a.position});
    }
  }
  return {std::move(lines), index.block_names.Opposites(), index.style->block_size};
}

const AddressStyle& RequireStyle(const std::string& code) {
  if (const AddressStyle* style = FindAddressStyle(code)) return *style;
  throw InvalidInput("the address style \"" + code + "\" is not known; known are " +
                     std::string(AddressStyleCodes()));
}

bool IsFinite(PlanePoint p) {
  return std::abs(p.easting.value()) <= kFurthest_m && std::abs(p.northing.value()) <= kFurthest_m;
}

/// A position that is no number can be neither reached nor compared.
Gazetteer WithoutWhatLiesNowhere(const Gazetteer& gazetteer) {
  Gazetteer kept = gazetteer;
  std::erase_if(kept.addresses, [](const Address& a) { return !IsFinite(a.position); });
  std::erase_if(kept.places, [](const Place& p) { return !IsFinite(p.position); });
  std::erase_if(kept.roads, [](const Road& r) {
    return r.line.size() < 2 || !std::all_of(r.line.begin(), r.line.end(), IsFinite);
  });
  std::erase_if(kept.properties, [](const Property& p) { return !IsFinite(p.inner_point); });
  std::erase_if(kept.localities, [](const Place& p) { return !IsFinite(p.position); });
  return kept;
}

/// The copy only when there is something to leave out.
PackedGazetteer Packed(const Gazetteer& source) {
  const auto finite = [](const auto& item) { return IsFinite(item.position); };
  const bool all = std::all_of(source.addresses.begin(), source.addresses.end(), finite) &&
                   std::all_of(source.places.begin(), source.places.end(), finite) &&
                   std::all_of(source.localities.begin(), source.localities.end(), finite) &&
                   std::all_of(source.properties.begin(), source.properties.end(),
                               [](const Property& p) { return IsFinite(p.inner_point); }) &&
                   std::all_of(source.roads.begin(), source.roads.end(), [](const Road& r) {
                     return r.line.size() >= 2 && std::all_of(r.line.begin(), r.line.end(), IsFinite);
                   });
  return PackedGazetteer(all ? source : WithoutWhatLiesNowhere(source));
}

/// What each setting of the addresses says, in terms of the localities.
void IndexSettings(RegisterIndex& index) {
  std::vector<PlaceSetting> settings;
  for (const std::size_t i : index.gazetteer.FirstOfSettings()) {
    const AddressView address = index.gazetteer.addresses[i];
    index.localities.AddPostcode(address.postcode);
    PlaceSetting& setting = settings.emplace_back();
    setting.locality = index.localities.Intern(address.locality);
    setting.postal_town = index.localities.Intern(address.postal_town);
    setting.district = index.localities.Intern(address.district);
    setting.postcode = index.gazetteer.PostcodeText(settings.size() - 1);
  }
  index.settings = std::move(settings);
}

/// The addresses of each name, in the register's order.
std::vector<std::vector<int>> NameAddresses(RegisterIndex& index) {
  std::vector<std::vector<int>> named;
  std::unordered_map<std::string, int> street_ids;  // looked up only
  const PackedAddresses& addresses = index.gazetteer.addresses;
  std::vector<int> street_of_area(addresses.texts(), -1);
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const AddressView address = addresses[i];
    int& known = street_of_area[addresses.AreaText(i)];
    int street = IsWhole(address) ? -1 : known;
    if (street < 0) {
      const std::string name = NameOf(address);
      const auto [at, added] = street_ids.emplace(NameKey(LowerCase(name)), static_cast<int>(named.size()));
      street = at->second;
      if (!IsWhole(address)) known = street;
      if (added) {
        named.emplace_back();
        index.street_names.Add(name, street);
        if (index.style->block_size > 0) index.block_names.Add(name, street);
      }
    }
    named[static_cast<std::size_t>(street)].push_back(static_cast<int>(i));
  }
  return named;
}

void IndexAddresses(RegisterIndex& index) {
  IndexSettings(index);
  std::vector<std::vector<int>> named = NameAddresses(index);
  std::vector<std::int32_t> stretch(index.gazetteer.addresses.size(), -1), first_stretches;
  int next = 0;
  for (std::vector<int>& addresses : named) {
    SortByNumber(index.gazetteer, addresses);
    first_stretches.push_back(next);
    next = NumberStretches(index.gazetteer, addresses, next, stretch);
  }
  first_stretches.push_back(next);
  index.stretch = std::move(stretch);
  index.streets = StreetTable(named, std::move(first_stretches));
  Calibrator calibrator(*index.style);
  Lines lines;
  for (const NamedAddresses& street : index.streets) AppendLines(index, street, lines, calibrator);
  lines.starts.push_back(static_cast<std::uint32_t>(lines.points.size()));
  index.line_points = std::move(lines.points);
  index.line_starts = std::move(lines.starts);
  index.calibration = calibrator.Result();
  index.street_names.Freeze();
  index.block_names.Freeze();
  if (index.style->block_size > 0) index.grid = GridOf(index);
}

void IndexLocalities(RegisterIndex& index) {
  std::vector<std::vector<int>> by_term;
  for (std::size_t i = 0; i < index.gazetteer.localities.size(); ++i) {
    const Place& locality = index.gazetteer.localities[i];
    const auto add = [&](const std::string& name) {
      const int term = index.localities.Intern(name);
      if (term < 0) return;
      by_term.resize(std::max(by_term.size(), static_cast<std::size_t>(term) + 1));
      by_term[static_cast<std::size_t>(term)].push_back(static_cast<int>(i));
      // A district is large and its circle rough; the register names the district of each address.
      if (locality.kind != "district")
        index.localities.AddCircle(term, locality.position, locality.accuracy_radius);
    };
    add(locality.name);
    for (const std::string& alias : locality.aliases) add(alias);
  }
  index.localities_by_term = FlatLists(by_term);
  for (const std::string& name : index.gazetteer.neighbors)
    index.neighbors.Add(FoldDigraphs(FoldMarks(NameKey(LowerCase(CleanText(name))))), 0);
  index.neighbors.Freeze();
}

void IndexPlaces(RegisterIndex& index) {
  std::vector<std::int32_t> localities;
  for (std::size_t i = 0; i < index.gazetteer.places.size(); ++i) {
    const Place& place = index.gazetteer.places[i];
    localities.push_back(index.localities.Intern(place.locality));
    index.place_names.Add(CleanText(place.name), static_cast<int>(i));
    for (const std::string& alias : place.aliases)
      index.place_names.Add(CleanText(alias), static_cast<int>(i));
  }
  index.place_names.Freeze();
  index.place_localities = std::move(localities);
}

void IndexRoads(RegisterIndex& index) {
  std::map<std::pair<bool, std::string>, int> groups;  // numbered or named, key
  std::vector<std::vector<int>> pieces;
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < index.gazetteer.roads.size(); ++i)
    for (const bool numbered : {false, true}) {
      const RoadView road = index.gazetteer.roads[i];
      const std::string label = CleanText(numbered ? road.number : road.name);
      const std::string key = NameKey(LowerCase(label));
      if (key.empty()) continue;
      const auto [group, added] = groups.emplace(std::pair(numbered, key), static_cast<int>(pieces.size()));
      if (added) {
        pieces.emplace_back();
        labels.push_back(numbered ? "väg " + label : label);
        if (numbered)
          index.road_numbers.Add(key, group->second);
        else
          index.road_names.Add(label, group->second);
      }
      pieces[static_cast<std::size_t>(group->second)].push_back(static_cast<int>(i));
    }
  index.road_groups = FlatLists(pieces);
  index.road_labels = FlatTexts(labels);
  index.road_names.Freeze();
  index.road_numbers.Freeze();
}

void IndexProperties(RegisterIndex& index) {
  for (std::size_t i = 0; i < index.gazetteer.properties.size(); ++i) {
    const std::vector<std::string> words =
        SplitWords(LowerCase(CleanText(index.gazetteer.properties[i].designation)));
    // "HEBY HORRSTA 1:23" is found with the municipality and without it.
    for (std::size_t from = 0; from < std::min<std::size_t>(2, words.size()); ++from) {
      if (from > 0 && words.size() < 3) break;
      const std::string key = PropertyKey({words.begin() + static_cast<std::ptrdiff_t>(from), words.end()});
      if (!key.empty()) index.property_keys.Add(key, static_cast<int>(i));
    }
  }
  index.property_keys.Freeze();
}

/// Districts say nothing of towns.
bool KnowsTowns(const PackedGazetteer& gazetteer) {
  const auto& localities = gazetteer.localities;
  if (std::any_of(localities.begin(), localities.end(),
                  [](const Place& place) { return place.kind != "district"; }))
    return true;
  const auto& addresses = gazetteer.addresses;
  const auto towns = std::count_if(addresses.begin(), addresses.end(), [](const AddressView& a) {
    return !a.postal_town.empty() || !a.locality.empty();
  });
  return 2 * static_cast<std::size_t>(towns) > addresses.size();
}

/// Coordinates are read against the box of what the register holds.
std::unique_ptr<CoordinatePlace> CoordinatesWithin(const PackedGazetteer& gazetteer) {
  const auto points = gazetteer.addresses.positions();
  if (points.empty() && gazetteer.localities.empty()) return nullptr;
  PlanePoint low = points.empty() ? gazetteer.localities.front().position : points.front(), high = low;
  const auto reach = [&](PlanePoint p) {
    low = {std::min(low.easting, p.easting), std::min(low.northing, p.northing)};
    high = {std::max(high.easting, p.easting), std::max(high.northing, p.northing)};
  };
  for (const PlanePoint p : points) reach(p);
  for (const Place& p : gazetteer.localities) reach(p.position);
  return std::make_unique<CoordinatePlace>(gazetteer.crs, low, high);
}

}  // namespace

void FinishIndex(RegisterIndex& index) {
  const PackedGazetteer& g = index.gazetteer;
  index.coordinates = CoordinatesWithin(g);
  index.knows_towns = KnowsTowns(g);
  index.address_places =
      WhereaboutsTable(g.addresses.positions(), g.setting_of(), index.settings, g.text_pool());
  std::vector<PlanePoint> positions;
  std::vector<std::uint32_t> setting_of;
  std::vector<PlaceSetting> settings;
  for (std::size_t i = 0; i < g.places.size(); ++i) {
    positions.push_back(g.places[i].position);
    setting_of.push_back(static_cast<std::uint32_t>(i));
    settings.push_back({index.place_localities[i], -1, -1, 0});
  }
  index.place_places = WhereaboutsTable(std::move(positions), std::move(setting_of), std::move(settings),
                                        FlatTexts(std::vector<std::string>{""}));
}

RegisterIndex::RegisterIndex(const Gazetteer& source)
    : gazetteer(Packed(source)),
      style(&RequireStyle(gazetteer.address_style)),
      localities(*style),
      street_names(*style),
      place_names(*style),
      road_names(*style),
      block_names(*style) {
  IndexAddresses(*this);
  IndexLocalities(*this);
  IndexPlaces(*this);
  localities.Freeze();
  IndexRoads(*this);
  IndexProperties(*this);
  reverse = std::make_unique<ReverseGeocoder>(gazetteer);
  FinishIndex(*this);
}

}  // namespace lagesbild::geo
