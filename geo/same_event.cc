#include "geo/same_event.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "geo/errors.h"
#include "geo/same_event_parts.h"

namespace lagesbild::geo {
namespace {

using same_event::Index;
using same_event::PairCounts;

/// Of pairs of one event: how often they agree. Design, as no open pairs of Swedish reporters exist:
/// addresses are told well, days nearly always, ages are estimates.
constexpr std::array<double, 3> kPlace{0.75, 0.18, 0.07}, kTime{0.85, 0.10, 0.05}, kPersons{0.65, 0.25, 0.10},
    kCategory{0.70, 0.22, 0.08};
/// What was never seen is rare, not impossible; what is nearly always so still tells something.
constexpr double kLeastChance = 0.01, kMostChance = 0.95;
constexpr int kRounds = 30;

void Check(std::span<const ReportedEvent> reports, const SameEventOptions& options) {
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const ReportedEvent& report = reports[i];
    const auto where = "report " + std::to_string(i) + " ";
    if (report.last_day < report.first_day)
      throw InvalidInput(where + "ends before it begins; give its days as from and to");
    if (report.has_position &&
        !(std::isfinite(report.position.easting.value()) && std::isfinite(report.position.northing.value())))
      throw InvalidInput(where + "has a position that is no number; leave it without one");
    if (!(report.accuracy_radius.value() >= 0))
      throw InvalidInput(where + "has a negative accuracy radius; it must be 0 or more");
  }
  const auto between = [](double value, double low, double high, const std::string& what) {
    if (!(value > low && value <= high))
      throw InvalidInput(what + " is " + std::to_string(value) + "; it must be over " + std::to_string(low) +
                         " and at most " + std::to_string(high));
  };
  between(options.farthest.value(), 0, 5000, "farthest");
  between(options.most_days, -1, 31, "most_days");
  between(options.expected_overlap, 0, 1, "expected_overlap");
  between(options.least_probability, 0, 1, "least_probability");
}

/// Shares among the pairs of two events: `all` without those of one. Half a pair is added, so that what was
/// never seen has a chance.
void Fill(std::span<AgreementOdds, 3> odds, const std::array<double, 3>& same, double all, double seen_same,
          double seen_close) {
  const auto share = [&](double seen) {
    return std::min((std::max(seen, 0.0) + 0.5) / (std::max(all, 0.0) + 1), kMostChance);
  };
  odds[0] = {same[0], share(seen_same)};
  odds[1] = {same[1], share(seen_close)};
  odds[2] = {same[2], std::max(1 - odds[0].different - odds[1].different, kLeastChance)};
}

/// How often chance agrees, counting each pair as far as it is one of two events. Place: of the pairs near in
/// time, those near in place as well; taking the two as independent it is the share among all pairs.
void CountChance(std::span<const EventPair> pairs, const PairCounts& counts, SameEventResult& result) {
  std::array<double, 4> place{}, persons{};
  double one = 0, one_in_common = 0, one_day_apart = 0;
  for (const EventPair& pair : pairs) {
    place[Index(pair.comparison.place)] += 1 - pair.probability;
    persons[Index(pair.comparison.persons)] += 1 - pair.probability;
    one += pair.probability;
    if (pair.comparison.time == Agreement::kSame) one_in_common += pair.probability;
    if (pair.comparison.time == Agreement::kClose) one_day_apart += pair.probability;
  }
  Fill(result.place, kPlace, counts.in_window - one, place[0], place[1]);
  Fill(result.time, kTime, counts.all - one, counts.days_in_common - one_in_common,
       counts.day_apart - one_day_apart);
  Fill(result.persons, kPersons, persons[0] + persons[1] + persons[2], persons[0], persons[1]);
}

/// Shares of the categories, and of pairs of two that are one, kindred or different.
struct CategoryChance {
  std::map<Category, double> share;
  double kindred = 0, different = 0;
};

CategoryChance CountCategories(std::span<const ReportedEvent> reports) {
  CategoryChance chance;
  for (const ReportedEvent& report : reports)
    chance.share[report.category] += 1 / static_cast<double>(reports.size());
  double same = 0;
  for (const auto& [a, share_of_a] : chance.share)
    for (const auto& [b, share_of_b] : chance.share) {
      const Agreement agreement = same_event::CompareCategories(a, b);
      if (agreement == Agreement::kSame) same += share_of_a * share_of_b;
      if (agreement == Agreement::kClose) chance.kindred += share_of_a * share_of_b;
    }
  chance.different = std::max(1 - same - chance.kindred, kLeastChance);
  chance.kindred = std::max(chance.kindred, kLeastChance);
  return chance;
}

double Weight(Agreement agreement, std::span<const AgreementOdds, 3> odds) {
  if (agreement == Agreement::kNotTold) return 0;
  const AgreementOdds& o = odds[Index(agreement)];
  return std::log2(o.same / o.different);
}

}  // namespace

SameEventResult FindSameEvents(std::span<const ReportedEvent> reports, const SameEventOptions& options) {
  Check(reports, options);
  SameEventResult result;
  const PairCounts counts = same_event::CountPairs(reports, options);
  result.compared_pairs = counts.all;
  result.expected_pairs = counts.expected;
  if (counts.all == 0) return result;
  std::vector<EventPair> pairs = same_event::CandidatePairs(reports, options);
  for (EventPair& pair : pairs) {
    const ReportedEvent &a = reports[static_cast<std::size_t>(pair.first)],
                        &b = reports[static_cast<std::size_t>(pair.second)];
    pair.comparison = {same_event::ComparePlaces(a, b), same_event::CompareTimes(a, b),
                       same_event::CompareCategories(a.category, b.category),
                       options.within_reporter ? Agreement::kNotTold : same_event::ComparePersons(a, b)};
  }
  const CategoryChance categories = CountCategories(reports);
  const double prior = std::min(counts.expected / counts.all, 0.5);
  const auto weigh = [&](EventPair& pair) {
    const EventComparison& c = pair.comparison;
    const Category category = reports[static_cast<std::size_t>(pair.first)].category;
    // Two that share a rare category say more than two that share a common one.
    const AgreementOdds kinds[3] = {{kCategory[0], categories.share.at(category)},
                                    {kCategory[1], categories.kindred},
                                    {kCategory[2], categories.different}};
    pair.weight = Weight(c.place, result.place) + Weight(c.time, result.time) + Weight(c.category, kinds) +
                  Weight(c.persons, result.persons);
    const double odds = prior / (1 - prior) * std::exp2(pair.weight);
    pair.probability = std::isinf(odds) ? 1 : odds / (1 + odds);
  };
  // Among few reports those of one event are many of the near pairs: what chance does shows once they are
  // taken out, and which they are shows by what chance does.
  for (int round = 0; round < kRounds; ++round) {
    CountChance(pairs, counts, result);
    for (EventPair& pair : pairs) weigh(pair);
  }
  std::erase_if(pairs, [&](const EventPair& pair) { return pair.probability < options.least_probability; });
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const EventPair& a, const EventPair& b) { return a.probability > b.probability; });
  result.pairs = std::move(pairs);
  return result;
}

}  // namespace lagesbild::geo
