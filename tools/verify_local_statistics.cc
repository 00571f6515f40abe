#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "geo/errors.h"
#include "geo/getis_ord.h"
#include "geo/local_moran.h"
#include "geo/multiple_testing.h"
#include "geo/permutation_tail.h"
#include "tools/verify_case.h"

namespace lagesbild::tools {
namespace {

using geo::SpatialWeights;

SpatialWeights WithoutSelf(const SpatialWeights& weights) {
  std::vector<std::vector<geo::Neighbor>> rows(static_cast<std::size_t>(weights.size()));
  for (int i = 0; i < weights.size(); ++i)
    for (const geo::Neighbor& neighbor : weights.row(i))
      if (neighbor.index != i) rows[static_cast<std::size_t>(i)].push_back(neighbor);
  return SpatialWeights(std::move(rows));
}

/// One step of a rule, "1 where w > 0", "plus self weight 1", "then rows divided by their sum", ...
SpatialWeights ApplyStep(const SpatialWeights& weights, std::string step) {
  while (step.starts_with(' ')) step.erase(0, 1);
  if (step.starts_with("then ")) step.erase(0, 5);
  if (step.starts_with("w as given")) return weights;
  if (step.starts_with("1 where w > 0")) return geo::Binary(weights);
  if (step.starts_with("rows divided by their sum")) return geo::RowStandardized(weights);
  if (step.starts_with("without self")) return WithoutSelf(weights);
  constexpr std::string_view kSelf = "plus self weight ";
  if (step.starts_with(kSelf))
    if (const auto self = ParseNumber(step.substr(kSelf.size())); self && *self > 0)
      return geo::WithSelf(weights, *self);
  throw geo::InvalidInput("the manifest's weights have an unknown rule: " + step);
}

/// The weights of one statistic by the rule in the manifest, steps separated by commas. Empty for null.
std::optional<SpatialWeights> WeightsBy(const Json& rules, const char* name, const SpatialWeights& given) {
  if (!rules.is_object() || !rules.contains(name) || !rules.at(name).is_string()) return std::nullopt;
  const std::string rule = rules.at(name).get<std::string>();
  SpatialWeights weights = given;
  for (std::size_t begin = 0; begin <= rule.size();) {
    const std::size_t end = std::min(rule.find(',', begin), rule.size());
    weights = ApplyStep(weights, rule.substr(begin, end - begin));
    begin = end + 1;
  }
  return weights;
}

void AddGetisOrd(Table& table, const std::string& name, const geo::GetisOrd& result) {
  table.add(name, result.value);
  table.add("E" + name, result.expected);
  table.add("V" + name, result.variance);
  table.add(name + "_z", result.z_scores);
  table.add(name + "_p2", result.p_values);
  const auto adjusted = [&](const char* suffix, geo::Adjustment adjustment) {
    table.add(name + "_p2_" + suffix, geo::AdjustPValues(result.p_values, adjustment));
  };
  adjusted("BH", geo::Adjustment::kBenjaminiHochberg);
  adjusted("BY", geo::Adjustment::kBenjaminiYekutieli);
  adjusted("bonf", geo::Adjustment::kBonferroni);
  adjusted("holm", geo::Adjustment::kHolm);
  adjusted("hochberg", geo::Adjustment::kHochberg);
}

void AddMoments(Table& table, const std::string& suffix, const geo::LocalMoments& moments) {
  table.add("EIi_" + suffix, moments.expected);
  table.add("VIi_" + suffix, moments.variance);
  table.add("ZIi_" + suffix, moments.z_scores);
  table.add("pIi_" + suffix, moments.p_values);
}

void AddLocalMoran(Table& table, const std::vector<double>& values, const SpatialWeights& weights) {
  const geo::LocalMoran moran = geo::LocalMoranI(values, weights);
  table.add("Ii", moran.value);
  AddMoments(table, "cond", moran.conditional);
  AddMoments(table, "tot", moran.total);
  std::vector<std::string> quadrants;
  for (const geo::Quadrant quadrant : moran.quadrants) quadrants.emplace_back(geo::QuadrantLabel(quadrant));
  table.add("quadrant", quadrants);
  table.add("Ci_scale_nminus1", geo::LocalGeary(values, weights));
}

/// Neighbor sums, and the exact tails where all values are integers: elsewhere those are not defined.
void AddLagSums(Table& table, const std::vector<double>& values, const SpatialWeights& weights) {
  std::vector<double> sums;
  std::vector<int> counts;
  for (int i = 0; i < weights.size(); ++i) {
    double sum = 0;
    for (const geo::Neighbor& neighbor : weights.row(i))
      sum += values[static_cast<std::size_t>(neighbor.index)];
    sums.push_back(sum);
    const double value = values[static_cast<std::size_t>(i)];
    if (value == std::floor(value) && std::abs(value) <= std::numeric_limits<int>::max())
      counts.push_back(static_cast<int>(value));
  }
  table.add("lagsum", sums);
  if (counts.size() != values.size()) return;
  const geo::PermutationTails tails = geo::ExactPermutationTails(counts, weights);
  table.add("perm_exact_p_ge", tails.p_at_least);
  table.add("perm_exact_p_le", tails.p_at_most);
}

Table GlobalTable(const std::vector<double>& values, const SpatialWeights& weights) {
  Table table{.columns = {"stat", "value"}, .rows = {}};
  const auto add = [&](const std::string& name, const char* value_name,
                       const geo::GlobalStatistic& statistic) {
    table.rows.push_back({name + value_name, FormatNumber(statistic.value)});
    table.rows.push_back({name + "_E", FormatNumber(statistic.expected)});
    table.rows.push_back({name + "_Var_rand", FormatNumber(statistic.variance)});
    table.rows.push_back({name + "_z", FormatNumber(statistic.z_score)});
    table.rows.push_back({name + "_p2", FormatNumber(statistic.p_value)});
  };
  add("moran", "_I", geo::GlobalMoran(values, weights));
  add("geary", "_C", geo::GlobalGeary(values, weights));
  return table;
}

}  // namespace

SpatialWeights GivenWeights(const CaseInputs& inputs, const std::vector<std::string>& ids) {
  std::map<std::string, int> place;
  for (std::size_t i = 0; i < ids.size(); ++i) place[ids[i]] = static_cast<int>(i);
  const auto place_of = [&](const std::string& id) {
    const auto found = place.find(id);
    if (found == place.end()) throw geo::InvalidInput("input_neighbours.csv names an id without a value");
    return found->second;
  };
  std::vector<std::vector<geo::Neighbor>> rows(ids.size());
  const Table neighbors = inputs.input("input_neighbours.csv");
  const auto from = neighbors.texts("i"), to = neighbors.texts("j");
  const auto w = neighbors.find("w") ? neighbors.numbers("w") : std::vector<double>(from.size(), 1.0);
  for (std::size_t k = 0; k < from.size(); ++k)
    rows[static_cast<std::size_t>(place_of(from[k]))].push_back({place_of(to[k]), w[k]});
  return SpatialWeights(std::move(rows));
}

CaseResults RunLocalStatistics(const CaseInputs& inputs) {
  const Table input = inputs.input("input_values.csv");
  const std::vector<std::string> ids = input.texts("id");
  const std::vector<double> values = input.numbers("value");
  const SpatialWeights given = GivenWeights(inputs, ids);
  const auto weights = [&](const char* name) { return WeightsBy(inputs.weights(), name, given); };

  Table local;
  local.add("id", ids);
  std::vector<double> cardinalities;
  for (int i = 0; i < given.size(); ++i) cardinalities.push_back(given.cardinality(i));
  local.add("card", cardinalities);
  if (const auto gi = weights("Gi")) AddGetisOrd(local, "Gi", geo::GetisOrdG(values, *gi));
  if (const auto star = weights("Gistar")) AddGetisOrd(local, "Gistar", geo::GetisOrdGStar(values, *star));
  if (const auto lag = weights("lagsum")) AddLagSums(local, values, *lag);
  const auto lisa = weights("lisa");
  if (lisa) AddLocalMoran(local, values, *lisa);

  CaseResults results;
  for (const std::string& file : inputs.expected_files()) {
    if (file.find("global") == std::string::npos)
      results.files[file] = local;
    else if (lisa)
      results.files[file] = GlobalTable(values, *lisa);
  }
  return results;
}

}  // namespace lagesbild::tools
