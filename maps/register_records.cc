#include "maps/register_records.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "geo/errors.h"
#include "geo/place_text.h"
#include "geo/polygon.h"
#include "maps/errors.h"
#include "maps/gdal_setup.h"
#include "maps/text_encoding.h"
#include "maps/vector_source.h"

namespace lagesbild::maps {
namespace {

constexpr geo::Epsg kWgs84{4326};

std::string Folded(std::string_view text) { return geo::LowerCase(geo::CleanText(text)); }

bool SaysSynthetic(std::string_view text) { return text.find("SYNTETISK") != std::string_view::npos; }

/// The column of each role among the file's.
class Columns {
 public:
  Columns(const std::vector<std::string>& names, const LayerMapping& mapping,
          const std::vector<RoleColumn>& roles, const std::string& file)
      : names_(names) {
    std::string lacking;
    for (const RoleColumn& role : roles) {
      if (const auto at = Find(mapping, role))
        places_.emplace_back(role.role, *at);
      else if (mapping.columns.contains(role.role))
        lacking += (lacking.empty() ? "" : ", ") + mapping.columns.at(role.role);
      else if (role.required)
        throw IoError(file, Missing(role), MissingSv(role));
    }
    if (!mapping.where.empty() && !(where_ = At(mapping.where))) lacking += mapping.where;
    if (!lacking.empty()) throw IoError(file, "lacks the columns " + lacking + " that the mapping names");
  }

  const std::vector<std::pair<const char*, std::size_t>>& places() const { return places_; }
  const std::optional<std::size_t>& where() const { return where_; }
  /// The file's own name of the role's column; empty when it has none.
  std::string NameOf(std::string_view role) const {
    for (const auto& [name, at] : places_)
      if (role == name) return names_[at];
    return {};
  }

 private:
  std::optional<std::size_t> At(std::string_view name) const {
    for (std::size_t i = 0; i < names_.size(); ++i)
      if (Folded(names_[i]) == Folded(name)) return i;
    return std::nullopt;
  }
  std::optional<std::size_t> Find(const LayerMapping& mapping, const RoleColumn& role) const {
    if (!mapping.columns.empty()) {
      const auto named = mapping.columns.find(role.role);
      return named == mapping.columns.end() ? std::nullopt : At(named->second);
    }
    for (const char* name : role.names)
      if (const auto at = At(name)) return at;
    return std::nullopt;
  }
  static std::string Names(const RoleColumn& role) {
    std::string names;
    for (const char* name : role.names) names += (names.empty() ? "" : ", ") + std::string(name);
    return names;
  }
  static std::string Missing(const RoleColumn& role) {
    return "has no column for " + std::string(role.role) + " (" + Names(role) +
           "); name it in a mapping, see tools/mapping.md";
  }
  static std::string MissingSv(const RoleColumn& role) {
    return "den saknar en kolumn för " + std::string(role.role) + " (" + Names(role) +
           "); ange vilken i en mappning, se tools/mapping.md";
  }

  std::vector<std::string> names_;
  std::vector<std::pair<const char*, std::size_t>> places_;
  std::optional<std::size_t> where_;
};

/// Takes entries one by one and counts.
class Taker {
 public:
  Taker(RegisterLayerFile& result, FindingTally& tally, const std::function<void(const RegisterRecord&)>& use)
      : result_(result), tally_(tally), use_(use) {}

  void Take(const RegisterRecord& record, const std::string& error) {
    ++result_.read;
    try {
      if (!error.empty()) throw RowFault("", error);
      use_(record);
    } catch (const RowFault& fault) {
      tally_.Reject(record.row, fault.column, fault.reason);
    }
  }

