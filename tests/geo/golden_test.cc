// Our statistics against values of peers on data that tools/golden/make.R made; see tests/golden/README.md.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "geo/adaptive_density.h"
#include "geo/bandwidth_objective.h"
#include "geo/bandwidth_selection.h"
#include "geo/getis_ord.h"
#include "geo/hotspot_test.h"
#include "geo/hypergeometric.h"
#include "geo/kernel_density.h"
#include "geo/local_moran.h"
#include "geo/multiple_testing.h"
#include "geo/point_pattern_test.h"
#include "geo/poisson_comparison.h"
#include "geo/poisson_tail.h"
#include "geo/relative_risk.h"
#include "geo/released_hot_areas.h"

namespace lagesbild::geo {
namespace {

using Columns = std::map<std::string, std::vector<double>>;

/// Numbers by column; text is NaN. Lines that begin with # are comments.
Columns ReadGolden(const std::string& name) {
  std::ifstream file(LAGESBILD_SOURCE_DIR "/tests/golden/" + name);
  EXPECT_TRUE(file) << name;
  Columns columns;
  std::vector<std::string> names;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream fields(line);
    std::vector<std::string> values;
    for (std::string field; std::getline(fields, field, ',');) values.push_back(field);
    if (names.empty()) {
      names = values;
      continue;
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
      char* end = nullptr;
      const double number = std::strtod(values.at(i).c_str(), &end);
      columns[names[i]].push_back(*end == '\0' ? number : std::nan(""));
    }
  }
  return columns;
}

void ExpectNear(const std::vector<double>& ours, const std::vector<double>& golden, double tolerance,
                const std::string& what) {
  ASSERT_EQ(ours.size(), golden.size()) << what;
  ASSERT_FALSE(golden.empty()) << what;
  double largest = 0;
  for (const double value : golden)
    if (!std::isnan(value)) largest = std::max(largest, std::abs(value));
  for (std::size_t i = 0; i < ours.size(); ++i) {
    if (std::isnan(golden[i]))
      EXPECT_TRUE(std::isnan(ours[i])) << what << ", row " << i;
    else
      EXPECT_NEAR(ours[i], golden[i], tolerance * largest) << what << ", row " << i;
  }
}

SpatialWeights Queen6x6() {
  return ContiguityWeights(Grid<char>({{}, Meters{100}, 6, 6}, 1), Contiguity::kQueen).weights;
}

TEST(GetisOrd, MatchesSpdepOnASixBySixGrid) {
  auto golden = ReadGolden("grid_6x6.csv");
  const auto gi = GetisOrdG(golden["value"], Queen6x6()),
             star = GetisOrdGStar(golden["value"], WithSelf(Queen6x6()));
  ExpectNear(gi.value, golden["gi"], 1e-9, "Gi");
  ExpectNear(gi.expected, golden["gi_expected"], 1e-9, "E Gi");
  ExpectNear(gi.variance, golden["gi_variance"], 1e-9, "V Gi");
  ExpectNear(gi.z_scores, golden["gi_z"], 1e-9, "z Gi");
  ExpectNear(star.value, golden["gi_star"], 1e-9, "Gi*");
  ExpectNear(star.expected, golden["gi_star_expected"], 1e-9, "E Gi*");
  ExpectNear(star.variance, golden["gi_star_variance"], 1e-9, "V Gi*");
  ExpectNear(star.z_scores, golden["gi_star_z"], 1e-9, "z Gi*");
}

TEST(LocalMoran, MatchesSpdepOnASixBySixGrid) {
  auto golden = ReadGolden("grid_6x6.csv");
  const SpatialWeights weights = RowStandardized(Queen6x6());
  const auto moran = LocalMoranI(golden["value"], weights);
  ExpectNear(moran.value, golden["moran"], 1e-9, "I");
  ExpectNear(moran.conditional.expected, golden["moran_expected"], 1e-9, "E I");
  ExpectNear(moran.conditional.variance, golden["moran_variance"], 1e-9, "V I");
  ExpectNear(moran.conditional.z_scores, golden["moran_z"], 1e-9, "z I");
  ExpectNear(moran.total.expected, golden["moran_total_expected"], 1e-9, "E I, total");
  ExpectNear(moran.total.variance, golden["moran_total_variance"], 1e-9, "V I, total");
  ExpectNear(moran.total.z_scores, golden["moran_total_z"], 1e-9, "z I, total");
  ExpectNear(LocalGeary(golden["value"], weights), golden["geary"], 1e-9, "C");
}

TEST(GlobalMoran, MatchesSpdepOnASixBySixGrid) {
  auto values = ReadGolden("grid_6x6.csv")["value"];
  auto golden = ReadGolden("grid_6x6_global.csv");
  const SpatialWeights weights = RowStandardized(Queen6x6());
  const GlobalStatistic ours[] = {GlobalMoran(values, weights), GlobalGeary(values, weights)};
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NEAR(ours[i].value / golden["value"].at(i), 1, 1e-9);
    EXPECT_NEAR(ours[i].expected / golden["expected"].at(i), 1, 1e-9);
    EXPECT_NEAR(ours[i].variance / golden["variance"].at(i), 1, 1e-9);
    EXPECT_NEAR(ours[i].z_score / golden["z"].at(i), 1, 1e-9);
  }
}

