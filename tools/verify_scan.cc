#include "geo/errors.h"
#include "geo/scan_statistic.h"
#include "geo/space_time_scan.h"
#include "tools/verify_case.h"

namespace lagesbild::tools {
namespace {

std::vector<geo::PlanePoint> Positions(const Table& table) {
  const auto x = table.numbers("x"), y = table.numbers("y");
  std::vector<geo::PlanePoint> positions;
  for (std::size_t i = 0; i < x.size(); ++i) positions.push_back({geo::Meters{x[i]}, geo::Meters{y[i]}});
  return positions;
}

/// A table of whole numbers, row by row.
template <class Number>
std::vector<std::vector<Number>> WholeRows(const Table& table) {
  std::vector<std::vector<Number>> rows;
  for (const auto& texts : table.rows) {
    std::vector<Number> row;
    for (const std::string& text : texts) {
      const auto number = ParseNumber(text);
      if (!number) throw geo::InvalidInput("a simulation holds text that is no number");
      row.push_back(static_cast<Number>(*number));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string Joined(const std::vector<int>& members, const std::vector<std::string>& ids) {
  std::string text;
  for (const int member : members) text += (text.empty() ? "" : " ") + ids[static_cast<std::size_t>(member)];
  return text;
}

/// The p-value of the best under the case's own simulations, under either name.
void AddScalars(CaseResults& results, double p_value, double total) {
  results.scalars["p_value_given_these_simulations"] = p_value;
  results.scalars["p_value_given_these_permutations"] = p_value;
  results.scalars["total_cases"] = total;
  results.scalars["total_events"] = total;
}

CaseResults RunCircles(const CaseInputs& inputs) {
  const bool bernoulli = inputs.params().at("model").get<std::string>() == "bernoulli";
  const Table input = inputs.input("input_areas.csv");
  const auto ids = input.texts("id");
  const auto cases = input.numbers("cases"), others = input.numbers(bernoulli ? "controls" : "pop");
  const auto positions = Positions(input);
  std::vector<geo::ScanLocation> locations;
  double all = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    geo::ScanLocation location{positions[i], static_cast<long long>(cases[i]), others[i], 0};
    if (bernoulli) location.controls = static_cast<long long>(others[i]);
    all += cases[i] + others[i];
    locations.push_back(location);
  }
  geo::ScanOptions options;
  options.model = bernoulli ? geo::ScanModel::kBernoulli : geo::ScanModel::kPoisson;
  options.most_population_share = inputs.params().at("max_population_fraction").get<double>();
  const auto simulated = WholeRows<long long>(inputs.input("input_simulated_cases.csv"));
  const geo::ScanResult scan = geo::ScanCirclesUnder(locations, options, simulated);

  CaseResults results;
  Table& zones = results.files["expected_zones.csv"];
  std::vector<std::string> members, centers;
  std::vector<double> ranks, radii, sizes, observed, expected, ratios;
  for (const geo::ScanCluster& cluster : scan.clusters) {
    ranks.push_back(static_cast<double>(ranks.size() + 1));
    centers.push_back(ids[static_cast<std::size_t>(cluster.center)]);
    radii.push_back(cluster.radius_m);
    sizes.push_back(static_cast<double>(cluster.members.size()));
    observed.push_back(static_cast<double>(cluster.observed));
    expected.push_back(cluster.expected);
    ratios.push_back(cluster.log_ratio);
    members.push_back(Joined(cluster.members, ids));
  }
  zones.add("rank", ranks);
  zones.add("centre", centers);
  zones.add("radius", radii);
  zones.add("n_areas", sizes);
  zones.add("observed", observed);
  zones.add("expected", expected);
  zones.add("llr", ratios);
  zones.add("members", members);
  results.files["expected_simulated_max_llr.csv"].add("max_llr", scan.simulated_maxima);
  AddScalars(results, scan.clusters.empty() ? 1 : scan.clusters.front().p_value,
             static_cast<double>(scan.total_cases));
  results.scalars["total"] = all;
  results.scalars["n_zones_evaluated"] = static_cast<double>(scan.distinct_circles);
  return results;
}

CaseResults RunCylinders(const CaseInputs& inputs) {
  const Table input = inputs.input("input_events.csv");
  const auto names = input.texts("loc");
  const auto positions = Positions(input);
  const auto times = input.numbers("t");
  std::vector<geo::PeriodEvent> events;
  for (std::size_t i = 0; i < times.size(); ++i) events.push_back({positions[i], static_cast<int>(times[i])});
  geo::SpaceTimeScanOptions options;
  options.most_case_share = inputs.params().at("max_spatial_case_fraction").get<double>();
  options.most_periods = inputs.params().at("max_temporal_periods").get<int>();
  const auto periods = WholeRows<int>(inputs.input("input_permuted_times.csv"));
  const geo::SpaceTimeScan scan = geo::ScanSpaceTimeUnder(events, options, periods, 100'000);

  std::vector<std::string> ids(scan.locations.size());
  for (std::size_t i = 0; i < events.size(); ++i)
    for (std::size_t k = 0; k < ids.size(); ++k)
      if (scan.locations[k] == events[i].position) ids[k] = names[i];
  CaseResults results;
  Table& cylinders = results.files["expected_cylinders.csv"];
  std::vector<std::string> members;
  std::vector<double> ranks, starts, ends, sizes, observed, expected, ratios;
  for (const geo::SpaceTimeCluster& cluster : scan.clusters) {
    ranks.push_back(static_cast<double>(ranks.size() + 1));
    starts.push_back(cluster.first_period);
    ends.push_back(cluster.last_period);
    sizes.push_back(static_cast<double>(cluster.members.size()));
    observed.push_back(static_cast<double>(cluster.observed));
    expected.push_back(cluster.expected);
    ratios.push_back(cluster.log_ratio);
    members.push_back(Joined(cluster.members, ids));
  }
  cylinders.add("rank", ranks);
  cylinders.add("t_start", starts);
  cylinders.add("t_end", ends);
  cylinders.add("observed", observed);
  cylinders.add("expected", expected);
  cylinders.add("llr", ratios);
  cylinders.add("n_loc", sizes);
  cylinders.add("members", members);
  results.files["expected_simulated_max_llr.csv"].add("max_llr", scan.simulated_maxima);
  AddScalars(results, scan.clusters.empty() ? 1 : scan.clusters.front().p_value,
             static_cast<double>(events.size()));
  return results;
}

}  // namespace

CaseResults RunScanStatistic(const CaseInputs& inputs) {
  return inputs.params().at("model").get<std::string>() == "space-time permutation" ? RunCylinders(inputs)
                                                                                    : RunCircles(inputs);
}

}  // namespace lagesbild::tools
