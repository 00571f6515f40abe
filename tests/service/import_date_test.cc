#include "service/import_date.h"

#include <gtest/gtest.h>

#include "service/errors.h"

namespace lagesbild::service {
namespace {

using namespace std::chrono_literals;
using std::chrono::year_month_day;

std::optional<year_month_day> Read(std::vector<std::string> formats, std::string_view date,
                                   std::string_view time = {}) {
  return DateReader(std::move(formats), "Europe/Stockholm").Read(date, time);
}

TEST(DateReader, TakesTheFirstFormatThatFits) {
  EXPECT_EQ(Read({"%Y-%m-%d", "%d/%m/%Y"}, "2026-07-31"), 2026y / 7 / 31);
  EXPECT_EQ(Read({"%Y-%m-%d", "%d/%m/%Y"}, "3/7/2026"), 2026y / 7 / 3);
  EXPECT_EQ(Read({"%Y%m%d"}, "20260731"), 2026y / 7 / 31);
  EXPECT_EQ(Read({"%y%m%d"}, "260731"), 2026y / 7 / 31);
}

TEST(DateReader, KnowsSwedishAndEnglishMonths) {
  EXPECT_EQ(Read({"%d %b %Y"}, "3 okt 2026"), 2026y / 10 / 3);
  EXPECT_EQ(Read({"%d %b %Y"}, "3 Oktober 2026"), 2026y / 10 / 3);
  EXPECT_EQ(Read({"%d %b %Y"}, "3 May 2026"), 2026y / 5 / 3);
  EXPECT_EQ(Read({"%d %b %Y"}, "3 sept. 2026"), 2026y / 9 / 3);
  EXPECT_EQ(Read({"%d %b %Y"}, "3 ok 2026"), std::nullopt);
}

TEST(DateReader, RefusesWhatIsNoRealDate) {
  for (const char* text : {"2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "2026-07-32", "26-07-31",
                           "2026-07-31 extra", "2026-07-31Z", "2026-07-31+02:00", "31 juli", "", "0"})
    EXPECT_EQ(Read({"%Y-%m-%d"}, text), std::nullopt) << text;
  EXPECT_EQ(Read({"%Y-%m-%d"}, "2024-02-29"), 2024y / 2 / 29);
}

TEST(DateReader, RefusesWhatIsNoRealTime) {
  for (const char* text :
       {"2026-07-31 24:00", "2026-07-31 12:60", "2026-07-31 12", "2026-07-31 1200", "2026-07-31 12:00+25:00"})
    EXPECT_EQ(Read({"%Y-%m-%d %H:%M"}, text), std::nullopt) << text;
}

TEST(DateReader, TakesALocalTimeAsWritten) {
  EXPECT_EQ(Read({"%Y-%m-%d %H:%M"}, "2025-12-31 23:59"), 2025y / 12 / 31);
  EXPECT_EQ(Read({"%Y-%m-%d"}, "2025-12-31", "23:59"), 2025y / 12 / 31);
}

TEST(DateReader, TakesAnInstantIntoTheZoneAtNewYear) {
  EXPECT_EQ(Read({"%Y-%m-%dT%H:%M:%S"}, "2025-12-31T23:30:00Z"), 2026y / 1 / 1);
  EXPECT_EQ(Read({"%Y-%m-%dT%H:%M:%S"}, "2025-12-31T22:59:59Z"), 2025y / 12 / 31);
  EXPECT_EQ(Read({"%Y-%m-%dT%H:%M:%S"}, "2025-12-31T23:59:59+01:00"), 2025y / 12 / 31);
  EXPECT_EQ(Read({"%Y-%m-%dT%H:%M:%S"}, "2025-12-31T23:30:00.123Z"), 2026y / 1 / 1);
  EXPECT_EQ(Read({"%Y-%m-%d"}, "2025-12-31", "23:30Z"), 2026y / 1 / 1)
      << "the offset may stand in the time's column";
}

TEST(DateReader, FollowsSummerTime) {
  // Summer time begins on 29 March 2026 at 01:00 UTC and ends on 25 October at 01:00 UTC.
  const std::vector<std::string> formats = {"%Y-%m-%dT%H:%M"};
  EXPECT_EQ(Read(formats, "2026-03-28T22:30Z"), 2026y / 3 / 28);
  EXPECT_EQ(Read(formats, "2026-03-29T21:30Z"), 2026y / 3 / 29);
  EXPECT_EQ(Read(formats, "2026-03-29T22:30Z"), 2026y / 3 / 30);
  EXPECT_EQ(Read(formats, "2026-10-24T22:30Z"), 2026y / 10 / 25);
  EXPECT_EQ(Read(formats, "2026-10-25T22:30Z"), 2026y / 10 / 25);
  EXPECT_EQ(Read(formats, "2026-06-30T22:30Z"), 2026y / 7 / 1) << "a quarter's border in summer time";
  EXPECT_EQ(Read(formats, "2026-09-30T21:59Z"), 2026y / 9 / 30);
}

TEST(DateReader, GivesTheLocalDateOfNow) {
  const DateReader reader({}, "Europe/Stockholm");
  EXPECT_EQ(reader.LocalDate("2026-11-24T23:30:00Z"), 2026y / 11 / 25);
  EXPECT_EQ(reader.LocalDate("2026-11-24"), std::nullopt);
  EXPECT_EQ(reader.LocalDate("yesterday"), std::nullopt);
}

TEST(DateReader, RefusesAZoneThatDoesNotExist) {
  EXPECT_THROW(DateReader({"%Y"}, "Europe/Atlantis"), InvalidRequest);
}

}  // namespace
}  // namespace lagesbild::service