std::vector<PlanePoint> Points(Columns& columns) {
  std::vector<PlanePoint> points;
  for (std::size_t i = 0; i < columns["x"].size(); ++i)
    points.push_back({Meters{columns["x"][i]}, Meters{columns["y"][i]}});
  return points;
}

StudyArea GoldenArea() {
  auto rings = ReadGolden("density_area.csv");
  const auto points = Points(rings);
  Polygon polygon{.outer = {}, .holes = {Ring()}};
  for (std::size_t i = 0; i < points.size(); ++i)
    (rings["ring"][i] == 0 ? polygon.outer : polygon.holes[0]).push_back(points[i]);
  return StudyArea({polygon});
}

std::vector<double> PerM2(std::vector<double> densities) {
  for (double& density : densities) density *= 1e-6;
  return densities;
}

TEST(KernelDensity, MatchesSpatstatInAPolygonWithAHole) {
  const StudyArea area = GoldenArea();
  auto points = ReadGolden("density_points.csv"), golden = ReadGolden("density_locations.csv");
  for (const auto& [name, kernel, bandwidth] : {std::tuple{std::string("quartic"), Kernel::kQuartic, 900.0},
                                                {std::string("gaussian"), Kernel::kGaussian, 300.0}})
    for (const auto& [estimator, edge, tolerance] : {std::tuple{"raw_", EdgeCorrection::kNone, 1e-9},
                                                     {"uniform_", EdgeCorrection::kUniform, 5e-3},
                                                     {"diggle_", EdgeCorrection::kDiggle, 5e-3}}) {
      const auto ours = KernelDensityAt(
          Points(points), points["w"], Points(golden),
          {.kernel = kernel, .bandwidth = Meters{bandwidth}, .edge = edge, .study_area = &area});
      ExpectNear(PerM2(ours), golden[estimator + name], tolerance, estimator + name);
    }
}

TEST(LeaveOneOutDensity, MatchesSpatstatWithWeights) {
  auto golden = ReadGolden("density_points.csv");
  const auto points = Points(golden);
  ExpectNear(
      PerM2(LeaveOneOutDensity(points, golden["w"], {.kernel = Kernel::kQuartic, .bandwidth = Meters{900}})),
      golden["loo_quartic"], 1e-9, "quartic");
  ExpectNear(
      PerM2(LeaveOneOutDensity(points, golden["w"], {.kernel = Kernel::kGaussian, .bandwidth = Meters{300}})),
      golden["loo_gaussian"], 1e-9, "gaussian");
}

TEST(SelectBandwidth, MatchesSpatstat) {
  const StudyArea area = GoldenArea();
  auto points = ReadGolden("bandwidth_points.csv"), golden = ReadGolden("bandwidth_selectors.csv");
  BandwidthSelectionOptions options;
  options.selector = BandwidthSelector::kScott;
  const auto scott = SelectBandwidth(Points(points), options);
  EXPECT_NEAR(scott.sd_easting->value() / golden["scott_x"].at(0), 1, 1e-9);
  EXPECT_NEAR(scott.sd_northing->value() / golden["scott_y"].at(0), 1, 1e-9);
  EXPECT_NEAR(scott.bandwidth.standard_deviation.value() / golden["scott"].at(0), 1, 1e-9);
  options.selector = BandwidthSelector::kDiggle;
  options.study_area = &area;
  EXPECT_NEAR(
      SelectBandwidth(Points(points), options).bandwidth.standard_deviation.value() / golden["diggle"].at(0),
      1, 1e-9);
}

