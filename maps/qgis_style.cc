#include "maps/qgis_style.h"

#include <cmath>

#include "maps/markup.h"

namespace lagesbild::maps {
namespace {

constexpr const char* kHead =
    "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.16\"";

/// Locale-free number for machines: 0.1, 2.5, 50000.
std::string Plain(double value) {
  std::string text = SwedishNumber(value);
  if (const std::size_t comma = text.find(','); comma != std::string::npos) text[comma] = '.';
  return text;
}

std::string Attribute(const char* name, const std::string& value) {
  return std::string(" ") + name + "=\"" + XmlText(value) + "\"";
}

std::string Option(const char* name, const std::string& value) {
  return "<Option type=\"QString\"" + Attribute("name", name) + Attribute("value", value) + "/>";
}

std::string OutlineStyle(const SymbolClass& symbol) {
  if (symbol.outline_mm <= 0 || symbol.outline.alpha == 0) return "no";
  return symbol.dashed ? "dash" : "solid";
}

std::string FillLayer(const SymbolClass& symbol) {
  const char* pattern = symbol.pattern == FillPattern::kNone      ? "no"
                        : symbol.pattern == FillPattern::kHatched ? "b_diagonal"
                                                                  : "solid";
  return "<layer class=\"SimpleFill\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">" +
         Option("color", RgbaColor(symbol.fill)) + Option("style", pattern) +
         Option("outline_color", RgbaColor(symbol.outline)) + Option("outline_style", OutlineStyle(symbol)) +
         Option("outline_width", Plain(symbol.outline_mm)) + Option("outline_width_unit", "MM") +
         Option("joinstyle", "miter") + "</Option></layer>";
}

std::string MarkerLayer(const SymbolClass& symbol) {
  return "<layer class=\"SimpleMarker\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">" +
         Option("name", "circle") + Option("size", Plain(symbol.marker_mm)) + Option("size_unit", "MM") +
         Option("color", symbol.pattern == FillPattern::kNone ? "0,0,0,0" : RgbaColor(symbol.fill)) +
         Option("outline_color", RgbaColor(symbol.outline)) + Option("outline_style", OutlineStyle(symbol)) +
         Option("outline_width", Plain(symbol.outline_mm)) + Option("outline_width_unit", "MM") +
         "</Option></layer>";
}

std::string Symbol(const std::string& name, const SymbolClass& symbol, GeometryType geometry) {
  const bool point = geometry == GeometryType::kPoint;
  return "<symbol" + Attribute("name", name) + " type=\"" + (point ? "marker" : "fill") +
         "\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">" +
         (point ? MarkerLayer(symbol) : FillLayer(symbol)) + "</symbol>\n";
}

/// A line of text in the legend is a category that no feature has, drawn with nothing.
std::vector<SymbolClass> WithNotes(const VectorStyle& style) {
  std::vector<SymbolClass> classes = style.classes;
  int value = static_cast<int>(LegendCode::kNote);
  for (const std::string& note : style.notes_sv)
    classes.push_back({value++, note, {0, 0, 0, 0}, {0, 0, 0, 0}, FillPattern::kNone, 0});
  return classes;
}

std::string CategorizedRenderer(const VectorStyle& style, GeometryType geometry) {
  std::string categories, symbols;
  for (const SymbolClass& symbol : WithNotes(style)) {
    const std::string value = std::to_string(symbol.value);
    categories += "<category" + Attribute("value", value) + Attribute("symbol", value) +
                  Attribute("label", symbol.label_sv) + " render=\"true\"/>\n";
    symbols += Symbol(value, symbol, geometry);
  }
  return "<renderer-v2 type=\"categorizedSymbol\"" + Attribute("attr", style.class_field) +
         " symbollevels=\"0\" forceraster=\"0\" enableorderby=\"0\">\n<categories>\n" + categories +
         "</categories>\n<symbols>\n" + symbols + "</symbols>\n</renderer-v2>\n";
}

std::string Renderer(const VectorStyle& style, GeometryType geometry) {
  if (!style.class_field.empty()) return CategorizedRenderer(style, geometry);
  // QGIS writes no text beside a single symbol in the legend: one rule without a filter says what is drawn.
  return "<renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" forceraster=\"0\" "
         "enableorderby=\"0\">\n<rules key=\"{lagesbild-root}\"><rule key=\"{lagesbild-0}\" symbol=\"0\"" +
         Attribute("label", style.classes.front().label_sv) + "/></rules>\n<symbols>\n" +
         Symbol("0", style.classes.front(), geometry) + "</symbols>\n</renderer-v2>\n";
}

// The label hangs below and to the right of this point.
constexpr const char* kUpperLeftCorner =
    " geometryGenerator=\"make_point(x_min($geometry), y_max($geometry))\" "
    "geometryGeneratorType=\"PointGeometry\" geometryGeneratorEnabled=\"1\" "
    "xOffset=\"0.5\" yOffset=\"0.4\" offsetUnits=\"MM\"";

std::string Labeling(const LabelStyle& label, GeometryType geometry) {
  const bool scaled = label.largest_denominator > 0;
  // QgsPalLayerSettings::Placement: ordered positions around a point, outside polygons, over a point.
  const char* placement = geometry == GeometryType::kPoint ? "6" : label.outside ? "8" : "1";
  return "<labeling type=\"simple\"><settings calloutType=\"simple\">\n<text-style isExpression=\"1\"" +
         Attribute("fieldName", label.expression) + " fontFamily=\"Open Sans\" fontSizeUnit=\"Point\"" +
         Attribute("fontSize", Plain(label.size_pt)) + Attribute("textColor", RgbaColor(label.color)) +
         " textOpacity=\"1\" fontWeight=\"" + (label.bold ? "75" : "50") + "\" fontItalic=\"" +
         (label.italic ? "1" : "0") +
         "\"><families><family name=\"Open Sans\"/><family name=\"Liberation Sans\"/><family name=\"Arial\"/>"
         "<family name=\"Sans Serif\"/></families>"
         "<text-buffer bufferDraw=\"1\" bufferSize=\"0.8\" bufferSizeUnits=\"MM\" "
         "bufferColor=\"255,255,255,230\" "
         "bufferOpacity=\"1\" bufferNoFill=\"1\"/></text-style>\n<text-format "
         "multilineAlign=\"1\"/>\n<placement placement=\"" +
         placement + "\" dist=\"0.5\" distUnits=\"MM\" priority=\"" + std::to_string(label.priority) +
         "\" quadOffset=\"" + (label.in_corner ? "8" : "4") + "\"" +
         (label.in_corner ? kUpperLeftCorner : "") +
         " centroidInside=\"1\" "
         "predefinedPositionOrder=\"TR,TL,BR,BL,R,L,TSR,BSR\"/>\n<rendering drawLabels=\"1\" obstacle=\"" +
         (geometry == GeometryType::kPoint ? "1" : "0") + "\" displayAll=\"" + (label.always ? "1" : "0") +
         "\" scaleVisibility=\"" + (scaled ? "1" : "0") + "\" scaleMin=\"" + (scaled ? Plain(1) : "0") +
         "\" scaleMax=\"" + Plain(label.largest_denominator) + "\"/>\n</settings></labeling>\n";
}

std::string Temporal(bool active) {
  return std::string("<temporal enabled=\"") + (active ? "1" : "0") +
         "\" mode=\"2\" startField=\"period_start\" endField=\"period_end\" limitMode=\"0\" accumulate=\"0\" "
         "fixedDuration=\"0\" durationUnit=\"min\" durationField=\"\" startExpression=\"\" "
         "endExpression=\"\">"
         "<fixedRange><start></start><end></end></fixedRange></temporal>\n";
}

std::string Aliases(const std::vector<Field>& fields) {
  std::string aliases = "<aliases>\n";
  for (std::size_t i = 0; i < fields.size(); ++i)  // field 0 of QGIS is fid
    aliases += "<alias" + Attribute("field", fields[i].name) + Attribute("index", std::to_string(i + 1)) +
               Attribute("name", fields[i].alias_sv) + "/>\n";
  return aliases + "<alias field=\"fid\" index=\"0\" name=\"Löpnummer\"/>\n</aliases>\n";
}

std::string SldStroke(const SymbolClass& symbol) {
  if (OutlineStyle(symbol) == "no") return "";
  constexpr double kPixelsPerMillimeter = 1 / 0.28;  // OGC's standard pixel
  const auto parameter = [](const char* name, const std::string& value) {
    return "<CssParameter" + Attribute("name", name) + ">" + XmlText(value) + "</CssParameter>";
  };
  return "<Stroke>" + parameter("stroke", HexColor(symbol.outline)) +
         parameter("stroke-opacity", Plain(symbol.outline.alpha / 255.0)) +
         parameter("stroke-width", Plain(symbol.outline_mm * kPixelsPerMillimeter)) +
         (symbol.dashed ? parameter("stroke-dasharray", "4 2") : "") + "</Stroke>";
}

std::string SldFill(const SymbolClass& symbol) {
  if (symbol.pattern == FillPattern::kNone || symbol.fill.alpha == 0) return "";
  if (symbol.pattern == FillPattern::kHatched)
    return "<Fill><GraphicFill><Graphic><Mark><WellKnownName>shape://slash</"
           "WellKnownName><Stroke><CssParameter "
           "name=\"stroke\">" +
           HexColor(symbol.fill) +
           "</CssParameter></Stroke></Mark><Size>8</Size></Graphic></GraphicFill></Fill>";
  return "<Fill><CssParameter name=\"fill\">" + HexColor(symbol.fill) +
         "</CssParameter><CssParameter name=\"fill-opacity\">" + Plain(symbol.fill.alpha / 255.0) +
         "</CssParameter></Fill>";
}

std::string SldSymbolizer(const SymbolClass& symbol, GeometryType geometry) {
  if (geometry != GeometryType::kPoint)
    return "<PolygonSymbolizer>" + SldFill(symbol) + SldStroke(symbol) + "</PolygonSymbolizer>";
  return "<PointSymbolizer><Graphic><Mark><WellKnownName>circle</WellKnownName>" + SldFill(symbol) +
         SldStroke(symbol) + "</Mark><Size>" + Plain(symbol.marker_mm / 0.28) +
         "</Size></Graphic></PointSymbolizer>";
}

std::string QmdDate(const std::optional<Instant>& instant) {
  return instant ? instant->text() : std::string();
}

}  // namespace

std::string StyleAttributes(const VectorLayer& layer) {
  const bool labels = layer.style && layer.style->label && layer.style->label->shown;
  const bool scaled = layer.style && layer.style->largest_denominator > 0;
  return std::string(" styleCategories=\"AllStyleCategories\" labelsEnabled=\"") + (labels ? "1" : "0") +
         "\" hasScaleBasedVisibilityFlag=\"" + (scaled ? "1" : "0") + "\" maxScale=\"0\" minScale=\"" +
         (scaled ? Plain(layer.style->largest_denominator) : "100000000") + "\"";
}

std::string StyleContent(const VectorLayer& layer) {
  std::string content;
  if (layer.style) {
    content += Temporal(layer.temporal) + Renderer(*layer.style, layer.geometry);
    if (layer.style->label) content += Labeling(*layer.style->label, layer.geometry);
  }
  return content + Aliases(layer.fields);
}

std::string VectorQml(const VectorLayer& layer) {
  return std::string(kHead) + StyleAttributes(layer) + ">\n" + StyleContent(layer) + "</qgis>\n";
}

std::string VectorSld(const VectorLayer& layer) {
  if (!layer.style) return "";
  std::string rules;
  for (const SymbolClass& symbol : layer.style->classes) {
    rules += "<Rule><Title>" + XmlText(symbol.label_sv) + "</Title>";
    if (!layer.style->class_field.empty())
      rules += "<ogc:Filter><ogc:PropertyIsEqualTo><ogc:PropertyName>" + XmlText(layer.style->class_field) +
               "</ogc:PropertyName><ogc:Literal>" + std::to_string(symbol.value) +
               "</ogc:Literal></ogc:PropertyIsEqualTo></ogc:Filter>";
    rules += SldSymbolizer(symbol, layer.geometry) + "</Rule>\n";
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<StyledLayerDescriptor version=\"1.0.0\" "
         "xmlns=\"http://www.opengis.net/sld\" xmlns:ogc=\"http://www.opengis.net/ogc\"><NamedLayer><Name>" +
         XmlText(layer.table) + "</Name><UserStyle><Title>" + XmlText(layer.metadata.title_sv) +
         "</Title><FeatureTypeStyle>\n" + rules +
         "</FeatureTypeStyle></UserStyle></NamedLayer></StyledLayerDescriptor>\n";
}

std::string DensityContent(const Legend& legend, const Instant& start, const Instant& end) {
  std::string items;
  for (const DensityClass& step : legend.density)
    items += "<item value=\"" + (std::isinf(step.upper) ? std::string("inf") : Plain(step.upper)) + "\"" +
             Attribute("label", step.label_sv) + Attribute("color", HexColor(step.color)) + " alpha=\"" +
             std::to_string(step.color.alpha) + "\"/>\n";
  const std::string last = Plain(legend.density.at(legend.density.size() - 2).upper);
  return "<temporal enabled=\"1\" mode=\"0\" fetchMode=\"0\"><fixedRange><start>" + start.text() +
         "</start><end>" + end.text() +
         "</end></fixedRange></temporal>\n<pipe><rasterrenderer type=\"singlebandpseudocolor\" band=\"1\" "
         "opacity=\"0.5\" alphaBand=\"-1\" nodataColor=\"\" classificationMin=\"0\" classificationMax=\"" +
         last +
         "\">\n<rastershader><colorrampshader colorRampType=\"DISCRETE\" classificationMode=\"1\" clip=\"0\" "
         "minimumValue=\"0\" maximumValue=\"" +
         last + "\" labelPrecision=\"2\">\n" + items +
         "</colorrampshader></rastershader></rasterrenderer>\n<rasterresampler "
         "maxOversampling=\"2\"/></pipe>\n";
}

std::string DensityQml(const Legend& legend, const Instant& start, const Instant& end) {
  return std::string(kHead) + kDensityAttributes + ">\n" + DensityContent(legend, start, end) + "</qgis>\n";
}

std::string MetadataContent(const LayerMetadata& metadata, geo::Epsg crs) {
  const auto element = [](const char* name, const std::string& text) {
    return "<" + std::string(name) + ">" + XmlText(text) + "</" + name + ">\n";
  };
  std::string history;
  for (const std::string& line : metadata.history_sv) history += element("history", line);
  std::string extent;
  if (metadata.period_start)
    extent = "<extent><temporal><period><start>" + QmdDate(metadata.period_start) + "</start><end>" +
             QmdDate(metadata.period_end) + "</end></period></temporal></extent>\n";
  return element("identifier", metadata.identifier) +
         "<parentidentifier></parentidentifier>\n<language>SWE</language>\n<type>dataset</type>\n" +
         element("title", metadata.title_sv) + element("abstract", metadata.abstract_sv) +
         "<keywords vocabulary=\"gmd:topicCategory\"><keyword>Samhälle</keyword></keywords>\n<links/>\n" +
         history + "<fees></fees>\n<constraints type=\"access\">" + XmlText(metadata.audience_sv) +
         "</constraints>\n<encoding>UTF-8</encoding>\n<crs><spatialrefsys><authid>EPSG:" +
         std::to_string(static_cast<int>(crs)) + "</authid></spatialrefsys></crs>\n" + extent;
}

std::string LayerQmd(const LayerMetadata& metadata, geo::Epsg crs) {
  return std::string(kHead) + ">\n" + MetadataContent(metadata, crs) + "</qgis>\n";
}

}  // namespace lagesbild::maps
