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

std::string NameOf(const Address& address) {
  // A designation without a number ("Storgatan Kyrkan") is found by its whole text.
  const bool whole = address.number == 0 && !address.addition.empty();
  return CleanText(whole ? address.area + " " + address.addition : address.area);
}

void SortByNumber(const Gazetteer& gazetteer, std::vector<int>& addresses) {
  std::sort(addresses.begin(), addresses.end(), [&](int a, int b) {
    const auto key = [&](int i) {
      const Address& x = gazetteer.addresses[static_cast<std::size_t>(i)];
      return std::tie(x.number, x.letter, x.addition, x.postal_town, x.locality, x.id);
    };
    return key(a) != key(b) ? key(a) < key(b) : a < b;
  });
}

using Square = std::pair<long, long>;

Square SquareOf(PlanePoint p) {
  return {std::lround(std::floor(p.easting.value() / kStretchSquare_m)),
          std::lround(std::floor(p.northing.value() / kStretchSquare_m))};
}

/// Numbers the chains of occupied squares; returns the next free number.
int NumberStretches(const Gazetteer& gazetteer, const std::vector<int>& addresses, int next,
                    std::vector<int>& stretch) {
  std::map<Square, int> squares;  // -1 = not yet reached
  for (const int i : addresses)
    squares.emplace(SquareOf(gazetteer.addresses[static_cast<std::size_t>(i)].position), -1);
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
        squares.at(SquareOf(gazetteer.addresses[static_cast<std::size_t>(i)].position));
  return next;
}

/// Appends the numbered addresses of each stretch of the street as points, one per number.
void AppendLines(RegisterIndex& index, const NamedAddresses& street, Calibrator& calibrator) {
  std::vector<std::vector<int>> by_stretch(static_cast<std::size_t>(street.stretches));
  for (const int i : street.addresses)
    if (index.address(i).number > 0)
      by_stretch[static_cast<std::size_t>(index.stretch[static_cast<std::size_t>(i)] - street.first_stretch)]
          .push_back(i);
  for (const std::vector<int>& addresses : by_stretch) {
    index.line_starts.push_back(static_cast<std::uint32_t>(index.line_points.size()));
    for (std::size_t from = 0, to = 0; from < addresses.size(); from = to) {
      const int number = index.address(addresses[from]).number;
      double east = 0, north = 0;
      for (to = from; to < addresses.size() && index.address(addresses[to]).number == number; ++to) {
        east += index.address(addresses[to]).position.easting.value();
        north += index.address(addresses[to]).position.northing.value();
      }
      const auto n = static_cast<double>(to - from);
      const PlanePoint middle{Meters{east / n}, Meters{north / n}};
      index.line_points.push_back({number, middle});
      if (to - from < 2) continue;
      std::vector<double> distances_m;
      for (std::size_t i = from; i < to; ++i) {
        const PlanePoint p = index.address(addresses[i]).position;
        distances_m.push_back(std::hypot(p.easting.value() - middle.easting.value(),
                                         p.northing.value() - middle.northing.value()));
      }
      calibrator.AddLetters(distances_m);
    }
    calibrator.AddLine(std::span(index.line_points).subspan(index.line_starts.back()));
  }
}

