#include "tools/cli_picture_text.h"

#include <cstdio>

#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

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

/// A statistic to one decimal, or in a word why there is none.
std::string StatisticText(Session& session, const v1::Statistic& statistic) {
  switch (statistic.kind_case()) {
    case v1::Statistic::kValue:
      return OneDecimal(statistic.value(), session.swedish());
    case v1::Statistic::kSuppressed:
      return session.Say("skyddat", "suppressed");
    case v1::Statistic::kTooFew:
      return session.Say("för få", "too few");
    case v1::Statistic::kNotCovered:
      return session.Say("ingen uppgift", "not covered");
    default:
      return session.Say("ej beräkningsbart", "undefined");
  }
}

/// The group's label, or nothing for an empty code.
std::string LabelOf(const v1::PictureNumbers& numbers, const std::string& code) {
  for (const v1::GroupNumbers& group : numbers.groups()) {
    if (group.group_code() == code) {
      return group.label_sv();
    }
  }
  return {};
}

/// The verdict in words: how many hotspots, or why there is none.
std::string Verdict(Session& session, const v1::PictureNumbers& numbers, const v1::Statistic& places) {
  if (places.has_too_few()) {
    // Repeats count once: the number may be smaller than that of the placed ones beside it.
    std::string text = std::string(session.Say("för få händelser (", "too few incidents (")) +
                       std::to_string(places.too_few().found_count()) +
                       session.Say(" åtskilda av minst ", " separate of at least ") +
                       std::to_string(places.too_few().minimum_count());
    const std::string coarser = LabelOf(numbers, places.too_few().coarser_group_code());
    if (!coarser.empty()) {
      text += session.Say("; se ", "; see ") + coarser;
    }
    return text + ")";
  }
  if (places.kind_case() != v1::Statistic::kValue) {
    return session.Say("kan inte prövas: ingen befolkning i gruppen är känd",
                       "cannot be tested: no inhabitants of the group are known");
  }
  const auto count = static_cast<int>(places.value());
  return count == 0 ? session.Say("ingen hotspot", "no hotspot")
                    : std::to_string(count) + (count == 1 ? session.Say(" hotspot", " hotspot")
                                                          : session.Say(" hotspots", " hotspots"));
}

void PrintGroups(Session& session, const v1::PictureNumbers& numbers) {
  TextTable table({session.Say("åldersgrupp", "age group"), session.Say("händelser", "incidents"),
                   session.Say("placerade", "placed"), session.Say("oplacerade", "unplaced"),
                   session.Say("digitala", "digital"), session.Say("för grova", "too coarse"),
                   session.Say("utfall", "outcome")});
  for (const v1::GroupNumbers& group : numbers.groups()) {
    const v1::Tally& tally = group.tally().incidents();
    table.Add({group.label_sv(), std::to_string(tally.accepted_count()), std::to_string(tally.placed_count()),
               std::to_string(tally.unplaced_count()), std::to_string(tally.digital_count()),
               std::to_string(tally.too_coarse_count()), Verdict(session, numbers, group.hot_place_count())});
  }
  table.Print("  ");
}

void PrintHotPlaces(Session& session, const v1::PictureNumbers& numbers) {
  for (const v1::GroupNumbers& group : numbers.groups()) {
    for (const v1::HotPlace& place : group.hot_places()) {
      std::printf(session.Say("  Hotspot, %s: %s, omkring E %.0f N %.0f; %d åtskilda händelser (%d "
                              "rapporterade) mot väntade %s, %d uppgiftslämnare, nivå %d %%\n",
                              "  Hotspot, %s: %s, around E %.0f N %.0f; %d separate incidents (%d reported) "
                              "against %s expected, %d reporters, level %d %%\n"),
                  group.label_sv().c_str(), place.area_name().empty() ? "–" : place.area_name().c_str(),
                  place.plane_center().easting_m(), place.plane_center().northing_m(),
                  place.tested_incident_count(), place.incident_count(),
                  StatisticText(session, place.expected_count()).c_str(), place.reporter_count(),
                  place.level_percent());
      if (place.rank() > 0 && session.swedish())
        std::printf("    %d. %s: %s\n", place.rank(), place.name_sv().c_str(), place.sentence_sv().c_str());
      else if (place.variant_count() > 0)
        std::printf(session.Say("    Kvar i %d av %d omdragningar, het i %d av %d tidigare kvartal\n",
                                "    Hot in %d of %d redrawings and in %d of %d earlier quarters\n"),
                    place.hot_variant_count(), place.variant_count(), place.hot_quarter_count(),
                    place.tested_quarter_count());
      if (place.doubtful_incident_count() > 0) {
        std::printf(session.Say("    Obs: %d händelser här ligger på en misstänkt standardpunkt\n",
                                "    Note: %d incidents here lie at what is probably a default point\n"),
                    place.doubtful_incident_count());
      }
    }
  }
}

