#include "geo/locality_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "geo/edit_distance.h"
#include "geo/place_text.h"

namespace lagesbild::geo {
namespace {

constexpr std::size_t kLongestName = 4;  // words

std::string Key(std::string_view clean) { return FoldDigraphs(FoldMarks(NameKey(LowerCase(clean)))); }

bool IsOneOf(const std::string& word, const auto& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool HasDigit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsWholeMunicipality(const std::string& word) {
  return word == "kommun" || word == "kn" || word == "län" || word == "sverige" || word == "sweden";
}

/// "Östervåla, Sverige" is Östervåla.
bool IsCountry(const std::string& word) { return word == "sverige" || word == "sweden"; }

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

}  // namespace

bool LocalityTable::Circle::Holds(PlanePoint p) const { return Distance(p, center) <= reach_m; }

int LocalityTable::Intern(std::string_view name) {
  std::string key = Key(CleanText(name));
  if (key.empty()) return -1;
  const auto [at, added] = added_.emplace(std::move(key), static_cast<int>(added_circles_.size()));
  if (added) {
    added_circles_.emplace_back();
    terms_.Add(at->first, at->second);
  }
  return at->second;
}

void LocalityTable::AddCircle(int term, PlanePoint center, Meters radius) {
  if (term < 0) return;
  // The radius is that of a circle of the same area; a locality reaches further in places.
  std::vector<Circle>& circles = added_circles_[static_cast<std::size_t>(term)];
  circles.push_back({center, 1.5 * radius.value()});
  std::stable_sort(circles.begin(), circles.end(),
                   [](const Circle& a, const Circle& b) { return a.reach_m < b.reach_m; });
}

void LocalityTable::AddPostcode(std::string_view postcode) {
  if (!postcode.empty()) postcodes_.Add(postcode, 0);
}

void LocalityTable::Freeze() {
  terms_.Freeze();
  postcodes_.Freeze();
  std::vector<Circle> circles;
  std::vector<std::uint32_t> starts{0};
  for (const std::vector<Circle>& own : added_circles_) {
    circles.insert(circles.end(), own.begin(), own.end());
    starts.push_back(static_cast<std::uint32_t>(circles.size()));
  }
  circles_ = std::move(circles);
  circle_starts_ = std::move(starts);
  added_ = {};
  added_circles_ = {};
}

void LocalityTable::Check() const {
  terms_.Check(terms_.size(), "localities.terms");
  for (std::size_t i = 0; i < terms_.size(); ++i)
    RequireInImage(terms_.ids(i).size() == 1, "localities.terms", "has a name of several terms");
  postcodes_.Check(1, "localities.postcodes");
  RequireStarts(circle_starts_, circles_.size(), "localities.circle_starts");
  RequireInImage(circle_starts_.size() == terms_.size() + 1, "localities.circle_starts",
                 "is not as long as the terms");
  for (const Circle& circle : circles_) {
    RequirePositions(std::span(&circle.center, 1), "localities.circles");
    RequireInImage(circle.reach_m >= 0 && circle.reach_m <= kFurthest_m, "localities.circles",
                   "has a reach that is none");
  }
}

bool LocalityTable::KnowsPostcodeArea(std::string_view digits) const {
  for (std::size_t i = 0; i < postcodes_.size(); ++i)
    if (postcodes_.text(i).starts_with(digits)) return true;
  return false;
}

int LocalityTable::Find(const std::string& key) const {
  const auto found = terms_.Find(key);
  return found.empty() ? -1 : found.front();
}

int LocalityTable::Near(const std::vector<Word>& words, std::size_t from, std::size_t to) const {
  constexpr std::size_t kShortest = 5;
  std::string name;
  for (std::size_t i = from; i < to; ++i) name += (i > from ? " " : "") + words[i].lower;
  const std::string key = Key(name);
  if (key.size() < kShortest || key.size() > EditDistance::kLongest) return -1;
  const EditDistance distance(key);
  int near = -1;
  for (std::size_t i = 0; i < terms_.size(); ++i) {
    if (terms_.text(i).size() < kShortest || distance.To(terms_.text(i), 1) > 1) continue;
    if (near >= 0) return -1;
    near = terms_.ids(i).front();
  }
  return near;
}

std::string LocalityTable::PostcodeAt(const std::vector<Word>& words, std::size_t at,
                                      std::size_t& used) const {
  used = 1;
  std::string postcode = ReadPostcode(words[at].text, *style_);
  const bool more = at + 1 < words.size();
  if (style_->postcode_digits < 5) {
    // Four digits may as well be a house number, unless the register has the code or a town follows.
    const bool town = more && !words[at + 1].lower.empty() && BeginsWithCapital(words[at + 1].text);
    return town || KnowsPostcode(postcode) ? postcode : std::string();
  }
  if (!postcode.empty() || !more) return postcode;
  const std::string& next = words[at + 1].text;
  if (next.size() != 2) return {};
  used = 2;
  return ReadPostcode(words[at].text + " " + next, *style_);
}

/// Whether any name begins as the word does, as far as folding leaves its letters alone. O(log names).
bool LocalityTable::MayBegin(std::string_view lower) const {
  constexpr std::size_t kLetters = 4;
  std::size_t n = 0;
  for (bool plain = true; plain && n < lower.size() && n < kLetters;) {
    const char c = lower[n];
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) break;
    plain = c != 'a' && c != 'o';  // the next letter may be one with it: aa, ae, oe
    ++n;
  }
  if (n == 0) return true;
  const std::string_view beginning = lower.substr(0, n);
  std::size_t low = 0, high = terms_.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (terms_.text(middle) < beginning)
      low = middle + 1;
    else
      high = middle;
  }
  return low < terms_.size() && terms_.text(low).starts_with(beginning);
}