BlockGrid GridOf(const RegisterIndex& index) {
  std::vector<std::vector<NumberPoint>> lines;
  for (const NamedAddresses& street : index.streets) {
    std::vector<NumberPoint>& line = lines.emplace_back();
    for (const int i : street.addresses) {
      const Address& a = index.address(i);
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

bool IsFinite(PlanePoint p) { return std::isfinite(p.easting.value()) && std::isfinite(p.northing.value()); }

/// A position that is no number can be neither reached nor compared.
void DropWhatLiesNowhere(Gazetteer& gazetteer) {
  std::erase_if(gazetteer.addresses, [](const Address& a) { return !IsFinite(a.position); });
  std::erase_if(gazetteer.places, [](const Place& p) { return !IsFinite(p.position); });
  std::erase_if(gazetteer.roads, [](const Road& r) {
    return r.line.size() < 2 || !std::all_of(r.line.begin(), r.line.end(), IsFinite);
  });
  std::erase_if(gazetteer.properties, [](const Property& p) { return !IsFinite(p.inner_point); });
  std::erase_if(gazetteer.localities, [](const Place& p) { return !IsFinite(p.position); });
}

/// The addresses of each name, in the register's order.
std::vector<std::vector<int>> NameAddresses(RegisterIndex& index) {
  std::vector<std::vector<int>> named;
  std::unordered_map<std::string, int> street_ids;  // looked up only
  for (std::size_t i = 0; i < index.gazetteer.addresses.size(); ++i) {
    const Address& address = index.gazetteer.addresses[i];
    LocalityTable& localities = index.localities;
    localities.AddPostcode(address.postcode);
    index.address_places.push_back({address.position, localities.Intern(address.locality),
                                    localities.Intern(address.postal_town),
                                    localities.Intern(address.district), address.postcode});
    const std::string name = NameOf(address);
    const auto [street, added] = street_ids.emplace(NameKey(LowerCase(name)), static_cast<int>(named.size()));
    if (added) {
      named.emplace_back();
      index.street_names.Add(name, street->second);
      if (index.style->block_size > 0) index.block_names.Add(name, street->second);
    }
    named[static_cast<std::size_t>(street->second)].push_back(static_cast<int>(i));
  }
  return named;
}

void IndexAddresses(RegisterIndex& index) {
  std::vector<std::vector<int>> named = NameAddresses(index);
  index.stretch.assign(index.gazetteer.addresses.size(), -1);
  index.street_addresses.reserve(index.gazetteer.addresses.size());
  int next = 0;
  for (std::vector<int>& addresses : named) {
    SortByNumber(index.gazetteer, addresses);
    NamedAddresses& street = index.streets.emplace_back();
    street.first_stretch = next;
    next = NumberStretches(index.gazetteer, addresses, next, index.stretch);
    street.stretches = next - street.first_stretch;
    index.street_addresses.insert(index.street_addresses.end(), addresses.begin(), addresses.end());
  }
  Calibrator calibrator(*index.style);
  std::size_t from = 0;
  for (std::size_t s = 0; s < named.size(); ++s) {
    index.streets[s].addresses = std::span(index.street_addresses).subspan(from, named[s].size());
    from += named[s].size();
    AppendLines(index, index.streets[s], calibrator);
  }
  index.line_starts.push_back(static_cast<std::uint32_t>(index.line_points.size()));
  index.calibration = calibrator.Result();
  index.street_names.Freeze();
  index.block_names.Freeze();
  if (index.style->block_size > 0) index.grid = GridOf(index);
}

void IndexLocalities(RegisterIndex& index) {
  for (std::size_t i = 0; i < index.gazetteer.localities.size(); ++i) {
    const Place& locality = index.gazetteer.localities[i];
    const auto add = [&](const std::string& name) {
      const int term = index.localities.Intern(name);
      if (term < 0) return;
      auto& by_term = index.localities_by_term;
      by_term.resize(std::max(by_term.size(), static_cast<std::size_t>(term) + 1));
      by_term[static_cast<std::size_t>(term)].push_back(static_cast<int>(i));
      // A district is large and its circle rough; the register names the district of each address.
      if (locality.kind != "district")
        index.localities.AddCircle(term, locality.position, locality.accuracy_radius);
    };
    add(locality.name);
    for (const std::string& alias : locality.aliases) add(alias);
  }
  for (const std::string& name : index.gazetteer.neighbors)
    index.neighbors.Add(FoldDigraphs(FoldMarks(NameKey(LowerCase(CleanText(name))))), 0);
  index.neighbors.Freeze();
}

/// Districts say nothing of towns.
bool KnowsTowns(const Gazetteer& gazetteer) {
  const auto& localities = gazetteer.localities;
  if (std::any_of(localities.begin(), localities.end(),
                  [](const Place& place) { return place.kind != "district"; }))
    return true;
  const auto& addresses = gazetteer.addresses;
  const auto towns = std::count_if(addresses.begin(), addresses.end(), [](const Address& a) {
    return !a.postal_town.empty() || !a.locality.empty();
  });
  return 2 * static_cast<std::size_t>(towns) > addresses.size();
}

void IndexPlaces(RegisterIndex& index) {
  for (std::size_t i = 0; i < index.gazetteer.places.size(); ++i) {
    const Place& place = index.gazetteer.places[i];
    index.place_places.push_back({place.position, index.localities.Intern(place.locality), -1, -1, ""});
    index.place_names.Add(CleanText(place.name), static_cast<int>(i));
    for (const std::string& alias : place.aliases)
      index.place_names.Add(CleanText(alias), static_cast<int>(i));
  }
  index.place_names.Freeze();
}

void IndexRoads(RegisterIndex& index) {
  std::map<std::pair<bool, std::string>, int> groups;  // numbered or named, key
  for (std::size_t i = 0; i < index.gazetteer.roads.size(); ++i)
    for (const bool numbered : {false, true}) {
      const Road& road = index.gazetteer.roads[i];
      const std::string label = CleanText(numbered ? road.number : road.name);
      const std::string key = NameKey(LowerCase(label));
      if (key.empty()) continue;
      const auto [group, added] =
          groups.emplace(std::pair(numbered, key), static_cast<int>(index.road_groups.size()));
      if (added) {
        index.road_groups.emplace_back();
        index.road_labels.push_back(numbered ? "väg " + label : label);
        if (numbered)
          index.road_numbers.Add(key, group->second);
        else
          index.road_names.Add(label, group->second);
      }
      index.road_groups[static_cast<std::size_t>(group->second)].push_back(static_cast<int>(i));
    }
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

/// Coordinates are read against the box of what the register holds.
std::unique_ptr<CoordinatePlace> CoordinatesWithin(const Gazetteer& gazetteer) {
  std::vector<PlanePoint> points;
  for (const Address& a : gazetteer.addresses) points.push_back(a.position);
  for (const Place& p : gazetteer.localities) points.push_back(p.position);
  if (points.empty()) return nullptr;
  PlanePoint low = points.front(), high = points.front();
  for (const PlanePoint p : points) {
    low = {std::min(low.easting, p.easting), std::min(low.northing, p.northing)};
    high = {std::max(high.easting, p.easting), std::max(high.northing, p.northing)};
  }
  return std::make_unique<CoordinatePlace>(gazetteer.crs, low, high);
}

}  // namespace

RegisterIndex::RegisterIndex(Gazetteer source)
    : gazetteer(std::move(source)),
      style(&RequireStyle(gazetteer.address_style)),
      localities(*style),
      street_names(*style),
      place_names(*style),
      road_names(*style),
      block_names(*style) {
  DropWhatLiesNowhere(gazetteer);
  IndexAddresses(*this);
  IndexLocalities(*this);
  knows_towns = KnowsTowns(gazetteer);
  IndexPlaces(*this);
  IndexRoads(*this);
  IndexProperties(*this);
  reverse = std::make_unique<ReverseGeocoder>(gazetteer);
  coordinates = CoordinatesWithin(gazetteer);
}

}  // namespace lagesbild::geo
