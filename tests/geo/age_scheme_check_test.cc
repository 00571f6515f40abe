#include <gmock/gmock.h>

#include "geo/age.h"
#include "geo/errors.h"

namespace lagesbild::geo {
namespace {

using testing::HasSubstr;

/// 0-11, 12-17, 18-20, 21-25, 26+: nothing of the default scheme's borders.
AgeScheme OtherScheme() {
  AgeScheme scheme;
  scheme.version = 2;
  scheme.valid_from = "2026-01-01";
  for (const auto& [first, last] : {std::pair{0, 11}, {12, 17}, {18, 20}, {21, 25}, {26, kOpenAge}}) {
    const std::string code = std::to_string(first) + (last == kOpenAge ? "+" : "-" + std::to_string(last));
    scheme.bands.push_back({code, first, last});
    scheme.groups.push_back({"G" + std::to_string(first), "g" + std::to_string(first), code + " år", code,
                             AgeGroupKind::kHeadline, first, last});
  }
  scheme.groups.push_back({"OKAND", "okand_alder", "Okänd ålder", "Unknown age", AgeGroupKind::kUnknown});
  scheme.groups.push_back({"ALLA", "alla_aldrar", "Alla åldrar", "All ages", AgeGroupKind::kTotal});
  return scheme;
}

std::string Fault(const AgeScheme& scheme) {
  try {
    CheckAgeScheme(scheme);
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return "";
}

TEST(CheckAgeScheme, AcceptsOtherBorders) {
  EXPECT_EQ(Fault(OtherScheme()), "");
  EXPECT_EQ(SpanCode(OtherScheme(), SpanOfAge(OtherScheme(), 19)), "18-20");
}

TEST(CheckAgeScheme, RefusesBandsThatLeaveAGapOrStayClosed) {
  AgeScheme gap = OtherScheme();
  gap.bands[1].first_age = 13;
  EXPECT_THAT(Fault(gap), HasSubstr("must begin at 12"));
  AgeScheme closed = OtherScheme();
  closed.bands.back().last_age = 99;
  EXPECT_THAT(Fault(closed), HasSubstr("last age band must be open"));
}

TEST(CheckAgeScheme, RefusesGroupsThatCutABandOverlapOrLeaveAgesOut) {
  AgeScheme cuts = OtherScheme();
  cuts.groups[1].last_age = 15;
  EXPECT_THAT(Fault(cuts), HasSubstr("G12 cuts an atomic band"));
  AgeScheme overlaps = OtherScheme();
  overlaps.groups[1].first_age = 0;
  EXPECT_THAT(Fault(overlaps), HasSubstr("G12 must begin at 12"));
  AgeScheme lacks = OtherScheme();
  lacks.groups.erase(lacks.groups.begin() + 4);
  EXPECT_THAT(Fault(lacks), HasSubstr("do not cover all ages"));
}

TEST(CheckAgeScheme, RefusesNamesThatCannotBeFileNames) {
  AgeScheme slashes = OtherScheme();
  slashes.groups[0].slug = "barn/0";
  EXPECT_THAT(Fault(slashes), HasSubstr("needs a slug"));
  AgeScheme twice = OtherScheme();
  twice.groups[1].slug = twice.groups[0].slug;
  EXPECT_THAT(Fault(twice), HasSubstr("slug repeated"));
  AgeScheme same = OtherScheme();
  same.groups[1].code = same.groups[0].code;
  EXPECT_THAT(Fault(same), HasSubstr("code repeated"));
  AgeScheme silent = OtherScheme();
  silent.groups[0].label_sv.clear();
  EXPECT_THAT(Fault(silent), HasSubstr("needs a code and a label"));
}

TEST(CheckAgeScheme, NeedsUnknownAgesAndAllAgesOnce) {
  AgeScheme scheme = OtherScheme();
  scheme.groups.pop_back();
  EXPECT_THAT(Fault(scheme), HasSubstr("one group of unknown age and one of all ages"));
}

}  // namespace
}  // namespace lagesbild::geo
