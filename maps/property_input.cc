#include <algorithm>
#include <map>

#include "geo/errors.h"
#include "geo/place_text.h"
#include "geo/polygon.h"
#include "maps/register_layer.h"
#include "maps/register_records.h"

namespace lagesbild::maps {
namespace {

constexpr double kMargin_m = 2000;

const std::vector<RoleColumn>& Roles() {
  static const std::vector<RoleColumn> roles{
      {"designation", {"fastighetsbeteckning", "beteckning", "designation", "fastighet"}},
      {"tract", {"trakt"}},
      {"label", {"etikett"}},
      {"municipality", {"kommunnamn"}},
      {"source", {"kalla", "källa"}}};
  return roles;
}

bool EndsAsUnit(const std::string& designation) {
  const std::size_t blank = designation.rfind(' ');
  if (blank == std::string::npos || blank == 0) return false;
  const std::string unit = geo::LowerCase(designation.substr(blank + 1));
  const std::size_t colon = unit.find(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == unit.size()) return false;
  const std::string block = unit.substr(0, colon);
  const auto digits = [](const std::string& text) {
    return text.find_first_not_of("0123456789") == std::string::npos;
  };
  return digits(unit.substr(colon + 1)) && (digits(block) || block == "s" || block == "ga" || block == "fs");
}

bool HasLetterBeforeUnit(const std::string& label) { return EndsAsUnit(label); }

/// "HEBY HORRSTA 1:23" of kommunnamn Heby, trakt HORRSTA and etikett 1:23, or of an etikett "HORRSTA 1:23".
/// A part's own number after '>' falls away.
std::string Designation(const RegisterRecord& record) {
  std::string designation = record.Text("designation");
  if (designation.empty()) {
    const std::string& label = record.Text("label");
    designation = label;
    if (!HasLetterBeforeUnit(label) && !record.Text("tract").empty())
      designation = record.Text("tract") + " " + label;
    const std::string& municipality = record.Text("municipality");
    if (!municipality.empty() && !geo::LowerCase(designation).starts_with(geo::LowerCase(municipality) + " "))
      designation = municipality + " " + designation;
  }
  designation = geo::CleanText(designation.substr(0, designation.find('>')));
  while (!designation.empty() && designation.back() == ' ') designation.pop_back();
  if (!EndsAsUnit(designation))
    throw RowFault("designation", "the designation must end as 1:23, S:1 or GA:2");
  return designation;
}

struct Parts {
  geo::Property property;
  double largest_m2 = 0;
};

}  // namespace

RegisterLayerFile ReadProperties(const std::filesystem::path& file, const LayerMapping& mapping,
                                 const RegisterTarget& target) {
  RegisterLayerFile result;
  FindingTally tally;
  RegisterPositions positions(target);
  std::map<std::string, Parts> properties;  // by designation in lower case
  const auto take = [&](const RegisterRecord& record) {
    const std::string designation = Designation(record);
    const geo::MultiPolygon polygons = PolygonsOf(record, positions);
    const double area_m2 = geo::AreaSquareMeters(polygons);
    geo::PlanePoint inner;
    try {
      inner = geo::InnerPoint(polygons);
    } catch (const geo::InvalidInput&) {
      throw RowFault("geom", "the polygon has no area");
    }
    positions.RequireWithin(inner, kMargin_m);
    Parts& parts = properties[geo::LowerCase(designation)];
    parts.property.designation = designation;
    parts.property.area_m2 += area_m2;
    if (area_m2 > parts.largest_m2) {
      parts.largest_m2 = area_m2;
      parts.property.inner_point = inner;
    }
  };
  ReadRecords(file, mapping, target, Roles(), {"registerenhetsomradesyta"}, result, tally, positions, take);
  for (auto& [key, parts] : properties) result.properties.push_back(std::move(parts.property));
  return result;
}

}  // namespace lagesbild::maps
