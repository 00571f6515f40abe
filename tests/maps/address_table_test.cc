#include "maps/address_table.h"

#include <gmock/gmock.h>

#include <fstream>

#include "maps/errors.h"
#include "tests/maps/temporary_folder.h"

namespace lagesbild::maps {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

geo::PlanePoint At(double easting, double northing) { return {geo::Meters{easting}, geo::Meters{northing}}; }

/// Invented addresses in an invented square of 20 km.
class AddressTableInput : public ::testing::Test {
 protected:
  AddressTableInput() {
    mapping.table.delimiter = ';';
    mapping.street = "gata";
    mapping.number = "nr";
    mapping.postcode = "postnr";
    mapping.easting = "e";
    mapping.northing = "n";
  }
  AddressRegisterFile Read(const std::string& rows) {
    const std::filesystem::path path = folder / "adresser.csv";
    std::ofstream(path) << "gata;nr;postnr;e;n\n" + rows;
    return ReadAddressTable(path, mapping, geo::Epsg{3006}, area);
  }
  std::string Fault(const std::string& rows) {
    try {
      Read(rows);
    } catch (const IoError& error) {
      return error.reason;
    }
    return "";
  }

  testing::TemporaryFolder folder;
  geo::StudyArea area{
      {{{At(600000, 6640000), At(620000, 6640000), At(620000, 6660000), At(600000, 6660000)}, {}}}};
  AddressTable mapping;
};

TEST_F(AddressTableInput, ReadsNumbersLettersAndWholeDesignations) {
  mapping.accuracy_radius = geo::Meters{30};
  mapping.municipality_code = "9999";
  const AddressRegisterFile read = Read(
      "Storgatan;12;744 31;605000;6650000\nStorgatan;12 B;;605010;6650000\nLillgatan;6A U1;;605020;6650000\n"
      "Torget;1-3;;605030,5;6650000\n");
  ASSERT_THAT(read.addresses, SizeIs(4));
  EXPECT_EQ(read.addresses[0].number, 12);
  EXPECT_EQ(read.addresses[0].postcode, "74431");
  EXPECT_EQ(read.addresses[0].municipality_code, "9999");
  EXPECT_EQ(read.addresses[0].accuracy_radius, geo::Meters{30});
  EXPECT_EQ(read.addresses[1].letter, "B");
  EXPECT_EQ(read.addresses[2].addition, "U1");
  EXPECT_EQ(read.addresses[3].number, 0);
  EXPECT_EQ(read.addresses[3].addition, "1-3");
  EXPECT_EQ(read.addresses[3].position, At(605030.5, 6650000));
}

TEST_F(AddressTableInput, GivesEveryAddressAnIdThatRepeatedRowsDoNotShare) {
  const AddressRegisterFile read = Read("Storgatan;12;;605000;6650000\nStorgatan;12;;609000;6650000\n");
  ASSERT_THAT(read.addresses, SizeIs(2));
  EXPECT_EQ(read.addresses[0].id, "Storgatan 12");
  EXPECT_EQ(read.addresses[1].id, "Storgatan 12 #2");
}

TEST_F(AddressTableInput, TakesOtherSystemsIntoTheMunicipalitys) {
  mapping.coordinates = geo::Epsg{3011};
  const AddressRegisterFile local = Read("Storgatan;12;;86394;6647723\n");
  EXPECT_NEAR(local.addresses.at(0).position.easting.value(), 604054, 1.5);
  EXPECT_NEAR(local.addresses.at(0).position.northing.value(), 6645981, 1.5);
  mapping.coordinates = geo::Epsg{4326};
  const AddressRegisterFile degrees = Read("Storgatan;12;;16.86220;59.93810\n");
  EXPECT_NEAR(degrees.addresses.at(0).position.easting.value(), 604054, 3);
}

TEST_F(AddressTableInput, CountsRowsThatCannotBeUsedWithTheReason) {
  const AddressRegisterFile read = Read(
      "Storgatan;12;;605000;6650000\n;13;;605000;6650000\nStorgatan;;;605000;6650000\nStorgatan;14;;öst;"
      "6650000\n"
      "Storgatan;15;;6650000;605000\nStorgatan;16;;16,9;59,9\nStorgatan;17;;605000;1\n");
  EXPECT_EQ(read.read, 7);
  EXPECT_THAT(read.addresses, SizeIs(1));
  ASSERT_THAT(read.rejected, SizeIs(6));
  EXPECT_EQ(read.rejected[0].row, 3);
  EXPECT_EQ(read.rejected[0].column, "gata");
  EXPECT_THAT(read.rejected[1].reason, HasSubstr("number of the address is missing"));
  EXPECT_THAT(read.rejected[2].reason, HasSubstr("must be numbers"));
  EXPECT_THAT(read.rejected[3].reason, HasSubstr("axes look swapped"));
  EXPECT_THAT(read.rejected[4].reason, HasSubstr("look like degrees"));
  EXPECT_THAT(read.rejected[5].reason, HasSubstr("not near the municipality"));
}

TEST_F(AddressTableInput, TellsOfPostcodesThatCannotBeReadAndOfPositionsOutside) {
  const AddressRegisterFile read = Read(
      "Storgatan;12;okänt;605000;6650000\nStorgatan;14;744 "
      "31;605000;6650000\nFjärrgatan;1;;680000;6650000\n");
  ASSERT_THAT(read.addresses, SizeIs(2));
  EXPECT_EQ(read.addresses[0].postcode, "");
  ASSERT_THAT(read.findings, SizeIs(1));
  EXPECT_TRUE(read.findings[0].kept);
  EXPECT_EQ(read.findings[0].column, "postnr");
  EXPECT_EQ(read.findings[0].reason, "the postcode cannot be read and is left out");
  ASSERT_THAT(read.rejected, SizeIs(1));
  EXPECT_EQ(read.rejected[0].reason, "the position lies outside the municipality");
}

TEST_F(AddressTableInput, RefusesAFileWhoseAxesAreExchanged) {
  EXPECT_THAT(Fault("Storgatan;1;;6650000;605000\nStorgatan;2;;6650100;605000\n"),
              HasSubstr("axes look swapped"));
  mapping.coordinates = geo::Epsg{4326};
  EXPECT_THAT(Fault("Storgatan;1;;59.93810;16.86220\n"), HasSubstr("axes look swapped"));
}

TEST_F(AddressTableInput, RefusesAFileInAnotherSystemThanItSays) {
  EXPECT_THAT(Fault("Storgatan;1;;86394;6647723\n"), HasSubstr("is coordinates.epsg right"));
  EXPECT_THAT(Fault("Storgatan;1;;16.86;59.93\n"), HasSubstr("say coordinates.epsg = 4326"));
}

TEST_F(AddressTableInput, RefusesAFileWithoutItsColumnsOrRows) {
  mapping.locality = "ort";
  EXPECT_THAT(Fault("Storgatan;1;;605000;6650000\n"), HasSubstr("lacks the columns ort"));
  mapping.locality.clear();
  EXPECT_THAT(Fault(""), HasSubstr("holds no address"));
  EXPECT_THAT(Fault(";1;;605000;6650000\n"), HasSubstr("all of its 1 rows are rejected"));
}

TEST_F(AddressTableInput, TakesTheFirstNumberOfABlockZeroToo) {
  mapping.block_size = 100;
  const AddressRegisterFile read =
      Read("Storgatan;0;;605000;6650000\nStorgatan;100;;605100;6650000\nStorgatan;2-4;;605200;6650000\n");
  ASSERT_THAT(read.addresses, SizeIs(2));
  EXPECT_EQ(read.addresses[0].number, 0);
  EXPECT_EQ(read.addresses[0].addition, "");
  EXPECT_THAT(read.rejected.at(0).reason, HasSubstr("first number"));
}

}  // namespace
}  // namespace lagesbild::maps
