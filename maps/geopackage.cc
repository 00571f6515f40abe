#include "maps/geopackage.h"

#include <cpl_conv.h>
#include <ogr_geometry.h>
#include <ogrsf_frmts.h>

#include <cmath>
#include <memory>
#include <utility>

#include "maps/atomic_file.h"
#include "maps/errors.h"
#include "maps/gdal_setup.h"
#include "maps/markup.h"
#include "maps/qgis_style.h"
#include "maps/spatial_reference.h"

namespace lagesbild::maps {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStylesTable =
    "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
    "f_table_catalog TEXT(256),f_table_schema TEXT(256),f_table_name TEXT(256),f_geometry_column TEXT(256),"
    "styleName TEXT(30),styleQML TEXT,styleSLD TEXT,useAsDefault BOOLEAN,description TEXT,owner TEXT(30),ui "
    "TEXT(30),"
    "update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))";

// As in OGC 12-128r17, tables 13 and 14.
constexpr const char* kMetadataTable =
    "CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,"
    "md_scope TEXT NOT NULL DEFAULT 'dataset',md_standard_uri TEXT NOT NULL,"
    "mime_type TEXT NOT NULL DEFAULT 'text/xml',metadata TEXT NOT NULL DEFAULT '')";
constexpr const char* kMetadataReferenceTable =
    "CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL,table_name TEXT,column_name TEXT,"
    "row_id_value INTEGER,timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),"
    "md_file_id INTEGER NOT NULL,md_parent_id INTEGER,"
    "CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),"
    "CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id))";

/// GeoPackage's own form of an instant, with milliseconds.
std::string DateTimeText(const Instant& instant) {
  std::string text = instant.text();
  return text.insert(text.size() - 1, ".000");
}

OGRFieldType OgrType(FieldType type) {
  switch (type) {
    case FieldType::kInteger:
      return OFTInteger64;
    case FieldType::kReal:
      return OFTReal;
    case FieldType::kText:
      return OFTString;
    case FieldType::kDateTime:
      return OFTDateTime;
  }
  return OFTString;
}

OGRwkbGeometryType OgrType(GeometryType type) {
  switch (type) {
    case GeometryType::kNone:
      return wkbNone;
    case GeometryType::kPoint:
      return wkbPoint;
    case GeometryType::kPolygon:
      return wkbPolygon;
    case GeometryType::kMultiPolygon:
      return wkbMultiPolygon;
  }
  return wkbUnknown;
}

std::unique_ptr<OGRLinearRing> OgrRing(const geo::Ring& ring) {
  auto line = std::make_unique<OGRLinearRing>();
  for (const geo::PlanePoint& point : ring) line->addPoint(point.easting.value(), point.northing.value());
  line->closeRings();
  return line;
}

std::unique_ptr<OGRPolygon> OgrPolygon(const geo::Polygon& polygon) {
  auto result = std::make_unique<OGRPolygon>();
  result->addRingDirectly(OgrRing(polygon.outer).release());
  for (const geo::Ring& hole : polygon.holes) result->addRingDirectly(OgrRing(hole).release());
  return result;
}

struct ToOgr {
  std::unique_ptr<OGRGeometry> operator()(std::monostate) const { return nullptr; }
  std::unique_ptr<OGRGeometry> operator()(const geo::PlanePoint& point) const {
    return std::make_unique<OGRPoint>(point.easting.value(), point.northing.value());
  }
  std::unique_ptr<OGRGeometry> operator()(const geo::Polygon& polygon) const { return OgrPolygon(polygon); }
  std::unique_ptr<OGRGeometry> operator()(const geo::MultiPolygon& polygons) const {
    auto result = std::make_unique<OGRMultiPolygon>();
    for (const geo::Polygon& polygon : polygons) result->addGeometryDirectly(OgrPolygon(polygon).release());
    return result;
  }
};

struct SetValue {
  OGRFeature& feature;
  int field;
  void operator()(std::monostate) const { feature.SetFieldNull(field); }
  void operator()(std::int64_t value) const { feature.SetField(field, static_cast<GIntBig>(value)); }
  void operator()(double value) const {
    std::isfinite(value) ? feature.SetField(field, value) : feature.SetFieldNull(field);
  }
  void operator()(const std::string& value) const { feature.SetField(field, CleanText(value).c_str()); }
  void operator()(const Instant& t) const {
    constexpr int kUtc = 100;
    feature.SetField(field, t.year, t.month, t.day, t.hour, t.minute, static_cast<float>(t.second), kUtc);
  }
};

/// An open GeoPackage under its temporary name. Any failure that GDAL reports ends in an IoError.
class Writer {
 public:
  /// `name` is what the file will be called: the project inside refers to it.
  Writer(const fs::path& path, std::string name, const GeoPackage& content)
      : path_(path),
        name_(std::move(name)),
        content_(content),
        timestamp_(DateTimeText(content.timestamp)),
        reference_(SpatialReference(content.crs)) {
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    dataset_.reset(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    Require(dataset_ != nullptr, "cannot be created");
  }

  void Write() {
    Require(dataset_->StartTransaction() == OGRERR_NONE, "cannot be written");
    for (const VectorLayer& layer : content_.layers) WriteTable(layer);
    WriteStyles();
    WriteMetadata();
    WriteProject();
    Require(dataset_->CommitTransaction() == OGRERR_NONE, "cannot be written");
    dataset_.reset();  // a full disk may show here first
    Require(true, "cannot be closed");
  }

 private:
  void Require(bool good, const char* otherwise) const {
    if (!good || !errors_.failures().empty()) throw IoError(path_.string(), errors_.text(otherwise));
  }

  void Execute(const std::string& sql) {
    dataset_->ReleaseResultSet(dataset_->ExecuteSQL(sql.c_str(), nullptr, nullptr));
    Require(true, "cannot be written");
  }

  void WriteTable(const VectorLayer& layer) {
    const std::string title = CleanText(layer.metadata.title_sv),
                      abstract = CleanText(layer.metadata.abstract_sv);
    CPLStringList options;
    options.SetNameValue("GEOMETRY_NAME", "geom");
    options.SetNameValue("FID", "fid");
    options.SetNameValue("IDENTIFIER", title.c_str());
    options.SetNameValue("DESCRIPTION", abstract.c_str());
    const bool spatial = layer.geometry != GeometryType::kNone;
    OGRLayer* table = dataset_->CreateLayer(layer.table.c_str(), spatial ? &reference_ : nullptr,
                                            OgrType(layer.geometry), options.List());
    Require(table != nullptr, "cannot hold the table");
    for (const Field& field : layer.fields) {
      OGRFieldDefn definition(field.name.c_str(), OgrType(field.type));
      Require(table->CreateField(&definition) == OGRERR_NONE, "cannot hold the field");
    }
    for (const Feature& feature : layer.features) WriteFeature(*table, feature);
  }

  void WriteFeature(OGRLayer& table, const Feature& feature) {
    OGRFeature row(table.GetLayerDefn());
    for (std::size_t i = 0; i < feature.values.size(); ++i)
      std::visit(SetValue{row, static_cast<int>(i)}, feature.values[i]);
    if (auto geometry = std::visit(ToOgr{}, feature.geometry)) row.SetGeometryDirectly(geometry.release());
    Require(table.CreateFeature(&row) == OGRERR_NONE, "cannot be written");
  }

  void RegisterAttributes(const char* table) {
    Execute(
        "INSERT INTO gpkg_contents (table_name,data_type,identifier,description,last_change,srs_id) VALUES "
        "('" +
        std::string(table) + "','attributes','" + table + "',''," + SqlText(timestamp_) + ",0)");
  }

  void WriteStyles() {
    Execute(kStylesTable);
    RegisterAttributes("layer_styles");
    for (const VectorLayer& layer : content_.layers) {
      const std::string sld = VectorSld(layer);
      Execute(
          "INSERT INTO layer_styles "
          "(f_table_catalog,f_table_schema,f_table_name,f_geometry_column,styleName,styleQML,"
          "styleSLD,useAsDefault,description,owner,update_time) VALUES ('',''," +
          SqlText(layer.table) + "," + (layer.style ? "'geom'" : "''") + ",'Lägesbild'," +
          SqlText(VectorQml(layer)) + "," + (sld.empty() ? "NULL" : SqlText(sld)) + ",1," +
          SqlText(content_.style_note_sv) + ",''," + SqlText(timestamp_) + ")");
    }
  }

  void WriteMetadata() {
    Execute(kMetadataTable);
    Execute(kMetadataReferenceTable);
    for (const char* table : {"gpkg_metadata", "gpkg_metadata_reference"})
      Execute(
          "INSERT INTO gpkg_extensions (table_name,column_name,extension_name,definition,scope) VALUES ('" +
          std::string(table) +
          "',NULL,'gpkg_metadata','http://www.geopackage.org/spec120/#extension_metadata','read-write')");
    int id = 0;
    for (const VectorLayer& layer : content_.layers) {
      ++id;
      Execute("INSERT INTO gpkg_metadata (id,md_scope,md_standard_uri,mime_type,metadata) VALUES (" +
              std::to_string(id) + ",'dataset','http://mrcc.com/qgis.dtd','text/xml'," +
              SqlText(LayerQmd(layer.metadata, content_.crs)) + ")");
      Execute(
          "INSERT INTO gpkg_metadata_reference (reference_scope,table_name,timestamp,md_file_id) VALUES "
          "('table'," +
          SqlText(layer.table) + "," + SqlText(timestamp_) + "," + std::to_string(id) + ")");
    }
  }

  void WriteProject() {
    if (!content_.project) return;
    Execute("CREATE TABLE qgis_projects(name TEXT PRIMARY KEY, metadata BLOB, content BLOB)");
    const std::string xml = ProjectXml(*content_.project, content_.layers, name_, content_.crs);
    Execute("INSERT INTO qgis_projects (name,metadata,content) VALUES (" + SqlText(content_.project->name) +
            "," +
            SqlText("{\"last_modified_time\":\"" + content_.timestamp.text() +
                    "\",\"last_modified_user\":\"Lagesbild\"}") +
            ",'" + ProjectHex(xml) + "')");
  }

  fs::path path_;
  std::string name_;
  const GeoPackage& content_;
  std::string timestamp_;
  OGRSpatialReference reference_;
  GdalErrors errors_;  // outlives the dataset, so that failures at close are heard
  GDALDatasetUniquePtr dataset_;
};

void Check(const fs::path& path, const GeoPackage& content) {
  const auto dataset = OpenReadOnly(path, "GPKG");
  for (const VectorLayer& layer : content.layers) {
    OGRLayer* table = dataset->GetLayerByName(layer.table.c_str());
    if (table == nullptr || table->GetFeatureCount() != static_cast<GIntBig>(layer.features.size()) ||
        table->GetLayerDefn()->GetFieldCount() != static_cast<int>(layer.fields.size()))
      throw IoError(path.string(), "table " + layer.table + " did not come back as it was written");
  }
  OGRLayer* styles = dataset->GetLayerByName("layer_styles");
  if (styles == nullptr || styles->GetFeatureCount() != static_cast<GIntBig>(content.layers.size()))
    throw IoError(path.string(), "the styles did not come back as they were written");
}

}  // namespace

void WriteGeoPackage(const fs::path& path, const GeoPackage& content) {
  SetUpGdal();
  // For this thread and this file alone: GDAL otherwise stamps the clock on every table.
  const std::string date = DateTimeText(content.timestamp);
  const CPLConfigOptionSetter fixed_date("OGR_CURRENT_DATE", date.c_str(), false);
  const CPLConfigOptionSetter one_file("OGR_SQLITE_JOURNAL", "DELETE", false);
  WriteAtomically(
      path, [&](const fs::path& temporary) { Writer(temporary, path.filename().string(), content).Write(); },
      [&](const fs::path& temporary) { Check(temporary, content); });
}

}  // namespace lagesbild::maps
