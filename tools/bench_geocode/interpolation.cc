#include "tools/bench_geocode/interpolation.h"

#include <array>
#include <set>
#include <utility>

#include "tools/bench_geocode/queries.h"

namespace lagesbild::tools::bench {
namespace {

struct Fold {
  std::set<int> addresses;
  std::vector<BenchQuery> queries;
};

std::vector<Fold> Deal(const RegisterView& view, int folds, std::uint64_t seed) {
  Rng rng(seed, "leave one out");
  std::vector<Fold> dealt(static_cast<std::size_t>(folds));
  for (const BenchStreet& street : view.streets()) {
    std::array<std::size_t, 2> next{rng.Index(dealt.size()), rng.Index(dealt.size())};
    for (const auto& [number, bearers] : street.numbers) {
      Fold& fold = dealt[next[static_cast<std::size_t>(number % 2)]++ % dealt.size()];
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
  }
  return dealt;
}

}  // namespace

InterpolationScore LeaveOneOut(const geo::Gazetteer& gazetteer, int folds, std::uint64_t seed) {
  Score score;
  InterpolationScore result;
  for (const Fold& fold : Deal(RegisterView(gazetteer), folds, seed)) {
    const geo::Geocoder geocoder(Without(gazetteer, fold.addresses));
    for (const BenchQuery& query : fold.queries) {
      const geo::GeocodeMatch match = geocoder.Geocode(AsPlaceQuery(query));
      const Judgement judged = Judge(query, match);
      const bool outside = match.placed() && judged.distance_m > match.accuracy_radius.value();
      ++result.asked;
      result.ambiguous += judged.outcome == Outcome::kAmbiguous ? 1 : 0;
      result.none += judged.outcome == Outcome::kNone ? 1 : 0;
      result.coarse += match.placed() && match.level >= geo::MatchLevel::kRoadPlace ? 1 : 0;
      result.outside += outside ? 1 : 0;
      result.confident_outside += outside && judged.confident ? 1 : 0;
      score.Add(query, match);
    }
  }
  result.levels = std::move(score.levels);
  return result;
}

}  // namespace lagesbild::tools::bench
