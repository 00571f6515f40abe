#include <map>

#include "geo/displacement.h"
#include "geo/empirical_bayes.h"
#include "geo/errors.h"
#include "geo/forecast_accuracy.h"
#include "geo/mann_kendall.h"
#include "tools/verify_case.h"

namespace lagesbild::tools {
namespace {

/// The same table for every expected file of the case.
CaseResults ForAllFiles(const CaseInputs& inputs, const Table& table) {
  CaseResults results;
  for (const std::string& file : inputs.expected_files()) results.files[file] = table;
  return results;
}

geo::BeforeAfter Pair(const Json& entry, const char* name, geo::BeforeAfter otherwise) {
  if (!entry.contains(name)) return otherwise;
  return {entry.at(name).at(0).get<double>(), entry.at(name).at(1).get<double>()};
}

}  // namespace

CaseResults RunDisplacementDifference(const CaseInputs& inputs) {
  Table table{.columns = {"case", "est_local", "est_displacement", "est_total", "se_local", "se_total", "z",
                          "low", "high"},
              .rows = {}};
  for (const Json& entry : inputs.params().at("inputs")) {
    geo::DisplacementDifferenceInput input;
    input.control = Pair(entry, "control", {});
    input.treated = Pair(entry, "treated", {});
    input.displacement_control = Pair(entry, "dc", {});
    input.displacement_treated = Pair(entry, "dt", {});
    input.time_weights = Pair(entry, "tw", {1, 1});
    if (entry.contains("aw")) input.area_weights = entry.at("aw").get<std::array<double, 4>>();
    input.alpha = entry.value("alpha", 0.05);
    const auto result = geo::WeightedDisplacementDifference(input);
    std::vector<std::string> row = {entry.at("case").get<std::string>()};
    for (const double value : {result.local, result.displacement, result.total, result.local_standard_error,
                               result.total_standard_error, result.z_score, result.low, result.high})
      row.push_back(FormatNumber(value));
    table.rows.push_back(std::move(row));
  }
  return ForAllFiles(inputs, table);
}

CaseResults RunDisplacementQuotient(const CaseInputs& inputs) {
  const Table input = inputs.input("input_wdq.csv");
  const auto pairs = [&](const std::string& name) {
    return std::pair(input.numbers(name + "_pre"), input.numbers(name + "_post"));
  };
  const auto target = pairs("target"), buffer = pairs("buffer"), control = pairs("control");
  std::vector<double> displacement, success, quotient;
  for (std::size_t i = 0; i < input.rows.size(); ++i) {
    const auto row = [i](const auto& pair) { return geo::BeforeAfter{pair.first[i], pair.second[i]}; };
    const auto result = geo::WeightedDisplacementQuotient(row(target), row(buffer), row(control));
    displacement.push_back(result.buffer_displacement);
    success.push_back(result.success);
    quotient.push_back(result.quotient);
  }
  Table table;
  table.add("case", input.texts("case"));
  table.add("buffer_displacement_num", displacement);
  table.add("success_den", success);
  table.add("WDQ", quotient);
  return ForAllFiles(inputs, table);
}

CaseResults RunForecastAccuracy(const CaseInputs& inputs) {
  const Table input = inputs.input("input_cells.csv");
  const auto id = input.numbers("id"), predicted = input.numbers("predicted"), train = input.numbers("train"),
             test = input.numbers("test"), area = input.numbers("area");
  std::vector<geo::ForecastArea> areas;
  for (std::size_t i = 0; i < id.size(); ++i)
    areas.push_back({static_cast<int>(id[i]), predicted[i], train[i], test[i], area[i]});
  CaseResults results;
  for (const std::string& file : inputs.expected_files()) {
    Table table = inputs.expected_keys(file);
    std::vector<geo::ForecastAccuracy> found;
    for (const double k : table.numbers("k"))
      found.push_back(geo::AssessForecast(areas, static_cast<int>(k)));
    const auto add = [&](const char* name, double geo::ForecastAccuracy::*field) {
      std::vector<double> values;
      for (const auto& accuracy : found) values.push_back(accuracy.*field);
      table.add(name, values);
    };
    add("hit_count", &geo::ForecastAccuracy::hit_count);
    add("hit_rate", &geo::ForecastAccuracy::hit_rate);
    add("area_share", &geo::ForecastAccuracy::area_share);
    add("PAI", &geo::ForecastAccuracy::accuracy_index);
    add("PAI_max", &geo::ForecastAccuracy::best_accuracy_index);
    add("PEI", &geo::ForecastAccuracy::efficiency_index);
    add("RRI", &geo::ForecastAccuracy::recapture_rate);
    results.files[file] = table;
  }
  return results;
}

CaseResults RunMannKendall(const CaseInputs& inputs) {
  const Table input = inputs.input("input_series.csv");
  const auto names = input.texts("series");
  const auto times = input.numbers("t"), values = input.numbers("value");
  std::map<std::string, std::map<double, double>> series;  // values by time
  for (std::size_t i = 0; i < names.size(); ++i) series[names[i]][times[i]] = values[i];
  Table table{
      .columns = {"series", "n", "S", "var_S_ties", "tau_b_R", "z_no_continuity", "p2_no_continuity",
                  "p2_R_cor_test_asymptotic", "z_continuity", "p2_continuity", "p2_exact_R", "sen_slope"},
      .rows = {}};
  for (const auto& [name, points] : series) {
    std::vector<double> t, x;
    for (const auto& [time, value] : points) {
      t.push_back(time);
      x.push_back(value);
    }
    const auto result = geo::MannKendallTrend(t, x);
    std::vector<std::string> row = {name};
    for (const double value :
         {static_cast<double>(result.n), static_cast<double>(result.s), result.variance, result.tau_b,
          result.z_score, result.p_value, result.p_value, result.continuity_z_score,
          result.continuity_p_value, result.exact_p_value, result.sen_slope})
      row.push_back(FormatNumber(value));
    table.rows.push_back(std::move(row));
  }
  return ForAllFiles(inputs, table);
}

CaseResults RunEmpiricalBayes(const CaseInputs& inputs) {
  const Table input = inputs.input("input_areas.csv");
  const auto ids = input.texts("id");
  const auto cases = input.numbers("cases"), population = input.numbers("pop");
  const auto poisson = geo::EmpiricalBayesPoisson(cases, population);
  std::vector<double> expected, relative;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    expected.push_back(poisson.overall_rate * population[i]);
    relative.push_back(100 * cases[i] / expected.back());
  }
  Table table;
  table.add("id", ids);
  table.add("raw", poisson.raw);
  table.add("eb_global_poisson", poisson.estimates);
  table.add("eb_global_binomial", geo::EmpiricalBayesBinomial(cases, population).estimates);
  table.add("expected", expected);
  table.add("relrisk", relative);
  table.add("choynowski_poisson_p_le", geo::ChoynowskiLowerTail(cases, population));
  if (inputs.has_input("input_neighbours.csv")) {
    const auto weights = GivenWeights(inputs, ids);
    table.add("eb_local",
              geo::EmpiricalBayesLocal(cases, population, weights, geo::LocalVariance::kOwnMeans));
    table.add("eb_local_geoda",
              geo::EmpiricalBayesLocal(cases, population, weights, geo::LocalVariance::kFocalMean));
  }
  CaseResults results = ForAllFiles(inputs, table);
  results.scalars["a"] = poisson.variance;
  results.scalars["b"] = poisson.overall_rate;
  return results;
}

}  // namespace lagesbild::tools
