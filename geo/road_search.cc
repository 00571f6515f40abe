#include "geo/road_search.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "geo/address_clutter.h"
#include "geo/place_text.h"

namespace lagesbild::geo {
namespace {

constexpr double kLeastReach_m = 1000, kLeastRadius_m = 250, kFarthest_m = 5000;
constexpr double kSector_deg = 60;
constexpr std::size_t kLongestName = 5;

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

bool IsOneOf(std::string_view word, const auto& words) {
  while (!word.empty() && (word.back() == '.' || word.back() == ',')) word.remove_suffix(1);
  return std::find(words.begin(), words.end(), word) != words.end();
}

double BearingTo(PlanePoint from, PlanePoint to) {
  const double degrees =
      std::atan2(to.easting.value() - from.easting.value(), to.northing.value() - from.northing.value()) *
      180 / std::numbers::pi;
  return degrees < 0 ? degrees + 360 : degrees;
}

double Turn(double a, double b) {
  const double turn = std::fmod(std::abs(a - b), 360.0);
  return std::min(turn, 360 - turn);
}

/// "56/lv" is three words.
std::vector<Word> SlashesApart(const std::vector<Word>& words) {
  std::vector<Word> apart;
  for (const Word& word : words) {
    const std::size_t slash = word.lower.find('/');
    if (slash == std::string::npos || slash == 0 || slash + 1 == word.lower.size() ||
        word.text.size() != word.lower.size()) {
      apart.push_back(word);
      continue;
    }
    const auto piece = [&](std::size_t from, std::size_t to) {
      apart.push_back({word.text.substr(from, to - from),
                       word.lower.substr(from, to - from),
                       {word.at.begin + from, word.at.begin + to}});
    };
    piece(0, slash);
    piece(slash, slash + 1);
    piece(slash + 1, word.lower.size());
  }
  return apart;
}

template <class Keep>
std::vector<PlanePoint> Where(const std::vector<PlanePoint>& points, Keep&& keep) {
  std::vector<PlanePoint> kept;
  std::copy_if(points.begin(), points.end(), std::back_inserter(kept), keep);
  return kept;
}

}  // namespace

std::optional<RoadSearch::Mention> RoadSearch::FindRoad(const std::vector<Word>& words,
                                                        std::size_t from) const {
  constexpr std::array<std::string_view, 13> kRoadWords{
      "väg", "vägen",     "riksväg", "riksvägen", "länsväg", "länsvägen", "rv",
      "lv",  "europaväg", "e",       "rikstvåan", "lansvag", "fylkesvei"};
  for (std::size_t i = from; i < words.size(); ++i) {
    const std::string key = NameKey(FoldMarks(words[i].lower));
    // "väg 56", "rv56", "E4", "e 4".
    if (IsOneOf(words[i].lower, kRoadWords) && i + 1 < words.size()) {
      const std::string number = NameKey(words[i + 1].lower);
      for (const std::string& candidate : {number, "e" + number})
        if (const auto groups = index_.road_numbers.Find(candidate); !groups.empty())
          return Mention{groups.front(), i, i + 2};
    }
    // "72:an"
    if (const std::size_t colon = words[i].lower.find(":an"); colon > 0 && colon != std::string::npos)
      if (const auto groups = index_.road_numbers.Find(words[i].lower.substr(0, colon)); !groups.empty())
        return Mention{groups.front(), i, i + 1};
    const std::size_t digit = key.find_first_of("0123456789");
    if (digit == std::string::npos || digit == 0) continue;
    const std::string before = key.substr(0, digit), number = key.substr(digit);
    if (before == "e")
      if (const auto groups = index_.road_numbers.Find(key); !groups.empty())
        return Mention{groups.front(), i, i + 1};
    if (before == "rv" || before == "lv" || before == "vag" || before == "riksvag")
      if (const auto groups = index_.road_numbers.Find(number); !groups.empty())
        return Mention{groups.front(), i, i + 1};
  }
  return std::nullopt;
}

std::optional<RoadSearch::Beside> RoadSearch::PlaceAt(const std::vector<Word>& words, std::size_t at) const {
  for (std::size_t end = std::min(words.size(), at + kLongestName); end > at; --end) {
    const std::vector<std::string> lower = LowerWords(words, at, end);
    if (const std::vector<int> ids = index_.place_names.FindAny(lower); ids.size() == 1) {
      const Place& place = index_.gazetteer.places[static_cast<std::size_t>(ids.front())];
      return Beside{place.position, place.accuracy_radius.value(), at, end};
    }
    const PlaceContext context = index_.localities.Read(
        {words.begin() + static_cast<std::ptrdiff_t>(at), words.begin() + static_cast<std::ptrdiff_t>(end)},
        0);
    if (context.words == end - at && !context.terms.empty()) {
      const auto ids = index_.LocalitiesOf(context.terms.front());
      if (!ids.empty()) {
        // A town and its parish of one name: a road passes the town.
        const int smallest = *std::min_element(ids.begin(), ids.end(), [&](int a, int b) {
          const auto radius = [&](int i) {
            return index_.gazetteer.localities[static_cast<std::size_t>(i)].accuracy_radius;
          };
          return radius(a) != radius(b) ? radius(a) < radius(b) : a < b;
        });
        const Place& place = index_.gazetteer.localities[static_cast<std::size_t>(smallest)];
        return Beside{place.position, place.accuracy_radius.value(), at, end};
      }
    }
    if (const std::vector<int> ids = index_.street_names.FindAny(lower); ids.size() == 1) {
      // A village, or a street that the road meets.
      double east = 0, north = 0;
      const auto addresses = index_.streets[static_cast<std::size_t>(ids.front())].addresses;
      for (const int i : addresses) {
        east += index_.address(i).position.easting.value();
        north += index_.address(i).position.northing.value();
      }
      const auto n = static_cast<double>(addresses.size());
      return Beside{{Meters{east / n}, Meters{north / n}}, 300, at, end};
    }
  }
  return std::nullopt;
}

std::optional<RoadSearch::Beside> RoadSearch::FindPlace(const std::vector<Word>& words,
                                                        std::size_t from) const {
  for (std::size_t at = from; at < words.size(); ++at)
    if (auto place = PlaceAt(words, at)) return place;
  return std::nullopt;
}

/// The locality that the report's other columns name.
std::optional<RoadSearch::Beside> RoadSearch::Context() const {
  for (const PlaceContext* context : {&around_.explicit_context, &around_.weak_context})
    for (const int term : context->terms)
      if (const auto ids = index_.LocalitiesOf(term); !ids.empty()) {
        const Place& place = index_.gazetteer.localities[static_cast<std::size_t>(ids.front())];
        return Beside{place.position, place.accuracy_radius.value(), 0, 0};
      }
  return std::nullopt;
}

Finding RoadSearch::Find(const std::vector<Word>& whole) const {
  if (index_.road_groups.empty()) return {};
  const std::vector<Word> words = SlashesApart(whole);
  const auto road = FindRoad(words, 0);
  if (!road) return {};
  if (Finding meeting = Meeting(words, *road); meeting.rank != Rank::kNothing) return meeting;
  const std::vector<PlanePoint> all = Sampled(road->group);
  std::vector<Word> rest(words.begin() + static_cast<std::ptrdiff_t>(road->to), words.end());
  bool toward = false, between = false;
  std::optional<OffsetPhrase> offset;
  std::size_t from = 0;
  for (; from < rest.size(); ++from) {
    const std::string& word = rest[from].lower;
    toward = toward || word == "mot" || word == "riktning";
    between = between || word == "mellan";
    if (const auto phrase = ReadOffset(rest, from); phrase && !offset) {
      offset = phrase;
      from += phrase->words - 1;
    } else if (PlaceAt(rest, from)) {
      break;
    }
  }
  std::optional<Beside> place = FindPlace(rest, from);
  if (!place) {
    // "Runhällen, väg 56"
    const std::vector<Word> before(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(road->from));
    place = FindPlace(before, 0);
    if (place) toward = between = false;
  }
  Finding finding;
  if (!place && !toward) place = Context();
  const std::optional<Beside> home = toward ? Context() : std::nullopt;
  if (!place) {
    finding = Stretch(*road, all, all);
  } else if (between) {
    if (const auto other = FindPlace(rest, place->to))
      finding = Stretch(*road, all, Between(all, *place, *other));
  } else if (home) {
    finding = Stretch(*road, all, Between(all, *place, *home));
  } else if (toward && !offset) {
    finding = Stretch(*road, all, Towards(all, *place));
  } else if (offset) {
    finding = Stretch(*road, all, Where(all, [&](PlanePoint p) {
      const double off_m = std::abs(Distance(p, place->center) - offset->distance_m);
      return off_m <= std::max(300.0, 0.2 * offset->distance_m) &&
             (!offset->bearing_deg || Turn(BearingTo(place->center, p), *offset->bearing_deg) <= kSector_deg);
    }));
    if (finding.match.placed()) AddFault(finding.match.faults, "OFFSET_PHRASE");
  } else {
    double nearest_m = 1e12;
    for (const PlanePoint p : all) nearest_m = std::min(nearest_m, Distance(p, place->center));
    const double reach_m = std::max({kLeastReach_m, place->reach_m, nearest_m + kLeastRadius_m});
    if (nearest_m <= kFarthest_m)
      finding = Stretch(*road, all,
                        Where(all, [&](PlanePoint p) { return Distance(p, place->center) <= reach_m; }));
  }
  if (finding.match.placed()) finding.name = SpanOf(words, road->from, road->to);
  return finding;
}

}  // namespace lagesbild::geo
