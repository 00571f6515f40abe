#include "tools/bench_geocode/blocks.h"

#include <algorithm>
#include <iterator>
#include <sstream>

#include "tools/bench_geocode/score.h"
#include "tools/bench_geocode/text.h"

namespace lagesbild::tools::bench {
namespace {

/// A word as the gazetteer writes it: no quotes or dots, street types and directions shortened.
std::string Shortened(std::string word) {
  static const std::map<std::string, std::string> kShort = {
      {"STREET", "ST"}, {"AVENUE", "AVE"}, {"AV", "AVE"},   {"ROAD", "RD"},     {"LANE", "LN"},
      {"DRIVE", "DR"},  {"PLACE", "PL"},   {"COURT", "CT"}, {"TERRACE", "TER"}, {"BOULEVARD", "BLVD"},
      {"NORTH", "N"},   {"SOUTH", "S"},    {"EAST", "E"},   {"WEST", "W"}};
  std::erase_if(word, [](char c) { return c == '"' || c == '.' || c == ','; });
  const auto found = kShort.find(word);
  return found == kShort.end() ? word : found->second;
}

std::string Street(const std::string& name) {
  std::istringstream words(UpperText(name));
  std::string street, word;
  while (words >> word) street += (street.empty() ? "" : " ") + Shortened(word);
  return street;
}

}  // namespace

NaiveBlocks::NaiveBlocks(const geo::Gazetteer& gazetteer) {
  for (const geo::Address& address : gazetteer.addresses)
    streets_[Street(address.area)][address.number] = address.position;
}

std::optional<geo::PlanePoint> NaiveBlocks::Find(const std::string& text) const {
  std::istringstream words(UpperText(text));
  std::string word, street;
  int block = -1;
  while (words >> word) {
    if (word == "BLOCK" || word == "OF") continue;
    if (block < 0 && street.empty() && word.find_first_not_of("0123456789") == std::string::npos &&
        word.size() < 6)
      block = std::stoi(word) / 100 * 100;
    else
      street += (street.empty() ? "" : " ") + Shortened(word);
  }
  const auto found = streets_.find(street);
  if (block < 0 || found == streets_.end()) return std::nullopt;
  const auto above = found->second.lower_bound(block);
  if (above == found->second.end()) return std::prev(above)->second;
  if (above->first == block || above == found->second.begin()) return above->second;
  const auto below = std::prev(above);
  const double share = static_cast<double>(block - below->first) / (above->first - below->first);
  const auto between = [&](geo::Meters a, geo::Meters b) {
    return geo::Meters{a.value() + share * (b.value() - a.value())};
  };
  return geo::PlanePoint{between(below->second.easting, above->second.easting),
                         between(below->second.northing, above->second.northing)};
}

void BlockScore::Add(std::optional<double> distance_m, double radius_m, bool confident) {
  ++asked;
  if (!distance_m) return;
  ++answered;
  within_100 += *distance_m <= 100 ? 1 : 0;
  within_250 += *distance_m <= 250 ? 1 : 0;
  beyond_1000 += *distance_m > 1000 ? 1 : 0;
  confident_beyond_1000 += *distance_m > 1000 && confident ? 1 : 0;
  within_radius += *distance_m <= radius_m ? 1 : 0;
  distances.push_back(*distance_m);
}

void BlockScore::Add(const BlockScore& other) {
  asked += other.asked;
  answered += other.answered;
  within_100 += other.within_100;
  within_250 += other.within_250;
  beyond_1000 += other.beyond_1000;
  confident_beyond_1000 += other.confident_beyond_1000;
  within_radius += other.within_radius;
  distances.insert(distances.end(), other.distances.begin(), other.distances.end());
}

BlockScore PairScore::All() const {
  BlockScore all;
  for (const auto& [tier, score] : tiers) all.Add(score);
  return all;
}

PairScore AskNaive(const NaiveBlocks& naive, const std::vector<BenchQuery>& pairs) {
  PairScore score;
  for (const BenchQuery& pair : pairs) {
    const auto found = naive.Find(pair.address);
    score.tiers[pair.query_class].Add(
        found ? std::optional(Distance(*found, pair.truths.front())) : std::nullopt, 0, false);
  }
  return score;
}

PairScore AskBlocks(const geo::Geocoder& geocoder, const std::vector<BenchQuery>& pairs) {
  PairScore score;
  Score judged;
  for (const BenchQuery& pair : pairs) {
    const geo::GeocodeMatch match = geocoder.Geocode(AsPlaceQuery(pair));
    const Judgement one = Judge(pair, match);
    judged.Add(pair, match);
    score.tiers[pair.query_class].Add(match.placed() ? std::optional(one.distance_m) : std::nullopt,
                                      match.accuracy_radius.value(), one.confident);
  }
  score.levels = std::move(judged.levels);
  return score;
}

}  // namespace lagesbild::tools::bench
