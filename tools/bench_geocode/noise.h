#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/demo_data/random.h"

namespace lagesbild::tools::bench {

using demo::Rng;

enum class WritingLanguage { kSwedish, kNorwegian };

// How a person changes a street's name while writing it. Each returns nothing where the name gives no
// occasion for it, and never the name unchanged.

/// Marks left out: "Törngatan" -> "Torngatan"; "Grønvegen" -> "Gronvegen".
std::optional<std::string> MarksDropped(const std::string& name);
/// Two letters for one: ä æ -> ae, å -> aa, ö ø -> oe.
std::optional<std::string> Digraphs(const std::string& name);
/// Marks as characters of their own behind their letters (Unicode's NFD): looks the same, is other bytes.
std::optional<std::string> Decomposed(const std::string& name);
/// Capitals, small letters, or capitals in the middle of words.
std::optional<std::string> OtherCase(const std::string& name, Rng& rng);
/// The first word, the ending or both shortened: "N. Vallg.", "St Nygatan".
std::optional<std::string> Abbreviated(const std::string& name, WritingLanguage language, Rng& rng);
/// All ways in which Abbreviated may write a name, the name itself first. What two names share is said by
/// neither.
std::vector<std::string> WrittenForms(const std::string& name, WritingLanguage language);
/// Slips of the finger, exactly `edits` apart from the name (EditDistance of what is left when case and
/// marks are forgotten): a neighboring key of the Swedish keyboard, two letters exchanged, one left out, one
/// doubled. Seldom in a word's first letter.
std::optional<std::string> Mistyped(const std::string& name, int edits, Rng& rng);
/// Exactly so many edits of any letter at any place, as of someone who read or heard the name wrong.
std::optional<std::string> Misspelt(const std::string& name, int edits, Rng& rng);
/// A blank or hyphen within a compound ("Möllevångs torget") or two words written as one ("Lillatorg").
std::optional<std::string> CompoundMoved(const std::string& name, WritingLanguage language, Rng& rng);
/// "Norra Vallgatan" -> "Vallgatan".
std::optional<std::string> FirstWordDropped(const std::string& name);
/// Another street type: "Engelbrektsgatan" -> "Engelbrektsvägen".
std::optional<std::string> OtherSuffix(const std::string& name, WritingLanguage language, Rng& rng);
/// Any other street type, those too that nobody takes for each other.
std::optional<std::string> OddSuffix(const std::string& name, WritingLanguage language, Rng& rng);

/// The street type that ends the name ("gatan", "väg"); empty when none does.
std::string StreetSuffix(const std::string& name, WritingLanguage language);
/// The street types that names end with.
const std::vector<std::string>& StreetSuffixes(WritingLanguage language);

}  // namespace lagesbild::tools::bench
