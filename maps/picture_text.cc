#include "maps/picture_text.h"

#include <algorithm>
#include <array>

#include "maps/doubtful_text.h"
#include "maps/markup.h"

namespace lagesbild::maps {
namespace {

Instant MakeInstant(std::chrono::year_month_day date, int hour, int minute, int second) {
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          hour,
          minute,
          second};
}

std::string DayAndMonth(std::chrono::year_month_day date) {
  constexpr std::array<const char*, 12> kMonths = {"januari",   "februari", "mars",     "april",
                                                   "maj",       "juni",     "juli",     "augusti",
                                                   "september", "oktober",  "november", "december"};
  return std::to_string(static_cast<unsigned>(date.day())) + " " +
         kMonths[static_cast<unsigned>(date.month()) - 1];
}

std::string KernelText(geo::Kernel kernel) {
  switch (kernel) {
    case geo::Kernel::kQuartic:
      return "kvartisk kärna";
    case geo::Kernel::kEpanechnikov:
      return "Epanechnikovs kärna";
    case geo::Kernel::kTriweight:
      return "triweight-kärna";
    case geo::Kernel::kTriangular:
      return "triangulär kärna";
    case geo::Kernel::kUniform:
      return "likformig kärna";
    case geo::Kernel::kGaussian:
      return "gaussisk kärna";
  }
  return {};
}

std::string EdgeText(geo::EdgeCorrection edge) {
  switch (edge) {
    case geo::EdgeCorrection::kNone:
      return "ingen";
    case geo::EdgeCorrection::kUniform:
      return "likformig";
    case geo::EdgeCorrection::kDiggle:
      return "Diggles (varje händelse behåller vikten 1 inom gränsen)";
  }
  return {};
}

std::string GroupLabel(const geo::SituationPicture& picture, const std::string& code) {
  for (const geo::PictureLayer& layer : picture.layers)
    if (layer.group.code == code) return layer.group.label_sv;
  return code;
}

std::string Joined(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "" : ", ") + text;
  return joined;
}

std::string AudienceText(const std::string& audience) {
  if (audience == "internal") return "intern";
  return audience;
}

std::string WithoutFullStop(std::string text) {
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.pop_back();
  return text;
}

/// Why fewer incidents count in the test than lie on the map, in brackets; empty when none is left out.
std::string LeftOutText(const geo::PictureLayer& layer) {
  const geo::Tally& tally = layer.tally.incidents;
  if (tally.placed == layer.too_few->found) return {};
  std::string text = " (" + std::to_string(tally.placed) + " placerade";
  if (tally.too_coarse > 0) text += ", varav " + std::to_string(tally.too_coarse) + " för grovt";
  if (layer.used_after_collapse < layer.used_incidents) text += "; upprepningar räknas en gång";
  if (layer.outside_mask > 0) text += "; " + std::to_string(layer.outside_mask) + " där ingen i gruppen bor";
  return text + ")";
}

std::string MoreAtTheBorder(const geo::SituationPicture& picture) {
  return picture.options.edge == geo::EdgeCorrection::kNone ? "" : " (mer intill gränsen)";
}

bool OwnFamily(const geo::AgeGroup& group) {
  return group.kind == geo::AgeGroupKind::kSubtotal || group.kind == geo::AgeGroupKind::kTotal;
}

std::string DensityText(const Legend& legend) {
  std::vector<std::string> breaks;
  for (std::size_t i = 0; i + 1 < legend.density.size(); ++i)
    breaks.push_back(SwedishNumber(legend.density[i].upper));
  std::string joined;
  for (const std::string& text : breaks) joined += (joined.empty() ? "" : "; ") + text;
  return joined;
}

}  // namespace

Instant PeriodStart(geo::CalendarQuarter quarter) { return MakeInstant(quarter.first_day(), 0, 0, 0); }
Instant PeriodEnd(geo::CalendarQuarter quarter) { return MakeInstant(quarter.last_day(), 23, 59, 59); }

std::string PeriodText(geo::CalendarQuarter quarter) {
  return DayAndMonth(quarter.first_day()) + "–" + DayAndMonth(quarter.last_day()) + " " +
         std::to_string(quarter.year);
}

std::string Title(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                  const std::string& what, const std::string& group_label) {
  std::string title = metadata.municipality_name + " " + picture.quarter.swedish_code() + " – " + what;
  if (!group_label.empty()) title += " – " + group_label;
  title += " – " + std::string(geo::RoleSelectionLabelSv(picture.options.role));
  return metadata.synthetic ? title + " – " + kSyntheticWarning : title;
}

std::string TallyText(const geo::Tally& incidents) {
  return std::to_string(incidents.accepted) + " godkända händelser = " + std::to_string(incidents.placed) +
         " placerade + " + std::to_string(incidents.unplaced) + " oplacerade + " +
         std::to_string(incidents.digital) + " digitala";
}

