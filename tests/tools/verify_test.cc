#include "tools/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

namespace lagesbild::tools {
namespace {

TEST(Verify, AgreesWithTheSharedCases) {
  const std::filesystem::path cases = LAGESBILD_SOURCE_DIR "/../shared/cases";
  if (!std::filesystem::exists(cases)) GTEST_SKIP() << "../shared/cases not found: 1 test skipped";
  std::ostringstream out;
  EXPECT_EQ(RunVerify(cases, "", {}, out), 0) << out.str();
  EXPECT_THAT(out.str(), ::testing::HasSubstr(" passed, 0 failed, "));
}

}  // namespace
}  // namespace lagesbild::tools
