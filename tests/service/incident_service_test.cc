#include "lagesbild/v1/incident_service.grpc.pb.h"
#include "service/hashing.h"
#include "service/report_template.h"
#include "tests/service/filled_template.h"
#include "tests/service/server_support.h"

namespace lagesbild::service {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class ImportIncidentsRpc : public RunningServer {
 protected:
  bool UploadsAreGone() const { return std::filesystem::is_empty(folder / "data/uploads"); }
  v1::ImportIncidentsResponse response;
};

TEST_F(ImportIncidentsRpc, CountsEveryRowInBothUnitsAndPerAgeGroup) {
  const grpc::Status status = Import(PoliceHeader(), PoliceCsv(12), &response, 100);
  ASSERT_TRUE(status.ok()) << status.error_message();
  const v1::Import& import = response.import();
  EXPECT_EQ(import.name(), "imports/1");
  EXPECT_EQ(import.incidents().read_count(), 12);
  EXPECT_EQ(import.incidents().placed_count(), 12);
  EXPECT_EQ(import.persons().accepted_count(), 12);
  ASSERT_EQ(import.groups_size(), 8);
  EXPECT_EQ(import.groups(1).group_code(), "UNGDOM");
  EXPECT_EQ(import.groups(1).incidents().accepted_count(), 12);
  EXPECT_EQ(import.quarters(0).number(), 3);
  EXPECT_TRUE(UploadsAreGone());
}

TEST_F(ImportIncidentsRpc, StoresTheSameDeliveryOnce) {
  ASSERT_TRUE(Import(PoliceHeader(), PoliceCsv(3), &response).ok());
  ASSERT_TRUE(Import(PoliceHeader(), PoliceCsv(3), &response).ok());
  EXPECT_TRUE(response.already_imported());
  EXPECT_EQ(response.import().name(), "imports/1");
}

TEST_F(ImportIncidentsRpc, StoresNothingWhenOnlyValidating) {
  v1::ImportIncidentsHeader header = PoliceHeader();
  header.set_validate_only(true);
  ASSERT_TRUE(Import(header, PoliceCsv(3), &response).ok());
  EXPECT_THAT(response.import().name(), IsEmpty());
  EXPECT_EQ(response.import().incidents().accepted_count(), 3);
  EXPECT_THAT(store->ListImports(0, 10).items, IsEmpty());
}

TEST_F(ImportIncidentsRpc, TellsOfEveryWrongFieldOfTheHeader) {
  v1::ImportIncidentsHeader header;
  header.set_file_name("../rapport.exe");
  header.set_request_id("not a uuid");
  header.set_sha256("short");
  header.set_size_bytes(-1);
  const grpc::Status status = Import(header, "x", &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(ViolatedFields(status),
              UnorderedElementsAre("header.reporter_code", "header.mapping_toml", "request_id",
                                   "header.file_name", "header.size_bytes", "header.sha256"));
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(status).domain(), "lagesbild");
  EXPECT_EQ(DetailOf<google::rpc::LocalizedMessage>(status).locale(), "sv-SE");
}

TEST_F(ImportIncidentsRpc, RefusesAFileThatIsNotWhatTheHeaderPromised) {
  v1::ImportIncidentsHeader header = PoliceHeader();
  header.set_sha256(Sha256Hex("something else"));
  header.set_size_bytes(7);
  const grpc::Status status = Import(header, PoliceCsv(1), &response);
  EXPECT_THAT(ViolatedFields(status), UnorderedElementsAre("header.size_bytes", "header.sha256"));
  EXPECT_THAT(store->ListImports(0, 10).items, IsEmpty());
  EXPECT_TRUE(UploadsAreGone());
}

TEST_F(ImportIncidentsRpc, RefusesAChunkOverOneMebibyte) {
  const std::size_t over = (1 << 20) + 1;
  const grpc::Status status = Import(PoliceHeader(), std::string(over, 'x'), &response, over);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(ViolatedFields(status), ElementsAre("chunk"));
  EXPECT_TRUE(UploadsAreGone());
}

TEST_F(ImportIncidentsRpc, RefusesAnEmptyFile) {
  EXPECT_THAT(ViolatedFields(Import(PoliceHeader(), "", &response)), ElementsAre("chunk"));
}

TEST_F(ImportIncidentsRpc, RefusesAnUploadWithoutAHeader) {
  v1::ImportIncidentsRequest chunk;
  chunk.set_chunk("x");
  const grpc::Status status =
      CallAnything("/lagesbild.v1.IncidentService/ImportIncidents", kInternal, chunk.SerializeAsString());
  EXPECT_THAT(ViolatedFields(status), ElementsAre("header"));
}

TEST_F(ImportIncidentsRpc, NamesTheMissingColumnOfTheFile) {
  const grpc::Status status = Import(PoliceHeader(), "Datum;Gata\n2026-07-01;Storgatan 1\n", &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("Händelse"));
}

TEST_F(ImportIncidentsRpc, DoesNotNameTheServersFolderWhenAFileCannotBeRead) {
  v1::ImportIncidentsHeader header = PoliceHeader();
  header.set_file_name("polisen.xlsx");
  std::string mapping = kPoliceMapping;
  const std::string csv = "format = \"csv\"\ndelimiter = \";\"";
  mapping.replace(mapping.find(csv), csv.size(), "format = \"xlsx\"");
  header.set_mapping_toml(mapping);
  const grpc::Status status = Import(header, "this is no workbook", &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << status.error_message();
  EXPECT_EQ(ReasonOf(status), "UNREADABLE_FILE");
  EXPECT_THAT(status.error_message(), testing::Not(HasSubstr(folder.path().string())));
}

TEST_F(ImportIncidentsRpc, TakesAFilledInTemplateWithoutAMapping) {
  maps::WriteExcelTemplate(TemplateFor(ReporterKind::kPolice), folder / "mall.xlsx");
  FillTemplate(folder / "mall.xlsx", folder / "filled.xlsx",
               {{{1, std::chrono::year{2026} / 7 / 14}, {3, std::string("stöld")}},
                {{1, std::chrono::year{2026} / 7 / 15}, {3, std::string("snatteri")}}});
  v1::ImportIncidentsHeader header = PoliceHeader();
  header.clear_mapping_toml();
  header.set_file_name("juli.XLSX");
  const grpc::Status status = Import(header, ReadBytes(folder / "filled.xlsx"), &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.import().incidents().accepted_count(), 1);
  ASSERT_EQ(response.rejected_preview_size(), 1);
  EXPECT_EQ(response.rejected_preview(0).reason(), "UNKNOWN_CATEGORY");
}

TEST_F(ImportIncidentsRpc, NeedsAMappingForWhatIsNoTemplate) {
  v1::ImportIncidentsHeader header = PoliceHeader();
  header.clear_mapping_toml();
  EXPECT_THAT(ViolatedFields(Import(header, PoliceCsv(1), &response)), ElementsAre("header.mapping_toml"));
  header.set_file_name("polisen.xlsx");
  const grpc::Status status = Import(header, "this is no workbook", &response);
  EXPECT_EQ(ReasonOf(status), "UNREADABLE_FILE");
}

TEST_F(ImportIncidentsRpc, TellsHowManyRowsCorrectAnEarlierDelivery) {
  ASSERT_TRUE(Import(PoliceHeader(), PoliceCsv(2), &response).ok());
  const std::string first = response.import().name();
  std::string corrected = PoliceCsv(1);
  corrected.replace(corrected.find("2026-"), 10, "2026-04-09");
  ASSERT_TRUE(Import(PoliceHeader(), corrected, &response).ok());
  EXPECT_EQ(response.import().incidents().corrected_count(), 1);
  v1::GetImportRequest request;
  request.set_name(first);
  v1::GetImportResponse earlier;
  ASSERT_TRUE(v1::IncidentService::NewStub(channel)->GetImport(Internal().get(), request, &earlier).ok());
  EXPECT_EQ(earlier.import().incidents().accepted_count(), 2);
  EXPECT_EQ(earlier.import().incidents().superseded_count(), 1);
  v1::UndoImportRequest undo;
  undo.set_name(first);
  v1::UndoImportResponse undone;
  const grpc::Status status =
      v1::IncidentService::NewStub(channel)->UndoImport(Internal().get(), undo, &undone);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(status), "CORRECTED_ELSEWHERE");
}

TEST_F(ImportIncidentsRpc, RefusesAnUnknownReporter) {
  v1::ImportIncidentsHeader header = PoliceHeader();
  header.set_reporter_code("okand");
  EXPECT_EQ(Import(header, PoliceCsv(1), &response).error_code(), grpc::StatusCode::FAILED_PRECONDITION);
}

class IncidentRpcs : public ImportIncidentsRpc {
 protected:
  void SetUp() override {
    ImportIncidentsRpc::SetUp();
    std::string csv = PoliceCsv(5);
    csv += "K90;2026-07-30;Skadegörelse;Okändvägen 3;14\n";
    csv += "K91;inget datum;Skadegörelse;Storgatan 1;14\n";
    csv += "K92;2026-07-31;Skadegörelse;ring 070-123 45 67;14\n";
    ASSERT_TRUE(Import(PoliceHeader(), csv, &response).ok());
    stub = v1::IncidentService::NewStub(channel);
  }
  std::unique_ptr<v1::IncidentService::Stub> stub;
};

TEST_F(IncidentRpcs, ListRejectedRowsPageByPageWithoutWhatTheCellsHeld) {
  v1::ListRejectedRowsRequest request;
  request.set_parent("imports/1");
  request.set_page_size(1);
  std::vector<std::string> reasons;
  std::string text;
  do {
    v1::ListRejectedRowsResponse page;
    ASSERT_TRUE(stub->ListRejectedRows(Internal().get(), request, &page).ok());
    ASSERT_EQ(page.rejected_rows_size(), 1);
    reasons.push_back(page.rejected_rows(0).reason());
    text += page.rejected_rows(0).message_sv();
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(reasons.size(), 2U);
  EXPECT_THAT(text, testing::Not(HasSubstr("070")));
}

TEST_F(IncidentRpcs, RefuseAPageTokenOfAnotherCall) {
  v1::ListRejectedRowsRequest request;
  request.set_parent("imports/1");
  request.set_page_size(1);
  v1::ListRejectedRowsResponse page;
  ASSERT_TRUE(stub->ListRejectedRows(Internal().get(), request, &page).ok());
  v1::ListIncidentsRequest other;
  other.mutable_selection()->mutable_first_quarter()->set_year(2026);
  other.mutable_selection()->mutable_first_quarter()->set_number(3);
  other.set_page_token(page.next_page_token());
  v1::ListIncidentsResponse incidents;
  const grpc::Status status = stub->ListIncidents(Internal().get(), other, &incidents);
  EXPECT_THAT(ViolatedFields(status), ElementsAre("page_token"));
}

TEST_F(IncidentRpcs, RefuseANegativePageSize) {
  v1::ListImportsRequest request;
  request.set_page_size(-1);
  v1::ListImportsResponse page;
  EXPECT_THAT(ViolatedFields(stub->ListImports(Internal().get(), request, &page)), ElementsAre("page_size"));
}

TEST_F(IncidentRpcs, ListIncidentsOnceEachOverThePages) {
  v1::ListIncidentsRequest request;
  request.mutable_selection()->mutable_first_quarter()->set_year(2026);
  request.mutable_selection()->mutable_first_quarter()->set_number(3);
  request.set_page_size(4);
  std::set<std::string> names;
  int count = 0;
  do {
    v1::ListIncidentsResponse page;
    ASSERT_TRUE(stub->ListIncidents(Internal().get(), request, &page).ok());
    for (const v1::Incident& incident : page.incidents()) {
      names.insert(incident.name());
      EXPECT_EQ(incident.persons(0).age_span_code(), "13-14");
      ++count;
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(count, 6);
  EXPECT_EQ(names.size(), 6U);
}

TEST_F(IncidentRpcs, RefuseAnUnknownViewAndAnUnknownCategory) {
  v1::ListIncidentsRequest request;
  request.mutable_selection()->mutable_first_quarter()->set_year(2026);
  request.mutable_selection()->mutable_first_quarter()->set_number(3);
  request.mutable_selection()->add_category_codes("NOT_A_CATEGORY");
  request.mutable_selection()->add_reporter_codes("ingen");
  request.set_view(static_cast<v1::IncidentView>(99));
  v1::ListIncidentsResponse page;
  EXPECT_THAT(ViolatedFields(stub->ListIncidents(Internal().get(), request, &page)),
              UnorderedElementsAre("selection.category_codes[0]", "selection.reporter_codes[0]", "view"));
}

TEST_F(IncidentRpcs, ListThePlaceThatWasNotFound) {
  v1::ListUnresolvedPlacesResponse page;
  ASSERT_TRUE(stub->ListUnresolvedPlaces(Internal().get(), {}, &page).ok());
  ASSERT_EQ(page.places_size(), 1);
  EXPECT_EQ(page.places(0).reason(), v1::UNPLACED_REASON_NOT_FOUND);
  EXPECT_THAT(page.places(0).text(), HasSubstr("Okändvägen"));
}

TEST_F(IncidentRpcs, TellHowWellPlacesAreFound) {
  v1::GetGeocodingReportResponse report;
  const grpc::Status status = stub->GetGeocodingReport(Internal().get(), {}, &report);
  ASSERT_TRUE(status.ok()) << status.error_message();
  const v1::HitRate& total = report.total();
  EXPECT_GT(total.asked_count(), 0);
  EXPECT_EQ(total.asked_count(), total.placed_count() + total.outside_count() + total.unplaced_count());
  EXPECT_EQ(total.unplaced_count(), 1);
  ASSERT_EQ(report.texts_size(), 1);
  EXPECT_THAT(report.texts(0).text(), HasSubstr("okandvagen"));
  EXPECT_EQ(report.texts(0).incident_name(), "incidents/6");
  std::int64_t asked = 0;
  for (const v1::HitRate& rate : report.reporters()) asked += rate.asked_count();
  EXPECT_EQ(asked, total.asked_count());
  v1::GetGeocodingReportRequest wrong;
  wrong.mutable_last_quarter()->set_year(2026);
  wrong.mutable_last_quarter()->set_number(5);
  EXPECT_EQ(stub->GetGeocodingReport(Internal().get(), wrong, &report).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(IncidentRpcs, ListResolutionsAndTakeOneBack) {
  v1::ResolvePlaceRequest request;
  v1::ResolvePlaceResponse resolved;
  request.set_incident_name("incidents/6");
  request.mutable_dismissal();
  request.set_reason(v1::RESOLUTION_REASON_NO_PLACE);
  ASSERT_TRUE(stub->ResolvePlace(Internal().get(), request, &resolved).ok());
  v1::ListResolutionsResponse page;
  ASSERT_TRUE(stub->ListResolutions(Internal().get(), {}, &page).ok());
  ASSERT_EQ(page.resolutions_size(), 1);
  EXPECT_EQ(page.resolutions(0).state(), v1::RESOLUTION_STATE_IN_FORCE);
  EXPECT_EQ(page.resolutions(0).reason(), v1::RESOLUTION_REASON_NO_PLACE);
  EXPECT_FALSE(page.resolutions(0).resolver_name().empty());
  v1::UndoResolutionRequest undo;
  v1::UndoResolutionResponse undone;
  undo.set_name(page.resolutions(0).name());
  ASSERT_TRUE(stub->UndoResolution(Internal().get(), undo, &undone).ok());
  EXPECT_EQ(undone.waiting_count(), 1);
  EXPECT_EQ(undone.resolution().state(), v1::RESOLUTION_STATE_UNDONE);
  undo.set_name("resolutions/77");
  EXPECT_EQ(stub->UndoResolution(Internal().get(), undo, &undone).error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(IncidentRpcs, ResolveAPlaceByAddressPositionOrDismissal) {
  v1::ResolvePlaceRequest request;
  v1::ResolvePlaceResponse response_of;
  request.set_incident_name("incidents/6");
  EXPECT_THAT(ViolatedFields(stub->ResolvePlace(Internal().get(), request, &response_of)),
              UnorderedElementsAre("resolution"));
  request.mutable_place()->mutable_position()->set_epsg_code(3006);
  request.mutable_place()->mutable_position()->mutable_point()->set_easting_m(6650000);
  request.mutable_place()->mutable_position()->mutable_point()->set_northing_m(605000);
  EXPECT_EQ(stub->ResolvePlace(Internal().get(), request, &response_of).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT)
      << "swapped axes";
  request.mutable_place()->mutable_position()->mutable_point()->set_easting_m(605000);
  request.mutable_place()->mutable_position()->mutable_point()->set_northing_m(6650000);
  const grpc::Status status = stub->ResolvePlace(Internal().get(), request, &response_of);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response_of.incident_names_size(), 1);
  EXPECT_EQ(response_of.incident_names(0), "incidents/6");
  EXPECT_EQ(response_of.match().level(), v1::MATCH_LEVEL_COORDINATE);
  EXPECT_NEAR(response_of.match().plane_position().easting_m(), 605000, 0.01);
  EXPECT_EQ(response_of.resolution().version(), 1);
  ASSERT_TRUE(stub->ResolvePlace(Internal().get(), request, &response_of).ok());
  EXPECT_EQ(response_of.resolution().version(), 2) << "said once more";
  v1::ListUnresolvedPlacesResponse page;
  ASSERT_TRUE(stub->ListUnresolvedPlaces(Internal().get(), {}, &page).ok());
  EXPECT_EQ(page.places_size(), 0);
}

TEST_F(IncidentRpcs, UndoAnImportAndSayWhichPicturesAreStale) {
  PictureRecord picture;
  picture.run_id = "00112233aabbccdd";
  picture.quarter = "2026Q3";
  picture.audience = "internal";
  picture.summary_json = "{}";
  store->AddPicture(picture);
  v1::UndoImportRequest request;
  request.set_name("imports/1");
  v1::UndoImportResponse undone;
  ASSERT_TRUE(stub->UndoImport(Internal().get(), request, &undone).ok());
  ASSERT_EQ(undone.stale_pictures_size(), 1);
  EXPECT_EQ(undone.stale_pictures(0).run_id(), "00112233aabbccdd");
  EXPECT_TRUE(undone.stale_pictures(0).stale());
  v1::GetImportRequest get;
  get.set_name("imports/1");
  v1::GetImportResponse got;
  ASSERT_TRUE(stub->GetImport(Internal().get(), get, &got).ok());
  EXPECT_TRUE(got.import().undone());
  request.set_name("imports/77");
  EXPECT_EQ(stub->UndoImport(Internal().get(), request, &undone).error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(IncidentRpcs, RefuseANameThatIsNone) {
  v1::GetImportRequest request;
  v1::GetImportResponse got;
  for (const char* name : {"", "imports/", "imports/x", "jobs/1", "imports/-1", "imports/1/2"}) {
    request.set_name(name);
    EXPECT_THAT(ViolatedFields(stub->GetImport(Internal().get(), request, &got)), ElementsAre("name"))
        << name;
  }
  request.set_name("imports/77");
  EXPECT_EQ(stub->GetImport(Internal().get(), request, &got).error_code(), grpc::StatusCode::NOT_FOUND);
}

}  // namespace
}  // namespace lagesbild::service
