#include "maps/report_reporters.h"

#include "maps/report_text.h"

namespace lagesbild::maps {
namespace {

constexpr std::size_t kMostNamed = 3;

std::string NameOf(const PictureMetadata& metadata, const std::string& code) {
  const auto name = metadata.reporter_names.find(code);
  return name == metadata.reporter_names.end() || name->second.empty() ? code : name->second;
}

std::string Names(const PictureMetadata& metadata, const std::vector<std::string>& codes) {
  std::vector<std::string> names;
  for (const std::string& code : codes) names.push_back(NameOf(metadata, code));
  return Listed(names);
}

std::string Incidents(int count) { return Count(count, "händelse", "händelser"); }

std::string QuarterName(geo::CalendarQuarter quarter) {
  return "K" + std::to_string(quarter.number) + " " + std::to_string(quarter.year);
}

/// " Nya uppgiftslämnare: …": what makes the total differ without being a change.
std::string ApartText(const geo::ComparablePanel& panel, const PictureMetadata& metadata) {
  std::string text;
  if (!panel.joined.empty())
    text += " Nya uppgiftslämnare: " + Names(metadata, panel.joined) + " med " +
            Incidents(panel.joined_incidents) + ".";
  if (!panel.returned.empty())
    text += " Svarade inte då men nu: " + Names(metadata, panel.returned) + " med " +
            Incidents(panel.returned_incidents) + ".";
  if (!panel.lost.empty())
    text += " Bortfallna: " + Names(metadata, panel.lost) + ", som då hade " +
            Incidents(panel.lost_incidents) + ".";
  if (text.empty()) return text;
  return text + " Med alla uppgiftslämnare är det " + std::to_string(panel.all_later) + " mot " +
         std::to_string(panel.all_earlier) +
         geo::PercentText(geo::CompareCounts(panel.all_earlier, panel.all_later)) +
         ": det visar vilka som rapporterar, ingen förändring.";
}

std::string ComparisonText(const geo::ComparablePanel& panel, const PictureMetadata& metadata) {
  const std::string against = "Mot " + QuarterName(panel.earlier) + ": ";
  if (!panel.possible())
    return against + "ingen uppgiftslämnare var med båda kvartalen, så ingen förändring kan räknas." +
           ApartText(panel, metadata);
  // Many are told by their number: who answered stands under what is missing.
  const std::string whom = panel.comparable.size() <= kMostNamed
                               ? Names(metadata, panel.comparable)
                               : Count(static_cast<std::int64_t>(panel.comparable.size()),
                                       "jämförbar uppgiftslämnare", "jämförbara uppgiftslämnare");
  return against + geo::ChangeTextSv(panel.change) + ", hos " + whom + "." + ApartText(panel, metadata);
}

}  // namespace

std::string CoverageSentence(const geo::SituationPicture& picture, const PictureMetadata& metadata) {
  if (picture.coverage.empty()) return {};
  std::string text;
  std::vector<geo::ReporterAnswer> answers;
  for (const geo::ReporterStanding& standing : picture.coverage) answers.push_back(standing.answer);
  for (const auto answer : {geo::ReporterAnswer::kAnswered, geo::ReporterAnswer::kNothingToReport,
                            geo::ReporterAnswer::kNoAnswer, geo::ReporterAnswer::kNotAsked}) {
    std::vector<std::string> codes;
    for (const geo::ReporterStanding& standing : picture.coverage)
      if (standing.answer == answer) codes.push_back(standing.code);
    if (!codes.empty())
      text += (text.empty() ? "Uppgiftslämnare – " : "; ") + std::string(geo::ReporterAnswerLabelSv(answer)) +
              ": " + Names(metadata, codes);
  }
  const geo::AnswerTally tally = geo::TallyAnswers(answers);
  if (tally.expected() > 0)
    text += ". Svarsfrekvens: " + std::to_string(tally.present()) + " av " + std::to_string(tally.expected());
  if (tally.expected() > tally.present()) text += ". Den som inte svarade kan ha sett mycket eller inget";
  return text + ".";
}

std::string ChangeSentence(const geo::SituationPicture& picture) {
  if (picture.comparisons.empty()) return {};
  const geo::ComparablePanel& panel = picture.comparisons.front();
  if (!panel.possible())
    return "Ingen uppgiftslämnare var med både det här och förra kvartalet, så ingen förändring kan räknas.";
  const int others = panel.joined_incidents + panel.returned_incidents;
  std::string text = "Jämfört med förra kvartalet, hos de " + std::to_string(panel.comparable.size()) +
                     " uppgiftslämnare som var med båda gångerna: " + geo::ChangeTextSv(panel.change) + ".";
  if (panel.comparable.size() == 1)
    text = "Jämfört med förra kvartalet, hos den enda uppgiftslämnare som var med båda gångerna: " +
           geo::ChangeTextSv(panel.change) + ".";
  if (others > 0)
    text += " Nya eller återkomna uppgiftslämnare har dessutom " + Incidents(others) +
            ", vilket inte är en förändring.";
  return text;
}

ReportSection ChangeSection(const geo::SituationPicture& picture, const PictureMetadata& metadata) {
  ReportSection section{"Förändring hos jämförbara uppgiftslämnare", {}, {}};
  for (const geo::ComparablePanel& panel : picture.comparisons)
    section.items.push_back(ComparisonText(panel, metadata));
  return section;
}

std::string NewReportersText(int incidents, int of_new) {
  if (!geo::RestsOnNew(incidents, of_new)) return {};
  return " " + std::to_string(of_new) + " av " + std::to_string(incidents) +
         (of_new == 1 ? " kommer från en ny uppgiftslämnare" : " kommer från nya uppgiftslämnare") +
         ": platsen kan visa att de kommit med, inte att mer har hänt.";
}

}  // namespace lagesbild::maps
