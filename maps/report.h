#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "geo/statistic.h"
#include "maps/picture_files.h"
#include "maps/svg_map.h"

namespace lagesbild::maps {

/// How the states of a statistic that is no value read in the report's language. `suppressed` is the
/// caller's: "färre än 10".
struct StatisticWords {
  std::string suppressed = "skyddat värde";
  std::string too_few = "för få";
  std::string undefined = "kan inte räknas";
  std::string not_covered = "ingen uppgift";
  bool tells_counts = false;  ///< "för få (7, minst 10)": only where the audience may see the 7
};

/// A text, or a statistic with this many decimals.
struct ReportCell {
  std::variant<std::string, geo::Statistic> content;
  int decimals = 0;
};

struct ReportColumn {
  std::string title;
  std::string group;  ///< columns side by side of the same group share a heading; may be empty
};

struct ReportRow {
  std::string header;
  std::vector<ReportCell> cells;  ///< one per column
  bool apart = false;             ///< a line above: sums and other kinds of rows
};

struct ReportTable {
  std::string caption, row_title;
  std::vector<ReportColumn> columns;
  std::vector<ReportRow> rows;
  std::vector<std::string> notes;
};

/// One small map with what stands above and below it.
struct ReportMap {
  std::string title, status;
  SvgMap map;
};

/// One line of the legend.
struct ReportKey {
  SymbolClass symbol;
  bool ring = false;
  std::string text;
};

struct ReportKeyGroup {
  std::string title;  ///< with the unit
  std::vector<ReportKey> keys;
};

/// A ranked place. `number` is what its ring on the maps says.
struct ReportPlace {
  std::string number, heading, sentence;
};

/// Heading, paragraphs and list, in this order; a section without content is not printed.
struct ReportSection {
  std::string heading;
  std::vector<std::string> paragraphs, items;
};

/// A two-page report as a value: what is said and drawn, for one audience, before any markup. Every text is
/// plain; names may hold anything. Page 1 has summary and maps, page 2 the rest.
struct Report {
  std::string language = "sv";
  std::string title, subtitle;
  std::vector<std::string> banners;  ///< above everything, most important first
  std::string summary_heading;
  std::vector<std::string> sentences;  ///< 3 to 6, to be read aloud
  std::string maps_heading;
  std::vector<ReportMap> maps;  ///< at most eight fit on the page, four side by side
  int maps_per_row = 4;
  std::vector<ReportKeyGroup> legend;
  std::vector<std::string> map_notes;
  std::string table_heading;
  std::vector<ReportTable> tables;
  ReportSection places_intro;
  std::vector<ReportPlace> places;
  std::vector<ReportSection> sections;  ///< what is missing, repeats
  ReportSection method;                 ///< in small print
  StatisticWords words;
};

/// "SYNTETISKA DATA – ej verkliga händelser" for invented data; "Utkast, ej för publicering" for every
/// audience but the internal one, and for that one that the content must stay inside.
std::vector<std::string> ReportBanners(const PictureMetadata& metadata);

/// The quarter's picture for the signed-in roles of one controller: everything, with names of places.
/// `list` is of the same picture; an empty one leaves the ranked places and the power of the tests out.
Report MakeInternalReport(const geo::SituationPicture& picture, const PictureMetadata& metadata,
                          const ReferenceLayers& reference, const Legend& legend,
                          const geo::PlaceList& list = {});

/// What a cell says: "1 234", "0,5", "färre än 10", "för få (7, minst 10)". Never blank for a statistic, and
/// 0 only for a value of 0.
std::string CellText(const ReportCell& cell, const StatisticWords& words);

/// One self-contained HTML page that prints on two A4 pages: styles and maps inside, no script, no request.
/// The same report gives the same bytes. Throws geo::InvalidInput when a row has another number of cells than
/// the table has columns, or a map draws a code without a class.
std::string ReportHtml(const Report& report);

}  // namespace lagesbild::maps