TEST(BandwidthObjectives, MatchKsAndSpatstat) {
  const StudyArea area = GoldenArea();
  auto points = ReadGolden("bandwidth_points.csv"), golden = ReadGolden("bandwidth_objectives.csv");
  std::vector<double> squares, likelihoods, corrected;
  for (const double sd : golden["sigma"]) {
    squares.push_back(LeastSquaresObjective(Points(points), Meters{sd}, {}));
    likelihoods.push_back(LikelihoodObjective(Points(points), Meters{sd}, {}));
    corrected.push_back(LikelihoodObjective(Points(points), Meters{sd}, {.study_area = &area, .stop = {}}));
  }
  ExpectNear(squares, golden["least_squares"], 1e-9, "least squares");
  ExpectNear(likelihoods, golden["likelihood"], 1e-9, "likelihood");
  ExpectNear(corrected, golden["likelihood_uniform"], 1e-2, "likelihood, corrected");
}

TEST(AbramsonBandwidths, MatchSpatstat) {
  const StudyArea area = GoldenArea();
  auto points = ReadGolden("bandwidth_points.csv"), golden = ReadGolden("adaptive_bandwidths.csv");
  AdaptiveOptions options;
  options.bandwidth = Meters{350};
  options.pilot_bandwidth = Meters{300};
  options.study_area = &area;
  std::vector<double> ours;
  for (const Meters h : AbramsonBandwidths(Points(points), {}, options).bandwidths) ours.push_back(h.value());
  ExpectNear(ours, golden["h"], 0.02, "bandwidths");
}

TEST(RelativeRisk, MatchesSparr) {
  const StudyArea area = GoldenArea();
  auto points = ReadGolden("bandwidth_points.csv"), golden = ReadGolden("relative_risk.csv");
  std::vector<PlanePoint> cases, controls;
  for (std::size_t i = 0; i < points["x"].size(); ++i)
    (points["group"][i] == 1 ? cases : controls).push_back(Points(points)[i]);
  RelativeRiskOptions options;
  options.bandwidth = Meters{400};
  options.study_area = &area;
  options.min_pooled_share = 0;
  const auto risk = RelativeRiskAt(cases, controls, Points(golden), options);
  ASSERT_GT(risk.values.size(), 50u);
  for (std::size_t i = 0; i < risk.values.size(); ++i) {
    EXPECT_NEAR(risk.values[i].log_ratio, golden["log_ratio"][i], 0.1) << i;
    EXPECT_NEAR(risk.values[i].p_upper, golden["p_upper"][i], 0.03) << i;
  }
}

TEST(AdjustPValues, MatchesR) {
  auto golden = ReadGolden("p_adjust.csv");
  const auto check = [&](const char* name, Adjustment adjustment) {
    const auto ours = AdjustPValues(golden["p"], adjustment);
    for (std::size_t i = 0; i < ours.size(); ++i) {
      if (std::isnan(golden[name].at(i)))
        EXPECT_TRUE(std::isnan(ours[i])) << name;
      else
        EXPECT_NEAR(ours[i], golden[name][i], 1e-12) << name;
    }
  };
  ASSERT_EQ(golden["p"].size(), 31u);
  check("BH", Adjustment::kBenjaminiHochberg);
  check("BY", Adjustment::kBenjaminiYekutieli);
  check("holm", Adjustment::kHolm);
  check("hochberg", Adjustment::kHochberg);
  check("bonferroni", Adjustment::kBonferroni);
}

TEST(BinomialUpperTail, MatchesR) {
  auto golden = ReadGolden("binomial_tail.csv");
  ASSERT_GT(golden["tail"].size(), 80u);
  for (std::size_t i = 0; i < golden["tail"].size(); ++i) {
    const int y = static_cast<int>(golden["y"][i]), n = static_cast<int>(golden["n"][i]);
    EXPECT_NEAR(BinomialUpperTail(y, n, golden["p"][i]) / golden["tail"][i], 1, 1e-11)
        << "y " << y << ", n " << n << ", p " << golden["p"][i];
  }
}

