#include "tools/geocode_table.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>
#include <thread>

#include "geo/packed_gazetteer.h"
#include "geo/projection.h"
#include "maps/atomic_file.h"
#include "maps/csv_reader.h"
#include "maps/errors.h"

namespace lagesbild::tools {
namespace {

constexpr std::size_t kMostTexts = 20;
constexpr const char* kAdded[] = {"level", "category", "faults",   "matched",    "lon",
                                  "lat",   "easting",  "northing", "accuracy_m", "score"};

struct Row {
  std::vector<std::string> cells;
  bool readable = true;
};

struct Queries {
  std::vector<std::string> header;
  std::vector<Row> rows;
};

Queries ReadQueries(const std::filesystem::path& path) {
  Queries queries;
  maps::CsvReader reader(path, maps::DetectEncoding(path, ""), 0);
  maps::CsvRecord record;
  if (!reader.Next(record) || !record.error.empty())
    throw maps::IoError(path.string(), "has no header that can be read");
  queries.header = record.cells;
  while (reader.Next(record)) {
    if (record.error.empty() && record.cells.size() == 1 && record.cells[0].empty()) continue;
    queries.rows.push_back(
        {record.cells, record.error.empty() && record.cells.size() <= queries.header.size()});
    queries.rows.back().cells.resize(queries.header.size());
  }
  return queries;
}

/// Where a column stands; empty for a column that was not asked for.
std::optional<std::size_t> ColumnAt(const Queries& queries, const std::string& name,
                                    const std::filesystem::path& in) {
  if (name.empty()) return std::nullopt;
  const auto found = std::find(queries.header.begin(), queries.header.end(), name);
  if (found == queries.header.end()) throw maps::IoError(in.string(), "has no column " + name);
  return static_cast<std::size_t>(found - queries.header.begin());
}

struct Columns {
  std::optional<std::size_t> text, locality, postcode, reporter, date;
};

std::string_view CellOf(const Row& row, std::optional<std::size_t> column) {
  return column && row.readable ? std::string_view(row.cells[*column]) : std::string_view();
}

std::chrono::sys_days DayOf(std::string_view text) {
  int parts[3] = {0, 0, 0};
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (int& part : parts) {
    const auto read = std::from_chars(at, end, part);
    if (read.ec != std::errc()) return {};
    at = std::min(read.ptr + 1, end);
  }
  const std::chrono::year_month_day day{std::chrono::year{parts[0]},
                                        std::chrono::month{static_cast<unsigned>(parts[1])},
                                        std::chrono::day{static_cast<unsigned>(parts[2])}};
  return day.ok() ? std::chrono::sys_days{day} : std::chrono::sys_days{};
}

std::vector<geo::GeocodeMatch> FindAll(const geo::Geocoder& geocoder, const Queries& queries,
                                       const Columns& columns, int threads) {
  std::vector<geo::GeocodeMatch> matches(queries.rows.size());
  std::atomic<std::size_t> next{0};
  constexpr std::size_t kBatch = 256;
  const auto work = [&] {
    for (std::size_t first = next.fetch_add(kBatch); first < matches.size(); first = next.fetch_add(kBatch))
      for (std::size_t i = first; i < std::min(first + kBatch, matches.size()); ++i) {
        const Row& row = queries.rows[i];
        if (!row.readable) {
          matches[i].reason = geo::UnplacedReason::kNotFound;
          matches[i].faults = {"ROW_UNREADABLE"};
          continue;
        }
        matches[i] = geocoder.Geocode({CellOf(row, columns.text), CellOf(row, columns.locality),
                                       CellOf(row, columns.postcode), DayOf(CellOf(row, columns.date))});
      }
  };
  std::vector<std::jthread> others;
  for (int t = 1; t < threads; ++t) others.emplace_back(work);
  work();
  return matches;
}

std::string LevelWord(const geo::GeocodeMatch& match) {
  if (match.placed()) return std::string(geo::MatchLevelCode(match.level));
  if (match.reason == geo::UnplacedReason::kAmbiguous) return "ambiguous";
  return match.reason == geo::UnplacedReason::kOutside ? "outside" : "none";
}

std::string Quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\n\r") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string Number(double value, int decimals) {
  char text[40];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

std::vector<std::string> Added(const geo::GeocodeMatch& match, const geo::Projection& projection) {
  std::string faults;
  for (const std::string& fault : match.faults) faults += (faults.empty() ? "" : ";") + fault;
  std::string matched = match.matched;
  if (!match.placed())
    for (const std::string& candidate : match.candidates)
      matched += (matched.empty() ? "" : " | ") + candidate;
  std::vector<std::string> cells = {LevelWord(match), std::string(geo::MatchCategoryCode(match.category)),
                                    faults, matched};
  if (!match.placed()) {
    cells.resize(std::size(kAdded));
    return cells;
  }
  const geo::LonLat position = projection.Inverse(match.position);
  for (const std::string& cell :
       {Number(position.lon.value(), 8), Number(position.lat.value(), 8),
        Number(match.position.easting.value(), 2), Number(match.position.northing.value(), 2),
        Number(match.accuracy_radius.value(), 1), std::to_string(match.score)})
    cells.push_back(cell);
  return cells;
}

void WriteLine(std::ofstream& out, const std::vector<std::string>& cells,
               const std::vector<std::string>& added) {
  const char* separator = "";
  for (const auto* part : {&cells, &added})
    for (const std::string& cell : *part) {
      out << separator << Quoted(cell);
      separator = ",";
    }
  out << '\n';
}

}  // namespace

TableGeocoding GeocodeTableFile(const geo::Geocoder& geocoder, const GeocodeTable& table) {
  const Queries queries = ReadQueries(table.in);
  const Columns columns{ColumnAt(queries, table.text, table.in), ColumnAt(queries, table.locality, table.in),
                        ColumnAt(queries, table.postcode, table.in),
                        ColumnAt(queries, table.reporter, table.in), ColumnAt(queries, table.date, table.in)};
  const std::vector<geo::GeocodeMatch> matches = FindAll(geocoder, queries, columns, table.threads);
  const geo::Projection projection(geocoder.packed().crs);
  maps::WriteAtomically(table.out, [&](const std::filesystem::path& path) {
    std::ofstream out(path, std::ios::binary);
    WriteLine(out, queries.header, {std::begin(kAdded), std::end(kAdded)});
    for (std::size_t i = 0; i < matches.size(); ++i)
      WriteLine(out, queries.rows[i].cells, Added(matches[i], projection));
    out.flush();
    if (!out) throw maps::IoError(table.out.string(), "cannot be written; is the disk full?");
  });

  TableGeocoding result;
  std::map<std::string, std::int64_t> categories;
  std::vector<geo::WaitingText> waiting;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    const geo::GeocodeMatch& match = matches[i];
    const Row& row = queries.rows[i];
    ++result.rows;
    result.unreadable += !row.readable;
    result.ambiguous += match.reason == geo::UnplacedReason::kAmbiguous;
    const auto or_unknown = [](std::string_view text) { return text.empty() ? "?" : std::string(text); };
    result.tally.Add(
        {.reporter = or_unknown(CellOf(row, columns.reporter)),
         .locality = or_unknown(CellOf(row, columns.locality)),
         .month = or_unknown(CellOf(row, columns.date).substr(0, 7)),
         .level = match.level,
         .reason = match.reason,
         .coarse = match.level >= geo::MatchLevel::kStreet && match.level != geo::MatchLevel::kCoordinate});
    if (match.placed()) ++categories[std::string(geo::MatchCategoryCode(match.category))];
    if (!match.placed() && match.reason != geo::UnplacedReason::kOutside && row.readable)
      waiting.push_back({std::string(CellOf(row, columns.text)), std::string(CellOf(row, columns.locality)),
                         static_cast<std::int64_t>(i + 2)});
  }
  result.categories.assign(categories.begin(), categories.end());
  result.texts = geo::GroupAlikeTexts(std::move(waiting), kMostTexts);
  return result;
}

}  // namespace lagesbild::tools
