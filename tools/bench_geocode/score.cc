#include "tools/bench_geocode/score.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tools/bench_geocode/register.h"

namespace lagesbild::tools::bench {
namespace {

bool IsCoarse(geo::MatchLevel level) {
  switch (level) {
    case geo::MatchLevel::kStreet:
    case geo::MatchLevel::kLocality:
    case geo::MatchLevel::kPostcode:
    case geo::MatchLevel::kRoadPlace:
      return true;
    default:
      return false;
  }
}

}  // namespace

Judgement Judge(const BenchQuery& query, const geo::GeocodeMatch& match) {
  Judgement judged;
  judged.confident = match.placed() &&
                     (match.category == geo::MatchCategory::kA || match.category == geo::MatchCategory::kB);
  const bool ambiguous = !match.placed() && match.reason == geo::UnplacedReason::kAmbiguous;
  if (match.placed())
    for (const geo::PlanePoint& truth : query.truths) {
      const double distance = Distance(truth, match.position);
      if (judged.distance_m < 0 || distance < judged.distance_m) judged.distance_m = distance;
    }
  switch (query.expect) {
    case Expect::kNothing:
      judged.outcome = match.placed() ? Outcome::kWrong : Outcome::kRight;
      return judged;
    case Expect::kAmbiguous:
      judged.outcome = match.placed() ? Outcome::kWrong : ambiguous ? Outcome::kRight : Outcome::kNone;
      return judged;
    case Expect::kCoarse: {
      const bool honest = match.placed() && IsCoarse(match.level) && !judged.confident &&
                          judged.distance_m <= match.accuracy_radius.value();
      judged.outcome = honest           ? Outcome::kRight
                       : match.placed() ? Outcome::kWrong
                       : ambiguous      ? Outcome::kAmbiguous
                                        : Outcome::kNone;
      return judged;
    }
    case Expect::kPlace:
    case Expect::kPlaceOrAmbiguous:
      break;
  }
  if (ambiguous)
    judged.outcome = query.expect == Expect::kPlaceOrAmbiguous ? Outcome::kRight : Outcome::kAmbiguous;
  else if (!match.placed())
    judged.outcome = Outcome::kNone;
  else if (IsCoarse(match.level) && !judged.confident && judged.distance_m <= match.accuracy_radius.value())
    judged.outcome = Outcome::kCoarse;
  else
    judged.outcome = judged.distance_m <= query.tolerance_m ? Outcome::kRight : Outcome::kWrong;
  return judged;
}

double Quantile(std::vector<double> values, double share) {
  if (values.empty()) return -1;
  const double last = static_cast<double>(values.size() - 1);
  const auto rank = static_cast<std::ptrdiff_t>(
      std::clamp(std::ceil(share * static_cast<double>(values.size())) - 1, 0.0, last));
  std::nth_element(values.begin(), values.begin() + rank, values.end());
  return values[static_cast<std::size_t>(rank)];
}

int ClassScore::queries() const { return std::accumulate(outcomes.begin(), outcomes.end(), 0); }

void Score::Add(const BenchQuery& query, const geo::GeocodeMatch& match) {
  const Judgement judged = Judge(query, match);
  auto found = std::find_if(classes.begin(), classes.end(),
                            [&](const ClassScore& c) { return c.query_class == query.query_class; });
  if (found == classes.end()) {
    found = classes.insert(found, ClassScore{});
    found->query_class = query.query_class;
  }
  for (ClassScore* of : {&*found, &all}) {
    ++of->outcomes[static_cast<std::size_t>(judged.outcome)];
    of->confident_wrong += judged.outcome == Outcome::kWrong && judged.confident ? 1 : 0;
    of->open += query.expect == Expect::kPlaceOrAmbiguous ? 1 : 0;
    if (judged.distance_m >= 0 && judged.outcome != Outcome::kCoarse && query.expect != Expect::kCoarse)
      of->distances.push_back(judged.distance_m);
  }
  if (query.expect == Expect::kNothing) {
    ++nothing_expected;
    nothing_given += match.placed() ? 0 : 1;
  }
  // Of a whole street every place is a truth: it says nothing of the radius.
  if (judged.distance_m < 0 || query.expect == Expect::kCoarse) return;
  auto level = std::lower_bound(levels.begin(), levels.end(), match.level,
                                [](const LevelScore& l, geo::MatchLevel value) { return l.level < value; });
  if (level == levels.end() || level->level != match.level) {
    level = levels.insert(level, LevelScore{});
    level->level = match.level;
  }
  ++level->placed;
  level->within += judged.distance_m <= match.accuracy_radius.value() ? 1 : 0;
  level->distances.push_back(judged.distance_m);
}

geo::PlaceQuery AsPlaceQuery(const BenchQuery& query) {
  return {.address = query.address, .locality = query.locality, .postcode = query.postcode};
}

Score Ask(const geo::Geocoder& geocoder, const std::vector<BenchQuery>& queries, std::vector<Miss>* misses) {
  Score score;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    const geo::GeocodeMatch match = geocoder.Geocode(AsPlaceQuery(queries[i]));
    score.Add(queries[i], match);
    if (misses == nullptr) continue;
    const Judgement judged = Judge(queries[i], match);
    if (judged.outcome != Outcome::kRight)
      misses->push_back({i, judged.outcome, judged.confident, match.matched});
  }
  return score;
}

const char* OutcomeCode(Outcome outcome) {
  constexpr std::array<const char*, 5> kCodes = {"right", "wrong", "ambiguous", "none", "coarse"};
  return kCodes[static_cast<std::size_t>(outcome)];
}

}  // namespace lagesbild::tools::bench
