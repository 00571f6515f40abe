#include "tools/bandwidth_choice.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "geo/errors.h"
#include "tools/point_files.h"
#include "tools/verify_table.h"

namespace lagesbild::tools {
namespace {

BandwidthChoice Given(const std::string& text, double meters, const std::string& as, geo::Kernel kernel) {
  if (!std::isfinite(meters) || meters <= 0)
    throw geo::InvalidInput("the bandwidth must be a positive finite number of meters, was " + text);
  BandwidthChoice choice{.asked = text,
                         .value = AskedBandwidth(kernel, meters, as),
                         .used = {},
                         .why_sv = "given som radie",
                         .why_en = "given as radius"};
  if (as == "sd" || kernel == geo::Kernel::kGaussian) {
    choice.why_sv = "given som standardavvikelse";
    choice.why_en = "given as standard deviation";
  }
  return choice;
}

BandwidthChoice Selected(const std::string& code, geo::BandwidthSelector selector, geo::Kernel kernel,
                         const std::vector<geo::PlanePoint>& points, const geo::StudyArea* area) {
  geo::BandwidthSelectionOptions options;
  options.selector = selector;
  options.kernel = kernel;
  options.study_area = area;
  const geo::BandwidthSelection selection = geo::SelectBandwidth(points, options);
  const std::string count = std::to_string(selection.spread.points);
  BandwidthChoice choice{
      .asked = code,
      .value = selection.bandwidth.radius.value_or(selection.bandwidth.standard_deviation),
      .used = {},
      .why_sv = "vald av " + code + " ur " + count + " punkter, samma för alla grupper",
      .why_en = "selected by " + code + " from " + count + " points, the same for all groups"};
  if (selection.at_lower_end || selection.at_upper_end) {
    choice.why_sv += "; vid änden av det sökta: säger inget";
    choice.why_en += "; at an end of what was searched: says nothing";
  }
  return choice;
}

}  // namespace

std::vector<BandwidthChoice> ChooseBandwidths(const std::vector<std::string>& asked, const std::string& as,
                                              geo::Kernel kernel, const std::vector<geo::PlanePoint>& points,
                                              const geo::StudyArea* area) {
  std::vector<BandwidthChoice> choices;
  for (const std::string& text : asked) {
    const auto selector = geo::ParseBandwidthSelector(text);
    const auto number = ParseNumber(text);
    if (!selector && !number)
      throw geo::InvalidInput(
          "the bandwidth must be meters, or scott, silverman, least_squares, likelihood, diggle or arcgis; "
          "was " +
          text);
    choices.push_back(selector ? Selected(text, *selector, kernel, points, area)
                               : Given(text, *number, as, kernel));
    BandwidthChoice& choice = choices.back();
    choice.used = geo::BandwidthOf(kernel, choice.value);
    const std::string label = BandwidthLabel(choice);
    for (std::size_t i = 0; i + 1 < choices.size(); ++i)
      if (BandwidthLabel(choices[i]) == label)
        throw geo::InvalidInput("two of the bandwidths are the same, " + label + "; give each once");
  }
  return choices;
}

nlohmann::ordered_json BandwidthToJson(const geo::Bandwidth& bandwidth) {
  nlohmann::ordered_json json;
  if (bandwidth.radius) json["radius_m"] = bandwidth.radius->value();
  json["sd_m"] = bandwidth.standard_deviation.value();
  return json;
}

nlohmann::ordered_json BandwidthToJson(const BandwidthChoice& choice) {
  return {{"asked", choice.asked},
          {"used", BandwidthToJson(choice.used)},
          {"why", choice.why_en},
          {"why_sv", choice.why_sv}};
}

std::string BandwidthText(const geo::Bandwidth& bandwidth, bool swedish) {
  char text[96];
  const double sd = bandwidth.standard_deviation.value();
  if (!bandwidth.radius)
    std::snprintf(text, sizeof text, "sd %.6g m", sd);
  else
    std::snprintf(text, sizeof text, swedish ? "radie %.6g m, sd %.6g m" : "radius %.6g m, sd %.6g m",
                  bandwidth.radius->value(), sd);
  return text;
}

std::string BandwidthLabel(const BandwidthChoice& choice) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6gm", choice.value.value());
  std::string label = text;
  std::replace(label.begin(), label.end(), '.', '_');
  return label;
}

}  // namespace lagesbild::tools