std::string StatusText(const geo::SituationPicture& picture, const geo::PictureLayer& layer) {
  if (layer.tested) return "prövad";
  std::string status = "kan inte prövas: ingen befolkning i gruppen är känd";
  if (!layer.undefined && layer.too_few)
    status = "för få händelser: " + std::to_string(layer.too_few->found) + " åtskilda" + LeftOutText(layer) +
             ", minst " + std::to_string(layer.too_few->minimum);
  if (!layer.coarser_level.empty())
    status += "; närmast större grupp som prövas: " + GroupLabel(picture, layer.coarser_level);
  return status;
}

std::string BandwidthText(const geo::SituationPicture& picture) {
  const std::string sd = SwedishNumber(picture.bandwidth.standard_deviation.value(), 0) + " m";
  if (!picture.bandwidth.radius) return "standardavvikelse " + sd + ", " + KernelText(picture.options.kernel);
  return "stödradie " + SwedishNumber(picture.bandwidth.radius->value(), 0) + " m (standardavvikelse " + sd +
         "), " + KernelText(picture.options.kernel);
}

std::string FamilyText(const geo::PictureLayer& layer) {
  if (!layer.tested) return "gruppen prövas inte";
  const std::string size = "BH över m = " + std::to_string(layer.family_size);
  return size + (OwnFamily(layer.group) ? " egna rutor (egen familj, utforskande)"
                                        : " prövningar i åldersgrupperna");
}

std::string FamilyKindText(const geo::PictureLayer& layer) {
  if (!layer.tested) return {};
  return OwnFamily(layer.group) ? "egen familj, utforskande" : "gemensam för åldersgrupperna";
}

std::string BandwidthReasonText(const PictureMetadata& metadata) {
  const std::string reason = WithoutFullStop(metadata.bandwidth_reason_sv);
  return reason.empty() ? reason : "Varför denna bandbredd: " + reason + ".";
}

std::string TestText(const geo::SituationPicture& picture, const std::string& family) {
  const geo::HotspotTestOptions& test = picture.options.test;
  return "exakt binomialsvans för rutan med dess åtta grannar mot invånarna i åldersgruppen (väntat antal "
         "räknas som minst " +
         SwedishNumber(test.min_expected) + "); " + family + "; maximumstatistik med " +
         std::to_string(test.permutations) + " omdragningar, frö " + std::to_string(test.seed) +
         "; upprepningar inom " + SwedishNumber(picture.options.repeats.distance.value(), 0) + " m och " +
         std::to_string(picture.options.repeats.days) + " dagar räknas en gång i testet; minst " +
         std::to_string(test.min_incidents) + " händelser i gruppen och " +
         std::to_string(test.min_cell_count) + " i grannskapet";
}

std::string ReportersText(const PictureMetadata& metadata) {
  std::vector<std::string> texts;
  for (const auto& [code, name] : metadata.reporters)
    texts.push_back(name.empty() ? code : name + " (" + code + ")");
  return texts.empty() ? "inga" : Joined(texts);
}

std::string GroupAbstract(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                          const geo::PictureLayer& layer, const std::string& what,
                          const std::string& caution) {
  const geo::Tally& tally = layer.tally.incidents;
  std::string text;
  if (metadata.synthetic) text += std::string(kSyntheticWarning) + ". ";
  text += what + " Period: " + picture.quarter.swedish_code() + " (" + PeriodText(picture.quarter) +
          "). Åldersgrupp: " + layer.group.label_sv +
          ". Roll: " + std::string(geo::RoleSelectionLabelSv(picture.options.role)) + ". " +
          TallyText(tally) + "; n = " + std::to_string(layer.used_incidents) + " används, " +
          std::to_string(tally.too_coarse) + " är för grovt placerade, " + std::to_string(tally.outside) +
          " av de oplacerade ligger utanför gränsen. Status: " + StatusText(picture, layer) +
          ". Enhet: händelser per km² och kvartal (täthet), händelser (antal). Bandbredd: " +
          BandwidthText(picture) + ". Test: " + TestText(picture, FamilyText(layer)) +
          ". Uppgiftslämnare: " + ReportersText(metadata) + ". " +
          (layer.doubtful_points.empty() ? "" : "Obs: " + DoubtfulGroupText(layer) + ". ") + caution +
          " Målgrupp: " + AudienceText(metadata.audience) + ". Körning: " + metadata.run_id + ", data " +
          metadata.data_version + ", program " + metadata.program_version + ".";
  return text;
}

LayerMetadata MakeLayerMetadata(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                                const std::string& table, const std::string& title,
                                const std::string& abstract) {
  LayerMetadata result;
  result.identifier = metadata.run_id + "/" + table;
  result.title_sv = title;
  result.abstract_sv = abstract;
  result.audience_sv = "Målgrupp: " + AudienceText(metadata.audience);
  result.history_sv = {"Körning " + metadata.run_id, "Dataversion " + metadata.data_version,
                       "Lagesbild " + metadata.program_version};
  for (const std::string& source : metadata.attributions) result.history_sv.push_back("Källa: " + source);
  result.period_start = PeriodStart(picture.quarter);
  result.period_end = PeriodEnd(picture.quarter);
  return result;
}

