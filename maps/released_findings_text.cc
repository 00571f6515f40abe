#include "maps/released_findings_text.h"

#include <algorithm>
#include <utility>

#include "maps/released_text.h"
#include "maps/report_text.h"

namespace lagesbild::maps {
namespace {

using geo::AgainstExpected, geo::Change, geo::Stability;

bool IsHot(const geo::AreaFinding& finding) { return HotCode(finding) > 0; }

bool IsSure(Change change) { return change == Change::kMore || change == Change::kFewer; }

std::string StabilityText(Stability stability) {
  switch (stability) {
    case Stability::kNotAssessed:
      return {};
    case Stability::kStable:
      return " (stabilt)";
    case Stability::kFragile:
      return " (osäkert: hänger på ett enda annat område)";
  }
  return {};
}

std::string What(const geo::PublishedGroup& group, const geo::Period& period) {
  return group.label_sv + ", " + PeriodCode(period);
}

/// Whether the words of the layer's areas are about a comparison that was made.
bool IsAssessed(const geo::ReleasedLayer& layer) {
  return std::any_of(layer.areas.begin(), layer.areas.end(),
                     [](const geo::ReleasedArea& area) { return HotCode(area.finding) >= 0; });
}

std::string HotSentence(const geo::ReleasedLayer& layer, const geo::ReleasedArea& area) {
  const bool clear = area.finding.against_expected == AgainstExpected::kClearlyMore;
  return area.name_sv + ": " + (clear ? "tydligt fler" : "fler") +
         " händelser än invånarantalet ger anledning att vänta (" + What(layer.group, layer.period) +
         "). Jämfört: " + ComparisonText(layer) +
         (area.finding.stability == Stability::kStable
              ? ". Stabilt: gäller också om något av de andra områdena räknas bort."
          : area.finding.stability == Stability::kFragile
              ? ". Osäkert: gäller inte om ett visst annat område räknas bort."
              : ".");
}

std::string ChangeSentence(const geo::ReleasedLayer& layer, const geo::ReleasedArea& area) {
  return area.name_sv + ": " + ChangeText(area.change, layer.period) + " (" +
         What(layer.group, layer.period) + ").";
}

}  // namespace

std::string AgainstExpectedText(const geo::AreaFinding& finding) {
  switch (finding.against_expected) {
    case AgainstExpected::kNotReleased:
      return kSuppressedWord;
    case AgainstExpected::kUndefined:
      return "kan inte bedömas: ingen känd befolkning";
    case AgainstExpected::kTooFewAreas:
      return "för få områden att jämföra med";
    case AgainstExpected::kNothingClear:
      return "inget tydligt";
    case AgainstExpected::kMore:
      return "fler än väntat" + StabilityText(finding.stability);
    case AgainstExpected::kClearlyMore:
      return "tydligt fler än väntat" + StabilityText(finding.stability);
  }
  return {};
}

std::string ChangeText(const geo::ChangeFinding& finding, const geo::Period& period) {
  switch (finding.change) {
    case Change::kNotReleased:
      return kSuppressedWord;
    case Change::kNotComparable:
      return "kan inte jämföras";
    case Change::kNoSureDifference:
      return "ingen säker skillnad mot " + PeriodCode(geo::ComparedPeriod(period, finding));
    case Change::kMore:
      return "fler än " + PeriodCode(geo::ComparedPeriod(period, finding));
    case Change::kFewer:
      return "färre än " + PeriodCode(geo::ComparedPeriod(period, finding));
  }
  return {};
}

std::string ComparisonText(const geo::ReleasedLayer& layer) {
  const int areas = layer.comparison.areas;
  if (layer.comparison.basis == geo::ExposureBasis::kNone) return "ingen jämförelse: ingen känd befolkning";
  if (areas < geo::kMinComparedAreas) return "ingen jämförelse: för få områden vars antal visas";
  const std::string who = areas == 2 ? "bara två områden visas och jämförs med varandra"
                                     : "de " + std::to_string(areas) + " områden vars antal visas";
  return who + ", efter " +
         (layer.comparison.basis == geo::ExposureBasis::kGroupInhabitants
              ? "invånare i åldern " + layer.group.label_sv
              : std::string("invånare i alla åldrar"));
}

std::int64_t HotCode(const geo::AreaFinding& finding) {
  switch (finding.against_expected) {
    case AgainstExpected::kNotReleased:
    case AgainstExpected::kUndefined:
    case AgainstExpected::kTooFewAreas:
      return -1;
    case AgainstExpected::kNothingClear:
      return 0;
    case AgainstExpected::kMore:
      return 1;
    case AgainstExpected::kClearlyMore:
      return 2;
  }
  return -1;
}

std::string HotMark(const geo::AreaFinding& finding) {
  const std::int64_t code = HotCode(finding);
  return code == 2 ? " ▲▲" : code == 1 ? " ▲" : "";
}

std::vector<std::string> HotSentences(const geo::ReleasedPicture& picture) {
  std::vector<std::pair<std::int64_t, std::string>> hot;
  for (const geo::ReleasedLayer& layer : picture.layers)
    for (const geo::ReleasedArea& area : layer.areas)
      if (IsHot(area.finding)) hot.emplace_back(-HotCode(area.finding), HotSentence(layer, area));
  std::stable_sort(hot.begin(), hot.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> sentences;
  for (auto& [order, sentence] : hot) sentences.push_back(std::move(sentence));
  return sentences;
}

std::string HotSummary(const geo::ReleasedPicture& picture) {
  std::vector<std::string> hot = HotSentences(picture);
  if (!hot.empty()) return std::move(hot.front());
  const bool assessed = std::any_of(picture.layers.begin(), picture.layers.end(), IsAssessed);
  return assessed ? "Inget område har tydligt fler händelser än invånarantalet ger anledning att vänta."
                  : "Om något område har fler händelser än invånarantalet ger anledning att vänta kan inte "
                    "bedömas: för få antal visas, eller befolkningen är inte känd.";
}

std::vector<std::string> ChangeSentences(const geo::ReleasedPicture& picture) {
  std::vector<std::string> sentences;
  for (const geo::ReleasedLayer& layer : picture.layers)
    for (const geo::ReleasedArea& area : layer.areas)
      if (IsSure(area.change.change)) sentences.push_back(ChangeSentence(layer, area));
  return sentences;
}

std::string NoChangeSentence(const geo::ReleasedPicture& picture) {
  bool compared = false;
  for (const geo::ReleasedLayer& layer : picture.layers)
    for (const geo::ReleasedArea& area : layer.areas) {
      if (IsSure(area.change.change)) return {};
      compared = compared || area.change.change == Change::kNoSureDifference;
    }
  return compared
             ? "Inget område på kartan har en säker skillnad mot en tidigare period."
             : "Inget område på kartan kan jämföras med en tidigare period: samma antal visades inte då.";
}

std::string RowChangeSentence(const geo::ReleasedPicture& picture) {
  std::vector<std::string> sure;
  std::int64_t unsure = 0;
  for (const geo::ReleasedRow& row : picture.rows) {
    if (row.change.change == Change::kNoSureDifference) ++unsure;
    if (IsSure(row.change.change))
      sure.push_back(row.area_name_sv + ", " + What(row.group, row.period) +
                     (row.categories == geo::CategoryClass::kNonSensitive ? ", ej känsliga" : "") + ": " +
                     ChangeText(row.change, row.period));
  }
  if (sure.empty() && unsure == 0) return {};
  const std::string others =
      Count(unsure, "jämförelse", "jämförelser") + " med en tidigare period visar ingen säker skillnad.";
  if (sure.empty()) return others;
  std::string text = "Säkra skillnader mot en tidigare period: ";
  for (std::size_t i = 0; i < sure.size(); ++i) text += (i == 0 ? "" : "; ") + sure[i];
  return unsure == 0 ? text + "." : text + ". " + others;
}

}  // namespace lagesbild::maps
