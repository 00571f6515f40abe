#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/address_style.h"
#include "geo/geocoder.h"

namespace lagesbild::geo {

struct Word {
  std::string text;   ///< as written
  std::string lower;  ///< lower case
  TextSpan at = {};   ///< bytes of the clean text
};

/// Faults with the stretch of the clean text that each concerns; each code once.
struct FaultNotes {
  std::vector<std::string> codes;
  std::vector<TextSpan> spans;
  void Add(std::string code, TextSpan span = {});
};

/// From the first byte of word `from` to the last of word `to` - 1; empty for no words.
TextSpan SpanOf(const std::vector<Word>& words, std::size_t from, std::size_t to);

/// A stretch of text between commas, brackets or semicolons, its clutter taken away.
struct AddressPart {
  std::vector<Word> words;
  std::string relation;      ///< "vid", "bakom", ... when the words follow one, else empty
  bool after_place = false;  ///< the words came after another place in the same stretch: "X vid Y"
  bool bracketed = false;
  double offset_m = 0;   ///< the place lies so far from what is named: "ca 50 m norrut"
  bool label = false;    ///< a colon followed: "Tid:" says what the next part is
  bool care_of = false;  ///< the first words may be a person's name: "c/o Berg Storgatan 12"
};

struct ParsedAddress {
  std::vector<Word> whole;         ///< the text as it stands, before any stripping
  std::vector<AddressPart> parts;  ///< at most 8, in the order of the text, none empty
  FaultNotes faults;               ///< CO_REMOVED, UNIT_REMOVED, CLUTTER_REMOVED(kind): kinds, never the text
  bool too_long = false;           ///< over 1,000 bytes or 40 words: no place, and not looked at
};

/// Parts of an address text, without care-of lines, flats, stairs, floors, entrances and bracketed remarks.
/// Expects CleanText. Clutter and relation words are taken away in Nordic texts only.
ParsedAddress ParseAddress(std::string_view clean, const AddressStyle& style = SwedishAddressStyle());

/// A house number as written: "12", "12 B", "10-16", "13 A-B", "11A U1".
struct HouseNumber {
  int number = 0;
  std::string letter;       ///< upper case, at most two
  int last_number = 0;      ///< of a range, else 0
  std::string last_letter;  ///< of a range of letters, else empty
  std::string addition;     ///< lägestillägg, upper case: "U1", "UH"
  bool flat = false;        ///< a flat's number followed and is left out: "12-1102"
  bool range() const { return last_number > 0 || !last_letter.empty(); }
};

struct HouseNumberReading {
  HouseNumber number;
  std::size_t words = 0;  ///< how many words it took
};

/// Reads a house number that begins at word `at`. `spaced_letter` allows "12 B" beside "12B".
/// Empty when the word is no house number: dates, times, designations like "1:23", ordinals like "2:a".
std::optional<HouseNumberReading> ReadHouseNumber(const std::vector<Word>& words, std::size_t at,
                                                  bool spaced_letter);

/// Reads a number that stands before the street name, and the style's words after it: "500 BLOCK OF". Zero is
/// a number here ("0 BLOCK"); "22nd" is none. Empty when the text does not begin so, or ends with it.
std::optional<HouseNumberReading> ReadLeadingNumber(const std::vector<Word>& words,
                                                    const AddressStyle& style);

/// "744 31", "74431", "SE-744 31" → "74431"; of style "no" "2406", "NO-2406" → "2406"; empty when it is
/// none.
std::string ReadPostcode(std::string_view text, const AddressStyle& style = SwedishAddressStyle());

/// True for "okänd", "uppgift saknas", "-": a cell that says there is no place.
bool SaysNoPlace(std::string_view clean);

}  // namespace lagesbild::geo
