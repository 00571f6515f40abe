#include "maps/report_page.h"

#include "maps/markup.h"

namespace lagesbild::maps {
namespace {

// Colors have a contrast of at least 7 to 1 against their ground.
constexpr const char* kStyle = R"css(
@page { size: A4; margin: 8.5mm 13mm 8.5mm 13mm; }
* { box-sizing: border-box; }
html { font-family: "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif; font-size: 9pt;
  line-height: 1.28; color: #1a1a1a; background: #ffffff; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { max-width: 184mm; margin: 0 auto; padding: 4mm 0; }
.sida { break-after: page; }
.sida:last-child { break-after: auto; font-size: 8.1pt; line-height: 1.2; }
.sida:last-child li { margin: 0.15mm 0; }
.sida:last-child h2 { font-size: 10pt; margin: 1.6mm 0 0.4mm; }
h1 { font-size: 15pt; line-height: 1.15; margin: 1.2mm 0 0.6mm; }
h2 { font-size: 11pt; margin: 2.4mm 0 0.6mm; border-bottom: 0.3mm solid #1a1a1a; break-after: avoid; }
h3 { font-size: 9.2pt; margin: 0; break-after: avoid; }
p { margin: 0.8mm 0; }
ul, ol { margin: 0.6mm 0; padding-left: 5mm; }
li { margin: 0.4mm 0; }
.banderoller { display: flex; gap: 2mm; }
.banderoll { flex: 1; border: 0.5mm solid #1a1a1a; padding: 0.7mm 2mm; margin: 0 0 1mm; font-weight: bold; }
.banderoll.forsta { background: #fff2b3; }
.under { color: #3d3d3d; }
.sammanfattning li { font-size: 10pt; margin: 0.8mm 0; }
.kartor { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1.5mm 3mm; }
.rad2 { grid-template-columns: repeat(2, 1fr); }
.rad3 { grid-template-columns: repeat(3, 1fr); }
figure { margin: 0; break-inside: avoid; }
figure svg { display: block; width: 100%; height: auto; }
figure { display: flex; flex-direction: column; justify-content: space-between; }
figcaption h3 { font-size: 8.6pt; line-height: 1.15; }
.lage { display: block; font-size: 7.6pt; line-height: 1.2; color: #3d3d3d; }
.tecken { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0 4mm; margin-top: 1.5mm; border-top: 0.2mm solid #8a8a8a;
  padding-top: 1mm; font-size: 8pt; break-inside: avoid; }
.tecken h3 { font-size: 8pt; }
.tecken ul { list-style: none; padding: 0; margin: 0.4mm 0; }
.tecken li { display: flex; gap: 1.5mm; align-items: center; margin: 0.15mm 0; }
.prov { flex: none; width: 6mm; height: 4mm; }
.anm { font-size: 8pt; color: #3d3d3d; }
table { border-collapse: collapse; width: 100%; font-size: 7.8pt; }
caption { text-align: left; font-size: 8pt; color: #3d3d3d; padding-bottom: 0.6mm; }
.tabell { overflow-x: auto; }
th, td { padding: 0.3mm 0.8mm; border-bottom: 0.15mm solid #a6a6a6; vertical-align: bottom; }
thead th { border-bottom: 0.3mm solid #1a1a1a; text-align: right; }
thead th[scope="colgroup"] { text-align: center; border-bottom: 0.15mm solid #a6a6a6; }
thead th:first-child, tbody th { text-align: left; font-weight: normal; }
thead th.ord, td.ord { text-align: left; }
td { text-align: right; }
tbody th { min-width: 34mm; }
tr.skild > * { border-top: 0.3mm solid #1a1a1a; }
td.skyddad { background: repeating-linear-gradient(45deg, #e4e4e4 0 0.5mm, #ffffff 0.5mm 1.1mm); font-style: italic; }
td.saknas { font-style: italic; white-space: nowrap; }
.platser { list-style: none; padding: 0; }
.platser li { display: flex; gap: 2mm; margin: 0.5mm 0; break-inside: avoid; }
.nummer { flex: none; width: 5.4mm; height: 5.4mm; border: 0.5mm solid #3f007d; border-radius: 50%; text-align: center;
  font-weight: bold; line-height: 4.3mm; }
.metod { font-size: 7pt; line-height: 1.2; color: #3d3d3d; overflow-wrap: anywhere; }
.metod h2 { font-size: 9.2pt; color: #1a1a1a; }
.las h2 { font-size: 10pt; margin: 2mm 0 0.3mm; border: none; }
@media print { body { max-width: none; padding: 0; } }
@media screen and (max-width: 700px) { .kartor, .rad2, .rad3, .tecken { grid-template-columns: 1fr; } body { padding: 4mm; } }
)css";

}  // namespace

std::string HtmlElement(const std::string& name, const std::string& text, const std::string& attributes) {
  return "<" + name + (attributes.empty() ? "" : " " + attributes) + ">" + XmlText(text) + "</" + name +
         ">\n";
}

std::string HtmlPage(const std::string& language, const std::string& title, const std::string& body) {
  return "<!DOCTYPE html>\n<html lang=\"" + XmlText(language) +
         "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
         "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta name=\"viewport\" "
         "content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" "
         "content=\"no-referrer\">\n" +
         HtmlElement("title", title) + "<style>" + kStyle + "</style>\n</head>\n<body>\n" + body +
         "</body>\n</html>\n";
}

std::string HtmlBanners(const std::vector<std::string>& banners) {
  std::string html;
  for (const std::string& banner : banners)
    html += HtmlElement("p", banner, html.empty() ? "class=\"banderoll forsta\"" : "class=\"banderoll\"");
  return html.empty() ? html : "<div class=\"banderoller\">\n" + html + "</div>\n";
}

std::string HtmlLegend(const std::vector<ReportKeyGroup>& groups, const std::string& id) {
  std::string html = "<div class=\"tecken\">\n";
  int number = 0;
  for (const ReportKeyGroup& group : groups) {
    html += "<div>\n" + HtmlElement("h3", group.title) + "<ul>\n";
    for (const ReportKey& key : group.keys)
      html += "<li>" + SvgSwatch(key.symbol, id + "-" + std::to_string(++number), key.ring) + "<span>" +
              XmlText(key.text) + "</span></li>\n";
    html += "</ul>\n</div>\n";
  }
  return html + "</div>\n";
}

}  // namespace lagesbild::maps
