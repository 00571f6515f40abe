#include "maps/osm_addresses.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "geo/address_parser.h"
#include "geo/place_text.h"
#include "geo/register_difference.h"
#include "maps/errors.h"
#include "maps/osm_extract.h"
#include "maps/osm_input.h"

namespace lagesbild::maps {
namespace {

constexpr double kMargin_m = 500;
constexpr double kPointRadius_m = 25, kEntranceRadius_m = 10, kAreaRadius_m = 25;
constexpr double kSameHouse_m = 200;
constexpr std::size_t kMostNumbers = 60;

std::vector<geo::Word> WordsOf(std::string_view text) {
  std::vector<geo::Word> words;
  for (const std::string& word : geo::SplitWords(geo::CleanText(text)))
    words.push_back({word, geo::LowerCase(word)});
  return words;
}

/// One number, without range.
bool ReadOne(std::string_view text, HouseDesignation& one) {
  const std::vector<geo::Word> words = WordsOf(text);
  const auto reading = geo::ReadHouseNumber(words, 0, true);
  if (!reading || reading->words != words.size() || reading->number.range()) return false;
  one = {reading->number.number, reading->number.letter, reading->number.addition};
  return one.number > 0;
}

bool IsLetter(const std::string& text) {
  return text.size() == 1 && ((text[0] >= 'A' && text[0] <= 'Z') || (text[0] >= 'a' && text[0] <= 'z'));
}

/// "10-16", "12A-C", "12A-12C".
bool ReadRange(std::string_view text, std::vector<HouseDesignation>& all) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos || text.find('-', dash + 1) != std::string_view::npos) return false;
  HouseDesignation first, last;
  const std::vector<std::string> ends = SplitTag(text, '-');
  if (ends.size() != 2) return false;
  if (!ReadOne(ends[0], first)) return false;
  const bool letters_only = IsLetter(ends[1]);
  if (!letters_only && !ReadOne(ends[1], last)) return false;
  if (letters_only) last = {first.number, geo::LowerCase(ends[1]), ""};
  if (first.number == last.number && first.letter.size() == 1 && last.letter.size() == 1) {
    const char from = geo::LowerCase(first.letter)[0], to = geo::LowerCase(last.letter)[0];
    if (from < 'a' || to > 'z' || from > to) return false;
    for (char c = from; c <= to; ++c)
      all.push_back({first.number, std::string(1, static_cast<char>(c - 'a' + 'A')), ""});
    return true;
  }
  if (!first.letter.empty() || !last.letter.empty() || first.number >= last.number) return false;
  const int step = first.number % 2 == last.number % 2 ? 2 : 1;
  if (static_cast<std::size_t>((last.number - first.number) / step) >= kMostNumbers) return false;
  for (int number = first.number; number <= last.number; number += step) all.push_back({number, "", ""});
  return true;
}

struct Candidate {
  geo::Address address;
  std::int64_t row = 0;
  bool business = false;
};

class OsmAddressReader {
 public:
  OsmAddressReader(const RegisterTarget& target, std::string municipality_code,
                   const geo::AddressStyle& style, AddressRegisterFile& result)
      : target_(target),
        code_(std::move(municipality_code)),
        style_(style),
        positions_(target),
        result_(result) {}

  void Take(const OsmObject& object, const Reprojection& into) {
    const bool street = object.Has("addr:street"), place = object.Has("addr:place");
    const std::string numbers = object.Tag("addr:housenumber");
    if (numbers.empty() && !object.Has("addr:interpolation")) {
      // addr:city or addr:street alone is context of a business, not an address.
      return;
    }
    ++result_.read;
    try {
      TakeAddress(object, into, street, place, numbers);
    } catch (const RowFault& fault) {
      Reject(object.Number(), fault);
    }
  }

  void Finish() {
    DropRepeatedBusinesses();
    result_.findings = tally_.Findings();
    result_.rejected_count = tally_.rejected();
  }

  std::string WhyNone() const { return positions_.WhyNone(result_.read); }

 private:
  void Reject(std::int64_t row, const RowFault& fault) { tally_.Reject(row, fault.column, fault.reason); }

