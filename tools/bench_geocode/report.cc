#include "tools/bench_geocode/report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "maps/markup.h"

namespace lagesbild::tools::bench {
namespace {

std::size_t Width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

void BenchReport::Begin(const std::string& code, const std::string& title_sv, const std::string& title_en,
                        std::vector<ReportColumn> columns) {
  PrintTable();
  code_ = code;
  title_ = form_.swedish ? title_sv : title_en;
  columns_ = std::move(columns);
  rows_.clear();
}

void BenchReport::Row(std::vector<ReportCell> cells) {
  nlohmann::ordered_json row;
  for (std::size_t i = 0; i < cells.size(); ++i) row[columns_[i].code] = cells[i].value;
  document_[code_].push_back(std::move(row));
  rows_.push_back(std::move(cells));
}

void BenchReport::Note(const char* sv, const char* en) {
  PrintTable();
  if (!form_.json) std::printf("  %s\n", (form_.swedish ? sv : en));
}

void BenchReport::PrintTable() {
  if (rows_.empty() || form_.json) return;
  std::vector<std::vector<std::string>> lines(1);
  for (const ReportColumn& column : columns_) lines[0].emplace_back(form_.swedish ? column.sv : column.en);
  for (const auto& row : rows_) {
    lines.emplace_back();
    for (const ReportCell& cell : row) lines.back().push_back(cell.text);
  }
  std::vector<std::size_t> widths(columns_.size());
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], Width(line[i]));
  // Words begin at the left, figures end at the right.
  std::vector<bool> words(columns_.size());
  for (std::size_t i = 0; i < columns_.size(); ++i)
    words[i] = i == 0 || std::all_of(rows_.begin(), rows_.end(),
                                     [&](const auto& row) { return row[i].value.is_string(); });
  std::printf("\n%s\n", title_.c_str());
  for (const auto& line : lines) {
    std::string text = " ";
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::string blanks(widths[i] - Width(line[i]), ' ');
      text += (i == 0 ? " " : "  ") + (words[i] ? line[i] + blanks : blanks + line[i]);
    }
    while (text.ends_with(' ')) text.pop_back();
    std::printf("%s\n", text.c_str());
  }
  std::fflush(stdout);
  rows_.clear();
}

void BenchReport::End() {
  PrintTable();
  if (form_.json) std::printf("%s\n", document_.dump(2).c_str());
}

ReportCell BenchReport::Text(const std::string& text) const { return {text, text}; }

ReportCell BenchReport::Count(long long count) const { return {std::to_string(count), count}; }

ReportCell BenchReport::Share(long long part, long long whole) const {
  if (whole == 0) return {"–", nullptr};
  const double share = static_cast<double>(part) / static_cast<double>(whole);
  return {Number(100 * share, 2).text + " %", share};
}

ReportCell BenchReport::Number(double value, int decimals) const {
  if (value < 0) return {"–", nullptr};
  const double scale = std::pow(10.0, decimals);
  const double rounded = std::round(value * scale) / scale;
  if (form_.swedish) return {maps::SwedishNumber(value, decimals), rounded};
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return {text.data(), rounded};
}

}  // namespace lagesbild::tools::bench
