#include "maps/qgis_project.h"

#include <cpl_minixml.h>
#include <gtest/gtest.h>

#include <algorithm>
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

std::vector<std::string> Tables(const std::vector<ProjectGroup>& groups) {
  std::vector<std::string> tables;
  for (const ProjectGroup& group : groups) {
    tables.insert(tables.end(), group.tables.begin(), group.tables.end());
    const std::vector<std::string> inside = Tables(group.groups);
    tables.insert(tables.end(), inside.begin(), inside.end());
  }
  return tables;
}

TEST(MakePictureProject, NamesEveryTableOnce) {
  const SyntheticPicture made = MakeSyntheticPicture();
  std::vector<std::string> tables =
      Tables(MakePictureProject(made.picture, made.metadata, made.reference).groups);
  EXPECT_EQ(tables.size(), 8U + 2 + 4 + 3);
  EXPECT_EQ(tables.front(), "lasanvisning");
  std::sort(tables.begin(), tables.end());
  EXPECT_EQ(std::unique(tables.begin(), tables.end()), tables.end());
}

TEST(MakePictureProject, TurnsOneAgeGroupOn) {
  const SyntheticPicture made = MakeSyntheticPicture();
  const ProjectGroup ages = MakePictureProject(made.picture, made.metadata, made.reference).groups[1];
  EXPECT_TRUE(ages.one_at_a_time);
  ASSERT_EQ(ages.groups.size(), 8U);
  for (const ProjectGroup& group : ages.groups)
    EXPECT_EQ(group.on, group.name_sv == "Ungdomar 13–17 år") << group.name_sv;
}

TEST(MakePictureProject, PutsTheDensityBelowTheCellsOfItsAgeGroup) {
  const SyntheticPicture made = MakeSyntheticPicture();
  const QgisProject project = MakePictureProject(made.picture, made.metadata, made.reference,
                                                 {{"tathet_x", "x.tif", "Täthet", "UNGDOM", {}, {}}});
  for (const ProjectGroup& group : project.groups[1].groups) {
    std::vector<std::string> expected = {group.tables.front()};
    if (group.name_sv == "Ungdomar 13–17 år") expected = {"hotspot_ungdom_13_17", "tathet_x"};
    EXPECT_EQ(group.tables, expected);
  }
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
  project.groups.push_back({.name_sv = "", .tables = {"no_such_table"}});
  EXPECT_THROW(ProjectXml(project, {}, "x.gpkg", geo::Epsg{3006}), geo::InvalidInput);
}

TEST(ProjectHex, IsAZipInLowerCaseHex) {
  const std::string hex = ProjectHex("<qgis/>");
  EXPECT_EQ(hex.rfind("504b0304", 0), 0U);
  EXPECT_EQ(hex.find_first_not_of("0123456789abcdef"), std::string::npos);
}

}  // namespace
}  // namespace lagesbild::maps