std::size_t LocalityTable::ReadName(const std::vector<Word>& words, std::size_t at, int& term) const {
  if (!MayBegin(words[at].lower)) return 0;
  for (std::size_t n = std::min(kLongestName, words.size() - at); n > 0; --n) {
    std::string name;
    for (std::size_t i = at; i < at + n; ++i) name += (i > at ? " " : "") + words[i].lower;
    term = Find(Key(name));
    if (term >= 0) return n;
  }
  return 0;
}

PlaceContext LocalityTable::Read(const std::vector<Word>& words, std::size_t from) const {
  constexpr std::array<std::string_view, 5> kPrepositions{"i", "på", "-", "/", "vid"};
  constexpr std::array<std::string_view, 6> kGeneral{"tätort", "centrum",    "samhälle",
                                                     "c",      "centralort", "by"};
  PlaceContext context;
  for (std::size_t at = from; at < words.size();) {
    std::size_t used = 0;
    if (std::string postcode = HasDigit(words[at].lower) ? PostcodeAt(words, at, used) : std::string();
        !postcode.empty()) {
      context.postcodes.push_back(std::move(postcode));
      context.words = (at += used) - from;
      continue;
    }
    std::size_t name_at = IsOneOf(words[at].lower, kPrepositions) && at + 1 < words.size() ? at + 1 : at;
    if (words[name_at].lower == "centrala" && name_at + 1 < words.size()) ++name_at;
    int term = -1;
    if (const std::size_t n = ReadName(words, name_at, term); n > 0) {
      at = name_at + n;
      const bool whole =
          at < words.size() && IsWholeMunicipality(words[at].lower) && !IsCountry(words[at].lower);
      if (whole)
        ++at;
      else if (std::find(context.terms.begin(), context.terms.end(), term) == context.terms.end())
        context.terms.push_back(term);
    } else if (IsWholeMunicipality(words[at].lower) || (at > from && IsOneOf(words[at].lower, kGeneral))) {
      ++at;
    } else {
      break;
    }
    context.words = at - from;
  }
  return context;
}

bool LocalityTable::Agrees(const Whereabouts& place, int term) const {
  if (place.locality == term || place.postal_town == term || place.district == term) return true;
  const auto circles = CirclesOf(term);
  return std::any_of(circles.begin(), circles.end(),
                     [&](const Circle& c) { return c.Holds(place.position); });
}

}  // namespace lagesbild::geo
