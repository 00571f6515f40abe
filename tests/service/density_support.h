#pragma once

#include <cmath>
#include <map>
#include <tuple>

#include "lagesbild/v1/analysis_service.grpc.pb.h"
#include "tests/service/server_support.h"

namespace lagesbild::service {

/// A server with 60 incidents of the third quarter of 2026 and 40 of the year before, of victims of 14 and 30
/// in turn, at 20 addresses of two streets.
class DensityServer : public RunningServer {
 protected:
  static constexpr int kAddresses = 20;

  void Prepare() override {
    std::vector<geo::Address> addresses;
    std::vector<Store::PopulationEntry> population;
    for (int i = 1; i <= kAddresses; ++i) {
      geo::Address address = TestAddresses().front();
      address.id = "A" + std::to_string(i);
      address.number = i;
      address.position = At(604000 + 217 * i, 6650000 + 130 * (i % 5));
      address.accuracy_radius = geo::Meters{i % 4 == 0 ? 200.0 : 10.0};
      addresses.push_back(address);
      for (const int age : {14, 30}) population.push_back({address.id, age, 5});
    }
    store->PutAddresses(Version("density"), geo::Epsg{3006}, addresses);
    store->PutPopulation(Version("density"), population);
  }
  void SetUp() override {
    RunningServer::SetUp();
    std::string csv = "Ärende;Datum;Händelse;Gata;Ålder\n";
    for (int i = 0; i < 100; ++i) {
      char line[96];
      std::snprintf(line, sizeof line, "K%d;%d-%02d-%02d;Skadegörelse;Storgatan %d;%d\n", i,
                    i < 60 ? 2026 : 2025, 7 + i % 3, 1 + i % 28,
                    1 + (i % 2 == 0 ? i / 2 * 5 % 14 : i * 3 % kAddresses), i % 2 == 0 ? 14 : 30);
      csv += line;
    }
    v1::ImportIncidentsResponse response;
    const grpc::Status status = Import(PoliceHeader(), csv, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
    ASSERT_EQ(response.import().incidents().placed_count(), 100);
    stub = v1::AnalysisService::NewStub(channel);
    SetQuarter(request);
  }

  template <class Request>
  static void SetQuarter(Request& filled, int year = 2026) {
    filled.mutable_selection()->mutable_first_quarter()->set_year(year);
    filled.mutable_selection()->mutable_first_quarter()->set_number(3);
    filled.mutable_parameters()->set_permutation_count(99);
    filled.mutable_parameters()->set_density_cell_size_m(200);
  }

  /// Everything that a call of ComputeDensity sent.
  struct Answer {
    grpc::Status status;
    std::vector<v1::AnalysisProgress> progress;
    v1::DensityHeader header;
    std::vector<v1::DensityAtLocations> at_locations;
    /// By bandwidth, group and layer: the values, NaN where there is none.
    std::map<std::tuple<int, std::string, v1::DensityLayer>, std::vector<double>> layers;
    std::size_t largest_message = 0;
    int messages = 0;

    const std::vector<double>& Layer(v1::DensityLayer layer, const std::string& group = "UNGDOM",
                                     int bandwidth = 0) const {
      return layers.at({bandwidth, group, layer});
    }
  };
  Answer Compute() {
    const auto context = Internal();
    const auto reader = stub->ComputeDensity(context.get(), request);
    Answer answer;
    for (v1::ComputeDensityResponse message; reader->Read(&message); ++answer.messages) {
      answer.largest_message = std::max(answer.largest_message, message.ByteSizeLong());
      if (message.has_progress()) {
        EXPECT_FALSE(answer.header.has_analysis()) << "progress comes before the header";
        answer.progress.push_back(message.progress());
      } else if (message.has_header()) {
        answer.header = message.header();
      } else if (message.has_at_locations()) {
        answer.at_locations.push_back(message.at_locations());
      } else {
        Take(message.runs(), answer);
      }
    }
    answer.status = reader->Finish();
    return answer;
  }
  static void Take(const v1::DensityRuns& runs, Answer& answer) {
    auto& values = answer.layers[{runs.bandwidth_index(), runs.group_code(), runs.layer()}];
    for (const v1::DensityRun& run : runs.runs()) {
      EXPECT_EQ(
          static_cast<std::size_t>(run.row() * answer.header.grid().column_count() + run.first_column()),
          values.size());
      const auto& numbers =
          runs.layer() == v1::DENSITY_LAYER_SHARE_IN_TOP ? run.values().share() : run.values().per_km2();
      EXPECT_EQ(numbers.size(), run.has_values() ? run.column_count() : 0);
      values.insert(values.end(), numbers.begin(), numbers.end());
      if (run.has_absent()) {
        values.insert(values.end(), static_cast<std::size_t>(run.column_count()), NAN);
      }
    }
  }
  /// The status alone, and how long it took.
  std::pair<grpc::Status, std::chrono::milliseconds> Refusal() {
    const auto begin = std::chrono::steady_clock::now();
    const Answer answer = Compute();
    EXPECT_EQ(answer.messages, 0);
    return {answer.status,
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin)};
  }

  std::unique_ptr<v1::AnalysisService::Stub> stub;
  v1::ComputeDensityRequest request;
};

}  // namespace lagesbild::service
