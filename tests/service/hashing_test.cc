#include "service/hashing.h"

#include <gtest/gtest.h>

#include "maps/errors.h"
#include "tests/service/support.h"

namespace lagesbild::service {
namespace {

TEST(Sha256, MatchesFips180) {
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256, BeginsAnewAfterADigest) {
  Sha256 hash;
  hash.Update("x").Digest();
  EXPECT_EQ(Hex(hash.Update("a").Update("bc").Digest()), Sha256Hex("abc"));
}

TEST(Sha256, TellsFieldsApart) {
  EXPECT_NE(Sha256().UpdateField("ab").UpdateField("c").Digest(),
            Sha256().UpdateField("a").UpdateField("bc").Digest());
}

TEST(Sha256, HashesAFileAsItsBytes) {
  TemporaryFolder folder;
  EXPECT_EQ(Sha256HexOfFile(folder.Write("f", std::string(1 << 20, 'a'))),
            Sha256Hex(std::string(1 << 20, 'a')));
  EXPECT_THROW(Sha256HexOfFile(folder / "missing"), maps::IoError);
}

TEST(Hmac, MatchesRfc4231Case2) {
  const Hmac hmac("Jefe");
  const char* expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  EXPECT_EQ(hmac.HexOf("what do ya want for nothing?"), expected);
  EXPECT_EQ(hmac.HexOf("what do ya want for nothing?"), expected) << "again, as every text works on a copy";
}

TEST(RandomBytes, DifferEachTime) { EXPECT_NE(RandomBytes(32), RandomBytes(32)); }

}  // namespace
}  // namespace lagesbild::service
