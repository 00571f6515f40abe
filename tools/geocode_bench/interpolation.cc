#include "tools/geocode_bench/interpolation.h"

#include <algorithm>
#include <set>
#include <utility>

#include "tools/geocode_bench/queries.h"

namespace lagesbild::tools::bench {
namespace {

struct Fold {
  std::set<int> addresses;
  std::vector<BenchQuery> queries;
};

std::vector<Fold> Deal(const RegisterView& view, int folds, std::uint64_t seed) {
  Rng rng(seed, "leave one out");
  std::vector<Fold> dealt(static_cast<std::size_t>(folds));
  for (const BenchStreet& street : view.streets())
    for (const auto& [number, bearers] : street.numbers) {
      Fold& fold = dealt[rng.Index(dealt.size())];
      const geo::Address& asked = view.address(rng.Pick(bearers));
      if (street.Below(number) == 0 && street.Above(number) == 0) continue;
      fold.addresses.insert(bearers.begin(), bearers.end());
      fold.queries.push_back(LeftOutQuery({.street = street.name,
                                           .place = street.place,
                                           .place_needed = street.has_namesake,
                                           .number = number,
                                           .letter = asked.letter,
                                           .position = asked.position}));
    }
  return dealt;
}

}  // namespace

InterpolationScore LeaveOneOut(const geo::Gazetteer& gazetteer, int folds, int most_folds,
                               std::uint64_t seed) {
  const std::vector<Fold> dealt = Deal(RegisterView(gazetteer), folds, seed);
  const auto run = static_cast<std::size_t>(std::clamp(most_folds, 1, folds));
  Score score;
  InterpolationScore result;
  for (std::size_t i = 0; i < run; ++i) {
    const geo::Geocoder geocoder(Without(gazetteer, dealt[i].addresses));
    for (const BenchQuery& query : dealt[i].queries) {
      const geo::GeocodeMatch match = geocoder.Geocode(AsPlaceQuery(query));
      const Outcome outcome = Judge(query, match).outcome;
      ++result.asked;
      result.ambiguous += outcome == Outcome::kAmbiguous ? 1 : 0;
      result.none += outcome == Outcome::kNone ? 1 : 0;
      result.coarse += match.placed() && match.level >= geo::MatchLevel::kRoadPlace ? 1 : 0;
      score.Add(query, match);
    }
  }
  result.levels = std::move(score.levels);
  return result;
}

}  // namespace lagesbild::tools::bench
