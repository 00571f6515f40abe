#pragma once

#include <span>
#include <string_view>

#include "geo/clutter_words.h"
#include "geo/crossing_words.h"

namespace lagesbild::geo {

struct Abbreviation {
  std::string_view shortened, full;  ///< lower case, without the dot
};

/// How addresses are written somewhere: tables for the one geocoder. A new style is a new row of data.
struct AddressStyle {
  std::string_view code;                   ///< "sv", "no", "us-block": as in a municipality's configuration
  std::span<const Abbreviation> prefixes;  ///< of the first word: "n" norra, "n" north
  std::span<const Abbreviation> suffixes;  ///< of the street type, which ends the name
  /// True: the street type is the end of a word ("vallg." = vallgatan). False: it is a word of its own, and a
  /// direction may stand last too ("broad st n").
  bool compounds = true;
  std::span<const Abbreviation> ordinals =
      {};  ///< words for numbered streets: "first" 1st; empty = none are numbered
  /// True: the number stands first ("500 BLOCK S 52ND ST"). False: it follows the name.
  bool number_first = false;
  std::span<const std::string_view> block_words = {};  ///< may stand between a leading number and the name
  /// Above 0: the register holds blocks of so many numbers, and a number lies in its block. 0: each number is
  /// an address of its own.
  int block_size = 0;
  /// Street types as they end a folded name, longest first; they say little about which street is meant.
  std::span<const std::string_view> types = {};
  /// Folded words of which one may begin a name and no slip of the finger makes another: norra, södra.
  std::span<const std::string_view> opposites = {};
  /// Radius of an interpolated number as a share of the gap, and of one beyond the end, where a register is
  /// too small to measure them.
  double default_gap_share = 0.5, default_end_m = 89;
  bool nordic_texts = true;  ///< clutter, relation words and digraphs (aa, ae, oe) are those of Nordic texts
  std::span<const std::string_view> remarks = {};  ///< what follows such a word is not the street
  std::span<const std::string_view> words =
      {};  ///< common stems of names, folded, in order: no slips of the finger
  std::size_t postcode_digits = 5;
  bool postcode_from_zero = false;                            ///< "0150" is one
  std::span<const std::string_view> postcode_countries = {};  ///< upper case, may stand before a dash: "SE"
  const ClutterWords* clutter = &kNoClutter;                  ///< not read unless `nordic_texts`
  const CrossingWords* crossings = &kEnglishCrossings;
};

/// Whether a folded stem, or its genitive, is one of the style's words. O(log words).
bool IsStreetWord(std::string_view stem, const AddressStyle& style);

/// The style of a code; null when there is none.
const AddressStyle* FindAddressStyle(std::string_view code);
/// "sv", "no", "us-block": for messages.
std::string_view AddressStyleCodes();
/// Style "sv".
const AddressStyle& SwedishAddressStyle();

}  // namespace lagesbild::geo
