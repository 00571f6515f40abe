#include "lagesbild/v1/picture_service.grpc.pb.h"
#include "tests/service/density_support.h"

namespace lagesbild::service {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

class DensityRpcs : public DensityServer {};

TEST_F(DensityRpcs, SendEveryGroupAtSeveralBandwidthsWithOneScale) {
  request.add_bandwidths()->set_radius_m(800);
  request.add_bandwidths()->set_standard_deviation_m(400);
  request.add_group_codes("UNGDOM");
  request.add_group_codes("ALLA");
  const Answer answer = Compute();
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  ASSERT_EQ(answer.header.bandwidths_size(), 2);
  const v1::Bandwidth& first = answer.header.bandwidths(0).bandwidth();
  EXPECT_EQ(first.asked_radius_m(), 800);
  EXPECT_EQ(first.radius_m(), 800);
  EXPECT_NEAR(first.standard_deviation_m(), 800 / std::sqrt(8), 1e-9);
  EXPECT_THAT(first.reason_sv(), HasSubstr("radie 800 m, standardavvikelse 283 m"));
  const v1::Bandwidth& second = answer.header.bandwidths(1).bandwidth();
  EXPECT_NEAR(second.asked_standard_deviation_m(), 400, 1e-9);
  EXPECT_NEAR(second.radius_m(), 400 * std::sqrt(8), 1e-9);
  EXPECT_EQ(answer.header.analysis().bandwidth().radius_m(), 800);
  EXPECT_EQ(answer.header.analysis().parameters().bandwidth_m(), 800);
  ASSERT_EQ(answer.layers.size(), 4U);
  const std::size_t cells = static_cast<std::size_t>(answer.header.grid().column_count()) *
                            static_cast<std::size_t>(answer.header.grid().row_count());
  for (const auto& [key, values] : answer.layers) EXPECT_EQ(values.size(), cells);
}

TEST_F(DensityRpcs, CheckMassAndCentroidOfEverySurface) {
  request.add_bandwidths()->set_radius_m(800);
  request.add_bandwidths()->set_radius_m(1500);
  request.mutable_place_uncertainty();
  const Answer answer = Compute();
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  ASSERT_EQ(static_cast<std::size_t>(answer.header.surfaces_size()), answer.layers.size() / 3 * 2);
  ASSERT_GT(answer.header.surfaces_size(), 4);
  for (const v1::DensitySurface& surface : answer.header.surfaces()) {
    const v1::DensityChecks& checks = surface.checks();
    EXPECT_GE(checks.incident_mass(), 10);
    EXPECT_NEAR(checks.mass_deviation().value(), 0, 1e-3);
    EXPECT_LT(checks.centroid_distance_m().value(), 10);
    EXPECT_NEAR(checks.surface_centroid().northing_m(), 6650300, 300);
    EXPECT_EQ(surface.method(), v1::DENSITY_METHOD_ROW_DIFFERENCES);
    EXPECT_LE(surface.error_bound(), 1e-9);
    double mass = 0;
    for (const double value :
         answer.Layer(surface.layer(), surface.group_code(), surface.bandwidth_index())) {
      if (!std::isnan(value)) mass += value * 0.04;
    }
    EXPECT_NEAR(mass, checks.surface_mass(), 1e-6);
  }
}

TEST_F(DensityRpcs, AreThePicturesOwnWithoutOptions) {
  const Answer answer = Compute();
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  v1::CreatePictureJobRequest picture;
  *picture.mutable_selection() = request.selection();
  *picture.mutable_parameters() = request.parameters();
  v1::CreatePictureJobResponse created;
  const auto pictures = v1::PictureService::NewStub(channel);
  ASSERT_TRUE(pictures->CreatePictureJob(Internal().get(), picture, &created).ok());
  v1::ListPicturesResponse list;
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{30};
  while (list.pictures_size() == 0 && std::chrono::steady_clock::now() < until) {
    ASSERT_TRUE(pictures->ListPictures(Internal().get(), {}, &list).ok());
  }
  ASSERT_EQ(list.pictures_size(), 1);
  EXPECT_EQ(answer.header.analysis().run_id(), list.pictures(0).run_id());
  for (const v1::GroupResult& group : answer.header.groups()) {
    if (!group.density_peak().has_value()) continue;
    double peak = 0;
    for (const double value : answer.Layer(v1::DENSITY_LAYER_PLAIN, group.group().code())) {
      if (value > peak) peak = value;
    }
    EXPECT_NEAR(peak, group.density_peak().value(), 1e-9);
  }
  request.set_binned(true);
  EXPECT_NE(Compute().header.analysis().run_id(), answer.header.analysis().run_id());
}

TEST_F(DensityRpcs, ChooseOneBandwidthForAllGroupsByARule) {
  request.add_bandwidths()->set_selector(v1::BANDWIDTH_SELECTOR_SCOTT);
  request.add_bandwidths()->set_selector(v1::BANDWIDTH_SELECTOR_LIKELIHOOD);
  const Answer answer = Compute();
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  const v1::Bandwidth& scott = answer.header.bandwidths(0).bandwidth();
  EXPECT_EQ(scott.selector(), v1::BANDWIDTH_SELECTOR_SCOTT);
  EXPECT_GT(scott.radius_m(), 200);
  EXPECT_EQ(scott.radius_m(), scott.asked_radius_m());
  EXPECT_THAT(scott.reason_sv(), HasSubstr("Scotts regel ur 60 händelser på"));
  EXPECT_THAT(scott.reason_en(), HasSubstr("Scott's rule from 60 incidents"));
  EXPECT_EQ(answer.header.analysis().parameters().bandwidth_m(), scott.radius_m());
}

TEST_F(DensityRpcs, SayWhatWasAskedAndUsedWhereARuleGivesLessThanACell) {
  request.mutable_parameters()->set_density_cell_size_m(2500);
  request.add_bandwidths()->set_selector(v1::BANDWIDTH_SELECTOR_SCOTT);
  const Answer answer = Compute();
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  const v1::Bandwidth& bandwidth = answer.header.bandwidths(0).bandwidth();
  EXPECT_LT(bandwidth.asked_radius_m(), 2500);
  EXPECT_EQ(bandwidth.radius_m(), 2500);
  EXPECT_THAT(bandwidth.reason_sv(), HasSubstr("Höjd till rutans sida"));
  EXPECT_THAT(bandwidth.reason_en(), HasSubstr("Raised to the side of a cell"));
}

TEST_F(DensityRpcs, GiveEachIncidentABandwidthOfItsOwn) {
  request.mutable_adaptive()->set_trim(1.1);
  request.mutable_parameters()->set_bandwidth_m(800);
  const Answer answer = Compute();
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  const v1::AdaptiveSpan& span = answer.header.bandwidths(0).adaptive();
  EXPECT_EQ(span.incident_count(), 60);
  EXPECT_GT(span.trimmed_incident_count(), 0);
  EXPECT_LT(span.smallest_radius_m(), 800);
  EXPECT_NEAR(span.largest_radius_m(), 880, 1e-6);
  EXPECT_NEAR(span.largest_standard_deviation_m(), 880 / std::sqrt(8), 1e-6);
  EXPECT_NEAR(span.pilot_standard_deviation_m(), 800 / std::sqrt(8), 1e-6);
  for (const v1::DensitySurface& surface : answer.header.surfaces()) {
    EXPECT_NEAR(surface.checks().mass_deviation().value(), 0, 0.01);
  }
}

TEST_F(DensityRpcs, SpreadIncidentsOverTheirAccuracyAndSendTheDifference) {
  request.mutable_place_uncertainty()->set_spread(v1::PLACE_SPREAD_DISC);
  request.add_group_codes("UNGDOM");
  const Answer answer = Compute();
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  const auto& plain = answer.Layer(v1::DENSITY_LAYER_PLAIN);
  const auto& spread = answer.Layer(v1::DENSITY_LAYER_SPREAD);
  const auto& difference = answer.Layer(v1::DENSITY_LAYER_DIFFERENCE);
  double most = 0;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (std::isnan(plain[i])) continue;
    ASSERT_EQ(difference[i], spread[i] - plain[i]);
    most = std::max(most, std::abs(difference[i]));
  }
  EXPECT_GT(most, 0);
  EXPECT_EQ(answer.header.coarsely_spread_count(), 0);
}

