// Streams of queries: order, readers that stand still or leave, and what is never written down.

#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "lagesbild/v1/geocoding_service.grpc.pb.h"
#include "lagesbild/v1/incident_service.grpc.pb.h"
#include "service/limits.h"
#include "tests/service/server_support.h"

namespace lagesbild::service {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The condition within a minute.
template <class Condition>
bool Eventually(Condition&& condition) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes{1};
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  return true;
}

double ResidentMegabytes() {
  long pages = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

v1::StreamGeocodeRequest FullRequest() {
  v1::StreamGeocodeRequest request;
  for (int i = 0; i < limits::kStreamBatch; ++i)
    request.add_queries()->set_address("Storgatan " + std::to_string(1 + i % 9) + ", Testby");
  return request;
}

class GeocodeStream : public RunningServer {
 protected:
  std::string LogText() const { return ReadBytes(config.log_file); }
  bool LogTells(const std::string& status) {
    return Eventually([&] {
      const std::string log = LogText();
      const std::size_t at = log.find("StreamGeocode");
      return at != std::string::npos && log.find(status, at) != std::string::npos;
    });
  }
};

TEST_F(GeocodeStream, AnswersInOrderWhileQueriesKeepComing) {
  const auto stub = v1::GeocodingService::NewStub(channel);
  const auto context = Internal();
  const auto stream = stub->StreamGeocode(context.get());
  constexpr int kMessages = 200;
  std::thread writer([&] {
    for (int message = 0; message < kMessages; ++message) {
      v1::StreamGeocodeRequest request;
      for (int i = 0; i <= message % 7; ++i)
        request.add_queries()->set_address("Storgatan " + std::to_string(1 + (message + i) % 9));
      stream->Write(request);
    }
    stream->WritesDone();
  });
  std::int64_t next = 0;
  int messages = 0;
  v1::StreamGeocodeResponse answer;
  while (stream->Read(&answer)) {
    ASSERT_EQ(answer.results_size(), 1 + messages % 7);
    for (int i = 0; i < answer.results_size(); ++i) {
      EXPECT_EQ(answer.results(i).index(), next++);
      EXPECT_EQ(answer.results(i).match().plane_position().easting_m(),
                604000 + 200 * (1 + (messages + i) % 9));
    }
    ++messages;
  }
  writer.join();
  EXPECT_EQ(messages, kMessages);
  EXPECT_TRUE(stream->Finish().ok());
}

TEST_F(GeocodeStream, HoldsQueriesBackFromAReaderThatStandsStill) {
  const auto stub = v1::GeocodingService::NewStub(channel);
  const auto context = Internal();
  const auto stream = stub->StreamGeocode(context.get());
  const v1::StreamGeocodeRequest request = FullRequest();
  constexpr int kMost = 100'000;
  std::atomic<int> written{0};
  std::thread writer([&] {
    while (written < kMost && stream->Write(request)) ++written;
  });
  const double before_mb = ResidentMegabytes();
  int last = -1;
  const bool held = Eventually([&] {  // nothing more is taken for half a second
    const int now = written;
    const bool same = now == last;
    last = now;
    std::this_thread::sleep_for(std::chrono::milliseconds{500});
    return same && now > 0;
  });
  EXPECT_TRUE(held);
  EXPECT_LT(written, kMost / 2) << "what nobody reads must not be taken in without end";
  // Address sanitizing keeps what was freed for a while, and a shadow of it.
#ifdef __SANITIZE_ADDRESS__
  constexpr int kMostMegabytes = 400;
#else
  constexpr int kMostMegabytes = 100;
#endif
  EXPECT_LT(ResidentMegabytes() - before_mb, kMostMegabytes) << "client and server together";
  RecordProperty("messages_held", written.load());
  // Reading again lets it go on where it stood.
  v1::StreamGeocodeResponse answer;
  const int stood = written;
  std::int64_t next = 0;
  for (int i = 0; i < stood; ++i) {
    ASSERT_TRUE(stream->Read(&answer));
    ASSERT_EQ(answer.results(0).index(), next);
    next += answer.results_size();
  }
  EXPECT_TRUE(Eventually([&] { return written > stood; }));
  context->TryCancel();
  writer.join();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  EXPECT_TRUE(LogTells("CANCELLED"));
}

TEST_F(GeocodeStream, EndsSoonAfterItsClientLeaves) {
  const auto stub = v1::GeocodingService::NewStub(channel);
  auto context = Internal();
  auto stream = stub->StreamGeocode(context.get());
  v1::StreamGeocodeRequest request;
  request.add_queries()->set_address("Storgatan 3");
  ASSERT_TRUE(stream->Write(request));
  v1::StreamGeocodeResponse answer;
  ASSERT_TRUE(stream->Read(&answer));
  const auto left = std::chrono::steady_clock::now();
  context->TryCancel();
  EXPECT_FALSE(stream->Read(&answer));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  ASSERT_TRUE(LogTells("CANCELLED")) << "the handler must not wait for a client that is gone";
  EXPECT_LT(std::chrono::steady_clock::now() - left, std::chrono::seconds{5});
  // The server answers others as before.
  EXPECT_TRUE(stub->StreamGeocode(Internal().get()) != nullptr);
}

TEST_F(GeocodeStream, IsNotOpenToOthersThanTheInternalAudience) {
  const auto stub = v1::GeocodingService::NewStub(channel);
  const auto context = As(kPartner);
  const auto stream = stub->StreamGeocode(context.get());
  v1::StreamGeocodeResponse answer;
  EXPECT_FALSE(stream->Read(&answer));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::PERMISSION_DENIED);
}

