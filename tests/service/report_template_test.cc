#include "service/report_template.h"

#include <set>

#include "maps/xlsx_reader.h"
#include "service/import_persons.h"
#include "service/mapping.h"
#include "tests/service/filled_template.h"
#include "tests/service/import_support.h"

namespace lagesbild::service {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using namespace std::chrono_literals;

// Columns of every template, in their order.
enum Common { kKey, kDate, kTime, kCategory, kPlace, kLocality, kFirstAge, kFirstCount };

std::vector<std::string> HeadersOf(ReporterKind kind) {
  std::vector<std::string> headers;
  for (const maps::TemplateColumn& column : TemplateFor(kind).columns) headers.push_back(column.header);
  return headers;
}

int ColumnOf(ReporterKind kind, const std::string& header) {
  const std::vector<std::string> headers = HeadersOf(kind);
  return static_cast<int>(std::find(headers.begin(), headers.end(), header) - headers.begin());
}

class ReportTemplate : public testing::Test {
 protected:
  void SetUp() override {
    FillRegisters(*store);
    store->PutReporter({"soc", "Socialtjänsten", ReporterKind::kSocialServices, "", ""});
    store->PutReporter({"fritid", "Fritid", ReporterKind::kMunicipality, "", ""});
  }
  std::filesystem::path Written(ReporterKind kind) {
    const auto path = folder / (std::string(ReporterKindCode(kind)) + ".xlsx");
    maps::WriteExcelTemplate(TemplateFor(kind), path);
    return path;
  }
  ImportRequest Request(const std::string& reporter, ReporterKind kind, const std::vector<FilledRow>& rows) {
    ImportRequest request;
    request.reporter = reporter;
    request.file = folder / "filled.xlsx";
    std::filesystem::remove(request.file);
    FillTemplate(Written(kind), request.file, rows);
    request.file_name = "september.xlsx";
    request.now = "2026-10-05T08:00:00Z";
    return request;
  }
  ImportOutcome Import(const std::string& reporter, ReporterKind kind, const std::vector<FilledRow>& rows) {
    return ImportIncidents(*store, Request(reporter, kind, rows));
  }
  std::vector<geo::Incident> Stored() { return store->Select({{1990, 1}, {2100, 4}, {}, {}, {}}); }
  static std::string Reporter(ReporterKind kind) {
    switch (kind) {
      case ReporterKind::kPolice:
        return "polisen";
      case ReporterKind::kSchool:
        return "skolan";
      case ReporterKind::kSocialServices:
        return "soc";
      case ReporterKind::kHousing:
        return "bostaden";
      case ReporterKind::kCompany:
        return "butiken";
      case ReporterKind::kAssociation:
        return "foreningen";
      case ReporterKind::kMunicipality:
        return "fritid";
    }
    return {};
  }

