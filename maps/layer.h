#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "geo/polygon.h"
#include "maps/legend.h"

namespace lagesbild::maps {

enum class FieldType { kInteger, kReal, kText, kDateTime };

struct Field {
  std::string name;  ///< ASCII, for databases
  FieldType type = FieldType::kText;
  std::string alias_sv;  ///< what a person reads
};

/// Calendar time written as UTC: "2026-07-01T00:00:00Z".
struct Instant {
  int year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0;
  std::string text() const;
};

/// A cell of an attribute table; monostate is NULL. A double that is not finite is written as NULL.
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Instant>;

enum class GeometryType { kNone, kPoint, kPolygon, kMultiPolygon };

using Geometry = std::variant<std::monostate, geo::PlanePoint, geo::Polygon, geo::MultiPolygon>;

struct Feature {
  Geometry geometry;
  std::vector<Value> values;  ///< one per field
};

enum class FillPattern { kNone, kSolid, kHatched };

/// How the features of one class are drawn.
struct SymbolClass {
  int value = 0;  ///< of the class field; unused by a style without one
  std::string label_sv;
  Color fill, outline;
  FillPattern pattern = FillPattern::kSolid;
  double outline_mm = 0.2;  ///< 0 = no outline
  bool dashed = false;
  double marker_mm = 2.5;  ///< points only
};

struct LabelStyle {
  std::string expression;  ///< QGIS expression over fields
  Color color{60, 60, 60, 255};
  double size_pt = 9;
  bool bold = false, italic = false;
  double largest_denominator = 0;  ///< shown from 1:this and closer; 0 = always
  bool outside = false;            ///< polygons: beside the polygon, so that the name hides nothing in it
  bool in_corner = false;  ///< squares: inside the upper left corner, so that names of places find room
  int priority = 5;        ///< 0 to 10: who gives way when two labels meet
  bool always = false;     ///< also where it covers another label: numbers of which none may be missing
  bool shown = true;       ///< false: set up, to be switched on by hand
};

struct VectorStyle {
  std::string class_field;  ///< empty: one symbol for all
  std::vector<SymbolClass> classes;
  std::vector<std::string> notes_sv;  ///< lines of text below the classes in the legend
  std::optional<LabelStyle> label;
  double largest_denominator = 0;  ///< layer shown from 1:this and closer; 0 = always
};

/// What a layer says about itself, in the form QGIS reads (.qmd, gpkg_metadata).
struct LayerMetadata {
  std::string identifier, title_sv, abstract_sv, audience_sv;
  std::vector<std::string> history_sv;
  std::optional<Instant> period_start, period_end;
};

/// One table of a GeoPackage with everything that QGIS needs to show it without questions.
struct VectorLayer {
  std::string table;
  std::string name_sv;  ///< short, for the layer tree of a project
  GeometryType geometry = GeometryType::kNone;
  std::vector<Field> fields;
  std::vector<Feature> features;
  std::optional<VectorStyle> style;  ///< empty for tables without geometry
  LayerMetadata metadata;
  bool temporal = false;  ///< has the fields period_start and period_end
};

}  // namespace lagesbild::maps
