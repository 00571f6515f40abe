#include "tools/cli_picture_text.h"

#include <cstdio>
#include <nlohmann/json.hpp>

#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

using Json = nlohmann::json;

std::string Count(const Json& group, const char* key) {
  return std::to_string(group["incidents"][key].get<std::int64_t>());
}

/// "0,3" in Swedish, "0.3" in English.
std::string OneDecimal(double value, bool swedish) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  std::string answer = text;
  if (const auto point = answer.find('.'); swedish && point != std::string::npos) {
    answer[point] = ',';
  }
  return answer;
}

/// The group's label, or nothing for an empty code.
std::string LabelOf(const Json& summary, const Json& code) {
  for (const Json& group : summary["groups"]) {
    if (group["group"] == code) {
      return group["label_sv"];
    }
  }
  return {};
}

/// The verdict in words: how many hotspots, or why there is none.
std::string Verdict(Session& session, const Json& summary, const Json& test) {
  if (test["status"] == "UNDEFINED") {
    return session.Say("kan inte prövas: ingen befolkning i gruppen är känd",
                       "cannot be tested: no inhabitants of the group are known");
  }
  if (test["status"] != "VALUE") {
    // Repeats count once: the number may be smaller than that of the placed ones beside it.
    std::string text = std::string(session.Say("för få händelser (", "too few incidents (")) +
                       std::to_string(test["found"].get<int>()) +
                       session.Say(" åtskilda av minst ", " separate of at least ") +
                       std::to_string(test["minimum"].get<int>());
    const std::string coarser = LabelOf(summary, test["coarser_level"]);
    if (!coarser.empty()) {
      text += session.Say("; se ", "; see ") + coarser;
    }
    return text + ")";
  }
  const std::size_t places = test["hot_places"].size();
  return places == 0 ? session.Say("ingen hotspot", "no hotspot")
                     : std::to_string(places) + (places == 1 ? session.Say(" hotspot", " hotspot")
                                                             : session.Say(" hotspots", " hotspots"));
}

void PrintGroups(Session& session, const Json& summary) {
  TextTable table({session.Say("åldersgrupp", "age group"), session.Say("händelser", "incidents"),
                   session.Say("placerade", "placed"), session.Say("oplacerade", "unplaced"),
                   session.Say("digitala", "digital"), session.Say("för grova", "too coarse"),
                   session.Say("utfall", "outcome")});
  for (const Json& group : summary["groups"]) {
    table.Add({group["label_sv"], Count(group, "accepted"), Count(group, "placed"), Count(group, "unplaced"),
               Count(group, "digital"), Count(group, "too_coarse"),
               Verdict(session, summary, group["hotspot_test"])});
  }
  table.Print("  ");
}

void PrintHotPlaces(Session& session, const Json& summary) {
  for (const Json& group : summary["groups"]) {
    if (group["hotspot_test"]["status"] != "VALUE") {
      continue;
    }
    for (const Json& place : group["hotspot_test"]["hot_places"]) {
      const std::string area = place["area"];
      std::printf(session.Say("  Hotspot, %s: %s, omkring E %.0f N %.0f; %d åtskilda händelser (%d "
                              "rapporterade) mot väntade %s, %d uppgiftslämnare, nivå %d %%\n",
                              "  Hotspot, %s: %s, around E %.0f N %.0f; %d separate incidents (%d reported) "
                              "against %s expected, %d reporters, level %d %%\n"),
                  group["label_sv"].get<std::string>().c_str(), area.empty() ? "–" : area.c_str(),
                  place["easting_m"].get<double>(), place["northing_m"].get<double>(),
                  place["tested_incidents"].get<int>(), place["incidents"].get<int>(),
                  OneDecimal(place["expected"].get<double>(), session.swedish()).c_str(),
                  place["reporters"].get<int>(), place["level_percent"].get<int>());
    }
  }
}

void PrintRepeats(Session& session, const Json& summary) {
  for (const Json& group : summary["groups"]) {
    if (group["group"] != "ALLA") {
      continue;
    }
    for (const Json& place : group["repeats"]) {
      const std::string area = place["area"];
      std::printf(session.Say("  Samma plats igen: %s, E %.0f N %.0f; %d händelser, %d uppgiftslämnare\n",
                              "  The same place again: %s, E %.0f N %.0f; %d incidents, %d reporters\n"),
                  area.empty() ? "–" : area.c_str(), place["easting_m"].get<double>(),
                  place["northing_m"].get<double>(), place["incidents"].get<int>(),
                  place["reporters"].get<int>());
    }
  }
}

}  // namespace

void PrintPicture(Session& session, const v1::Picture& picture, const std::filesystem::path& folder) {
  const Json summary = Json::parse(picture.summary_json());
  std::printf(session.Say("Lägesbild %s, körning %s, %s\n", "Situation picture %s, run %s, %s\n"),
              QuarterText(picture.quarter(), session.swedish()).c_str(), picture.run_id().c_str(),
              summary["role_sv"].get<std::string>().c_str());
  PrintGroups(session, summary);
  PrintHotPlaces(session, summary);
  PrintRepeats(session, summary);
  int rasters = 0;
  for (const v1::Layer& layer : picture.layers()) {
    const std::filesystem::path file(layer.file_name());
    if (file.extension() == ".gpkg") {
      std::printf(session.Say("  Karta: %s\n", "  Map: %s\n"), (folder / file).string().c_str());
    }
    rasters += file.extension() == ".tif" ? 1 : 0;
  }
  std::printf(session.Say("  Täthet: %d raster (tathet_*.tif) med färger i .qml bredvid\n",
                          "  Density: %d rasters (tathet_*.tif) with colors in the .qml beside\n"),
              rasters);
}

}  // namespace lagesbild::tools
