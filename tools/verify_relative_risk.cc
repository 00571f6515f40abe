#include "geo/relative_risk.h"
#include "tools/verify_case.h"
#include "tools/verify_points.h"

namespace lagesbild::tools {
namespace {

struct Groups {
  std::vector<geo::PlanePoint> cases, controls;
};

Groups ReadGroups(const CaseInputs& inputs) {
  const Table table = inputs.input("input_points.csv");
  const std::vector<std::string> types = table.texts("type");
  const std::vector<geo::PlanePoint> points = Points(table);
  Groups groups;
  for (std::size_t i = 0; i < points.size(); ++i)
    (types[i] == "case" ? groups.cases : groups.controls).push_back(points[i]);
  return groups;
}

geo::RelativeRiskOptions Options(const CaseInputs& inputs, const geo::StudyArea& area) {
  const Json& params = inputs.params();
  geo::RelativeRiskOptions options;
  if (const auto kernel = KernelNamed(params.value("kernel", "gaussian"))) options.kernel = *kernel;
  options.bandwidth = geo::Meters{params.at("h0").get<double>()};
  options.normalizer_cells = params.value("normaliser_grid", options.normalizer_cells);
  options.study_area = &area;
  options.min_incidents = 1;
  options.min_pooled_share = 0;  // the cases hold the empty parts too
  return options;
}

}  // namespace

CaseResults RunRelativeRisk(const CaseInputs& inputs) {
  const geo::StudyArea area = ReadWindow(inputs);
  const Groups groups = ReadGroups(inputs);
  CaseResults results;
  for (const std::string& file : inputs.expected_files()) {
    Table table = inputs.expected_keys(file);
    const geo::RelativeRisk risk =
        geo::RelativeRiskAt(groups.cases, groups.controls, Points(table), Options(inputs, area));
    const auto add = [&](const char* name, double geo::RiskValue::*member) {
      std::vector<double> column;
      for (const geo::RiskValue& value : risk.values) column.push_back(value.*member);
      table.add(name, column);
    };
    add("edge_exact", &geo::RiskValue::edge);
    add("edge_sqrt_half_exact", &geo::RiskValue::squared_edge);
    add("f_exact_unnormalised", &geo::RiskValue::case_density);
    add("g_exact_unnormalised", &geo::RiskValue::control_density);
    add("pooled_sparr", &geo::RiskValue::pooled_density);
    add("logrr_unnormalised", &geo::RiskValue::log_ratio_unnormalized);
    add("logrr_normalised", &geo::RiskValue::log_ratio);
    add("z_asymptotic", &geo::RiskValue::z);
    add("p_upper_asymptotic", &geo::RiskValue::p_upper);
    results.files[file] = table;
    results.scalars["integral_f"] = risk.case_integral;
    results.scalars["integral_g"] = risk.control_integral;
  }
  results.scalars["window_area"] = area.area_km2() * 1e6;
  return results;
}

}  // namespace lagesbild::tools
