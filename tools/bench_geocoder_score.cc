#include "tools/bench_geocoder_score.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "geo/projection.h"
#include "tools/bench_geocoder_registers.h"
#include "tools/verify_table.h"

namespace lagesbild::tools {
namespace {

using geo::MatchLevel;

constexpr double kToleranceM = 50;

bool IsConfident(const geo::GeocodeMatch& match) {
  return match.category == geo::MatchCategory::kA || match.category == geo::MatchCategory::kB;
}

bool IsEstimate(MatchLevel level) {
  return level == MatchLevel::kInterpolated || level == MatchLevel::kInterpolatedEnd;
}

bool IsAddress(MatchLevel level) {
  return level == MatchLevel::kAddressPoint || level == MatchLevel::kAddressNumber;
}

double NearestM(geo::PlanePoint point, const std::vector<geo::PlanePoint>& truths) {
  double nearest = std::numeric_limits<double>::infinity();
  for (const geo::PlanePoint& truth : truths) nearest = std::min(nearest, DistanceMeters(point, truth));
  return nearest;
}

/// The file's own rule: within its tolerance at any level, or not placed where the street is invented.
Outcome OutcomeInFile(const geo::GeocodeMatch& match, const std::string& truth, geo::PlanePoint point,
                      double tolerance_m) {
  if (!match.placed()) {
    if (truth.empty()) return Outcome::kRight;
    return match.reason == geo::UnplacedReason::kAmbiguous ? Outcome::kAmbiguous : Outcome::kNone;
  }
  return !truth.empty() && DistanceMeters(match.position, point) <= tolerance_m ? Outcome::kRight
                                                                                : Outcome::kWrong;
}

}  // namespace

void ClassScore::Count(Outcome outcome, const geo::GeocodeMatch& match) {
  ++asked;
  right += outcome == Outcome::kRight ? 1 : 0;
  wrong += outcome == Outcome::kWrong ? 1 : 0;
  outside += outcome == Outcome::kOutside ? 1 : 0;
  coarse += outcome == Outcome::kCoarse ? 1 : 0;
  ambiguous += outcome == Outcome::kAmbiguous ? 1 : 0;
  none += outcome == Outcome::kNone ? 1 : 0;
  wrong_confident += outcome == Outcome::kWrong && IsConfident(match) ? 1 : 0;
}

void ClassScore::Add(const ClassScore& other) {
  asked += other.asked;
  right += other.right;
  wrong += other.wrong;
  outside += other.outside;
  coarse += other.coarse;
  ambiguous += other.ambiguous;
  none += other.none;
  right_ambiguous += other.right_ambiguous;
  wrong_confident += other.wrong_confident;
  wrong_nearer += other.wrong_nearer;
}

Outcome OutcomeOf(const geo::GeocodeMatch& match, const NoisyQuery& query) {
  if (query.truths.empty()) return match.placed() ? Outcome::kWrong : Outcome::kRight;
  if (!match.placed()) {
    if (match.reason != geo::UnplacedReason::kAmbiguous) return Outcome::kNone;
    return query.has_equal || query.has_nearer ? Outcome::kRight : Outcome::kAmbiguous;
  }
  const double error_m = NearestM(match.position, query.truths);
  if (IsEstimate(match.level)) {
    if (error_m <= kToleranceM) return Outcome::kRight;
    if (error_m > match.accuracy_radius.value()) return Outcome::kOutside;
    return query.estimated ? Outcome::kRight : Outcome::kCoarse;
  }
  if (!IsAddress(match.level)) return Outcome::kCoarse;
  return error_m <= kToleranceM ? Outcome::kRight : Outcome::kWrong;
}

const char* OutcomeCode(Outcome outcome) {
  constexpr const char* kCodes[] = {"right", "wrong", "outside_radius", "coarse", "ambiguous", "none"};
  return kCodes[static_cast<std::size_t>(outcome)];
}

ClassScore ScoreQueries(const geo::Geocoder& geocoder, const std::vector<NoisyQuery>& queries,
                        std::size_t examples) {
  ClassScore score;
  for (const NoisyQuery& query : queries) {
    const geo::GeocodeMatch match = geocoder.Geocode({.address = query.text});
    const Outcome outcome = OutcomeOf(match, query);
    score.Count(outcome, match);
    if (outcome != Outcome::kRight && score.examples.size() < examples)
      score.examples.push_back(std::string(OutcomeCode(outcome)) + ": " + query.text +
                               (match.placed() ? " -> " + match.matched : ""));
    score.right_ambiguous += outcome == Outcome::kRight && !match.placed() && !query.truths.empty() ? 1 : 0;
    score.wrong_nearer += outcome == Outcome::kWrong && query.has_nearer ? 1 : 0;
  }
  return score;
}

std::vector<ClassScore> ScorePreparedQueries(const geo::Geocoder& malmo, const std::filesystem::path& data) {
  const Table table = ReadTable(data / kMalmoQueries);
  const auto noise = table.texts("noise_class"), text = table.texts("query"),
             truth = table.texts("truth_address");
  const auto easting = table.numbers("easting_3006"), northing = table.numbers("northing_3006"),
             tolerance = table.numbers("tolerance_m");
  std::vector<ClassScore> scores;
  std::map<std::string, std::size_t> places;  // the classes stand in the file's order
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const auto [at, added] = places.try_emplace(noise[i], scores.size());
    if (added) scores.push_back({.code = noise[i], .label_sv = noise[i], .label_en = noise[i]});
    const geo::GeocodeMatch match = malmo.Geocode({.address = text[i]});
    const geo::PlanePoint point{geo::Meters{easting[i]}, geo::Meters{northing[i]}};
    scores[at->second].Count(OutcomeInFile(match, truth[i], point, tolerance[i]), match);
  }
  return scores;
}

BlockScore ScorePhiladelphia(const geo::Geocoder& philadelphia, const std::filesystem::path& data) {
  const Table table = ReadTable(data / kPhiladelphiaPairs);
  const auto text = table.texts("query_text");
  const auto lat = table.numbers("lat"), lon = table.numbers("lon");
  const geo::Projection projection(kPhiladelphiaPlane);
  BlockScore score;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    ++score.asked;
    const geo::GeocodeMatch match = philadelphia.Geocode({.address = text[i]});
    if (!match.placed()) continue;
    const double error_m =
        DistanceMeters(match.position, projection.Forward({geo::Degrees{lon[i]}, geo::Degrees{lat[i]}}));
    ++score.answered;
    score.within_100_m += error_m <= 100 ? 1 : 0;
    score.within_250_m += error_m <= 250 ? 1 : 0;
    score.over_1_km += error_m > 1000 ? 1 : 0;
    score.over_1_km_confident += error_m > 1000 && IsConfident(match) ? 1 : 0;
  }
  return score;
}

}  // namespace lagesbild::tools
