#include "tools/demo_data/vector_file.h"

#include <cpl_conv.h>

#include <memory>

#include "maps/errors.h"

namespace lagesbild::tools::demo {
namespace {

constexpr const char* kFixedDate = "2026-01-01T00:00:00.000Z";

}  // namespace

VectorFile::VectorFile(const std::filesystem::path& path) : path_(path) {
  maps::SetUpGdal();
  CPLSetConfigOption("OGR_CURRENT_DATE", kFixedDate);
  Check(sweref_.importFromEPSG(3006) == OGRERR_NONE);
  sweref_.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
  Check(driver != nullptr);
  file_.reset(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  Check(file_ != nullptr);
  Check(file_->StartTransaction() == OGRERR_NONE);  // one for all layers: SQLite has no more
}

VectorFile::~VectorFile() { CPLSetConfigOption("OGR_CURRENT_DATE", nullptr); }

OGRLayer& VectorFile::AddLayer(const char* name, const char* description, OGRwkbGeometryType type,
                               const char* geometry_column, const std::vector<VectorField>& fields) {
  CPLStringList options;
  options.SetNameValue("DESCRIPTION", description);
  if (geometry_column) options.SetNameValue("GEOMETRY_NAME", geometry_column);
  OGRLayer* layer = file_->CreateLayer(name, type == wkbNone ? nullptr : &sweref_, type, options.List());
  Check(layer != nullptr);
  for (const VectorField& field : fields) {
    OGRFieldDefn definition(field.name, field.type);
    definition.SetSubType(field.subtype);
    Check(layer->CreateField(&definition) == OGRERR_NONE);
  }
  return *layer;
}

void VectorFile::Add(OGRLayer& layer, OGRFeature& feature) {
  Check(layer.CreateFeature(&feature) == OGRERR_NONE);
}

void VectorFile::Close() {
  Check(file_->CommitTransaction() == OGRERR_NONE);
  file_.reset();
  Check(errors_.failures().empty());
}

void VectorFile::Check(bool good) const {
  if (!good) throw maps::IoError(path_.string(), "cannot be written: " + errors_.text("no reason given"));
}

OGRPoint OgrPoint(Xy p) { return {p.e, p.n}; }

OGRPolygon OgrPolygon(const Outline& ring) {
  auto line = std::make_unique<OGRLinearRing>();
  for (const Xy p : ring) line->addPoint(p.e, p.n);
  line->closeRings();
  OGRPolygon polygon;
  polygon.addRingDirectly(line.release());
  return polygon;
}

OGRMultiPolygon OgrMultiPolygon(const std::vector<Outline>& rings) {
  OGRMultiPolygon polygons;
  for (const Outline& ring : rings)
    polygons.addGeometryDirectly(new OGRPolygon(OgrPolygon(ring)));  // NOLINT: OGR owns it
  return polygons;
}

}  // namespace lagesbild::tools::demo
