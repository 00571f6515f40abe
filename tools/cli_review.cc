#include "tools/cli_review.h"

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
    for (int i = 0; i < place.candidates_size(); ++i)
      table.Add({"", "", "", "--candidate " + std::to_string(i + 1), place.candidates(i)});
  }
  table.Print();
}

struct ResolveOptions {
  std::string name, address, locality;
  double easting_m = 0, northing_m = 0;
  int epsg_code = 3006;
  bool has_position = false, dismiss = false;
  int candidate = 0;
  std::string reason, note;
};

v1::ResolvePlaceRequest MakeRequest(const ResolveOptions& options) {
  if (options.dismiss + options.has_position + !options.address.empty() + (options.candidate != 0) != 1) {
    throw BadInput("review resolve needs one of --address, --candidate, --position and --dismiss");
  }
  v1::ResolvePlaceRequest request;
  request.set_incident_name(options.name.find('/') == std::string::npos ? "incidents/" + options.name
                                                                        : options.name);
  if (!options.reason.empty()) request.set_reason(ParseResolutionReason(options.reason));
  request.set_note(options.note);
  if (options.dismiss) {
    request.mutable_dismissal();
  } else if (options.candidate != 0) {
    request.set_candidate_number(options.candidate);
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
  // The reporter's words stay where they are kept: `review` lists them, nothing repeats them.
  response.mutable_resolution()->clear_text();
  response.mutable_resolution()->clear_locality();
  if (session.json()) {
    session.PrintJson(response);
    return;
  }
  std::printf(
      session.Say("%d händelser utredda (%s, version %d).\n", "%d incidents resolved (%s, version %d).\n"),
      response.incident_names_size(), response.resolution().name().c_str(), response.resolution().version());
  if (response.has_match()) {
    PrintMatch(session, response.match());
  }
  PrintStalePictures(session, response.stale_pictures());
}

void AddResolve(CLI::App& group, CommandLine& line) {
  const auto options = std::make_shared<ResolveOptions>();
  CLI::App* resolve = group.add_subcommand(
      "resolve",
      "Says where a place is; every incident with the same text follows, later deliveries too\n"
      "Example: lagesbild --store l.db review resolve incidents/7 --address \"Storgatan 12\" --locality "
      "Heby --reason local-name");
  resolve->add_option("NAME", options->name, "As listed: incidents/7")->required();
  resolve->add_option("--address", options->address, "Address or name as the register writes it");
  resolve->add_option("--locality", options->locality, "Its locality");
  resolve->add_option("--candidate", options->candidate, "Number of the candidate, as `review` lists them")
      ->check(CLI::Range(1, 1000));
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
  resolve->add_option("--reason", options->reason, "Why")->check(CLI::IsMember(ResolutionReasonWords()));
  resolve->add_option("--note", options->note,
                      "More on why, at most 200 bytes; never names or numbers of people");
  resolve->callback(
      [&line, options] { line.run = [options](Session& session) { Resolve(session, *options); }; });
}

void AddHistory(CLI::App& group, CommandLine& line) {
  const auto with_texts = std::make_shared<bool>(false);
  CLI::App* history =
      group.add_subcommand("history",
                           "Lists decisions about places, replaced and undone ones included: when, who, why\n"
                           "Example: lagesbild --store l.db review history");
  history->add_flag("--with-texts", *with_texts, "Also the reporters' words, as long as they are kept");
  history->callback([&line, with_texts] {
    line.run = [with_texts](Session& session) { ReviewHistory(session, *with_texts); };
  });
  const auto name = std::make_shared<std::string>();
  CLI::App* undo = group.add_subcommand("undo",
                                        "Takes a decision back: its incidents follow the one before, or the "
                                        "register, or wait again\n"
                                        "Example: lagesbild --store l.db review undo resolutions/5");
  undo->add_option("NAME", *name, "As in the history: resolutions/5")->required();
  undo->callback([&line, name] { line.run = [name](Session& session) { UndoReview(session, *name); }; });
}

void AddReport(CLI::App& group, CommandLine& line) {
  const auto quarters = std::make_shared<std::pair<std::string, std::string>>();
  CLI::App* report = group.add_subcommand(
      "report",
      "Tells how well places are found, which texts would gain most, and points that collect incidents\n"
      "Example: lagesbild --store l.db review report --quarter 2026Q3");
  CLI::Option* first = report->add_option("--quarter", quarters->first, "First quarter; default all");
  report->add_option("--last-quarter", quarters->second, "Last quarter; default the first")->needs(first);
  report->callback([&line, quarters] {
    line.run = [quarters](Session& session) { ReviewReport(session, quarters->first, quarters->second); };
  });
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
  CLI::App* list =
      group->add_subcommand("list",
                            "The same as `review` alone, with the candidates of ambiguous places\n"
                            "Example: lagesbild --store l.db review list");
  list->callback([&line] { line.run = [](Session& session) { List(session); }; });
  AddResolve(*group, line);
  AddHistory(*group, line);
  AddReport(*group, line);
}

}  // namespace lagesbild::tools
