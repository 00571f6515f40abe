#include "maps/register_input.h"

#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "geo/errors.h"
#include "geo/projection.h"
#include "maps/errors.h"
#include "maps/feature_reader.h"
#include "maps/gdal_setup.h"
#include "maps/register_position.h"
#include "maps/reprojection.h"
#include "maps/table_input.h"
#include "maps/vector_source.h"

namespace lagesbild::maps {
namespace {

constexpr const char* kAddressLayer = "belagenhetsadress";
constexpr const char* kObjectId = "belagenhetsadress_objektidentitet";
constexpr int kMaxAddressNumber = 99999;

struct PositionKind {
  std::string_view name;
  double radius_m;
};
/// 90 % radii by how the position was taken; a project decision (geocoding.md section 3.1).
constexpr std::array<PositionKind, 6> kPositionKinds{{{"Ingång", 10},
                                                      {"Byggnad", 25},
                                                      {"Infart", 50},
                                                      {"Tomtplats", 75},
                                                      {"Övrigt läge", 100},
                                                      {"Ungefärligt lägesbestämd", 250}}};
constexpr double kLeastPrecise_m = 250;
constexpr double kMargin_m = 10'000;

std::optional<int> WholeNumber(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// The rest of Lantmäteriet's row once it is known to be in force. Throws RowFault.
class AddressReader {
 public:
  AddressReader(AddressRegisterFile& file, const RegisterTarget* target, const Reprojection* into)
      : file_(file), into_(into) {
    if (target != nullptr) positions_.emplace(*target);
  }

  geo::Address Read(const FeatureReader& row) {
    geo::Address address;
    address.id = row.Text(kObjectId);
    if (address.id.empty()) throw RowFault(kObjectId, "the object identity is missing");
    address.kind = Kind(row.Text("adressplatstyp"));
    address.area = Area(row, address.kind);
    Designate(row, address);
    const int postcode = row.Integer("postnummer").value_or(0);  // 0 = none
    if (postcode >= 10000 && postcode <= 99999)
      address.postcode = std::to_string(postcode);
    else
      tally_.Keep(file_.read, "postnummer",
                  postcode == 0 ? "the address in force has no postcode"
                                : "the postcode is not five digits and is left out");
    address.postal_town = row.Text("postort");
    address.locality = row.Text("kommundel_faststalltnamn");
    address.district = row.Text("distriktsnamn");
    address.municipality_code = row.Text("kommunkod");
    address.position = Position(row);
    address.accuracy_radius = Radius(row.Text("insamlingslage"));
    Identify(address);
    if (const std::string name = row.Text("popularnamn"); !name.empty()) AddPopularName(name, address);
    return address;
  }

  /// A remark of the table adressplatsanmarkning, told of the address that it is of.
  void Remark(std::int64_t row, bool known) {
    tally_.Keep(row, "adressplatsanmarkning",
                known ? "the address has a remark in adressplatsanmarkning"
                      : "the remark is of an address that is not there");
  }
  bool Knows(const std::string& id) const { return points_.contains(id); }

  void Finish() { file_.findings = tally_.Findings(); }
  /// Why not one row can be used, when it is because of where they lie.
  std::string WhyNone() const {
    return positions_ && file_.addresses.empty() ? positions_->WhyNone(file_.read - file_.not_in_force) : "";
  }

 private:
  geo::AddressKind Kind(const std::string& text) {
    if (text == "Gatuadressplats") return geo::AddressKind::kStreet;
    if (text == "Metertalsadressplats") return geo::AddressKind::kMetric;
    if (text == "Byadressplats") return geo::AddressKind::kVillage;
    if (text == "Gårdsadressplats") return geo::AddressKind::kFarm;
    ++file_.unknown_values;
    tally_.Keep(file_.read, "adressplatstyp",
                "the value is not one of the specification; it is taken as a street address");
    return geo::AddressKind::kStreet;
  }

  static std::string Area(const FeatureReader& row, geo::AddressKind kind) {
    const std::string area = row.Text("adressomrade_faststalltnamn");
    const std::string farm = row.Text("gardsadressomrade_faststalltnamn");
    if (area.empty())
      throw RowFault("adressomrade_faststalltnamn", "the name of the address area is missing");
    return kind == geo::AddressKind::kFarm && !farm.empty() ? area + " " + farm : area;
  }

  static void Designate(const FeatureReader& row, geo::Address& address) {
    if (row.Integer("avvikerfranstandarden").value_or(0) != 0) {
      address.addition = row.Text("avvikandeadressplatsbeteckning");
      if (address.addition.empty())
        throw RowFault("avvikandeadressplatsbeteckning",
                       "the address deviates from the standard but has no designation");
      return;
    }
    const std::string number = row.Text("adressplatsnummer");
    const auto value = number.empty() ? std::optional(0) : WholeNumber(number);
    if (!value || *value < 0 || *value > kMaxAddressNumber)
      throw RowFault("adressplatsnummer", "the address number must be a whole number from 0 to 99999");
    const bool named = address.kind == geo::AddressKind::kFarm || address.kind == geo::AddressKind::kVillage;
    if (*value == 0 && !named) throw RowFault("adressplatsnummer", "a street address must have a number");
    address.number = *value;
    address.letter = row.Text("bokstavstillagg");
    address.addition = row.Text("lagestillagg");
    if (const auto addition = row.Integer("lagestillaggsnummer"); addition && !address.addition.empty())
      address.addition += std::to_string(*addition);
  }

  geo::Meters Radius(const std::string& text) {
    for (const PositionKind& kind : kPositionKinds)
      if (text == kind.name) return geo::Meters{kind.radius_m};
    ++file_.unknown_values;
    tally_.Keep(file_.read, "insamlingslage",
                "the value is not one of the specification; it is taken as the least precise position");
    return geo::Meters{kLeastPrecise_m};
  }

  geo::PlanePoint Position(const FeatureReader& row) {
    const geo::PlanePoint point = row.Point();
    if (!positions_) {
      CheckInsideSweden(point);
      return point;
    }
    try {
      const geo::PlanePoint placed =
          positions_->FromLayer(point.easting.value(), point.northing.value(), *into_);
      positions_->RequireWithin(placed, kMargin_m);
      return placed;
    } catch (const RowFault& fault) {
      throw RowFault("adressplatspunkt", fault.reason);
    }
  }

  /// Several points under one identity are entrances of one address.
  void Identify(geo::Address& address) {
    std::vector<geo::PlanePoint>& points = points_[address.id];
    if (std::find(points.begin(), points.end(), address.position) != points.end())
      throw RowFault(kObjectId, "the object identity stands on an earlier row");
    points.push_back(address.position);
    if (points.size() == 1) return;
    tally_.Keep(
        file_.read, kObjectId,
        "the object identity stands on an earlier row at another position; it is one more point of the "
        "address");
    address.id += "#" + std::to_string(points.size());
  }

  void AddPopularName(const std::string& name, const geo::Address& address) {
    geo::Place place;
    place.id = address.id;
    place.name = name;
    place.kind = "address_name";
    place.locality = address.locality.empty() ? address.postal_town : address.locality;
    place.position = address.position;
    place.accuracy_radius = address.accuracy_radius;
    file_.popular_names.push_back(std::move(place));
  }

  /// Swapped axes and other systems land in the sea or nowhere; nothing is turned around silently.
  void CheckInsideSweden(geo::PlanePoint p) const {
    if (file_.crs != geo::Epsg{3006}) return;
    const double e = p.easting.value(), n = p.northing.value();
    if (e < 266646 || e > 920877 || n < 6132476 || n > 7671055)
      throw RowFault("adressplatspunkt",
                     "the position lies outside Sweden in SWEREF 99 TM; are the axes swapped?");
  }

  AddressRegisterFile& file_;
  const Reprojection* into_;
  std::optional<RegisterPositions> positions_;
  FindingTally tally_;
  std::map<std::string, std::vector<geo::PlanePoint>> points_;  ///< by object identity
};

/// "2026-01-01" of "20260101", "2026-01-01", "2026/01/01 00:00:00+00" or, as its last day, "2026"; empty when
/// it is no date.
std::string IsoDay(std::string_view text) {
  const auto all_digits = [](std::string_view digits) {
    return std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (text.size() == 4 && all_digits(text)) return std::string(text) + "-12-31";
  if (text.size() == 8 && all_digits(text))
    return std::string(text.substr(0, 4)) + "-" + std::string(text.substr(4, 2)) + "-" +
           std::string(text.substr(6, 2));
  if (text.size() < 10 || (text[4] != '-' && text[4] != '/') || text[7] != text[4]) return {};
  const std::string_view year = text.substr(0, 4), month = text.substr(5, 2), day = text.substr(8, 2);
  if (!all_digits(year) || !all_digits(month) || !all_digits(day)) return {};
  return std::string(year) + "-" + std::string(month) + "-" + std::string(day);
}

bool IsInForce(const FeatureReader& row) {
  const std::string status = row.Text("statusforbelagenhetsadress");
  if (status.empty()) throw RowFault("statusforbelagenhetsadress", "the status is missing");
  return status == "Gällande";
}

/// Counts the remarks of addresses in force. They name the address by its feature number or its identity.
void ReadRemarks(GDALDataset& dataset, const std::map<std::int64_t, bool>& in_force, AddressReader& reader) {
  OGRLayer* remarks = dataset.GetLayerByName("adressplatsanmarkning");
  if (remarks == nullptr || remarks->GetLayerDefn()->GetFieldIndex("belagenhetsadress_id") < 0) return;
  std::int64_t row = 0;
  for (const OGRFeatureUniquePtr& feature : *remarks) {
    ++row;
    const std::string of = FeatureReader(*feature).Text("belagenhetsadress_id");
    if (reader.Knows(of)) {
      reader.Remark(row, true);
      continue;
    }
    const auto number = in_force.find(std::strtoll(of.c_str(), nullptr, 10));
    if (number == in_force.end())
      reader.Remark(row, false);
    else if (number->second)
      reader.Remark(row, true);
  }
}

std::vector<std::string> SplitAliases(const std::string& text) {
  std::vector<std::string> aliases;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(';', at), text.size());
    std::string alias = text.substr(at, end - at);
    alias.erase(0, alias.find_first_not_of(' '));
    alias.erase(alias.find_last_not_of(' ') + 1);
    if (!alias.empty()) aliases.push_back(std::move(alias));
    at = end + 1;
  }
  return aliases;
}

std::vector<geo::NamedArea> ReadAreas(OGRLayer* layer, const std::string& file, const char* code,
                                      const char* name) {
  std::vector<geo::NamedArea> areas;
  if (layer == nullptr) return areas;
  RequireFields(*layer, file, {code, name});
  for (const OGRFeatureUniquePtr& feature : *layer) {
    const FeatureReader row(*feature);
    areas.push_back({row.Text(code), row.Text(name), row.Polygons()});
    if (areas.back().name.empty()) throw RowFault(name, "the area has no name");
  }
  return areas;
}

std::vector<geo::Place> ReadPlaces(OGRLayer* layer, const std::string& file) {
  std::vector<geo::Place> places;
  if (layer == nullptr) return places;
  RequireFields(*layer, file, {"platsid", "namn"});
  for (const OGRFeatureUniquePtr& feature : *layer) {
    const FeatureReader row(*feature);
    geo::Place place;
    place.id = row.Text("platsid");
    place.name = row.Text("namn");
    if (place.name.empty()) throw RowFault("namn", "the place has no name");
    place.aliases = SplitAliases(row.Text("alias"));
    place.kind = row.Text("typ");
    place.locality = row.Text("tatort");
    place.position = row.Point();
    places.push_back(std::move(place));
  }
  return places;
}

/// Invented files carry the word in the description of a layer or as the source of their features.
bool SaysSynthetic(OGRLayer& boundary) {
  const auto holds = [](const char* text) {
    return text != nullptr && std::string_view(text).find("SYNTETISK") != std::string_view::npos;
  };
  if (holds(boundary.GetMetadataItem("DESCRIPTION")) || holds(boundary.GetMetadataItem("IDENTIFIER")))
    return true;
  bool synthetic = false;
  for (const OGRFeatureUniquePtr& feature : boundary)
    synthetic = synthetic || holds(FeatureReader(*feature).Text("kalla").c_str());
  return synthetic;
}

bool LiesInUse(const geo::Projection& crs, double easting, double northing) {
  try {
    crs.Inverse({geo::Meters{easting}, geo::Meters{northing}});
    return true;
  } catch (const geo::InvalidInput&) {
    return false;
  }
}

/// Swapped axes and numbers of another system; nothing is turned around silently.
void CheckLiesInUse(const geo::MultiPolygon& boundary, geo::Epsg crs, const std::string& file) {
  const geo::Projection projection(crs);
  const std::string code = "EPSG:" + std::to_string(static_cast<int>(crs));
  for (const geo::Polygon& polygon : boundary)
    for (const geo::PlanePoint& point : polygon.outer) {
      const double e = point.easting.value(), n = point.northing.value();
      if (LiesInUse(projection, e, n)) continue;
      if (LiesInUse(projection, n, e))
        throw IoError(file, "the axes of kommungrans look swapped: easting stands first",
                      "den har omkastade axlar i kommungrans; öst står först, sedan nord");
      if (std::abs(e) <= 180 && std::abs(n) <= 180)
        throw IoError(
            file, "kommungrans says " + code + " but holds degrees; reproject it, or state its system",
            "den säger " + code + " men har grader i kommungrans; räkna om den, eller ange dess system");
      throw IoError(file, "kommungrans does not lie where " + code + " is meant for; is its system right?",
                    "den har en kommungräns som inte ligger där " + code +
                        " gäller; är koordinatsystemet rätt angivet?");
    }
}

ReferenceFile ReadReference(GDALDataset& dataset, const std::string& file) {
  ReferenceFile reference;
  OGRLayer& boundary = RequireLayer(dataset, file, "kommungrans");
  RequireFields(boundary, file, {"kommunkod", "kommunnamn"});
  reference.crs = ProjectedCrs(boundary, file);
  for (const char* name : {"distrikt", "tatort", "plats"})
    if (OGRLayer* layer = dataset.GetLayerByName(name);
        layer != nullptr && ProjectedCrs(*layer, file) != reference.crs)
      throw IoError(file,
                    "the layer " + std::string(name) + " is in another coordinate system than kommungrans");
  for (const OGRFeatureUniquePtr& feature : boundary) {
    const FeatureReader row(*feature);
    const std::string code = row.Text("kommunkod");
    if (!reference.municipality_code.empty() && code != reference.municipality_code)
      throw IoError(file, "kommungrans holds several municipalities; it must hold one");
    reference.municipality_code = code;
    reference.municipality_name = row.Text("kommunnamn");
    const geo::MultiPolygon polygons = row.Polygons();
    reference.boundary.insert(reference.boundary.end(), polygons.begin(), polygons.end());
  }
  CheckLiesInUse(reference.boundary, reference.crs, file);
  if (reference.municipality_code.empty())
    throw IoError(file, "kommungrans names no municipality in kommunkod");
  reference.districts = ReadAreas(dataset.GetLayerByName("distrikt"), file, "distriktskod", "distriktsnamn");
  reference.localities = ReadAreas(dataset.GetLayerByName("tatort"), file, "tatortskod", "tatort");
  reference.places = ReadPlaces(dataset.GetLayerByName("plats"), file);
  reference.synthetic = SaysSynthetic(boundary);
  return reference;
}

PopulationRow ReadInhabitants(const TableRow& row, const std::array<std::size_t, 3>& columns) {
  if (!row.error.empty()) throw RowFault("", row.error);
  PopulationRow inhabitants;
  inhabitants.address_id = row.cells[columns[0]];
  if (inhabitants.address_id.empty()) throw RowFault("objektidentitet", "the object identity is missing");
  const auto age = WholeNumber(row.cells[columns[1]]);
  if (!age || *age < 0 || *age > 120)
    throw RowFault("alder", "the age must be a whole number of completed years from 0 to 120");
  const auto count = WholeNumber(row.cells[columns[2]]);
  if (!count || *count < 0 || *count > 100000)
    throw RowFault("antal", "the count must be a whole number from 0 to 100000");
  inhabitants.age = *age;
  inhabitants.count = *count;
  return inhabitants;
}

}  // namespace

AddressRegisterFile ReadAddressRegister(const std::filesystem::path& geopackage,
                                        const RegisterTarget* target) {
  const VectorSource source = OpenVectorSource(geopackage, kAddressLayer);
  GdalErrors errors;
  const std::string file = geopackage.string();
  OGRLayer& layer = RequireLayer(*source.dataset, file, kAddressLayer);
  RequireFields(
      layer, file,
      {kObjectId, "adressplatsnummer", "statusforbelagenhetsadress", "bokstavstillagg", "lagestillagg",
       "lagestillaggsnummer", "adressplatstyp", "insamlingslage", "avvikerfranstandarden",
       "avvikandeadressplatsbeteckning", "postnummer", "postort", "distriktsnamn", "kommunkod",
       "kommundel_faststalltnamn", "adressomrade_faststalltnamn", "gardsadressomrade_faststalltnamn"});
  AddressRegisterFile result;
  std::optional<Reprojection> into;
  result.crs = target != nullptr ? target->crs : ProjectedCrs(layer, file);
  if (target != nullptr)
    into.emplace(CrsOf(layer, file, std::nullopt, source.geojson), target->crs, file, kAddressLayer);
  AddressReader reader(result, target, into ? &*into : nullptr);
  const bool dated = layer.GetLayerDefn()->GetFieldIndex("versiongiltigfran") >= 0;
  std::map<std::int64_t, bool> in_force;  // by the feature's own number, which remarks name
  for (const OGRFeatureUniquePtr& feature : layer) {
    ++result.read;
    bool& used = in_force[feature->GetFID()];
    try {
      const FeatureReader row(*feature);
      if (IsInForce(row)) {
        result.addresses.push_back(reader.Read(row));
        used = true;
        if (dated) result.dated_on = std::max(result.dated_on, IsoDay(row.Text("versiongiltigfran")));
      } else {
        ++result.not_in_force;
      }
    } catch (const RowFault& fault) {
      result.rejected.push_back({result.read, fault.column, fault.reason});
    }
  }
  ReadRemarks(*source.dataset, in_force, reader);
  if (!errors.failures().empty()) throw IoError(file, "cannot be read to its end: " + errors.text(""));
  if (const std::string why = reader.WhyNone(); !why.empty()) throw IoError(file, "cannot be used: " + why);
  reader.Finish();
  return result;
}

ReferenceFile ReadReferenceLayers(const std::filesystem::path& geopackage) {
  const GDALDatasetUniquePtr dataset = OpenReadOnly(geopackage, "GPKG");
  GdalErrors errors;
  try {
    ReferenceFile reference = ReadReference(*dataset, geopackage.string());
    if (!errors.failures().empty())
      throw IoError(geopackage.string(), "cannot be read to its end: " + errors.text(""));
    return reference;
  } catch (const RowFault& fault) {
    throw IoError(geopackage.string(), fault.column + ": " + fault.reason);
  }
}

PopulationFile ReadPopulation(const std::filesystem::path& csv) {
  PopulationFile file;
  std::array<std::size_t, 3> columns{};
  std::optional<std::size_t> reference_time;
  const auto use_header = [&](const std::vector<std::string>& header) {
    constexpr std::array<const char*, 3> kColumns{"objektidentitet", "alder", "antal"};
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
      const auto found = std::find(header.begin(), header.end(), kColumns[i]);
      if (found == header.end()) throw IoError(csv.string(), "lacks the column " + std::string(kColumns[i]));
      columns[i] = static_cast<std::size_t>(found - header.begin());
    }
    if (const auto found = std::find(header.begin(), header.end(), "referenstid"); found != header.end())
      reference_time = static_cast<std::size_t>(found - header.begin());
  };
  std::set<std::pair<std::string, int>> seen;
  const auto take_date = [&](const TableRow& row) {
    if (!reference_time || row.cells[*reference_time].empty()) return;
    const std::string day = IsoDay(row.cells[*reference_time]);
    if (day.empty())
      throw RowFault("referenstid", "the reference time must be a date such as 20251231, or a year");
    file.dated_on = std::max(file.dated_on, day);
  };
  ReadTable(csv, {}, use_header, [&](TableRow&& row) {
    ++file.read;
    try {
      PopulationRow inhabitants = ReadInhabitants(row, columns);
      if (!seen.emplace(inhabitants.address_id, inhabitants.age).second)
        throw RowFault("alder", "the address and age stand on an earlier row");
      take_date(row);
      file.rows.push_back(std::move(inhabitants));
    } catch (const RowFault& fault) {
      file.rejected.push_back({row.number, fault.column, fault.reason});
    }
  });
  return file;
}

}  // namespace lagesbild::maps
