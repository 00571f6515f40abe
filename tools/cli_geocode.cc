#include <CLI/CLI.hpp>
#include <memory>

#include "lagesbild/v1/geocoding_service.grpc.pb.h"
#include "tools/cli.h"
#include "tools/cli_match.h"
#include "tools/cli_session.h"

namespace lagesbild::tools {
namespace {

struct GeocodeOptions {
  std::string text, locality, postcode;
};

void Geocode(Session& session, const GeocodeOptions& options) {
  v1::GeocodeRequest request;
  request.mutable_query()->set_address(options.text);
  request.mutable_query()->set_locality(options.locality);
  request.mutable_query()->set_postcode(options.postcode);
  const auto stub = session.Stub<v1::GeocodingService>();
  const auto context = session.Context();
  v1::GeocodeResponse response;
  session.Check(stub->Geocode(context.get(), request, &response));
  session.json() ? session.PrintJson(response) : PrintMatch(session, response.match());
}

}  // namespace

void AddGeocodeCommand(CLI::App& app, CommandLine& line) {
  const auto options = std::make_shared<GeocodeOptions>();
  CLI::App* command = app.add_subcommand("geocode",
                                         "Finds a place in the municipality's registers\n"
                                         "Example: lagesbild --store l.db geocode \"Storgatan 12 B, Heby\"");
  command->add_option("TEXT", options->text, "Address or name of a place")->required();
  command->add_option("--locality", options->locality, "Locality as context");
  command->add_option("--postcode", options->postcode, "Five digits");
  command->callback(
      [&line, options] { line.run = [options](Session& session) { Geocode(session, *options); }; });
}

}  // namespace lagesbild::tools
