#include "tools/cli_register_index.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "geo/address_style.h"
#include "geo/errors.h"
#include "geo/packed_gazetteer.h"
#include "maps/address_extent.h"
#include "maps/address_table.h"
#include "maps/register_input.h"
#include "service/clock.h"
#include "service/hashing.h"
#include "service/memory_store.h"
#include "service/register_index_file.h"
#include "service/register_mapping.h"
#include "service/register_update.h"
#include "service/runs.h"
#include "tools/cli.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

struct BuildOptions {
  std::string addresses, mapping, reference, reference_mapping, out;
  std::string style = "sv";
  int crs = 0;                                ///< 0 = the one that the mapping names
  std::map<std::string, std::string> layers;  ///< kind: file
};

void TakeIn(service::Store& store, const std::string& kind, const std::string& file,
            const std::string& mapping) {
  service::RegisterRequest request;
  request.kind = kind;
  request.file = file;
  request.now = service::SystemUtcNow();
  if (!mapping.empty()) request.mapping_toml = ReadTextFile(mapping);
  service::UpdateRegister(store, request);
}

void Print(const Session& session, const service::RegisterIndexFile& file, double seconds) {
  const geo::PackedGazetteer& packed = file.geocoder.packed();
  const std::vector<std::pair<const char*, std::size_t>> counts{
      {"addresses", packed.addresses.size()},   {"places", packed.places.size()},
      {"localities", packed.localities.size()}, {"roads", packed.roads.size()},
      {"properties", packed.properties.size()}, {"neighbors", packed.neighbors.size()}};
  if (session.json()) {
    nlohmann::ordered_json json{{"format", file.format},
                                {"program", file.about.program},
                                {"sha256", file.sha256},
                                {"bytes", file.bytes},
                                {"synthetic", file.about.synthetic},
                                {"style", packed.address_style},
                                {"crs", "EPSG:" + std::to_string(static_cast<int>(packed.crs))}};
    for (const auto& [name, count] : counts) json[name] = count;
    json["sources"] = nlohmann::ordered_json::array();
    for (const service::RegisterIndexSource& s : file.about.sources)
      json["sources"].push_back({{"kind", s.kind}, {"sha256", s.sha256}, {"dated", s.dated_on}});
    std::printf("%s\n", json.dump(2).c_str());
    return;
  }
  std::printf(session.Say("format %u, program %s, %.1f MB, inläst på %.3f s\nkontrollsumma %s\n",
                          "format %u, program %s, %.1f MB, loaded in %.3f s\nchecksum %s\n"),
              file.format, file.about.program.c_str(), static_cast<double>(file.bytes) / 1e6, seconds,
              file.sha256.c_str());
  if (file.about.synthetic) std::printf("%s\n", session.Say("påhittade data", "invented data"));
  std::printf("EPSG:%d, %s\n", static_cast<int>(packed.crs), packed.address_style.c_str());
  const std::vector<const char*> swedish{"adresser", "platser", "orter", "vägar", "fastigheter", "grannar"};
  for (std::size_t i = 0; i < counts.size(); ++i)
    std::printf("%9zu %s\n", counts[i].second, session.Say(swedish[i], counts[i].first));
  for (const service::RegisterIndexSource& s : file.about.sources)
    std::printf("%s %s %s\n", s.kind.c_str(), s.dated_on.empty() ? "-" : s.dated_on.c_str(),
                s.sha256.c_str());
}

void Info(const Session& session, const std::string& path) {
  const auto begin = std::chrono::steady_clock::now();
  const service::RegisterIndexFile file = service::ReadRegisterIndex(path);
  file.geocoder.Geocode({.address = "Storgatan 1"});
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  Print(session, file, taken.count());
}