TEST_F(DensityRpcs, SendBandsAndTheShareOfResamplesAmongTheTop) {
  request.add_group_codes("UNGDOM");
  request.mutable_bootstrap()->set_resample_count(30);
  request.mutable_bootstrap()->set_seed(7);
  const Answer answer = Compute();
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  const auto& lower = answer.Layer(v1::DENSITY_LAYER_LOWER);
  const auto& upper = answer.Layer(v1::DENSITY_LAYER_UPPER);
  const auto& share = answer.Layer(v1::DENSITY_LAYER_SHARE_IN_TOP);
  double most = 0;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if (std::isnan(lower[i])) continue;
    ASSERT_LE(lower[i], upper[i]);
    ASSERT_GE(share[i], 0);
    most = std::max(most, share[i]);
  }
  EXPECT_EQ(most, 1);
  const Answer again = Compute();
  EXPECT_EQ(share.size(), again.Layer(v1::DENSITY_LAYER_SHARE_IN_TOP).size());
  EXPECT_EQ(again.header.analysis().run_id(), answer.header.analysis().run_id());
  request.mutable_bootstrap()->set_seed(8);
  const Answer other = Compute();
  EXPECT_NE(other.header.analysis().run_id(), answer.header.analysis().run_id());
  int same = 0, different = 0;
  for (std::size_t i = 0; i < share.size(); ++i) {
    if (std::isnan(share[i])) continue;
    ASSERT_EQ(share[i], again.Layer(v1::DENSITY_LAYER_SHARE_IN_TOP)[i]);
    (share[i] == other.Layer(v1::DENSITY_LAYER_SHARE_IN_TOP)[i] ? same : different) += 1;
  }
  EXPECT_GT(different, 0);
}

