#include "maps/released_text.h"

#include <algorithm>
#include <cmath>

#include "geo/poisson_interval.h"
#include "maps/markup.h"
#include "maps/picture_text.h"
#include "maps/report_text.h"

namespace lagesbild::maps {
namespace {

constexpr const char* kDash = "–";

std::string QuarterName(geo::CalendarQuarter quarter) {
  const char* ordinal = quarter.number == 1   ? "första"
                        : quarter.number == 2 ? "andra"
                        : quarter.number == 3 ? "tredje"
                                              : "fjärde";
  return std::string(ordinal) + " kvartalet " + std::to_string(quarter.year);
}

std::string QuartersWord(int quarters) {
  return quarters == 2   ? "två kvartal"
         : quarters == 4 ? "fyra kvartal"
                         : std::to_string(quarters) + " kvartal";
}

std::string AudienceSv(const geo::ReleasedPicture& picture) {
  return std::string(geo::AudienceLabelSv(picture.rule.audience));
}

geo::Period WholeQuarter(const geo::ReleasedPicture& picture) {
  return {picture.quarter, picture.quarter, 1};
}

}  // namespace

Instant PeriodStart(const geo::Period& period) { return PeriodStart(period.first); }
Instant PeriodEnd(const geo::Period& period) { return PeriodEnd(period.last); }

std::string PeriodCode(const geo::Period& period) {
  if (period.quarters == 1) return period.last.swedish_code();
  return period.first.swedish_code() + kDash + period.last.swedish_code();
}

std::string PeriodName(const geo::Period& period) {
  if (period.quarters == 1) return QuarterName(period.last);
  return QuartersWord(period.quarters) + " " + PeriodCode(period);
}

std::string PeriodDates(const geo::Period& period) {
  if (period.quarters == 1) return PeriodText(period.last);
  const std::string first = PeriodText(period.first), last = PeriodText(period.last);
  const std::string year =
      period.first.year == period.last.year ? "" : " " + std::to_string(period.first.year);
  return first.substr(0, first.find(kDash)) + year + last.substr(last.find(kDash));
}

std::string CountUnit(const geo::Period& period) {
  return period.quarters == 1 ? "händelser per kvartal" : "händelser på " + QuartersWord(period.quarters);
}

std::string AreaLevelLabelSv(geo::AreaLevel level) {
  switch (level) {
    case geo::AreaLevel::kMunicipality:
      return "kommun";
    case geo::AreaLevel::kDistrict:
      return "distrikt";
    case geo::AreaLevel::kLocality:
      return "tätort eller landsbygd";
    case geo::AreaLevel::kLeaf:
      return "litet område";
  }
  return {};
}

std::string AreaLevelPhraseSv(geo::AreaLevel level) {
  switch (level) {
    case geo::AreaLevel::kMunicipality:
      return "hela kommunen";
    case geo::AreaLevel::kDistrict:
      return "per distrikt";
    case geo::AreaLevel::kLocality:
      return "per tätort och landsbygd";
    case geo::AreaLevel::kLeaf:
      return "per litet område";
  }
  return {};
}

bool IsReleased(const geo::Statistic& statistic) {
  const double* value = std::get_if<double>(&statistic);
  return value != nullptr && std::isfinite(*value);
}

std::string DisplayText(const geo::Statistic& statistic) {
  return IsReleased(statistic) ? SwedishNumber(std::get<double>(statistic), 0) : kSuppressedWord;
}

std::string SuppressedText(const geo::DisclosureRule& rule) {
  return std::string(kSuppressedWord) + " (färre än " + std::to_string(rule.k) +
         ", eller skulle avslöja ett sådant värde)";
}

std::string StatusText(const geo::DisclosureRule& rule, const geo::Statistic& statistic) {
  return IsReleased(statistic) ? "visas" : SuppressedText(rule);
}

std::string RuleText(const geo::ReleasedPicture& picture) {
  const geo::DisclosureRule& rule = picture.rule;
  const geo::LatticeThresholds area = picture.lattice.thresholds;
  std::string text =
      "Röjanderegel version " + std::to_string(rule.version) + " för " + AudienceSv(picture) +
      ": antal under " + std::to_string(rule.k) +
      " visas aldrig, och inte heller antal som skulle avslöja ett sådant; varje område har minst " +
      std::to_string(area.min_dwellings) + " bostäder";
  return text + (picture.lattice.rests_on_addresses_alone
                     ? " (områdena vilar på adresser ensamt: ingen befolkning är inläst)"
                     : " och " + std::to_string(area.min_persons) + " invånare");
}

std::string CoarseningText(const geo::ReleasedPicture& picture, geo::CoarseningStep::View view) {
  std::string from, to;
  std::vector<std::string> actions, reasons;
  for (const geo::CoarseningStep& step : picture.steps) {
    if (step.view != view) continue;
    if (actions.empty()) from = step.from_sv;
    to = step.to_sv;
    // "what was done: why"; the why is mostly the same for every step.
    const std::size_t colon = step.reason_sv.find(": ");
    actions.push_back(step.reason_sv.substr(0, colon));
    if (colon == std::string::npos) continue;
    const std::string reason = step.reason_sv.substr(colon + 2);
    if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(reason);
  }
  if (actions.empty()) return "ingen grövre indelning behövdes";
  std::string text = "från " + from + " till " + to + ": " + Listed(actions);
  return reasons.empty() ? text : text + " (" + Listed(reasons) + ")";
}

std::string UncertaintySentence(int count, const geo::Period& period) {
  const geo::PoissonInterval interval = geo::ExactPoissonInterval(count, 0.95);
  return "Antalet är " + GroupedNumber(count, 0) + "; slumpen ensam gör att en nivå mellan " +
         GroupedNumber(std::floor(interval.lower), 0) + " och " +
         GroupedNumber(std::ceil(interval.upper), 0) + " " + CountUnit(period) + " är rimlig (95 %).";
}

std::string UncertaintyPhrase(int count) {
  const geo::PoissonInterval interval = geo::ExactPoissonInterval(count, 0.95);
  return "antalet är " + GroupedNumber(count, 0) + ", en nivå mellan " +
         GroupedNumber(std::floor(interval.lower), 0) + " och " +
         GroupedNumber(std::ceil(interval.upper), 0) + " är rimlig (95 %)";
}

std::vector<std::string> MissingTexts(const geo::ReleasedPicture& picture, const PictureMetadata& metadata) {
  std::vector<std::string> reporters;
  for (const auto& [code, name] : metadata.reporters) reporters.push_back(name.empty() ? code : name);
  return {
      "Skyddade antal (färre än " + std::to_string(picture.rule.k) +
          ", eller sådana som skulle avslöja ett sådant) saknas. Skyddat är inte detsamma som noll.",
      "Digitala händelser och händelser utan användbar plats hör inte till något område: de räknas bara i "
      "värden för hela kommunen.",
      "Känsliga kategorier (sexualbrott, våld i nära relationer) visas aldrig under distriktsnivå, och "
      "åldrar under " +
          std::to_string(picture.rule.protected_below_age) + " år inte heller.",
      "Deltagande uppgiftslämnare, med eller utan händelser: " +
          (reporters.empty() ? std::string("inga angivna") : Listed(reporters)) +
          ". Bilden visar det som rapporterats, inte allt som hänt.",
      "Upplevd otrygghet räknas inte som händelser och ingår inte."};
}

std::string ReleasedTitle(const PictureMetadata& metadata, const std::string& period, const std::string& what,
                          const std::string& group_label) {
  std::string title =
      std::string(kDraftTitle) + " – " + metadata.municipality_name + " " + period + " – " + what;
  if (!group_label.empty()) title += " – " + group_label;
  return metadata.synthetic ? title + " – " + kSyntheticWarning : title;
}

LayerMetadata ReleasedMetadata(const geo::ReleasedPicture& picture, const PictureMetadata& metadata,
                               const std::string& table, const std::string& title,
                               const std::string& abstract, const geo::Period& period) {
  LayerMetadata result;
  result.identifier = metadata.run_id + "/" + table;
  result.title_sv = title;
  result.abstract_sv = (metadata.synthetic ? std::string(kSyntheticWarning) + ". " : std::string()) +
                       abstract + " Period: " + PeriodCode(period) + " (" + PeriodDates(period) + "). " +
                       RuleText(picture) +
                       ". Karta: " + CoarseningText(picture, geo::CoarseningStep::View::kMap) + ". " +
                       kApproximatePlace + ". " + kDraftTitle + ". Målgrupp: " + AudienceSv(picture) +
                       ". Utgåva: " + metadata.run_id + ", program " + metadata.program_version + ".";
  result.audience_sv = "Målgrupp: " + AudienceSv(picture);
  result.history_sv = {"Utgåva " + metadata.run_id,
                       "Röjanderegel version " + std::to_string(picture.rule.version),
                       "Lagesbild " + metadata.program_version};
  result.period_start = PeriodStart(period);
  result.period_end = PeriodEnd(period);
  return result;
}

std::vector<std::pair<std::string, std::string>> AboutReleasedPicture(const geo::ReleasedPicture& picture,
                                                                      const PictureMetadata& metadata) {
  using View = geo::CoarseningStep::View;
  const geo::LatticeSummary& lattice = picture.lattice;
  std::vector<std::pair<std::string, std::string>> about = {
      {"Status", kDraftNote},
      {"Data", metadata.synthetic ? kSyntheticWarning : "Rapporterade händelser"},
      {"Kommun", metadata.municipality_name + " (" + metadata.municipality_code + ")"},
      {"Kvartal", picture.quarter.swedish_code() + ", " + PeriodDates(WholeQuarter(picture)) +
                      " (lokal kalendertid); lager som räknar flera kvartal säger det"},
      {"Målgrupp", AudienceSv(picture)},
      {"Plats",
       std::string(kApproximatePlace) +
           ": händelser visas bara i områden, som inte beror på dem, aldrig som punkter eller adresser"},
      {"Röjanderegel", RuleText(picture)},
      {"Regelversion", std::to_string(picture.rule.version)},
      {"Minsta antal som visas (k)", std::to_string(picture.rule.k)},
      {"Skyddat värde", SuppressedText(picture.rule) + "; aldrig noll och aldrig tomt"},
      {"Karta", picture.map_shown ? "visas" : "kan inte visas: inget antal i något område fick visas"},
      {"Kartans förgrovning", CoarseningText(picture, View::kMap)},
      {"Tabell", picture.table_shown ? "visas" : "alla antal är skyddade"},
      {"Tabellens förgrovning", CoarseningText(picture, View::kTable)},
      {"Områdesindelning", std::to_string(lattice.districts) + " distrikt, " +
                               std::to_string(lattice.localities) + " tätorter och landsbygder, " +
                               std::to_string(lattice.leaves) +
                               " små områden; samma för alla åldrar och kvartal i serien"},
      {"Indelningen bygger på", lattice.rests_on_addresses_alone
                                    ? "vilar på adresser ensamt: ingen befolkning är inläst"
                                    : "bostäder och befolkning, aldrig på händelser"}};
  for (const std::string& source : metadata.attributions) about.emplace_back("Källa", source);
  for (const std::string& warning : metadata.warnings_sv) about.emplace_back("Varning", warning);
  for (const std::string& text : MissingTexts(picture, metadata)) about.emplace_back("Att veta", text);
  about.insert(
      about.end(),
      {{"Täthet",
        "räknad enbart på de antal som visas, utspridda där människor bor och utjämnade; händelser per "
        "km² och kvartal, i fasta klasser"},
       {"Varför denna bandbredd",
        metadata.bandwidth_reason_sv.empty() ? "inte angivet" : metadata.bandwidth_reason_sv},
       {"Tidsstämplar i filen",
        "kvartalets sista sekund, så att samma data ger samma byte; de säger inte när filen gjordes"},
       {"Koordinatsystem", "EPSG:" + std::to_string(static_cast<int>(metadata.crs))},
       {"Utgåva", metadata.run_id},
       {"Programversion", metadata.program_version}});
  return about;
}

}  // namespace lagesbild::maps
