#include <limits>
#include <thread>

#include "tests/service/density_support.h"

namespace lagesbild::service {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

/// What the service refuses, and how soon it stops.
class DensityLimits : public DensityServer {
 protected:
  void SetUp() override {
    DensityServer::SetUp();
    v1::ComputeDensityRequest small = request;
    std::swap(small, request);
    ASSERT_TRUE(Compute().status.ok());  // the registers are loaded once, at the first call
  }
  /// Refused, in the best of three tries in under 50 ms: the machine may be busy with other things.
  grpc::Status RefusedAtOnce() {
    grpc::Status status;
    auto fastest = std::chrono::milliseconds::max();
    for (int i = 0; i < 3; ++i) {
      const auto [refusal, took] = Refusal();
      status = refusal;
      fastest = std::min(fastest, took);
    }
    EXPECT_LT(fastest, std::chrono::milliseconds{50});
    return status;
  }
};

TEST_F(DensityLimits, RefuseABandwidthUnderTheCellSize) {
  request.add_bandwidths()->set_radius_m(199);
  request.add_bandwidths()->set_standard_deviation_m(70);
  const grpc::Status status = RefusedAtOnce();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(ViolatedFields(status),
              ElementsAre("bandwidths[0].radius_m", "bandwidths[1].standard_deviation_m"));
  EXPECT_THAT(status.error_message(), AllOf(HasSubstr("is 199 m; must be 200 to 5000 m"),
                                            HasSubstr("is 70 m, a radius of 197.99 m")));
  request.clear_bandwidths();
  request.mutable_parameters()->set_bandwidth_m(199);
  EXPECT_THAT(ViolatedFields(RefusedAtOnce()), ElementsAre("parameters.bandwidth_m"));
}

TEST_F(DensityLimits, SayHowWideABandwidthMayBe) {
  request.mutable_parameters()->set_density_cell_size_m(10);
  request.mutable_parameters()->set_bandwidth_m(5001);
  EXPECT_THAT(RefusedAtOnce().error_message(), HasSubstr("must be 10 to 5000 m"));
  request.mutable_parameters()->set_bandwidth_m(0);
  for (int i = 0; i < 9; ++i) request.add_bandwidths()->set_radius_m(1000 + i);
  const grpc::Status status = RefusedAtOnce();
  EXPECT_THAT(ViolatedFields(status), ElementsAre("bandwidths"));
  EXPECT_THAT(status.error_message(), HasSubstr("has 9 bandwidths; must be at most 8"));
}

TEST_F(DensityLimits, SayWhatMemoryAllows) {
  request.mutable_parameters()->set_density_cell_size_m(10);
  for (int i = 0; i < 8; ++i) request.add_bandwidths()->set_radius_m(1000 + i);
  const grpc::Status status = RefusedAtOnce();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(ViolatedFields(status), ElementsAre("parameters.density_cell_size_m"));
  EXPECT_THAT(status.error_message(), AllOf(HasSubstr("4004001 cells"), HasSubstr("at most 512 MiB"),
                                            HasSubstr("m or more, or fewer groups, bandwidths")));
}

TEST_F(DensityLimits, AllowWhatTheRefusalSays) {
  request.mutable_parameters()->set_density_cell_size_m(20);
  request.mutable_bootstrap()->set_resample_count(2000);
  request.add_group_codes("UNGDOM");
  const std::string message = RefusedAtOnce().error_message();
  const auto at = message.find("cells of about ");
  ASSERT_NE(at, std::string::npos) << message;
  request.mutable_parameters()->set_density_cell_size_m(std::stod(message.substr(at + 15)) + 1);
  request.mutable_parameters()->set_bandwidth_m(1000);
  const auto context = Internal();
  const auto reader = stub->ComputeDensity(context.get(), request);
  std::this_thread::sleep_for(std::chrono::milliseconds{100});
  context->TryCancel();
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED) << "it was refused or done";
}

TEST_F(DensityLimits, RefuseAPlaneThatTheBinnedMethodCannotHold) {
  request.set_binned(true);
  request.mutable_parameters()->set_density_cell_size_m(20);
  request.mutable_parameters()->set_kernel(v1::KERNEL_GAUSSIAN);
  request.mutable_parameters()->set_bandwidth_m(5000);
  const grpc::Status status = RefusedAtOnce();
  EXPECT_THAT(ViolatedFields(status), ElementsAre("binned"));
  EXPECT_THAT(status.error_message(), HasSubstr("25 million cells; at most 20"));
}

TEST_F(DensityLimits, RefuseMoreCellsThanAllowed) {
  request.mutable_parameters()->set_density_cell_size_m(1);
  EXPECT_THAT(RefusedAtOnce().error_message(), HasSubstr("must be 10 to 10000 m"));
}