  void TakeAddress(const OsmObject& object, const Reprojection& into, bool street, bool place,
                   const std::string& numbers) {
    if (object.Has("addr:interpolation"))
      throw RowFault("addr:interpolation",
                     "addr:interpolation says that numbers lie between, not where; it is not used");
    if (!street && !place)
      throw RowFault("addr:street", "the address number has neither addr:street nor addr:place");
    const std::vector<HouseDesignation> designations = ReadHouseNumbers(numbers);
    if (designations.empty())
      throw RowFault("addr:housenumber", "addr:housenumber is no number, range or list of them");
    Candidate candidate;
    geo::Address& address = candidate.address;
    address.position = OsmPosition(object, positions_, into);
    positions_.RequireWithin(address.position, kMargin_m);
    address.kind = street ? geo::AddressKind::kStreet : geo::AddressKind::kVillage;
    address.area = object.Tag(street ? "addr:street" : "addr:place");
    address.postal_town = object.Tag("addr:city");
    address.locality = street && place ? object.Tag("addr:place") : object.Tag("addr:suburb");
    address.district = object.Tag("addr:district");
    address.municipality_code = code_;
    const std::string postcode = object.Tag("addr:postcode");
    address.postcode = geo::ReadPostcode(postcode, style_);
    if (!postcode.empty() && address.postcode.empty())
      tally_.Keep(object.Number(), "addr:postcode", "the postcode cannot be read and is left out");
    address.accuracy_radius = geo::Meters{object.is_area()         ? kAreaRadius_m
                                          : object.Has("entrance") ? kEntranceRadius_m
                                                                   : kPointRadius_m};
    candidate.row = object.Number();
    candidate.business = object.Has("shop") || object.Has("amenity") || object.Has("office") ||
                         object.Has("tourism") || object.Has("leisure") || object.Has("craft");
    result_.read += static_cast<std::int64_t>(designations.size()) - 1;
    for (std::size_t i = 0; i < designations.size(); ++i) {
      address.number = designations[i].number;
      address.letter = designations[i].letter;
      address.addition = designations[i].addition;
      address.id = object.Id() + (i == 0 ? "" : "#" + std::to_string(i + 1));
      candidates_.push_back(candidate);
    }
  }

  using Key = std::tuple<std::string, int, std::string, std::string>;
  static Key KeyOf(const geo::Address& address) {
    return {geo::LowerCase(address.area), address.number, geo::LowerCase(address.letter), address.addition};
  }

  /// Whether one of the points lies so near that it is the same house.
  static bool IsThere(const std::map<Key, std::vector<geo::PlanePoint>>& points,
                      const geo::Address& address) {
    const auto same = points.find(KeyOf(address));
    return same != points.end() &&
           std::any_of(same->second.begin(), same->second.end(), [&](geo::PlanePoint p) {
             return geo::DistanceBetween(p, address.position).value() <= kSameHouse_m;
           });
  }

  void DropRepeatedBusinesses() {
    std::map<Key, std::vector<geo::PlanePoint>> kept;
    for (const Candidate& candidate : candidates_)
      if (!candidate.business) kept[KeyOf(candidate.address)].push_back(candidate.address.position);
    for (Candidate& candidate : candidates_) {
      if (candidate.business) {
        if (IsThere(kept, candidate.address)) {
          tally_.Reject(candidate.row, "", "a business repeats the address of a building or an entrance");
          continue;
        }
        kept[KeyOf(candidate.address)].push_back(candidate.address.position);
      }
      result_.addresses.push_back(std::move(candidate.address));
    }
    candidates_.clear();
  }

  RegisterTarget target_;
  std::string code_;
  const geo::AddressStyle& style_;
  RegisterPositions positions_;
  AddressRegisterFile& result_;
  FindingTally tally_;
  std::vector<Candidate> candidates_;
};

}  // namespace

std::vector<HouseDesignation> ReadHouseNumbers(std::string_view tag) {
  std::vector<HouseDesignation> all;
  const std::string clean = geo::CleanText(tag);  // every dash is '-'
  for (const std::string& list : SplitTag(clean, ';'))
    for (const std::string& part : SplitTag(list, ',')) {
      HouseDesignation one;
      if (ReadOne(part, one))
        all.push_back(one);
      else if (!ReadRange(part, all))
        return {};
      if (all.size() > kMostNumbers) return {};
    }
  return all;
}

AddressRegisterFile ReadOsmAddresses(const std::filesystem::path& file, const RegisterTarget& target,
                                     const std::string& municipality_code, const geo::AddressStyle& style) {
  AddressRegisterFile result;
  result.crs = target.crs;
  result.attribution = kOsmAttribution;
  OsmAddressReader reader(target, municipality_code, style, result);
  ReadOsm(
      file, "points,multipolygons",
      [&](const OsmObject& object, const Reprojection& into) { reader.Take(object, into); }, target.crs);
  reader.Finish();
  if (result.addresses.empty()) {
    const std::string why = reader.WhyNone();
    throw IoError(file.string(),
                  why.empty() ? "holds no address that can be used" : "cannot be used: " + why);
  }
  return result;
}

}  // namespace lagesbild::maps
