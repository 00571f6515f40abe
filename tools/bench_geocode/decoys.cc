#include "tools/bench_geocode/decoys.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "tools/bench_geocode/text.h"
#include "tools/bench_geocode/wordings.h"

namespace lagesbild::tools::bench {
namespace {

constexpr int kFar = 3;
constexpr std::size_t kLeastPart = 3;
constexpr std::size_t kMostPart = 8;

std::u32string Stem(const std::string& name, WritingLanguage language) {
  const std::u32string letters = Letters(LowerText(name));
  return letters.substr(0, letters.size() - Letters(StreetSuffix(name, language)).size());
}

std::string Capital(std::u32string text) {
  if (!text.empty()) text[0] = Upper(text[0]);
  return Utf8(text);
}

}  // namespace

Decoys::Decoys(const RegisterView& view, const Rivals& rivals, WritingLanguage language)
    : view_(view), rivals_(rivals), language_(language) {
  std::set<std::u32string> stems, without_first, compounds;
  std::set<std::string> firsts;
  for (const BenchStreet& street : view.streets()) {
    const std::u32string stem = Stem(street.name, language);
    stems.insert(Plain(Utf8(stem)));
    if (const auto rest = FirstWordDropped(street.name)) without_first.insert(Plain(*rest));
    const std::size_t first = street.name.find(' '), last = street.name.rfind(' ');
    if (first == std::string::npos) {
      if (!StreetSuffix(street.name, language).empty()) compounds.insert(stem);
    } else if (last != first && street.name.find(' ', first + 1) == last) {
      firsts.insert(street.name.substr(0, first));
      persons_.push_back(static_cast<int>(&street - view.streets().data()));
    }
  }
  std::map<std::u32string, int> heads, tails;
  for (const std::u32string& stem : compounds)
    for (std::size_t at = kLeastPart; at + kLeastPart <= stem.size(); ++at) {
      if (at <= kMostPart) ++heads[stem.substr(0, at)];
      if (stem.size() - at <= kMostPart) ++tails[stem.substr(at)];
    }
  // What begins several names and ends several others is where a reader would cut the compound.
  constexpr std::size_t kLarge = 1000;
  const int several = view.streets().size() < kLarge ? 2 : 4;
  std::vector<std::string> others;
  for (const auto& [head, uses] : heads)
    if (uses >= several) (tails.contains(head) ? heads_ : others).push_back(Utf8(head));
  constexpr std::size_t kEnoughHeads = 10;
  if (heads_.size() < kEnoughHeads) heads_.insert(heads_.end(), others.begin(), others.end());
  for (const auto& [tail, uses] : tails)
    if (uses >= several) tails_.push_back(Utf8(tail));
  first_names_.assign(firsts.begin(), firsts.end());
  stems_.assign(stems.begin(), stems.end());
  without_first_.assign(without_first.begin(), without_first.end());
}

bool Decoys::Exists(const std::string& name) const {
  const std::u32string plain = Plain(name);
  return std::any_of(view_.streets().begin(), view_.streets().end(),
                     [&](const BenchStreet& street) { return street.plain == plain; });
}

std::optional<std::string> Decoys::Recombined(Rng& rng) const {
  if (heads_.empty() || tails_.empty()) return std::nullopt;
  const std::string& head = rng.Pick(heads_);
  const std::string& tail = rng.Pick(tails_);
  if (head == tail) return std::nullopt;
  const std::vector<std::string>& suffixes = StreetSuffixes(language_);
  const std::string& suffix = suffixes[rng.Chance(0.7) ? 2 * rng.Index(2) : rng.Index(suffixes.size())];
  return Capital(Letters(head + tail + suffix));
}

std::optional<Decoys::Decoy> Decoys::OtherPerson(Rng& rng) const {
  constexpr std::size_t kEnough = 10;
  if (persons_.size() < kEnough) return std::nullopt;
  const BenchStreet& person = view_.street(rng.Pick(persons_));
  const std::string name = rng.Pick(first_names_) + person.name.substr(person.name.find(' '));
  constexpr int kOther = 3;
  if (!rivals_.Within(name, kOther - 1).empty()) return std::nullopt;
  auto number = person.numbers.begin();
  std::advance(number, static_cast<std::ptrdiff_t>(rng.Index(person.numbers.size())));
  return Decoy{name, number->first, kOther};
}

std::optional<std::string> Decoys::Beside(Rng& rng) const {
  const std::string& name = view_.streets()[rng.Index(view_.streets().size())].name;
  return rng.Chance(0.5) ? OtherSuffix(name, language_, rng) : Mistyped(name, rng.Int(1, 2), rng);
}

std::optional<Decoys::Decoy> Decoys::Far(Rng& rng) const {
  const auto name = Recombined(rng);
  if (!name || !IsNew(*name) || !rivals_.Within(*name, kFar - 1).empty()) return std::nullopt;
  return Decoy{*name, rng.Int(1, 60), kFar};
}

std::optional<Decoys::Decoy> Decoys::Invented(QuerySet set, Rng& rng) const {
  static const std::vector<std::string> kSwedish = {"lunds", "ängs",  "hults", "mo",   "bäcks",
                                                    "rydds", "holms", "ås",    "viks", "åkers"},
                                        kNorwegian = {"lund", "heim", "dals",  "vik",
                                                      "mo",   "haug", "fjell", "nes"};
  const bool swedish = language_ == WritingLanguage::kSwedish;
  const std::string name = rng.Pick(WordingsOf(Wording::kStems, language_, set)) +
                           rng.Pick(swedish ? kSwedish : kNorwegian) + rng.Pick(StreetSuffixes(language_));
  constexpr int kVeryFar = 5;
  if (!IsNew(name) || !rivals_.Within(name, kVeryFar - 1).empty()) return std::nullopt;
  return Decoy{name, rng.Int(1, 60), kVeryFar};
}

bool Decoys::IsNew(const std::string& name) const {
  return !std::binary_search(stems_.begin(), stems_.end(), Plain(Utf8(Stem(name, language_)))) &&
         !std::binary_search(without_first_.begin(), without_first_.end(), Plain(name));
}

std::optional<Decoys::Decoy> Decoys::Near(Rng& rng) const {
  const auto name = Beside(rng);
  if (!name || Exists(*name)) return std::nullopt;
  const int number = rng.Int(1, 120);
  const std::u32string stem = Plain(Utf8(Stem(*name, language_))), plain = Plain(*name);
  std::vector<int> near = rivals_.Within(*name, 2);
  for (int i = 0; i < static_cast<int>(view_.streets().size()); ++i) {
    const BenchStreet& street = view_.street(i);
    const auto rest = FirstWordDropped(street.name);
    if (Plain(Utf8(Stem(street.name, language_))) == stem || (rest && Plain(*rest) == plain))
      near.push_back(i);
  }
  constexpr int kBeyond = 20;
  for (const int i : near)
    if (view_.street(i).last() + kBeyond >= number) return std::nullopt;
  if (near.empty()) return std::nullopt;
  return Decoy{*name, number, rivals_.Nearest(*name, 2)};
}

}  // namespace lagesbild::tools::bench
