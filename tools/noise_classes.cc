#include "tools/noise_classes.h"

#include "tools/noise_clutter.h"
#include "tools/noise_decoys.h"
#include "tools/noise_edits.h"
#include "tools/noise_names.h"
#include "tools/noise_numbers.h"

namespace lagesbild::tools {
namespace {

constexpr std::size_t kTriesPerQuery = 100;  ///< few streets have, say, a first word to drop

constexpr NoiseClass kClasses[] = {
    {"one_edit", "ett skrivfel", "one edit", OneEdit},
    {"two_edits", "två skrivfel", "two edits", TwoEdits},
    {"abbreviation_edit", "förkortning + skrivfel", "abbreviation + edit", ShortenedWithEdit},
    {"clutter", "tillägg", "clutter", Cluttered},
    {"two_edits_clutter", "två skrivfel + tillägg", "two edits + clutter", ClutteredTwoEdits},
    {"split_join", "sär- och ihopskrivet", "split or joined", SplitOrJoined},
    {"first_word_dropped", "första ordet borta", "first word dropped", FirstWordDropped},
    {"wrong_suffix", "fel ändelse", "wrong suffix", WrongType},
    {"odd_suffix", "ovanlig fel ändelse", "odd wrong suffix", OddType},
    {"free_text", "mening", "free text", InSentence},
    {"wrong_postcode", "fel postnummer", "wrong postcode", WrongPostcode},
    {"missing_letter", "bokstav saknas", "letter missing", MissingLetter},
    {"decoy", "påhittad gata (3+ fel bort)", "invented street (3+ edits away)", Decoy},
    {"decoy_far", "påhittad gata (5+ fel bort)", "invented street (5+ edits away)", FarDecoy},
    {"decoy_free_text", "påhittad gata i mening", "invented street in a sentence", DecoyInSentence},
    {"far_number", "orimligt nummer", "number far out", FarNumber},
};

}  // namespace

std::span<const NoiseClass> NoiseClasses() { return kClasses; }

std::vector<NoisyQuery> MakeQueries(const NoiseClass& noise, const NoiseRegister& places,
                                    const NoiseVocabulary& words, std::uint64_t seed, std::size_t count) {
  NoiseRandom random(seed, noise.code);
  const NoiseSource source{places, words, random};
  std::vector<NoisyQuery> queries;
  for (std::size_t tries = kTriesPerQuery * count; queries.size() < count && tries > 0; --tries) {
    const geo::Address& address = random.Pick(places.gazetteer().addresses);
    if (address.number == 0) continue;
    if (auto query = noise.make(source, address)) queries.push_back(std::move(*query));
  }
  return queries;
}

}  // namespace lagesbild::tools
