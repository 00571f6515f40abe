#include "tools/noise_clutter.h"

#include <algorithm>

#include "tools/noise_edits.h"
#include "tools/noise_meaning.h"
#include "tools/noise_text.h"
#include "tools/noise_words.h"

namespace lagesbild::tools {
namespace {

/// The address as the register writes it.
std::optional<NoisyQuery> Plain(const NoiseSource& source, const geo::Address& address) {
  auto query = MeaningOf(source.places, address, FoldedText(address.area), 0,
                         [](const NoiseRegister::Street& street) { return street.folded; });
  if (query) query->text = AddressText(address);
  return query;
}

std::optional<NoisyQuery> WithWording(std::optional<NoisyQuery> query, std::string_view wording) {
  if (query) query->text = Wrapped(wording, query->text);
  return query;
}

/// "217 71" in Sweden; postcodes of another length as they are.
std::string WrittenPostcode(const std::string& postcode, NoiseRandom& random) {
  return postcode.size() == 5 && random.Chance(50) ? postcode.substr(0, 3) + " " + postcode.substr(3)
                                                   : postcode;
}

}  // namespace

std::string Wrapped(std::string_view wording, const std::string& text) {
  std::string result(wording);
  return result.replace(result.find("{}"), 2, text);
}

std::optional<NoisyQuery> Cluttered(const NoiseSource& source, const geo::Address& address) {
  return WithWording(Plain(source, address), source.random.Pick(source.words.clutter));
}

std::optional<NoisyQuery> ClutteredTwoEdits(const NoiseSource& source, const geo::Address& address) {
  return WithWording(TwoEdits(source, address), source.random.Pick(source.words.clutter));
}

std::optional<NoisyQuery> InSentence(const NoiseSource& source, const geo::Address& address) {
  return WithWording(Plain(source, address), source.random.Pick(source.words.sentences));
}

std::optional<NoisyQuery> WrongPostcode(const NoiseSource& source, const geo::Address& address) {
  const geo::Address& other = source.random.Pick(source.places.gazetteer().addresses);
  const auto& own = source.places.StreetOf(address).addresses;
  const bool known = std::any_of(own.begin(), own.end(),
                                 [&](int i) { return source.places.address(i).postcode == other.postcode; });
  if (known || other.postcode.empty()) return std::nullopt;
  return WithWording(Plain(source, address), "{}, " + WrittenPostcode(other.postcode, source.random) + " " +
                                                 std::string(source.words.town));
}

}  // namespace lagesbild::tools
