#include "geo/crossing_search.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <string_view>
#include <utility>

#include "geo/address_clutter.h"

namespace lagesbild::geo {
namespace {

// Design of geocoding.md 3.1: 30 m for a crossing of known roads. One estimated from addresses is no better
// than the houses at the corner.
constexpr double kMeasured_m = 30, kEstimated_m = 60;
constexpr CrossingRule kRoads{0, 15, 1e9, 60};
/// Houses: the last stands before the corner, and a gap of 400 m is no street between two of them.
constexpr CrossingRule kHouses{40, 60, 400, 120};
/// Blocks: their middles are half a block from the corner.
constexpr CrossingRule kBlocks{200, 150, 900, 300};
constexpr std::size_t kLongestName = 6, kShortestNear = 6, kMostStreets = 8;

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

bool IsKeyword(std::string_view lower) {
  return lower.starts_with("korsning") || lower.starts_with("hörn") || lower.starts_with("gathörn") ||
         lower.starts_with("gatukorsning") || lower == "corner" || lower == "intersection";
}

bool IsStrong(std::string_view lower) { return lower == "/" || lower == "&" || lower == "+" || lower == "@"; }

bool IsConnector(std::string_view lower) {
  constexpr std::array<std::string_view, 9> kWeak{"och", "samt", "med", "mot", "x", "-", "and", "at", "o"};
  return IsStrong(lower) || std::find(kWeak.begin(), kWeak.end(), lower) != kWeak.end();
}

/// "Storgatan/Tingsgatan" is three words, and so is "Storgatan-Tingsgatan".
std::vector<Word> Apart(const std::vector<Word>& words) {
  std::vector<Word> apart;
  for (const Word& word : words) {
    std::size_t begin = 0;
    const auto piece = [&](std::size_t from, std::size_t to) {
      if (from < to)
        apart.push_back({word.text.substr(from, to - from),
                         word.lower.substr(from, to - from),
                         {word.at.begin + from, word.at.begin + to}});
    };
    if (word.text.size() != word.lower.size()) {
      apart.push_back(word);
      continue;
    }
    for (std::size_t i = 0; i < word.lower.size(); ++i) {
      const char c = word.lower[i];
      const bool dash = c == '-' && i >= 4 && i + 4 < word.lower.size();
      if (c != '/' && c != '&' && c != '+' && c != '@' && !dash) continue;
      piece(begin, i);
      piece(i, i + 1);
      begin = i + 1;
    }
    piece(begin, word.lower.size());
  }
  return apart;
}

bool MayBeCrossing(const std::vector<Word>& words) {
  return std::any_of(words.begin(), words.end(), [](const Word& w) {
    return IsKeyword(w.lower) || IsConnector(w.lower) || w.lower.find_first_of("/&+@-") != std::string::npos;
  });
}

}  // namespace

CrossingSearch::Named CrossingSearch::Read(const std::vector<Word>& words, std::size_t from,
                                           std::size_t to) const {
  Named named;
  if (from >= to || to - from > kLongestName) return named;
  const std::vector<std::string> lower = LowerWords(words, from, to);
  for (const Spelling spelling : kSpellings) {
    const NameHits streets = index_.street_names.Find(lower, spelling);
    const NameHits roads = index_.road_names.Find(lower, spelling);
    if (streets.ids.empty() && roads.ids.empty()) continue;
    named.streets = streets.ids;
    named.roads = roads.ids;
    if (streets.expanded || roads.expanded) AddFault(named.faults, "ABBREVIATION_EXPANDED");
    if (spelling >= Spelling::kFolded) AddFault(named.faults, "FOLDED");
    break;
  }
  if (index_.style->block_size > 0) {
    // A corner is named without directions and types: all streets of that core are meant.
    for (const CoreMatch& match : index_.block_names.Find(lower)) {
      if (match.across || match.edits > 0 || named.streets.size() >= kMostStreets) continue;
      if (std::find(named.streets.begin(), named.streets.end(), match.id) == named.streets.end())
        named.streets.push_back(match.id);
    }
  } else if (!named.found()) {
    std::size_t letters = 0;
    for (const std::string& word : lower) letters += word.size();
    if (letters < kShortestNear) return named;
    const auto take = [&](const NameIndex& names, std::vector<int>& ids) {
      for (const NearName& near : names.Near(lower)) {
        if (near.edits > 1 || ids.size() >= kMostStreets) continue;
        ids.push_back(near.id);
        if (near.edits > 0) AddFault(named.faults, "STREET_EDIT_1");
        if (near.words_more > 0) AddFault(named.faults, "COMPOUND_SPLIT");
        if (near.words_more < 0) AddFault(named.faults, "COMPOUND_JOINED");
      }
    };
    take(index_.street_names, named.streets);
    take(index_.road_names, named.roads);
  }
  if (!named.streets.empty())
    named.label =
        index_.address(index_.streets[static_cast<std::size_t>(named.streets.front())].addresses.front())
            .area;
  else if (!named.roads.empty())
    named.label = index_.road_labels[static_cast<std::size_t>(named.roads.front())];
  return named;
}

std::vector<PlaneLine> CrossingSearch::RoadLines(const std::vector<int>& groups) const {
  std::vector<PlaneLine> lines;
  for (const int group : groups)
    for (const int road : index_.road_groups[static_cast<std::size_t>(group)])
      lines.push_back(index_.gazetteer.roads[static_cast<std::size_t>(road)].line);
  return lines;
}

std::vector<PlaneLine> CrossingSearch::AddressLines(int street) const {
  std::vector<PlaneLine> lines;
  if (index_.style->block_size > 0) {
    PlaneLine& line = lines.emplace_back();
    for (const NumberPoint& p : index_.grid.LineOf(street)) line.push_back(p.position);
    return lines;
  }
  const NamedAddresses& named = index_.streets[static_cast<std::size_t>(street)];
  for (int stretch = named.first_stretch; stretch < named.first_stretch + named.stretches; ++stretch)
    for (const int side : {0, 1}) {
      PlaneLine& line = lines.emplace_back();
      for (const NumberPoint& p : index_.LineOf(stretch))
        if (p.number % 2 == side) line.push_back(p.position);
    }
  return lines;
}

int CrossingSearch::NearestOf(const Named& a, const Named& b, PlanePoint point) const {
  int nearest = -1;
  double least = std::numeric_limits<double>::infinity();
  for (const Named* named : {&a, &b})
    for (const int street : named->streets)
      for (const int i : index_.streets[static_cast<std::size_t>(street)].addresses)
        if (const double d = Distance(index_.address(i).position, point); d < least) {
          least = d;
          nearest = i;
        }
  return nearest;
}

Finding CrossingSearch::Meeting(const std::vector<Crossing>& crossings, bool measured, const Named& a,
                                const Named& b, const PlaceContext& context) const {
  Finding finding;
  std::vector<Whereabouts> places;
  std::vector<std::string> towns;
  for (const Crossing& crossing : crossings) {
    const int near = NearestOf(a, b, crossing.position);
    Whereabouts place = near < 0 ? Whereabouts{} : index_.address_places[static_cast<std::size_t>(near)];
    place.position = crossing.position;
    places.push_back(place);
    towns.push_back(near < 0                                   ? ""
                    : index_.address(near).postal_town.empty() ? index_.address(near).locality
                                                               : index_.address(near).postal_town);
  }
  std::vector<int> items(crossings.size());
  std::iota(items.begin(), items.end(), 0);
  for (const PlaceContext* given : {&context, &around_.weak_context}) {
    if (items.size() < 2 && given == &around_.weak_context) break;
    for (const int term : given->terms) items = index_.localities.Narrow(std::move(items), places, term);
    for (const std::string& code : given->postcodes)
      items = LocalityTable::NarrowByPostcode(std::move(items), places, code);
  }
  const std::string label = std::min(a.label, b.label) + " / " + std::max(a.label, b.label);
  const auto labelled = [&](int i) {
    const std::string& town = towns[static_cast<std::size_t>(i)];
    return town.empty() ? label : label + ", " + town;
  };
  GeocodeMatch& match = finding.match;
  if (items.size() > 1) {
    finding.rank = Rank::kAmbiguous;
    match.reason = UnplacedReason::kAmbiguous;
    AddFault(match.faults, "SEVERAL_CROSSINGS");
    for (std::size_t i = 0; i < items.size() && i < 10; ++i)
      match.candidates.push_back(labelled(items[i]) + " (" + std::to_string(i + 1) + ")");
    return finding;
  }
  const Crossing& crossing = crossings[static_cast<std::size_t>(items.front())];
  finding.rank = Rank::kPlaced;
  match.level = MatchLevel::kIntersection;
  match.position = crossing.position;
  match.accuracy_radius = Meters{std::max(measured ? kMeasured_m : kEstimated_m, crossing.spread_m)};
  if (index_.style->block_size > 0) match.accuracy_radius = Meters{std::max(150.0, crossing.spread_m)};
  match.matched = labelled(items.front());
  if (!measured) AddFault(match.faults, "CROSSING_ESTIMATED");
  for (const Named* named : {&a, &b})
    for (const std::string& fault : named->faults) AddFault(match.faults, fault);
  return finding;
}

Finding CrossingSearch::Between(const Named& a, const Named& b, const PlaceContext& context) const {
  if (!a.roads.empty() && !b.roads.empty()) {
    const auto crossings = CrossingsOf(RoadLines(a.roads), RoadLines(b.roads), kRoads);
    if (!crossings.empty()) return Meeting(crossings, true, a, b, context);
  }
  const CrossingRule& rule = index_.style->block_size > 0 ? kBlocks : kHouses;
  std::vector<Crossing> crossings;
  for (const int sa : a.streets)
    for (const int sb : b.streets) {
      if (sa == sb) continue;
      for (const Crossing& c : CrossingsOf(AddressLines(sa), AddressLines(sb), rule)) {
        // North and south parts of one street end at one corner.
        const bool known = std::any_of(crossings.begin(), crossings.end(), [&](const Crossing& other) {
          return Distance(other.position, c.position) <= rule.together_m;
        });
        if (!known) crossings.push_back(c);
      }
    }
  return crossings.empty() ? Finding{} : Meeting(crossings, false, a, b, context);
}

Finding CrossingSearch::Find(const AddressPart& part) const {
  if (!MayBeCrossing(part.words)) return {};
  const std::vector<Word> words = Apart(part.words);
  const auto keyword =
      std::find_if(words.begin(), words.end(), [](const Word& w) { return IsKeyword(w.lower); });
  const bool said = keyword != words.end();
  std::size_t begin = said ? static_cast<std::size_t>(keyword - words.begin()) + 1 : 0;
  while (said && begin < words.size() &&
         (words[begin].lower == "av" || words[begin].lower == "mellan" || words[begin].lower == "of" ||
          words[begin].lower == "vid"))
    ++begin;
  const auto meet = [&](std::size_t left, std::size_t left_end, std::size_t right) -> Finding {
    const Named a = Read(words, left, left_end);
    if (!a.found()) return {};
    for (std::size_t end = std::min(words.size(), right + kLongestName); end > right; --end) {
      const Named b = Read(words, right, end);
      if (!b.found()) continue;
      const PlaceContext rest = index_.localities.Read(words, end);
      // "Storgatan och Tingsgatan 3": the number belongs to one of them.
      if (!said && end + rest.words < words.size()) continue;
      PlaceContext context = around_.explicit_context;
      context.terms.insert(context.terms.end(), rest.terms.begin(), rest.terms.end());
      context.postcodes.insert(context.postcodes.end(), rest.postcodes.begin(), rest.postcodes.end());
      Finding finding = Between(a, b, context);
      if (finding.rank == Rank::kNothing) {
        finding.rank = Rank::kElsewhere;
        finding.match.reason = UnplacedReason::kNotFound;
        AddFault(finding.match.faults, "STREETS_DO_NOT_MEET");
      }
      finding.name = SpanOf(words, left, end);
      return finding;
    }
    return {};
  };
  for (std::size_t at = begin + 1; at + 1 < words.size(); ++at) {
    if (!IsConnector(words[at].lower)) continue;
    for (std::size_t left = begin; left < at; ++left) {
      if (left > begin && (said || !IsStrong(words[at].lower))) break;
      if (Finding finding = meet(left, at, at + 1); finding.rank != Rank::kNothing) return finding;
    }
  }
  for (std::size_t at = begin + 1; said && at < words.size(); ++at)
    if (Finding finding = meet(begin, at, at); finding.rank != Rank::kNothing) return finding;
  return {};
}

}  // namespace lagesbild::geo
