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

/// The verdict in words: how many hot places, or why there is none.
std::string Verdict(Session& session, const Json& test) {
  if (test["status"] != "VALUE") {
    std::string text = std::string(session.Say("för få händelser (", "too few incidents (")) +
                       std::to_string(test["found"].get<int>()) + session.Say(" av minst ", " of at least ") +
                       std::to_string(test["minimum"].get<int>());
    const std::string coarser = test["coarser_level"];
    if (!coarser.empty()) {
      text += session.Say("; räcker för ", "; enough for ") + coarser;
    }
    return text + ")";
  }
  const std::size_t places = test["hot_places"].size();
  return places == 0 ? session.Say("inga heta platser", "no hot places")
                     : std::to_string(places) + (places == 1 ? session.Say(" het plats", " hot place")
                                                             : session.Say(" heta platser", " hot places"));
}

void PrintGroups(Session& session, const Json& summary) {
  TextTable table({session.Say("åldersgrupp", "age group"), session.Say("händelser", "incidents"),
                   session.Say("placerade", "placed"), session.Say("oplacerade", "unplaced"),
                   session.Say("digitala", "digital"), session.Say("för grova", "too coarse"),
                   session.Say("utfall", "outcome")});
  for (const Json& group : summary["groups"]) {
    table.Add({group["label_sv"], Count(group, "accepted"), Count(group, "placed"), Count(group, "unplaced"),
               Count(group, "digital"), Count(group, "too_coarse"), Verdict(session, group["hotspot_test"])});
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
      std::printf(session.Say("  Het plats, %s: %s, E %.0f N %.0f; %d händelser mot väntat %.1f, %d "
                              "uppgiftslämnare, nivå %d %%\n",
                              "  Hot place, %s: %s, E %.0f N %.0f; %d incidents against %.1f expected, %d "
                              "reporters, level %d %%\n"),
                  group["label_sv"].get<std::string>().c_str(), area.empty() ? "–" : area.c_str(),
                  place["easting_m"].get<double>(), place["northing_m"].get<double>(),
                  place["incidents"].get<int>(), place["expected"].get<double>(),
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
  for (const v1::Layer& layer : picture.layers()) {
    std::printf("  %s\n", (folder / layer.file_name()).string().c_str());
  }
}

}  // namespace lagesbild::tools
