#include "tools/bench_geocoder_json.h"

#include <nlohmann/json.hpp>

namespace lagesbild::tools {
namespace {

using Json = nlohmann::ordered_json;

Json ToJson(const ClassScore& s) {
  Json json = {{"code", s.code},
               {"asked_count", s.asked},
               {"right_count", s.right},
               {"right_ambiguous_count", s.right_ambiguous},
               {"wrong_count", s.wrong},
               {"wrong_confident_count", s.wrong_confident},
               {"wrong_nearer_to_another_count", s.wrong_nearer},
               {"outside_radius_count", s.outside},
               {"coarse_count", s.coarse},
               {"ambiguous_count", s.ambiguous},
               {"none_count", s.none}};
  if (!s.examples.empty()) json["examples"] = s.examples;
  return json;
}

/// A NaN would be written as null by the library too; said here because it is meant.
Json ToJson(const EstimateErrors& e) {
  return {{"count", e.error_m.size()},
          {"p50_m", e.Quantile(0.5)},
          {"p90_m", e.Quantile(0.9)},
          {"p95_m", e.Quantile(0.95)},
          {"inside_radius_share", e.InsideShare()}};
}

Json ToJson(const std::vector<ClassScore>& scores) {
  Json list = Json::array();
  for (const ClassScore& score : scores) list.push_back(ToJson(score));
  return list;
}

}  // namespace

std::string BenchJson(const GeocoderBench& bench, const GeocoderBenchOptions& options) {
  Json json = {{"set", options.held_out ? "held-out" : "dev"}, {"seed", options.seed}};
  json["throughput"] = {{"scan_per_cpu_s", bench.speed.scan_per_s},
                        {"nearest_scan_per_cpu_s", bench.speed.nearest_scan_per_s},
                        {"mixed_per_cpu_s", bench.speed.mixed_per_s},
                        {"mixed_ratio", bench.speed.mixed_ratio()},
                        {"exact_per_cpu_s", bench.speed.exact_per_s},
                        {"exact_ratio", bench.speed.exact_ratio()}};
  json["adversarial"] = {{"input_count", bench.adversarial.inputs},
                         {"placed_count", bench.adversarial.placed},
                         {"p99_ms", bench.adversarial.p99_ms},
                         {"max_ms", bench.adversarial.max_ms},
                         {"slowest_bytes", bench.adversarial.slowest_bytes}};
  json["malmo_noisy_queries"] = ToJson(bench.prepared);
  const BlockScore& b = bench.philadelphia;
  json["philadelphia"] = {{"asked_count", b.asked},
                          {"answered_count", b.answered},
                          {"within_100_m_count", b.within_100_m},
                          {"within_250_m_count", b.within_250_m},
                          {"over_1_km_count", b.over_1_km},
                          {"over_1_km_confident_count", b.over_1_km_confident}};
  for (const RegisterFolds& f : bench.folds)
    json["leave_one_out"].push_back({{"register", f.code},
                                     {"asked_count", f.errors.asked},
                                     {"interpolated", ToJson(f.errors.between)},
                                     {"interpolated_end", ToJson(f.errors.end)},
                                     {"elsewhere_count", f.errors.elsewhere}});
  for (const NoiseScores& n : bench.noise)
    json["noise"].push_back({{"register", n.code}, {"classes", ToJson(n.classes)}, {"all", ToJson(n.All())}});
  return json.dump(2);
}

}  // namespace lagesbild::tools