/// Addresses and nothing else: their own extent stands for the municipality.
geo::Gazetteer ReadAlone(const BuildOptions& options, std::string& dated_on) {
  for (const auto& [kind, file] : options.layers)
    if (!file.empty()) throw geo::InvalidInput("--" + kind + " needs --reference: the municipality it is of");
  const geo::AddressStyle* style = geo::FindAddressStyle(options.style);
  if (style == nullptr)
    throw geo::InvalidInput("--style must be one of " + std::string(geo::AddressStyleCodes()));
  const bool package = options.addresses.ends_with(".gpkg") || options.addresses.ends_with(".zip");
  if (!package && options.mapping.empty())
    throw geo::InvalidInput(
        "a table of addresses needs --mapping, which names its columns; see tools/mapping.md");
  maps::AddressRegisterFile read;
  if (options.mapping.empty()) {
    read = maps::ReadAddressRegister(options.addresses);
  } else {
    maps::AddressTable table = service::ParseAddressMapping(ReadTextFile(options.mapping));
    table.block_size = style->block_size;
    const geo::Epsg plane = options.crs == 0 ? table.coordinates : geo::Epsg{options.crs};
    if (plane == geo::Epsg{4326})
      throw geo::InvalidInput(
          "the mapping's coordinates are degrees; say --crs, the plane in meters to measure in, such as "
          "3006");
    read = maps::ReadAddressTable(options.addresses, table, plane,
                                  maps::ReadAddressExtent(options.addresses, table, plane), *style);
    read.crs = plane;
  }
  geo::Gazetteer gazetteer;
  gazetteer.crs = read.crs;
  gazetteer.address_style = options.style;
  gazetteer.addresses = std::move(read.addresses);
  gazetteer.places = std::move(read.popular_names);
  dated_on = read.dated_on;
  return gazetteer;
}

void BuildAlone(const Session& session, const BuildOptions& options) {
  service::RegisterIndexAbout about;
  about.program = service::ProgramVersion();
  about.sources.push_back({"addresses", service::Sha256HexOfFile(options.addresses), ""});
  const geo::Gazetteer gazetteer = ReadAlone(options, about.sources.front().dated_on);
  service::WriteRegisterIndex(options.out, geo::Geocoder(gazetteer), about);
  Info(session, options.out);
}

void Build(const Session& session, const BuildOptions& options) {
  if (options.reference.empty()) return BuildAlone(session, options);
  // The same way into a store as an import, so that both know the same.
  service::MemoryStore store("register build");
  TakeIn(store, "reference", options.reference, options.reference_mapping);
  TakeIn(store, "addresses", options.addresses, options.mapping);
  for (const auto& [kind, file] : options.layers)
    if (!file.empty()) TakeIn(store, kind, file, "");
  service::RegisterIndexAbout about;
  about.program = service::ProgramVersion();
  for (const service::RegisterVersion& version : store.ListRegisters()) {
    about.sources.push_back({version.kind, version.sha256, version.dated_on});
    about.synthetic = about.synthetic || version.synthetic;
  }
  service::WriteRegisterIndex(options.out, geo::Geocoder(store.LoadMunicipality()->gazetteer), about);
  Info(session, options.out);
}

}  // namespace

void AddRegisterIndexCommands(CLI::App& group, CommandLine& line) {
  const auto options = std::make_shared<BuildOptions>();
  CLI::App* build = group.add_subcommand(
      "build",
      "Compiles registers into one file that is opened in no time\n"
      "Example: lagesbild register build adresser.gpkg --reference kommun.gpkg --out kommun.lbidx");
  build->add_option("ADDRESSES", options->addresses, "GeoPackage; with --mapping also CSV, XLSX or GeoJSON")
      ->required();
  build->add_option("--mapping", options->mapping, "How to read the addresses (TOML)");
  CLI::Option* reference =
      build->add_option("--reference", options->reference,
                        "Boundary, districts, localities and places; without it addresses alone");
  build->add_option("--reference-mapping", options->reference_mapping, "What the municipality is (TOML)")
      ->needs(reference);
  build
      ->add_option("--style", options->style,
                   "Without --reference: how addresses are written, sv, no or us-block")
      ->excludes(reference);
  build->add_option("--crs", options->crs, "Without --reference: EPSG code of the plane; else the mapping's")
      ->excludes(reference);
  for (const char* kind : {"places", "roads", "properties", "neighbors"})
    build->add_option("--" + std::string(kind), options->layers[kind], "GeoPackage of " + std::string(kind));
  build->add_option("--out", options->out, "The compiled index")->required();
  build->callback([&line, options] { line.run = [options](Session& session) { Build(session, *options); }; });

  const auto file = std::make_shared<std::string>();
  CLI::App* info = group.add_subcommand("info",
                                        "Tells what a compiled register holds, after checking it\nExample: "
                                        "lagesbild register info kommun.lbidx");
  info->add_option("FILE", *file, "The compiled index")->required();
  info->callback([&line, file] { line.run = [file](Session& session) { Info(session, *file); }; });
}

}  // namespace lagesbild::tools
