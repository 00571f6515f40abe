#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/address_style.h"

namespace lagesbild::geo {

/// A name of a text in the forms by which names are found. Each is made when it is first asked for: a text
/// is looked up in several tables by several readings, and most of the work was making the same forms again.
/// For one thread.
class NameText {
 public:
  /// A reading of the name, folded.
  struct Form {
    std::string text, solid;  ///< with and without blanks
    std::string marked;       ///< without blanks, a letter a byte, å ä ö kept
    bool expanded = false;
  };

  /// `words` in lower case as written, dots included.
  NameText(std::vector<std::string> words, const AddressStyle& style);

  const std::vector<std::string>& words() const { return words_; }
  std::string_view lower() const { return lower_; }  ///< the words with single blanks
  const std::string& key() const { return key_; }    ///< NameKey; empty when the name holds nothing
  const std::string& folded() const;
  /// With abbreviations written out, as keys; and those folded, in the same order.
  const std::vector<std::string>& expanded() const;
  const std::vector<std::string>& expanded_folded() const;
  /// Each solid text once: as it stands and expanded, aa, ae and oe also read as å, ä, ö.
  const std::vector<Form>& forms() const;

 private:
  const AddressStyle* style_;
  std::vector<std::string> words_;
  std::string lower_, key_;
  mutable std::optional<std::string> folded_;
  mutable std::optional<std::vector<std::string>> expanded_, expanded_folded_;
  mutable std::optional<std::vector<Form>> forms_;
};

/// Without blanks.
std::string SolidText(std::string_view key);
/// Without blanks, one byte each: letters of Latin-1 as their code, others as their bytes.
std::string MarkedText(std::string_view key);
/// Whether it holds aa, ae or oe.
bool HasDigraph(std::string_view folded);

}  // namespace lagesbild::geo
