#pragma once

#include <array>
#include <string>
#include <vector>

#include "tools/bench_geocode/noise.h"
#include "tools/bench_geocode/query.h"
#include "tools/bench_geocode/register.h"

namespace lagesbild::tools::bench {

/// In which ways a street may have been meant by what was written.
enum class WrittenAs { kName, kAbbreviation, kDigraphs, kSqueezed };

/// Which addresses a changed text fits as well as the one it was made from. What no reader could tell apart
/// must not count as a mistake.
class Rivals {
 public:
  Rivals(const RegisterView& view, WritingLanguage language);

  /// Sets what is right for a query whose street was written as `written` and was made from `address`:
  /// place or "ambiguous" where another street that has the number is as near to the writing (letters
  /// without marks first, then with them), and that one's addresses too where it is nearer. Namesakes count
  /// unless `place_given`.
  void Judge(BenchQuery& query, const std::string& written, int address, WrittenAs as,
             bool place_given) const;

  /// Least distance from a name to any street of the register, marks forgotten; `most` + 1 beyond.
  int Nearest(const std::string& name, int most) const;
  /// Streets within a distance of a name, marks forgotten, blanks ignored too.
  std::vector<int> Within(const std::string& name, int most) const;

 private:
  struct Form {
    std::u32string plain, lower;
  };
  std::vector<Form> FormsOf(const std::string& name, WrittenAs as) const;
  const std::vector<std::vector<Form>>& Forms(WrittenAs as) const;

  const RegisterView& view_;
  WritingLanguage language_;
  std::array<std::vector<std::vector<Form>>, 4> forms_;
};

}  // namespace lagesbild::tools::bench
