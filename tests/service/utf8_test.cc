#include "service/utf8.h"

#include <gtest/gtest.h>

namespace lagesbild::service {
namespace {

const std::string kReplaced = "\xEF\xBF\xBD";

TEST(ValidUtf8, LeavesWellFormedTextAsItIs) {
  for (const std::string text : {"", "åäö", "a€b", "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_EQ(ValidUtf8(text), text);
    EXPECT_TRUE(IsValidUtf8(text));
  }
}

TEST(ValidUtf8, ReplacesEveryByteThatIsNoPartOfACharacter) {
  const struct {
    std::string text, valid;
  } cases[] = {
      {"m\xE5n", "m" + kReplaced + "n"},                                    // Latin-1
      {"\xC3", kReplaced},                                                  // half a character
      {"\xA4x", kReplaced + "x"},                                           // its other half
      {"\xC0\xAF", kReplaced + kReplaced},                                  // overlong
      {"\xED\xA0\x80", kReplaced + kReplaced + kReplaced},                  // a surrogate
      {"\xF4\x90\x80\x80", kReplaced + kReplaced + kReplaced + kReplaced},  // beyond U+10FFFF
  };
  for (const auto& c : cases) {
    EXPECT_EQ(ValidUtf8(c.text), c.valid);
    EXPECT_FALSE(IsValidUtf8(c.text));
  }
}

TEST(CutText, EndsAndBeginsBetweenTwoCharacters) {
  EXPECT_EQ(FirstBytes("åäö", 3), "å");
  EXPECT_EQ(LastBytes("åäö", 3), "ö");
  EXPECT_EQ(FirstBytes("åäö", 4), "åä");
  EXPECT_EQ(LastBytes("åäö", 6), "åäö");
  EXPECT_EQ(FirstBytes("å", 1), "");
  EXPECT_EQ(LastBytes("å", 0), "");
}

}  // namespace
}  // namespace lagesbild::service
