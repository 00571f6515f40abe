#include "service/config.h"

#include <gmock/gmock.h>

#include "maps/errors.h"
#include "service/errors.h"
#include "service/page_token.h"
#include "tests/service/support.h"

namespace lagesbild::service {
namespace {

TEST(ListenAddress, IsAUnixSocketOrTheLoopbackInterface) {
  EXPECT_EQ(CheckListenAddress("unix:/run/l.sock"), "unix:/run/l.sock");
  EXPECT_EQ(CheckListenAddress("127.0.0.1:50051"), "127.0.0.1:50051");
  EXPECT_EQ(CheckListenAddress("127.1.2.3:0"), "127.1.2.3:0");
  EXPECT_EQ(CheckListenAddress("[::1]:50051"), "[::1]:50051");
  EXPECT_EQ(CheckListenAddress("localhost:50051"), "127.0.0.1:50051");
}

TEST(ListenAddress, IsNeverOpenToTheNetwork) {
  for (const char* address :
       {"0.0.0.0:50051", "[::]:50051", "10.0.0.1:50051", "example.org:50051", "*:50051", ":50051",
        "127.0.0.1", "127.0.0.1:", "127.0.0.1:port", "127.0.0.1:70000", "unix:", "", "[::1]",
        "127.0.0.1.example.org:1", "::1:50051", "dns:127.0.0.1:50051"}) {
    EXPECT_THROW(CheckListenAddress(address), InvalidRequest) << address;
  }
  EXPECT_THROW(CheckListenAddress("unix:/" + std::string(107, 'x')), InvalidRequest);
}

TEST(ConfigFile, FillsWhatItNames) {
  TemporaryFolder folder;
  const Config config =
      ReadConfig(folder.Write("l.toml", "store = \"l.db\"\nlisten = \"unix:s\"\nlog_file = \"log\"\n"));
  EXPECT_EQ(config.store, "l.db");
  EXPECT_EQ(config.listen, "unix:s");
  EXPECT_EQ(config.log_file, "log");
  EXPECT_TRUE(config.token_file.empty());
}

TEST(ConfigFile, IsRefusedWithEveryWrongKey) {
  TemporaryFolder folder;
  try {
    ReadConfig(folder.Write("l.toml", "stor = \"l.db\"\nlisten = 5\n"));
    FAIL() << "not refused";
  } catch (const InvalidRequest& e) {
    ASSERT_EQ(e.violations.size(), 2U);
    EXPECT_THAT(e.violations[0].description, testing::HasSubstr("line 2"));
    EXPECT_THAT(e.violations[1].description, testing::HasSubstr("line 1"));
  }
  EXPECT_THROW(ReadConfig(folder.Write("l.toml", "store = ")), InvalidRequest);
  EXPECT_THROW(ReadConfig(folder / "missing.toml"), maps::IoError);
}

TEST(PageToken, LeadsToTheNextPageOfTheSameCallOnly) {
  const std::string token = MakePageToken(17, "list a");
  EXPECT_EQ(ReadPageToken(token, "list a"), 17);
  EXPECT_THROW(ReadPageToken(token, "list b"), InvalidRequest);
}

TEST(PageToken, IsEmptyAtTheEndAndAtTheBeginning) {
  EXPECT_EQ(MakePageToken(0, "a"), "");
  EXPECT_EQ(ReadPageToken("", "a"), 0);
}

TEST(PageToken, CannotBeMadeUp) {
  std::string token = MakePageToken(17, "a");
  token.back() = '8';
  for (const std::string& wrong : {token, std::string("17"), std::string("x"), std::string(16, '0') + "17",
                                   MakePageToken(17, "a") + "0", MakePageToken(17, "a") + " "}) {
    EXPECT_THROW(ReadPageToken(wrong, "a"), InvalidRequest) << wrong;
  }
}

TEST(PageSize, IsTakenAsTheMaximumWhenItIsOverIt) {
  EXPECT_EQ(PageSize(0, 100, 1000), 100);
  EXPECT_EQ(PageSize(7, 100, 1000), 7);
  EXPECT_EQ(PageSize(5000, 100, 1000), 1000);
  EXPECT_THROW(PageSize(-1, 100, 1000), InvalidRequest);
}

}  // namespace
}  // namespace lagesbild::service
