#include "geo/packed_gazetteer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "geo/index_image.h"

namespace lagesbild::geo {
namespace {

constexpr std::int32_t kNoDay = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t kMostDays = 4'000'000;  // years -8980 to 12921: what a calendar can name
constexpr double kMostRadius_m = 1e7, kMostArea_m2 = 1e15;

/// Gives each text a number; 0 is the empty one.
class TextNumbers {
 public:
  std::uint32_t Of(std::string_view text) {
    const auto [at, added] = numbers_.emplace(WellFormed(text), static_cast<std::uint32_t>(texts_.size()));
    if (added) texts_.push_back(at->first);
    return at->second;
  }
  FlatTexts Finish() const { return FlatTexts(texts_); }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_{{"", 0}};  // looked up only
  std::vector<std::string> texts_{""};
};

struct PlaceEntry {
  using AllBytesAreValues = void;
  std::uint32_t id, name, kind, locality;  ///< texts
  std::uint32_t first_alias, aliases;
  std::int32_t valid_from, valid_to;  ///< days since 1970-01-01; kNoDay = open
  double radius_m;
  PlanePoint position;
};

/// How places lie in an image.
struct PackedPlaces {
  FlatArray<PlaceEntry> entries;
  FlatArray<std::uint32_t> aliases;  ///< texts
  FlatTexts texts;

