#include <array>

#include "geo/errors.h"
#include "maps/markup.h"
#include "maps/report.h"
#include "maps/report_page.h"
#include "maps/report_text.h"

namespace lagesbild::maps {
namespace {

std::string Items(const std::vector<std::string>& texts, const char* attributes = "") {
  if (texts.empty()) return {};
  std::string html = std::string("<ul") + attributes + ">\n";
  for (const std::string& text : texts) html += HtmlElement("li", text);
  return html + "</ul>\n";
}

std::string Section(const ReportSection& section) {
  if (section.paragraphs.empty() && section.items.empty()) return {};
  std::string html = "<section>\n" + HtmlElement("h2", section.heading);
  for (const std::string& paragraph : section.paragraphs) html += HtmlElement("p", paragraph);
  return html + Items(section.items) + "</section>\n";
}

std::string Maps(const Report& report) {
  if (report.maps.empty()) return {};
  std::string html = "<section>\n" + HtmlElement("h2", report.maps_heading) + "<div class=\"kartor rad" +
                     std::to_string(report.maps_per_row) + "\">\n";
  for (const ReportMap& map : report.maps)
    html += "<figure>\n<figcaption>" + HtmlElement("h3", map.title) +
            HtmlElement("span", map.status, "class=\"lage\"") + "</figcaption>\n" + SvgText(map.map) +
            "</figure>\n";
  html += "</div>\n" + HtmlLegend(report.legend, "t");
  for (const std::string& note : report.map_notes) html += HtmlElement("p", note, "class=\"anm\"");
  return html + "</section>\n";
}

std::string CellClass(const ReportCell& cell) {
  if (std::holds_alternative<std::string>(cell.content)) return " class=\"ord\"";
  const auto& statistic = std::get<geo::Statistic>(cell.content);
  if (std::holds_alternative<geo::Suppressed>(statistic)) return " class=\"skyddad\"";
  return std::holds_alternative<double>(statistic) ? "" : " class=\"saknas\"";
}

/// A second line of headings where columns belong together.
std::string ColumnGroups(const ReportTable& table) {
  std::string cells;
  bool any = false;
  for (std::size_t i = 0; i < table.columns.size();) {
    const std::string& group = table.columns[i].group;
    std::size_t last = i;
    while (last < table.columns.size() && table.columns[last].group == group) ++last;
    any = any || !group.empty();
    const std::string span = "colspan=\"" + std::to_string(last - i) + "\"";
    cells +=
        group.empty() ? "<td " + span + "></td>\n" : HtmlElement("th", group, "scope=\"colgroup\" " + span);
    i = last;
  }
  return any ? "<tr><td></td>\n" + cells + "</tr>\n" : std::string();
}

std::string Table(const ReportTable& table, const StatisticWords& words) {
  std::string html = "<div class=\"tabell\">\n<table>\n" + HtmlElement("caption", table.caption) +
                     "<thead>\n" + ColumnGroups(table) + "<tr>" +
                     HtmlElement("th", table.row_title, "scope=\"col\"");
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const bool text = !table.rows.empty() && i < table.rows.front().cells.size() &&
                      std::holds_alternative<std::string>(table.rows.front().cells[i].content);
    html += HtmlElement("th", table.columns[i].title, text ? "scope=\"col\" class=\"ord\"" : "scope=\"col\"");
  }
  html += "</tr>\n</thead>\n<tbody>\n";
  for (const ReportRow& row : table.rows) {
    if (row.cells.size() != table.columns.size())
      throw geo::InvalidInput("a row of the report's table has " + std::to_string(row.cells.size()) +
                              " cells, the table has " + std::to_string(table.columns.size()) + " columns");
    html += std::string("<tr") + (row.apart ? " class=\"skild\"" : "") + ">" +
            HtmlElement("th", row.header, "scope=\"row\"");
    for (const ReportCell& cell : row.cells)
      html += "<td" + CellClass(cell) + ">" + XmlText(CellText(cell, words)) + "</td>\n";
    html += "</tr>\n";
  }
  html += "</tbody>\n</table>\n</div>\n";
  for (const std::string& note : table.notes) html += HtmlElement("p", note, "class=\"anm\"");
  return html;
}

std::string Places(const Report& report) {
  const ReportSection& intro = report.places_intro;
  std::string html = "<section>\n" + HtmlElement("h2", intro.heading);
  for (const std::string& paragraph : intro.paragraphs) html += HtmlElement("p", paragraph);
  if (!report.places.empty()) {
    html += "<ol class=\"platser\">\n";
    for (const ReportPlace& place : report.places)
      html += "<li><span class=\"nummer\">" + XmlText(place.number) + "</span><div>" +
              HtmlElement("strong", place.heading) + HtmlElement("span", place.sentence) + "</div></li>\n";
    html += "</ol>\n";
  }
  return html + Items(intro.items) + "</section>\n";
}

struct StatisticText {
  const ReportCell& cell;
  const StatisticWords& words;
  std::string operator()(double value) const {
    return value == value ? GroupedNumber(value, cell.decimals) : words.undefined;
  }
  std::string operator()(geo::Suppressed) const { return words.suppressed; }
  std::string operator()(const geo::Undefined&) const { return words.undefined; }
  std::string operator()(geo::TooFew few) const {
    if (!words.tells_counts) return words.too_few;
    return words.too_few + " (" + GroupedNumber(few.found, 0) + ", minst " + GroupedNumber(few.minimum, 0) +
           ")";
  }
  std::string operator()(geo::NotCovered) const { return words.not_covered; }
};

}  // namespace

std::string CellText(const ReportCell& cell, const StatisticWords& words) {
  if (const auto* text = std::get_if<std::string>(&cell.content)) return *text;
  return std::visit(StatisticText{cell, words}, std::get<geo::Statistic>(cell.content));
}

std::string ReportHtml(const Report& report) {
  std::string first = "<header>\n" + HtmlBanners(report.banners) + HtmlElement("h1", report.title) +
                      HtmlElement("p", report.subtitle, "class=\"under\"") + "</header>\n<section>\n" +
                      HtmlElement("h2", report.summary_heading) +
                      Items(report.sentences, " class=\"sammanfattning\"") + "</section>\n" + Maps(report);
  std::string second = "<section>\n" + HtmlElement("h2", report.table_heading);
  for (const ReportTable& table : report.tables) second += Table(table, report.words);
  second += "</section>\n" + Places(report);
  for (const ReportSection& section : report.sections) second += Section(section);
  second += "<div class=\"metod\">\n" + Section(report.method) + "</div>\n";
  return HtmlPage(report.language, report.title,
                  "<main>\n<div class=\"sida\">\n" + first + "</div>\n<div class=\"sida\">\n" + second +
                      "</div>\n</main>\n");
}

}  // namespace lagesbild::maps