TEST(PoissonComparison, MatchesR) {
  auto golden = ReadGolden("poisson_comparison.csv");
  ASSERT_GT(golden["p"].size(), 10u);
  for (std::size_t i = 0; i < golden["p"].size(); ++i) {
    const double days = golden["days_first"][i] + golden["days_second"][i];
    const double p =
        PoissonComparisonPValue(static_cast<int>(golden["first"][i]), static_cast<int>(golden["second"][i]),
                                golden["days_first"][i] / days);
    EXPECT_NEAR(p / golden["p"][i], 1, 1e-12) << "row " << i;
  }
}

/// Relative to the peer's value; 0 and NaN must be the same on both sides.
void ExpectRatio(double ours, double theirs, double tolerance, std::size_t row) {
  if (std::isnan(theirs))
    EXPECT_TRUE(std::isnan(ours)) << "row " << row;
  else
    EXPECT_NEAR(ours, theirs, tolerance * std::abs(theirs)) << "row " << row;
}

TEST(Hypergeometric, MatchesR) {
  auto golden = ReadGolden("hypergeometric.csv");
  ASSERT_EQ(golden["x"].size(), 9u);
  for (std::size_t i = 0; i < golden["x"].size(); ++i) {
    const auto whole = [&](const char* name) { return static_cast<long long>(golden[name][i]); };
    const long long total = whole("total"), marked = whole("marked"), draws = whole("draws"), x = whole("x");
    ExpectRatio(HypergeometricChance(x, total, marked, draws), golden["chance"][i], 1e-11, i);
    ExpectRatio(FisherTwoSided(x, total, marked, draws), golden["fisher"][i], 1e-11, i);
    EXPECT_EQ(HypergeometricQuantile(0.025, total, marked, draws), whole("low")) << "row " << i;
    EXPECT_EQ(HypergeometricQuantile(0.975, total, marked, draws), whole("high")) << "row " << i;
  }
}

TEST(PoissonUpperTail, MatchesR) {
  auto golden = ReadGolden("poisson_tail.csv");
  ASSERT_EQ(golden["mean"].size(), 10u);
  for (std::size_t i = 0; i < golden["mean"].size(); ++i)
    ExpectRatio(PoissonUpperTail(static_cast<long long>(golden["count"][i]), golden["mean"][i]),
                golden["upper"][i], 1e-11, i);
}

TEST(ComparePatterns, MatchesR) {
  auto golden = ReadGolden("point_pattern.csv");
  std::vector<PatternCounts> counts;
  for (std::size_t i = 0; i < golden["base"].size(); ++i)
    counts.push_back({static_cast<long long>(golden["base"][i]), static_cast<long long>(golden["test"][i])});
  ASSERT_EQ(counts.size(), 6u);
  const PatternTest test = ComparePatterns(counts, {});
  for (std::size_t i = 0; i < counts.size(); ++i) {
    ExpectRatio(test.areas[i].low_percent, golden["low"][i], 1e-12, i);
    ExpectRatio(test.areas[i].high_percent, golden["high"][i], 1e-12, i);
    ExpectRatio(test.areas[i].chi_squared_p, golden["chi_squared"][i], 1e-11, i);
    ExpectRatio(test.chi_squared_by[i], golden["by"][i], 1e-11, i);
    ExpectRatio(test.chi_squared_bh[i], golden["bh"][i], 1e-11, i);
    ExpectRatio(test.areas[i].fisher_p, golden["fisher"][i], 1e-11, i);
  }
}

TEST(HotAreaPValues, MatchRWithSuppressedAreasInTheFamily) {
  auto golden = ReadGolden("released_hot_areas.csv");
  std::vector<int> counts;
  for (const double count : golden["count"]) counts.push_back(static_cast<int>(count));
  std::vector<double> p_values = HotAreaPValues(counts, golden["inhabitants"]);
  ASSERT_EQ(p_values.size(), 5u);
  for (std::size_t i = 0; i < p_values.size(); ++i) EXPECT_NEAR(p_values[i] / golden["p"][i], 1, 1e-12);
  p_values.resize(8, 1.0);
  const std::vector<double> adjusted = AdjustPValues(p_values, Adjustment::kBenjaminiHochberg);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(adjusted[i] / golden["adjusted"][i], 1, 1e-12);
}

}  // namespace
}  // namespace lagesbild::geo
