#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lagesbild::geo {

/// A text as a person wrote it, made regular: NFC, one space between words, no control or format characters,
/// every dash "-", every apostrophe "'". Bytes that are no UTF-8 become spaces. Case is kept.
std::string CleanText(std::string_view utf8);

/// Lower case letter by letter, without regard to language. Expects CleanText.
std::string LowerCase(std::string_view clean);

/// å ä → a, ö → o, é → e, ü → u, æ → a, ø → o: any mark on a letter falls away. Expects lower case.
std::string FoldMarks(std::string_view lower);

/// aa, ae → a and oe → o, for keyboards without å ä ö. Damages names that hold these letters by right, so
/// its keys are the last to be tried. Expects FoldMarks.
std::string FoldDigraphs(std::string_view folded);

/// aa → å, ae → ä, oe → ö: what such a keyboard's writer meant. Expects lower case.
std::string ReadDigraphs(std::string_view lower);

/// Letters and digits with single spaces between: dots, hyphens and apostrophes part words, as does ':' after
/// a digit ("1:23"); after a letter it falls away ("S:t" is one word). Expects lower case.
std::string NameKey(std::string_view lower);

/// The words between spaces.
std::vector<std::string> SplitWords(std::string_view text);

/// True when the text begins with an upper-case letter.
bool BeginsWithCapital(std::string_view clean);

/// True when any letter is lower case; a text all in capitals tells nothing about proper names.
bool HasLowerCase(std::string_view clean);

}  // namespace lagesbild::geo