TEST_F(DensityRpcs, NameTheApproximationAndItsBoundWhenItWasAskedFor) {
  request.add_group_codes("UNGDOM");
  const std::vector<double> exact = Compute().Layer(v1::DENSITY_LAYER_PLAIN);
  request.set_binned(true);
  const Answer answer = Compute();
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  ASSERT_EQ(answer.header.surfaces_size(), 1);
  EXPECT_EQ(answer.header.surfaces(0).method(), v1::DENSITY_METHOD_BINNED_FFT);
  const double bound = answer.header.surfaces(0).error_bound();
  EXPECT_GT(bound, 1e-9);
  const auto& binned = answer.Layer(v1::DENSITY_LAYER_PLAIN);
  double peak = 0, most = 0;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    if (std::isnan(exact[i])) continue;
    peak = std::max(peak, exact[i]);
    most = std::max(most, std::abs(exact[i] - binned[i]));
  }
  EXPECT_GT(most, 0);
  EXPECT_LE(most, bound * peak);
}

TEST_F(DensityRpcs, TellTheDensityAtPlacesAskedFor) {
  request.add_group_codes("UNGDOM");
  request.add_bandwidths()->set_radius_m(800);
  request.add_bandwidths()->set_radius_m(1600);
  const auto add = [&](double easting, double northing) {
    request.add_locations()->set_easting_m(easting);
    request.mutable_locations(request.locations_size() - 1)->set_northing_m(northing);
  };
  add(605100, 6650300);  // the center of a cell
  add(599999, 6650300);  // outside
  const Answer answer = Compute();
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  ASSERT_EQ(answer.at_locations.size(), 2U);
  const v1::SquareGrid& grid = answer.header.grid();
  const auto cell = static_cast<std::size_t>((6650300 - grid.south_west().northing_m()) / 200) *
                        static_cast<std::size_t>(grid.column_count()) +
                    static_cast<std::size_t>((605100 - grid.south_west().easting_m()) / 200);
  for (int i = 0; i < 2; ++i) {
    const v1::DensityAtLocations& told = answer.at_locations[static_cast<std::size_t>(i)];
    EXPECT_EQ(told.bandwidth_index(), i);
    ASSERT_EQ(told.per_km2_size(), 2);
    EXPECT_GT(told.per_km2(0).value(), 0);
    EXPECT_NEAR(told.per_km2(0).value(), answer.Layer(v1::DENSITY_LAYER_PLAIN, "UNGDOM", i)[cell], 1e-9);
    EXPECT_EQ(told.per_km2(1).undefined().reason(), "OUTSIDE_STUDY_AREA");
  }
  request.mutable_adaptive();
  const Answer adaptive = Compute();
  ASSERT_EQ(adaptive.at_locations.size(), 2U);
  EXPECT_NEAR(adaptive.at_locations[0].per_km2(0).value(),
              adaptive.Layer(v1::DENSITY_LAYER_PLAIN, "UNGDOM", 0)[cell], 1e-9);
  add(NAN, 0);
  EXPECT_THAT(ViolatedFields(Compute().status), ElementsAre("locations[2]"));
}

