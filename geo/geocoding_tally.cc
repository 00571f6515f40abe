#include "geo/geocoding_tally.h"

#include <algorithm>
#include <tuple>

#include "geo/edit_distance.h"
#include "geo/geocoder.h"

namespace lagesbild::geo {
namespace {

constexpr std::size_t kMostCompared = 5000;
constexpr std::size_t kTwoFrom = 8;  // letters from which on two may differ

void Count(HitRate& rate, const GeocodedPlace& place) {
  ++rate.asked;
  if (place.level != MatchLevel::kNone) {
    ++rate.placed;
    rate.coarse += place.coarse;
  } else if (place.reason == UnplacedReason::kOutside) {
    ++rate.outside;
  } else {
    ++rate.unplaced;
  }
}

std::string DigitsOf(const std::string& text) {
  std::string digits;
  for (const char c : text) digits += c >= '0' && c <= '9' ? c : ' ';
  digits.erase(std::unique(digits.begin(), digits.end(), [](char a, char b) { return a == ' ' && b == ' '; }),
               digits.end());
  return digits;
}

struct Spelling {
  std::string locality, key;
  std::int64_t count = 0, first_id = 0;
};

/// One spelling each, the most frequent first.
std::vector<Spelling> SpellingsOf(const std::vector<WaitingText>& texts) {
  std::map<std::pair<std::string, std::string>, Spelling> found;
  for (const WaitingText& text : texts) {
    const std::string key = NormalizedPlaceKey(text.text, {});
    Spelling& spelling = found[{text.locality, key}];
    spelling.locality = text.locality;
    spelling.key = key;
    spelling.first_id = spelling.count++ == 0 ? text.id : std::min(spelling.first_id, text.id);
  }
  std::vector<Spelling> spellings;
  for (const auto& [key, spelling] : found) spellings.push_back(spelling);
  std::stable_sort(spellings.begin(), spellings.end(),
                   [](const Spelling& a, const Spelling& b) { return a.count > b.count; });
  return spellings;
}

bool Alike(const AlikeTexts& group, const Spelling& spelling) {
  if (group.locality != spelling.locality || group.text.size() > EditDistance::kLongest ||
      DigitsOf(group.text) != DigitsOf(spelling.key))
    return false;
  const int most = group.text.size() < kTwoFrom ? 1 : 2;
  return EditDistance(group.text).To(spelling.key, most) <= most;
}

}  // namespace

double HitRate::fraction() const {
  return asked == 0 ? 0 : static_cast<double>(placed + outside) / static_cast<double>(asked);
}

bool HitRate::below_threshold() const { return asked >= kLeastAsked && fraction() < kLeastHitRate; }

void GeocodingTally::Add(const GeocodedPlace& place) {
  Count(total_, place);
  Count(reporters_[place.reporter], place);
  Count(localities_[place.locality], place);
  Count(months_[place.month], place);
  if (place.level != MatchLevel::kNone)
    ++levels_[place.level];
  else
    ++reasons_[place.reason];
}

std::vector<AlikeTexts> GroupAlikeTexts(std::vector<WaitingText> texts, std::size_t most) {
  std::vector<AlikeTexts> groups;
  const std::vector<Spelling> spellings = SpellingsOf(texts);
  const bool compare = spellings.size() <= kMostCompared;
  for (const Spelling& spelling : spellings) {
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const AlikeTexts& known) {
      return compare && Alike(known, spelling);
    });
    if (group == groups.end()) {
      groups.push_back({spelling.key, spelling.locality, spelling.count, 1, spelling.first_id});
    } else {
      group->count += spelling.count;
      ++group->spellings;
    }
  }
  std::stable_sort(groups.begin(), groups.end(), [](const AlikeTexts& a, const AlikeTexts& b) {
    return std::tuple(-a.count, a.text, a.locality) < std::tuple(-b.count, b.text, b.locality);
  });
  if (groups.size() > most) groups.resize(most);
  return groups;
}

}  // namespace lagesbild::geo
