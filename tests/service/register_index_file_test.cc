#include "service/register_index_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "geo/gazetteer.h"
#include "maps/errors.h"
#include "service/hashing.h"
#include "tests/service/support.h"

namespace lagesbild::service {
namespace {

using testing::HasSubstr;

geo::Gazetteer Small() {
  geo::Gazetteer gazetteer;
  for (int number = 1; number <= 9; ++number) {
    geo::Address address;
    address.id = std::to_string(number);
    address.area = "Storgatan";
    address.number = number;
    address.postal_town = "Testby";
    address.position = {geo::Meters{600000.0 + 20 * number}, geo::Meters{6650000}};
    gazetteer.addresses.push_back(address);
  }
  return gazetteer;
}

class RegisterIndexFileTest : public testing::Test {
 protected:
  RegisterIndexFileTest() {
    folder_ = std::filesystem::temp_directory_path() / ("register_index_" + Hex(RandomBytes(8)));
    std::filesystem::create_directories(folder_);
    about_ = {"1.2.3", true, {{"addresses", std::string(64, 'a'), "2026-01-02"}, {"reference", "b", ""}}};
    WriteRegisterIndex(path(), geo::Geocoder(Small()), about_);
    std::ifstream in(path(), std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(in), {});
  }
  ~RegisterIndexFileTest() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path path() const { return folder_ / "small.lbidx"; }
  /// What is said about a file of these bytes.
  std::string Refusal(const std::string& bytes) const {
    std::ofstream(path(), std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    try {
      OpenRegisterIndex(path());
    } catch (const maps::IoError& e) {
      EXPECT_THAT(e.reason_sv, HasSubstr("register build"));
      EXPECT_THAT(e.what(), HasSubstr("build it anew"));
      return e.what();
    }
    return "accepted";
  }

  std::filesystem::path folder_;
  RegisterIndexAbout about_;
  std::string bytes_;
};

TEST_F(RegisterIndexFileTest, AnswersAndTellsWhereItIsFrom) {
  const RegisterIndexFile file = ReadRegisterIndex(path());
  EXPECT_EQ(file.geocoder.Geocode({.address = "Storgatan 7"}).matched, "Storgatan 7, Testby");
  EXPECT_EQ(file.about.program, "1.2.3");
  EXPECT_TRUE(file.about.synthetic);
  ASSERT_EQ(file.about.sources.size(), 2U);
  EXPECT_EQ(file.about.sources[0].dated_on, "2026-01-02");
  EXPECT_EQ(file.about.sources[1].sha256, "b");
  EXPECT_EQ(file.bytes, bytes_.size());
  EXPECT_EQ(file.sha256.size(), 64U);
}

TEST_F(RegisterIndexFileTest, OutlivesItsFile) {
  const geo::Geocoder geocoder = OpenRegisterIndex(path());
  std::filesystem::remove(path());
  EXPECT_TRUE(geocoder.Geocode({.address = "Storgatan 7"}).placed());
}

TEST_F(RegisterIndexFileTest, HasTheSameBytesEachTime) {
  WriteRegisterIndex(folder_ / "again.lbidx", geo::Geocoder(Small()), about_);
  EXPECT_EQ(Sha256HexOfFile(folder_ / "again.lbidx"), Sha256HexOfFile(path()));
}

TEST_F(RegisterIndexFileTest, IsWrittenUnderAnyName) {
  const std::filesystem::path swedish = folder_ / "Östervåla gårdar.lbidx";
  WriteRegisterIndex(swedish, geo::Geocoder(Small()), about_);
  EXPECT_EQ(Sha256HexOfFile(swedish), Sha256HexOfFile(path()));
  EXPECT_TRUE(OpenRegisterIndex(swedish).Geocode({.address = "Storgatan 7"}).placed());
  EXPECT_THROW(WriteRegisterIndex(folder_ / "missing" / "small.lbidx", geo::Geocoder(Small()), about_),
               maps::IoError);
}

TEST_F(RegisterIndexFileTest, IsRefusedWhenCutOff) {
  for (const std::size_t size : {std::size_t{129}, bytes_.size() / 2, bytes_.size() - 1})
    EXPECT_THAT(Refusal(bytes_.substr(0, size)), HasSubstr("cut off")) << size;
  for (const std::size_t size : {std::size_t{0}, std::size_t{5}, std::size_t{127}})
    EXPECT_THAT(Refusal(bytes_.substr(0, size)), HasSubstr("build it anew")) << size;
  EXPECT_THAT(Refusal(bytes_ + "x"), HasSubstr("added to"));
}

TEST_F(RegisterIndexFileTest, IsRefusedWhenAnyByteIsAltered) {
  for (std::size_t at = 24; at < bytes_.size(); at += 401) {
    std::string altered = bytes_;
    altered[at] = static_cast<char>(altered[at] ^ 0x10);
    EXPECT_NE(Refusal(altered), "accepted") << at;
  }
}

TEST_F(RegisterIndexFileTest, IsRefusedWhenItIsOfAnotherVersion) {
  std::string other = bytes_;
  other[12] = static_cast<char>(other[12] + 1);
  EXPECT_THAT(Refusal(other), HasSubstr("this program reads format"));
  other[12] = 0;
  EXPECT_THAT(Refusal(other), HasSubstr("has format 0"));
}

TEST_F(RegisterIndexFileTest, IsRefusedWhenItsBytesAreTheOtherWayRound) {
  std::string other = bytes_;
  std::swap(other[8], other[11]);
  std::swap(other[9], other[10]);
  EXPECT_THAT(Refusal(other), HasSubstr("order of bytes"));
}

TEST_F(RegisterIndexFileTest, IsRefusedWhenItIsSomethingElse) {
  EXPECT_THAT(Refusal(std::string(5000, 'x')), HasSubstr("is not a compiled register index"));
  EXPECT_THROW(OpenRegisterIndex(folder_ / "missing.lbidx"), maps::IoError);
  EXPECT_THROW(OpenRegisterIndex(folder_), maps::IoError);
}

}  // namespace
}  // namespace lagesbild::service