TEST_F(DensityRpcs, CorrectAtTheBorderAsAsked) {
  for (const auto edge :
       {v1::EDGE_CORRECTION_NONE, v1::EDGE_CORRECTION_UNIFORM, v1::EDGE_CORRECTION_DIGGLE}) {
    request.mutable_parameters()->set_edge_correction(edge);
    const Answer answer = Compute();
    ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
    EXPECT_EQ(answer.header.analysis().parameters().edge_correction(), edge);
    EXPECT_NEAR(answer.header.surfaces(0).checks().mass_deviation().value(), 0, 0.01);
  }
}

TEST_F(DensityRpcs, SendLargeRastersInPartsWithProgressBefore) {
  request.mutable_parameters()->set_density_cell_size_m(25);
  request.add_group_codes("UNGDOM");
  request.set_send_progress(true);
  request.mutable_place_uncertainty();
  const Answer answer = Compute();
  ASSERT_TRUE(answer.status.ok()) << answer.status.error_message();
  EXPECT_EQ(answer.Layer(v1::DENSITY_LAYER_PLAIN).size(), 801U * 801U);
  EXPECT_GT(answer.messages, 3 * 800 * 800 * 8 / (256 << 10));
  EXPECT_LT(answer.largest_message, 300U << 10);
  ASSERT_THAT(answer.progress, Not(SizeIs(0)));
  EXPECT_THAT(answer.progress, SizeIs(testing::Le(101)));
  for (std::size_t i = 1; i < answer.progress.size(); ++i) {
    EXPECT_GT(answer.progress[i].fraction(), answer.progress[i - 1].fraction());
    EXPECT_THAT(answer.progress[i].stage(), Not(testing::IsEmpty()));
  }
  EXPECT_EQ(answer.progress.back().fraction(), 1);
}

TEST_F(DensityRpcs, LetNoOtherAudienceSeeRawNumbers) {
  v1::SelectBandwidthRequest select;
  SetQuarter(select);
  v1::ComputeRelativeRiskRequest risk;
  SetQuarter(risk);
  risk.mutable_groups()->set_case_group_code("UNGDOM");
  const std::vector<std::pair<std::string, std::string>> calls = {
      {"ComputeDensity", request.SerializeAsString()},
      {"SelectBandwidth", select.SerializeAsString()},
      {"ComputeRelativeRisk", risk.SerializeAsString()}};
  for (const char* token : {kPartner, kPublic}) {
    for (const auto& [rpc, bytes] : calls) {
      std::string response;
      const grpc::Status status =
          CallAnything("/lagesbild.v1.AnalysisService/" + rpc, token, bytes, &response);
      EXPECT_EQ(status.error_code(), grpc::StatusCode::PERMISSION_DENIED) << rpc;
      EXPECT_EQ(ReasonOf(status), "AUDIENCE_LACKS_RIGHT") << rpc;
      EXPECT_EQ(response, "") << rpc;
    }
  }
}

class BandwidthRpc : public DensityServer {
 protected:
  void SetUp() override {
    DensityServer::SetUp();
    SetQuarter(select);
  }
  grpc::Status Select() { return stub->SelectBandwidth(Internal().get(), select, &response); }
  v1::SelectBandwidthRequest select;
  v1::SelectBandwidthResponse response;
};

