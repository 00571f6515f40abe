#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "geo/name_index.h"

namespace lagesbild::geo {

/// What has been made of the stretches of one part of a text, so that each way of reading it need not make it
/// again. Holds the part's words by their place in memory; for one query, while the part lives.
template <class Number>
class PartMemo {
 public:
  struct Name {
    explicit Name(NameText of) : text(std::move(of)) {}
    NameText text;
    std::optional<std::vector<NearName>> near;  ///< streets of nearly this name
  };

  /// From now on for these words; sentences are not remembered, they hold too many stretches.
  void Remember(const std::vector<Word>& words) {
    words_ = words.size() <= kMostWords ? &words : nullptr;
    starts.reset();
    names_.clear();
    numbers_.clear();
    if (words_ == nullptr) return;
    names_.resize((words.size() + 1) * (words.size() + 1));
    numbers_.resize(names_.size());
  }
  bool Holds(const std::vector<Word>& words) const { return words_ == &words; }

  /// `make()` gives the name of the stretch. Good until the next call where the words are not remembered.
  template <class Make>
  Name& NameOf(const std::vector<Word>& words, std::size_t from, std::size_t to, Make&& make) {
    std::unique_ptr<Name>& name = Holds(words) ? names_[from * (words.size() + 1) + to] : scratch_;
    if (name == nullptr || !Holds(words)) name = std::make_unique<Name>(make());
    return *name;
  }
  /// `read()` gives the number at `at` of a name that begins at `start`.
  template <class Read>
  std::optional<Number> NumberOf(const std::vector<Word>& words, std::size_t start, std::size_t at,
                                 Read&& read) {
    if (!Holds(words)) return read();
    std::unique_ptr<std::optional<Number>>& number = numbers_[start * (words.size() + 1) + at];
    if (number == nullptr) number = std::make_unique<std::optional<Number>>(read());
    return *number;
  }
  std::optional<std::vector<std::size_t>> starts;  ///< where a name may begin

 private:
  static constexpr std::size_t kMostWords = 12;
  const std::vector<Word>* words_ = nullptr;
  std::vector<std::unique_ptr<Name>> names_;  // from × (words + 1) + to
  std::vector<std::unique_ptr<std::optional<Number>>> numbers_;
  std::unique_ptr<Name> scratch_;
};

}  // namespace lagesbild::geo
