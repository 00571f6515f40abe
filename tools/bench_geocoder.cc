#include "tools/bench_geocoder.h"

#include "tools/bench_geocoder_registers.h"
#include "tools/noise_classes.h"
#include "tools/noise_numbers.h"
#include "tools/noise_words.h"
#include "tools/verify_table.h"

namespace lagesbild::tools {
namespace {

constexpr std::uint64_t kHeldOutSeeds = 0x9E3779B97F4A7C15U;  ///< far from any seed a person gives
constexpr std::size_t kExactQueries = 20000;

std::uint64_t SeedOf(const GeocoderBenchOptions& options) {
  return options.held_out ? options.seed + kHeldOutSeeds : options.seed;
}

SpeedFigures Speed(const geo::Geocoder& malmo, const GeocoderBenchOptions& options) {
  const std::vector<std::string> mixed = ReadTable(options.data / kMalmoQueries).texts("query");
  NoiseRandom random(SeedOf(options), "exact");
  std::vector<std::string> exact;
  for (std::size_t i = 0; i < kExactQueries; ++i)
    exact.push_back(AddressText(random.Pick(malmo.gazetteer().addresses)));
  return MeasureSpeed(malmo, mixed, exact);
}

std::size_t ExamplesOf(const GeocoderBenchOptions& options) {
  return options.held_out ? 0 : options.examples;
}

ClassScore ScoreLeftOut(const NoiseRegister& places, const GeocoderBenchOptions& options) {
  NoiseRandom random(SeedOf(options), "left_out_number");
  LeftOutNumbers left_out = LeaveOutNumbers(places, options.count, random);
  ClassScore score =
      ScoreQueries(geo::Geocoder(std::move(left_out.rest)), left_out.queries, ExamplesOf(options));
  score.code = "left_out_number";
  score.label_sv = "nummer som saknas";
  score.label_en = "number left out";
  return score;
}

}  // namespace

ClassScore NoiseScores::All() const {
  ClassScore all{.code = "all", .label_sv = "alla", .label_en = "all"};
  for (const ClassScore& score : classes) all.Add(score);
  return all;
}

NoiseScores ScoreNoise(const geo::Geocoder& geocoder, const std::string& code, const std::string& town,
                       const GeocoderBenchOptions& options) {
  const NoiseRegister places(geocoder.gazetteer());
  const NoiseVocabulary words = WordsOf(geocoder.gazetteer().address_style, options.held_out, town);
  NoiseScores scores{code, town, {}};
  for (const NoiseClass& noise : NoiseClasses()) {
    ClassScore score = ScoreQueries(
        geocoder, MakeQueries(noise, places, words, SeedOf(options), options.count), ExamplesOf(options));
    score.code = noise.code;
    score.label_sv = noise.label_sv;
    score.label_en = noise.label_en;
    scores.classes.push_back(std::move(score));
  }
  scores.classes.push_back(ScoreLeftOut(places, options));
  return scores;
}

GeocoderBench RunGeocoderBench(const GeocoderBenchOptions& options,
                               const std::function<void(double, const std::string&)>& progress) {
  CheckBenchData(options.data);
  GeocoderBench bench;
  progress(0, "Malmö");
  const geo::Geocoder malmo(MalmoRegister(options.data));
  bench.speed = Speed(malmo, options);
  progress(0.1, "adversarial");
  bench.adversarial = MeasureAdversarial(malmo, AdversarialInputs(malmo.gazetteer()));
  progress(0.2, "malmo_noisy_queries");
  bench.prepared = ScorePreparedQueries(malmo, options.data);
  progress(0.3, "Philadelphia");
  bench.philadelphia = ScorePhiladelphia(geo::Geocoder(PhiladelphiaRegister(options.data)), options.data);
  progress(0.4, "Malmö, noise");
  bench.noise.push_back(ScoreNoise(malmo, "malmo", "Malmö", options));
  progress(0.6, "Elverum, noise");
  const geo::Geocoder elverum(ElverumRegister(options.data));
  bench.noise.push_back(ScoreNoise(elverum, "elverum", "Elverum", options));
  progress(0.7, "Malmö, leave-one-out");
  bench.folds.push_back(
      {"malmo", "Malmö", LeaveOutInFolds(malmo.gazetteer(), SeedOf(options), options.folds)});
  progress(0.9, "Elverum, leave-one-out");
  bench.folds.push_back(
      {"elverum", "Elverum", LeaveOutInFolds(elverum.gazetteer(), SeedOf(options), options.folds)});
  progress(1, "");
  return bench;
}

}  // namespace lagesbild::tools