TEST_F(BandwidthRpc, TellsWhatEveryRuleSaysAndWhy) {
  const grpc::Status status = Select();
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_THAT(response.run_id(), SizeIs(16));
  EXPECT_EQ(response.group_code(), "ALLA");
  ASSERT_EQ(response.bandwidths_size(), 6);
  for (const v1::SelectedBandwidth& selected : response.bandwidths()) {
    SCOPED_TRACE(v1::BandwidthSelector_Name(selected.selector()));
    ASSERT_FALSE(selected.has_absent());
    EXPECT_EQ(selected.incident_count(), 60);
    EXPECT_LE(selected.position_count(), kAddresses);
    EXPECT_NEAR(selected.bandwidth().radius_m(), selected.bandwidth().standard_deviation_m() * std::sqrt(8),
                1e-6);
    EXPECT_EQ(selected.bandwidth().selector(), selected.selector());
    EXPECT_THAT(selected.bandwidth().reason_sv(), HasSubstr("60 händelser"));
    const bool searches = selected.selector() == v1::BANDWIDTH_SELECTOR_LEAST_SQUARES ||
                          selected.selector() == v1::BANDWIDTH_SELECTOR_LIKELIHOOD ||
                          selected.selector() == v1::BANDWIDTH_SELECTOR_DIGGLE;
    EXPECT_EQ(selected.curve_size() > 10, searches);
    for (int i = 1; i < selected.curve_size(); ++i) {
      EXPECT_GT(selected.curve(i).standard_deviation_m(), selected.curve(i - 1).standard_deviation_m());
      EXPECT_NE(selected.curve(i).objective().kind_case(), v1::Statistic::KIND_NOT_SET);
    }
    EXPECT_EQ(selected.maximized(), selected.selector() == v1::BANDWIDTH_SELECTOR_LIKELIHOOD);
    EXPECT_EQ(selected.sensitivity_size(), 0);
  }
  EXPECT_TRUE(response.bandwidths(0).has_easting_standard_deviation_m());
}

TEST_F(BandwidthRpc, ComparesHalfToTwiceTheBandwidth) {
  select.add_selectors(v1::BANDWIDTH_SELECTOR_SCOTT);
  select.set_with_sensitivity(true);
  const grpc::Status status = Select();
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.bandwidths_size(), 1);
  const auto& runs = response.bandwidths(0).sensitivity();
  ASSERT_EQ(runs.size(), 5);
  EXPECT_EQ(runs[0].factor(), 0.5);
  EXPECT_GT(runs[0].peak_per_km2(), runs[4].peak_per_km2());
  EXPECT_EQ(runs[2].top_cells_kept(), 1);
  EXPECT_GT(runs[0].peak_place().northing_m(), 6640000);
  EXPECT_EQ(response.grid().cell_size_m(), 200);
}

TEST_F(BandwidthRpc, TakesSeveralQuarters) {
  select.mutable_selection()->mutable_first_quarter()->set_year(2025);
  select.mutable_selection()->mutable_last_quarter()->set_year(2026);
  select.mutable_selection()->mutable_last_quarter()->set_number(3);
  select.add_selectors(v1::BANDWIDTH_SELECTOR_SCOTT);
  const grpc::Status status = Select();
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.bandwidths(0).incident_count(), 100);
}

TEST_F(BandwidthRpc, SaysTooFewInPlaceOfABandwidth) {
  select.set_group_code("BARN");
  const grpc::Status status = Select();
  ASSERT_TRUE(status.ok()) << status.error_message();
  for (const v1::SelectedBandwidth& selected : response.bandwidths()) {
    EXPECT_FALSE(selected.has_bandwidth());
    EXPECT_EQ(selected.absent().too_few().found_count(), 0);
    EXPECT_GE(selected.absent().too_few().minimum_count(), 2);
  }
}

TEST_F(BandwidthRpc, RefusesWhatIsWrongAtOnce) {
  select.set_group_code("ELEFANTER");
  select.add_selectors(static_cast<v1::BandwidthSelector>(99));
  select.set_curve_point_count(2);
  select.set_search_from_standard_deviation_m(500);
  select.set_search_to_standard_deviation_m(400);
  select.set_top_share(0.9);
  const grpc::Status status = Select();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(ViolatedFields(status),
              testing::UnorderedElementsAre("group_code", "selectors[0]", "curve_point_count",
                                            "search_to_standard_deviation_m", "top_share"));
}

}  // namespace
}  // namespace lagesbild::service
