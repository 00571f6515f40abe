// Query files of several forms.
#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "geo/projection.h"
#include "maps/errors.h"
#include "maps/table_input.h"
#include "tools/bench_geocode/query.h"

namespace lagesbild::tools::bench {
namespace {

std::optional<double> Number(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct LatLon {
  double lat = 0, lon = 0;
  double meters = 0;
};

/// "59.94,16.86,100".
std::optional<LatLon> ParseCoordinate(std::string_view text) {
  std::array<double, 3> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t comma = i + 1 < parts.size() ? text.find(',') : text.size();
    if (comma == std::string_view::npos) return std::nullopt;
    const auto value = Number(text.substr(0, comma));
    if (!value) return std::nullopt;
    parts[i] = *value;
    text.remove_prefix(std::min(text.size(), comma + 1));
  }
  if (std::abs(parts[0]) > 90 || std::abs(parts[1]) > 180 || parts[2] < 0) return std::nullopt;
  return LatLon{parts[0], parts[1], parts[2]};
}

class QueryTable {
 public:
  QueryTable(std::string file, const TruthReader& truths)
      : file_(std::move(file)), truths_(truths), projection_(truths.plane) {}

  void UseHeader(const std::vector<std::string>& header) {
    if (header.size() == 2 && ParseCoordinate(header[1])) {
      columns_ = {{"query", 0}, {"expected_coordinate", 1}};
      Read({.number = 1, .cells = header, .error = {}});
      return;
    }
    for (std::size_t i = 0; i < header.size(); ++i) {
      Take("query", header[i] == "query" || header[i] == "query_text", i);
      Take("class", header[i] == "class" || header[i] == "noise_class" || header[i] == "tier", i);
      Take("easting", header[i].starts_with("easting"), i);
      Take("northing", header[i].starts_with("northing"), i);
      for (const char* name : {"locality", "postcode", "expect", "truths", "tolerance_m", "truth_address",
                               "expected_coordinate", "lat", "lon"})
        Take(name, header[i] == name, i);
    }
    if (!columns_.contains("query"))
      throw maps::IoError(file_, "lacks the column query (or query_text) with the texts to ask for");
    const auto both = [&](const char* a, const char* b) {
      return columns_.contains(a) && columns_.contains(b);
    };
    if (!both("easting", "northing") && !both("lat", "lon") && !columns_.contains("truths") &&
        !columns_.contains("truth_address") && !columns_.contains("expected_coordinate"))
      throw maps::IoError(file_,
                          "lacks a truth: truths, expected_coordinate, easting and northing, lat and lon, or "
                          "truth_address");
  }

  void Read(const maps::TableRow& row) {
    if (!row.error.empty()) throw Fault(row, row.error);
    BenchQuery query;
    query.address = Cell(row, "query");
    query.query_class = Cell(row, "class");
    query.locality = Cell(row, "locality");
    query.postcode = Cell(row, "postcode");
    AddTruths(row, query);
    query.expect = query.truths.empty() ? Expect::kNothing : Expect::kPlace;
    if (const std::string expect = Cell(row, "expect"); !expect.empty())
      query.expect = ParseExpect(row, expect);
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
  Expect ParseExpect(const maps::TableRow& row, const std::string& code) const {
    for (const Expect expect :
         {Expect::kPlace, Expect::kPlaceOrAmbiguous, Expect::kAmbiguous, Expect::kCoarse, Expect::kNothing})
      if (code == ExpectCode(expect)) return expect;
    throw Fault(row, "expect must be place, place_or_ambiguous, ambiguous, coarse or nothing");
  }
  geo::PlanePoint InPlane(double lat, double lon) const {
    return projection_.Forward({geo::Degrees{lon}, geo::Degrees{lat}});
  }

  void AddTruths(const maps::TableRow& row, BenchQuery& query) const {
    AddList(row, query);
    if (const std::string text = Cell(row, "expected_coordinate"); query.truths.empty() && !text.empty()) {
      const auto coordinate = ParseCoordinate(text);
      if (!coordinate) throw Fault(row, "expected_coordinate must be lat,lon,meters");
      query.truths = {InPlane(coordinate->lat, coordinate->lon)};
      query.tolerance_m = coordinate->meters;
    }
    if (const std::string e = Cell(row, "easting"); query.truths.empty() && !e.empty())
      AddPlane(row, e, Cell(row, "northing"), query);
    // Beside an expected coordinate they say where the search is centered.
    if (const std::string lat = Cell(row, "lat");
        query.truths.empty() && !lat.empty() && !columns_.contains("expected_coordinate")) {
      const auto y = Number(lat), x = Number(Cell(row, "lon"));
      if (!y || !x || std::abs(*y) > 90 || std::abs(*x) > 180)
        throw Fault(row, "lat and lon must be degrees");
      query.truths = {InPlane(*y, *x)};
    }
    if (const std::string address = Cell(row, "truth_address"); query.truths.empty() && !address.empty()) {
      query.truths = truths_.matches(address);
      if (query.truths.empty()) throw Fault(row, "truth_address is no address of the register");
    }
  }
  void AddPlane(const maps::TableRow& row, std::string_view e, std::string_view n, BenchQuery& query) const {
    const auto easting = Number(e), northing = Number(n);
    if (!easting || !northing) throw Fault(row, "a truth must be easting and northing in meters");
    query.truths.push_back({geo::Meters{*easting}, geo::Meters{*northing}});
  }
  /// "E N;E N".
  void AddList(const maps::TableRow& row, BenchQuery& query) const {
    const std::string list = Cell(row, "truths");
    for (std::size_t begin = 0; begin < list.size();) {
      const std::size_t end = std::min(list.find(';', begin), list.size());
      const std::string_view one = std::string_view(list).substr(begin, end - begin);
      const std::size_t blank = std::min(one.find(' '), one.empty() ? 0 : one.size() - 1);
      AddPlane(row, one.substr(0, blank), one.substr(one.empty() ? 0 : blank + 1), query);
      begin = end + 1;
    }
  }

  std::string file_;
  const TruthReader& truths_;
  geo::Projection projection_;
  std::map<std::string, std::size_t> columns_;
  std::vector<BenchQuery> queries_;
};

}  // namespace

std::vector<BenchQuery> ReadQueries(const std::filesystem::path& file, const TruthReader& truths) {
  QueryTable table(file.string(), truths);
  maps::TableOptions options;
  options.delimiter = ',';
  maps::ReadTable(
      file, options, [&](const std::vector<std::string>& header) { table.UseHeader(header); },
      [&](maps::TableRow&& row) { table.Read(row); });
  return table.Finish();
}

}  // namespace lagesbild::tools::bench
