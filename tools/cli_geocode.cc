#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "lagesbild/v1/geocoding_service.grpc.pb.h"
#include "lagesbild/v1/incident_service.grpc.pb.h"
#include "tools/cli.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

struct GeocodeOptions {
  std::string text, locality, postcode;
};

std::string LevelWord(v1::MatchLevel level) {
  return OptionWord(v1::MatchLevel_Name(level).substr(std::string("MATCH_LEVEL_").size()));
}

std::string ReasonWord(v1::UnplacedReason reason) {
  return OptionWord(v1::UnplacedReason_Name(reason).substr(std::string("UNPLACED_REASON_").size()));
}

void PrintMatch(Session& session, const v1::GeocodeMatch& match) {
  if (match.level() == v1::MATCH_LEVEL_NONE) {
    std::printf("%s: %s\n", session.Say("Inte placerad", "Not placed"),
                ReasonWord(match.unplaced_reason()).c_str());
    for (const std::string& candidate : match.candidates()) {
      std::printf("  %s\n", candidate.c_str());
    }
    return;
  }
  std::printf("%s\n  %s  ±%.0f m%s\n  lon %.6f, lat %.6f\n  EPSG:%d E %.1f, N %.1f\n",
              match.matched().c_str(), LevelWord(match.level()).c_str(), match.accuracy_radius_m(),
              match.inside_boundary() ? "" : session.Say("  utanför kommungränsen", "  outside the boundary"),
              match.position().lon(), match.position().lat(), match.epsg_code(),
              match.plane_position().easting_m(), match.plane_position().northing_m());
}

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

void Review(Session& session) {
  const auto stub = session.Stub<v1::IncidentService>();
  v1::ListUnresolvedPlacesResponse all;
  v1::ListUnresolvedPlacesRequest request;
  do {
    const auto context = session.Context();
    v1::ListUnresolvedPlacesResponse page;
    session.Check(stub->ListUnresolvedPlaces(context.get(), request, &page));
    request.set_page_token(page.next_page_token());
    all.MergeFrom(page);
  } while (!request.page_token().empty());
  all.clear_next_page_token();
  if (session.json()) {
    session.PrintJson(all);
    return;
  }
  if (all.places_size() == 0) {
    std::printf("%s\n", session.Say("Inga platser att reda ut.", "No places to resolve."));
    return;
  }
  TextTable table({session.Say("händelse", "incident"), session.Say("orsak", "reason"),
                   session.Say("raderas", "deleted on"), session.Say("ort", "locality"),
                   session.Say("plats", "place")});
  for (const v1::UnresolvedPlace& place : all.places()) {
    table.Add({place.incident_name(), ReasonWord(place.reason()), place.expire_date(), place.locality(),
               place.text()});
  }
  table.Print();
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

void AddReviewCommand(CLI::App& app, CommandLine& line) {
  CLI::App* command =
      app.add_subcommand("review",
                         "Lists places that could not be resolved; internal, kept 90 days at most\n"
                         "Example: lagesbild --store l.db review");
  command->callback([&line] { line.run = [](Session& session) { Review(session); }; });
}

}  // namespace lagesbild::tools
