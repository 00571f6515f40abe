#include "tools/demo_data/demo_data.h"

#include <unistd.h>

#include <system_error>

#include "maps/errors.h"
#include "tools/demo_data/deliveries.h"
#include "tools/demo_data/reporters.h"
#include "tools/demo_data/summary.h"
#include "tools/demo_data/table_files.h"
#include "tools/demo_data/truth_files.h"
#include "tools/demo_data/world_files.h"

namespace lagesbild::tools::demo {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMarker = "syntetisk_LAS_MIG.txt";

constexpr const char* kReadme = R"(SYNTETISKA DATA / SYNTHETIC DATA

Allt i mappen är påhittat av programmet lagesbild-demo-data: gator, gårdar, adresser, invånare, gränser,
uppgiftslämnare och händelser. Bara tätorternas och distriktens namn och tätorternas ungefärliga lägen är
verkliga. Inget kommer från Lantmäteriet, Heby kommun, Polisen eller någon annan. Personnummer, telefonnummer
och e-postadresser i några rader är exempel som ingen har; de finns där för att stoppas.

All of it is invented, the names and approximate positions of the localities excepted.

syntetisk_belagenhetsadress_kn0331.gpkg  adressregister i Lantmäteriets schema
syntetisk_referens_0331.gpkg             kommungräns, distrikt, tätorter, platser
syntetisk_vagar.gpkg                     gator och numrerade vägar
syntetisk_fastigheter.gpkg               fastigheter på landsbygden
syntetisk_alias.csv                      namn som folk använder, några bara en tid
syntetisk_grannar.csv                    kommuner och orter runt om (verkliga namn, ungefärliga lägen)
syntetisk_befolkning.csv                 invånare per adress och ålder
rapportorer.csv                          uppgiftslämnarna
leveranser.csv                           deras filer i den ordning de kom, med mappningsfil
rapporter/, mappings/                    filerna och hur de läses
sanning/                                 facit: planterade hotspots och vad som ligger bakom varje rad
)";

/// Every file of a demo says in its name or in one of these folders what it is.
bool HoldsOnlyADemo(const fs::path& folder) {
  return fs::is_regular_file(folder / kMarker) || fs::is_empty(folder);
}

void WriteLists(const fs::path& folder, const std::vector<Delivery>& deliveries) {
  Table reporters{{{"code"}, {"name"}, {"kind"}, {"home_locality"}, {"onboarded"}}, {}};
  for (const ReporterSheet& r : Reporters())
    reporters.rows.push_back({r.code, r.name, r.kind, r.home_locality, r.onboarded});
  Table list{{{"file"}, {"mapping"}, {"reporter"}}, {}};
  for (const Delivery& delivery : deliveries) {
    const std::string& code = Reporters()[static_cast<std::size_t>(delivery.teller)].code;
    list.rows.push_back({delivery.path, "mappings/" + code + ".toml", code});
  }
  // Plain line ends: shell scripts read these two.
  const auto write = [&](const char* name, const Table& table) {
    std::string text;
    const auto line = [&](const auto& cells, const auto& cell_text) {
      for (std::size_t i = 0; i < cells.size(); ++i) text += (i > 0 ? ";" : "") + cell_text(cells[i]);
      text += "\n";
    };
    line(table.columns, [](const Column& column) { return column.name; });
    for (const auto& row : table.rows) line(row, [](const std::string& cell) { return cell; });
    WriteText(folder / name, text);
  };
  write("rapportorer.csv", reporters);
  write("leveranser.csv", list);
}

DemoSummary WriteInto(std::uint64_t seed, const fs::path& folder) {
  const World world = MakeWorld(seed);
  const Story story = MakeStory(seed, world);
  const std::vector<Delivery> deliveries = MakeDeliveries(seed, world, story);
  WriteText(folder / kMarker, kReadme);
  WriteAddressRegister(folder / "syntetisk_belagenhetsadress_kn0331.gpkg", world);
  WriteReferenceLayers(folder / "syntetisk_referens_0331.gpkg", world);
  WriteRoads(folder / "syntetisk_vagar.gpkg", world);
  WriteProperties(folder / "syntetisk_fastigheter.gpkg", world);
  WriteAliases(folder / "syntetisk_alias.csv", world);
  WriteNeighbors(folder / "syntetisk_grannar.csv");
  WritePopulation(folder / "syntetisk_befolkning.csv", world);
  fs::create_directories(folder / "mappings");
  for (const ReporterSheet& reporter : Reporters())
    WriteText(folder / "mappings" / (reporter.code + ".toml"), MappingToml(reporter.teller));
  for (const Delivery& delivery : deliveries) WriteDelivery(folder, delivery);
  WriteLists(folder, deliveries);
  WriteTruth(folder / "sanning", world, story, deliveries);
  return Summarize(seed, world, story, deliveries);
}

}  // namespace

DemoSummary WriteDemoData(std::uint64_t seed, const fs::path& folder) {
  if (fs::exists(folder) && !(fs::is_directory(folder) && HoldsOnlyADemo(folder)))
    throw maps::IoError(folder.string(), "holds something else than demo data; name an empty or new folder");
  const fs::path whole = fs::absolute(folder).lexically_normal();
  const fs::path target = whole.has_filename() ? whole : whole.parent_path();
  const fs::path part =
      target.parent_path() / (".part-" + target.filename().string() + "-" + std::to_string(::getpid()));
  try {
    fs::remove_all(part);
    fs::create_directories(part);
    DemoSummary summary = WriteInto(seed, part);
    fs::remove_all(target);
    fs::rename(part, target);
    return summary;
  } catch (const fs::filesystem_error& error) {
    std::error_code ignored;
    fs::remove_all(part, ignored);
    throw maps::IoError(folder.string(), "cannot be written: " + error.code().message());
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(part, ignored);
    throw;
  }
}

}  // namespace lagesbild::tools::demo
