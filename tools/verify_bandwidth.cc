#include <cmath>

#include "geo/bandwidth_objective.h"
#include "geo/bandwidth_selection.h"
#include "tools/verify_case.h"
#include "tools/verify_points.h"

namespace lagesbild::tools {
namespace {

using geo::BandwidthSelector;
using geo::Meters;

/// Selectors by the cases' names. Those that a peer corrects at the border are corrected here.
class Selectors {
 public:
  Selectors(const Incidents& incidents, const geo::StudyArea& area)
      : points_(incidents.points), area_(area), spread_(geo::SpreadOf(points_)) {}

  /// NaN for a name that is not known.
  double ByName(const std::string& name) const {
    if (name == "scott_sigma_x") return geo::ScottSd(spread_.sd_easting, spread_.points).value();
    if (name == "scott_sigma_y") return geo::ScottSd(spread_.sd_northing, spread_.points).value();
    if (name == "scott_iso") return Select(BandwidthSelector::kScott);
    if (name == "diggle_mse_cv") return Select(BandwidthSelector::kDiggle);
    if (name == "ppl_likelihood_cv") return Select(BandwidthSelector::kLikelihood);
    if (name == "lscv_edge_sparr") return Select(BandwidthSelector::kLeastSquares);
    if (name == "arcgis_default_radius") return geo::ArcgisRadius(spread_).value();
    if (name == "scipy_silverman_factor_2d") return geo::ScottFactor(spread_.points);
    return std::nan("");
  }

 private:
  double Select(BandwidthSelector selector) const {
    return geo::SelectBandwidth(points_, {.selector = selector,
                                          .kernel = geo::Kernel::kGaussian,
                                          .study_area = &area_,
                                          .search_from = {},
                                          .search_to = {}})
        .bandwidth.standard_deviation.value();
  }
  const std::vector<geo::PlanePoint>& points_;
  const geo::StudyArea& area_;
  geo::PointSpread spread_;
};

Table Bandwidths(const Table& keys, const Selectors& selectors) {
  std::vector<std::string> names;
  std::vector<double> values;
  for (const std::string& name : keys.texts("selector")) {
    const double value = selectors.ByName(name);
    if (std::isnan(value)) continue;
    names.push_back(name);
    values.push_back(value);
  }
  Table table;
  table.add("selector", names);
  table.add("value", values);
  return table;
}

Table Objectives(Table keys, const Incidents& incidents, const geo::StudyArea& area) {
  std::vector<double> squares, likelihoods, corrected_squares, corrected_likelihoods;
  for (const double sd : keys.numbers("sigma")) {
    squares.push_back(geo::LeastSquaresObjective(incidents.points, Meters{sd}, {}));
    likelihoods.push_back(geo::LikelihoodObjective(incidents.points, Meters{sd}, {}));
    const geo::ObjectiveOptions inside{.study_area = &area, .stop = {}};
    corrected_squares.push_back(geo::LeastSquaresObjective(incidents.points, Meters{sd}, inside));
    corrected_likelihoods.push_back(geo::LikelihoodObjective(incidents.points, Meters{sd}, inside));
  }
  keys.add("lscv_noedge_direct", squares);
  keys.add("lscv_uniform", corrected_squares);
  keys.add("sum_log_loo_intensity_noedge", likelihoods);
  keys.add("sum_log_loo_intensity_uniform", corrected_likelihoods);
  return keys;
}

}  // namespace

CaseResults RunBandwidth(const CaseInputs& inputs) {
  const Incidents incidents = ReadIncidents(inputs);
  const geo::StudyArea area = ReadWindow(inputs);
  CaseResults results;
  for (const std::string& file : inputs.expected_files()) {
    const Table keys = inputs.expected_keys(file);
    if (keys.find("selector")) results.files[file] = Bandwidths(keys, Selectors(incidents, area));
    if (keys.find("sigma")) results.files[file] = Objectives(keys, incidents, area);
  }
  return results;
}

}  // namespace lagesbild::tools
