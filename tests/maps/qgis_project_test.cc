#include "maps/qgis_project.h"

#include <cpl_minixml.h>
#include <gtest/gtest.h>

#include <memory>

#include "geo/errors.h"
#include "maps/picture_layers.h"
#include "maps/picture_project.h"
#include "tests/maps/synthetic_picture.h"

namespace lagesbild::maps {
namespace {

using testing::MakeHostilePicture;
using testing::MakeSyntheticPicture;
using testing::SyntheticPicture;

std::string Xml(const SyntheticPicture& made) {
  const geo::PictureOptions& options = made.picture.options;
  const Legend legend = MakeLegend(options.kernel, options.bandwidth, options.test);
  return ProjectXml(MakePictureProject(made.picture, made.metadata, made.reference),
                    MakePictureLayers(made.picture, made.metadata, made.reference, legend), "x.gpkg",
                    geo::Epsg{3006});
}

TEST(FirstShownLayer, IsTheFirstTestedHeadlineGroup) {
  SyntheticPicture made = MakeSyntheticPicture();
  EXPECT_EQ(FirstShownLayer(made.picture).group.code, "UNGDOM");
  for (geo::PictureLayer& layer : made.picture.layers) layer.tested = false;
  EXPECT_EQ(FirstShownLayer(made.picture).group.code, "ALLA");
}

TEST(MakePictureProject, NamesEveryTableOnce) {
  const SyntheticPicture made = MakeSyntheticPicture();
  std::vector<std::string> tables;
  for (const ProjectGroup& group : MakePictureProject(made.picture, made.metadata, made.reference).groups)
    tables.insert(tables.end(), group.tables.begin(), group.tables.end());
  EXPECT_EQ(tables.size(), 8U + 2 + 4 + 2);
  EXPECT_EQ(tables.front(), "hotspot_ungdom_13_17");
  EXPECT_EQ(std::count(tables.begin(), tables.end(), "hotspot_ungdom_13_17"), 1);
}

TEST(ProjectXml, RefersToItsGeoPackageByRelativePathAlone) {
  const std::string xml = Xml(MakeSyntheticPicture());
  EXPECT_NE(xml.find("<datasource>./x.gpkg|layername=hotspot_ungdom_13_17</datasource>"), std::string::npos);
  EXPECT_EQ(xml.find("<datasource>/"), std::string::npos);
  EXPECT_NE(xml.find("<Absolute type=\"bool\">false</Absolute>"), std::string::npos);
}

TEST(ProjectXml, StaysXmlWithNamesThatBreakMarkup) {
  CPLXMLNode* tree = CPLParseXMLString(Xml(MakeHostilePicture()).c_str());
  ASSERT_NE(tree, nullptr);
  EXPECT_EQ(std::string(CPLGetXMLValue(tree, "=qgis.title", "")).rfind("<&\"'%]]>", 0), 0U);
  CPLDestroyXMLNode(tree);
}

TEST(ProjectXml, RejectsATableThatDoesNotExist) {
  QgisProject project;
  project.groups = {{"", {"no_such_table"}}};
  EXPECT_THROW(ProjectXml(project, {}, "x.gpkg", geo::Epsg{3006}), geo::InvalidInput);
}

TEST(ProjectHex, IsAZipInLowerCaseHex) {
  const std::string hex = ProjectHex("<qgis/>");
  EXPECT_EQ(hex.rfind("504b0304", 0), 0U);
  EXPECT_EQ(hex.find_first_not_of("0123456789abcdef"), std::string::npos);
}

}  // namespace
}  // namespace lagesbild::maps