 private:
  RegisterLayerFile& result_;
  FindingTally& tally_;
  const std::function<void(const RegisterRecord&)>& use_;
};

void ReadTableRecords(const std::filesystem::path& file, const LayerMapping& mapping,
                      const RegisterTarget& target, const std::vector<RoleColumn>& roles,
                      RegisterLayerFile& result, Taker& taker) {
  std::optional<Columns> columns;
  geo::Epsg epsg = mapping.crs.value_or(target.crs);
  TableOptions options = mapping.table;
  if (file.extension() == ".xlsx") options.format = TableFormat::kXlsx;
  const auto use_header = [&](const std::vector<std::string>& header) {
    columns.emplace(header, mapping, roles, file.string());
    if (columns->NameOf("easting").empty() || columns->NameOf("northing").empty())
      throw IoError(file.string(), "has no columns of coordinates (easting and northing, or lon and lat)",
                    "den saknar kolumner för koordinater (öst och nord, eller lon och lat)");
    const std::string easting = Folded(columns->NameOf("easting"));
    if (!mapping.crs && easting.starts_with("lon")) epsg = kWgs84;
  };
  ReadTable(file, options, use_header, [&](TableRow&& row) {
    RegisterRecord record;
    record.row = row.number;
    record.epsg = epsg;
    if (row.error.empty()) {
      if (columns->where() && Folded(row.cells[*columns->where()]) != Folded(mapping.equals)) return;
      for (const auto& [role, at] : columns->places()) record.cells.emplace(role, row.cells[at]);
    }
    result.synthetic = result.synthetic || SaysSynthetic(record.Text("source"));
    taker.Take(record, row.error);
  });
}

OGRLayer& LayerOf(GDALDataset& dataset, const std::string& file, const LayerMapping& mapping,
                  const std::vector<const char*>& layers) {
  const bool single = dataset.GetLayerCount() == 1;
  if (!mapping.layer.empty() && !(single && dataset.GetLayerByName(mapping.layer.c_str()) == nullptr &&
                                  std::string_view(dataset.GetLayer(0)->GetName()) == "layer"))
    return RequireLayer(dataset, file, mapping.layer.c_str());
  for (const char* name : layers)
    if (OGRLayer* layer = dataset.GetLayerByName(name)) return *layer;
  if (!single)
    throw IoError(file, "holds " + std::to_string(dataset.GetLayerCount()) +
                            " layers; name the one to use by layer.name in a mapping");
  return *dataset.GetLayer(0);
}

std::string CellOf(const OGRFeature& feature, std::size_t field) {
  const int at = static_cast<int>(field);
  if (!feature.IsFieldSetAndNotNull(at)) return {};
  return TrimBlanks(feature.GetFieldAsString(at));
}

void ReadLayerRecords(const std::filesystem::path& file, const LayerMapping& mapping,
                      const RegisterTarget& target, const std::vector<RoleColumn>& roles,
                      const std::vector<const char*>& layers, RegisterLayerFile& result, Taker& taker) {
  const VectorSource source = OpenVectorSource(file, mapping.layer);
  GdalErrors errors;
  OGRLayer& layer = LayerOf(*source.dataset, file.string(), mapping, layers);
  std::vector<std::string> names;
  for (int i = 0; i < layer.GetLayerDefn()->GetFieldCount(); ++i)
    names.emplace_back(layer.GetLayerDefn()->GetFieldDefn(i)->GetNameRef());
  const Columns columns(names, mapping, roles, file.string());
  for (const char* item : {"DESCRIPTION", "IDENTIFIER"})
    if (const char* text = layer.GetMetadataItem(item))
      result.synthetic = result.synthetic || SaysSynthetic(text);
  const Reprojection into(CrsOf(layer, file.string(), mapping.crs, source.geojson), target.crs, file.string(),
                          layer.GetName());
  std::int64_t row = 0;
  for (const OGRFeatureUniquePtr& feature : layer) {
    ++row;
    if (columns.where() && Folded(CellOf(*feature, *columns.where())) != Folded(mapping.equals)) continue;
    RegisterRecord record;
    record.row = row;
    record.geometry = feature->GetGeometryRef();
    record.into = &into;
    for (const auto& [role, at] : columns.places()) record.cells.emplace(role, CellOf(*feature, at));
    result.synthetic = result.synthetic || SaysSynthetic(record.Text("source"));
    taker.Take(record, "");
  }
  if (!errors.failures().empty())
    throw IoError(file.string(), "cannot be read to its end: " + errors.text(""));
}

}  // namespace

bool IsOsmExtract(const std::filesystem::path& file) {
  return file.extension() == ".osm" || file.extension() == ".pbf";
}

geo::MultiPolygon PolygonsOf(const RegisterRecord& record, RegisterPositions& positions) {
  if (record.geometry == nullptr || record.geometry->IsEmpty())
    throw RowFault("geom", "the polygon is missing");
  const std::unique_ptr<OGRGeometry> straight(record.geometry->getLinearGeometry());
  geo::MultiPolygon polygons;
  const auto ring = [&](const OGRLinearRing& from) {
    geo::Ring to;
    for (int i = 0; i < from.getNumPoints(); ++i)
      to.push_back(positions.FromLayer(from.getX(i), from.getY(i), *record.into));
    if (to.size() > 1 && to.front() == to.back()) to.pop_back();
    if (to.size() < 3) throw RowFault("geom", "a ring of the polygon has fewer than three points");
    return to;
  };
  const auto add = [&](const OGRPolygon& from) {
    if (from.getExteriorRing() == nullptr) throw RowFault("geom", "the polygon is empty");
    geo::Polygon& polygon = polygons.emplace_back();
    polygon.outer = ring(*from.getExteriorRing());
    for (int i = 0; i < from.getNumInteriorRings(); ++i)
      polygon.holes.push_back(ring(*from.getInteriorRing(i)));
  };
  const auto type = wkbFlatten(straight->getGeometryType());
  if (type == wkbPolygon) {
    add(*straight->toPolygon());
  } else if (type == wkbMultiPolygon) {
    for (const OGRPolygon* polygon : *straight->toMultiPolygon()) add(*polygon);
  } else {
    throw RowFault("geom", "the geometry must be a polygon or a multipolygon");
  }
  return polygons;
}

geo::PlanePoint PositionOf(const RegisterRecord& record, RegisterPositions& positions) {
  if (record.into == nullptr) {
    geo::Epsg epsg = record.epsg;
    if (const std::string& own = record.Text("epsg"); !own.empty()) {
      const std::string digits = own.starts_with("EPSG:") || own.starts_with("epsg:") ? own.substr(5) : own;
      if (digits.empty() || digits.size() > 5 || digits.find_first_not_of("0123456789") != std::string::npos)
        throw RowFault("epsg", "the coordinate system must be an EPSG code such as 3006 or 4326");
      epsg = geo::Epsg{std::stoi(digits)};
    }
    try {
      return positions.FromCells(record.Text("easting"), record.Text("northing"), epsg);
    } catch (const geo::InvalidInput&) {
      throw RowFault("epsg", "the coordinate system is not known, or is not one of meters or EPSG:4326");
    }
  }
  const OGRGeometry* geometry = record.geometry;
  if (geometry == nullptr || geometry->IsEmpty()) throw RowFault("geom", "the point is missing");
  const auto type = wkbFlatten(geometry->getGeometryType());
  if (type == wkbPoint)
    return positions.FromLayer(geometry->toPoint()->getX(), geometry->toPoint()->getY(), *record.into);
  if (type == wkbMultiPoint && geometry->toMultiPoint()->getNumGeometries() == 1) {
    const OGRPoint* point = geometry->toMultiPoint()->getGeometryRef(0);
    return positions.FromLayer(point->getX(), point->getY(), *record.into);
  }
  if (type == wkbPolygon || type == wkbMultiPolygon || type == wkbCurvePolygon || type == wkbMultiSurface) {
    try {
      return geo::InnerPoint(PolygonsOf(record, positions));
    } catch (const geo::InvalidInput&) {
      throw RowFault("geom", "the polygon has no area");
    }
  }
  throw RowFault("geom", "the geometry must be a point or a polygon");
}

void ReadRecords(const std::filesystem::path& file, const LayerMapping& mapping, const RegisterTarget& target,
                 const std::vector<RoleColumn>& roles, const std::vector<const char*>& layers,
                 RegisterLayerFile& result, FindingTally& tally, RegisterPositions& positions,
                 const std::function<void(const RegisterRecord&)>& use) {
  result.attribution = mapping.attribution;
  Taker taker(result, tally, use);
  if (file.extension() == ".csv" || file.extension() == ".xlsx")
    ReadTableRecords(file, mapping, target, roles, result, taker);
  else
    ReadLayerRecords(file, mapping, target, roles, layers, result, taker);
  result.rejected = tally.rejected();
  result.accepted = result.read - result.rejected;
  result.findings = tally.Findings();
  if (result.read > 0 && result.accepted == 0)
    if (const std::string why = positions.WhyNone(result.read); !why.empty())
      throw IoError(file.string(), "cannot be used: " + why);
}

}  // namespace lagesbild::maps
