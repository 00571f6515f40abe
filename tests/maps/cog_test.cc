#include "maps/cog.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "geo/errors.h"
#include "maps/errors.h"
#include "maps/gdal_setup.h"
#include "tests/maps/file_size_limit.h"
#include "tests/maps/temporary_folder.h"

namespace lagesbild::maps {
namespace {

using testing::FileSizeLimit;
using testing::TemporaryFolder;

/// 600 columns, 500 rows of 100 m with its south-west corner at 590000, 6640000.
geo::GridSpec Spec() { return {{geo::Meters{590000}, geo::Meters{6640000}}, geo::Meters{100}, 600, 500}; }

float PixelAt(GDALDataset& dataset, double easting, double northing) {
  double t[6];
  dataset.GetGeoTransform(t);
  float value = 0;
  EXPECT_EQ(dataset.GetRasterBand(1)->RasterIO(GF_Read, static_cast<int>(std::floor((easting - t[0]) / t[1])),
                                               static_cast<int>(std::floor((northing - t[3]) / t[5])), 1, 1,
                                               &value, 1, 1, GDT_Float32, 0, 0, nullptr),
            CE_None);
  return value;
}

TEST(WriteCog, PutsEveryCellAtItsPlaceOnTheMap) {
  const TemporaryFolder folder;
  geo::Grid<double> grid(Spec());
  grid[{10, 0}] = 7;     // near the southern edge
  grid[{599, 499}] = 3;  // north-eastern corner
  WriteCog(folder / "a.tif", grid, geo::Epsg{3006}, {});
  const auto dataset = OpenReadOnly(folder / "a.tif", "GTiff");
  EXPECT_EQ(PixelAt(*dataset, 591050, 6640050), 7);
  EXPECT_EQ(PixelAt(*dataset, 591050, 6640150), 0);
  EXPECT_EQ(PixelAt(*dataset, 649950, 6689950), 3);
  double transform[6];
  dataset->GetGeoTransform(transform);
  EXPECT_EQ(transform[0], 590000);
  EXPECT_EQ(transform[3], 6690000);
  EXPECT_EQ(transform[5], -100);
  EXPECT_STREQ(dataset->GetSpatialRef()->GetAuthorityCode(nullptr), "3006");
}

TEST(WriteCog, KeepsTheMassAndWritesNoDataForNaN) {
  const TemporaryFolder folder;
  geo::Grid<double> grid(Spec());
  double mass = 0;
  for (int i = 0; i < 600; ++i) {
    grid[{i, i % 500}] = i / 64.0;  // exact in Float32
    mass += i / 64.0;
  }
  grid[{3, 4}] = std::numeric_limits<double>::quiet_NaN();
  mass -= 3 / 64.0 * (3 % 500 == 4);
  WriteCog(folder / "a.tif", grid, geo::Epsg{3006}, {});
  const auto dataset = OpenReadOnly(folder / "a.tif", "GTiff");
  std::vector<float> pixels(600 * 500);
  ASSERT_EQ(dataset->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, 600, 500, pixels.data(), 600, 500, GDT_Float32,
                                                0, 0, nullptr),
            CE_None);
  double sum = 0;
  int missing = 0;
  for (const float pixel : pixels) pixel == kNoData ? void(++missing) : void(sum += pixel);
  EXPECT_EQ(missing, 1);
  EXPECT_EQ(sum, mass);
  EXPECT_EQ(dataset->GetRasterBand(1)->GetNoDataValue(), -9999);
}

TEST(WriteCog, IsCloudOptimizedAndSaysWhatItShows) {
  const TemporaryFolder folder;
  WriteCog(folder / "a.tif", geo::Grid<double>(Spec(), 1), geo::Epsg{3006},
           {"Täthet, Ungdomar", "händelser per km² och kvartal", {{"LAGESBILD_RUN_ID", "0123"}}});
  const auto dataset = OpenReadOnly(folder / "a.tif", "GTiff");
  EXPECT_STREQ(dataset->GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE"), "COG");
  EXPECT_STREQ(dataset->GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE"), "DEFLATE");
  EXPECT_STREQ(dataset->GetMetadataItem("LAGESBILD_RUN_ID"), "0123");
  GDALRasterBand* band = dataset->GetRasterBand(1);
  EXPECT_STREQ(band->GetDescription(), "Täthet, Ungdomar");
  EXPECT_STREQ(band->GetUnitType(), "händelser per km² och kvartal");
  EXPECT_GE(band->GetOverviewCount(), 1);
  EXPECT_EQ(folder.names(), (std::set<std::string>{"a.tif"}));
}

TEST(WriteCog, SaysThatTheDiskIsFullAndLeavesNothing) {
  const TemporaryFolder folder;
  testing::WriteBytes(folder / "a.tif", "old");
  geo::Grid<double> grid(Spec());
  for (std::size_t i = 0; i < grid.values().size(); ++i)
    grid.values()[i] = std::sin(static_cast<double>(i * i));
  {
    const FileSizeLimit limit(20000);
    EXPECT_THROW(WriteCog(folder / "a.tif", grid, geo::Epsg{3006}, {}), IoError);
  }
  EXPECT_EQ(folder.names(), (std::set<std::string>{"a.tif"}));
  EXPECT_EQ(testing::Bytes(folder / "a.tif"), "old");
}

TEST(WriteCog, RejectsAnEmptyGrid) {
  const TemporaryFolder folder;
  EXPECT_THROW(WriteCog(folder / "a.tif", geo::Grid<double>(), geo::Epsg{3006}, {}), geo::InvalidInput);
}

TEST(WriteCog, RejectsACrsThatIsNotInMeters) {
  const TemporaryFolder folder;
  const geo::Grid<double> grid(Spec());
  for (const int code : {4326, 999999})
    EXPECT_THROW(WriteCog(folder / "a.tif", grid, geo::Epsg{code}, {}), geo::InvalidInput) << code;
  EXPECT_EQ(folder.names(), std::set<std::string>{});
}

}  // namespace
}  // namespace lagesbild::maps
