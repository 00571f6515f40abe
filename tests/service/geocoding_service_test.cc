#include "lagesbild/v1/geocoding_service.grpc.pb.h"
#include "lagesbild/v1/register_service.grpc.pb.h"
#include "lagesbild/v1/reporter_service.grpc.pb.h"
#include "tests/service/server_support.h"

namespace lagesbild::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class GeocodeRpc : public RunningServer {
 protected:
  grpc::Status Geocode(const v1::PlaceQuery& query) {
    v1::GeocodeRequest request;
    *request.mutable_query() = query;
    return v1::GeocodingService::NewStub(channel)->Geocode(Internal().get(), request, &response);
  }
  grpc::Status At3006(double easting_m, double northing_m) {
    v1::PlaceQuery query;
    query.mutable_position()->set_epsg_code(3006);
    query.mutable_position()->mutable_point()->set_easting_m(easting_m);
    query.mutable_position()->mutable_point()->set_northing_m(northing_m);
    return Geocode(query);
  }
  v1::GeocodeResponse response;
};

TEST_F(GeocodeRpc, FindsAnAddressInBothCoordinateSystems) {
  v1::PlaceQuery query;
  query.set_address("Storgatan 3, Testby");
  ASSERT_TRUE(Geocode(query).ok());
  EXPECT_EQ(response.match().plane_position().easting_m(), 604600);
  EXPECT_EQ(response.match().epsg_code(), 3006);
  EXPECT_NEAR(response.match().position().lat(), 59.88, 0.1);
  EXPECT_NEAR(response.match().position().lon(), 16.87, 0.1);
  EXPECT_TRUE(response.match().inside_boundary());
}

TEST_F(GeocodeRpc, SaysWhyAPlaceIsNotFound) {
  v1::PlaceQuery query;
  query.set_address("Storgatan 99");
  ASSERT_TRUE(Geocode(query).ok());
  EXPECT_EQ(response.match().level(), v1::MATCH_LEVEL_NONE);
  EXPECT_EQ(response.match().unplaced_reason(), v1::UNPLACED_REASON_NUMBER_NOT_FOUND);
  EXPECT_FALSE(response.match().has_position());
}

TEST_F(GeocodeRpc, TakesMetersOfTheStatedSystem) {
  ASSERT_TRUE(At3006(604600, 6650000).ok());
  EXPECT_EQ(response.match().level(), v1::MATCH_LEVEL_COORDINATE);
  EXPECT_NEAR(response.match().plane_position().northing_m(), 6650000, 0.001);
}

TEST_F(GeocodeRpc, RefusesDegreesThatAreStatedAsMeters) {
  const grpc::Status status = At3006(16.87, 59.94);
  EXPECT_THAT(ViolatedFields(status), ElementsAre("query.position.point"));
  EXPECT_THAT(status.error_message(), HasSubstr("looks like degrees"));
  EXPECT_THAT(status.error_message(), testing::Not(HasSubstr("16.87")));
}

TEST_F(GeocodeRpc, SuggestsSwappedAxesAndDoesNotSwapThem) {
  const grpc::Status status = At3006(6650000, 604600);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("look swapped"));
}

