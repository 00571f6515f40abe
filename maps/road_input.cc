#include "maps/road_input.h"

#include <algorithm>
#include <memory>

#include "geo/place_text.h"
#include "maps/osm_input.h"
#include "maps/register_layer.h"
#include "maps/register_records.h"

namespace lagesbild::maps {
namespace {

constexpr double kMargin_m = 1000;  // a road that touches the municipality is known as far as it is drawn
constexpr std::size_t kLongestName = 200;

/// Names in NVDB's homogenised GeoPackage and shapefile, Lantmäteriet's vaglinje, and plain ones.
const std::vector<RoleColumn>& Roles() {
  static const std::vector<RoleColumn> roles{
      {"name", {"Gatunamn/Namn", "Gatunamn_Namn", "Namn_130", "gatunamn", "namn", "name"}},
      {"other_name", {"Övrigt vägnamn/Namn", "Ovrigt_vagnamn_Namn", "Namn_132"}},
      {"number",
       {"Vägnummer/Huvudnummer", "Vagnummer_Huvudnummer", "Huvud_13", "Huvnr_556_1", "vardvagnummer",
        "nummer", "number", "ref"}},
      {"european", {"Vägnummer/Europaväg", "Vagnummer_Europavag", "Europ_16"}},
      {"category", {"Vägkategori/Kategori", "Vagkategori_Kategori", "Kateg_380"}},
      {"id", {"objektidentitet", "id", "ROUTE_ID"}}};
  return roles;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsEuropean(const RegisterRecord& record) {
  const std::string category = geo::LowerCase(record.Text("category"));
  const std::string flag = geo::LowerCase(record.Text("european"));
  return category == "1" || category == "europaväg" || flag == "1" || flag == "true" || flag == "ja" ||
         flag == "sant" || flag == "-1";
}

/// The parts of the geometry in the analysis CRS, each with at least two points.
std::vector<std::vector<geo::PlanePoint>> Lines(const RegisterRecord& record, RegisterPositions& positions) {
  if (record.geometry == nullptr || record.geometry->IsEmpty()) throw RowFault("geom", "the line is missing");
  const std::unique_ptr<OGRGeometry> straight(record.geometry->getLinearGeometry());
  std::vector<std::vector<geo::PlanePoint>> lines;
  const auto add = [&](const OGRLineString& from) {
    std::vector<geo::PlanePoint> line;
    for (int i = 0; i < from.getNumPoints(); ++i) {
      const geo::PlanePoint point = positions.FromLayer(from.getX(i), from.getY(i), *record.into);
      if (line.empty() || !(line.back() == point)) line.push_back(point);
    }
    if (line.size() >= 2) lines.push_back(std::move(line));
  };
  const auto type = wkbFlatten(straight->getGeometryType());
  if (type == wkbLineString) {
    add(*straight->toLineString());
  } else if (type == wkbMultiLineString) {
    for (const OGRLineString* part : *straight->toMultiLineString()) add(*part);
  } else {
    throw RowFault("geom", "the geometry must be a line");
  }
  if (lines.empty()) throw RowFault("geom", "the line is missing");
  return lines;
}

}  // namespace

std::string RoadNumber(std::string_view text, bool european) {
  const std::size_t from =
      static_cast<std::size_t>(std::find_if(text.begin(), text.end(), IsDigit) - text.begin());
  std::size_t to = from;
  while (to < text.size() && IsDigit(text[to])) ++to;
  std::string number(text.substr(from, to - from));
  number.erase(0, std::min(number.find_first_not_of('0'), number.size()));
  if (number.empty()) return {};
  // A decimal ".0" is how a number column is printed; ".1" is a numbered side road of its own.
  if (to + 1 < text.size() && text[to] == '.' && IsDigit(text[to + 1]) &&
      text.find_first_not_of('0', to + 1) != std::string_view::npos)
    number += std::string(text.substr(to));
  std::string before(text.substr(0, from));
  std::erase(before, ' ');
  return european || before == "E" || before == "e" ? "E" + number : number;
}

RegisterLayerFile ReadRoads(const std::filesystem::path& file, const LayerMapping& mapping,
                            const RegisterTarget& target) {
  if (IsOsmExtract(file)) return ReadOsmRoads(file, target);
  RegisterLayerFile result;
  FindingTally tally;
  RegisterPositions positions(target);
  const auto take = [&](const RegisterRecord& record) {
    std::string name = record.Text("name");
    if (name.empty()) name = record.Text("other_name");
    if (name.size() > kLongestName) throw RowFault("name", "the name is longer than 200 bytes");
    const std::string number = RoadNumber(record.Text("number"), IsEuropean(record));
    if (name.empty() && number.empty()) throw RowFault("", "the road has neither a name nor a number");
    auto lines = Lines(record, positions);
    const bool here = std::any_of(lines.begin(), lines.end(), [&](const auto& line) {
      return std::any_of(line.begin(), line.end(),
                         [&](geo::PlanePoint p) { return LiesWithin(p, target.area, kMargin_m); });
    });
    if (!here) positions.RequireWithin(lines.front().front(), kMargin_m);
    const std::string id = record.Text("id").empty() ? std::to_string(record.row) : record.Text("id");
    for (std::size_t part = 0; part < lines.size(); ++part)
      result.roads.push_back(
          {part == 0 ? id : id + "#" + std::to_string(part + 1), name, number, std::move(lines[part])});
  };
  ReadRecords(file, mapping, target, Roles(), {"vaglinje"}, result, tally, positions, take);
  return result;
}

}  // namespace lagesbild::maps
