#include "service/register_mapping.h"

#include <gmock/gmock.h>

#include "service/errors.h"
#include "service/mapping.h"

namespace lagesbild::service {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kTown = R"toml(
[municipality]
version = 1
code = "9999"
name = "Påhittad"
[boundary]
layer = "kommuner"
where = "id"
equals = "9999"
epsg = 3011
[places]
layer = "skolor"
name = "namn"
default_kind = "school"
)toml";

constexpr const char* kAges = R"toml(
[age_scheme]
version = 2
valid_from = "2026-01-01"
bands = ["0-17", "18+"]
[[age_scheme.groups]]
code = "UNDER-18"
ages = "0-17"
label_sv = "Under 18"
[[age_scheme.groups]]
code = "OVER"
ages = "18+"
label_sv = "18 och äldre"
)toml";

std::string With(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

template <class Parse>
std::vector<FieldViolation> Violations(Parse&& parse) {
  try {
    parse();
  } catch (const InvalidRequest& error) {
    return error.violations;
  }
  return {};
}
std::vector<FieldViolation> OfTown(const std::string& toml) {
  return Violations([&] { ParseMunicipality(toml); });
}
std::vector<FieldViolation> OfRegister(const std::string& toml) {
  return Violations([&] { ParseAddressMapping(toml); });
}

auto Says(const std::string& field, const std::string& text) {
  return Contains(
      AllOf(Field(&FieldViolation::field, field), Field(&FieldViolation::description, HasSubstr(text))));
}

TEST(ParseMunicipality, ReadsLayersAndLeavesTheRestAtSwedishDefaults) {
  const MunicipalityConfig town = ParseMunicipality(kTown);
  EXPECT_EQ(town.source.name, "Påhittad");
  EXPECT_EQ(town.source.crs, geo::Epsg{3006});
  EXPECT_EQ(town.source.boundary.layer, "kommuner");
  EXPECT_EQ(town.source.boundary.crs, geo::Epsg{3011});
  EXPECT_EQ(town.source.boundary.equals, "9999");
  ASSERT_TRUE(town.source.places.has_value());
  EXPECT_EQ(town.source.places->default_kind, "school");
  EXPECT_FALSE(town.source.districts.has_value());
  EXPECT_EQ(town.address_style, "sv");
  EXPECT_FALSE(town.source.synthetic);
  EXPECT_FALSE(town.age_scheme.has_value());
}

TEST(ParseMunicipality, MakesTheSchemeWholeWithUnknownAndAllAges) {
  const MunicipalityConfig town = ParseMunicipality(std::string(kTown) + kAges);
  ASSERT_TRUE(town.age_scheme.has_value());
  const geo::AgeScheme& scheme = *town.age_scheme;
  ASSERT_THAT(scheme.groups, SizeIs(4));
  EXPECT_EQ(scheme.groups[0].slug, "under_18") << "made of the code";
  EXPECT_EQ(scheme.groups[2].kind, geo::AgeGroupKind::kUnknown);
  EXPECT_EQ(scheme.groups[3].kind, geo::AgeGroupKind::kTotal);
  EXPECT_EQ(scheme.bands[1].last_age, geo::kOpenAge);
}

TEST(ParseMunicipality, NamesEverythingThatIsWrong) {
  EXPECT_THAT(OfTown(With(kTown, "code = \"9999\"\n", "")), Says("municipality.code", "missing"));
  EXPECT_THAT(OfTown(With(kTown, "version = 1", "version = 2")), Says("municipality.version", "must be 1"));
  EXPECT_THAT(OfTown(With(kTown, "version = 1", "version = 1\ncrs = 7")),
              Says("municipality.crs", "EPSG code"));
  EXPECT_THAT(OfTown(With(kTown, "version = 1", "version = 1\naddress_style = \"fr\"")),
              Says("municipality.address_style", "sv, no, us-block"));
  EXPECT_THAT(OfTown(With(kTown, "version = 1", "version = 1\nlanguage = \"en\"")),
              Says("municipality.language", "Swedish so far"));
  EXPECT_THAT(OfTown(With(kTown, "where = \"id\"\n", "")), Says("boundary.where", "give both or none"));
  EXPECT_THAT(OfTown(With(kTown, "name = \"namn\"\n", "")), Says("places.name", "missing"));
  EXPECT_THAT(OfTown(std::string(kTown) + "[gränser]\n"), SizeIs(1));
}

TEST(ParseMunicipality, RefusesAnAgeSchemeThatIsNone) {
  const std::string all = std::string(kTown) + kAges;
  EXPECT_THAT(OfTown(With(all, "\"0-17\", \"18+\"", "\"0-16\", \"18+\"")),
              Says("age_scheme", "must begin at 17"));
  EXPECT_THAT(OfTown(With(all, "\"18+\"]", "\"18-99\"]")), Says("age_scheme", "must be open"));
  EXPECT_THAT(OfTown(With(all, "ages = \"18+\"", "ages = \"vuxna\"")),
              Says("age_scheme.groups[1].ages", "must be written as"));
  EXPECT_THAT(OfTown(With(all, "label_sv = \"Under 18\"", "label_sv = \"Under 18\"\nkind = \"total\"")),
              Says("age_scheme.groups[0].kind", "headline or subtotal"));
  EXPECT_THAT(OfTown(With(all, "version = 2", "version = 0")), Says("age_scheme.version", "1 or more"));
}

constexpr const char* kRegister = R"toml(
[mapping]
version = 1
name = "adresser"
[file]
format = "csv"
[columns]
street = "gata"
number = "nr"
easting = "e"
northing = "n"
[coordinates]
epsg = 3011
)toml";

