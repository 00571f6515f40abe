#include "geo/personal_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace lagesbild::geo {
namespace {

/// A number of the given date and serial digits with the check digit that makes it formally right. Every
/// number in these tests is made so; none is taken from a person.
std::string WithCheckDigit(const std::string& six, const std::string& three) {
  const std::string nine = six + three;
  int sum = 0;
  for (std::size_t i = 0; i < nine.size(); ++i) {
    const int doubled = (nine[i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += doubled / 10 + doubled % 10;
  }
  return nine + std::to_string((10 - sum % 10) % 10);
}

std::string Last4(const std::string& six, const std::string& three) {
  return WithCheckDigit(six, three).substr(6);
}

PersonalDataKind KindOf(const std::string& text) {
  const auto kind = FindPersonalData(text);
  EXPECT_TRUE(kind.has_value()) << "nothing found in a generated text of " << text.size() << " bytes";
  return kind.value_or(PersonalDataKind::kEmailAddress);
}

void ExpectPersonalNumber(const std::string& text) {
  EXPECT_EQ(FindPersonalData(text), PersonalDataKind::kPersonalIdentityNumber) << text;
}
void ExpectPhone(const std::string& text) {
  EXPECT_EQ(FindPersonalData(text), PersonalDataKind::kPhoneNumber) << text;
}
void ExpectNothing(const std::string& text) { EXPECT_EQ(FindPersonalData(text), std::nullopt) << text; }

TEST(PersonalData, FindsPersonalIdentityNumbers) {
  const std::string tail = Last4("120229", "238");
  for (const std::string& text :
       {"120229-" + tail, "20120229-" + tail, "120229+" + tail, "120229" + tail, "20120229" + tail,
        "120229 " + tail, "20120229 " + tail, "120229 - " + tail, "120229\u2013" + tail,
        "120229\u00A0" + tail, "2012-02-29-" + tail, "2012-02-29 " + tail, "12 02 29 " + tail,
        "pnr 120229-" + tail + ".", "(120229-" + tail + ")", "namn,120229-" + tail + ",ort"})
    ExpectPersonalNumber(text);
}

TEST(PersonalData, FindsCoordinationNumbers) {
  const std::string tail = Last4("900161", "011");
  ExpectPersonalNumber("900161-" + tail);
  ExpectPersonalNumber("19900161" + tail);
}

TEST(PersonalData, NeedsNoCheckDigitWhereASeparatorStands) { ExpectPersonalNumber("900101-0000"); }

TEST(PersonalData, NeedsTheCheckDigitWhereNoneStands) {
  const std::string right = WithCheckDigit("900101", "238");
  std::string wrong = right;
  wrong.back() = wrong.back() == '9' ? '0' : static_cast<char>(wrong.back() + 1);
  ExpectPersonalNumber(right);
  ExpectNothing(wrong);
}

TEST(PersonalData, NeedsADateOfBirth) {
  for (const char* text :
       {"901301-1234", "900132-1234", "900100-1234", "19900230-1234", "110229-1234", "18000101-1234",
        "556036-0793" /* an organization: its third digit is 2 or more */})
    ExpectNothing(text);
}

TEST(PersonalData, FindsEveryGeneratedNumber) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 2000; ++i) {
    const auto two = [](std::uint64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    const std::string six = two(random() % 100) + two(1 + random() % 12) + two(1 + random() % 28);
    const std::string three = std::to_string(100 + random() % 900);
    const std::string ten = WithCheckDigit(six, three);
    EXPECT_EQ(KindOf("x " + ten + " y"), PersonalDataKind::kPersonalIdentityNumber);
    EXPECT_EQ(KindOf("19" + ten), PersonalDataKind::kPersonalIdentityNumber);
    EXPECT_EQ(KindOf(six + "-" + ten.substr(6)), PersonalDataKind::kPersonalIdentityNumber);
  }
}

TEST(PersonalData, FindsPhoneNumbers) {
  // 070-1740605 to 070-1740699 and 08-465004xx are set aside for fiction by the Swedish authority.
  for (const char* text : {"070-174 06 05",
                           "070-1740605",
                           "0701740605",
                           "070 174 06 05",
                           "070/174 06 05",
                           "070.174.06.05",
                           "0701-740605",
                           "+46 70 174 06 05",
                           "+46701740605",
                           "+46 (0)70-174 06 05",
                           "0046701740605",
                           "0046 70 174 06 05",
                           "08-465 004 99",
                           "08 465 004 99",
                           "08-46 50 04 99",
                           "0846500499",
                           "0224-555 12",
                           "(0224) 555 12",
                           "022455512",
                           "018-555 12 34",
                           "ring 070-174 06 05 nu",
                           "tel:0701740605",
                           "Storgatan 12, 070-174 06 05",
                           "+45 32 12 34 56",
                           "+358 40 1234567",
                           "070\u2013174\u00A006\u00A005"})
    ExpectPhone(text);
}

TEST(PersonalData, FindsEmailAddresses) {
  for (const char* text : {"namn@example.se", "namn.namn@example.co.uk", "Skriv till namn+x@example.org.",
                           "<n@example.se>", "namn@å.example.se", "mailto:namn@example.com?subject=x"})
    EXPECT_EQ(FindPersonalData(text), PersonalDataKind::kEmailAddress) << text;
}

TEST(PersonalData, FindsPersonalNumbersHoweverTheyAreWritten) {
  const std::string ten = WithCheckDigit("900101", "238"), four = ten.substr(6);
  ASSERT_EQ(four, "2385");
  for (const char* between :
       {"/", ".", "_", ":", " (", "--", "  -  ", ", ", ",", " / ", "\u00B7", "\u2026", "\t\t"})
    ExpectPersonalNumber("900101" + std::string(between) + four);
  for (const std::string& text :
       {"900101 (" + four + ")", std::string("900101-238 5"), std::string("900101 23 85"),
        std::string("19900101 23-85"), std::string("900101 - 2 3 8 5"), "90.01.01-" + four,
        "90/01/01-" + four, "1990/01/01/" + four, "90.01.01 " + four,
        std::string("\uFF19\uFF10\uFF10\uFF11\uFF10\uFF11\uFF0D2385"), "900101\u3000" + four,
        "900101\u200D" + four, "90\u200B0101-" + four})
    ExpectPersonalNumber(text);
}

TEST(PersonalData, NeedsTheCheckDigitBetweenOtherSigns) {
  for (const char* text : {"900101/2384", "900101.2384", "900101 (2384)", "900101 23 84", "90.01.01-2384"})
    ExpectNothing(text);
}

TEST(PersonalData, FindsTemporaryNumbers) {
  for (const char letter : std::string("TRSUWXJKLMN")) {
    ExpectPersonalNumber(std::string("19900101-") + letter + "385");
    ExpectPersonalNumber(std::string("nr 900101-") + letter + "385.");
  }
  ExpectPersonalNumber("900101 - t385");
  for (const char* text : {"19900101-A385", "19900101-T38", "19900101-T3855", "19900101-T385-26",
                           "901301-T385", "20260314T223000", "20260314T2230"})
    ExpectNothing(text);
}

TEST(PersonalData, FindsPhoneNumbersHoweverTheyAreWritten) {
  for (const char* text :
       {"070:1740605", "070, 174 06 05", "070  -  1740605", "070_1740605", "0 70 174 06 05", "70-174 06 05",
        "70 174 06 05", "701740605", "46701740605", "46 70 174 06 05", "46 (0)70-174 06 05", "0224.55512",
        "0701: 74 06 05", "070;1740605", "\uFF10\uFF17\uFF10\uFF0D1740605", "Kanariegatan 070 1740605"})
    ExpectPhone(text);
}

TEST(PersonalData, FindsEmailAddressesHoweverTheyAreWritten) {
  for (const char* text :
       {"namn @example.se", "namn@ example.se", "namn @ example.se", "a@b. se", "a@b .se",
        "namn(at)example.se", "namn (at) example.se", "a[at]b.se", "a{AT}b.se", "namn\uFF20example.se",
        "namn\uFF20example\uFF0Ese", "namn(at)example(punkt)se", "namn@example.se. Ring"})
    EXPECT_EQ(FindPersonalData(text), PersonalDataKind::kEmailAddress) << text;
}

TEST(PersonalData, LeavesAccountsAndSentencesAlone) {
  for (const char* text :
       {"Instagram @namn. Se bilaga", "Instagram @namn. se bilaga", "Träff @ torget. Se bilaga",
        "Storgatan 12 (a), Heby", "lgh (A) vid torget", "bokat (at) torget"})
    ExpectNothing(text);
}

/// One date in ten has a check digit that fits the hour after it, so every minute of some days is tried.
TEST(PersonalData, LeavesEveryInstantAlone) {
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  for (int day = 1; day <= 28; day += 3)
    for (int minutes = 0; minutes < 24 * 60; minutes += 7) {
      const std::string d = two(day), m = two(1 + day % 12), hour = two(minutes / 60),
                        min = two(minutes % 60);
      for (const std::string& date :
           {"2026-" + m + "-" + d, d + "-" + m + "-2026", d + "/" + m + "/2026", d + "." + m + ".2026",
            d + "." + m + ".26", d + "/" + m + " 2026", "2026" + m + d, "26" + m + d, "26-" + m + "-" + d}) {
        ExpectNothing(date + " " + hour + ":" + min);
        ExpectNothing(date + " " + hour + "." + min);
        ExpectNothing(date + " " + hour + ":" + min + ":00");
        ExpectNothing(date + " kl " + hour + min);
        ExpectNothing(date + " " + hour + ":" + min + "-23:59");
      }
      ExpectNothing("2026-" + m + "-" + d + "T" + hour + ":" + min + ":00Z");
      ExpectNothing(d + "." + m + ".26 " + hour + min);
      ExpectNothing("2025-" + m + "-" + d + "/2026-01-" + d);
      ExpectNothing("2025-" + m + "-" + d + " - 2026-" + m + "-28");
    }
}

TEST(PersonalData, LeavesDatesAndTimesAlone) {
  for (const char* text : {"2026-03-14",
                           "14-03-2026",
                           "03/14/2026",
                           "14/3 2026",
                           "14.03.2026",
                           "08-02-2026",
                           "08/02/2026",
                           "08.02.2026",
                           "08-02 2026",
                           "2026 08 02",
                           "08 02 2026",
                           "20260314",
                           "260314",
                           "2026-03-14 22:30",
                           "2026-03-14T22:30:00",
                           "2026-03-14T22:30:00+01:00",
                           "2026-03-14 22:30:00.000",
                           "22:30",
                           "22.30-23.15",
                           "08.30-09.45",
                           "0830-0945",
                           "08 30 - 09 45",
                           "kl 08",
                           "mellan 22.00 och 02.00",
                           "2025-12-31/2026-01-01",
                           "v. 08 2026",
                           "mars 2026",
                           "2026-02-28 08.15.00",
                           "01/02-03/02",
                           "2026-01-02 - 2026-01-03"})
    ExpectNothing(text);
}

TEST(PersonalData, LeavesCoordinatesAndPostcodesAlone) {
  for (const char* text :
       {"6645981/604054", "604054,6645981", "604054 6645981", "604054.25;6645981.75", "N 6645981 E 604054",
        "59.93810, 16.86220", "59,93810 16,86220", "1559093 6647017", "744 31", "74431", "744 31 Heby",
        "740 46 Östervåla", "Storgatan 12, 744 31 Heby", "6645981.123456,604054.123456"})
    ExpectNothing(text);
}

TEST(PersonalData, LeavesDegreesWithManyDecimalsAlone) {
  const std::string ten = WithCheckDigit("631201", "171");
  ExpectNothing("55." + ten);
  ExpectNothing("16," + ten);
  for (const std::string& text : {"Hus 55." + ten, "5." + ten, "155." + ten, "07." + ten})
    ExpectPersonalNumber(text);
}

TEST(PersonalData, LeavesAmountsNumbersAndNamesAlone) {
  for (const char* text : {"5000-K123456-26",
                           "0201-K4821-26",
                           "HEBY-2026-00123",
                           "2026-00123",
                           "AM-012345-26",
                           "0331-00123-26",
                           "HORRSTA 1:23",
                           "HEBY HORRSTA 12:3",
                           "S:1",
                           "väg 56",
                           "lv 272",
                           "E4",
                           "Storgatan 12 B",
                           "Storgatan 10-16",
                           "Storgatan 12 lgh 1102",
                           "10 000 kr",
                           "701 234 567",
                           "7023456.78",
                           "Storgatan 70-72",
                           "46 km",
                           "1 234 567 kr",
                           "12 500:-",
                           "+100",
                           "26+",
                           "13-17 år",
                           "0-6",
                           "15–17",
                           "3 st",
                           "0331",
                           "0331A0010",
                           "0581TC116",
                           "6040006645000",
                           "5e700331-0000-4000-9000-000000000001",
                           "f5303103-77ff-48e3-b1bc-d9e9cf61516b",
                           "",
                           "@",
                           "a@b",
                           "namn@",
                           "@example.se",
                           "Instagram @namn",
                           "klass 7B",
                           "2 personer 14 och 15 år",
                           "100 %"})
    ExpectNothing(text);
}

TEST(PersonalData, ReadsLongAndBrokenTextInBoundedTime) {
  std::string at, digits, groups, mixed;
  while (at.size() < 200000) at += "a@";
  while (digits.size() < 200000) digits += "7";
  while (groups.size() < 200000) groups += "07 ";
  while (mixed.size() < 200000) mixed += "+00 @.-";
  for (const std::string* text : {&at, &digits, &mixed}) EXPECT_EQ(FindPersonalData(*text), std::nullopt);
  FindPersonalData(groups);
  EXPECT_EQ(FindPersonalData(std::string("\xFF\xC3\0\xE2\x80", 5)), std::nullopt);
  EXPECT_EQ(FindPersonalData(digits + " namn@example.se"), PersonalDataKind::kEmailAddress);
}

TEST(PersonalData, HasAStableCodeForEachKind) {
  EXPECT_EQ(PersonalDataKindCode(PersonalDataKind::kPersonalIdentityNumber), "PERSONAL_IDENTITY_NUMBER");
  EXPECT_EQ(PersonalDataKindCode(PersonalDataKind::kPhoneNumber), "PHONE_NUMBER");
  EXPECT_EQ(PersonalDataKindCode(PersonalDataKind::kEmailAddress), "EMAIL_ADDRESS");
}

}  // namespace
}  // namespace lagesbild::geo
