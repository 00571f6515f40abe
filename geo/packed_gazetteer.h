#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/flat_array.h"
#include "geo/flat_texts.h"
#include "geo/gazetteer.h"
#include "geo/value_iterator.h"

namespace lagesbild::geo {

/// An Address whose texts lie elsewhere: in the index, or in the Address itself.
struct AddressView {
  AddressView() = default;
  AddressView(const Address& a)  // NOLINT(google-explicit-constructor): an address is seen as it is
      : id(a.id),
        kind(a.kind),
        area(a.area),
        number(a.number),
        letter(a.letter),
        addition(a.addition),
        postcode(a.postcode),
        postal_town(a.postal_town),
        locality(a.locality),
        district(a.district),
        municipality_code(a.municipality_code),
        position(a.position),
        accuracy_radius(a.accuracy_radius) {}
  std::string_view id;
  AddressKind kind = AddressKind::kStreet;
  std::string_view area;
  int number = 0;
  std::string_view letter, addition, postcode, postal_town, locality, district, municipality_code;
  PlanePoint position;
  Meters accuracy_radius;
};

/// Where an address or a place lies, in terms of LocalityTable; -1 = the register does not say.
struct Whereabouts {
  PlanePoint position;
  int locality = -1, postal_town = -1, district = -1;
  std::string_view postcode;
};

/// What many addresses share: a postcode, a town, ... as terms of LocalityTable.
struct PlaceSetting {
  std::int32_t locality = -1, postal_town = -1, district = -1;
  std::uint32_t postcode = 0;  ///< text
};

/// Whereabouts by number, put together when asked for.
class WhereaboutsTable {
 public:
  WhereaboutsTable() = default;
  WhereaboutsTable(FlatArray<PlanePoint> positions, FlatArray<std::uint32_t> setting_of,
                   FlatArray<PlaceSetting> settings, FlatTexts texts)
      : positions_(std::move(positions)),
        setting_of_(std::move(setting_of)),
        settings_(std::move(settings)),
        texts_(std::move(texts)) {}
  std::size_t size() const { return positions_.size(); }
  Whereabouts operator[](std::size_t i) const {
    const PlaceSetting& s = settings_[setting_of_[i]];
    return {positions_[i], s.locality, s.postal_town, s.district, texts_[s.postcode]};
  }

 private:
  FlatArray<PlanePoint> positions_;
  FlatArray<std::uint32_t> setting_of_;
  FlatArray<PlaceSetting> settings_;
  FlatTexts texts_;
};

/// Addresses in 40 bytes each and the text of their ids; everything that is said of many is kept once.
class PackedAddresses {
 public:
  std::size_t size() const { return positions_.size(); }
  bool empty() const { return positions_.empty(); }
  AddressView operator[](std::size_t i) const {
    const Entry& e = entries_[i];
    const Setting& s = settings_[setting_of_[i]];
    AddressView view;
    view.id = ids_[i];
    view.kind = static_cast<AddressKind>(s.kind);
    view.area = texts_[e.area];
    view.number = e.number;
    view.letter = texts_[e.letter];
    view.addition = texts_[e.addition];
    view.postcode = texts_[s.postcode];
    view.postal_town = texts_[s.postal_town];
    view.locality = texts_[s.locality];
    view.district = texts_[s.district];
    view.municipality_code = texts_[s.municipality];
    view.position = positions_[i];
    view.accuracy_radius = Meters{s.radius_m};
    return view;
  }
  int number(std::size_t i) const { return entries_[i].number; }
  /// Equal for addresses of equal area; below texts().
  std::uint32_t AreaText(std::size_t i) const { return entries_[i].area; }
  std::size_t texts() const { return texts_.size(); }
  const FlatArray<PlanePoint>& positions() const { return positions_; }
  auto begin() const { return ValueIterator(*this, 0); }
  auto end() const { return ValueIterator(*this, size()); }

 private:
  friend class PackedGazetteer;
  struct Entry {
    std::uint32_t area, letter, addition;  ///< texts
    std::int32_t number;
  };
  struct Setting {
    using AllBytesAreValues = void;
    std::uint32_t postcode, postal_town, locality, district, municipality;  ///< texts
    std::uint32_t kind;
    double radius_m;
  };
  FlatArray<PlanePoint> positions_;
  FlatArray<Entry> entries_;
  FlatArray<std::uint32_t> setting_of_;
  FlatArray<Setting> settings_;
  FlatTexts ids_, texts_;
};

struct RoadView {
  std::string_view id, name, number;
  std::span<const PlanePoint> line;
};

class PackedRoads {
 public:
  std::size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }
  RoadView operator[](std::size_t i) const {
    const Entry& e = entries_[i];
    return {texts_[e.id], texts_[e.name], texts_[e.number], points_.subspan(e.first, e.points)};
  }
  auto begin() const { return ValueIterator(*this, 0); }
  auto end() const { return ValueIterator(*this, size()); }

 private:
  friend class PackedGazetteer;
  struct Entry {
    std::uint32_t id, name, number;  ///< texts
    std::uint32_t first, points;
  };
  FlatArray<Entry> entries_;
  FlatArray<PlanePoint> points_;
  FlatTexts texts_;
};

struct PropertyView {
  std::string_view designation;
  PlanePoint inner_point;
  double area_m2 = 0;
};

class PackedProperties {
 public:
  std::size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }
  PropertyView operator[](std::size_t i) const {
    return {texts_[i], entries_[i].inner_point, entries_[i].area_m2};
  }
  auto begin() const { return ValueIterator(*this, 0); }
  auto end() const { return ValueIterator(*this, size()); }

 private:
  friend class PackedGazetteer;
  struct Entry {
    using AllBytesAreValues = void;
    PlanePoint inner_point;
    double area_m2;
  };
  FlatArray<Entry> entries_;
  FlatTexts texts_;  ///< designations
};

/// A Gazetteer in flat arrays: what is many lies in them, what is few (places, localities) as it was.
class PackedGazetteer {
 public:
  PackedGazetteer() = default;
  /// Texts that are no UTF-8 come out with '?' for what cannot be read.
  explicit PackedGazetteer(const Gazetteer& source);

  Epsg crs{3006};
  std::string address_style;
  PackedAddresses addresses;
  std::vector<Place> places, localities;
  PackedRoads roads;
  PackedProperties properties;
  std::vector<std::string> neighbors;

  /// Everything again as it was, for those who go through a whole register. O(register).
  Gazetteer Unpacked() const;
  /// Number of each address' setting, and settings in all: the index gives each its terms.
  const FlatArray<std::uint32_t>& setting_of() const { return addresses.setting_of_; }
  std::size_t settings() const { return addresses.settings_.size(); }
  /// The first address of each setting, by setting.
  std::vector<std::size_t> FirstOfSettings() const;
  std::uint32_t PostcodeText(std::size_t setting) const { return addresses.settings_[setting].postcode; }
  const FlatTexts& text_pool() const { return addresses.texts_; }

  void Write(class ImageWriter& image) const;
  /// Throws InvalidInput unless every text, number and position can be read.
  void Read(class ImageReader& image);

 private:
  void Check() const;
};

}  // namespace lagesbild::geo