std::vector<std::pair<std::string, std::string>> AboutPicture(const geo::SituationPicture& picture,
                                                              const PictureMetadata& metadata,
                                                              const Legend& legend) {
  const auto total = std::find_if(
      picture.layers.begin(), picture.layers.end(),
      [](const geo::PictureLayer& layer) { return layer.group.kind == geo::AgeGroupKind::kTotal; });
  std::vector<std::pair<std::string, std::string>> about = {
      {"Data", metadata.synthetic ? kSyntheticWarning : "Rapporterade händelser"},
      {"Kommun", metadata.municipality_name + " (" + metadata.municipality_code + ")"},
      {"Period",
       picture.quarter.swedish_code() + ", " + PeriodText(picture.quarter) + " (lokal kalendertid)"},
      {"Roll", std::string(geo::RoleSelectionLabelSv(picture.options.role))},
      {"Kategorier",
       metadata.category_labels_sv.empty() ? "alla kategorier" : Joined(metadata.category_labels_sv)},
      {"Uppgiftslämnare", ReportersText(metadata)}};
  for (const std::string& source : metadata.attributions) about.emplace_back("Källa", source);
  for (const std::string& warning : metadata.warnings_sv) about.emplace_back("Varning", warning);
  for (const geo::DoubtfulPoint& point : picture.doubtful_points)
    about.emplace_back(
        "Varning", DoubtfulPointText(point, "E " + SwedishNumber(point.position.easting.value(), 0) + ", N " +
                                                SwedishNumber(point.position.northing.value(), 0)));
  if (total != picture.layers.end()) {
    const geo::Tally& tally = total->tally.incidents;
    about.insert(about.end(),
                 {{"Händelser", TallyText(tally)},
                  {"Oplacerade", std::to_string(tally.unplaced) + ", varav " + std::to_string(tally.outside) +
                                     " utanför kommungränsen"},
                  {"Digitala", std::to_string(tally.digital) + " (räknas, ritas aldrig som punkter)"},
                  {"Använda i täthet och test", std::to_string(total->used_incidents)},
                  {"För grovt placerade", std::to_string(tally.too_coarse) + " med osäkerhet över " +
                                              SwedishNumber(picture.options.max_accuracy.value(), 0) +
                                              " m (räknas i distrikten, inte i täthet och rutor)"}});
  }
  const auto& cell = picture.options.cell;
  about.insert(
      about.end(),
      {{"Upplevd otrygghet",
        std::to_string(picture.perceived_unsafety) + " rapporter (läggs aldrig ihop med händelser)"},
       {"Utanför gränsen med känd plats",
        std::to_string(picture.in_buffer) + " (inom " + SwedishNumber(picture.options.bandwidth.value(), 0) +
            " m); varken täthet eller rutor använder dem" +
            (picture.options.edge == geo::EdgeCorrection::kDiggle
                 ? ": Diggles kantkorrigering bygger bara på händelser inom gränsen"
                 : "")},
       {"Enhet", legend.unit_sv},
       {"Rutor", SwedishNumber(cell.value(), 0) + " m, SCB:s rutnät"},
       {"Täthetens cellstorlek", SwedishNumber(picture.options.density_cell.value(), 0) + " m"},
       {"Bandbredd", BandwidthText(picture)},
       {"Varför denna bandbredd",
        metadata.bandwidth_reason_sv.empty() ? "inte angivet" : metadata.bandwidth_reason_sv},
       {"Kantkorrigering", EdgeText(picture.options.edge)},
       {"Test", TestText(picture, "BH, se Korrigering")},
       {"Korrigering",
        "Benjamini–Hochberg (BH) över åldersgruppernas rutor som en familj; sammanslagna grupper är "
        "egna familjer"},
       {"Familjens storlek m", std::to_string(picture.family_size)},
       {"Omdragningar", std::to_string(picture.options.test.permutations)},
       {"Frö", std::to_string(picture.options.test.seed)},
       {"Teckenförklaringens version", std::to_string(legend.version)},
       {"Täthetens klassgränser",
        DensityText(legend) + " " + legend.unit_sv + "; en ensam händelse ger högst " +
            SwedishNumber(legend.lone_incident_peak) + " inne i kommunen" + MoreAtTheBorder(picture)},
       {"Att visa kartan",
        std::string(kOneGroupAtATime) +
            ": lagren täcker varandra. Projektet i filen är ställt så (QGIS: Projekt, Öppna "
            "från, GeoPackage); det hittar lagren så länge filen heter som nu."},
       {"Tidsstämplar i filen",
        "kvartalets sista sekund, så att samma data ger samma byte; de säger inte när filen gjordes"},
       {"Att läsa kartan",
        "En hotspot säger att fler händelser rapporterats än invånarna i åldersgruppen förklarar. "
        "En ruta utan färg är inte bevisat lugn. En täthetstopp är ingen hotspot."},
       {"Målgrupp", AudienceText(metadata.audience)},
       {"Koordinatsystem", "EPSG:" + std::to_string(static_cast<int>(metadata.crs))},
       {"Körning", metadata.run_id},
       {"Dataversion", metadata.data_version},
       {"Programversion", metadata.program_version}});
  return about;
}

}  // namespace lagesbild::maps
