#include <array>
#include <cstdio>
#include <string>

#include "tools/demo_data/table_files.h"
#include "tools/demo_data/vector_file.h"
#include "tools/demo_data/world_files.h"

namespace lagesbild::tools::demo {
namespace {

constexpr const char* kLabel =
    "SYNTETISK: påhittade data för demonstration av Lagesbild, inte från Lantmäteriet eller Heby kommun";
constexpr const char* kSource = "SYNTETISK";

std::string Meters(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.0f", value);
  return text.data();
}

void SetText(OGRFeature& feature, const char* field, const std::string& value) {
  if (!value.empty()) feature.SetField(field, value.c_str());
}

}  // namespace

void WriteRoads(const std::filesystem::path& path, const World& world) {
  VectorFile file(path);
  OGRLayer& layer = file.AddLayer("vaglinje", kLabel, wkbMultiLineString, "geom",
                                  {{"objektidentitet"}, {"gatunamn"}, {"vardvagnummer"}, {"kalla"}});
  for (std::size_t i = 0; i < world.roads.size(); ++i) {
    const DemoRoad& road = world.roads[i];
    if (road.line.size() < 2) continue;
    OGRFeature feature(layer.GetLayerDefn());
    SetText(feature, "objektidentitet", "SYN-V-" + std::to_string(i + 1));
    SetText(feature, "gatunamn", road.name);
    SetText(feature, "vardvagnummer", road.number);
    SetText(feature, "kalla", kSource);
    OGRLineString line;
    for (const Xy p : road.line) line.addPoint(p.e, p.n);
    OGRMultiLineString lines;
    lines.addGeometry(&line);
    feature.SetGeometry(&lines);
    file.Add(layer, feature);
  }
  file.Close();
}

void WriteProperties(const std::filesystem::path& path, const World& world) {
  VectorFile file(path);
  OGRLayer& layer = file.AddLayer("registerenhetsomradesyta", kLabel, wkbMultiPolygon, "geom",
                                  {{"objektidentitet"}, {"etikett"}, {"trakt"}, {"kommunnamn"}, {"kalla"}});
  for (std::size_t i = 0; i < world.properties.size(); ++i) {
    const DemoProperty& property = world.properties[i];
    OGRFeature feature(layer.GetLayerDefn());
    SetText(feature, "objektidentitet", "SYN-F-" + std::to_string(i + 1));
    SetText(feature, "etikett", property.label);
    SetText(feature, "trakt", property.tract);
    SetText(feature, "kommunnamn", "HEBY");
    SetText(feature, "kalla", kSource);
    OGRMultiPolygon geometry = OgrMultiPolygon({property.outline});
    feature.SetGeometry(&geometry);
    file.Add(layer, feature);
  }
  file.Close();
}

void WriteAliases(const std::filesystem::path& path, const World& world) {
  struct Alias {
    const char *name, *aliases, *of, *from, *to;
  };
  constexpr auto kAliases = std::to_array<Alias>({
      {"Kvarnkiosken", "kiosken vid kvarnen|Kvarnis", "Exempelköp Heby", "2026-01-01", ""},
      {"Gamla busstorget", "busstorget", "Östervåla busstation", "", "2025-06-30"},
      {"Ungdomens hus Heby", "UH", "Fritidsgården Klossen", "2025-01-01", "2026-12-31"},
      {"Ishallen Morgongåva", "rinken", "Morgongåva idrottsplats", "", ""},
  });
  Table table{{{"namn"},
               {"alias"},
               {"typ"},
               {"ort"},
               {"ost"},
               {"nord"},
               {"radie_m"},
               {"giltig_fran"},
               {"giltig_till"},
               {"kalla"}},
              {}};
  for (const Alias& alias : kAliases) {
    const DemoPlace& place = world.place(alias.of);
    table.rows.push_back({alias.name, alias.aliases, place.kind, place.locality, Meters(place.position.e),
                          Meters(place.position.n), "60", alias.from, alias.to, "SYNTETISK alias"});
  }
  WriteCsv(path, table, ';', Encoding::kUtf8);
}

void WriteNeighbors(const std::filesystem::path& path) {
  Table table{{{"namn"}, {"lon"}, {"lat"}, {"kalla"}},
              {{"Sala", "16.60", "59.92", "SYNTETISK"},
               {"Enköping", "17.08", "59.64", "SYNTETISK"},
               {"Uppsala", "17.64", "59.86", "SYNTETISK"},
               {"Tierp", "17.52", "60.34", "SYNTETISK"},
               {"Avesta", "16.17", "60.15", "SYNTETISK"},
               {"Sandviken", "16.78", "60.62", "SYNTETISK"},
               {"Fjärdhundra", "16.90", "59.77", "SYNTETISK"}}};
  WriteCsv(path, table, ';', Encoding::kUtf8);
}

}  // namespace lagesbild::tools::demo