TEST_F(GeocodeRpc, AnswersAStreamInOrderAndGoesOnAfterAWrongQuery) {
  const auto stub = v1::GeocodingService::NewStub(channel);
  const auto context = Internal();
  const auto stream = stub->StreamGeocode(context.get());
  for (int message = 0; message < 5; ++message) {
    v1::StreamGeocodeRequest request;
    request.add_queries()->set_address("Storgatan 3, Testby");
    request.add_queries();  // names nothing
    request.add_queries()->set_address("Okändvägen 7");
    ASSERT_TRUE(stream->Write(request));
    v1::StreamGeocodeResponse answer;
    ASSERT_TRUE(stream->Read(&answer));
    ASSERT_EQ(answer.results_size(), 3);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(answer.results(i).index(), 3 * message + i);
    EXPECT_EQ(answer.results(0).match().plane_position().easting_m(), 604600);
    EXPECT_THAT(answer.results(1).error().violations(0),
                HasSubstr("queries[" + std::to_string(3 * message + 1) + "]"));
    EXPECT_EQ(answer.results(2).match().level(), v1::MATCH_LEVEL_NONE);
  }
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(GeocodeRpc, RefusesAStreamMessageWithoutQueries) {
  const auto stub = v1::GeocodingService::NewStub(channel);
  const auto context = Internal();
  const auto stream = stub->StreamGeocode(context.get());
  stream->Write({});
  stream->WritesDone();
  v1::StreamGeocodeResponse answer;
  EXPECT_FALSE(stream->Read(&answer));
  EXPECT_THAT(ViolatedFields(stream->Finish()), ElementsAre("queries"));
}

TEST_F(GeocodeRpc, FindsTheNearestAddressAndNoneInTheForest) {
  const auto stub = v1::GeocodingService::NewStub(channel);
  v1::ReverseGeocodeRequest request;
  v1::ReverseGeocodeResponse nearest;
  request.mutable_position()->set_epsg_code(3006);
  request.mutable_position()->mutable_point()->set_easting_m(604603);
  request.mutable_position()->mutable_point()->set_northing_m(6650004);
  ASSERT_TRUE(stub->ReverseGeocode(Internal().get(), request, &nearest).ok());
  EXPECT_THAT(nearest.nearest().label(), testing::StartsWith("Storgatan 3"));
  EXPECT_NEAR(nearest.nearest().distance_m(), 5, 0.01);
  EXPECT_EQ(nearest.locality(), "Testby");
  EXPECT_TRUE(nearest.inside_boundary());
  request.mutable_position()->mutable_point()->set_northing_m(6655000);
  ASSERT_TRUE(stub->ReverseGeocode(Internal().get(), request, &nearest).ok());
  EXPECT_FALSE(nearest.has_nearest());
  request.set_max_distance_m(-1);
  EXPECT_THAT(ViolatedFields(stub->ReverseGeocode(Internal().get(), request, &nearest)),
              ElementsAre("max_distance_m"));
  EXPECT_THAT(ViolatedFields(stub->ReverseGeocode(Internal().get(), {}, &nearest)), ElementsAre("position"));
}

TEST_F(GeocodeRpc, SuggestsWhatATextMayBecome) {
  const auto stub = v1::GeocodingService::NewStub(channel);
  v1::SuggestPlacesRequest request;
  v1::SuggestPlacesResponse suggested;
  request.set_text("Storg");
  ASSERT_TRUE(stub->SuggestPlaces(Internal().get(), request, &suggested).ok());
  ASSERT_GE(suggested.suggestions_size(), 1);
  EXPECT_THAT(suggested.suggestions(0).label(), testing::StartsWith("Storgatan"));
  EXPECT_THAT(ViolatedFields(stub->SuggestPlaces(Internal().get(), {}, &suggested)), ElementsAre("text"));
  request.set_max_suggestions(21);
  EXPECT_THAT(ViolatedFields(stub->SuggestPlaces(Internal().get(), request, &suggested)),
              ElementsAre("max_suggestions"));
}

TEST_F(GeocodeRpc, RefusesWhatIsNoPlace) {
  v1::PlaceQuery query;
  EXPECT_THAT(ViolatedFields(Geocode(query)), ElementsAre("query.address"));
  query.set_address(std::string(1001, 'x'));
  query.set_locality(std::string(201, 'x'));
  query.set_postcode(std::string(17, '1'));
  EXPECT_THAT(ViolatedFields(Geocode(query)),
              UnorderedElementsAre("query.address", "query.locality", "query.postcode"));
  EXPECT_THAT(ViolatedFields(At3006(std::nan(""), 6650000)), ElementsAre("query.position.point"));
  v1::PlaceQuery both;
  both.set_address("Storgatan 1");
  both.mutable_position()->set_epsg_code(0);
  both.mutable_position()->mutable_point()->set_easting_m(604600);
  EXPECT_THAT(ViolatedFields(Geocode(both)),
              UnorderedElementsAre("query.position", "query.position.epsg_code"));
}

TEST_F(GeocodeRpc, NamesTheWrongQueryOfABatch) {
  v1::BatchGeocodeRequest request;
  request.add_queries()->set_address("Storgatan 1");
  request.add_queries();
  v1::BatchGeocodeResponse batch;
  const auto stub = v1::GeocodingService::NewStub(channel);
  EXPECT_THAT(ViolatedFields(stub->BatchGeocode(Internal().get(), request, &batch)),
              ElementsAre("queries[1].address"));
  request.mutable_queries(1)->set_address("Testby skola");
  ASSERT_TRUE(stub->BatchGeocode(Internal().get(), request, &batch).ok());
  EXPECT_EQ(batch.matches(1).level(), v1::MATCH_LEVEL_POI);
  for (int i = 0; i < 1000; ++i) {
    request.add_queries()->set_address("Storgatan 1");
  }
  EXPECT_THAT(ViolatedFields(stub->BatchGeocode(Internal().get(), request, &batch)), ElementsAre("queries"));
}

class RegisterRpcs : public RunningServer {};

TEST_F(RegisterRpcs, TellWhatTheMunicipalityIsMadeOf) {
  v1::GetMunicipalityResponse response;
  ASSERT_TRUE(v1::RegisterService::NewStub(channel)->GetMunicipality(Internal().get(), {}, &response).ok());
  EXPECT_EQ(response.municipality().code(), "0331");
  EXPECT_TRUE(response.municipality().synthetic());
  EXPECT_EQ(response.municipality().address_count(), 9);
  EXPECT_EQ(response.municipality().inhabitant_count(), 9 * 4 * 3);
  EXPECT_NEAR(response.municipality().area_km2(), 400, 1e-6);
  EXPECT_EQ(response.municipality().districts(1).name(), "Öster");
  EXPECT_EQ(response.age_scheme().groups(1).code(), "UNGDOM");
  EXPECT_EQ(response.categories(0).code(), "VANDALISM");
}

TEST_F(RegisterRpcs, ListTheCurrentVersions) {
  v1::ListRegistersResponse response;
  ASSERT_TRUE(v1::RegisterService::NewStub(channel)->ListRegisters(Internal().get(), {}, &response).ok());
  EXPECT_EQ(response.versions_size(), 3);
}

TEST_F(RegisterRpcs, WarnInSwedishOfAddressesOlderThanAYear) {
  RegisterVersion old = Version("old");
  old.dated_on = "2020-01-31";
  store->PutAddresses(old, geo::Epsg{3006}, TestAddresses());
  v1::ListRegistersResponse response;
  ASSERT_TRUE(v1::RegisterService::NewStub(channel)->ListRegisters(Internal().get(), {}, &response).ok());
  int warned = 0;
  for (const v1::RegisterVersion& version : response.versions())
    if (version.kind() == v1::REGISTER_KIND_ADDRESSES) {
      ++warned;
      EXPECT_EQ(version.content_date(), "2020-01-31");
      EXPECT_THAT(version.age_warning_sv(), testing::HasSubstr("2020-01-31"));
    }
  EXPECT_EQ(warned, 1);
}

TEST_F(RegisterRpcs, RefuseAnUnknownKindAndAFileThatIsNone) {
  const auto stub = v1::RegisterService::NewStub(channel);
  for (const auto& [kind, field] :
       {std::pair{v1::REGISTER_KIND_UNSPECIFIED, "header.kind"}, {v1::REGISTER_KIND_ADDRESSES, "chunk"}}) {
    const auto context = Internal();
    v1::ImportRegisterResponse response;
    const auto writer = stub->ImportRegister(context.get(), &response);
    v1::ImportRegisterRequest message;
    message.mutable_header()->set_kind(kind);
    message.mutable_header()->set_file_name("adresser.gpkg");
    writer->Write(message);
    message.set_chunk("no GeoPackage at all");
    writer->Write(message);
    writer->WritesDone();
    const grpc::Status status = writer->Finish();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << status.error_message();
    EXPECT_THAT(ViolatedFields(status), ElementsAre(field));
    EXPECT_THAT(status.error_message(), testing::Not(HasSubstr(folder.path().string())));
  }
}

TEST_F(RegisterRpcs, TakeAnAliasTableInAPartAndTellWhatIsTheMatter) {
  const auto stub = v1::RegisterService::NewStub(channel);
  v1::ImportRegisterResponse response;
  const auto context = Internal();
  const auto writer = stub->ImportRegister(context.get(), &response);
  v1::ImportRegisterRequest message;
  message.mutable_header()->set_kind(v1::REGISTER_KIND_PLACES);
  message.mutable_header()->set_file_name("alias.csv");
  message.mutable_header()->set_part("alias");
  writer->Write(message);
  const geo::PlanePoint at = TestAddresses().front().position;
  message.set_chunk("namn;ost;nord;kalla\nPåhittskiosken;" + std::to_string(at.easting.value()) + ";" +
                    std::to_string(at.northing.value()) + ";kommunen\n;1;2;\n");
  writer->Write(message);
  writer->WritesDone();
  const grpc::Status status = writer->Finish();
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.version().kind(), v1::REGISTER_KIND_PLACES);
  EXPECT_EQ(response.version().part(), "alias");
  EXPECT_EQ(response.version().attribution(), "kommunen");
  EXPECT_EQ(response.version().accepted_count(), 1);
  ASSERT_EQ(response.findings_size(), 1);
  EXPECT_FALSE(response.findings(0).kept());
  EXPECT_EQ(response.findings(0).reason_sv(), "namnet saknas");
  EXPECT_THAT(response.findings(0).first_rows(), ElementsAre(3));
  EXPECT_EQ(response.difference().added_count(), 1);
  v1::GetMunicipalityResponse municipality;
  ASSERT_TRUE(stub->GetMunicipality(Internal().get(), {}, &municipality).ok());
  EXPECT_THAT(municipality.municipality().attributions(), testing::Contains("kommunen"));
  v1::GeocodeRequest query;
  query.mutable_query()->set_address("Påhittskiosken");
  v1::GeocodeResponse found;
  ASSERT_TRUE(v1::GeocodingService::NewStub(channel)->Geocode(Internal().get(), query, &found).ok());
  EXPECT_EQ(found.match().level(), v1::MATCH_LEVEL_POI);
}

