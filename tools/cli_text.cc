#include "tools/cli_text.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "geo/calendar.h"
#include "tools/cli_session.h"

namespace lagesbild::tools {
namespace {

std::size_t Width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string Padded(const std::string& text, std::size_t width, bool left) {
  const std::string blanks(width - std::min(width, Width(text)), ' ');
  return left ? text + blanks : blanks + text;
}

double Now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

bool TextTable::HoldsNumbers(std::size_t column) const {
  return rows_.size() > 1 && std::all_of(rows_.begin() + 1, rows_.end(), [&](const auto& row) {
           return column < row.size() && !row[column].empty() &&
                  row[column].find_first_not_of("0123456789") == std::string::npos;
         });
}

void TextTable::Print(const std::string& indent) const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], Width(row[i]));
    }
  }
  for (const auto& row : rows_) {
    std::string line = indent;
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += (i > 0 ? "  " : "") + Padded(row[i], widths[i], !HoldsNumbers(i));
    }
    line.erase(line.find_last_not_of(' ') + 1);
    std::printf("%s\n", line.c_str());
  }
}

ProgressBar::ProgressBar() : terminal_(::isatty(STDERR_FILENO) == 1), begin_s_(Now()) {}

ProgressBar::~ProgressBar() {
  if (shown_) {
    std::fprintf(stderr, "\r\033[K");
  }
}

void ProgressBar::Show(double fraction, const std::string& stage) {
  const double passed_s = Now() - begin_s_;
  if (!terminal_ || passed_s < 1) {
    return;
  }
  shown_ = true;
  constexpr int kCells = 24;
  const int full = static_cast<int>(std::clamp(fraction, 0.0, 1.0) * kCells);
  std::string left;
  if (fraction > 0.02) {
    left = " " + std::to_string(static_cast<int>(passed_s / fraction * (1 - fraction)) + 1) + " s";
  }
  std::fprintf(stderr, "\r\033[K[%s%s] %3d %%%s %s", std::string(static_cast<std::size_t>(full), '#').c_str(),
               std::string(static_cast<std::size_t>(kCells - full), '.').c_str(),
               static_cast<int>(fraction * 100), left.c_str(), stage.c_str());
}

std::string QuarterText(const v1::CalendarQuarter& quarter, bool swedish) {
  return std::to_string(quarter.year()) + (swedish ? "K" : "Q") + std::to_string(quarter.number());
}

v1::CalendarQuarter ParseQuarterOption(const std::string& text) {
  const auto parsed = geo::ParseQuarter(text);
  if (!parsed) {
    throw BadInput("\"" + text + "\" is no calendar quarter; write it like 2026Q3 or 2026K3");
  }
  v1::CalendarQuarter quarter;
  quarter.set_year(parsed->year);
  quarter.set_number(parsed->number);
  return quarter;
}

std::string ReadTextFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    throw BadInput(path + ": cannot be read, or is empty; give the path of a file");
  }
  return text.str();
}

std::string OptionWord(std::string code) {
  std::transform(code.begin(), code.end(), code.begin(), [](char c) {
    return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return code;
}

}  // namespace lagesbild::tools