void PrintDoubtfulPoints(Session& session, const v1::PictureNumbers& numbers) {
  for (const v1::DoubtfulPoint& point : numbers.doubtful_points()) {
    const bool middle = point.kind() == v1::PILE_UP_KIND_CENTROID;
    std::printf(session.Say("  Misstänkt punkt: %s, E %.0f N %.0f; %d händelser; %s\n",
                            "  Point in doubt: %s, E %.0f N %.0f; %d incidents; %s\n"),
                point.area_name().empty() ? "–" : point.area_name().c_str(),
                point.plane_position().easting_m(), point.plane_position().northing_m(),
                point.incident_count(),
                middle ? (session.Say("mitten av ", "the middle of ") + point.center_name()).c_str()
                       : session.Say("troligen en standardpunkt", "probably a default point"));
  }
}

/// Of all ages together, the last group of every scheme.
void PrintRepeats(Session& session, const v1::PictureNumbers& numbers) {
  if (numbers.groups().empty()) {
    return;
  }
  for (const v1::RepeatPlace& place : numbers.groups(numbers.groups_size() - 1).repeat_places()) {
    std::printf(session.Say("  Samma plats igen: %s, E %.0f N %.0f; %d händelser, %d uppgiftslämnare\n",
                            "  The same place again: %s, E %.0f N %.0f; %d incidents, %d reporters\n"),
                place.area_name().empty() ? "–" : place.area_name().c_str(),
                place.plane_position().easting_m(), place.plane_position().northing_m(),
                place.incident_count(), place.reporter_count());
  }
}

}  // namespace

void PrintPicture(Session& session, const v1::Picture& picture, const std::filesystem::path& folder) {
  const v1::PictureNumbers& numbers = picture.numbers();
  std::printf(session.Say("Lägesbild %s, körning %s, %s\n", "Situation picture %s, run %s, %s\n"),
              QuarterText(picture.quarter(), session.swedish()).c_str(), picture.run_id().c_str(),
              numbers.role_sv().c_str());
  PrintGroups(session, numbers);
  PrintHotPlaces(session, numbers);
  PrintRepeats(session, numbers);
  PrintDoubtfulPoints(session, numbers);
  int rasters = 0;
  for (const v1::Layer& layer : picture.layers()) {
    const std::filesystem::path file(layer.file_name());
    if (file.extension() == ".gpkg") {
      std::printf(session.Say("  Karta: %s\n", "  Map: %s\n"), (folder / file).string().c_str());
    } else if (file.extension() == ".html" && layer.file_name().starts_with("rapport_")) {
      std::printf(session.Say("  Rapport: %s\n", "  Report: %s\n"), (folder / file).string().c_str());
    } else if (file.extension() == ".qgz") {
      std::printf(session.Say("  Allt i QGIS: %s\n", "  All of it in QGIS: %s\n"),
                  (folder / file).string().c_str());
    }
    rasters += file.extension() == ".tif" ? 1 : 0;
  }
  std::printf(session.Say("  Täthet: %d raster (tathet_*.tif) med färger i .qml bredvid\n",
                          "  Density: %d rasters (tathet_*.tif) with colors in the .qml beside\n"),
              rasters);
}

}  // namespace lagesbild::tools
