#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <tuple>

#include "tools/cli.h"
#include "tools/cli_text.h"
#include "tools/hotspot_files.h"

namespace lagesbild::tools {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostLines = 20;
/// A neighborhood's cells: a mask of no more cannot hold one that stands out.
constexpr int kNeighborhoodCells = 9;

void CheckUse(const HotspotsCommand& command) {
  if (command.values.empty() == command.points.path.empty())
    throw BadInput("give either --points with --study-area and --cell, or --values");
  if (!command.points.path.empty() && (command.study_area.empty() || !(command.cell_m > 0)))
    throw BadInput("--points need --study-area and a --cell of more than 0 m");
  if (!command.values.empty() && command.statistic != "count" && command.neighbours.empty())
    throw BadInput("--values need --neighbours for " + command.statistic);
  if (!(command.fdr > 0 && command.fdr < 1)) throw BadInput("--fdr must lie between 0 and 1");
  if (command.statistic == "count" && command.inference == "normal")
    throw BadInput("counts are tested by their exact tail; there is no normal theory of them here");
  if (command.statistic == "count" && command.correction != "bh")
    throw BadInput("counts are adjusted by bh, or with --inference permutation by the maximum");
  if (command.statistic == "geary" && command.inference == "normal")
    throw BadInput("local Geary has no normal theory here; it is told without a p");
  if (command.weights == "inverse" && command.inference == "exact" && command.statistic != "count")
    throw BadInput("the exact tail needs binary weights; use --inference permutation with --weights inverse");
}

std::vector<const HotspotRow*> HotRows(const HotspotAnswer& answer) {
  std::vector<const HotspotRow*> hot;
  for (const HotspotRow& row : answer.rows)
    if (row.hot) hot.push_back(&row);
  std::sort(hot.begin(), hot.end(), [](const HotspotRow* a, const HotspotRow* b) {
    return std::tuple(a->q, -a->neighborhood_count, a->group, a->cell.row, a->cell.column, a->id) <
           std::tuple(b->q, -b->neighborhood_count, b->group, b->cell.row, b->cell.column, b->id);
  });
  return hot;
}

std::map<std::string, int> Reasons(const HotspotAnswer& answer) {
  std::map<std::string, int> reasons;
  for (const HotspotRow& row : answer.rows)
    if (!row.reason.empty()) ++reasons[row.reason];
  return reasons;
}

Json PowerJson(const geo::LayerPower& power) {
  return {{"median_exposure_share", power.exposure_share},
          {"least_count", power.at_this_number.least_count},
          {"expected", power.at_this_number.expected},
          {"detectable_share", Finite(power.at_this_number.detectable_share)},
          {"detectable_ratio", Finite(power.at_this_number.detectable_ratio)},
          {"asked_ratio", power.asked_ratio},
          {"least_incidents", power.least_incidents}};
}

Json RowJson(const HotspotRow& row, const geo::GridSpec& grid, bool areas) {
  Json json;
  if (areas) {
    json["id"] = row.id;
  } else {
    const geo::PlanePoint center = grid.center(row.cell);
    json["group"] = row.group;
    json["x"] = center.easting.value();
    json["y"] = center.northing.value();
    json["reported"] = row.reported;
    json["count"] = row.count;
    json["neighborhood_count"] = row.neighborhood_count;
  }
  json["expected"] = Finite(row.expected);
  json["value"] = Finite(row.value);
  json["z"] = Finite(row.z);
  json["p"] = Finite(row.p);
  json["q"] = Finite(row.q);
  json["maximum_p"] = Finite(row.maximum_p);
  return json;
}

Json AnswerJson(const HotspotsCommand& command, const HotspotAnswer& answer, const HotspotGrid& grid) {
  const bool areas = !command.values.empty();
  const bool tested = !answer.rows.empty();
  Json json = {{"status", tested ? "value" : "too_few"}, {"statistic", command.statistic},
               {"inference", command.inference},         {"level", command.fdr},
               {"min_incidents", command.min_incidents}, {"min_cell_count", command.min_cell_count}};
  json["settings"] = ToJson(answer.settings);
  if (!areas) {
    json["mask_cells"] = grid.mask_cells;
    json["cell_m"] = command.cell_m;
    json["exposure_outside"] = grid.exposure_outside;
    json["groups"] = Json::array();
    for (const HotspotGroup& group : grid.groups)
      json["groups"].push_back({{"group", group.label},
                                {"incidents", group.incidents},
                                {"after_collapse", group.collapsed},
                                {"outside_grid", group.outside}});
  }
  json["too_few"] = Json::array();
  for (const auto& [label, found] : answer.too_few)
    json["too_few"].push_back({{"group", label},
                               {"found", found},
                               {"minimum", command.min_incidents},
                               {"text_sv", "för få händelser"}});
  json["without_p"] = Json::object();
  for (const auto& [reason, places] : Reasons(answer)) json["without_p"][reason] = places;
  if (answer.power) json["power"] = PowerJson(*answer.power);
  json["hot"] = Json::array();
  for (const HotspotRow* row : HotRows(answer))
    json["hot"].push_back(RowJson(*row, grid.exposure.spec(), areas));
  return json;
}

void PrintHot(const Session& session, const HotspotAnswer& answer, const geo::GridSpec& grid, bool areas) {
  const auto hot = HotRows(answer);
  if (hot.empty()) {
    std::printf("%s\n", session.Say("Ingen plats har fler än slumpen rimligen ger.",
                                    "No place has more than chance can reasonably give."));
    return;
  }
  TextTable table({areas ? "id" : session.Say("grupp", "group"), "x", "y", session.Say("antal", "count"),
                   session.Say("väntat", "expected"), "z", "p", "q", "p max"});
  for (std::size_t i = 0; i < std::min(kMostLines, hot.size()); ++i) {
    const HotspotRow& row = *hot[i];
    char x[32] = "-", y[32] = "-";
    if (!areas) {
      std::snprintf(x, sizeof x, "%.0f", grid.center(row.cell).easting.value());
      std::snprintf(y, sizeof y, "%.0f", grid.center(row.cell).northing.value());
    }
    table.Add({areas ? row.id : row.group, x, y,
               areas ? Short(row.value) : std::to_string(row.neighborhood_count), Short(row.expected),
               Short(row.z), Short(row.p), Short(row.q), Short(row.maximum_p)});
  }
  table.Print();
  if (hot.size() > kMostLines)
    std::printf(session.Say("... och %zu till.\n", "... and %zu more.\n"), hot.size() - kMostLines);
}

void PrintPower(const Session& session, const geo::LayerPower& power) {
  if (power.at_this_number.least_count == 0) {
    std::printf("%s", session.Say("Med så få händelser kan ingen medelstor plats märkas ut.",
                                  "With so few incidents no place of middling size can stand out."));
  } else {
    std::printf(
        session.Say("Styrka: i en medelstor ruta krävs %d händelser (väntat %s); det som syns fyra gånger "
                    "av fem är %s gånger fler än väntat.",
                    "Power: a middling neighborhood needs %d incidents (expected %s); what shows four "
                    "times of five is %s times the expected."),
        power.at_this_number.least_count, Short(power.at_this_number.expected).c_str(),
        Short(power.at_this_number.detectable_ratio).c_str());
  }
  if (power.least_incidents > 0)
    std::printf(session.Say(" %s gånger fler skulle synas från %d händelser.",
                            " %s times would show from %d incidents on."),
                Short(power.asked_ratio).c_str(), power.least_incidents);
  std::printf("\n");
}

void PrintAnswer(const Session& session, const HotspotsCommand& command, const HotspotAnswer& answer,
                 const HotspotGrid& grid) {
  for (const HotspotGroup& group : grid.groups)
    std::printf(session.Say("%s%s%d händelser, %d åtskilda; %lld rutor där händelser kan ske\n",
                            "%s%s%d incidents, %d apart; %lld cells where incidents can happen\n"),
                group.label.c_str(), group.label.empty() ? "" : ": ", group.incidents, group.collapsed,
                static_cast<long long>(grid.mask_cells));
  for (const auto& [label, found] : answer.too_few)
    std::printf(session.Say("%s%sFör få händelser: %d, det behövs minst %d.\n",
                            "%s%sToo few incidents: %d, it needs at least %d.\n"),
                label.c_str(), label.empty() ? "" : ": ", found,
                command.inference == "normal" ? std::max(command.min_normal, command.min_incidents)
                                              : command.min_incidents);
  if (answer.rows.empty()) return;
  PrintSettings(session, answer.settings);
  if (answer.power) PrintPower(session, *answer.power);
  for (const auto& [reason, places] : Reasons(answer))
    std::printf(session.Say("Utan p: %d platser (%s)\n", "Without p: %d places (%s)\n"), places,
                reason.c_str());
  PrintHot(session, answer, grid.exposure.spec(), !command.values.empty());
}

/// Says so where the mask is no larger than one neighborhood: everything is expected to lie in it.
bool AnswerSmallMask(const Session& session, const HotspotsCommand& command, const HotspotGrid& grid) {
  if (!command.values.empty() || grid.mask_cells > kNeighborhoodCells) return false;
  if (session.json())
    PrintJsonDocument({{"status", "undefined"},
                       {"reason", "MASK_TOO_SMALL"},
                       {"mask_cells", grid.mask_cells},
                       {"minimum", kNeighborhoodCells + 1}});
  else
    std::printf(
        session.Say("Kan inte prövas: händelser kan ske i %lld rutor, inte fler än ett grannskap har (%d). "
                    "Välj mindre rutor eller ett större område.\n",
                    "Cannot be tested: incidents can happen in %lld cells, no more than a neighborhood has "
                    "(%d). Choose smaller cells or a larger area.\n"),
        static_cast<long long>(grid.mask_cells), kNeighborhoodCells);
  return true;
}

void RunHotspots(Session& session, const HotspotsCommand& command) {
  CheckUse(command);
  HotspotGrid grid;
  if (command.values.empty()) grid = ReadHotspotGrid(command);
  if (AnswerSmallMask(session, command, grid)) return;
  const HotspotAnswer answer = !command.values.empty()        ? TestAreas(command)
                               : command.statistic == "count" ? TestCounts(command, grid)
                                                              : TestLocally(command, grid);
  if (!command.out.empty() && !answer.rows.empty()) WriteHotspots(command, answer, grid.exposure.spec());
  if (session.json())
    PrintJsonDocument(AnswerJson(command, answer, grid));
  else
    PrintAnswer(session, command, answer, grid);
}

void AddInput(CLI::App& hotspots, HotspotsCommand& command) {
  AddPointOptions(hotspots, command.points, false);
  hotspots.add_option("--group", command.points.group,
                      "Column: one layer for each value, one family together");
  hotspots.add_option("--date", command.day,
                      "Column of days, 2026-07-01 or numbers: repeats near in time are one");
  hotspots.add_option("--study-area", command.study_area, "GeoJSON polygons in the plane of the points");
  hotspots.add_option("--places", command.places, "GeoJSON polygons where incidents can happen");
  hotspots.add_option("--exposure", command.exposure.path,
                      "CSV with x, y: what incidents are measured against; default equal cells");
  hotspots.add_option("--exposure-column", command.exposure.weight, "Its column; default every row counts 1");
  hotspots.add_option("--cell", command.cell_m, "Side of the cells, m; corners at its multiples");
  hotspots.add_option("--values", command.values,
                      "CSV of areas in place of points: id, value; for count also population");
  hotspots.add_option("--neighbours", command.neighbours, "CSV of their neighbors: from, to, perhaps weight");
  hotspots.add_flag("--keep-repeats", command.keep_repeats,
                    "Test incidents of one place each, for comparison");
}

void AddTest(CLI::App& hotspots, HotspotsCommand& command) {
  hotspots.add_option("--statistic", command.statistic, "Default count: neighborhoods against the exposure")
      ->check(CLI::IsMember({"count", "gstar", "g", "moran", "geary"}));
  hotspots
      .add_option("--inference", command.inference, "Default exact; of count, permutation is the maximum")
      ->check(CLI::IsMember({"exact", "permutation", "normal"}));
  hotspots.add_option("--weights", command.weights, "Neighbors of the local statistics; default queen")
      ->check(CLI::IsMember({"queen", "rook", "band", "nearest", "inverse"}));
  hotspots.add_option("--distance", command.distance_m, "Of band and inverse, m");
  hotspots.add_option("--nearest", command.nearest, "How many of nearest");
  hotspots.add_option("--permutations", command.permutations, "Default 999")->check(CLI::Range(1, 1'000'000));
  hotspots.add_option("--seed", command.seed, "Default 1");
  hotspots.add_option("--fdr", command.fdr, "Level; default 0.05");
  hotspots.add_option("--correction", command.correction, "Over all places and groups; default bh")
      ->check(CLI::IsMember({"bh", "by", "holm"}));
  hotspots
      .add_option("--min-incidents", command.min_incidents, "A group with fewer is not tested; default 10")
      ->check(CLI::Range(3, 1'000'000));
  hotspots.add_option("--min-cell-count", command.min_cell_count, "Fewer are never hot; default 3")
      ->check(CLI::Range(1, 1'000'000));
  hotspots.add_option("--min-normal", command.min_normal, "Fewest incidents for normal theory; default 1000")
      ->check(CLI::Range(100, 100'000'000));
}

}  // namespace

void AddHotspotsCommand(CLI::App& app, CommandLine& line) {
  const auto command = std::make_shared<HotspotsCommand>();
  CLI::App* hotspots = app.add_subcommand(
      "hotspots",
      "Places with more incidents than chance gives, from a table of points; needs no service\n"
      "Example: lagesbild hotspots --points p.csv --study-area a.geojson --exposure people.csv "
      "--exposure-column n --cell 250 --group age --crs 3006 --out hotspots.gpkg");
  AddInput(*hotspots, *command);
  AddTest(*hotspots, *command);
  hotspots->add_option("--crs", command->crs, "EPSG code of the plane; needed for a GeoPackage");
  hotspots->add_option("--out", command->out, "All places: CSV, or GeoPackage of cells");
  hotspots->callback(
      [&line, command] { line.run = [command](Session& session) { RunHotspots(session, *command); }; });
}

}  // namespace lagesbild::tools
