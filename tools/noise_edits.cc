#include "tools/noise_edits.h"

#include "tools/noise_meaning.h"
#include "tools/noise_text.h"
#include "tools/noise_words.h"

namespace lagesbild::tools {
namespace {

constexpr std::u32string_view kLetters = U"abcdefghijklmnoprstuvyåäö";
constexpr int kTries = 20;
constexpr std::size_t kShortestStem = 5;  ///< folded letters; in less, an edit leaves nothing to know

std::string Edited(const std::string& name, NoiseRandom& random) {
  std::u32string text = CodePoints(name);
  const std::size_t at = random.Below(text.size());
  if (text[at] == U' ') return name;
  switch (random.Below(4)) {
    case 0:
      text.erase(at, 1);
      break;
    case 1:
      text.insert(at, 1, kLetters[random.Below(kLetters.size())]);
      break;
    case 2:
      text[at] = kLetters[random.Below(kLetters.size())];
      break;
    default:
      if (at + 1 < text.size() && text[at + 1] != U' ') std::swap(text[at], text[at + 1]);
  }
  return Utf8(text);
}

/// The name so many edits away, empty when chance does not give it.
std::string EditedTimes(const std::string& name, int edits, NoiseRandom& random) {
  for (int i = 0; i < kTries; ++i) {
    std::string edited = name;
    for (int k = 0; k < edits; ++k) edited = Edited(edited, random);
    if (EditDistance(FoldedText(name), FoldedText(edited), edits) == edits) return edited;
  }
  return {};
}

std::optional<NoisyQuery> EditedQuery(const NoiseSource& source, const geo::Address& address, int edits) {
  const std::string edited = EditedTimes(address.area, edits, source.random);
  if (edited.empty() || FoldedText(address.area).size() < kShortestStem) return std::nullopt;
  auto query = MeaningOf(source.places, address, FoldedText(edited), edits,
                         [](const NoiseRegister::Street& street) { return street.folded; });
  if (query) query->text = edited + " " + DesignationOf(address);
  return query;
}

struct NameParts {
  std::string first, stem, type;  ///< each as it shall be written
};

/// The name with its street type and, when told so, its first word shortened; no stem: it cannot be.
NameParts Shortened(const std::string& name, bool first_word, const NoiseVocabulary& words) {
  NameParts parts;
  const std::size_t type_length = TypeLength(name, words);
  for (const ShortForm& form : words.type_short)
    if (form.full == name.substr(name.size() - type_length)) parts.type = form.shortened;
  if (parts.type.empty()) return {};
  parts.stem = name.substr(0, name.size() - type_length);
  if (!first_word) return parts;
  for (const ShortForm& form : words.first_short) {
    const std::string word = std::string(form.full) + " ";
    if (!parts.stem.starts_with(word) || parts.stem.size() == word.size()) continue;
    parts.first = std::string(form.shortened) + " ";
    parts.stem.erase(0, word.size());
    break;
  }
  return parts;
}

std::string Text(const NameParts& parts) { return parts.first + parts.stem + parts.type; }

}  // namespace

std::optional<NoisyQuery> OneEdit(const NoiseSource& source, const geo::Address& address) {
  return EditedQuery(source, address, 1);
}

std::optional<NoisyQuery> TwoEdits(const NoiseSource& source, const geo::Address& address) {
  return EditedQuery(source, address, 2);
}

std::optional<NoisyQuery> ShortenedWithEdit(const NoiseSource& source, const geo::Address& address) {
  const bool first_word = source.random.Chance(70);
  NameParts parts = Shortened(address.area, first_word, source.words);
  if (FoldedText(parts.stem).size() < kShortestStem) return std::nullopt;
  // The edit is within the stem: the letters of a shortened type are all that says there is one.
  const bool spaced = parts.stem.ends_with(' ');
  if (spaced) parts.stem.pop_back();
  parts.stem = EditedTimes(parts.stem, 1, source.random);
  if (parts.stem.empty()) return std::nullopt;
  if (spaced) parts.stem += ' ';
  auto query =
      MeaningOf(source.places, address, FoldedText(Text(parts)), 1, [&](const NoiseRegister::Street& street) {
        const NameParts rival = Shortened(street.name, first_word, source.words);
        return rival.stem.empty() ? street.folded : FoldedText(Text(rival));
      });
  if (query) query->text = Text(parts) + " " + DesignationOf(address);
  return query;
}

}  // namespace lagesbild::tools