constexpr const char* kCanary = "Kanariegränd";

class GeocodingCanary : public GeocodeStream {
 protected:
  /// What a client sees of a refusal, all of it.
  void Keep(const grpc::Status& status) { told += status.error_message() + status.error_details(); }
  static std::string Text() { return std::string(kCanary) + " 7, c/o Canary Kanarsson, lgh 1102"; }
  std::string told;
};

TEST_F(GeocodingCanary, StandsInNoLogAndNoErrorOfAnyGeocodingRpc) {
  const auto stub = v1::GeocodingService::NewStub(channel);
  const std::string too_long = Text() + std::string(2000, 'x'), broken = Text() + "\xC3\x28\x01";
  for (const std::string& text : {Text(), too_long}) {
    v1::GeocodeRequest one;
    v1::GeocodeResponse match;
    one.mutable_query()->set_address(text);
    Keep(stub->Geocode(Internal().get(), one, &match));
    Keep(stub->Geocode(As(kPartner).get(), one, &match));
    v1::BatchGeocodeRequest many;
    v1::BatchGeocodeResponse matches;
    many.add_queries()->set_address(text);
    many.add_queries()->set_locality(text);
    Keep(stub->BatchGeocode(Internal().get(), many, &matches));
    const auto context = Internal();
    const auto stream = stub->StreamGeocode(context.get());
    v1::StreamGeocodeRequest piece;
    piece.add_queries()->set_address(text);
    piece.add_queries()->set_postcode(text);
    stream->Write(piece);
    v1::StreamGeocodeResponse answer;
    if (stream->Read(&answer))
      for (const v1::StreamGeocodeResult& result : answer.results()) told += result.error().DebugString();
    stream->Write({});  // ends the stream with an error
    stream->WritesDone();
    while (stream->Read(&answer)) {
    }
    Keep(stream->Finish());
    v1::SuggestPlacesRequest typed;
    v1::SuggestPlacesResponse suggested;
    typed.set_text(text.substr(0, text.size() > 1000 ? text.size() : 60));
    Keep(stub->SuggestPlaces(Internal().get(), typed, &suggested));
    v1::ReverseGeocodeRequest reverse;
    v1::ReverseGeocodeResponse nearest;
    reverse.mutable_position()->set_epsg_code(3006);
    reverse.mutable_position()->mutable_point()->set_easting_m(604603.123456);
    Keep(stub->ReverseGeocode(Internal().get(), reverse, &nearest));
  }
  // Bytes that are no message at all.
  for (const char* rpc : {"Geocode", "BatchGeocode", "SuggestPlaces", "ReverseGeocode"})
    Keep(CallAnything(std::string("/lagesbild.v1.GeocodingService/") + rpc, kInternal, broken));
  EXPECT_THAT(LogText(), HasSubstr("StreamGeocode"));
  for (const std::string& written : {LogText(), told}) {
    EXPECT_THAT(written, Not(HasSubstr("anarie")));
    EXPECT_THAT(written, Not(HasSubstr("anarsson")));
    EXPECT_THAT(written, Not(HasSubstr("lgh")));
    EXPECT_THAT(written, Not(HasSubstr("604603.12")));
  }
}

