#pragma once

#include <string>
#include <vector>

#include "tools/verify_case.h"

namespace lagesbild::tools {

enum class Verdict { kPass, kFail, kInformation, kUnsupported };

/// How one expected column or scalar compares.
struct Judgement {
  Verdict verdict = Verdict::kUnsupported;
  std::string deviation = {}, tolerance = {};  ///< as printed; empty when there is none
  std::string note = {};                       ///< why it failed
};

/// Joins the rows of one expected file with ours on its key columns.
class JoinedFile {
 public:
  /// `rules` is the file's entry of `columns`. `ours` may lack columns and rows.
  JoinedFile(Table expected, Table ours, const Json& rules);

  /// Compares one column by its rule: `compute_as`, `relative_to`, `tolerance` or `tolerance_column`,
  /// `where`, `optional_rows`, `informational`; `also_by_rank` compares row by row
  /// beside, ours being in order of rank. Undefined values must be undefined on both sides.
  Judgement Judge(const std::string& column) const;

 private:
  static constexpr std::size_t kMissing = static_cast<std::size_t>(-1);
  bool Counts(std::size_t row, const Json& rule) const;
  bool MayBeMissing(std::size_t row, const Json& rule) const;

  Table expected_, ours_;
  Json rules_;
  std::vector<std::size_t> our_row_;  // for each expected row, or kMissing
};

Judgement JudgeScalar(const Json& rule, const double* ours);

}  // namespace lagesbild::tools
