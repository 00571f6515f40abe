#include "tools/bench_geocode/query.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>
#include <utility>

#include "maps/errors.h"
#include "maps/table_input.h"

namespace lagesbild::tools::bench {
namespace {

constexpr std::array<std::pair<Expect, const char*>, 5> kExpectations{
    {{Expect::kPlace, "place"},
     {Expect::kPlaceOrAmbiguous, "place_or_ambiguous"},
     {Expect::kAmbiguous, "ambiguous"},
     {Expect::kCoarse, "coarse"},
     {Expect::kNothing, "nothing"}}};

std::string Quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n;") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string Centimeters(double value) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%.2f", value);
  return text.data();
}

std::optional<double> Number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

class QueryTable {
 public:
  using Matches = std::function<std::vector<geo::PlanePoint>(const std::string&)>;
  QueryTable(std::string file, const Matches& matches) : file_(std::move(file)), matches_(matches) {}

  void UseHeader(const std::vector<std::string>& header) {
    for (std::size_t i = 0; i < header.size(); ++i) {
      Take("query", header[i] == "query" || header[i] == "query_text", i);
      Take("class", header[i] == "class" || header[i] == "noise_class", i);
      Take("easting", header[i].starts_with("easting"), i);
      Take("northing", header[i].starts_with("northing"), i);
      for (const char* name : {"locality", "postcode", "expect", "truths", "tolerance_m", "truth_address"})
        Take(name, header[i] == name, i);
    }
    if (!columns_.contains("query"))
      throw maps::IoError(file_, "lacks the column query (or query_text) with the texts to ask for");
    const bool plane = columns_.contains("easting") && columns_.contains("northing");
    if (!plane && !columns_.contains("truths") && !columns_.contains("truth_address"))
      throw maps::IoError(file_, "lacks a truth: truths, or easting and northing, or truth_address");
  }

  void Read(const maps::TableRow& row) {
    if (!row.error.empty()) throw Fault(row, row.error);
    BenchQuery query;
    query.address = Cell(row, "query");
    query.query_class = Cell(row, "class");
    query.locality = Cell(row, "locality");
    query.postcode = Cell(row, "postcode");
    query.truths = Truths(row);
    query.expect = query.truths.empty() ? Expect::kNothing : Expect::kPlace;
    if (const std::string expect = Cell(row, "expect"); !expect.empty()) {
      bool known = false;
      for (const auto& [value, code] : kExpectations)
        if (expect == code) query.expect = value, known = true;
      if (!known) throw Fault(row, "expect must be place, place_or_ambiguous, ambiguous, coarse or nothing");
    }
    const bool placed = query.expect != Expect::kAmbiguous && query.expect != Expect::kNothing;
    if (placed && query.truths.empty()) throw Fault(row, "a place is expected and no truth is given");
    if (const std::string text = Cell(row, "tolerance_m"); !text.empty()) {
      const auto tolerance = Number(text);
      if (!tolerance || *tolerance < 0) throw Fault(row, "tolerance_m must be a number of meters");
      query.tolerance_m = *tolerance;
    }
    queries_.push_back(std::move(query));
  }

  std::vector<BenchQuery> Finish() { return std::move(queries_); }

 private:
  void Take(const char* name, bool fits, std::size_t column) {
    if (fits) columns_.try_emplace(name, column);
  }
  std::string Cell(const maps::TableRow& row, const char* name) const {
    const auto found = columns_.find(name);
    return found == columns_.end() ? std::string() : row.cells[found->second];
  }
  maps::IoError Fault(const maps::TableRow& row, const std::string& reason) const {
    return {file_, "line " + std::to_string(row.number) + ": " + reason};
  }

  std::vector<geo::PlanePoint> Truths(const maps::TableRow& row) const {
    std::vector<geo::PlanePoint> truths;
    const auto add = [&](std::string_view e, std::string_view n) {
      const auto easting = Number(e), northing = Number(n);
      if (!easting || !northing) throw Fault(row, "a truth must be easting and northing in meters");
      truths.push_back({geo::Meters{*easting}, geo::Meters{*northing}});
    };
    const std::string list = Cell(row, "truths");
    for (std::size_t begin = 0; begin < list.size();) {
      const std::size_t end = std::min(list.find(';', begin), list.size());
      const std::string_view one = std::string_view(list).substr(begin, end - begin);
      const std::size_t blank = std::min(one.find(' '), one.size() - 1);
      add(one.substr(0, blank), one.substr(blank + 1));
      begin = end + 1;
    }
    if (const std::string e = Cell(row, "easting"); truths.empty() && !e.empty())
      add(e, Cell(row, "northing"));
    if (const std::string address = Cell(row, "truth_address"); truths.empty() && !address.empty()) {
      truths = matches_(address);
      if (truths.empty()) throw Fault(row, "truth_address is no address of the register");
    }
    return truths;
  }

  std::string file_;
  const Matches& matches_;
  std::map<std::string, std::size_t> columns_;
  std::vector<BenchQuery> queries_;
};

}  // namespace

const char* ExpectCode(Expect expect) {
  for (const auto& [value, code] : kExpectations)
    if (value == expect) return code;
  return "";
}

void WriteQueries(const std::vector<BenchQuery>& queries, const std::filesystem::path& file) {
  std::ofstream out(file, std::ios::binary);
  out << "class,query,locality,postcode,expect,truths,tolerance_m\n";
  for (const BenchQuery& query : queries) {
    std::string truths;
    for (const geo::PlanePoint& truth : query.truths)
      truths += (truths.empty() ? "" : ";") + Centimeters(truth.easting.value()) + " " +
                Centimeters(truth.northing.value());
    out << query.query_class << ',' << Quoted(query.address) << ',' << Quoted(query.locality) << ','
        << query.postcode << ',' << ExpectCode(query.expect) << ',' << Quoted(truths) << ','
        << Centimeters(query.tolerance_m) << '\n';
  }
  out.close();
  if (!out) throw maps::IoError(file.string(), "cannot be written");
}

std::vector<BenchQuery> ReadQueries(const std::filesystem::path& file, const QueryTable::Matches& matches) {
  QueryTable table(file.string(), matches);
  maps::TableOptions options;
  options.delimiter = ',';
  maps::ReadTable(
      file, options, [&](const std::vector<std::string>& header) { table.UseHeader(header); },
      [&](maps::TableRow&& row) { table.Read(row); });
  return table.Finish();
}

}  // namespace lagesbild::tools::bench
