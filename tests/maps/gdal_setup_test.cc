#include "maps/gdal_setup.h"

#include <cpl_error.h>
#include <gtest/gtest.h>
#include <ogrsf_frmts.h>

#include <set>

#include "maps/errors.h"
#include "tests/maps/temporary_folder.h"

namespace lagesbild::maps {
namespace {

using testing::TemporaryFolder;
using testing::WriteBytes;

std::string ReasonFor(const std::filesystem::path& path, const char* driver) {
  try {
    OpenReadOnly(path, driver);
  } catch (const IoError& error) {
    return error.reason;
  }
  return "opened";
}

TEST(SetUpGdal, LeavesOnlyTheDriversThatWeUse) {
  SetUpGdal();
  std::set<std::string> names;
  for (int i = 0; i < GetGDALDriverManager()->GetDriverCount(); ++i)
    names.insert(GetGDALDriverManager()->GetDriver(i)->GetDescription());
  EXPECT_EQ(names,
            (std::set<std::string>{"COG", "CSV", "ESRI Shapefile", "FlatGeobuf", "GPKG", "GTiff", "GeoJSON",
                                   "MBTiles", "MEM", "MVT", "Memory", "OSM", "PNG", "XLSX"}));
}

TEST(OpenReadOnly, OpensAFileWithTheGivenDriver) {
  const TemporaryFolder folder;
  WriteBytes(folder / "a.geojson",
             R"({"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[17,60]}})");
  const auto dataset = OpenReadOnly(folder / "a.geojson", "GeoJSON");
  ASSERT_EQ(dataset->GetLayerCount(), 1);
  EXPECT_EQ(dataset->GetLayer(0)->GetFeatureCount(), 1);
}

TEST(OpenReadOnly, RefusesNamesThatGdalWouldFollow) {
  for (const char* name :
       {"/vsicurl/http://127.0.0.1:9/a.csv", "/VSICURL/http://127.0.0.1:9/a.csv", "/vsizip/a.zip/a.csv",
        "/./vsimem/a.csv", "GPKG:a.gpkg:t", "http://127.0.0.1:9/a.csv", ""})
    EXPECT_EQ(ReasonFor(name, "CSV"), "is not the name of a local file") << name;
}

TEST(OpenReadOnly, RefusesTextThatIsItselfADataset) {
  EXPECT_EQ(ReasonFor(R"({"type":"FeatureCollection","features":[]})", "GeoJSON"),
            "is not the name of a local file");
  EXPECT_EQ(ReasonFor("<OGRVRTDataSource/>", "CSV"), "no such file");
}

TEST(OpenReadOnly, RefusesAFolder) {
  const TemporaryFolder folder;
  EXPECT_EQ(ReasonFor(folder.path(), "CSV"), "no such file");
}

TEST(OpenReadOnly, DoesNotFollowAVirtualFileInDisguise) {
  const TemporaryFolder folder;
  WriteBytes(folder / "secret.csv", "a,b\n1,2\n3,4\n");
  WriteBytes(folder / "evil.csv", "<OGRVRTDataSource><OGRVRTLayer name=\"secret\"><SrcDataSource>" +
                                      (folder / "secret.csv").string() +
                                      "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>");
  const auto dataset = OpenReadOnly(folder / "evil.csv", "CSV");
  EXPECT_STREQ(dataset->GetLayer(0)->GetName(), "evil");
  EXPECT_EQ(dataset->GetLayer(0)->GetFeatureCount(), 0);
  WriteBytes(folder / "v.tif", "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"></VRTDataset>");
  EXPECT_NE(ReasonFor(folder / "v.tif", "GTiff").find("cannot be opened as GTiff"), std::string::npos);
}

TEST(OpenReadOnly, TriesNoOtherDriver) {
  const TemporaryFolder folder;
  WriteBytes(folder / "a.csv", "a,b\n1,2\n");
  EXPECT_NE(ReasonFor(folder / "a.csv", "GPKG").find("cannot be opened as GPKG"), std::string::npos);
  EXPECT_NE(ReasonFor(folder / "a.csv", "OGR_VRT").find("cannot be opened as OGR_VRT"), std::string::npos);
}

TEST(GdalErrors, CollectFailuresAndNotWarnings) {
  const GdalErrors errors;
  CPLError(CE_Warning, CPLE_AppDefined, "a warning");
  CPLError(CE_Failure, CPLE_AppDefined, "first");
  {
    const GdalErrors inner;
    CPLError(CE_Failure, CPLE_AppDefined, "inner");
    EXPECT_EQ(inner.text("none"), "inner");
  }
  CPLError(CE_Failure, CPLE_AppDefined, "second");
  EXPECT_EQ(errors.text("none"), "first; second");
}

TEST(GdalErrors, HaveWordsOfTheCallerWhenGdalSaidNothing) {
  EXPECT_EQ(GdalErrors().text("no reason given"), "no reason given");
}

}  // namespace
}  // namespace lagesbild::maps