class ReporterRpcs : public RunningServer {
 protected:
  std::unique_ptr<v1::ReporterService::Stub> Stub() { return v1::ReporterService::NewStub(channel); }
};

TEST_F(ReporterRpcs, KeepAReporterAsItWasPut) {
  v1::PutReporterRequest request;
  request.mutable_reporter()->set_code("bibliotek");
  request.mutable_reporter()->set_display_name("Biblioteket");
  request.mutable_reporter()->set_kind(v1::REPORTER_KIND_MUNICIPALITY);
  request.mutable_reporter()->set_onboarded_date("2026-02-28");
  v1::PutReporterResponse response;
  ASSERT_TRUE(Stub()->PutReporter(Internal().get(), request, &response).ok());
  v1::ListReportersResponse list;
  ASSERT_TRUE(Stub()->ListReporters(Internal().get(), {}, &list).ok());
  EXPECT_EQ(list.reporters(0).code(), "bibliotek");
  EXPECT_EQ(list.reporters(0).kind(), v1::REPORTER_KIND_MUNICIPALITY);
  EXPECT_EQ(list.reporters(0).onboarded_date(), "2026-02-28");
}

TEST_F(ReporterRpcs, RefuseEveryWrongField) {
  v1::PutReporterRequest request;
  request.mutable_reporter()->set_code("Två Ord");
  request.mutable_reporter()->set_kind(static_cast<v1::ReporterKind>(50));
  request.mutable_reporter()->set_onboarded_date("2026-02-30");
  request.mutable_reporter()->set_home_locality(std::string(300, 'x'));
  v1::PutReporterResponse response;
  EXPECT_THAT(ViolatedFields(Stub()->PutReporter(Internal().get(), request, &response)),
              UnorderedElementsAre("reporter.code", "reporter.display_name", "reporter.kind",
                                   "reporter.onboarded_date", "reporter.home_locality"));
}

TEST_F(ReporterRpcs, ComePageByPageInTheOrderOfTheirCodes) {
  v1::ListReportersRequest request;
  request.set_page_size(2);
  std::vector<std::string> codes;
  do {
    v1::ListReportersResponse page;
    ASSERT_TRUE(Stub()->ListReporters(Internal().get(), request, &page).ok());
    for (const v1::Reporter& reporter : page.reporters()) {
      codes.push_back(reporter.code());
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(codes, ElementsAre("bostaden", "butiken", "foreningen", "polisen", "skolan"));
}

}  // namespace
}  // namespace lagesbild::service
