#include <cmath>

#include "geo/errors.h"
#include "maps/geopackage.h"
#include "tools/hotspot_files.h"

namespace lagesbild::tools {
namespace {

bool EndsWith(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

Table ToTable(const HotspotAnswer& answer, const geo::GridSpec& grid, bool areas) {
  Table table;
  const auto texts = [&](const char* column, auto&& of) {
    std::vector<std::string> values;
    for (const HotspotRow& row : answer.rows) values.push_back(of(row));
    table.add(column, values);
  };
  const auto numbers = [&](const char* column, auto&& of) {
    texts(column, [&](const HotspotRow& row) { return FormatNumber(static_cast<double>(of(row))); });
  };
  table.rows.resize(answer.rows.size());
  if (areas) {
    texts("id", [](const HotspotRow& row) { return row.id; });
  } else {
    texts("group", [](const HotspotRow& row) { return row.group; });
    numbers("column", [](const HotspotRow& row) { return row.cell.column; });
    numbers("row", [](const HotspotRow& row) { return row.cell.row; });
    numbers("x", [&](const HotspotRow& row) { return grid.center(row.cell).easting.value(); });
    numbers("y", [&](const HotspotRow& row) { return grid.center(row.cell).northing.value(); });
    numbers("reported", [](const HotspotRow& row) { return row.reported; });
    numbers("count", [](const HotspotRow& row) { return row.count; });
    numbers("neighborhood_count", [](const HotspotRow& row) { return row.neighborhood_count; });
  }
  numbers("exposure", [](const HotspotRow& row) { return row.exposure; });
  numbers("expected", [](const HotspotRow& row) { return row.expected; });
  numbers("value", [](const HotspotRow& row) { return row.value; });
  numbers("z", [](const HotspotRow& row) { return row.z; });
  numbers("p", [](const HotspotRow& row) { return row.p; });
  numbers("q", [](const HotspotRow& row) { return row.q; });
  numbers("maximum_p", [](const HotspotRow& row) { return row.maximum_p; });
  numbers("hot", [](const HotspotRow& row) { return row.hot ? 1 : 0; });
  texts("reason", [](const HotspotRow& row) { return row.reason; });
  return table;
}

geo::Polygon CellPolygon(const geo::GridSpec& grid, geo::CellIndex cell) {
  const double side = grid.cell_size.value();
  const double x = grid.origin.easting.value() + cell.column * side;
  const double y = grid.origin.northing.value() + cell.row * side;
  const auto at = [](double east, double north) {
    return geo::PlanePoint{geo::Meters{east}, geo::Meters{north}};
  };
  return {.outer = {at(x, y), at(x + side, y), at(x + side, y + side), at(x, y + side)}, .holes = {}};
}

maps::VectorLayer ToLayer(const HotspotsCommand& command, const HotspotAnswer& answer,
                          const geo::GridSpec& grid) {
  using maps::FieldType;
  maps::VectorLayer layer;
  layer.table = "hotspots";
  layer.name_sv = "Hotspots";
  layer.geometry = maps::GeometryType::kPolygon;
  layer.fields = {{"grupp", FieldType::kText, "Grupp"},
                  {"rapporterade", FieldType::kInteger, "Rapporterade i rutan"},
                  {"antal", FieldType::kInteger, "Åtskilda i rutan"},
                  {"antal_grannskap", FieldType::kInteger, "Åtskilda i grannskapet"},
                  {"vantat", FieldType::kReal, "Väntat i grannskapet"},
                  {"varde", FieldType::kReal, "Statistik"},
                  {"z", FieldType::kReal, "z"},
                  {"p", FieldType::kReal, "p"},
                  {"q", FieldType::kReal, "p efter rättning"},
                  {"p_maximum", FieldType::kReal, "p för det största på kartan"},
                  {"het", FieldType::kInteger, "Fler än slumpen rimligen ger"},
                  {"skal", FieldType::kText, "Skäl till att p saknas"}};
  for (const HotspotRow& row : answer.rows) {
    const auto whole = [](int value) { return maps::Value{std::int64_t{value}}; };
    layer.features.push_back(
        {CellPolygon(grid, row.cell),
         {row.group, whole(row.reported), whole(row.count), whole(row.neighborhood_count), row.expected,
          row.value, row.z, row.p, row.q, row.maximum_p, whole(row.hot), row.reason}});
  }
  maps::VectorStyle style;
  style.class_field = "het";
  style.classes = {{.value = 0,
                    .label_sv = "inte fler än slumpen rimligen ger",
                    .fill = {230, 230, 230, 90},
                    .outline = {190, 190, 190, 255}},
                   {.value = 1,
                    .label_sv = "fler än slumpen rimligen ger",
                    .fill = {179, 0, 0, 160},
                    .outline = {120, 0, 0, 255}}};
  layer.style = style;
  layer.metadata.identifier = "hotspots";
  layer.metadata.title_sv = "Hotspots, " + command.statistic;
  layer.metadata.abstract_sv =
      "Nivå " + FormatNumber(command.fdr) + ", rättning " + answer.settings.correction + ", familj " +
      std::to_string(answer.settings.family) + ", " + std::to_string(answer.settings.draws) +
      " omdragningar, frö " + std::to_string(answer.settings.seed) + ".";
  return layer;
}

}  // namespace

void WriteHotspots(const HotspotsCommand& command, const HotspotAnswer& answer, const geo::GridSpec& grid) {
  if (EndsWith(command.out, ".csv")) {
    WriteTableAtomically(command.out, ToTable(answer, grid, !command.values.empty()));
    return;
  }
  if (!EndsWith(command.out, ".gpkg") || !command.values.empty())
    throw geo::InvalidInput("the result's name must end in .csv, or for a grid in .gpkg");
  if (command.crs <= 0) throw geo::InvalidInput("a GeoPackage needs --crs with an EPSG code");
  maps::GeoPackage package;
  package.crs = geo::Epsg{command.crs};
  package.timestamp = {.year = 1970};
  package.layers = {ToLayer(command, answer, grid)};
  maps::WriteGeoPackage(command.out, package);
}

}  // namespace lagesbild::tools
