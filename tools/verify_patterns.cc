#include <map>

#include "geo/emerging_hotspot.h"
#include "geo/knox.h"
#include "geo/point_pattern_test.h"
#include "tools/verify_case.h"

namespace lagesbild::tools {
namespace {

/// The label of the reference cases: "new hot", "oscillating cold", "no pattern".
std::string EmergingLabel(const geo::EmergingHotspot& hotspot) {
  if (hotspot.pattern == geo::EmergingPattern::kNone) return "no pattern";
  return std::string(geo::EmergingPatternCode(hotspot.pattern)) + (hotspot.cold ? " cold" : " hot");
}

std::vector<geo::KnoxEvent> Events(const Table& table) {
  const auto x = table.numbers("x"), y = table.numbers("y"), t = table.numbers("t");
  std::vector<geo::KnoxEvent> events;
  for (std::size_t i = 0; i < x.size(); ++i) events.push_back({{geo::Meters{x[i]}, geo::Meters{y[i]}}, t[i]});
  return events;
}

/// Appends a column of what `value` takes from each.
template <class Item, class Value>
void AddColumn(Table& table, const char* name, const std::vector<Item>& items, Value value) {
  std::vector<double> values;
  for (const Item& item : items) values.push_back(static_cast<double>(value(item)));
  table.add(name, values);
}

Table KnoxTable(const std::vector<geo::KnoxEvent>& events, Table keys) {
  const auto meters = keys.numbers("eps_s"), days = keys.numbers("eps_t");
  std::vector<geo::KnoxTest> tests;
  for (std::size_t i = 0; i < meters.size(); ++i)
    tests.push_back(geo::TestKnox(events, geo::Meters{meters[i]}, days[i]));
  using Test = geo::KnoxTest;
  AddColumn(keys, "n_events", tests, [](const Test& t) { return t.events; });
  AddColumn(keys, "pairs", tests, [](const Test& t) { return t.pairs; });
  AddColumn(keys, "close_space", tests, [](const Test& t) { return t.close_in_space; });
  AddColumn(keys, "close_time", tests, [](const Test& t) { return t.close_in_time; });
  AddColumn(keys, "observed", tests, [](const Test& t) { return t.observed; });
  AddColumn(keys, "expected", tests, [](const Test& t) { return t.expected; });
  AddColumn(keys, "var_perm_events_exact", tests, [](const Test& t) { return t.variance; });
  AddColumn(keys, "z_perm_events", tests, [](const Test& t) { return t.z_score; });
  AddColumn(keys, "var_perm_pairs_hypergeom", tests, [](const Test& t) { return t.pair_variance; });
  AddColumn(keys, "p_poisson_upper_gt", tests, [](const Test& t) { return t.poisson_p_above; });
  AddColumn(keys, "p_poisson_upper_ge", tests, [](const Test& t) { return t.poisson_p_at_least; });
  return keys;
}

/// Bands by their number, each once.
std::vector<geo::KnoxBand> Bands(const Table& keys, const std::string& axis) {
  const auto number = keys.numbers(axis + "_band"), low = keys.numbers(axis + "_lo"),
             high = keys.numbers(axis + "_hi");
  std::map<double, geo::KnoxBand> bands;
  for (std::size_t i = 0; i < number.size(); ++i) bands[number[i]] = {low[i], high[i]};
  std::vector<geo::KnoxBand> ordered;
  for (const auto& [at, band] : bands) ordered.push_back(band);
  return ordered;
}

Table NearRepeatTable(const std::vector<geo::KnoxEvent>& events, const Table& keys, const Table& permuted) {
  std::vector<std::vector<int>> permutations;
  for (const auto& texts : permuted.rows) {
    std::vector<int> permutation;
    for (const std::string& text : texts)
      permutation.push_back(static_cast<int>(ParseNumber(text).value_or(0)) - 1);
    permutations.push_back(std::move(permutation));
  }
  geo::NearRepeatOptions options;
  options.meters = Bands(keys, "s");
  options.days = Bands(keys, "t");
  const auto cells = geo::NearRepeatsUnder(events, options, permutations);
  using Cell = geo::NearRepeatCell;
  const auto number = [](const std::vector<geo::KnoxBand>& bands, const geo::KnoxBand& band) {
    for (std::size_t i = 0; i < bands.size(); ++i)
      if (bands[i].low == band.low && bands[i].high == band.high) return i + 1;
    return std::size_t{0};
  };
  Table table;
  AddColumn(table, "s_band", cells, [&](const Cell& c) { return number(options.meters, c.meters); });
  AddColumn(table, "s_lo", cells, [](const Cell& c) { return c.meters.low; });
  AddColumn(table, "s_hi", cells, [](const Cell& c) { return c.meters.high; });
  AddColumn(table, "t_band", cells, [&](const Cell& c) { return number(options.days, c.days); });
  AddColumn(table, "t_lo", cells, [](const Cell& c) { return c.days.low; });
  AddColumn(table, "t_hi", cells, [](const Cell& c) { return c.days.high; });
  AddColumn(table, "observed", cells, [](const Cell& c) { return c.observed; });
  AddColumn(table, "expected_analytic", cells, [](const Cell& c) { return c.expected; });
  AddColumn(table, "mean_of_these_permutations", cells, [](const Cell& c) { return c.mean; });
  AddColumn(table, "median_of_these_permutations", cells, [](const Cell& c) { return c.median; });
  AddColumn(table, "p_upper_these_permutations", cells, [](const Cell& c) { return c.p_at_least; });
  return table;
}

}  // namespace

CaseResults RunEmergingHotspots(const CaseInputs& inputs) {
  const Table input = inputs.input("input_series.csv");
  const auto names = input.texts("series");
  const auto times = input.numbers("t"), z = input.numbers("gi_z");
  const bool marked = input.find("sig").has_value();
  const auto marks = marked ? input.numbers("sig") : std::vector<double>(z.size(), 0.0);
  std::map<std::string, std::map<double, std::pair<double, int>>> series;
  for (std::size_t i = 0; i < names.size(); ++i)
    series[names[i]][times[i]] = {z[i], static_cast<int>(marks[i])};
  Table table{.columns = {"series", "mk_S", "mk_z", "mk_p", "category", "definition_ambiguous"}, .rows = {}};
  for (const auto& [name, steps] : series) {
    std::vector<double> scores;
    std::vector<int> verdicts;
    for (const auto& [time, step] : steps) {
      scores.push_back(step.first);
      if (marked) verdicts.push_back(step.second);
    }
    const auto hotspot = geo::ClassifyEmergingHotspot(scores, verdicts, {});
    table.rows.push_back({name, FormatNumber(static_cast<double>(hotspot.trend.s)),
                          FormatNumber(hotspot.trend.z_score), FormatNumber(hotspot.trend.p_value),
                          EmergingLabel(hotspot), hotspot.order_decides ? "1" : "0"});
  }
  CaseResults results;
  for (const std::string& file : inputs.expected_files()) results.files[file] = table;
  return results;
}

CaseResults RunKnox(const CaseInputs& inputs) {
  const auto events = Events(inputs.input("input_events.csv"));
  CaseResults results;
  for (const std::string& file : inputs.expected_files()) {
    const Table keys = inputs.expected_keys(file);
    results.files[file] = keys.find("eps_s")
                              ? KnoxTable(events, keys)
                              : NearRepeatTable(events, keys, inputs.input("input_permutations.csv"));
  }
  return results;
}

CaseResults RunPointPatternTest(const CaseInputs& inputs) {
  const Table input = inputs.input("input_counts.csv");
  const auto base = input.numbers("base"), test = input.numbers("test");
  std::vector<geo::PatternCounts> counts;
  for (std::size_t i = 0; i < base.size(); ++i)
    counts.push_back({static_cast<long long>(base[i]), static_cast<long long>(test[i])});
  geo::PatternTestOptions options;
  options.sample_share = inputs.params().value("sample_fraction", options.sample_share);
  const geo::PatternTest result = geo::ComparePatterns(counts, options);
  using Area = geo::PatternArea;
  Table table;
  table.add("id", input.texts("id"));
  AddColumn(table, "pct_base", result.areas, [](const Area& a) { return a.base_percent; });
  AddColumn(table, "pct_test", result.areas, [](const Area& a) { return a.test_percent; });
  AddColumn(table, "ci_low_exact", result.areas, [](const Area& a) { return a.low_percent; });
  AddColumn(table, "ci_high_exact", result.areas, [](const Area& a) { return a.high_percent; });
  AddColumn(table, "sindex", result.areas, [](const Area& a) { return a.s_index; });
  AddColumn(table, "localS", result.areas, [](const Area& a) { return -a.s_index; });
  AddColumn(table, "similar", result.areas, [](const Area& a) { return a.s_index == 0; });
  AddColumn(table, "robust_included", result.areas, [](const Area& a) { return a.has_any; });
  AddColumn(table, "p_chi2_Nminus1", result.areas, [](const Area& a) { return a.chi_squared_p; });
  table.add("p_chi2_BY", result.chi_squared_by);
  table.add("p_chi2_BH", result.chi_squared_bh);
  AddColumn(table, "p_fisher", result.areas, [](const Area& a) { return a.fisher_p; });
  CaseResults results;
  for (const std::string& file : inputs.expected_files()) results.files[file] = table;
  results.scalars["sample_size"] = static_cast<double>(result.sample_size);
  results.scalars["global_S"] = result.similarity;
  results.scalars["global_S_robust"] = result.robust_similarity;
  // One minus the mean magnitude of the index over areas with incidents: the index has three values.
  results.scalars["generalised_S_robust"] = result.robust_similarity;
  return results;
}

}  // namespace lagesbild::tools
