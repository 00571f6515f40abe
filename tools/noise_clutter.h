#pragma once

#include <optional>

#include "tools/noise_query.h"

namespace lagesbild::tools {

/// "{}, uppgång 2" with the text in place of "{}".
std::string Wrapped(std::string_view wording, const std::string& text);

/// The address as the register writes it among words that say nothing of the street.
std::optional<NoisyQuery> Cluttered(const NoiseSource& source, const geo::Address& address);
/// Two edits among such words.
std::optional<NoisyQuery> ClutteredTwoEdits(const NoiseSource& source, const geo::Address& address);
/// In a sentence with times, dates, plates and counts.
std::optional<NoisyQuery> InSentence(const NoiseSource& source, const geo::Address& address);
/// After it a postcode of the register in which the street has no address.
std::optional<NoisyQuery> WrongPostcode(const NoiseSource& source, const geo::Address& address);

}  // namespace lagesbild::tools