TEST_F(GeocodingCanary, StandsInNoLogAndNoErrorOfReviewing) {
  const std::string csv =
      "Ärende;Datum;Händelse;Gata;Ålder\nK1;2026-07-01;Skadegörelse;bakom Kanarieladan;14\n";
  v1::ImportIncidentsResponse imported;
  ASSERT_TRUE(Import(PoliceHeader(), csv, &imported).ok());
  const auto stub = v1::IncidentService::NewStub(channel);
  v1::ListUnresolvedPlacesResponse waiting;
  ASSERT_TRUE(stub->ListUnresolvedPlaces(Internal().get(), {}, &waiting).ok());
  ASSERT_EQ(waiting.places_size(), 1);
  EXPECT_THAT(waiting.places(0).text(), HasSubstr("Kanarieladan")) << "the analyst must see it";
  v1::ResolvePlaceRequest resolve;
  v1::ResolvePlaceResponse resolved;
  resolve.set_incident_name(waiting.places(0).incident_name());
  resolve.mutable_place()->set_address(Text());
  Keep(stub->ResolvePlace(Internal().get(), resolve, &resolved));
  resolve.mutable_place()->set_address("Storgatan 5, Testby");
  resolve.set_note("Kanarsson, 070-123 45 67");
  Keep(stub->ResolvePlace(Internal().get(), resolve, &resolved));
  resolve.set_note(std::string(300, 'x') + "Kanarsson");
  Keep(stub->ResolvePlace(Internal().get(), resolve, &resolved));
  resolve.set_candidate_number(7);
  resolve.clear_note();
  Keep(stub->ResolvePlace(Internal().get(), resolve, &resolved));
  resolve.mutable_place()->set_address("Storgatan 5, Testby");
  resolve.set_note("kiosken heter så");
  ASSERT_TRUE(stub->ResolvePlace(Internal().get(), resolve, &resolved).ok());
  v1::ListResolutionsResponse history;
  ASSERT_TRUE(stub->ListResolutions(Internal().get(), {}, &history).ok());
  EXPECT_EQ(history.resolutions(0).register_standing(), v1::REGISTER_STANDING_SAME);
  v1::GetGeocodingReportResponse report;
  ASSERT_TRUE(stub->GetGeocodingReport(Internal().get(), {}, &report).ok());
  EXPECT_EQ(report.stale_resolution_count(), 0);
  v1::UndoResolutionRequest undo;
  v1::UndoResolutionResponse undone;
  undo.set_name("resolutions/" + std::string(kCanary));
  Keep(stub->UndoResolution(Internal().get(), undo, &undone));
  undo.set_name(history.resolutions(0).name());
  ASSERT_TRUE(stub->UndoResolution(Internal().get(), undo, &undone).ok());
  for (const std::string& written : {LogText(), told}) {
    EXPECT_THAT(written, Not(HasSubstr("anarie")));
    EXPECT_THAT(written, Not(HasSubstr("anarsson")));
    EXPECT_THAT(written, Not(HasSubstr("070-123")));
    EXPECT_THAT(written, Not(HasSubstr("kiosken")));
  }
}

TEST_F(GeocodeStream, PutsPositionsOfSeveralSystemsIntoTheMunicipalitys) {
  const auto stub = v1::GeocodingService::NewStub(channel);
  const auto context = Internal();
  const auto stream = stub->StreamGeocode(context.get());
  v1::StreamGeocodeRequest request;
  for (int i = 0; i < 40; ++i) {
    v1::StatedPosition& position = *request.add_queries()->mutable_position();
    position.set_epsg_code(i % 2 == 0 ? 3006 : 3010);  // Heby town in both (geocoding.md, section 8)
    position.mutable_point()->set_easting_m(i % 2 == 0 ? 604054 : 170248);
    position.mutable_point()->set_northing_m(i % 2 == 0 ? 6645981 : 6647232);
  }
  ASSERT_TRUE(stream->Write(request));
  stream->WritesDone();
  v1::StreamGeocodeResponse answer;
  ASSERT_TRUE(stream->Read(&answer));
  ASSERT_EQ(answer.results_size(), 40);
  for (const v1::StreamGeocodeResult& result : answer.results()) {
    EXPECT_NEAR(result.match().plane_position().easting_m(), 604054, 1);
    EXPECT_NEAR(result.match().plane_position().northing_m(), 6645981, 1);
  }
  EXPECT_TRUE(stream->Finish().ok());
}

}  // namespace
}  // namespace lagesbild::service
