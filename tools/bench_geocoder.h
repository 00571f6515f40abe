#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tools/bench_geocoder_folds.h"
#include "tools/bench_geocoder_score.h"
#include "tools/bench_geocoder_speed.h"

namespace lagesbild::tools {

struct GeocoderBenchOptions {
  std::filesystem::path data;
  bool held_out = false;  ///< other seeds and other wordings than the dev set's
  std::uint64_t seed = 1;
  std::size_t count = 400;  ///< queries of each kind of noise
  int folds = 5;
  /// Queries of each class that were not right, to be looked at; none of the held-out set, which would no
  /// longer be held out.
  std::size_t examples = 0;
};

/// One register's made-up noise.
struct NoiseScores {
  std::string code, label;
  std::vector<ClassScore> classes;
  ClassScore All() const;
};

struct RegisterFolds {
  std::string code, label;
  FoldErrors errors;
};

struct GeocoderBench {
  SpeedFigures speed;
  AdversarialTimes adversarial;
  std::vector<ClassScore> prepared;
  BlockScore philadelphia;
  std::vector<RegisterFolds> folds;
  std::vector<NoiseScores> noise;
};

/// The made-up noise of one register, in the order of NoiseClasses, numbers left out last. Same register and
/// options: same queries.
NoiseScores ScoreNoise(const geo::Geocoder& geocoder, const std::string& code, const std::string& town,
                       const GeocoderBenchOptions& options);

/// All of it; `progress` gets the share done and the stage. Throws geo::InvalidInput when a file of the data
/// folder is missing.
GeocoderBench RunGeocoderBench(const GeocoderBenchOptions& options,
                               const std::function<void(double, const std::string&)>& progress);

}  // namespace lagesbild::tools
