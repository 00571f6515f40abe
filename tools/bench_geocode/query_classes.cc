#include "tools/bench_geocode/query_classes.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

namespace lagesbild::tools::bench {

std::optional<BenchQuery> ClassWriter::LetterRange(int address) {
  const BenchStreet& of = street(address);
  const int number = view_.address(address).number;
  std::set<std::string> letters;
  for (const int bearer : of.numbers.at(number))
    if (view_.address(bearer).letter.size() == 1) letters.insert(view_.address(bearer).letter);
  if (letters.size() < 2) return std::nullopt;
  BenchQuery query;
  query.address = of.name + " " + std::to_string(number) + (rng_.Chance(0.5) ? " " : "") + *letters.begin() +
                  "-" + *letters.rbegin() + PlaceOf(of);
  query.truths = {view_.Middle(of, number)};
  return query;
}

std::optional<BenchQuery> ClassWriter::Range() {
  const int address = Draws();
  if (rng_.Chance(0.3)) return LetterRange(address);
  const BenchStreet& of = street(address);
  const int from = view_.address(address).number;
  const int to = from + 2 * rng_.Int(1, 4);
  if (!of.Holds(to)) return std::nullopt;
  std::vector<geo::PlanePoint> points;
  for (const auto& [number, bearers] : of.numbers)
    if (number >= from && number <= to && number % 2 == from % 2)
      for (const int bearer : bearers) points.push_back(view_.address(bearer).position);
  double e = 0, n = 0, reach = 0;
  for (const geo::PlanePoint& p : points) e += p.easting.value(), n += p.northing.value();
  const auto count = static_cast<double>(points.size());
  const geo::PlanePoint middle{geo::Meters{e / count}, geo::Meters{n / count}};
  for (const geo::PlanePoint& p : points) reach = std::max(reach, Distance(middle, p));
  static constexpr std::array<const char*, 4> kBetween = {"-", " - ", "–", "—"};
  BenchQuery query;
  query.address = of.name + " " + std::to_string(from) + kBetween[rng_.Index(kBetween.size())] +
                  std::to_string(to) + PlaceOf(of);
  query.truths = {middle};
  query.tolerance_m = std::max(query.tolerance_m, reach);
  return query;
}

std::optional<BenchQuery> ClassWriter::NumberFar() {
  const int address = Draws();
  const BenchStreet& of = street(address);
  const int number = 2 * of.last() + 50 + rng_.Int(0, 400);
  for (const int near : rivals_.Within(of.name, 2))
    if (view_.street(near).last() + 50 >= number) return std::nullopt;
  return Nothing(of.name + " " + std::to_string(number) + PlaceOf(of));
}

std::optional<BenchQuery> ClassWriter::Namesakes() {
  const int address = Draws();
  const geo::Address& a = view_.address(address);
  const BenchStreet& of = street(address);
  if (!of.has_namesake) return std::nullopt;
  bool twice = false;
  for (const BenchStreet& other : view_.streets()) {
    if (other.lower != of.lower || !other.Holds(a.number)) continue;
    for (const int bearer : other.numbers.at(a.number)) {
      const geo::Address& b = view_.address(bearer);
      twice = twice ||
              (a.letter == b.letter && a.addition == b.addition && Distance(a.position, b.position) > 100);
    }
  }
  if (!twice) return std::nullopt;
  BenchQuery query;
  query.address = of.name + " " + Designation(a);
  query.expect = Expect::kAmbiguous;
  return query;
}

}  // namespace lagesbild::tools::bench
