#include "lagesbild/v1/reporter_service.grpc.pb.h"
#include "tests/service/server_support.h"

namespace lagesbild::service {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

class ReporterRpc : public RunningServer {
 protected:
  void SetUp() override {
    RunningServer::SetUp();
    stub = v1::ReporterService::NewStub(channel);
  }
  static void Set(v1::CalendarQuarter* quarter, int year, int number) {
    quarter->set_year(year);
    quarter->set_number(number);
  }
  grpc::Status Record(v1::AnswerRecord record, const std::string& code, v1::RecordAnswersResponse* response) {
    v1::RecordAnswersRequest request;
    Set(request.mutable_quarter(), 2026, 3);
    if (!code.empty()) request.add_reporter_codes(code);
    request.set_record(record);
    return stub->RecordAnswers(Internal().get(), request, response);
  }
  std::unique_ptr<v1::ReporterService::Stub> stub;
};

TEST_F(ReporterRpc, KeepsWhatAReporterCanSee) {
  v1::PutReporterRequest request;
  v1::Reporter& reporter = *request.mutable_reporter();
  reporter.set_code("skolan");
  reporter.set_display_name("Testby skola");
  reporter.set_kind(v1::REPORTER_KIND_SCHOOL);
  reporter.add_area_codes("Testby");
  reporter.add_age_group_codes("UNGDOM");
  reporter.set_contact_role("rektor");
  reporter.set_disconnected_date("2026-12-31");
  v1::PutReporterResponse response;
  ASSERT_TRUE(stub->PutReporter(Internal().get(), request, &response).ok());
  EXPECT_THAT(response.reporter().area_codes(), ElementsAre("T1"));
  EXPECT_EQ(response.reporter().contact_role(), "rektor");

  reporter.set_contact_role("Anna Svensson, rektor");
  reporter.set_area_codes(0, "Ingenstans");
  const grpc::Status refused = stub->PutReporter(Internal().get(), request, &response);
  EXPECT_THAT(ViolatedFields(refused),
              UnorderedElementsAre("reporter.area_codes[0]", "reporter.contact_role"));
  reporter.set_disconnected_date("2026-13-01");
  EXPECT_THAT(ViolatedFields(stub->PutReporter(Internal().get(), request, &response)),
              ElementsAre("reporter.disconnected_date"));
}

TEST_F(ReporterRpc, RecordsAndTellsTheFourAnswers) {
  v1::ImportIncidentsResponse imported;
  ASSERT_TRUE(Import(PoliceHeader(), PoliceCsv(3), &imported).ok());
  v1::RecordAnswersResponse recorded;
  ASSERT_TRUE(Record(v1::ANSWER_RECORD_ASKED, "butiken", &recorded).ok());
  ASSERT_TRUE(Record(v1::ANSWER_RECORD_NOTHING_TO_REPORT, "skolan", &recorded).ok());
  EXPECT_EQ(recorded.quarter().answered_count(), 1);
  EXPECT_EQ(recorded.quarter().nothing_to_report_count(), 1);
  EXPECT_EQ(recorded.quarter().no_answer_count(), 1);
  EXPECT_EQ(recorded.quarter().not_asked_count(), 2);
  EXPECT_NEAR(recorded.quarter().response_rate().value(), 2.0 / 3, 1e-15);
  EXPECT_EQ(ReasonOf(Record(v1::ANSWER_RECORD_NOTHING_TO_REPORT, "polisen", &recorded)), "HAS_DELIVERED");
  EXPECT_THAT(ViolatedFields(Record(v1::ANSWER_RECORD_UNSPECIFIED, "polisen", &recorded)),
              ElementsAre("record"));

  v1::PutReporterAimRequest aim;
  aim.set_year(2026);
  aim.set_aim_count(7);
  v1::PutReporterAimResponse aimed;
  ASSERT_TRUE(stub->PutReporterAim(Internal().get(), aim, &aimed).ok());
  aim.set_aim_count(-1);
  EXPECT_THAT(ViolatedFields(stub->PutReporterAim(Internal().get(), aim, &aimed)), ElementsAre("aim_count"));
  v1::ListAnswersRequest list;
  Set(list.mutable_first_quarter(), 2026, 2);
  Set(list.mutable_last_quarter(), 2026, 3);
  v1::ListAnswersResponse answers;
  ASSERT_TRUE(stub->ListAnswers(Internal().get(), list, &answers).ok());
  ASSERT_EQ(answers.quarters_size(), 2);
  EXPECT_EQ(answers.quarters(0).response_rate().undefined().reason(), "NOBODY_ASKED");
  EXPECT_EQ(answers.quarters(1).aim_count(), 7);
  EXPECT_EQ(answers.quarters(1).reporters(0).reporter_code(), "bostaden");
  EXPECT_EQ(answers.quarters(1).reporters(0).answer(), v1::REPORTER_ANSWER_NOT_ASKED);
  Set(list.mutable_last_quarter(), 2026, 1);
  EXPECT_THAT(ViolatedFields(stub->ListAnswers(Internal().get(), list, &answers)),
              ElementsAre("last_quarter"));
}

TEST_F(ReporterRpc, ComparesQuartersWithoutAPercentageOnASmallBase) {
  v1::ImportIncidentsResponse imported;
  ASSERT_TRUE(Import(PoliceHeader(), PoliceCsv(3), &imported).ok());
  v1::CompareQuartersRequest request;
  Set(request.mutable_quarter(), 2026, 3);
  v1::CompareQuartersResponse response;
  ASSERT_TRUE(stub->CompareQuarters(Internal().get(), request, &response).ok());
  EXPECT_EQ(response.comparison().ratio().undefined().reason(), "NO_PANEL");
  EXPECT_THAT(response.comparison().change_text_sv(), testing::IsEmpty());
  EXPECT_THAT(response.comparison().returned_reporter_codes(), ElementsAre("polisen"));
  v1::RecordAnswersRequest nothing;
  Set(nothing.mutable_quarter(), 2026, 2);
  nothing.add_reporter_codes("polisen");
  nothing.set_record(v1::ANSWER_RECORD_NOTHING_TO_REPORT);
  v1::RecordAnswersResponse recorded;
  ASSERT_TRUE(stub->RecordAnswers(Internal().get(), nothing, &recorded).ok());
  ASSERT_TRUE(stub->CompareQuarters(Internal().get(), request, &response).ok());
  EXPECT_EQ(response.comparison().change_text_sv(), "0 till 3, osäkert");
  EXPECT_EQ(response.comparison().ratio().undefined().reason(), "NO_EARLIER_INCIDENTS");
  EXPECT_EQ(response.comparison().change_percent().too_few().minimum_count(), 10);
  Set(request.mutable_earlier_quarter(), 2026, 3);
  request.add_category_codes("NO_SUCH");
  EXPECT_THAT(ViolatedFields(stub->CompareQuarters(Internal().get(), request, &response)),
              ElementsAre("earlier_quarter", "category_codes[0]"));
}

TEST_F(ReporterRpc, TellsOthersThanItsMakersNothing) {
  for (const char* token : {kPartner, kPublic})
    for (const char* rpc : {"RecordAnswers", "ListAnswers", "CompareQuarters", "PutReporterAim"})
      EXPECT_EQ(CallAnything(std::string("/lagesbild.v1.ReporterService/") + rpc, token).error_code(),
                grpc::StatusCode::PERMISSION_DENIED)
          << rpc;
}

}  // namespace
}  // namespace lagesbild::service
