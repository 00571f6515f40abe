#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace lagesbild::tools::bench {

/// How a report is written.
struct ReportForm {
  bool swedish = true, json = false;
};

/// One value of a report: as people read it and as programs do.
struct ReportCell {
  std::string text;
  nlohmann::ordered_json value;
};

/// A column: name in JSON, and as it is printed.
struct ReportColumn {
  const char* code;
  const char* sv;
  const char* en;
};

/// Tables of a benchmark, printed one by one for people, or all at the end as one JSON document.
class BenchReport {
 public:
  explicit BenchReport(ReportForm form) : form_(form) {}

  /// Ends the table before and begins one; rows come under "CODE" in JSON.
  void Begin(const std::string& code, const std::string& title_sv, const std::string& title_en,
             std::vector<ReportColumn> columns);
  void Row(std::vector<ReportCell> cells);
  /// A line under the table; no part of the JSON.
  void Note(const char* sv, const char* en);
  /// Ends the last table; prints the document with --json.
  void End();

  bool swedish() const { return form_.swedish; }
  ReportCell Text(const std::string& text) const;
  ReportCell Count(long long count) const;
  /// A part of a whole: "98.7 %", in JSON a fraction; "–" and null of nothing.
  ReportCell Share(long long part, long long whole) const;
  /// Null and "–" below 0.
  ReportCell Number(double value, int decimals) const;

 private:
  void PrintTable();

  ReportForm form_;
  nlohmann::ordered_json document_ = nlohmann::ordered_json::object();
  std::string code_, title_;
  std::vector<ReportColumn> columns_;
  std::vector<std::vector<ReportCell>> rows_;
};

}  // namespace lagesbild::tools::bench
