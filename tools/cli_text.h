#pragma once

#include <string>
#include <vector>

#include "lagesbild/v1/types.pb.h"

namespace lagesbild::tools {

/// Lines of columns, the first left-aligned, the others right-aligned by what is in them. Counts characters,
/// not bytes.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> header) { Add(std::move(header)); }
  void Add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  /// To stdout, each line after `indent`.
  void Print(const std::string& indent = "") const;

 private:
  bool HoldsNumbers(std::size_t column) const;

  std::vector<std::vector<std::string>> rows_;
};

/// A bar on stderr with share, stage and time left, when that is a terminal and the work is longer than a
/// second.
class ProgressBar {
 public:
  ProgressBar();
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  void Show(double fraction, const std::string& stage);

 private:
  bool terminal_, shown_ = false;
  double begin_s_;
};

/// "2026Q3", in Swedish "2026K3".
std::string QuarterText(const v1::CalendarQuarter& quarter, bool swedish = false);
/// The inverse. Throws BadInput naming the forms that are right.
v1::CalendarQuarter ParseQuarterOption(const std::string& text);
/// Reads a whole file. Throws BadInput.
std::string ReadTextFile(const std::string& path);
/// Lower-case "ab-c" for "AB_C".
std::string OptionWord(std::string code);

}  // namespace lagesbild::tools
