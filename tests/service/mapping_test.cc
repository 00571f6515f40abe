#include "service/mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <sstream>
#include <string>

#include "service/errors.h"

namespace lagesbild::service {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr const char* kSmall = R"(
[mapping]
version = 1
name = "skola"
[file]
format = "csv"
[columns]
date = "Datum"
address = "Plats"
[time]
formats = ["%Y-%m-%d"]
[category]
default = "OTHER"
)";

/// The small mapping with one line replaced.
std::string With(const std::string& line, const std::string& replacement) {
  std::string text = kSmall;
  const std::size_t at = text.find(line);
  EXPECT_NE(at, std::string::npos) << line;
  return text.replace(at, line.size(), replacement);
}

std::vector<FieldViolation> Violations(const std::string& toml) {
  try {
    ParseMapping(toml);
  } catch (const InvalidRequest& error) {
    return error.violations;
  }
  return {};
}

auto Violation(const std::string& field, const std::string& description) {
  return AllOf(Field(&FieldViolation::field, field),
               Field(&FieldViolation::description, HasSubstr(description)));
}

TEST(Mapping, ReadsTheFormOfTheManual) {
  std::ifstream in(std::string(LAGESBILD_SOURCE_DIR) + "/tools/mapping.md");
  std::stringstream text;
  text << in.rdbuf();
  const std::string manual = text.str();
  const std::size_t begin = manual.find("```toml\n") + 8;
  const Mapping mapping = ParseMapping(manual.substr(begin, manual.find("```", begin) - begin));
  EXPECT_EQ(mapping.version, 1);
  EXPECT_EQ(mapping.name, "polisen-1");
  EXPECT_EQ(mapping.table.format, maps::TableFormat::kCsv);
  EXPECT_EQ(mapping.table.delimiter, ';');
  EXPECT_EQ(mapping.table.encoding, "utf-8");
  EXPECT_EQ(mapping.incident_key_column, "Ärende");
  EXPECT_EQ(mapping.date_column, "Datum");
  EXPECT_EQ(mapping.time_column, "Tid");
  EXPECT_EQ(mapping.category_column, "Händelse");
  EXPECT_THAT(mapping.address_columns, ElementsAre("Gata", "Nr"));
  EXPECT_EQ(mapping.locality_column, "Ort");
  EXPECT_EQ(mapping.postcode_column, "Postnr");
  EXPECT_EQ(mapping.easting_column, "E");
  EXPECT_EQ(mapping.northing_column, "N");
  EXPECT_THAT(mapping.date_formats, ElementsAre("%Y-%m-%d", "%d/%m/%Y"));
  EXPECT_EQ(mapping.time_zone, "Europe/Stockholm");
  EXPECT_EQ(mapping.coordinate_epsg, 3006);
  EXPECT_EQ(mapping.default_category, geo::Category::kOther);
  EXPECT_THAT(mapping.categories, ElementsAre(Pair("skadegörelse", geo::Category::kVandalism)));
  EXPECT_EQ(mapping.default_locality, "Heby");
  EXPECT_THAT(mapping.digital_words, ElementsAre("internet", "snapchat", "sociala medier"));
  EXPECT_THAT(mapping.missing_words, ElementsAre("", "-", "okänd", "uppgift saknas"));
  EXPECT_THAT(mapping.age_words, ElementsAre(Pair("högstadiet", Pair(13, 15))));
  ASSERT_THAT(mapping.persons, SizeIs(1));
  EXPECT_EQ(mapping.persons[0].role, geo::AgeRole::kVictim);
  EXPECT_EQ(mapping.persons[0].age_column, "Målsägandes ålder");
  EXPECT_EQ(mapping.persons[0].count_column, "Antal");
  EXPECT_FALSE(mapping.persons[0].always);
}

TEST(Mapping, NeedsLittle) {
  const Mapping mapping = ParseMapping(kSmall);
  EXPECT_THAT(mapping.address_columns, ElementsAre("Plats"));
  EXPECT_EQ(mapping.table.delimiter, 0);
  EXPECT_THAT(mapping.persons, IsEmpty());
  EXPECT_THAT(mapping.missing_words, ElementsAre("", "-"));
}

TEST(Mapping, ReadsAWorkbooksSheet) {
  const Mapping mapping = ParseMapping(With("format = \"csv\"", "format = \"xlsx\"\nsheet = \"Rapport\""));
  EXPECT_EQ(mapping.table.format, maps::TableFormat::kXlsx);
  EXPECT_EQ(mapping.table.sheet, "Rapport");
}

