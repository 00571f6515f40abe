#include <CLI/CLI.hpp>
#include <memory>

#include "lagesbild/v1/geocoding_service.grpc.pb.h"
#include "tools/cli.h"
#include "tools/cli_geocode_file.h"
#include "tools/cli_match.h"
#include "tools/cli_session.h"

namespace lagesbild::tools {
namespace {

struct GeocodeOptions {
  std::string text, locality, postcode;
  GeocodeFileOptions file;
};

void Geocode(Session& session, const GeocodeOptions& options) {
  if (options.file.any()) {
    if (!options.text.empty()) throw BadInput("geocode takes a text or --in with --register, not both");
    return GeocodeFile(session, options.file);
  }
  if (options.text.empty()) throw BadInput("geocode needs a text, or --register, --in, --column and --out");
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
  CLI::App* command =
      app.add_subcommand("geocode",
                         "Finds a place in the municipality's registers, or those of a file\n"
                         "Example: lagesbild --store l.db geocode \"Storgatan 12 B, Heby\"\n"
                         "Example: lagesbild geocode --register adresser.gpkg --in fragor.csv "
                         "--column plats --out svar.csv");
  command->add_option("TEXT", options->text, "Address or name of a place");
  command->add_option("--locality", options->locality, "Locality as context");
  command->add_option("--postcode", options->postcode, "Five digits");
  AddGeocodeFileOptions(*command, options->file);
  command->callback(
      [&line, options] { line.run = [options](Session& session) { Geocode(session, *options); }; });
}

}  // namespace lagesbild::tools
