#include "tools/bench_geocode/sources.h"

#include <cstdio>
#include <fstream>
#include <sstream>
#include <utility>

#include "geo/errors.h"
#include "service/register_mapping.h"
#include "tools/bench_geocode/text.h"
#include "tools/demo_data/gazetteer.h"

namespace lagesbild::tools::bench {
namespace {

namespace fs = std::filesystem;

std::string Content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in || !text) throw geo::InvalidInput(file.string() + " cannot be read");
  return text.str();
}

BenchRegister WithTown(BenchRegister of) {
  FillPostalTown(of);
  return of;
}

BenchRegister DemoRegister() {
  constexpr std::uint64_t kSeed = 331;
  return {.code = "demo", .town = "Heby", .gazetteer = demo::GazetteerOf(demo::MakeWorld(kSeed))};
}

}  // namespace

bool BenchSources::Have(const fs::path& file) {
  if (fs::exists(file)) return true;
  const std::string text = file.string() + " not found";
  if (!options_.only.empty()) throw geo::InvalidInput(text + "; say --data FOLDER, in which it lies");
  if (!options_.data.empty() && told_.insert(file).second)
    std::fprintf(stderr, "lagesbild: %s: skipped\n", text.c_str());
  return false;
}

BenchRegister BenchSources::OwnRegister() const {
  const fs::path file = options_.register_file;
  if (!fs::exists(file))
    throw geo::InvalidInput(file.string() + " not found; --register names an address register");
  if (file.extension() == ".gpkg") return ReadBenchGeoPackage(file);
  if (options_.register_mapping.empty())
    throw geo::InvalidInput(file.string() + ": a table needs --mapping, which names its columns");
  BenchTable table{.code = file.stem().string(), .town = "", .style = options_.style};
  table.columns = service::ParseAddressMapping(Content(options_.register_mapping));
  if (options_.style == "us-block") table.columns.block_size = 100;
  table.plane = geo::Epsg{options_.plane};
  return ReadBenchTable(file, table);
}

std::vector<BenchRegister> BenchSources::Registers() {
  std::vector<BenchRegister> registers;
  if (own_register()) {
    registers.push_back(OwnRegister());
    return registers;
  }
  if (Have(Malmo())) {
    BenchRegister bare = ReadBenchTable(Malmo(), MalmoTable());
    bare.draws = bare.code;
    bare.code = "malmo_bare";
    registers.push_back(*First());
    registers.push_back(std::move(bare));
  }
  if (Have(Elverum())) registers.push_back(ReadBenchTable(Elverum(), ElverumTable()));
  if (!registers.empty()) registers.push_back(DemoRegister());
  return registers;
}

const BenchRegister* BenchSources::First() {
  if (!first_) {
    if (own_register())
      first_ = std::make_unique<BenchRegister>(OwnRegister());
    else if (Have(Malmo()))
      first_ = std::make_unique<BenchRegister>(WithTown(ReadBenchTable(Malmo(), MalmoTable())));
  }
  return first_.get();
}

const geo::Geocoder& BenchSources::FirstGeocoder() {
  if (!geocoder_) geocoder_ = std::make_unique<geo::Geocoder>(First()->gazetteer);
  return *geocoder_;
}

std::vector<BenchQuery> BenchSources::ReadAgainstFirst(const fs::path& file) {
  const geo::Gazetteer& gazetteer = First()->gazetteer;
  return ReadQueries(file, {gazetteer.crs, [&](const std::string& text) {
                              std::vector<geo::PlanePoint> found;
                              for (const geo::Address& a : gazetteer.addresses)
                                if (Plain(a.area + " " + std::to_string(a.number) + a.letter +
                                          (a.addition.empty() ? "" : " " + a.addition)) == Plain(text))
                                  found.push_back(a.position);
                              return found;
                            }});
}

}  // namespace lagesbild::tools::bench
