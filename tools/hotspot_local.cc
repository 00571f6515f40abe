#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/distance_weights.h"
#include "geo/errors.h"
#include "geo/getis_ord.h"
#include "geo/local_moran.h"
#include "geo/local_permutation.h"
#include "geo/multiple_testing.h"
#include "geo/permutation_tail.h"
#include "tools/hotspot_files.h"

namespace lagesbild::tools {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// The cells where incidents can happen, and who is whose neighbor among them.
geo::MaskedGridWeights WeightsOnMask(const HotspotsCommand& command, const HotspotGrid& grid) {
  geo::Grid<char> mask(grid.exposure.spec());
  for (std::size_t i = 0; i < mask.values().size(); ++i) {
    mask.values()[i] = grid.exposure.values()[i] > 0;
    // Visited cells too: an incident happened where it could.
    for (const HotspotGroup& group : grid.groups)
      if (group.counts.values()[i] > 0) mask.values()[i] = 1;
  }
  geo::MaskedGridWeights weights = geo::ContiguityWeights(
      mask, command.weights == "rook" ? geo::Contiguity::kRook : geo::Contiguity::kQueen);
  if (command.weights == "queen" || command.weights == "rook") return weights;
  std::vector<geo::PlanePoint> centers;
  for (const geo::CellIndex cell : weights.cells) centers.push_back(mask.spec().center(cell));
  const geo::Meters distance{command.distance_m};
  if (command.weights == "nearest")
    weights.weights = geo::NearestWeights(centers, command.nearest);
  else
    weights.weights = command.weights == "band" ? geo::DistanceBandWeights(centers, distance)
                                                : geo::InverseDistanceWeights(centers, distance);
  return weights;
}

/// Statistic, z-score and the p of normal theory, by place.
struct LocalValues {
  std::vector<double> value, z, normal_p;
  std::vector<char> above_mean;  ///< local Moran: own value over the mean
};

LocalValues Compute(const std::string& statistic, const std::vector<double>& values,
                    const geo::SpatialWeights& weights) {
  if (statistic == "geary") {
    const std::vector<double> none(values.size(), kNaN);
    return {geo::LocalGeary(values, weights), none, none, {}};
  }
  if (statistic == "moran") {
    const geo::LocalMoran moran = geo::LocalMoranI(values, geo::RowStandardized(weights));
    LocalValues result{moran.value, moran.conditional.z_scores, moran.conditional.p_values, {}};
    for (const geo::Quadrant quadrant : moran.quadrants)
      result.above_mean.push_back(quadrant == geo::Quadrant::kHighHigh ||
                                  quadrant == geo::Quadrant::kHighLow);
    return result;
  }
  const geo::GetisOrd getis =
      statistic == "g" ? geo::GetisOrdG(values, weights) : geo::GetisOrdGStar(values, geo::WithSelf(weights));
  return {getis.value, getis.z_scores, getis.p_values, {}};
}

/// Tails of the neighbors' sum: exact where values are counts and weights binary, else by shared redraws.
struct Tails {
  std::vector<double> at_least, at_most;
};
Tails TailsOf(const HotspotsCommand& command, const std::vector<double>& values,
              const geo::SpatialWeights& weights) {
  if (command.inference == "permutation") {
    auto drawn =
        geo::PermuteLocally(values, weights, {.permutations = command.permutations, .seed = command.seed});
    return {std::move(drawn.p_at_least), std::move(drawn.p_at_most)};
  }
  std::vector<int> counts;
  for (const double value : values) {
    if (value != std::floor(value) || std::abs(value) > 1e6)
      throw geo::InvalidInput(
          "the exact tail needs whole counts up to a million; use --inference permutation");
    counts.push_back(static_cast<int>(value));
  }
  auto exact = geo::ExactPermutationTails(counts, weights);
  return {std::move(exact.p_at_least), std::move(exact.p_at_most)};
}

}  // namespace

void FillLocalStatistic(const HotspotsCommand& command, const std::vector<double>& values,
                        const geo::SpatialWeights& weights, std::vector<HotspotRow>& rows,
                        std::size_t first) {
  const LocalValues local = Compute(command.statistic, values, weights);
  const bool same = std::all_of(values.begin(), values.end(), [&](double v) { return v == values.front(); });
  Tails tails{std::vector<double>(values.size(), kNaN), std::vector<double>(values.size(), kNaN)};
  if (command.inference != "normal" && command.statistic != "geary" && !same)
    tails = TailsOf(command, values, weights);
  for (std::size_t i = 0; i < values.size(); ++i) {
    HotspotRow& row = rows[first + i];
    row.value = local.value[i];
    row.z = local.z[i];
    row.exposure = row.expected = row.maximum_p = kNaN;
    if (command.inference == "normal")
      row.p = local.normal_p[i];
    else  // Of Moran's I the tail in which the place's own deviation puts a large value.
      row.p = local.above_mean.empty() || local.above_mean[i] ? tails.at_least[i] : tails.at_most[i];
    if (same)
      row.reason = "ZERO_VARIANCE";
    else if (weights.is_island(static_cast<int>(i)))
      row.reason = "ISLAND";
    else if (command.statistic == "geary")
      row.reason = "NO_TAIL";
    else if (!std::isfinite(row.p))
      row.reason = "OTHERS_EQUAL";
  }
}

void Adjust(const HotspotsCommand& command, HotspotAnswer& answer) {
  std::vector<double> p;
  for (const HotspotRow& row : answer.rows) p.push_back(row.p);
  const std::vector<double> q = geo::AdjustPValues(p, AdjustmentByCode(command.correction));
  long long family = 0;
  for (std::size_t i = 0; i < q.size(); ++i) {
    HotspotRow& row = answer.rows[i];
    row.q = q[i];
    row.hot = q[i] <= command.fdr && (command.statistic == "moran" || row.z > 0);
    family += std::isfinite(row.p);
  }
  answer.settings = {.side = command.inference == "normal" ? "two_sided" : "high",
                     .family = family,
                     .correction = command.correction,
                     .seed = command.seed,
                     .draws = command.inference == "permutation" ? command.permutations : 0};
}

HotspotAnswer TestLocally(const HotspotsCommand& command, const HotspotGrid& grid) {
  const geo::MaskedGridWeights mask = WeightsOnMask(command, grid);
  HotspotAnswer answer;
  for (const HotspotGroup& group : grid.groups) {
    std::vector<double> values;
    int inside = 0;
    for (const geo::CellIndex cell : mask.cells) {
      values.push_back(group.counts[cell]);
      inside += group.counts[cell];
    }
    const int minimum = command.inference == "normal" ? std::max(command.min_normal, command.min_incidents)
                                                      : command.min_incidents;
    if (inside < minimum) {
      answer.too_few.emplace_back(group.label, inside);
      continue;
    }
    const std::size_t first = answer.rows.size();
    for (std::size_t i = 0; i < mask.cells.size(); ++i) {
      HotspotRow row;
      row.group = group.label;
      row.cell = mask.cells[i];
      row.reported = group.reported[row.cell];
      row.count = group.counts[row.cell];
      row.neighborhood_count = row.count;
      for (const geo::Neighbor& neighbor : mask.weights.row(static_cast<int>(i)))
        row.neighborhood_count += group.counts[mask.cells[static_cast<std::size_t>(neighbor.index)]];
      answer.rows.push_back(row);
    }
    FillLocalStatistic(command, values, mask.weights, answer.rows, first);
  }
  Adjust(command, answer);
  return answer;
}

}  // namespace lagesbild::tools