TEST(Mapping, ReadsTheTabDelimiter) {
  EXPECT_EQ(ParseMapping(With("format = \"csv\"", "format = \"csv\"\ndelimiter = \"tab\"")).table.delimiter,
            '\t');
  EXPECT_EQ(ParseMapping(With("format = \"csv\"", "format = \"csv\"\ndelimiter = \"\\t\"")).table.delimiter,
            '\t');
}

TEST(Mapping, RefusesUnknownKeysWithTheirLine) {
  EXPECT_THAT(Violations(With("date = \"Datum\"", "date = \"Datum\"\nplats = \"X\"")),
              ElementsAre(Violation("columns.plats", "line 9: the key columns.plats is not known")));
  EXPECT_THAT(Violations(std::string(kSmall) + "[extra]\na = 1\n"),
              ElementsAre(Violation("extra", "not known")));
  EXPECT_THAT(
      Violations(std::string(kSmall) + "[[persons]]\nrole = \"victim\"\nage = \"Ålder\"\nsex = \"Kön\"\n"),
      ElementsAre(Violation("persons[0].sex", "not known")));
}

TEST(Mapping, RefusesEveryWrongValue) {
  const std::string persons = std::string(kSmall) + "[[persons]]\n";
  const std::vector<std::tuple<std::string, std::string, std::string>> faults{
      {With("version = 1", "version = 2"), "mapping.version", "must be 1"},
      {With("version = 1", "version = \"1\""), "mapping.version", "whole number"},
      {With("version = 1\n", ""), "mapping.version", "missing"},
      {With("name = \"skola\"", "name = \"\""), "mapping.name", "1 to 60"},
      {With("name = \"skola\"", "name = 5"), "mapping.name", "text"},
      {With("format = \"csv\"", "format = \"ods\""), "file.format", "csv"},
      {With("format = \"csv\"\n", ""), "file.format", "missing"},
      {With("format = \"csv\"", "format = \"csv\"\ndelimiter = \"::\""), "file.delimiter", "delimiter"},
      {With("format = \"csv\"", "format = \"csv\"\nencoding = \"ebcdic\""), "file.encoding", "utf-8"},
      {With("format = \"csv\"", "format = \"csv\"\nsheet = \"Blad1\""), "file.sheet", "xlsx"},
      {With("format = \"csv\"", "format = \"xlsx\"\ndelimiter = \";\""), "file.delimiter", "csv"},
      {With("date = \"Datum\"\n", ""), "columns.date", "missing"},
      {With("date = \"Datum\"", "date = \"  \""), "columns.date", "empty"},
      {With("date = \"Datum\"", "date = [\"Datum\"]"), "columns.date", "text"},
      {With("address = \"Plats\"\n", ""), "columns.address", "missing"},
      {With("address = \"Plats\"", "address = []"), "columns.address", "one or more"},
      {With("address = \"Plats\"", "address = [\"Plats\", 3]"), "columns.address", "texts"},
      {With("address = \"Plats\"", "address = \"Plats\"\neasting = \"E\""), "columns.easting", "go together"},
      {With("address = \"Plats\"", "easting = \"E\"\nnorthing = \"N\""), "coordinates.epsg", "missing"},
      {With("[time]", "[coordinates]\nepsg = 3006\n[time]"), "coordinates.epsg", "needs columns.easting"},
      {With("address = \"Plats\"", "easting = \"E\"\nnorthing = \"N\"\n[coordinates]\nepsg = 12"),
       "coordinates.epsg", "EPSG"},
      {With("formats = [\"%Y-%m-%d\"]\n", ""), "time.formats", "missing"},
      {With("[\"%Y-%m-%d\"]", "[]"), "time.formats", "at least one"},
      {With("%Y-%m-%d", "%Y-%m"), "time.formats", "a year, a month and a day"},
      {With("%Y-%m-%d", "%Y-%m-%d %Q"), "time.formats", "knows"},
      {With("%Y-%m-%d", "%Y-%m-%d%"), "time.formats", "knows"},
      {With("%Y-%m-%d", "%Y-%m-%d %d"), "time.formats", "repeat"},
      {With("%Y-%m-%d", "%Y-%y-%m-%d"), "time.formats", "one year"},
      {With("%Y-%m-%d", "%Y-%m-%b-%d"), "time.formats", "one month"},
      {With("[category]", "zone = \"../../etc\"\n[category]"), "time.zone", "Europe/Stockholm"},
      {With("default = \"OTHER\"", "default = \"BROTT\""), "category.default", "VANDALISM"},
      {With("default = \"OTHER\"\n", ""), "category.default", "missing"},
      {With("address = \"Plats\"\n[time]\nformats = [\"%Y-%m-%d\"]\n[category]\ndefault = \"OTHER\"\n",
            "address = \"Plats\"\ncategory = \"Typ\"\n[time]\nformats = [\"%Y-%m-%d\"]\n"),
       "category.values", "missing"},
      {std::string(kSmall) + "[category.values]\n\"rån\" = \"ROBBERRY\"\n", "category.values", "one of"},
      {std::string(kSmall) + "[category.values]\n\"rån\" = 5\n", "category.values", "one of"},
      {std::string(kSmall) + "[category.values]\n\"Rån\" = \"ROBBERY\"\n\"rån \" = \"THEFT\"\n",
       "category.values", "twice"},
      {std::string(kSmall) + "[place]\ndigital = [\"\"]\n", "place.digital", "empty"},
      {std::string(kSmall) + "[place]\ndefault_locality = 1\n", "place.default_locality", "text"},
      {std::string(kSmall) + "[age.words]\n\"ung\" = [15]\n", "age.words", "two ages"},
      {std::string(kSmall) + "[age.words]\n\"ung\" = [15, 13]\n", "age.words", "lower first"},
      {std::string(kSmall) + "[age.words]\n\"ung\" = [15, 300]\n", "age.words", "0 to 120"},
      {std::string(kSmall) + "[age.words]\n\"ung\" = \"15\"\n", "age.words", "two ages"},
      {persons + "age = \"Ålder\"\n", "persons[0].role", "missing"},
      {persons + "role = \"offer\"\nage = \"Ålder\"\n", "persons[0].role", "victim"},
      {persons + "role = \"victim\"\n", "persons[0].age", "column of age"},
      {persons + "role = \"victim\"\nalways = \"ja\"\nage = \"Ålder\"\n", "persons[0].always",
       "true or false"},
      {std::string("persons = 3\n") + kSmall, "persons", "[[persons]]"},
      {std::string("columns = 3\n") + With("[columns]\ndate = \"Datum\"\naddress = \"Plats\"\n", ""),
       "columns", "section"}};
  for (const auto& [toml, field, description] : faults) {
    const std::vector<FieldViolation> violations = Violations(toml);
    EXPECT_THAT(violations, testing::Contains(Violation(field, description))) << toml;
  }
}

