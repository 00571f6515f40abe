#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace lagesbild::maps {

/// What is the matter with some entries of a register file, said once for all of them.
struct RegisterFinding {
  bool kept = false;              ///< the entries are used all the same
  std::string column;             ///< may be empty: the whole entry
  std::string reason, reason_sv;  ///< a sentence without the entries' own values, English and Swedish
  std::int64_t count = 0;         ///< how many entries
  std::vector<std::int64_t>
      first;  ///< the first five, as the file counts them from 1 (a table's header is 1)
};

/// Counts findings by column and reason, so that a million bad entries take no more memory than ten.
class FindingTally {
 public:
  void Reject(std::int64_t row, const std::string& column, const std::string& reason) {
    Add({false, column, reason}, row);
    ++rejected_;
  }
  /// The entry is used, but something of it is left out or taken as something else.
  void Keep(std::int64_t row, const std::string& column, const std::string& reason) {
    Add({true, column, reason}, row);
  }
  std::int64_t rejected() const { return rejected_; }
  /// Rejections first, then by count, the most first.
  std::vector<RegisterFinding> Findings() const;

 private:
  using Key = std::tuple<bool, std::string, std::string>;
  struct Rows {
    std::int64_t count = 0;
    std::vector<std::int64_t> first;
  };
  void Add(Key key, std::int64_t row);

  std::map<Key, Rows> rows_;
  std::int64_t rejected_ = 0;
};

/// The Swedish sentence of a reason that a reader of maps/ gives; the reason itself when it has none.
std::string ReasonInSwedish(std::string_view reason);

}  // namespace lagesbild::maps
