#include "tools/noise_decoys.h"

#include <algorithm>

#include "tools/noise_clutter.h"
#include "tools/noise_text.h"
#include "tools/noise_words.h"

namespace lagesbild::tools {
namespace {

constexpr int kNear = 3, kFar = 5;

bool IsLikeAStreet(const std::string& name, int distance, const NoiseSource& source) {
  const std::string folded = FoldedText(name), stem = FoldedText(StemOf(name, source.words));
  const auto& streets = source.places.streets();
  return std::any_of(streets.begin(), streets.end(), [&](const NoiseRegister::Street& street) {
    return EditDistance(street.folded, folded, distance - 1) < distance ||
           street.folded.ends_with(" " + folded) || FoldedText(StemOf(street.name, source.words)) == stem;
  });
}

std::optional<NoisyQuery> DecoyAt(const NoiseSource& source, const geo::Address& address, int distance) {
  const std::string name = InventedStreet(source, distance);
  if (name.empty() || address.number == 0) return std::nullopt;
  NoisyQuery query;
  query.text = name + " " + DesignationOf(address);
  return query;
}

}  // namespace

std::string InventedStreet(const NoiseSource& source, int distance) {
  const NoiseVocabulary& words = source.words;
  std::string name(source.random.Pick(words.stem_begin));
  name += source.random.Pick(words.stem_end);
  name += source.random.Pick(words.types);
  return IsLikeAStreet(name, distance, source) ? "" : name;
}

std::optional<NoisyQuery> Decoy(const NoiseSource& source, const geo::Address& address) {
  return DecoyAt(source, address, kNear);
}

std::optional<NoisyQuery> FarDecoy(const NoiseSource& source, const geo::Address& address) {
  return DecoyAt(source, address, kFar);
}

std::optional<NoisyQuery> DecoyInSentence(const NoiseSource& source, const geo::Address& address) {
  auto query = DecoyAt(source, address, kNear);
  if (query) query->text = Wrapped(source.random.Pick(source.words.sentences), query->text);
  return query;
}

}  // namespace lagesbild::tools
