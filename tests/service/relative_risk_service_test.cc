#include "tests/service/density_support.h"

namespace lagesbild::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class RelativeRiskRpc : public DensityServer {
 protected:
  void SetUp() override {
    DensityServer::SetUp();
    SetQuarter(risk);
    risk.mutable_groups()->set_case_group_code("UNGDOM");
  }
  struct RiskAnswer {
    grpc::Status status;
    v1::RelativeRiskHeader header;
    std::vector<double> log_ratio, p_upper, p_monte_carlo;  ///< NaN where there is none
    int outside = 0, too_few = 0;
    std::vector<v1::ToleranceContour> contours;
    std::size_t largest_message = 0;
  };
  RiskAnswer ComputeRisk() {
    const auto context = Internal();
    const auto reader = stub->ComputeRelativeRisk(context.get(), risk);
    RiskAnswer answer;
    for (v1::ComputeRelativeRiskResponse message; reader->Read(&message);) {
      answer.largest_message = std::max(answer.largest_message, message.ByteSizeLong());
      if (message.has_header()) answer.header = message.header();
      for (const v1::RelativeRiskRun& run : message.runs().runs()) Take(run, answer);
      for (const auto& contour : message.contours().contours()) answer.contours.push_back(contour);
    }
    answer.status = reader->Finish();
    return answer;
  }
  static void Take(const v1::RelativeRiskRun& run, RiskAnswer& answer) {
    EXPECT_EQ(static_cast<std::size_t>(run.row() * answer.header.grid().column_count() + run.first_column()),
              answer.log_ratio.size());
    if (run.has_absent()) {
      const std::string& reason = run.absent().undefined().reason();
      EXPECT_TRUE(reason == "OUTSIDE_STUDY_AREA" || reason == "TOO_FEW_NEARBY") << reason;
      (reason == "TOO_FEW_NEARBY" ? answer.too_few : answer.outside) += run.column_count();
    }
    for (int i = 0; i < run.column_count(); ++i) {
      const bool value = run.has_values();
      answer.log_ratio.push_back(value ? run.values().log_ratio(i) : NAN);
      answer.p_upper.push_back(value ? run.values().p_upper(i) : NAN);
      if (run.values().p_monte_carlo_size() > 0)
        answer.p_monte_carlo.push_back(run.values().p_monte_carlo(i));
    }
  }
  v1::ComputeRelativeRiskRequest risk;
};

TEST_F(RelativeRiskRpc, ComparesAGroupWithEveryoneElse) {
  const RiskAnswer answer = ComputeRisk();
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  EXPECT_EQ(answer.header.case_count(), 30);
  EXPECT_EQ(answer.header.control_count(), 30);
  EXPECT_EQ(answer.header.parameters().kernel(), v1::KERNEL_GAUSSIAN);
  EXPECT_EQ(answer.header.bandwidth().standard_deviation_m(), 1000);
  EXPECT_FALSE(answer.header.bandwidth().has_radius_m());
  EXPECT_NEAR(answer.header.case_integral(), 1, 0.05);
  EXPECT_EQ(answer.log_ratio.size(), static_cast<std::size_t>(answer.header.grid().column_count()) *
                                         static_cast<std::size_t>(answer.header.grid().row_count()));
  EXPECT_EQ(answer.too_few, answer.header.too_few_nearby_cell_count());
  EXPECT_GT(answer.too_few, 0);
  int above = 0, below = 0;
  for (std::size_t i = 0; i < answer.log_ratio.size(); ++i) {
    if (std::isnan(answer.log_ratio[i])) continue;
    above += answer.log_ratio[i] > 0;
    below += answer.log_ratio[i] < 0;
    EXPECT_EQ(answer.log_ratio[i] > 0, answer.p_upper[i] < 0.5);
  }
  EXPECT_GT(above, 0);
  EXPECT_GT(below, 0);
  EXPECT_TRUE(answer.p_monte_carlo.empty());
  EXPECT_LT(answer.largest_message, 300U << 10);
}

