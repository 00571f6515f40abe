#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/bench_geocode/phrases.h"
#include "tools/bench_geocode/rivals.h"

namespace lagesbild::tools::bench {

/// Street names that could be the register's and are not: real beginnings, ends and street types put
/// together anew.
class Decoys {
 public:
  Decoys(const RegisterView& view, const Rivals& rivals, WritingLanguage language);

  struct Decoy {
    std::string street;
    int number = 0;
    int distance = 0;  ///< edits to the nearest street, marks forgotten; 3 stands for more
  };
  /// At least three edits from every street, with no other's stem, and no other's words after its first.
  std::optional<Decoy> Far(Rng& rng) const;
  /// At least five edits from every street: a name of words that no register is known to have.
  std::optional<Decoy> Invented(QuerySet set, Rng& rng) const;
  /// A last name that the register has and a first name that it has, for a person whom it has not; the number
  /// exists on the street of the other person.
  std::optional<Decoy> OtherPerson(Rng& rng) const;
  /// One or two edits from a street, or a street with another type; none of those has the number, nor
  /// numbers on both sides of it, nor one within 20.
  std::optional<Decoy> Near(Rng& rng) const;

 private:
  std::optional<std::string> Recombined(Rng& rng) const;
  std::optional<std::string> Beside(Rng& rng) const;
  /// No street has the stem, none is called so after its first word.
  bool IsNew(const std::string& name) const;
  bool Exists(const std::string& name) const;

  const RegisterView& view_;
  const Rivals& rivals_;
  WritingLanguage language_;
  std::vector<std::string> heads_, tails_;  ///< of compounds, each of several streets
  std::vector<std::string> first_names_;
  std::vector<int> persons_;                           ///< streets of three words: "Anders Perssons gata"
  std::vector<std::u32string> stems_, without_first_;  ///< sorted, plain
};

}  // namespace lagesbild::tools::bench
