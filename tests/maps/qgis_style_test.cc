#include "maps/qgis_style.h"

#include <cpl_minixml.h>
#include <gtest/gtest.h>

#include <memory>

#include "tests/maps/synthetic_picture.h"

namespace lagesbild::maps {
namespace {

using testing::kHostileName;

struct DestroyXml {
  void operator()(CPLXMLNode* node) const { CPLDestroyXMLNode(node); }
};
using Xml = std::unique_ptr<CPLXMLNode, DestroyXml>;

Xml Parsed(const std::string& text) {
  Xml tree(CPLParseXMLString(text.c_str()));
  EXPECT_NE(tree, nullptr) << text;
  return tree;
}

std::string At(const Xml& tree, const char* path) { return CPLGetXMLValue(tree.get(), path, "absent"); }

/// As the name reads after the control character was left out and the wrong byte marked.
const std::string kShown = "<&\"'%]]>{}\\;--å\xEF\xBF\xBD";

VectorLayer Layer() {
  VectorLayer layer;
  layer.table = "t";
  layer.geometry = GeometryType::kPolygon;
  layer.temporal = true;
  layer.fields = {{"class", FieldType::kInteger, kHostileName}};
  layer.style = VectorStyle{};
  layer.style->class_field = "class";
  layer.style->classes = {{3, kHostileName, {1, 2, 3, 4}, {5, 6, 7, 8}, FillPattern::kHatched, 0.25}};
  layer.style->notes_sv = {"n = 3"};
  layer.style->label = LabelStyle{std::string("'") + kHostileName + "'"};
  layer.metadata.title_sv = layer.metadata.abstract_sv = kHostileName;
  return layer;
}

TEST(VectorQml, EscapesNamesFromData) {
  const Xml tree = Parsed(VectorQml(Layer()));
  EXPECT_EQ(At(tree, "=qgis.renderer-v2.categories.category.label"), kShown);
  EXPECT_EQ(At(tree, "=qgis.aliases.alias.name"), kShown);
  EXPECT_EQ(At(tree, "=qgis.labeling.settings.text-style.fieldName"), "'" + kShown + "'");
}

TEST(VectorQml, HasRendererTimeAndAliasAtTheFieldsPlace) {
  const Xml tree = Parsed(VectorQml(Layer()));
  EXPECT_EQ(At(tree, "=qgis.renderer-v2.type"), "categorizedSymbol");
  EXPECT_EQ(At(tree, "=qgis.renderer-v2.attr"), "class");
  EXPECT_EQ(At(tree, "=qgis.temporal.enabled"), "1");
  EXPECT_EQ(At(tree, "=qgis.temporal.endField"), "period_end");
  EXPECT_EQ(At(tree, "=qgis.aliases.alias.index"), "1");
}

TEST(VectorQml, PutsNotesIntoTheLegendAsClassesThatNoFeatureHas) {
  const std::string qml = VectorQml(Layer());
  EXPECT_NE(qml.find("<category value=\"900\" symbol=\"900\" label=\"n = 3\""), std::string::npos);
}

TEST(VectorQml, GivesATableWithoutGeometryItsAliasesAlone) {
  VectorLayer layer = Layer();
  layer.geometry = GeometryType::kNone;
  layer.style.reset();
  const Xml tree = Parsed(VectorQml(layer));
  EXPECT_EQ(At(tree, "=qgis.aliases.alias.name"), kShown);
  EXPECT_EQ(At(tree, "=qgis.renderer-v2.type"), "absent");
  EXPECT_EQ(VectorSld(layer), "");
}

TEST(VectorQml, SaysInTheLegendWhatItsOneSymbolIs) {
  VectorLayer layer = Layer();
  layer.style->class_field.clear();
  const Xml tree = Parsed(VectorQml(layer));
  EXPECT_EQ(At(tree, "=qgis.renderer-v2.type"), "RuleRenderer");
  EXPECT_EQ(At(tree, "=qgis.renderer-v2.rules.rule.label"), kShown);
}

TEST(VectorQml, KeepsLabelsReadyThatAreSwitchedOff) {
  VectorLayer layer = Layer();
  EXPECT_EQ(At(Parsed(VectorQml(layer)), "=qgis.labelsEnabled"), "1");
  layer.style->label->shown = false;
  const Xml tree = Parsed(VectorQml(layer));
  EXPECT_EQ(At(tree, "=qgis.labelsEnabled"), "0");
  EXPECT_NE(At(tree, "=qgis.labeling.settings.text-style.fieldName"), "absent");
}

TEST(VectorQml, ShowsEveryLabelThatMayNotBeMissing) {
  VectorLayer layer = Layer();
  layer.style->label->always = true;
  layer.style->label->priority = 10;
  const Xml tree = Parsed(VectorQml(layer));
  EXPECT_EQ(At(tree, "=qgis.labeling.settings.rendering.displayAll"), "1");
  EXPECT_EQ(At(tree, "=qgis.labeling.settings.placement.priority"), "10");
}

TEST(VectorQml, PutsANumberIntoTheCornerOfItsSquare) {
  VectorLayer layer = Layer();
  EXPECT_EQ(At(Parsed(VectorQml(layer)), "=qgis.labeling.settings.placement.geometryGenerator"), "absent");
  layer.style->label->in_corner = true;
  const Xml tree = Parsed(VectorQml(layer));
  EXPECT_EQ(At(tree, "=qgis.labeling.settings.placement.geometryGenerator"),
            "make_point(x_min($geometry), y_max($geometry))");
  EXPECT_EQ(At(tree, "=qgis.labeling.settings.placement.quadOffset"), "8");
}

TEST(VectorSld, HasOneRulePerClassAndNoneForNotes) {
  const std::string sld = VectorSld(Layer());
  const Xml tree = Parsed(sld);
  EXPECT_EQ(sld.find("<Rule>"), sld.rfind("<Rule>"));
  EXPECT_EQ(sld.find("n = 3"), std::string::npos);
  EXPECT_NE(sld.find("<ogc:Literal>3</ogc:Literal>"), std::string::npos);
}

TEST(DensityQml, HasTheLegendsBreaksAndThePeriod) {
  const Legend legend = MakeLegend(geo::Kernel::kQuartic, geo::Meters{1000}, {});
  const std::string qml = DensityQml(legend, {2026, 7, 1}, {2026, 9, 30, 23, 59, 59});
  const Xml tree = Parsed(qml);
  EXPECT_EQ(At(tree, "=qgis.pipe.rasterrenderer.type"), "singlebandpseudocolor");
  EXPECT_EQ(At(tree, "=qgis.pipe.rasterrenderer.rastershader.colorrampshader.colorRampType"), "DISCRETE");
  EXPECT_EQ(At(tree, "=qgis.temporal.fixedRange.end"), "2026-09-30T23:59:59Z");
  std::size_t at = 0;
  for (const char* value : {"0.1", "1", "2", "4", "8", "inf"}) {
    at = qml.find("<item value=\"" + std::string(value) + "\"", at);
    EXPECT_NE(at, std::string::npos) << value;
  }
}

TEST(LayerQmd, NamesNoPersonAndEscapesNamesFromData) {
  LayerMetadata metadata = Layer().metadata;
  metadata.period_start = Instant{2026, 7, 1};
  metadata.period_end = Instant{2026, 9, 30, 23, 59, 59};
  const Xml tree = Parsed(LayerQmd(metadata, geo::Epsg{3006}));
  EXPECT_EQ(At(tree, "=qgis.title"), kShown);
  EXPECT_EQ(At(tree, "=qgis.abstract"), kShown);
  EXPECT_EQ(At(tree, "=qgis.language"), "SWE");
  EXPECT_EQ(At(tree, "=qgis.contact"), "absent");
  EXPECT_EQ(At(tree, "=qgis.extent.temporal.period.start"), "2026-07-01T00:00:00Z");
}

}  // namespace
}  // namespace lagesbild::maps
