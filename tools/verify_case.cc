#include "tools/verify_case.h"

#include <algorithm>
#include <utility>

#include "geo/errors.h"

namespace lagesbild::tools {
namespace {

Json Field(const Json& entry, const char* name) { return entry.contains(name) ? entry.at(name) : Json(); }

bool IsKey(const Json& rule) { return rule.is_object() && rule.value("key", false); }

}  // namespace

CaseInputs::CaseInputs(std::filesystem::path folder, const Json& entry)
    : folder_(std::move(folder)),
      id_(entry.at("id").get<std::string>()),
      params_(Field(entry, "params")),
      weights_(Field(entry, "weights")),
      grid_(Field(entry, "grid")),
      columns_(Field(entry, "columns")) {
  const Json scalars = Field(entry, "scalars");
  for (const auto& [name, rule] : scalars.items())
    if (params_.is_object()) params_.erase(name);
  if (entry.contains("headerless")) headerless_ = entry.at("headerless").get<std::vector<std::string>>();
}

std::vector<std::string> CaseInputs::expected_files() const {
  std::vector<std::string> files;
  for (const auto& [file, rules] : columns_.items()) files.push_back(file);
  return files;
}

bool CaseInputs::has_input(const std::string& file) const { return std::filesystem::exists(folder_ / file); }

Table CaseInputs::input(const std::string& file) const {
  const bool header = std::find(headerless_.begin(), headerless_.end(), file) == headerless_.end();
  return ReadTable(folder_ / file, header);
}

Table CaseInputs::expected_keys(const std::string& file) const {
  const Table whole = ReadTable(folder_ / file);
  Table keys;
  for (const auto& [column, rule] : columns_.at(file).items()) {
    if (!IsKey(rule)) continue;
    std::vector<std::string> values;
    if (column == "#row")
      for (std::size_t i = 0; i < whole.rows.size(); ++i) values.push_back(std::to_string(i + 1));
    else
      values = whole.texts(column);
    keys.add(column, values);
  }
  return keys;
}

CaseRunner RunnerOf(std::string_view kind) {
  static constexpr std::pair<std::string_view, CaseRunner> kRunners[] = {
      {"multiple_testing", RunMultipleTesting},
      {"local_statistics", RunLocalStatistics},
      {"density_at_locations", RunDensityAtLocations},
      {"density_raster", RunDensityRaster},
      {"bandwidth", RunBandwidth},
      {"adaptive_density", RunAdaptiveDensity},
      {"relative_risk", RunRelativeRisk},
      {"weighted_displacement_difference", RunDisplacementDifference},
      {"weighted_displacement_quotient", RunDisplacementQuotient},
      {"forecast_accuracy", RunForecastAccuracy},
      {"mann_kendall", RunMannKendall},
      {"empirical_bayes", RunEmpiricalBayes},
      {"emerging_hotspots", RunEmergingHotspots},
      {"knox", RunKnox},
      {"point_pattern_test", RunPointPatternTest},
      {"scan_statistic", RunScanStatistic},
  };
  for (const auto& [name, runner] : kRunners)
    if (name == kind) return runner;
  return nullptr;
}

}  // namespace lagesbild::tools
