#include "tools/cli_geocode_file.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <thread>

#include "tools/cli.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

nlohmann::ordered_json ToJson(const geo::HitRate& rate) {
  return {{"asked", rate.asked},       {"placed", rate.placed}, {"outside", rate.outside},
          {"unplaced", rate.unplaced}, {"coarse", rate.coarse}, {"hit_fraction", rate.fraction()}};
}

nlohmann::ordered_json ToJson(const TableGeocoding& result) {
  nlohmann::ordered_json json{
      {"rows", result.rows}, {"ambiguous", result.ambiguous}, {"unreadable", result.unreadable}};
  json["total"] = ToJson(result.tally.total());
  const auto groups = [&](const char* name, const std::map<std::string, geo::HitRate>& rates) {
    for (const auto& [group, rate] : rates) json[name][group] = ToJson(rate);
  };
  groups("reporters", result.tally.reporters());
  groups("localities", result.tally.localities());
  groups("months", result.tally.months());
  for (const auto& [level, count] : result.tally.levels())
    json["levels"][std::string(geo::MatchLevelCode(level))] = count;
  for (const auto& [reason, count] : result.tally.reasons())
    json["reasons"][std::string(geo::UnplacedReasonCode(reason))] = count;
  for (const auto& [category, count] : result.categories) json["categories"][category] = count;
  json["texts"] = nlohmann::ordered_json::array();
  for (const geo::AlikeTexts& text : result.texts)
    json["texts"].push_back({{"text", text.text},
                             {"locality", text.locality},
                             {"rows", text.count},
                             {"spellings", text.spellings},
                             {"first_line", text.first_id}});
  return json;
}

void PrintRates(const Session& session, const char* sv, const char* en,
                const std::map<std::string, geo::HitRate>& rates) {
  if (rates.size() < 2 && rates.contains("?")) return;  // the column was not named
  TextTable table(
      {session.Say(sv, en), session.Say("platser", "places"), session.Say("hittade", "found"), "%"});
  for (const auto& [group, rate] : rates) {
    char share[32];
    std::snprintf(share, sizeof share, "%.1f%s", 100 * rate.fraction(), rate.below_threshold() ? " !" : "");
    table.Add({group, std::to_string(rate.asked), std::to_string(rate.placed + rate.outside), share});
  }
  table.Print();
}

void PrintReport(const Session& session, const TableGeocoding& result, double seconds) {
  const geo::HitRate& total = result.tally.total();
  std::printf(
      session.Say(
          "%lld rader: %lld placerade, %lld utanför, %lld utan plats (varav %lld tvetydiga); %.1f %% "
          "hittade på %.2f s\n",
          "%lld rows: %lld placed, %lld outside, %lld without a place (%lld of them ambiguous); %.1f %% "
          "found in %.2f s\n"),
      static_cast<long long>(result.rows), static_cast<long long>(total.placed),
      static_cast<long long>(total.outside), static_cast<long long>(total.unplaced),
      static_cast<long long>(result.ambiguous), 100 * total.fraction(), seconds);
  for (const auto& [level, count] : result.tally.levels())
    std::printf("%9lld %s\n", static_cast<long long>(count), std::string(geo::MatchLevelCode(level)).c_str());
  for (const auto& [category, count] : result.categories)
    std::printf("%9lld %s %s\n", static_cast<long long>(count), session.Say("kategori", "category"),
                category.c_str());
  for (const auto& [reason, count] : result.tally.reasons())
    std::printf("%9lld %s\n", static_cast<long long>(count),
                std::string(geo::UnplacedReasonCode(reason)).c_str());
  PrintRates(session, "uppgiftslämnare", "reporter", result.tally.reporters());
  PrintRates(session, "ort", "locality", result.tally.localities());
  PrintRates(session, "månad", "month", result.tally.months());
  if (total.below_threshold())
    std::printf("%s\n",
                session.Say("Varning: under 85 % hittades. Så många saknas att kartan kan visa fel platser.",
                            "Warning: under 85 % were found. So many are missing that the map may show the "
                            "wrong places."));
  if (result.texts.empty() || result.texts.front().count < 2) return;
  TextTable table({session.Say("text som skulle ge mest", "text that would gain most"),
                   session.Say("ort", "locality"), session.Say("rader", "rows"),
                   session.Say("första raden", "first line")});
  for (const geo::AlikeTexts& text : result.texts)
    if (text.count > 1)
      table.Add({text.text, text.locality, std::to_string(text.count), std::to_string(text.first_id)});
  table.Print();
}

}  // namespace

void AddGeocodeFileOptions(CLI::App& command, GeocodeFileOptions& options) {
  command.add_option("--register", options.source.file,
                     "Register in a file, no service: GeoPackage, compiled index, or a table with --columns");
  command.add_option("--columns", options.source.columns, "Of a table: street=C,number=C,postcode=C,x=C,y=C");
  command.add_option("--register-mapping", options.mapping,
                     "Of a table: mapping file (TOML) in place of --columns");
  command.add_option("--register-crs", options.source.crs, "Of a table's coordinates: EPSG:4326; else 3006");
  command.add_option("--crs", options.source.plane, "Plane of easting and northing; else the register's");
  command.add_option("--style", options.source.style, "How addresses are written: sv, no or us-block");
  command.add_option("--municipality", options.source.municipality, "Only addresses of this code");
  command.add_option("--in", options.table.in, "CSV with a place in each row");
  command.add_option("--column", options.table.text, "Its column with the place");
  command.add_option("--locality-column", options.table.locality, "Its column with the locality as context");
  command.add_option("--postcode-column", options.table.postcode, "Its column with the postcode");
  command.add_option("--date-column", options.table.date, "Its column with the day, 2026-08-14");
  command.add_option("--reporter-column", options.table.reporter,
                     "Its column with the reporter, for the report");
  command.add_option("--out", options.table.out, "The same rows with what was found");
  command.add_option("--threads", options.table.threads, "Changes nothing but the time; default: all")
      ->check(CLI::Range(1, 64));
}

void GeocodeFile(Session& session, GeocodeFileOptions options) {
  for (const auto& [given, name] :
       {std::pair{!options.source.file.empty(), "--register"}, std::pair{!options.table.in.empty(), "--in"},
        std::pair{!options.table.text.empty(), "--column"}, std::pair{!options.table.out.empty(), "--out"}})
    if (!given) throw BadInput(std::string("geocode of a file needs ") + name);
  if (!options.mapping.empty()) options.source.mapping_toml = ReadTextFile(options.mapping);
  if (options.table.threads == 0)
    options.table.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  const geo::Geocoder geocoder = OpenFileRegister(options.source);
  const auto begin = std::chrono::steady_clock::now();
  const TableGeocoding result = GeocodeTableFile(geocoder, options.table);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  if (session.json())
    std::printf("%s\n", ToJson(result).dump(2).c_str());
  else
    PrintReport(session, result, taken.count());
}

}  // namespace lagesbild::tools