TEST_F(RelativeRiskRpc, DrawsContoursWhereTheTailsAreAskedFor) {
  risk.add_contour_p(0.4);
  risk.set_monte_carlo(true);
  risk.mutable_parameters()->set_permutation_count(199);
  const RiskAnswer answer = ComputeRisk();
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  EXPECT_EQ(answer.header.permutation_count(), 199);
  ASSERT_FALSE(answer.p_monte_carlo.empty());
  for (const double p : answer.p_monte_carlo) {
    EXPECT_GE(p, 1 / 200.0);
    EXPECT_LE(p, 1);
  }
  bool asymptotic = false, monte_carlo = false;
  for (const v1::ToleranceContour& contour : answer.contours) {
    EXPECT_EQ(contour.p_upper(), 0.4);
    EXPECT_GE(contour.points_size(), 1);
    (contour.monte_carlo() ? monte_carlo : asymptotic) = true;
  }
  EXPECT_TRUE(asymptotic && monte_carlo);
  const RiskAnswer again = ComputeRisk();
  EXPECT_EQ(again.p_monte_carlo, answer.p_monte_carlo);
  EXPECT_EQ(again.header.run_id(), answer.header.run_id());
}

TEST_F(RelativeRiskRpc, ComparesAQuarterWithTheSameOneTheYearBefore) {
  risk.mutable_quarter_before();
  risk.mutable_bandwidth()->set_selector(v1::BANDWIDTH_SELECTOR_SCOTT);
  const RiskAnswer answer = ComputeRisk();
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  EXPECT_EQ(answer.header.case_count(), 60);
  EXPECT_EQ(answer.header.control_count(), 40);
  EXPECT_EQ(answer.header.control_quarter().year(), 2025);
  EXPECT_EQ(answer.header.control_quarter().number(), 3);
  EXPECT_THAT(answer.header.bandwidth().reason_sv(), HasSubstr("100 händelser"));
}

TEST_F(RelativeRiskRpc, SmoothsByThePilotOfBothGroups) {
  risk.set_smoothing(v1::RISK_SMOOTHING_ADAPTIVE_SYMMETRIC);
  risk.mutable_adaptive()->set_trim(2);
  risk.mutable_parameters()->set_density_cell_size_m(500);
  const RiskAnswer fixed = ComputeRisk();
  ASSERT_TRUE(fixed.status.ok()) << fixed.status.error_message();
  EXPECT_EQ(fixed.header.case_count(), 30);
}

TEST_F(RelativeRiskRpc, SaysTooFewOrThatNothingIsKnown) {
  risk.mutable_groups()->set_case_group_code("BARN");
  const grpc::Status few = ComputeRisk().status;
  EXPECT_EQ(few.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ReasonOf(few), "TOO_FEW_INCIDENTS");
  risk.mutable_quarter_before();
  risk.mutable_selection()->mutable_first_quarter()->set_year(2025);
  EXPECT_EQ(ReasonOf(ComputeRisk().status), "NO_DATA");
}

TEST_F(RelativeRiskRpc, RefusesWhatIsWrong) {
  risk.mutable_groups()->set_control_group_code("UNGDOM");
  risk.mutable_parameters()->set_kernel(v1::KERNEL_QUARTIC);
  risk.set_smoothing(v1::RISK_SMOOTHING_ADAPTIVE_ASYMMETRIC);
  risk.set_monte_carlo(true);
  risk.set_minimum_pooled_share(2);
  risk.add_contour_p(0);
  EXPECT_THAT(ViolatedFields(ComputeRisk().status),
              testing::UnorderedElementsAre("groups.control_group_code", "parameters.kernel", "smoothing",
                                            "minimum_pooled_share", "contour_p[0]"));
  risk.Clear();
  SetQuarter(risk);
  risk.mutable_bandwidth()->set_standard_deviation_m(100);
  EXPECT_THAT(ViolatedFields(ComputeRisk().status),
              ElementsAre("bandwidth.standard_deviation_m", "comparison"));
}

TEST_F(RelativeRiskRpc, RefusesMoreRedrawsThanItCanSum) {
  risk.mutable_parameters()->set_density_cell_size_m(15);
  risk.mutable_parameters()->set_permutation_count(9999);
  risk.set_monte_carlo(true);
  const grpc::Status status = ComputeRisk().status;
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(status.error_message(), HasSubstr("at most 2e+11"));
  EXPECT_THAT(DetailOf<google::rpc::LocalizedMessage>(status).message(), HasSubstr("välj större rutor"));
}

}  // namespace
}  // namespace lagesbild::service
