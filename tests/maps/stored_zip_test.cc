#include "maps/stored_zip.h"

#include <cpl_vsi.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/maps/temporary_folder.h"

namespace lagesbild::maps {
namespace {

using testing::TemporaryFolder;

TEST(Crc32, IsTheStandardsCheckValue) {
  EXPECT_EQ(Crc32("123456789"), 0xCBF43926U);  // the check value of CRC-32/ISO-HDLC
  EXPECT_EQ(Crc32(""), 0U);
}

TEST(StoredZip, IsReadByAnotherProgram) {
  const TemporaryFolder folder;
  const std::string content = std::string("<qgis>\0å</qgis>", 16) + std::string(70'000, 'x');
  testing::WriteBytes(folder / "x.zip", StoredZip("x.qgs", content));
  VSILFILE* file = VSIFOpenL(("/vsizip/" + (folder / "x.zip").string() + "/x.qgs").c_str(), "rb");
  ASSERT_NE(file, nullptr);
  std::string read(content.size() + 1, '\0');
  read.resize(VSIFReadL(read.data(), 1, read.size(), file));
  VSIFCloseL(file);
  EXPECT_TRUE(read == content);
}

TEST(StoredZip, HasTheSameBytesForTheSameContent) {
  EXPECT_EQ(StoredZip("a", "b"), StoredZip("a", "b"));
  EXPECT_EQ(StoredZip("a", "b").substr(0, 4), "PK\x03\x04");
}

}  // namespace
}  // namespace lagesbild::maps
