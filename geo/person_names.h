#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

namespace lagesbild::geo {

/// Names that people bear, as words in lower case: what a text is held against.
class PersonNames {
 public:
  /// Blanks or lines part the names; case does not matter. Adds to nothing: a municipality's own lists (SCB's
  /// name statistics) go here together with BuiltIn's or alone.
  PersonNames(std::string_view given_names, std::string_view surnames);
  /// About 350 given names and 230 surnames that are common in Sweden.
  static const PersonNames& BuiltIn();

  bool IsGivenName(std::string_view lower) const;
  /// In the list, or made as most Swedish surnames are: "...sson", "...qvist", "...kvist".
  bool IsSurname(std::string_view lower) const;
  /// A given name that is a word, a month or a parish as well ("Per", "Stig", "Nora"): alone it tells
  /// nothing.
  static bool IsWordToo(std::string_view lower);

 private:
  std::unordered_set<std::string> given_, surnames_;
};

/// What kind of text it is. Addresses are full of names: "Axel Danielssons väg 12", "Anna Lindhs plats".
enum class PersonalText {
  kFree,   ///< sentences: one given name of a person is enough
  kPlace,  ///< a cell of a table, an address: given name and surname together
};

/// Whether the text names a person: given name and surname in either order ("Anna Berg", "Berg, Anna"), an
/// initial or a title and a surname ("A. Berg", "fru Berg"), "hos Anna", "heter Anna"; in free text also one
/// given name, or one surname in "...sson". Not a name that a street, a square, a school or a firm bears.
/// Cost: O(length).
bool HoldsPersonName(std::string_view text, PersonalText kind,
                     const PersonNames& names = PersonNames::BuiltIn());

/// Whether the text tells somebody's account: "@kalle_99", "snap: kalle", "kontot anna.b", "Thomas90"; in
/// free text also any word with "_" in it, which in a table is a code ("wrong_address"). Cost: O(length).
bool HoldsAccountName(std::string_view text, PersonalText kind,
                      const PersonNames& names = PersonNames::BuiltIn());

}  // namespace lagesbild::geo
