#include "maps/released_table.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "maps/released_findings_text.h"
#include "maps/released_text.h"
#include "maps/report_text.h"

namespace lagesbild::maps {
namespace {

/// One column per age group, period and set of categories that any row has.
struct Column {
  geo::PublishedGroup group;
  geo::CategoryClass categories;
  geo::Period period;
  bool operator==(const Column& other) const {
    return group.slug == other.group.slug && categories == other.categories && period == other.period;
  }
};

Column ColumnOf(const geo::ReleasedRow& row) { return {row.group, row.categories, row.period}; }

std::string CategoriesText(geo::CategoryClass categories) {
  return categories == geo::CategoryClass::kNonSensitive ? ", ej känsliga" : ", alla kategorier";
}

struct Columns {
  std::vector<Column> shown;
  std::vector<std::string> suppressed;  ///< in words: those without a single released value
};

Columns ColumnsOf(const geo::ReleasedPicture& picture) {
  std::vector<Column> all;
  for (const geo::ReleasedRow& row : picture.rows)
    if (std::find(all.begin(), all.end(), ColumnOf(row)) == all.end()) all.push_back(ColumnOf(row));
  std::stable_sort(all.begin(), all.end(),
                   [](const Column& a, const Column& b) { return a.period.quarters < b.period.quarters; });
  Columns columns;
  for (const Column& column : all) {
    const bool any = std::any_of(picture.rows.begin(), picture.rows.end(), [&](const geo::ReleasedRow& row) {
      return ColumnOf(row) == column && IsReleased(row.incidents);
    });
    if (any)
      columns.shown.push_back(column);
    else
      columns.suppressed.push_back(column.group.label_sv + CategoriesText(column.categories) + ", " +
                                   PeriodCode(column.period));
  }
  if (!columns.shown.empty()) return columns;
  return {std::move(all), {}};
}

ReportRow CountsRow(const geo::ReleasedPicture& picture, const std::vector<Column>& columns,
                    const geo::ReleasedRow& area, bool apart) {
  ReportRow row{area.area_name_sv, {}, apart};
  for (const Column& column : columns) {
    const auto found =
        std::find_if(picture.rows.begin(), picture.rows.end(), [&](const geo::ReleasedRow& one) {
          return one.area_code == area.area_code && ColumnOf(one) == column;
        });
    // What was never tried at this level is as little known as what is suppressed.
    const bool released = found != picture.rows.end() && IsReleased(found->incidents);
    ReportCell& cell = row.cells.emplace_back();
    cell.content.emplace<geo::Statistic>(geo::Suppressed{});
    if (released) cell.content.emplace<geo::Statistic>(std::get<double>(found->incidents));
  }
  return row;
}

}  // namespace

ReportTable ReleasedCountsTable(const geo::ReleasedPicture& picture) {
  const Columns columns = ColumnsOf(picture);
  ReportTable table;
  table.caption = "Rapporterade händelser. Antal för olika långa perioder kan inte jämföras med varandra.";
  table.row_title = "Område";
  for (const Column& column : columns.shown)
    table.columns.push_back(
        {column.group.label_sv + CategoriesText(column.categories), PeriodCode(column.period)});
  std::vector<std::string> done;
  for (const geo::ReleasedRow& row : picture.rows) {
    if (std::find(done.begin(), done.end(), row.area_code) != done.end()) continue;
    done.push_back(row.area_code);
    table.rows.push_back(CountsRow(picture, columns.shown, row, table.rows.size() == 1));
  }
  if (!columns.suppressed.empty()) {
    std::string text = "Skyddat i alla områden, och därför utan kolumn: ";
    for (std::size_t i = 0; i < columns.suppressed.size(); ++i)
      text += (i == 0 ? "" : "; ") + columns.suppressed[i];
    table.notes.push_back(text + ". Alla värden står i GeoPackage-filens tabell.");
  }
  const std::string changes = RowChangeSentence(picture);
  if (!changes.empty()) table.notes.push_back(changes);
  return table;
}

ReportTable ReleasedAreasTable(const geo::ReleasedPicture& picture, std::size_t most) {
  ReportTable table;
  table.caption =
      "Kartans områden vars antal visas, jämförda med varandra efter invånare och med en tidigare period. "
      "Orden säger inget om skyddade områden och är inget mått på risk.";
  table.row_title = "Område";
  table.columns = {{"Ålder och period", ""},
                   {"Händelser", ""},
                   {"Jämfört med väntat", ""},
                   {"Jämfört med föregående år", ""}};
  std::int64_t more = 0;
  for (const geo::ReleasedLayer& layer : picture.layers) {
    std::vector<const geo::ReleasedArea*> areas;
    for (const geo::ReleasedArea& area : layer.areas)
      if (IsReleased(area.incidents)) areas.push_back(&area);
    std::stable_sort(areas.begin(), areas.end(), [](const geo::ReleasedArea* a, const geo::ReleasedArea* b) {
      return std::get<double>(a->incidents) > std::get<double>(b->incidents);
    });
    bool first_of_layer = !table.rows.empty();
    for (const geo::ReleasedArea* area : areas) {
      if (table.rows.size() >= most) {
        ++more;
        continue;
      }
      ReportRow row{area->name_sv, {}, first_of_layer};
      first_of_layer = false;
      row.cells.push_back({layer.group.label_sv + ", " + PeriodCode(layer.period)});
      row.cells.push_back({area->incidents});
      row.cells.push_back({AgainstExpectedText(area->finding)});
      row.cells.push_back({ChangeText(area->change, layer.period)});
      table.rows.push_back(std::move(row));
    }
  }
  if (table.rows.empty()) return table;
  if (HotSentences(picture).empty()) table.notes.push_back(HotSummary(picture));
  const std::string unchanged = NoChangeSentence(picture);
  if (!unchanged.empty()) table.notes.push_back(unchanged);
  if (more > 0)
    table.notes.push_back("Ytterligare " + Count(more, "område", "områden") + " står i GeoPackage-filen.");
  return table;
}

}  // namespace lagesbild::maps
