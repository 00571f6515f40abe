#include "geo/property_search.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/place_text.h"

namespace lagesbild::geo {
namespace {

constexpr double kLeastRadius_m = 10;
constexpr std::size_t kLongestName = 4;

bool AllDigits(std::string_view text) {
  return !text.empty() && text.size() <= 4 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "1:23", "s:1", "ga:2".
bool IsUnit(std::string_view word) {
  const std::size_t colon = word.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view block = word.substr(0, colon);
  return (AllDigits(block) || block == "s" || block == "ga" || block == "fs") &&
         AllDigits(word.substr(colon + 1));
}

}  // namespace

std::string PropertyKey(const std::vector<std::string>& lower_words) {
  if (lower_words.empty() || !IsUnit(lower_words.back())) return {};
  std::string key;
  for (std::size_t i = 0; i + 1 < lower_words.size(); ++i)
    key += (key.empty() ? "" : " ") + FoldDigraphs(FoldMarks(NameKey(lower_words[i])));
  return (key.empty() ? "" : key + " ") + lower_words.back();
}

Finding PropertySearch::Find(const AddressPart& part) const {
  Finding finding;
  const std::vector<Word>& words = part.words;
  if (index_.gazetteer.properties.empty()) return finding;
  for (std::size_t unit = 0; unit < words.size(); ++unit) {
    if (!IsUnit(words[unit].lower)) continue;
    for (std::size_t start = unit > kLongestName ? unit - kLongestName : 0; start <= unit; ++start) {
      const auto ids = index_.property_keys.Find(PropertyKey(LowerWords(words, start, unit + 1)));
      if (ids.empty()) continue;
      finding.name = SpanOf(words, start, unit + 1);
      GeocodeMatch& match = finding.match;
      if (ids.size() > 1) {
        finding.rank = Rank::kAmbiguous;
        match.reason = UnplacedReason::kAmbiguous;
        for (const int id : ids)
          if (match.candidates.size() < 10)
            match.candidates.emplace_back(
                index_.gazetteer.properties[static_cast<std::size_t>(id)].designation);
        std::sort(match.candidates.begin(), match.candidates.end());
        return finding;
      }
      const PropertyView property = index_.gazetteer.properties[static_cast<std::size_t>(ids.front())];
      finding.rank = Rank::kPlaced;
      match.level = MatchLevel::kProperty;
      match.position = property.inner_point;
      match.accuracy_radius =
          Meters{std::max(kLeastRadius_m, std::sqrt(std::max(0.0, property.area_m2) / std::numbers::pi))};
      match.matched = property.designation;
      return finding;
    }
  }
  return finding;
}

}  // namespace lagesbild::geo
