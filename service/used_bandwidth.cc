#include "service/used_bandwidth.h"

#include <algorithm>
#include <cmath>

#include "geo/errors.h"
#include "service/errors.h"
#include "service/limits.h"
#include "service/runs.h"

namespace lagesbild::service {
namespace {

using geo::BandwidthSelector;

std::string WholeMeters(geo::Meters value) { return std::to_string(std::llround(value.value())) + " m"; }

std::string FormsSv(const geo::Bandwidth& bandwidth) {
  return (bandwidth.radius ? "radie " + WholeMeters(*bandwidth.radius) + ", " : std::string()) +
         "standardavvikelse " + WholeMeters(bandwidth.standard_deviation);
}

std::string FormsEn(const geo::Bandwidth& bandwidth) {
  return (bandwidth.radius ? "radius " + WholeMeters(*bandwidth.radius) + ", " : std::string()) +
         "standard deviation " + WholeMeters(bandwidth.standard_deviation);
}

const char* RuleSv(BandwidthSelector selector) {
  switch (selector) {
    case BandwidthSelector::kScott:
      return "Scotts regel";
    case BandwidthSelector::kSilverman:
      return "Silvermans regel";
    case BandwidthSelector::kLeastSquares:
      return "korsvalidering med minsta kvadrat";
    case BandwidthSelector::kLikelihood:
      return "korsvalidering med likelihood";
    case BandwidthSelector::kDiggle:
      return "Berman och Diggles medelkvadratfel";
    case BandwidthSelector::kArcgis:
      return "ArcGIS standardval";
  }
  return "";
}

const char* RuleEn(BandwidthSelector selector) {
  switch (selector) {
    case BandwidthSelector::kScott:
      return "Scott's rule";
    case BandwidthSelector::kSilverman:
      return "Silverman's rule";
    case BandwidthSelector::kLeastSquares:
      return "least-squares cross-validation";
    case BandwidthSelector::kLikelihood:
      return "likelihood cross-validation";
    case BandwidthSelector::kDiggle:
      return "Berman and Diggle's mean squared error";
    case BandwidthSelector::kArcgis:
      return "the default of ArcGIS";
  }
  return "";
}

bool Searches(BandwidthSelector selector) {
  return selector == BandwidthSelector::kLeastSquares || selector == BandwidthSelector::kLikelihood ||
         selector == BandwidthSelector::kDiggle;
}

geo::Meters ValueOf(const geo::Bandwidth& bandwidth) {
  return bandwidth.radius.value_or(bandwidth.standard_deviation);
}

geo::BandwidthSelection Select(BandwidthSelector selector, const geo::PictureOptions& options,
                               std::span<const geo::PlanePoint> points, const geo::StudyArea& area,
                               std::stop_token stop) {
  geo::BandwidthSelectionOptions how;
  how.selector = selector;
  how.kernel = options.kernel;
  const bool needed = selector == BandwidthSelector::kDiggle;
  how.study_area = needed || options.edge != geo::EdgeCorrection::kNone ? &area : nullptr;
  how.stop = stop;
  geo::BandwidthOrAbsence selected = SelectOrAbsence(points, how);
  if (const auto* few = std::get_if<geo::TooFew>(&selected))
    throw geo::TooFewIncidents(few->found, few->minimum);
  if (std::holds_alternative<geo::Undefined>(selected))
    throw NotReady("NO_BANDWIDTH",
                   "the incidents lie so that the rule gives no bandwidth; ask for a number of meters",
                   "Händelserna ligger så att regeln inte ger någon bandbredd. Ange den i meter.");
  return std::move(std::get<geo::BandwidthSelection>(selected));
}

}  // namespace

UsedBandwidth BandwidthOfPicture(const geo::PictureOptions& options) {
  UsedBandwidth result;
  result.value = options.bandwidth;
  result.asked = result.used = geo::BandwidthOf(options.kernel, options.bandwidth);
  result.reason_sv = BandwidthReasonSv(options);
  result.reason_en =
      "One and the same bandwidth for all age groups and quarters, so that maps can be compared: " +
      FormsEn(result.used) + ". A quarter has too few incidents to choose a bandwidth from each map's own.";
  return result;
}

UsedBandwidth UseBandwidth(const AskedBandwidth& asked, const geo::PictureOptions& options,
                           std::span<const geo::PlanePoint> points, const geo::StudyArea& area,
                           std::stop_token stop) {
  UsedBandwidth result;
  result.selector = asked.selector;
  if (!asked.selector) {
    result.value = asked.value;
    result.asked = result.used = geo::BandwidthOf(options.kernel, asked.value);
    result.reason_sv = "Begärd bandbredd, samma för alla grupper: " + FormsSv(result.used) + ".";
    result.reason_en = "Asked for, the same for all groups: " + FormsEn(result.used) + ".";
    return result;
  }
  const geo::BandwidthSelection selection = Select(*asked.selector, options, points, area, stop);
  result.asked = selection.bandwidth;
  const geo::Meters given = ValueOf(selection.bandwidth);
  const geo::Meters low = std::max(options.density_cell, geo::Meters{limits::kMinBandwidthM});
  const geo::Meters high = std::min(geo::Meters{limits::kMaxBandwidthM},
                                    geo::Meters{limits::kMaxBandwidthCells * options.density_cell.value()});
  result.value = std::clamp(given, low, std::max(low, high));
  result.used = geo::BandwidthOf(options.kernel, result.value);
  result.reason_sv = SelectionReasonSv(selection);
  result.reason_en = SelectionReasonEn(selection);
  if (result.value != given) {
    const bool raised = result.value > given;
    result.reason_sv += std::string(raised ? " Höjd till rutans sida eller den minsta tillåtna: "
                                           : " Sänkt till den största tillåtna: ") +
                        FormsSv(result.used) + ".";
    result.reason_en += std::string(raised ? " Raised to the side of a cell or the smallest allowed: "
                                           : " Lowered to the largest allowed: ") +
                        FormsEn(result.used) + ".";
  }
  return result;
}

geo::BandwidthOrAbsence SelectOrAbsence(std::span<const geo::PlanePoint> points,
                                        const geo::BandwidthSelectionOptions& options) {
  if (Searches(options.selector) && points.size() > limits::kSearchIncidents)
    throw Exhausted("there are " + std::to_string(points.size()) + " incidents, and " +
                        std::string(geo::BandwidthSelectorCode(options.selector)) + " takes at most " +
                        std::to_string(limits::kSearchIncidents) +
                        "; select fewer quarters, or take a rule of thumb",
                    "För många händelser för " + std::string(RuleSv(options.selector)) + ": " +
                        std::to_string(points.size()) + ", högst " +
                        std::to_string(limits::kSearchIncidents) + ". Välj färre kvartal eller en tumregel.");
  return geo::SelectBandwidthOrAbsence(points, options);
}

std::string SelectionReasonSv(const geo::BandwidthSelection& selection) {
  return "Vald med " + std::string(RuleSv(selection.selector)) + " ur " +
         std::to_string(selection.spread.points) + " händelser på " +
         std::to_string(selection.spread.positions) + " platser: " + FormsSv(selection.bandwidth) + "." +
         (selection.at_lower_end || selection.at_upper_end
              ? " Bästa värdet ligger i slutet av det sökta intervallet och säger därför lite."
              : "");
}

std::string SelectionReasonEn(const geo::BandwidthSelection& selection) {
  return "Selected by " + std::string(RuleEn(selection.selector)) + " from " +
         std::to_string(selection.spread.points) + " incidents at " +
         std::to_string(selection.spread.positions) + " places: " + FormsEn(selection.bandwidth) + "." +
         (selection.at_lower_end || selection.at_upper_end
              ? " The best value is an end of the searched range, and says little."
              : "");
}

}  // namespace lagesbild::service
