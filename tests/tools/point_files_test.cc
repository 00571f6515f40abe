// Tables of points, and what is wrong with them.
#include "tools/point_files.h"

#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "geo/errors.h"
#include "tests/service/support.h"
#include "tools/bandwidth_choice.h"

namespace lagesbild::tools {
namespace {

using geo::InvalidInput;
using geo::Kernel;
using geo::Meters;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class PointFiles : public testing::Test {
 protected:
  PointFile File(const std::string& text, const std::string& weight = "", const std::string& group = "",
                 const std::string& radius = "") {
    folder.Write("p.csv", text);
    return {.path = folder / "p.csv", .x = "x", .y = "y", .weight = weight, .group = group, .radius = radius};
  }
  /// The message with which a table is refused; empty when it is not.
  std::string Refusal(const PointFile& file) {
    try {
      (void)ReadPoints(file);
    } catch (const InvalidInput& error) {
      return error.what();
    }
    return "";
  }
  service::TemporaryFolder folder;
};

TEST_F(PointFiles, AreReadWithWeightsGroupsAndRadii) {
  const PointTable table = ReadPoints(File(
      "x,y,w,age,r\n600000,6640000,1,25+,0\n600010.5,6640020,2.5,13-17,50\n1,2,0,25+,8\n", "w", "age", "r"));
  ASSERT_EQ(table.points.size(), 3U);
  EXPECT_EQ(table.points[1].easting, Meters{600010.5});
  EXPECT_EQ(table.points[1].northing, Meters{6640020});
  EXPECT_THAT(table.weights, ElementsAre(1, 2.5, 0));
  EXPECT_THAT(table.labels, ElementsAre("13-17", "25+"));
  EXPECT_THAT(table.groups, ElementsAre(1, 0, 1));
  EXPECT_THAT(table.radii, ElementsAre(Meters{0}, Meters{50}, Meters{8}));
  const PointTable group = OfGroup(table, 1);
  ASSERT_EQ(group.points.size(), 2U);
  EXPECT_THAT(group.weights, ElementsAre(1, 0));
  EXPECT_THAT(group.radii, ElementsAre(Meters{0}, Meters{8}));
}

TEST_F(PointFiles, MayHaveAHeaderAlone) { EXPECT_TRUE(ReadPoints(File("x,y\n")).points.empty()); }

TEST_F(PointFiles, MayEndLinesAsWindowsDoesAndQuoteFields) {
  const PointTable table = ReadPoints(File("\"x\",y\r\n\"1\",2\r\n3,\"4\"\r\n"));
  ASSERT_EQ(table.points.size(), 2U);
  EXPECT_EQ(table.points[0].easting, Meters{1});
  EXPECT_EQ(table.points[1].northing, Meters{4});
}

TEST_F(PointFiles, AreRefusedWithTheRowAndColumnThatIsWrong) {
  EXPECT_THAT(Refusal(File("x,y\n1,2\n3,north\n")), HasSubstr("column y, row 2"));
  EXPECT_THAT(Refusal(File("x,y\n1,2\n,4\n")), HasSubstr("column x, row 2"));
  EXPECT_THAT(Refusal(File("x,y\n1,nan\n")), HasSubstr("column y, row 1"));
  EXPECT_THAT(Refusal(File("x,y\ninf,2\n")), HasSubstr("column x, row 1"));
  EXPECT_THAT(Refusal(File("x,y\n1,2\n3\n")), HasSubstr("row 2"));
  EXPECT_THAT(Refusal(File("x,y,w\n1,2,NaN\n", "w")), HasSubstr("column w, row 1"));
  EXPECT_THAT(Refusal(File("x,y,w\n1,2,1\n1,2,-1\n", "w")), HasSubstr("column w, row 2 is negative"));
  EXPECT_THAT(Refusal(File("x,y,r\n1,2,-1\n", "", "", "r")), HasSubstr("column r, row 1 is negative"));
}

TEST_F(PointFiles, AreRefusedWithoutTellingAValue) {
  EXPECT_THAT(Refusal(File("x,y\n19900101-1234,2\n")), Not(HasSubstr("1990")));
  EXPECT_THAT(Refusal(File("x,y,w\n1,2,hemligt\n", "w")), Not(HasSubstr("hemligt")));
}

TEST_F(PointFiles, AreRefusedWithoutAColumnOrAFile) {
  EXPECT_THAT(Refusal(File("x,northing\n1,2\n")), HasSubstr("column y is missing"));
  EXPECT_THAT(Refusal(File("x,y\n1,2\n", "w")), HasSubstr("column w is missing"));
  EXPECT_THAT(Refusal(File("x,y\n1,2\n", "", "age")), HasSubstr("column age is missing"));
  EXPECT_THAT(Refusal(File("x,y\n1,2\n", "", "", "radius")), HasSubstr("column radius is missing"));
  EXPECT_THAT(Refusal(File("x;y\n1;2\n")), HasSubstr("column x is missing"));
  EXPECT_THAT(Refusal(File("")), HasSubstr("p.csv is empty"));
  PointFile none;
  none.path = folder / "none.csv";
  EXPECT_THAT(Refusal(none), HasSubstr("none.csv cannot be read"));
}

TEST_F(PointFiles, AreRefusedAtOnceWhenTheyAreTooLarge) {
  const PointFile file = File("x,y\n1,2\n");
  std::filesystem::resize_file(file.path, (std::uintmax_t{2} << 30) + 1);  // takes no space: a hole
  EXPECT_THAT(Refusal(file), HasSubstr("2147483648"));
}

TEST(PlaneCrs, IsReadInBothForms) {
  EXPECT_EQ(PlaneCrs("EPSG:3006"), geo::Epsg{3006});
  EXPECT_EQ(PlaneCrs("3006"), geo::Epsg{3006});
  for (const char* wrong : {"", "EPSG:", "epsg3006", "3006x", "-1", "99999", "4326", "EPSG:4326"})
    EXPECT_THROW((void)PlaneCrs(wrong), InvalidInput) << wrong;
}

TEST(RasterGrid, IsReadFromExtentAndSize) {
  const geo::GridSpec grid = RasterGrid("600000,6640000,604000,6643000", "160x120");
  EXPECT_EQ(grid.cell_size, Meters{25});
  EXPECT_EQ(grid.columns, 160);
  EXPECT_EQ(grid.rows, 120);
  EXPECT_EQ(grid.origin.northing, Meters{6640000});
}

TEST(RasterGrid, RefusesWhatIsNone) {
  for (const auto& [extent, size] : std::vector<std::pair<const char*, const char*>>{
           {"0,0,100", "10x10"},
           {"0,0,100,x", "10x10"},
           {"100,0,0,100", "10x10"},
           {"0,0,100,nan", "10x10"},
           {"0,0,100,100", "10"},
           {"0,0,100,100", "0x10"},
           {"0,0,100,100", "1.5x10"},
           {"0,0,100,100", "10x20"},         // pixels not square
           {"0,0,100,100", "100000x100000"}  // too many
       })
    EXPECT_THROW((void)RasterGrid(extent, size), InvalidInput) << extent << ' ' << size;
}

TEST(CheckPlane, SaysWhyNoPointIsNear) {
  const geo::GridSpec grid = RasterGrid("600000,6640000,604000,6643000", "160x120");
  const auto refusal = [&](double x, double y) -> std::string {
    try {
      CheckPlane({{Meters{x}, Meters{y}}}, grid, Meters{100});
    } catch (const InvalidInput& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(refusal(601000, 6641000), "");
  EXPECT_EQ(refusal(599901, 6641000), "");  // within reach
  EXPECT_EQ(refusal(500000, 6000000), "");  // far away, for no reason that shows
  EXPECT_THAT(refusal(6641000, 601000), HasSubstr("exchanged"));
  EXPECT_THAT(refusal(16.86, 59.94), HasSubstr("degrees"));
  EXPECT_NO_THROW(CheckPlane({}, grid, Meters{100}));
}

TEST(WithLabel, TakesPlainLabelsOnly) {
  EXPECT_EQ(WithLabel("a/d.tif", "13-17"), "a/d_13-17.tif");
  for (const char* wrong : {"", "../x", "a b", "ålder", "a/b"})
    EXPECT_THROW((void)WithLabel("d.tif", wrong), InvalidInput) << wrong;
}

TEST(KernelByCode, RefusesAnUnknownOne) {
  EXPECT_EQ(KernelByCode("triweight"), Kernel::kTriweight);
  EXPECT_THROW((void)KernelByCode("cosine"), InvalidInput);
}

std::vector<geo::PlanePoint> Spread(int count) {
  std::vector<geo::PlanePoint> points;
  for (int i = 0; i < count; ++i)
    points.push_back({Meters{600000.0 + i * 37 % 500}, Meters{6640000.0 + i * 91 % 700}});
  return points;
}

TEST(ChooseBandwidths, TellsAskedUsedInBothFormsAndWhy) {
  const auto choices = ChooseBandwidths({"500", "scott"}, "", Kernel::kQuartic, Spread(50), nullptr);
  ASSERT_EQ(choices.size(), 2U);
  EXPECT_EQ(choices[0].asked, "500");
  EXPECT_EQ(choices[0].value, Meters{500});
  EXPECT_EQ(choices[0].used.radius, Meters{500});
  EXPECT_NEAR(choices[0].used.standard_deviation.value(), 500 / std::sqrt(8), 1e-9);
  EXPECT_EQ(choices[0].why_en, "given as radius");
  EXPECT_EQ(choices[1].asked, "scott");
  EXPECT_THAT(choices[1].why_en, HasSubstr("selected by scott from 50 points"));
  EXPECT_THAT(choices[1].why_sv, HasSubstr("vald av scott"));
  geo::BandwidthSelectionOptions rule;
  rule.selector = geo::BandwidthSelector::kScott;
  const geo::BandwidthSelection scott = geo::SelectBandwidth(Spread(50), rule);
  EXPECT_EQ(choices[1].value, scott.bandwidth.radius);
}

TEST(ChooseBandwidths, TakesNumbersAsRadiusOrStandardDeviation) {
  const auto sd = ChooseBandwidths({"100"}, "sd", Kernel::kQuartic, {}, nullptr);
  EXPECT_NEAR(sd[0].value.value(), 100 * std::sqrt(8), 1e-9);
  EXPECT_EQ(sd[0].why_en, "given as standard deviation");
  const auto gaussian = ChooseBandwidths({"100"}, "", Kernel::kGaussian, {}, nullptr);
  EXPECT_FALSE(gaussian[0].used.radius.has_value());
  EXPECT_EQ(gaussian[0].used.standard_deviation, Meters{100});
  EXPECT_THROW((void)ChooseBandwidths({"100"}, "radius", Kernel::kGaussian, {}, nullptr), InvalidInput);
}

TEST(ChooseBandwidths, RefusesWhatIsNone) {
  for (const char* wrong : {"0", "-1", "nan", "inf", "wide", ""})
    EXPECT_THROW((void)ChooseBandwidths({wrong}, "", Kernel::kQuartic, Spread(50), nullptr), InvalidInput)
        << wrong;
  EXPECT_THROW((void)ChooseBandwidths({"5", "5"}, "", Kernel::kQuartic, {}, nullptr), InvalidInput);
  EXPECT_THROW((void)ChooseBandwidths({"diggle"}, "", Kernel::kQuartic, Spread(50), nullptr), InvalidInput);
  EXPECT_THROW((void)ChooseBandwidths({"likelihood"}, "", Kernel::kQuartic, Spread(3), nullptr),
               geo::TooFewIncidents);
}

TEST(BandwidthLabel, IsPartOfAFileName) {
  const auto choices = ChooseBandwidths({"500", "12.5"}, "", Kernel::kQuartic, {}, nullptr);
  EXPECT_EQ(BandwidthLabel(choices[0]), "500m");
  EXPECT_EQ(BandwidthLabel(choices[1]), "12_5m");
}

}  // namespace
}  // namespace lagesbild::tools