  template <class Self, class Io>
  static void Transfer(Self& self, Io& io) {
    io.Array("entries", self.entries);
    io.Array("aliases", self.aliases);
    io.In("texts", [&] { FlatTexts::Transfer(self.texts, io); });
  }
};

PackedPlaces Pack(const std::vector<Place>& places) {
  TextNumbers texts;
  std::vector<PlaceEntry> entries;
  std::vector<std::uint32_t> aliases;
  const auto day = [](const std::optional<std::chrono::sys_days>& d) {
    return d ? static_cast<std::int32_t>(
                   std::clamp<std::int64_t>(d->time_since_epoch().count(), -kMostDays, kMostDays))
             : kNoDay;
  };
  for (const Place& p : places) {
    PlaceEntry e{};
    e.id = texts.Of(p.id);
    e.name = texts.Of(p.name);
    e.kind = texts.Of(p.kind);
    e.locality = texts.Of(p.locality);
    e.first_alias = static_cast<std::uint32_t>(aliases.size());
    e.aliases = static_cast<std::uint32_t>(p.aliases.size());
    e.valid_from = day(p.valid_from);
    e.valid_to = day(p.valid_to);
    e.radius_m = p.accuracy_radius.value();
    e.position = p.position;
    entries.push_back(e);
    for (const std::string& alias : p.aliases) aliases.push_back(texts.Of(alias));
  }
  return {std::move(entries), std::move(aliases), texts.Finish()};
}

void RequireText(std::uint32_t text, const FlatTexts& texts, std::string_view name) {
  RequireInImage(text < texts.size(), name, "names a text that does not exist");
}

void RequireAmount(double amount, double most, std::string_view name) {
  RequireInImage(amount >= 0 && amount <= most, name, "has a size that is none");
}

std::vector<Place> Unpack(const PackedPlaces& packed, std::string_view name) {
  packed.texts.Check(name);
  for (const std::uint32_t alias : packed.aliases) RequireText(alias, packed.texts, name);
  std::vector<Place> places;
  const auto day = [&](std::int32_t d) -> std::optional<std::chrono::sys_days> {
    if (d == kNoDay) return std::nullopt;
    RequireInImage(std::abs(d) <= kMostDays, name, "has a day that is none");
    return std::chrono::sys_days{std::chrono::days{d}};
  };
  for (const PlaceEntry& e : packed.entries) {
    for (const std::uint32_t text : {e.id, e.name, e.kind, e.locality}) RequireText(text, packed.texts, name);
    RequireInImage(
        e.first_alias <= packed.aliases.size() && e.aliases <= packed.aliases.size() - e.first_alias, name,
        "names an alias that does not exist");
    RequirePositions(std::span(&e.position, 1), name);
    RequireAmount(e.radius_m, kMostRadius_m, name);
    Place& p = places.emplace_back();
    p.id = packed.texts[e.id];
    p.name = packed.texts[e.name];
    p.kind = packed.texts[e.kind];
    p.locality = packed.texts[e.locality];
    for (const std::uint32_t alias : packed.aliases.subspan(e.first_alias, e.aliases))
      p.aliases.emplace_back(packed.texts[alias]);
    p.valid_from = day(e.valid_from);
    p.valid_to = day(e.valid_to);
    p.accuracy_radius = Meters{e.radius_m};
    p.position = e.position;
  }
  return places;
}

double Clamped(double value, double most) {
  return value >= 0 && value <= most ? value : value > most ? most : 0;
}

}  // namespace

PackedGazetteer::PackedGazetteer(const Gazetteer& source)
    : crs(source.crs), address_style(source.address_style) {
  // As they come back from a file, so that both geocoders know the same.
  places = Unpack(Pack(source.places), "places");
  localities = Unpack(Pack(source.localities), "localities");
  for (const std::string& name : source.neighbors) neighbors.push_back(WellFormed(name));

  TextNumbers texts;
  std::vector<PlanePoint> positions;
  std::vector<PackedAddresses::Entry> entries;
  std::vector<std::uint32_t> setting_of;
  std::vector<PackedAddresses::Setting> settings;
  std::vector<std::string> ids;
  using Key = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t,
                         std::uint32_t, double>;
  std::map<Key, std::uint32_t> known;
  for (const Address& a : source.addresses) {
    positions.push_back(a.position);
    entries.push_back(
        {texts.Of(a.area), texts.Of(a.letter), texts.Of(a.addition), std::clamp(a.number, 0, kMostNumber)});
    ids.push_back(WellFormed(a.id));
    const PackedAddresses::Setting s{texts.Of(a.postcode),
                                     texts.Of(a.postal_town),
                                     texts.Of(a.locality),
                                     texts.Of(a.district),
                                     texts.Of(a.municipality_code),
                                     static_cast<std::uint32_t>(a.kind),
                                     Clamped(a.accuracy_radius.value(), kMostRadius_m)};
    const auto [at, added] = known.emplace(
        Key{s.postcode, s.postal_town, s.locality, s.district, s.municipality, s.kind, s.radius_m},
        static_cast<std::uint32_t>(settings.size()));
    if (added) settings.push_back(s);
    setting_of.push_back(at->second);
  }
  addresses.positions_ = std::move(positions);
  addresses.entries_ = std::move(entries);
  addresses.setting_of_ = std::move(setting_of);
  addresses.settings_ = std::move(settings);
  addresses.ids_ = FlatTexts(ids);
  addresses.texts_ = texts.Finish();

  TextNumbers road_texts;
  std::vector<PackedRoads::Entry> road_entries;
  std::vector<PlanePoint> points;
  for (const Road& r : source.roads) {
    road_entries.push_back({road_texts.Of(r.id), road_texts.Of(r.name), road_texts.Of(r.number),
                            static_cast<std::uint32_t>(points.size()),
                            static_cast<std::uint32_t>(r.line.size())});
    points.insert(points.end(), r.line.begin(), r.line.end());
  }
  roads.entries_ = std::move(road_entries);
  roads.points_ = std::move(points);
  roads.texts_ = road_texts.Finish();

  std::vector<PackedProperties::Entry> property_entries;
  std::vector<std::string> designations;
  for (const Property& p : source.properties) {
    property_entries.push_back({p.inner_point, Clamped(p.area_m2, kMostArea_m2)});
    designations.push_back(WellFormed(p.designation));
  }
  properties.entries_ = std::move(property_entries);
  properties.texts_ = FlatTexts(designations);
}

Gazetteer PackedGazetteer::Unpacked() const {
  Gazetteer g;
  g.crs = crs;
  g.address_style = address_style;
  g.places = places;
  g.localities = localities;
  g.neighbors = neighbors;
  for (const AddressView& v : addresses) {
    Address& a = g.addresses.emplace_back();
    a.id = v.id;
    a.kind = v.kind;
    a.area = v.area;
    a.number = v.number;
    a.letter = v.letter;
    a.addition = v.addition;
    a.postcode = v.postcode;
    a.postal_town = v.postal_town;
    a.locality = v.locality;
    a.district = v.district;
    a.municipality_code = v.municipality_code;
    a.position = v.position;
    a.accuracy_radius = v.accuracy_radius;
  }
  for (const RoadView& v : roads)
    g.roads.push_back({std::string(v.id), std::string(v.name), std::string(v.number),
                       std::vector<PlanePoint>(v.line.begin(), v.line.end())});
  for (const PropertyView& v : properties)
    g.properties.push_back({std::string(v.designation), v.inner_point, v.area_m2});
  return g;
}

std::vector<std::size_t> PackedGazetteer::FirstOfSettings() const {
  std::vector<std::size_t> firsts;
  for (std::size_t i = 0; i < addresses.size(); ++i)
    if (addresses.setting_of_[i] == firsts.size()) firsts.push_back(i);
  return firsts;
}

namespace {

template <class Addresses, class Io>
void TransferTexts(Addresses& texts, std::string_view name, Io& io) {
  io.In(name, [&] { FlatTexts::Transfer(texts, io); });
}

}  // namespace

void PackedGazetteer::Write(ImageWriter& image) const {
  image.Value("crs", static_cast<std::int32_t>(crs));
  const auto list = [&](const char* name, const std::vector<std::string>& texts) {
    const FlatTexts flat(texts);
    TransferTexts(flat, name, image);
  };
  list("address_style", {address_style});
  list("neighbors", neighbors);
  const PackedPlaces packed_places = Pack(places), packed_localities = Pack(localities);
  image.In("places", [&] { PackedPlaces::Transfer(packed_places, image); });
  image.In("localities", [&] { PackedPlaces::Transfer(packed_localities, image); });
  image.In("addresses", [&] {
    image.Array("positions", addresses.positions_);
    image.Array("entries", addresses.entries_);
    image.Array("setting_of", addresses.setting_of_);
    image.Array("settings", addresses.settings_);
    TransferTexts(addresses.ids_, "ids", image);
    TransferTexts(addresses.texts_, "texts", image);
  });
  image.In("roads", [&] {
    image.Array("entries", roads.entries_);
    image.Array("points", roads.points_);
    TransferTexts(roads.texts_, "texts", image);
  });
  image.In("properties", [&] {
    image.Array("entries", properties.entries_);
    TransferTexts(properties.texts_, "texts", image);
  });
}

void PackedGazetteer::Read(ImageReader& image) {
  std::int32_t code = 0;
  image.Value("crs", code);
  RequireInImage(code > 0 && code <= 1'000'000, "crs", "is no EPSG code");
  crs = Epsg{code};
  const auto list = [&](const char* name) {
    FlatTexts flat;
    TransferTexts(flat, name, image);
    flat.Check(name);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < flat.size(); ++i) texts.emplace_back(flat[i]);
    return texts;
  };
  const std::vector<std::string> style = list("address_style");
  RequireInImage(style.size() == 1, "address_style", "is not one");
  address_style = style.front();
  neighbors = list("neighbors");
  const auto read_places = [&](const char* name) {
    PackedPlaces packed;
    image.In(name, [&] { PackedPlaces::Transfer(packed, image); });
    return Unpack(packed, name);
  };
  places = read_places("places");
  localities = read_places("localities");
  image.In("addresses", [&] {
    image.Array("positions", addresses.positions_);
    image.Array("entries", addresses.entries_);
    image.Array("setting_of", addresses.setting_of_);
    image.Array("settings", addresses.settings_);
    TransferTexts(addresses.ids_, "ids", image);
    TransferTexts(addresses.texts_, "texts", image);
  });
  image.In("roads", [&] {
    image.Array("entries", roads.entries_);
    image.Array("points", roads.points_);
    TransferTexts(roads.texts_, "texts", image);
  });
  image.In("properties", [&] {
    image.Array("entries", properties.entries_);
    TransferTexts(properties.texts_, "texts", image);
  });
  Check();
}

