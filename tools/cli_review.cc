#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "lagesbild/v1/incident_service.grpc.pb.h"
#include "tools/cli.h"
#include "tools/cli_match.h"
#include "tools/cli_paging.h"
#include "tools/cli_session.h"
#include "tools/cli_text.h"

namespace lagesbild::tools {
namespace {

void List(Session& session) {
  const auto stub = session.Stub<v1::IncidentService>();
  v1::ListUnresolvedPlacesRequest request;
  const auto all = AllPages<v1::ListUnresolvedPlacesResponse>(
      session, request, [&](auto... call) { return stub->ListUnresolvedPlaces(call...); });
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

struct ResolveOptions {
  std::string name, address, locality;
  double easting_m = 0, northing_m = 0;
  int epsg_code = 3006;
  bool has_position = false, dismiss = false;
};

v1::ResolvePlaceRequest MakeRequest(const ResolveOptions& options) {
  if (options.dismiss + options.has_position + !options.address.empty() != 1) {
    throw BadInput("review resolve needs one of --address, --position and --dismiss");
  }
  v1::ResolvePlaceRequest request;
  request.set_incident_name(options.name.find('/') == std::string::npos ? "incidents/" + options.name
                                                                        : options.name);
  if (options.dismiss) {
    request.mutable_dismissal();
  } else if (options.has_position) {
    v1::StatedPosition& position = *request.mutable_place()->mutable_position();
    position.set_epsg_code(options.epsg_code);
    position.mutable_point()->set_easting_m(options.easting_m);
    position.mutable_point()->set_northing_m(options.northing_m);
  } else {
    request.mutable_place()->set_address(options.address);
    request.mutable_place()->set_locality(options.locality);
  }
  return request;
}

void Resolve(Session& session, const ResolveOptions& options) {
  const auto stub = session.Stub<v1::IncidentService>();
  const auto context = session.Context();
  v1::ResolvePlaceResponse response;
  session.Check(stub->ResolvePlace(context.get(), MakeRequest(options), &response));
  if (session.json()) {
    session.PrintJson(response);
    return;
  }
  std::printf(session.Say("%d händelser utredda.\n", "%d incidents resolved.\n"),
              response.incident_names_size());
  if (response.has_match()) {
    PrintMatch(session, response.match());
  }
  for (const v1::Picture& picture : response.stale_pictures()) {
    std::printf(
        session.Say("  %s (%s) är inaktuell: gör om den.\n", "  %s (%s) is out of date: make it again.\n"),
        picture.name().c_str(), QuarterText(picture.quarter(), session.swedish()).c_str());
  }
}

}  // namespace

void AddReviewCommand(CLI::App& app, CommandLine& line) {
  CLI::App* group =
      app.add_subcommand("review",
                         "Lists places that could not be resolved; internal, kept 90 days at most\n"
                         "Example: lagesbild --store l.db review");
  group->require_subcommand(0, 1);
  group->callback([&line, group] {
    if (group->get_subcommands().empty()) {
      line.run = [](Session& session) { List(session); };
    }
  });
  const auto options = std::make_shared<ResolveOptions>();
  CLI::App* resolve = group->add_subcommand(
      "resolve",
      "Says where a place is; every incident with the same text follows, later deliveries too\n"
      "Example: lagesbild --store l.db review resolve incidents/7 --address \"Storgatan 12\" --locality "
      "Heby");
  resolve->add_option("NAME", options->name, "As listed: incidents/7")->required();
  resolve->add_option("--address", options->address, "Address or name as the register writes it");
  resolve->add_option("--locality", options->locality, "Its locality");
  CLI::Option* position = resolve->add_option_function<std::pair<double, double>>(
      "--position",
      [options](const std::pair<double, double>& at) {
        options->easting_m = at.first;
        options->northing_m = at.second;
        options->has_position = true;
      },
      "Easting and northing in meters");
  resolve->add_option("--crs", options->epsg_code, "EPSG code of --position; default 3006")->needs(position);
  resolve->add_flag("--dismiss", options->dismiss, "Nobody can know: the text is deleted");
  resolve->callback(
      [&line, options] { line.run = [options](Session& session) { Resolve(session, *options); }; });
}

}  // namespace lagesbild::tools
