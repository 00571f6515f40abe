// Slips of the finger, and letters that are just wrong.
#include <algorithm>
#include <string_view>
#include <utility>

#include "tools/bench_geocode/noise.h"
#include "tools/bench_geocode/text.h"

namespace lagesbild::tools::bench {
namespace {

/// Neighbors on a Swedish keyboard, letters only.
std::u32string_view KeysBeside(char32_t key) {
  static const std::vector<std::pair<char32_t, std::u32string>> kKeys = {
      {U'q', U"wa"},    {U'w', U"qesa"},  {U'e', U"wrds"},  {U'r', U"etfd"},  {U't', U"rygf"},
      {U'y', U"tuhg"},  {U'u', U"yijh"},  {U'i', U"uokj"},  {U'o', U"iplk"},  {U'p', U"oåöl"},
      {U'å', U"päö"},   {U'a', U"qwsz"},  {U's', U"adwex"}, {U'd', U"sfrec"}, {U'f', U"dgrtv"},
      {U'g', U"fhtyb"}, {U'h', U"gjyun"}, {U'j', U"hkuim"}, {U'k', U"jlio"},  {U'l', U"köop"},
      {U'ö', U"läpå"},  {U'ä', U"öå"},    {U'z', U"asx"},   {U'x', U"zcsd"},  {U'c', U"xvdf"},
      {U'v', U"cbfg"},  {U'b', U"vngh"},  {U'n', U"bmhj"},  {U'm', U"njk"},   {U'æ', U"øå"},
      {U'ø', U"læp"},   {U'é', U"wrd"},   {U'ü', U"yij"}};
  const auto found = std::find_if(kKeys.begin(), kKeys.end(), [&](const auto& k) { return k.first == key; });
  return found == kKeys.end() ? std::u32string_view() : std::u32string_view(found->second);
}

/// One slip somewhere in the letters; may come to nothing.
std::u32string Slip(std::u32string text, Rng& rng) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (IsLetter(text[i])) places.push_back(i);
  if (places.size() < 3) return text;
  std::size_t at = places[rng.Index(places.size())];
  if ((at == 0 || !IsLetter(text[at - 1])) && !rng.Chance(0.15)) at = places[rng.Index(places.size())];
  const char32_t letter = text[at];
  const double kind = rng.Unit();
  if (kind < 0.35) {
    const std::u32string_view beside = KeysBeside(Lower(letter));
    if (beside.empty()) return text;
    const char32_t other = beside[rng.Index(beside.size())];
    text[at] = letter == Lower(letter) ? other : Upper(other);
  } else if (kind < 0.55) {
    if (at + 1 >= text.size() || !IsLetter(text[at + 1])) return text;
    const bool capital = text[at] != Lower(text[at]);
    std::swap(text[at], text[at + 1]);
    if (capital) text[at] = Upper(text[at]), text[at + 1] = Lower(text[at + 1]);
  } else if (kind < 0.8) {
    text.erase(at, 1);
  } else {
    text.insert(at, 1, Lower(letter));
  }
  return text;
}

/// One edit anywhere, by any letter; may come to nothing.
std::u32string AnyEdit(std::u32string text, Rng& rng) {
  static constexpr std::u32string_view kLetters = U"abcdefghijklmnoprstuvyåäö";
  if (text.empty()) return text;
  const std::size_t at = rng.Index(text.size());
  if (!IsLetter(text[at])) return text;
  const char32_t letter = kLetters[rng.Index(kLetters.size())];
  switch (rng.Int(0, 3)) {
    case 0:
      return text.erase(at, 1);
    case 1:
      return text.insert(at, 1, letter);
    case 2:
      text[at] = letter;
      return text;
    default:
      if (at + 1 < text.size() && IsLetter(text[at + 1])) std::swap(text[at], text[at + 1]);
      return text;
  }
}

template <class OneSlip>
std::optional<std::string> Slipped(const std::string& name, int edits, Rng& rng, OneSlip slip) {
  const std::u32string before = Plain(name);
  constexpr int kTries = 40;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    std::u32string text = Letters(name);
    for (int i = 0; i < edits; ++i) text = slip(std::move(text), rng);
    std::string after = Utf8(text);
    if (EditDistance(before, Plain(after), edits) == edits &&
        EditDistance(Letters(LowerText(name)), Letters(LowerText(after)), edits) == edits)
      return after;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> Mistyped(const std::string& name, int edits, Rng& rng) {
  return Slipped(name, edits, rng, Slip);
}

std::optional<std::string> Misspelt(const std::string& name, int edits, Rng& rng) {
  return Slipped(name, edits, rng, AnyEdit);
}

}  // namespace lagesbild::tools::bench