TEST_F(DensityLimits, TellOfEveryWrongOptionAtOnce) {
  request.mutable_parameters()->set_bandwidth_m(1000);
  request.add_bandwidths()->set_radius_m(std::numeric_limits<double>::quiet_NaN());
  request.add_bandwidths()->set_standard_deviation_m(-1);
  request.add_bandwidths()->set_selector(v1::BANDWIDTH_SELECTOR_UNSPECIFIED);
  request.mutable_adaptive()->set_trim(1);
  request.mutable_adaptive()->set_pilot_standard_deviation_m(1e9);
  request.mutable_place_uncertainty()->set_spread(static_cast<v1::PlaceSpread>(9));
  const grpc::Status status = RefusedAtOnce();
  EXPECT_THAT(
      ViolatedFields(status),
      UnorderedElementsAre("parameters.bandwidth_m", "bandwidths[0].radius_m",
                           "bandwidths[1].standard_deviation_m", "bandwidths[2].selector", "adaptive.trim",
                           "adaptive.pilot_standard_deviation_m", "place_uncertainty.spread"));
}

TEST_F(DensityLimits, RefuseAWrongBootstrap) {
  request.mutable_bootstrap()->set_resample_count(9);
  request.mutable_bootstrap()->set_level(1);
  request.mutable_bootstrap()->set_top_share(-1);
  request.mutable_bootstrap()->set_seed(-1);
  EXPECT_THAT(ViolatedFields(RefusedAtOnce()),
              UnorderedElementsAre("bootstrap.resample_count", "bootstrap.level", "bootstrap.top_share",
                                   "bootstrap.seed"));
}

TEST_F(DensityLimits, RefuseWhatDoesNotGoTogether) {
  request.mutable_adaptive();
  request.set_binned(true);
  request.mutable_parameters()->set_edge_correction(v1::EDGE_CORRECTION_UNIFORM);
  EXPECT_THAT(ViolatedFields(RefusedAtOnce()), ElementsAre("adaptive", "adaptive"));
  request.clear_adaptive();
  request.mutable_parameters()->set_kernel(v1::KERNEL_GAUSSIAN);
  request.add_bandwidths()->set_radius_m(500);
  const grpc::Status status = RefusedAtOnce();
  EXPECT_THAT(ViolatedFields(status), ElementsAre("bandwidths[0].radius_m"));
  EXPECT_THAT(status.error_message(), HasSubstr("the Gaussian has no radius"));
}

/// Milliseconds from the client's cancelling to the line in the log that says that the call has ended.
class DensityCancellation : public DensityServer {
 protected:
  int EndedLines(const std::string& rpc, const std::string& status = "CANCELLED\"") {
    const std::string log = ReadBytes(folder / "log");
    const std::string line = rpc + "\",\"status\":\"" + status;
    int found = 0;
    for (auto at = log.find(line); at != std::string::npos; at = log.find(line, at + 1)) ++found;
    return found;
  }
  template <class Begin>
  double FastestStop(const std::string& rpc, Begin&& begin) {
    double fastest = 1e9;
    for (int i = 0; i < 5; ++i) {
      const int before = EndedLines(rpc);
      const auto context = Internal();
      const auto reader = begin(context.get());
      std::this_thread::sleep_for(std::chrono::milliseconds{150 + 100 * i});
      EXPECT_EQ(EndedLines(rpc, ""), before) << "the call ended by itself";
      const auto asked = std::chrono::steady_clock::now();
      context->TryCancel();
      const auto until = asked + std::chrono::seconds{10};
      while (EndedLines(rpc) == before && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
      }
      const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - asked;
      EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
      fastest = std::min(fastest, took.count());
    }
    return fastest;
  }
};

TEST_F(DensityCancellation, StopsABootstrapWithin50Ms) {
  request.mutable_parameters()->set_density_cell_size_m(50);
  request.mutable_bootstrap()->set_resample_count(600);
  EXPECT_LT(FastestStop("ComputeDensity",
                        [&](grpc::ClientContext* context) { return stub->ComputeDensity(context, request); }),
            50);
}

TEST_F(DensityCancellation, StopsWithin50MsWhileItSendsProgress) {
  request.mutable_parameters()->set_density_cell_size_m(25);
  request.mutable_parameters()->set_kernel(v1::KERNEL_GAUSSIAN);
  request.add_bandwidths()->set_standard_deviation_m(5000);
  request.mutable_place_uncertainty();
  request.set_send_progress(true);
  EXPECT_LT(FastestStop("ComputeDensity",
                        [&](grpc::ClientContext* context) { return stub->ComputeDensity(context, request); }),
            50);
}

TEST_F(DensityCancellation, StopsRedrawnLabelsWithin50Ms) {
  v1::ComputeRelativeRiskRequest risk;
  SetQuarter(risk);
  risk.mutable_parameters()->set_density_cell_size_m(50);
  risk.mutable_parameters()->set_permutation_count(9999);
  risk.mutable_groups()->set_case_group_code("UNGDOM");
  risk.set_monte_carlo(true);
  EXPECT_LT(
      FastestStop("ComputeRelativeRisk",
                  [&](grpc::ClientContext* context) { return stub->ComputeRelativeRisk(context, risk); }),
      50);
}

}  // namespace
}  // namespace lagesbild::service
