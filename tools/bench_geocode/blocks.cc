#include "tools/bench_geocode/blocks.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <sstream>

#include "geo/projection.h"
#include "maps/errors.h"
#include "maps/table_input.h"
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

double Number(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) throw std::invalid_argument("no number");
  return value;
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

std::vector<BenchQuery> ReadPairs(const std::filesystem::path& file, geo::Epsg plane) {
  const geo::Projection projection(plane);
  std::array<std::size_t, 3> columns{};
  constexpr std::array<const char*, 3> kNames = {"query_text", "lat", "lon"};
  std::vector<BenchQuery> pairs;
  maps::TableOptions options;
  options.delimiter = ',';
  maps::ReadTable(
      file, options,
      [&](const std::vector<std::string>& header) {
        for (std::size_t i = 0; i < kNames.size(); ++i) {
          const auto found = std::find(header.begin(), header.end(), kNames[i]);
          if (found == header.end())
            throw maps::IoError(file.string(), std::string("lacks the column ") + kNames[i]);
          columns[i] = static_cast<std::size_t>(found - header.begin());
        }
      },
      [&](maps::TableRow&& row) {
        try {
          if (!row.error.empty()) throw std::invalid_argument(row.error);
          BenchQuery query;
          query.query_class = "pair";
          query.address = row.cells[columns[0]];
          query.truths = {projection.Forward(
              {geo::Degrees{Number(row.cells[columns[2]])}, geo::Degrees{Number(row.cells[columns[1]])}})};
          pairs.push_back(std::move(query));
        } catch (const std::invalid_argument&) {
          throw maps::IoError(file.string(),
                              "line " + std::to_string(row.number) + ": lat and lon must be degrees");
        }
      });
  return pairs;
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

BlockScore AskNaive(const NaiveBlocks& naive, const std::vector<BenchQuery>& pairs) {
  BlockScore score;
  for (const BenchQuery& pair : pairs) {
    const auto found = naive.Find(pair.address);
    score.Add(found ? std::optional(Distance(*found, pair.truths.front())) : std::nullopt, 0, false);
  }
  return score;
}

BlockScore AskBlocks(const geo::Geocoder& geocoder, const std::vector<BenchQuery>& pairs) {
  BlockScore score;
  for (const BenchQuery& pair : pairs) {
    const geo::GeocodeMatch match = geocoder.Geocode(AsPlaceQuery(pair));
    const Judgement judged = Judge(pair, match);
    score.Add(match.placed() ? std::optional(judged.distance_m) : std::nullopt, match.accuracy_radius.value(),
              judged.confident);
  }
  return score;
}

}  // namespace lagesbild::tools::bench
