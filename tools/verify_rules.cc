#include "tools/verify_rules.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "geo/errors.h"

namespace lagesbild::tools {
namespace {

std::string Short(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.3g", value);
  return buffer;
}

/// A key as compared: numbers by value, sets by their sorted members.
std::string Normalized(const std::string& text, bool set) {
  if (!set) {
    const auto number = ParseNumber(text);
    return number ? FormatNumber(*number) : text;
  }
  std::vector<std::string> members(1);
  for (const char c : text) {
    if (c == ' ' || c == ';' || c == '|' || c == ',')
      members.emplace_back();
    else
      members.back() += c;
  }
  std::erase(members, "");
  std::sort(members.begin(), members.end());
  std::string joined;
  for (const std::string& member : members) joined += member + ' ';
  return joined;
}

/// One text per row that stands for its keys. "#row" is the row number.
std::vector<std::string> Keys(const Table& table, const Json& rules) {
  std::vector<std::string> keys(table.rows.size());
  for (const auto& [column, rule] : rules.items()) {
    if (!rule.is_object() || !rule.value("key", false)) continue;
    const bool by_row = column == "#row" && !table.find(column);
    const bool set = rule.value("match", "") == "set";
    for (std::size_t i = 0; i < keys.size(); ++i)
      keys[i] += Normalized(by_row ? std::to_string(i + 1) : table.rows[i][table.index(column)], set) + '\n';
  }
  return keys;
}

bool SameText(const std::string& text, const Json& value) {
  const std::string other = value.is_string() ? value.get<std::string>() : value.dump();
  return Normalized(text, false) == Normalized(other, false);
}

double LargestMagnitude(const Table& table, std::size_t column) {
  double largest = 0;
  for (const auto& row : table.rows) {
    const auto number = ParseNumber(row[column]);
    if (number && std::isfinite(*number)) largest = std::max(largest, std::abs(*number));
  }
  return largest;
}

/// What a difference is divided by. Nothing is relative to 0: there the difference itself counts.
double Scale(const std::string& relative_to, double expected, double column_max) {
  const double scale = relative_to == "column_max" ? column_max
                       : relative_to == "value"    ? std::abs(expected)
                                                   : 1;
  return scale > 0 ? scale : 1;
}

}  // namespace

JoinedFile::JoinedFile(Table expected, Table ours, const Json& rules)
    : expected_(std::move(expected)),
      ours_(std::move(ours)),
      rules_(rules),
      our_row_(expected_.rows.size(), kMissing) {
  if (ours_.columns.empty()) return;
  std::map<std::string, std::size_t> by_key;
  const std::vector<std::string> our_keys = Keys(ours_, rules_), keys = Keys(expected_, rules_);
  for (std::size_t i = 0; i < our_keys.size(); ++i) by_key.emplace(our_keys[i], i);
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (const auto found = by_key.find(keys[i]); found != by_key.end()) our_row_[i] = found->second;
}

bool JoinedFile::Counts(std::size_t row, const Json& rule) const {
  if (!rule.contains("where")) return true;
  for (const auto& [column, value] : rule.at("where").items())
    if (!SameText(expected_.rows[row][expected_.index(column)], value)) return false;
  return true;
}

bool JoinedFile::MayBeMissing(std::size_t row, const Json& rule) const {
  if (!rule.contains("optional_rows")) return false;
  for (const auto& [column, values] : rule.at("optional_rows").items())
    for (const Json& value : values)
      if (SameText(expected_.rows[row][expected_.index(column)], value)) return true;
  return false;
}

Judgement JoinedFile::Judge(const std::string& column) const {
  const Json& rule = rules_.at(column);
  const auto ours = ours_.find(rule.value("compute_as", column));
  if (!ours) return {};
  const std::size_t theirs = expected_.index(column);
  const std::string relative_to = rule.value("relative_to", "absolute");
  const double column_max = LargestMagnitude(expected_, theirs);
  const std::string tolerance_column = rule.value("tolerance_column", "");
  const double fixed_tolerance = relative_to == "exact" ? 0 : rule.value("tolerance", 0.0);

  double largest = 0;
  bool within = true;
  std::string note;
  const auto fail = [&](std::size_t row, const std::string& why) {
    within = false;
    if (note.empty()) note = "row " + std::to_string(row + 1) + " " + why;
  };
  for (std::size_t i = 0; i < expected_.rows.size(); ++i) {
    if (!Counts(i, rule)) continue;
    if (our_row_[i] == kMissing) {
      if (!MayBeMissing(i, rule)) fail(i, "was not computed"), largest = HUGE_VAL;
      continue;
    }
    const std::string &expected_text = expected_.rows[i][theirs], &our_text = ours_.rows[our_row_[i]][*ours];
    const auto expected = ParseNumber(expected_text), computed = ParseNumber(our_text);
    if (!expected || !computed) {
      // Labels: the same or not.
      if (expected_text != our_text)
        fail(i, "has the label " + our_text + " in place of " + expected_text), largest = HUGE_VAL;
      continue;
    }
    if (std::isnan(*expected) || std::isnan(*computed)) {
      if (std::isnan(*expected) != std::isnan(*computed))
        fail(i, std::isnan(*expected) ? "should be undefined" : "should be defined"), largest = HUGE_VAL;
      continue;
    }
    const double difference = *expected == *computed ? 0 : std::abs(*expected - *computed);
    const double deviation = difference / Scale(relative_to, *expected, column_max);
    const double tolerance =
        tolerance_column.empty()
            ? fixed_tolerance
            : ParseNumber(expected_.rows[i][expected_.index(tolerance_column)]).value_or(0);
    largest = std::max(largest, deviation);
    if (!(deviation <= tolerance)) fail(i, "deviates by " + Short(deviation));
  }
  if (rule.value("also_by_rank", false)) {
    for (std::size_t i = 0; i < expected_.rows.size(); ++i) {
      const auto expected = ParseNumber(expected_.rows[i][theirs]);
      const auto computed = i < ours_.rows.size() ? ParseNumber(ours_.rows[i][*ours]) : std::nullopt;
      const double deviation =
          expected && computed ? std::abs(*expected - *computed) / Scale(relative_to, *expected, column_max)
                               : HUGE_VAL;
      largest = std::max(largest, deviation);
      if (!(deviation <= fixed_tolerance)) fail(i, "by rank deviates by " + Short(deviation));
    }
  }
  Judgement judgement{.verdict = within ? Verdict::kPass : Verdict::kFail,
                      .deviation = Short(largest),
                      .tolerance = tolerance_column.empty() ? Short(fixed_tolerance) : tolerance_column,
                      .note = note};
  if (rule.value("informational", false)) judgement.verdict = Verdict::kInformation;
  return judgement;
}

Judgement JudgeScalar(const Json& rule, const double* ours) {
  if (ours == nullptr) return {};
  const std::string relative_to = rule.value("relative_to", "absolute");
  const double tolerance = relative_to == "exact" ? 0 : rule.value("tolerance", 0.0);
  const double expected = rule.at("value").is_number() ? rule.at("value").get<double>() : std::nan("");
  Judgement judgement{.tolerance = Short(tolerance)};
  if (std::isnan(expected) || std::isnan(*ours)) {
    const bool same = std::isnan(expected) && std::isnan(*ours);
    judgement.verdict = same ? Verdict::kPass : Verdict::kFail;
    judgement.deviation = Short(same ? 0 : HUGE_VAL);
    judgement.note = same ? "" : "is undefined on one side only";
  } else {
    const double deviation = std::abs(expected - *ours) / Scale(relative_to, expected, std::abs(expected));
    judgement.verdict = deviation <= tolerance ? Verdict::kPass : Verdict::kFail;
    judgement.deviation = Short(deviation);
    if (judgement.verdict == Verdict::kFail) judgement.note = "deviates by " + Short(deviation);
  }
  if (rule.value("informational", false)) judgement.verdict = Verdict::kInformation;
  return judgement;
}

}  // namespace lagesbild::tools
