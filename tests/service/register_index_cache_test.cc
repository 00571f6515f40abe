#include "service/register_index_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "service/memory_store.h"
#include "tests/service/support.h"

namespace lagesbild::service {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class RegisterIndexCacheTest : public testing::Test {
 protected:
  RegisterIndexCacheTest() { FillRegisters(*store_); }
  CachedIndex Get() { return OpenOrBuildIndex(path(), *store_->LoadMunicipality()); }
  std::filesystem::path path() const { return folder_ / "index"; }
  std::vector<std::filesystem::path> Files() const {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(path())) files.push_back(entry.path());
    return files;
  }
  void ReplaceAddresses(const std::string& sha256, double shift) {
    std::vector<geo::Address> addresses = TestAddresses();
    for (geo::Address& address : addresses) address.position.northing = geo::Meters{6650000 + shift};
    store_->PutAddresses(Version(sha256), geo::Epsg{3006}, addresses);
  }
  static void ExpectAnswers(const CachedIndex& index) {
    EXPECT_EQ(index.geocoder.Geocode({.address = "Storgatan 7"}).matched, "Storgatan 7, TESTBY");
  }

  TemporaryFolder folder_;
  std::unique_ptr<Store> store_ = NewMemoryStore();
};

TEST_F(RegisterIndexCacheTest, BuildsOnceAndIsMappedAfterThat) {
  const CachedIndex first = Get();
  EXPECT_TRUE(first.built);
  EXPECT_TRUE(first.mapped);
  EXPECT_THAT(first.refusal + first.unsaved, IsEmpty());
  ExpectAnswers(first);
  const CachedIndex second = Get();
  EXPECT_FALSE(second.built);
  EXPECT_TRUE(second.mapped);
  ExpectAnswers(second);
  EXPECT_EQ(first.geocoder.Compiled(), second.geocoder.Compiled());
}

TEST_F(RegisterIndexCacheTest, KeepsItsFileFromOthers) {
  Get();
  ASSERT_THAT(Files(), SizeIs(1));
  struct stat status {};
  ASSERT_EQ(::stat(Files().front().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(RegisterIndexCacheTest, BuildsAnewWhenARegisterIsReplaced) {
  const CachedIndex before = Get();
  const std::filesystem::path old = Files().front();
  ReplaceAddresses("new", 500);
  const CachedIndex after = Get();
  EXPECT_TRUE(after.built);
  EXPECT_EQ(after.geocoder.Geocode({.address = "Storgatan 7"}).position.northing.value(), 6650500);
  EXPECT_THAT(Files(), SizeIs(1)) << "the file of the earlier register is removed";
  EXPECT_NE(Files().front(), old);
  EXPECT_EQ(before.geocoder.Geocode({.address = "Storgatan 7"}).position.northing.value(), 6650000)
      << "who has mapped the earlier one keeps it";
}

TEST_F(RegisterIndexCacheTest, BuildsAnewWhenItsFileIsDamaged) {
  Get();
  const std::filesystem::path file = Files().front();
  const std::string whole = ReadBytes(file);
  std::string altered = whole;
  altered[whole.size() / 2] = static_cast<char>(altered[whole.size() / 2] ^ 1);
  for (const std::string& bytes : {std::string(), std::string("x"), altered, whole.substr(0, 5000)}) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
    const CachedIndex again = Get();
    EXPECT_TRUE(again.built);
    EXPECT_TRUE(again.mapped);
    EXPECT_THAT(again.refusal, testing::Not(IsEmpty()));
    ExpectAnswers(again);
    EXPECT_EQ(ReadBytes(file), whole) << "the good file stands in its place";
  }
}

TEST_F(RegisterIndexCacheTest, RefusesTheIndexOfOtherRegistersUnderItsName) {
  Get();
  const std::filesystem::path foreign = folder_ / "foreign";
  std::filesystem::rename(Files().front(), foreign);
  ReplaceAddresses("new", 500);
  Get();
  const std::filesystem::path file = Files().front();
  std::filesystem::rename(foreign, file);
  const CachedIndex again = Get();
  EXPECT_TRUE(again.built);
  EXPECT_THAT(again.refusal, HasSubstr("other registers"));
  EXPECT_EQ(again.geocoder.Geocode({.address = "Storgatan 7"}).position.northing.value(), 6650500);
}

TEST_F(RegisterIndexCacheTest, StaysInMemoryWhenItCannotBeSaved) {
  folder_.Write("index", "a file where the folder should be");
  const CachedIndex index = Get();
  EXPECT_TRUE(index.built);
  EXPECT_FALSE(index.mapped);
  EXPECT_THAT(index.unsaved, testing::Not(IsEmpty()));
  ExpectAnswers(index);
}

TEST_F(RegisterIndexCacheTest, LeavesOtherFilesAlone) {
  Get();
  std::ofstream(path() / "notes.txt") << "mine";
  ReplaceAddresses("new", 500);
  Get();
  EXPECT_TRUE(std::filesystem::exists(path() / "notes.txt"));
}

TEST_F(RegisterIndexCacheTest, IsMadeByManyAtOnce) {
  const Municipality municipality = *store_->LoadMunicipality();
  std::vector<std::string> matched(8);
  std::vector<std::thread> threads;
  for (std::string& text : matched)
    threads.emplace_back([&] {
      const CachedIndex index = OpenOrBuildIndex(path(), municipality);
      text = index.geocoder.Geocode({.address = "Storgatan 7"}).matched + index.unsaved;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(matched, testing::Each("Storgatan 7, TESTBY"));
  EXPECT_THAT(Files(), SizeIs(1));
}

TEST_F(RegisterIndexCacheTest, HasAKeyOfItsOwnForEachStateOfTheRegisters) {
  const std::string first = RegisterIndexKey(*store_->LoadMunicipality());
  EXPECT_EQ(first, RegisterIndexKey(*store_->LoadMunicipality()));
  ReplaceAddresses("new", 500);
  EXPECT_NE(first, RegisterIndexKey(*store_->LoadMunicipality()));
  Municipality other = *store_->LoadMunicipality();
  const std::string second = RegisterIndexKey(other);
  other.gazetteer.address_style = "no";
  EXPECT_NE(second, RegisterIndexKey(other));
}

}  // namespace
}  // namespace lagesbild::service