TEST(ParseAddressMapping, ReadsColumnsAndSystem) {
  const maps::AddressTable table = ParseAddressMapping(kRegister);
  EXPECT_EQ(table.street, "gata");
  EXPECT_EQ(table.coordinates, geo::Epsg{3011});
  EXPECT_EQ(table.accuracy_radius, geo::Meters{25});
}

TEST(ParseAddressMapping, NamesEverythingThatIsWrong) {
  EXPECT_THAT(OfRegister(With(kRegister, "street = \"gata\"\n", "")), Says("columns.street", "missing"));
  EXPECT_THAT(OfRegister(With(kRegister, "epsg = 3011", "")), Says("coordinates.epsg", "missing"));
  EXPECT_THAT(OfRegister(With(kRegister, "epsg = 3011", "epsg = 3011\nradius_m = 0")),
              Says("coordinates.radius_m", "1 to 5000"));
  EXPECT_THAT(OfRegister(With(kRegister, "number = \"nr\"", "number = \"nr\"\nhouse = \"nr\"")), SizeIs(1));
  EXPECT_THAT(OfRegister("[mapping"), SizeIs(1));
}

constexpr const char* kReports = R"toml(
[mapping]
version = 1
name = "rapporter"
rows = "persons"
[file]
format = "csv"
[columns]
incident_key = "nr"
date = "dag"
address = ["plats"]
not_personal = ["nr"]
[time]
formats = ["%Y-%m-%d"]
[category]
default = "OTHER"
[place]
prefer = "text"
)toml";

std::vector<FieldViolation> OfReports(const std::string& toml) {
  return Violations([&] { ParseMapping(toml); });
}

TEST(ParseMapping, KnowsRowsThatArePersonsAndTextsThatComeFirst) {
  const Mapping mapping = ParseMapping(kReports);
  EXPECT_TRUE(mapping.rows_are_persons);
  EXPECT_TRUE(mapping.prefer_text);
  EXPECT_THAT(mapping.not_personal_columns, SizeIs(1));
}

TEST(ParseMapping, RefusesPersonsWithoutAKeyAndWordsThatItDoesNotKnow) {
  EXPECT_THAT(OfReports(With(kReports, "incident_key = \"nr\"\n", "")),
              Says("columns.incident_key", "missing"));
  EXPECT_THAT(OfReports(With(kReports, "\"persons\"", "\"people\"")), Says("mapping.rows", "incidents"));
  EXPECT_THAT(OfReports(With(kReports, "\"text\"", "\"map\"")), Says("place.prefer", "coordinates"));
}

TEST(ParseMapping, NeverLetsWrittenTextsGoUnsearched) {
  EXPECT_THAT(OfReports(With(kReports, "not_personal = [\"nr\"]", "not_personal = [\"plats\"]")),
              Says("columns.not_personal", "not of places"));
}

}  // namespace
}  // namespace lagesbild::service
