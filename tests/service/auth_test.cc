#include "service/auth.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "maps/errors.h"
#include "service/errors.h"
#include "tests/service/support.h"

namespace lagesbild::service {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

const std::string kSecret(40, 's');

class TokenFile : public testing::Test {
 protected:
  std::filesystem::path Write(const std::string& text, mode_t mode = 0600) {
    const auto path = folder.Write("token", text);
    ::chmod(path.c_str(), mode);
    return path;
  }
  std::string Refusal(const std::filesystem::path& path) {
    try {
      ReadTokenFile(path);
    } catch (const InvalidRequest& e) {
      return e.what();
    }
    return "not refused";
  }
  TemporaryFolder folder;
};

TEST_F(TokenFile, HoldsOneTokenPerLine) {
  const auto tokens = ReadTokenFile(Write("# tokens\n\n" + kSecret + " internal kommunen # the first\n" +
                                          std::string(32, 'p') + "\tpartner\tpolisen\n"));
  ASSERT_THAT(tokens, SizeIs(2));
  EXPECT_EQ(tokens[0].secret, kSecret);
  EXPECT_EQ(tokens[0].caller.name, "kommunen");
  EXPECT_EQ(tokens[1].caller.audience, "partner");
}

TEST_F(TokenFile, IsRefusedWhenOthersMayReadIt) {
  for (const mode_t mode : {0640, 0604, 0644, 0666, 0700, 0400}) {
    EXPECT_THAT(Refusal(Write(kSecret + " internal a\n", mode)), HasSubstr("0600")) << mode;
  }
}

TEST_F(TokenFile, IsRefusedWhenItIsALinkOrAFolder) {
  Write(kSecret + " internal a\n");
  std::filesystem::create_symlink(folder / "token", folder / "link");
  EXPECT_THAT(Refusal(folder / "link"), HasSubstr("link"));
  std::filesystem::create_directory(folder / "folder");
  EXPECT_THAT(Refusal(folder / "folder"), HasSubstr("no regular file"));
}

TEST_F(TokenFile, IsRefusedWithTheLineButNotTheToken) {
  const std::string wrong_lines[] = {kSecret, kSecret + " internal", kSecret + " everyone a",
                                     "short internal a", kSecret + " internal a\n" + kSecret + " partner b"};
  for (const std::string& text : wrong_lines) {
    const std::string refusal = Refusal(Write("# first\n" + text + "\n"));
    EXPECT_THAT(refusal, testing::ContainsRegex("line [23]")) << text;
    EXPECT_THAT(refusal, Not(HasSubstr(kSecret)));
  }
}

TEST_F(TokenFile, IsRefusedWhenItHoldsNoToken) {
  EXPECT_THAT(Refusal(Write("# nothing\n")), HasSubstr("no token"));
  EXPECT_THROW(ReadTokenFile(folder / "missing"), maps::IoError);
}

TEST_F(TokenFile, IsMadeWithARandomTokenWhenItIsNotThere) {
  CreateTokenFile(folder / "a");
  CreateTokenFile(folder / "b");
  const auto a = ReadTokenFile(folder / "a"), b = ReadTokenFile(folder / "b");
  ASSERT_THAT(a, SizeIs(1));
  EXPECT_EQ(a[0].caller.audience, "internal");
  EXPECT_THAT(a[0].secret, SizeIs(64));
  EXPECT_NE(a[0].secret, b[0].secret);
}

TEST_F(TokenFile, IsLeftAloneWhenItIsThere) {
  Write(kSecret + " internal a\n");
  CreateTokenFile(folder / "token");
  EXPECT_EQ(ReadTokenFile(folder / "token").front().secret, kSecret);
}

class Authorization : public testing::Test {
 protected:
  Authorizer authorizer{{{kSecret, {"kommunen", "internal"}}, {std::string(40, 'p'), {"alla", "public"}}}};
};

TEST_F(Authorization, KnowsTheCallerByTheToken) {
  EXPECT_EQ(authorizer.Authorize("Bearer " + kSecret, "lagesbild.v1.JobService/GetJob").name, "kommunen");
  EXPECT_EQ(
      authorizer.Authorize("Bearer " + std::string(40, 'p'), "lagesbild.v1.LayerService/ListLayers").audience,
      "public");
}

TEST_F(Authorization, RefusesWhatIsNoKnownToken) {
  for (const std::string& text :
       {std::string(), kSecret, "Basic " + kSecret, "Bearer " + kSecret + "s", "Bearer " + kSecret.substr(1),
        std::string("Bearer "), "bearer " + kSecret}) {
    EXPECT_THROW(authorizer.Authorize(text, "lagesbild.v1.JobService/GetJob"), Unauthenticated) << text;
  }
}

TEST_F(Authorization, ForbidsWhatTheTableDoesNotHold) {
  EXPECT_THROW(authorizer.Authorize("Bearer " + kSecret, "lagesbild.v1.JobService/DropEverything"),
               Forbidden);
  EXPECT_THROW(authorizer.Authorize("Bearer " + std::string(40, 'p'), "lagesbild.v1.JobService/GetJob"),
               Forbidden);
}

}  // namespace
}  // namespace lagesbild::service