  TemporaryFolder folder;
  std::unique_ptr<Store> store = NewMemoryStore("salt");
};

TEST_F(ReportTemplate, OfEveryKindIsFilledInAndImportedWithoutAMapping) {
  for (const ReporterKind kind : TemplateKinds()) {
    store = NewMemoryStore("salt");
    SetUp();
    FilledRow row{{kKey, std::string("14")},
                  {kDate, 2026y / 9 / 14},
                  {kTime, TimeOfDay{21, 30}},
                  {kCategory, std::string("Skadegörelse")},
                  {kPlace, std::string("Storgatan 3")},
                  {kLocality, std::string("Testby")}};
    const bool ages = kind != ReporterKind::kHousing && kind != ReporterKind::kCompany &&
                      kind != ReporterKind::kAssociation;
    if (ages) row.insert({{kFirstAge, std::string("13–14 år")}, {kFirstCount, 2}});
    const ImportOutcome outcome = Import(Reporter(kind), kind, {row});
    ASSERT_THAT(outcome.rejected_preview, IsEmpty()) << outcome.rejected_preview[0].message;
    ASSERT_THAT(Stored(), SizeIs(1)) << ReporterKindCode(kind);
    const geo::Incident incident = Stored()[0];
    EXPECT_EQ(geo::IsoDate(incident.date), "2026-09-14");
    EXPECT_EQ(incident.category, geo::Category::kVandalism);
    EXPECT_EQ(incident.place, geo::PlaceKind::kPlaced);
    EXPECT_EQ(incident.level, ages ? geo::MatchLevel::kAddressPoint : geo::MatchLevel::kStreet);
    ASSERT_THAT(incident.persons, SizeIs(ages ? 2 : 0));
    for (const geo::Person& person : incident.persons) {
      EXPECT_EQ(person.role, geo::AgeRole::kVictim);
      EXPECT_EQ(geo::SpanCode(store->CurrentAgeScheme(), person.age), "13-14");
    }
  }
}

TEST_F(ReportTemplate, AsksForNoMoreThanItsKindMayDeliver) {
  for (const ReporterKind kind : TemplateKinds()) {
    EXPECT_NO_THROW(CheckMappingAgainst(ParseMapping(TemplateMapping(kind)), kind)) << ReporterKindCode(kind);
    std::string headers;
    for (const std::string& header : HeadersOf(kind)) headers += header + "\n";
    EXPECT_EQ(headers.find("Misstänkt") != std::string::npos, kind == ReporterKind::kPolice);
  }
  for (const ReporterKind kind :
       {ReporterKind::kHousing, ReporterKind::kCompany, ReporterKind::kAssociation}) {
    const maps::ExcelTemplate content = TemplateFor(kind);
    EXPECT_THAT(content.columns, SizeIs(kFirstAge)) << "no ages, no persons";
    EXPECT_THAT(content.columns[kPlace].help, HasSubstr("aldrig husnummer"));
    EXPECT_THAT(content.columns[kCategory].choices, Not(Contains("våld i nära relation")));
    EXPECT_THAT(TemplateMapping(kind), Not(HasSubstr("CLOSE_RELATION_VIOLENCE")));
  }
}

TEST_F(ReportTemplate, ReadsEveryChoiceOfItsDropDowns) {
  for (const ReporterKind kind : {ReporterKind::kPolice, ReporterKind::kCompany}) {
    const Mapping mapping = ParseMapping(TemplateMapping(kind));
    const maps::ExcelTemplate content = TemplateFor(kind);
    for (const std::string& choice : content.columns[kCategory].choices)
      EXPECT_TRUE(mapping.categories.contains(choice)) << choice;
  }
  std::vector<FilledRow> rows;
  const maps::ExcelTemplate police = TemplateFor(ReporterKind::kPolice);
  for (const std::string& age : police.columns[kFirstAge].choices)
    rows.push_back({{kDate, 2026y / 9 / std::chrono::day{static_cast<unsigned>(rows.size() + 1)}},
                    {kCategory, std::string("stöld")},
                    {kFirstAge, age}});
  const ImportOutcome outcome = Import("polisen", ReporterKind::kPolice, rows);
  EXPECT_THAT(outcome.rejected_preview, IsEmpty());
  std::set<std::string> bands;
  for (const geo::Incident& incident : Stored())
    for (const geo::Person& person : incident.persons)
      bands.insert(geo::SpanCode(store->CurrentAgeScheme(), person.age));
  EXPECT_EQ(bands.size(), rows.size()) << "every choice is an age of its own";
}

TEST_F(ReportTemplate, TellsSuspectsInvolvedAndUnknownAgesApart) {
  const auto column = [](const std::string& header) { return ColumnOf(ReporterKind::kPolice, header); };
  Import("polisen", ReporterKind::kPolice,
         {{{kDate, 2026y / 9 / 14},
           {kCategory, std::string("misshandel")},
           {column("Antal utsatta 1"), 1},
           {column("Utsatt 2, ålder"), std::string("15 år")},
           {column("Misstänkt 1, ålder"), std::string("16–17 år")},
           {column("Misstänkt 2, ålder"), std::string("13–14 år")},
           {column("Inblandad 1, ålder"), 20}}});
  ASSERT_THAT(Stored(), SizeIs(1));
  std::vector<std::string> persons;
  const geo::Incident incident = Stored()[0];
  for (const geo::Person& person : incident.persons)
    persons.push_back(std::string(geo::RoleCode(person.role)) + " " +
                      geo::SpanCode(store->CurrentAgeScheme(), person.age));
  EXPECT_THAT(persons, testing::ElementsAre("VICTIM UNKNOWN", "VICTIM 15", "SUSPECT 16-17", "INVOLVED 13-14",
                                            "INVOLVED 20"))
      << "a suspect under fifteen is someone involved";
}

TEST_F(ReportTemplate, RejectsRowsWithWrongValuesAndSaysWhere) {
  const std::vector<std::pair<FilledRow, std::pair<std::string, std::string>>> cases{
      {{{kCategory, std::string("stöld")}}, {"BAD_DATE", "Datum"}},
      {{{kDate, std::string("31 september")}, {kCategory, std::string("stöld")}}, {"BAD_DATE", "Datum"}},
      {{{kDate, 2027y / 1 / 1}, {kCategory, std::string("stöld")}}, {"BAD_DATE", "Datum"}},
      {{{kDate, 2026y / 9 / 1}, {kCategory, std::string("snatteri")}}, {"UNKNOWN_CATEGORY", "Händelse"}},
      {{{kDate, 2026y / 9 / 1}}, {"UNKNOWN_CATEGORY", "Händelse"}},
      {{{kDate, 2026y / 9 / 1}, {kCategory, std::string("stöld")}, {kFirstAge, std::string("tonåring")}},
       {"BAD_AGE", "Utsatt 1, ålder"}},
      {{{kDate, 2026y / 9 / 1}, {kCategory, std::string("stöld")}, {kFirstCount, std::string("många")}},
       {"BAD_COUNT", "Antal utsatta 1"}},
      {{{kDate, 2026y / 9 / 1}, {kCategory, std::string("stöld")}, {kPlace, std::string("070-123 45 67")}},
       {"PERSONAL_DATA", "Plats"}},
  };
  for (const auto& [row, expected] : cases) {
    ImportRequest request = Request("skolan", ReporterKind::kSchool, {row});
    request.validate_only = true;
    const ImportOutcome outcome = ImportIncidents(*store, request);
    ASSERT_THAT(outcome.rejected_preview, SizeIs(1)) << expected.first << " " << expected.second;
    EXPECT_EQ(outcome.rejected_preview[0].reason, expected.first);
    EXPECT_EQ(outcome.rejected_preview[0].column, expected.second);
    EXPECT_EQ(outcome.rejected_preview[0].row, 2);
  }
}

TEST_F(ReportTemplate, CorrectsARowByItsNumber) {
  const FilledRow row{{kKey, std::string("2026-0014")},
                      {kDate, 2026y / 9 / 14},
                      {kCategory, std::string("stöld")},
                      {kPlace, std::string("Storgatan 3")}};
  Import("skolan", ReporterKind::kSchool, {row});
  FilledRow corrected = row;
  corrected[kCategory] = std::string("rån");
  EXPECT_EQ(Import("skolan", ReporterKind::kSchool, {corrected}).batch.incidents.corrected, 1);
  ASSERT_THAT(Stored(), SizeIs(1));
  EXPECT_EQ(Stored()[0].category, geo::Category::kRobbery);
}

TEST_F(ReportTemplate, IsTakenFromItsOwnKindOrOneThatIsAskedForMore) {
  const FilledRow row{{kDate, 2026y / 9 / 14}, {kCategory, std::string("stöld")}};
  EXPECT_EQ(Import("skolan", ReporterKind::kCompany, {row}).batch.incidents.accepted, 1);
  EXPECT_EQ(Import("polisen", ReporterKind::kSchool, {row}).batch.incidents.accepted, 1);
  for (const auto& [reporter, kind] :
       std::vector<std::pair<std::string, ReporterKind>>{{"skolan", ReporterKind::kPolice},
                                                         {"butiken", ReporterKind::kSchool},
                                                         {"butiken", ReporterKind::kAssociation},
                                                         {"skolan", ReporterKind::kMunicipality}}) {
    try {
      Import(reporter, kind, {row});
      FAIL() << reporter << " delivered on the template " << ReporterKindCode(kind);
    } catch (const InvalidRequest& error) {
      EXPECT_THAT(error.what(), HasSubstr("lagesbild template --kind "));
      EXPECT_THAT(error.violations[0].description_sv, HasSubstr(TemplateTitleSv(kind)));
    }
  }
}

TEST_F(ReportTemplate, OfOtherProgramsAndOtherFilesNeedAMapping) {
  ImportRequest request;
  request.reporter = "skolan";
  request.now = "2026-10-05T08:00:00Z";
  request.file = folder.Write("d.csv", "Datum;Händelse;Plats\n");
  request.file_name = "d.csv";
  EXPECT_THROW(ImportIncidents(*store, request), InvalidRequest);
  maps::ExcelTemplate foreign = TemplateFor(ReporterKind::kSchool);
  foreign.id = {"SCHOOL", kTemplateVersion + 1};
  request.file = folder / "later.xlsx";
  maps::WriteExcelTemplate(foreign, request.file);
  try {
    ImportIncidents(*store, request);
    FAIL() << "took a template of a later version";
  } catch (const InvalidRequest& error) {
    EXPECT_THAT(error.what(), HasSubstr("start a newer program"));
  }
  foreign.id = {"ORACLE", 1};
  maps::WriteExcelTemplate(foreign, request.file);
  EXPECT_THROW(ImportIncidents(*store, request), InvalidRequest);
}

TEST_F(ReportTemplate, HasTheSameBytesEveryTime) {
  const std::string first = ReadBytes(Written(ReporterKind::kSchool));
  std::this_thread::sleep_for(1100ms);
  EXPECT_EQ(ReadBytes(Written(ReporterKind::kSchool)), first);
}

TEST_F(ReportTemplate, SaysHowItIsFilledInAndCarriesItsId) {
  const auto path = Written(ReporterKind::kSchool);
  EXPECT_EQ(maps::ReadTemplateId(path), (maps::TemplateId{"SCHOOL", kTemplateVersion}));
  std::string text;
  maps::ReadXlsx(path, "Så fyller du i", [&](std::int64_t, std::vector<std::string>&& cells) {
    for (const std::string& cell : cells) text += cell + "\n";
  });
  for (const char* must : {"namn, personnummer, telefonnummer", "Rätta en händelse", "Exempel: Storgatan 12"})
    EXPECT_THAT(text, HasSubstr(must));
  const std::string sheet = filled::ReadMember(path.string(), "xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, HasSubstr("state=\"frozen\""));
  EXPECT_THAT(sheet, HasSubstr("type=\"list\""));
  EXPECT_THAT(sheet, HasSubstr("type=\"date\""));
  const std::string workbook = filled::ReadMember(path.string(), "xl/workbook.xml");
  EXPECT_THAT(workbook, HasSubstr("name=\"lagesbild\" sheetId=\"4\" state=\"hidden\""));
}

TEST_F(ReportTemplate, LeavesNothingWhereItCannotBeWritten) {
  EXPECT_THROW(maps::WriteExcelTemplate(TemplateFor(ReporterKind::kSchool), folder / "missing" / "mall.xlsx"),
               maps::IoError);
  EXPECT_FALSE(std::filesystem::exists(folder / "missing"));
}

}  // namespace
}  // namespace lagesbild::service