TEST(Mapping, ListsAllFaultsAtOnce) {
  std::string toml = With("version = 1", "version = 3");
  toml.replace(toml.find("%Y-%m-%d"), 8, "%Q");
  toml.replace(toml.find("\"OTHER\""), 7, "\"X\"");
  EXPECT_THAT(Violations(toml), UnorderedElementsAre(Violation("mapping.version", "line 3"),
                                                     Violation("time.formats", "line 11"),
                                                     Violation("category.default", "line 13")));
}

TEST(Mapping, SaysWhereTheTomlIsBroken) {
  EXPECT_THAT(Violations("[mapping]\nversion = = 1\n"), ElementsAre(Violation("mapping", "line 2")));
  EXPECT_THAT(Violations("\xFF\xFE"), ElementsAre(Violation("mapping", "no valid TOML")));
  EXPECT_THAT(Violations(std::string(300 * 1024, '#')), ElementsAre(Violation("mapping", "256 KiB")));
  EXPECT_THAT(Violations(""), testing::Contains(Violation("columns.date", "missing")));
}

TEST(Mapping, NeverCrashesOnRandomChanges) {
  std::mt19937_64 random(3);
  for (int round = 0; round < 500; ++round) {
    std::string toml = kSmall;
    for (std::uint64_t n = 1 + random() % 5; n > 0; --n)
      toml[random() % toml.size()] = static_cast<char>(random() % 256);
    try {
      EXPECT_EQ(ParseMapping(toml).version, 1);
    } catch (const InvalidRequest& error) {
      EXPECT_FALSE(error.violations.empty());
    }
  }
}

}  // namespace
}  // namespace lagesbild::service