void PackedGazetteer::Check() const {
  const PackedAddresses& a = addresses;
  const std::size_t count = a.positions_.size();
  RequireInImage(a.entries_.size() == count && a.setting_of_.size() == count && a.ids_.size() == count,
                 "addresses", "are not as many everywhere");
  RequirePositions(a.positions_.span(), "addresses.positions");
  a.ids_.Check("addresses.ids");
  a.texts_.Check("addresses.texts");
  RequireIds(a.setting_of_, a.settings_.size(), "addresses.setting_of");
  const auto texts = static_cast<std::uint32_t>(a.texts_.size());
  bool known = true;
  for (const PackedAddresses::Entry& e : a.entries_)
    known &=
        e.area < texts && e.letter < texts && e.addition < texts && e.number >= 0 && e.number <= kMostNumber;
  RequireInImage(known, "addresses.entries", "names a text or a number that does not exist");
  for (const PackedAddresses::Setting& s : a.settings_) {
    for (const std::uint32_t text : {s.postcode, s.postal_town, s.locality, s.district, s.municipality})
      RequireText(text, a.texts_, "addresses.settings");
    RequireInImage(s.kind <= static_cast<std::uint32_t>(AddressKind::kFarm), "addresses.settings",
                   "has a kind that is none");
    RequireAmount(s.radius_m, kMostRadius_m, "addresses.settings");
  }
  roads.texts_.Check("roads.texts");
  RequirePositions(roads.points_.span(), "roads.points");
  for (const PackedRoads::Entry& e : roads.entries_) {
    for (const std::uint32_t text : {e.id, e.name, e.number})
      RequireText(text, roads.texts_, "roads.entries");
    RequireInImage(
        e.first <= roads.points_.size() && e.points <= roads.points_.size() - e.first && e.points >= 2,
        "roads.entries", "has a line that does not exist");
  }
  properties.texts_.Check("properties.texts");
  RequireInImage(properties.texts_.size() == properties.entries_.size(), "properties",
                 "are not as many everywhere");
  for (const PackedProperties::Entry& e : properties.entries_) {
    RequirePositions(std::span(&e.inner_point, 1), "properties.entries");
    RequireAmount(e.area_m2, kMostArea_m2, "properties.entries");
  }
}

}  // namespace lagesbild::geo
