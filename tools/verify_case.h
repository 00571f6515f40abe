#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "geo/spatial_weights.h"
#include "tools/verify_table.h"

namespace lagesbild::tools {

using Json = nlohmann::ordered_json;

/// What a runner may see of a case before it has computed its results: inputs, parameters, and of the
/// expected files their names and key columns only.
class CaseInputs {
 public:
  /// `entry` is one element of the manifest's `cases`.
  CaseInputs(std::filesystem::path folder, const Json& entry);

  const std::string& id() const { return id_; }
  /// Without the names that stand in `scalars`: those are results.
  const Json& params() const { return params_; }
  const Json& weights() const { return weights_; }
  const Json& grid() const { return grid_; }
  std::vector<std::string> expected_files() const;
  bool has_input(const std::string& file) const;
  Table input(const std::string& file) const;
  std::filesystem::path input_path(const std::string& file) const { return folder_ / file; }
  /// The key columns of an expected file; "#row" is the row number from 1.
  Table expected_keys(const std::string& file) const;

 private:
  std::filesystem::path folder_;
  std::string id_;
  Json params_, weights_, grid_, columns_;
  std::vector<std::string> headerless_;
};

/// What the library computed: a table for each expected file, and single values. A column that is absent is
/// unsupported.
struct CaseResults {
  std::map<std::string, Table> files;
  std::map<std::string, double> scalars;
};

using CaseRunner = CaseResults (*)(const CaseInputs&);

/// The runner of a kind, or null when the kind is not supported.
CaseRunner RunnerOf(std::string_view kind);

CaseResults RunMultipleTesting(const CaseInputs& inputs);
CaseResults RunLocalStatistics(const CaseInputs& inputs);
CaseResults RunDensityAtLocations(const CaseInputs& inputs);
CaseResults RunDensityRaster(const CaseInputs& inputs);
CaseResults RunBandwidth(const CaseInputs& inputs);
CaseResults RunAdaptiveDensity(const CaseInputs& inputs);
CaseResults RunRelativeRisk(const CaseInputs& inputs);
CaseResults RunDisplacementDifference(const CaseInputs& inputs);
CaseResults RunDisplacementQuotient(const CaseInputs& inputs);
CaseResults RunForecastAccuracy(const CaseInputs& inputs);
CaseResults RunMannKendall(const CaseInputs& inputs);
CaseResults RunEmpiricalBayes(const CaseInputs& inputs);
CaseResults RunEmergingHotspots(const CaseInputs& inputs);
CaseResults RunKnox(const CaseInputs& inputs);
CaseResults RunPointPatternTest(const CaseInputs& inputs);
CaseResults RunScanStatistic(const CaseInputs& inputs);

/// Weights of input_neighbours.csv (i, j and w, 1 where the column is absent) in the order of the ids.
geo::SpatialWeights GivenWeights(const CaseInputs& inputs, const std::vector<std::string>& ids);

}  // namespace lagesbild::tools
