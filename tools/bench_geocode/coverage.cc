#include "tools/bench_geocode/coverage.h"

#include <algorithm>
#include <string>
#include <utility>

#include "tools/demo_data/random.h"

namespace lagesbild::tools::bench {
namespace {

bool HasBareNumber(const RegisterView& view, const BenchStreet& street, int number) {
  const auto& bearers = street.numbers.at(number);
  return std::any_of(bearers.begin(), bearers.end(), [&](int i) { return view.address(i).letter.empty(); });
}

}  // namespace

Score AskWithLess(const geo::Geocoder& geocoder, std::uint64_t seed, int most) {
  const RegisterView view(geocoder.gazetteer());
  Score score;
  if (view.numbered().empty()) return score;
  demo::Rng rng(seed, "with less");
  constexpr int kTriesEach = 20;
  for (const char* kind : {"letter", "street"}) {
    const bool letter = kind == std::string("letter");
    int asked = 0;
    for (int i = 0; i < kTriesEach * most && asked < most; ++i) {
      const int address = rng.Pick(view.numbered());
      const BenchStreet& street = view.street(view.street_of(address));
      const geo::Address& meant = view.address(address);
      if (letter && HasBareNumber(view, street, meant.number)) continue;
      BenchQuery query;
      query.query_class = kind;
      query.address = street.name + (letter ? " " + std::to_string(meant.number) : "") +
                      (street.has_namesake ? ", " + street.place : "");
      query.truths = {meant.position};
      score.Add(query, geocoder.Geocode(AsPlaceQuery(query)));
      ++asked;
    }
  }
  return score;
}

}  // namespace lagesbild::tools::bench
