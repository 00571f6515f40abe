#include "tools/noise_names.h"

#include <algorithm>
#include <vector>

#include "tools/noise_meaning.h"
#include "tools/noise_text.h"
#include "tools/noise_words.h"

namespace lagesbild::tools {
namespace {

constexpr std::size_t kShortestPart = 4;
constexpr std::size_t kShortestRest = 7;

std::string FirstLetterLowered(const std::string& word) {
  std::u32string text = CodePoints(word);
  if (!text.empty() && ((text[0] >= U'A' && text[0] <= U'Z') || (text[0] >= 0xC0 && text[0] <= 0xDE)))
    text[0] += 32;
  return Utf8(text);
}

std::string FoldedStem(const std::string& name, const NoiseVocabulary& words) {
  return WithoutSpaces(FoldedText(StemOf(name, words)));
}

std::string TypeOf(const std::string& name, const NoiseVocabulary& words) {
  return name.substr(name.size() - TypeLength(name, words));
}

std::optional<NoisyQuery> WithText(std::optional<NoisyQuery> query, const std::string& name,
                                   const geo::Address& address) {
  if (query) query->text = name + " " + DesignationOf(address);
  return query;
}

/// The name with another type; nothing when "gata" would stand for "gatan", which is no other type.
std::optional<NoisyQuery> WithType(const NoiseSource& source, const geo::Address& address,
                                   const std::string& other) {
  const std::string type = TypeOf(address.area, source.words);
  if (type.empty() || other == type || other.substr(0, 3) == type.substr(0, 3) ||
      FoldedStem(address.area, source.words).size() < kShortestPart)
    return std::nullopt;
  const std::string name = address.area.substr(0, address.area.size() - type.size()) + other;
  return WithText(
      MeaningOfStructure(source.places, address, FoldedText(name),
                         [&](const NoiseRegister::Street& s) { return FoldedStem(s.name, source.words); }),
      name, address);
}

/// "mölleväg" for Oxie mölleväg reads as Möllevägen before it reads as anything else.
bool ReadsAsAnother(const NoiseSource& source, const geo::Address& address, const std::string& rest) {
  const std::vector<const NoiseRegister::Street*> rivals = source.places.Rivals(address);
  const std::string stem = FoldedStem(rest, source.words);
  return std::any_of(rivals.begin(), rivals.end(), [&](const NoiseRegister::Street* rival) {
    return FoldedStem(rival->name, source.words) == stem;
  });
}

}  // namespace

std::optional<NoisyQuery> SplitOrJoined(const NoiseSource& source, const geo::Address& address) {
  std::string name = address.area;
  const std::vector<std::string> words = Words(name);
  if (words.size() == 1) {
    const std::size_t type = TypeLength(name, source.words);
    if (type == 0 || name.size() - type < kShortestPart) return std::nullopt;
    name.insert(name.size() - type, " ");
  } else {
    const std::size_t second = words.size() - 1;
    std::vector<std::string> joined(words.begin(), words.end() - 2);
    joined.push_back(words[second - 1] + FirstLetterLowered(words[second]));
    name = Joined(joined);
  }
  return WithText(MeaningOfStructure(source.places, address, FoldedText(name),
                                     [](const NoiseRegister::Street& s) { return WithoutSpaces(s.folded); }),
                  name, address);
}

std::optional<NoisyQuery> FirstWordDropped(const NoiseSource& source, const geo::Address& address) {
  const std::vector<std::string> words = Words(address.area);
  if (words.size() < 2) return std::nullopt;
  const std::string rest = Joined(words, 1);
  if (FoldedText(rest).size() < kShortestRest || StemOf(rest, source.words).size() < kShortestPart ||
      ReadsAsAnother(source, address, rest))
    return std::nullopt;
  return WithText(MeaningOfStructure(source.places, address, FoldedText(rest),
                                     [](const NoiseRegister::Street& s) {
                                       const auto space = s.folded.find(' ');
                                       return space == std::string::npos ? "" : s.folded.substr(space + 1);
                                     }),
                  rest, address);
}

std::optional<NoisyQuery> WrongType(const NoiseSource& source, const geo::Address& address) {
  const std::string type = TypeOf(address.area, source.words);
  std::vector<std::string_view> others;
  for (const ShortForm& pair : source.words.type_taken_for)
    if (pair.full == type) others.push_back(pair.shortened);
  if (others.empty()) return std::nullopt;
  return WithType(source, address, std::string(source.random.Pick(others)));
}

std::optional<NoisyQuery> OddType(const NoiseSource& source, const geo::Address& address) {
  return WithType(source, address, std::string(source.random.Pick(source.words.types)));
}

}  // namespace lagesbild::tools
