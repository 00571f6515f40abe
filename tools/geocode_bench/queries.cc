#include "tools/geocode_bench/queries.h"

#include <algorithm>
#include <array>

namespace lagesbild::tools::bench {

LeftOut LeaveOutNumbers(const RegisterView& view, double share, Rng& rng) {
  LeftOut left_out;
  for (const BenchStreet& street : view.streets()) {
    std::array<int, 2> before{};  // the last number left out on each side: its neighbors must stay
    for (const auto& [number, bearers] : street.numbers) {
      const int below = street.Below(number), above = street.Above(number);
      int& last = before[static_cast<std::size_t>(number % 2)];
      if (!rng.Chance(share) || below == 0 || above == 0 || below == last) continue;
      last = number;
      const geo::Address& asked = view.address(rng.Pick(bearers));
      left_out.numbers.push_back({.street = street.name,
                                  .place = street.place,
                                  .place_needed = street.has_namesake,
                                  .number = number,
                                  .letter = asked.letter,
                                  .position = asked.position,
                                  .gap_m = Distance(view.Middle(street, below), view.Middle(street, above)),
                                  .between = true});
      left_out.addresses.insert(bearers.begin(), bearers.end());
    }
  }
  rng.Shuffle(left_out.numbers);
  return left_out;
}

BenchQuery LeftOutQuery(const LeftOutNumber& left) {
  BenchQuery query;
  query.address = left.street + " " + std::to_string(left.number) + left.letter +
                  (left.place_needed ? ", " + left.place : "");
  query.truths = {left.position};
  query.tolerance_m = std::max(query.tolerance_m, 0.7 * left.gap_m);
  return query;
}

std::uint64_t SeedOf(QuerySet set) { return set == QuerySet::kDev ? 331 : 0x5eed'0f'0b5e'55edULL; }

WritingLanguage LanguageOf(const std::string& address_style) {
  return address_style == "no" ? WritingLanguage::kNorwegian : WritingLanguage::kSwedish;
}

}  // namespace lagesbild::tools::bench
