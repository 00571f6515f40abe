#include "service/status.h"

#include <gmock/gmock.h>

#include <new>

#include "geo/errors.h"
#include "maps/errors.h"
#include "service/utf8.h"
#include "tests/service/server_support.h"

namespace lagesbild::service {
namespace {

using grpc::StatusCode;
using testing::HasSubstr;
using testing::Not;

template <class Error>
grpc::Status StatusOf(const Error& error) {
  return Guarded([&] { throw error; });
}

TEST(Guarded, IsOkWhenNothingIsThrown) {
  EXPECT_TRUE(Guarded([] {}).ok());
}

TEST(Guarded, GivesEveryErrorItsStatusAndReason) {
  const struct {
    grpc::Status status;
    StatusCode code;
    std::string reason;
  } cases[] = {
      {StatusOf(InvalidRequest("a", "b")), StatusCode::INVALID_ARGUMENT, "INVALID_FIELDS"},
      {StatusOf(geo::InvalidInput("x")), StatusCode::INVALID_ARGUMENT, "INVALID_INPUT"},
      {StatusOf(geo::TooFewIncidents(3, 10)), StatusCode::FAILED_PRECONDITION, "TOO_FEW_INCIDENTS"},
      {StatusOf(NotReady("NO_DATA", "x")), StatusCode::FAILED_PRECONDITION, "NO_DATA"},
      {StatusOf(geo::Cancelled()), StatusCode::CANCELLED, "CANCELLED"},
      {StatusOf(NotFound("x")), StatusCode::NOT_FOUND, "NOT_FOUND"},
      {StatusOf(Forbidden("x")), StatusCode::PERMISSION_DENIED, "AUDIENCE_LACKS_RIGHT"},
      {StatusOf(Unauthenticated("x")), StatusCode::UNAUTHENTICATED, "NO_VALID_TOKEN"},
      {StatusOf(Exhausted("x")), StatusCode::RESOURCE_EXHAUSTED, "LIMIT_REACHED"},
      {StatusOf(std::bad_alloc()), StatusCode::RESOURCE_EXHAUSTED, "OUT_OF_MEMORY"},
      {StatusOf(StoreUnavailable("x")), StatusCode::UNAVAILABLE, "STORE_UNAVAILABLE"},
      {StatusOf(Draining()), StatusCode::UNAVAILABLE, "DRAINING"},
      {StatusOf(BeyondEnd("x")), StatusCode::OUT_OF_RANGE, "BEYOND_END"},
      {StatusOf(DataLost("x")), StatusCode::DATA_LOSS, "FILE_CHANGED"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(c.status.error_code(), c.code) << c.reason;
    EXPECT_EQ(ReasonOf(c.status), c.reason);
    EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(c.status).domain(), "lagesbild");
    EXPECT_EQ(DetailOf<google::rpc::LocalizedMessage>(c.status).locale(), "sv-SE");
    EXPECT_FALSE(DetailOf<google::rpc::LocalizedMessage>(c.status).message().empty());
  }
}

TEST(Guarded, SendsNothingOfAnUnforeseenError) {
  for (const grpc::Status& status : {StatusOf(std::runtime_error("secret")),
                                     StatusOf(maps::IoError("/var/secret", "secret")), StatusOf(42)}) {
    EXPECT_EQ(status.error_code(), StatusCode::INTERNAL);
    EXPECT_EQ(status.error_message(), "internal error; see the server log");
    EXPECT_TRUE(status.error_details().empty());
  }
}

TEST(Guarded, SendsNothingOfTheStoresOwnWords) {
  EXPECT_THAT(StatusOf(StoreUnavailable("database secret is locked")).error_message(),
              Not(HasSubstr("secret")));
}

TEST(Guarded, BlamesTheCallerForAnUploadThatCannotBeReadWithoutItsPath) {
  const grpc::Status status = Guarded(
      [] { throw maps::IoError("/srv/up/0011.gpkg", "`/srv/up/0011.gpkg' not recognized as a GeoPackage"); },
      "/srv/up");
  EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("not recognized"));
  EXPECT_THAT(status.error_message(), Not(HasSubstr("/srv")));
  EXPECT_THAT(ViolatedFields(status), testing::ElementsAre("chunk"));
}

TEST(Guarded, TellsOfTenViolationsAndHowManyMoreThereAre) {
  std::vector<FieldViolation> many(57, {"selection.category_codes", "is no known category"});
  const grpc::Status status = StatusOf(InvalidRequest(many));
  EXPECT_EQ(ViolatedFields(status).size(), 10U);
  EXPECT_THAT(status.error_message(), HasSubstr("… and 47 more"));
  EXPECT_THAT(DetailOf<google::rpc::LocalizedMessage>(status).message(), HasSubstr("och 47 till"));
}

TEST(Guarded, CutsWhatIsTooLongForTheTrailersBetweenTwoLetters) {
  std::string letters;
  for (int i = 0; i < 20000; ++i) letters += "ö";
  for (const grpc::Status& status :
       {StatusOf(InvalidRequest(letters, letters)), StatusOf(geo::InvalidInput(letters)),
        StatusOf(InvalidRequest(std::vector<FieldViolation>(30, {"field", letters})))}) {
    google::rpc::Status details;
    EXPECT_TRUE(details.ParseFromString(status.error_details()));
    EXPECT_LT(3 * status.error_message().size() + status.error_details().size() * 4 / 3, 7900U);
    EXPECT_TRUE(IsValidUtf8(status.error_message()));
  }
}

TEST(Guarded, SendsValidTextOnly) {
  const grpc::Status status = StatusOf(InvalidRequest("f\xE5lt", "v\xE4rde"));
  EXPECT_TRUE(IsValidUtf8(status.error_message()));
  EXPECT_THAT(ViolatedFields(status), testing::ElementsAre("f\xEF\xBF\xBDlt"));
}

TEST(Guarded, AsksForTheImportAgainWhenTheStoreChanged) {
  const grpc::Status status = StatusOf(StoreChanged("the store changed during the import; send it again"));
  EXPECT_EQ(status.error_code(), StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReasonOf(status), "STORE_CHANGED");
  EXPECT_THAT(status.error_message(), HasSubstr("send it again"));
}

TEST(Guarded, SendsNoPathOfTheServerInWhateverFormALibraryNamesIt) {
  for (const char* reason :
       {"`/srv/data/up/0011' not recognized", "cannot open /vsizip//srv/data/up/0011.xlsx: bad zip",
        "\"/srv/data/up/0011-journal\" is locked", "(/srv/data/up/x)"}) {
    const grpc::Status status = Guarded([&] { throw maps::IoError("/srv/up/0011.gpkg", reason); }, "/srv/up");
    EXPECT_EQ(status.error_code(), StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(status.error_message(), Not(HasSubstr("/srv"))) << reason;
    EXPECT_THAT(status.error_message(), HasSubstr("the file"));
    EXPECT_THAT(status.error_details(), Not(HasSubstr("/srv"))) << reason;
  }
}

TEST(Guarded, TellsWhenWaitingHelps) {
  EXPECT_GT(DetailOf<google::rpc::RetryInfo>(StatusOf(Draining())).retry_delay().seconds(), 0);
  EXPECT_EQ(DetailOf<google::rpc::RetryInfo>(StatusOf(NotFound("x"))).retry_delay().seconds(), 0);
}

TEST(Guarded, TellsWhatWasFoundAndTheMinimum) {
  const auto info = DetailOf<google::rpc::ErrorInfo>(StatusOf(geo::TooFewIncidents(3, 10)));
  EXPECT_EQ(info.metadata().at("found"), "3");
  EXPECT_EQ(info.metadata().at("minimum"), "10");
}

TEST(Guarded, KeepsEveryDetailTypeOnce) {
  google::rpc::Status details;
  details.ParseFromString(
      StatusOf(InvalidRequest(std::vector<FieldViolation>{{"a", "x"}, {"b", "y"}})).error_details());
  std::set<std::string> types;
  for (const auto& any : details.details()) {
    EXPECT_TRUE(types.insert(any.type_url()).second) << any.type_url();
  }
  EXPECT_EQ(types.size(), 3U);
}

}  // namespace
}  // namespace lagesbild::service
