#include "tools/noise_numbers.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace lagesbild::tools {
namespace {

constexpr double kSamePlaceM = 50;
constexpr int kLargestNumber = 9999;

geo::PlanePoint MiddleOf(const std::vector<geo::PlanePoint>& points) {
  double easting = 0, northing = 0;
  for (const geo::PlanePoint& p : points) {
    easting += p.easting.value();
    northing += p.northing.value();
  }
  const auto n = static_cast<double>(points.size());
  return {geo::Meters{easting / n}, geo::Meters{northing / n}};
}

}  // namespace

std::vector<StreetSide> SidesOf(const NoiseRegister& places) {
  std::vector<StreetSide> sides;
  for (const NoiseRegister::Street& street : places.streets()) {
    std::map<std::pair<int, int>, std::vector<int>> numbers;  // by parity, number
    for (const int i : street.addresses) {
      const int number = places.address(i).number;
      if (number > 0) numbers[{number % 2, number}].push_back(i);
    }
    int parity = -1;
    for (const auto& [key, addresses] : numbers) {
      if (key.first != parity) sides.push_back({street.name, {}});
      parity = key.first;
      std::vector<geo::PlanePoint> points;
      for (const int i : addresses) points.push_back(places.address(i).position);
      sides.back().numbers.push_back({key.second, addresses, MiddleOf(points)});
    }
  }
  return sides;
}

geo::Gazetteer Without(const geo::Gazetteer& gazetteer, const std::vector<int>& addresses) {
  std::vector<bool> dropped(gazetteer.addresses.size());
  for (const int i : addresses) dropped[static_cast<std::size_t>(i)] = true;
  geo::Gazetteer rest = gazetteer;
  rest.addresses.clear();
  for (std::size_t i = 0; i < dropped.size(); ++i)
    if (!dropped[i]) rest.addresses.push_back(gazetteer.addresses[i]);
  return rest;
}

std::optional<NoisyQuery> MissingLetter(const NoiseSource& source, const geo::Address& address) {
  if (address.letter.empty() || address.number == 0) return std::nullopt;
  NoisyQuery query;
  for (const int i : source.places.StreetOf(address).addresses) {
    const geo::Address& a = source.places.address(i);
    if (a.number != address.number) continue;
    if (a.letter.empty()) return std::nullopt;
    query.truths.push_back(a.position);
  }
  for (const geo::PlanePoint& p : query.truths)
    query.has_equal = query.has_equal || DistanceMeters(p, query.truths.front()) > kSamePlaceM;
  query.truths.push_back(MiddleOf(query.truths));
  query.text = address.area + " " + std::to_string(address.number);
  return query;
}

std::optional<NoisyQuery> FarNumber(const NoiseSource& source, const geo::Address& address) {
  const int number =
      3 * source.places.StreetOf(address).highest + 200 + static_cast<int>(source.random.Below(300));
  if (number > kLargestNumber || address.number == 0) return std::nullopt;
  NoisyQuery query;
  query.text = address.area + " " + std::to_string(number);
  return query;
}

LeftOutNumbers LeaveOutNumbers(const NoiseRegister& places, std::size_t count, NoiseRandom& random) {
  const std::vector<StreetSide> sides = SidesOf(places);
  std::vector<std::pair<std::size_t, std::size_t>> between;  // side, number
  for (std::size_t s = 0; s < sides.size(); ++s)
    for (std::size_t n = 1; n + 1 < sides[s].numbers.size(); ++n) between.emplace_back(s, n);
  std::set<std::pair<std::size_t, std::size_t>> chosen;
  for (std::size_t tries = 20 * count; chosen.size() < count && tries > 0 && !between.empty(); --tries) {
    const auto [s, n] = random.Pick(between);
    if (!chosen.contains({s, n - 1}) && !chosen.contains({s, n + 1})) chosen.insert({s, n});
  }
  LeftOutNumbers result;
  std::vector<int> dropped;
  for (const auto& [s, n] : chosen) {
    const HouseNumber& house = sides[s].numbers[n];
    dropped.insert(dropped.end(), house.addresses.begin(), house.addresses.end());
    NoisyQuery query;
    query.text = sides[s].street + " " + std::to_string(house.number);
    query.truths = {house.middle};
    query.estimated = true;
    result.queries.push_back(std::move(query));
  }
  result.rest = Without(places.gazetteer(), dropped);
  return result;
}

}  // namespace lagesbild::tools
