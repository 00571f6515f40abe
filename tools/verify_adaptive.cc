#include <cmath>

#include "geo/adaptive_density.h"
#include "tools/verify_case.h"
#include "tools/verify_points.h"

namespace lagesbild::tools {
namespace {

using geo::AdaptiveEdge;
using geo::Meters;

std::vector<double> Values(const std::vector<Meters>& lengths) {
  std::vector<double> values;
  for (const Meters length : lengths) values.push_back(length.value());
  return values;
}

geo::AdaptiveOptions Options(const CaseInputs& inputs, const geo::StudyArea& area) {
  const Json& params = inputs.params();
  geo::AdaptiveOptions options;
  if (const auto kernel = KernelNamed(params.value("kernel", "gaussian"))) options.kernel = *kernel;
  options.bandwidth = Meters{params.at("h0").get<double>()};
  options.pilot_bandwidth = Meters{params.at("hp").get<double>()};
  options.trim = params.value("trim", options.trim);
  options.study_area = &area;
  return options;
}

}  // namespace

CaseResults RunAdaptiveDensity(const CaseInputs& inputs) {
  const Incidents incidents = ReadIncidents(inputs);
  const geo::StudyArea area = ReadWindow(inputs);
  geo::AdaptiveOptions options = Options(inputs, area);
  const geo::AdaptiveBandwidths adaptive =
      geo::AbramsonBandwidths(incidents.points, incidents.weights, options);
  CaseResults results;
  // From the pilot per km² to the peer's, which integrates to about 1 and is per m².
  const double per_km2_to_share = 1e-6 / static_cast<double>(incidents.points.size());
  results.scalars["gamma_sparr"] = std::exp(adaptive.log_gamma - 0.5 * std::log(per_km2_to_share));
  for (const std::string& file : inputs.expected_files()) {
    Table table = inputs.expected_keys(file);
    if (table.find("id")) {
      Table ours;
      ours.add("id", incidents.ids);
      ours.add("pilot_intensity_exact", InPerM2(adaptive.pilot_per_km2));
      ours.add("h_exact", Values(adaptive.bandwidths));
      results.files[file] = ours;
      continue;
    }
    const std::vector<geo::PlanePoint> locations = Points(table);
    const std::pair<const char*, AdaptiveEdge> estimates[] = {
        {"raw_exact", AdaptiveEdge::kNone},
        {"uniform_per_kernel_exact", AdaptiveEdge::kUniform},
        {"diggle_exact", AdaptiveEdge::kDiggle},
        {"uniform_sparr_convention_exact", AdaptiveEdge::kUniformAtLocation}};
    for (const auto& [name, edge] : estimates) {
      options.edge = edge;
      table.add(name, InPerM2(geo::AdaptiveDensityAt(incidents.points, incidents.weights, adaptive, locations,
                                                     options)));
    }
    table.add("h_at_location_exact", Values(geo::AbramsonBandwidthsAt(locations, incidents.points,
                                                                      incidents.weights, adaptive, options)));
    results.files[file] = table;
  }
  return results;
}

}  // namespace lagesbild::tools
