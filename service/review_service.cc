#include "service/convert.h"
#include "service/decided_place.h"
#include "service/limits.h"
#include "service/paging.h"
#include "service/resolve_place.h"
#include "service/services.h"

namespace lagesbild::service {
namespace {

PlaceContext ContextOf(const LoadedMunicipality& loaded) {
  return {loaded.geocoder, loaded.study_area, loaded.municipality.crs};
}

PlaceResolution FromProto(const v1::ResolvePlaceRequest& request, Violations& violations) {
  PlaceResolution resolution;
  resolution.incident_id = IdOfName(request.incident_name(), "incidents", "incident_name");
  switch (request.resolution_case()) {
    case v1::ResolvePlaceRequest::kPlace:
      CheckPlaceQuery(request.place(), "place", violations);
      resolution.address = request.place().address();
      resolution.locality = request.place().locality();
      break;
    case v1::ResolvePlaceRequest::kDismissal:
      resolution.dismiss = true;
      break;
    case v1::ResolvePlaceRequest::kCandidateNumber:
      resolution.candidate = request.candidate_number();
      if (resolution.candidate < 1) violations.Add("candidate_number", "must be 1 or more");
      break;
    case v1::ResolvePlaceRequest::RESOLUTION_NOT_SET:
      violations.Add("resolution", "is missing; give `place`, `candidate_number` or `dismissal`");
  }
  resolution.reason = FromProto(request.reason(), violations);
  if (request.note().size() > limits::kNoteBytes)
    violations.Add("note", "must have at most " + std::to_string(limits::kNoteBytes) + " bytes");
  resolution.note = request.note();
  return resolution;
}

v1::RegisterStanding StandingToProto(RegisterStanding standing) {
  switch (standing) {
    case RegisterStanding::kSame:
      return v1::REGISTER_STANDING_SAME;
    case RegisterStanding::kMoved:
      return v1::REGISTER_STANDING_MOVED;
    case RegisterStanding::kNotFound:
      return v1::REGISTER_STANDING_NOT_FOUND;
    case RegisterStanding::kNone:
      break;
  }
  return v1::REGISTER_STANDING_UNSPECIFIED;
}

/// The decision with its text, where an incident that follows it keeps one.
v1::Resolution Told(Store& store, const PlaceDecision& decision, const LoadedMunicipality& loaded) {
  std::string text, locality;
  for (const KeyedIncident& one : store.IncidentsOfDecision(decision.id)) {
    if (!one.text) continue;
    text = one.text->text;
    locality = one.text->locality;
    break;
  }
  const auto latest = store.DecisionOfKey(decision.place_key);
  const bool alone = decision.place_key.empty();
  v1::Resolution told = ToProto(decision, alone || (latest && latest->id == decision.id), text, locality);
  if (decision.crs == loaded.municipality.crs)
    told.set_register_standing(StandingToProto(PlaceOf(decision, loaded.geocoder).standing));
  return told;
}

}  // namespace

grpc::Status IncidentServiceImpl::ListUnresolvedPlaces(grpc::ServerContext* context,
                                                       const v1::ListUnresolvedPlacesRequest* request,
                                                       v1::ListUnresolvedPlacesResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.IncidentService/ListUnresolvedPlaces", [&](const Call&) {
    std::shared_ptr<const LoadedMunicipality> loaded;  // only where there is something to choose between
    const std::string ambiguous(geo::UnplacedReasonCode(geo::UnplacedReason::kAmbiguous));
    AnswerPage(
        *request, response, limits::kPageSize, limits::kMaxPageSize,
        [&](std::int64_t after, int limit) { return with_.store.ListUnresolved(after, limit); },
        [&](const UnresolvedPlace& place) {
          v1::UnresolvedPlace& told = *response->add_places();
          told = ToProto(place);
          if (place.reason != ambiguous) return;
          if (!loaded) loaded = with_.gazetteer.Get();
          const auto stored = with_.store.IncidentsById({place.incident_id});
          if (stored.empty()) return;
          const geo::GeocodeMatch match = loaded->geocoder.Geocode(
              {place.text, place.locality, {}, std::chrono::sys_days{stored.front().incident.date}});
          for (const std::string& candidate : match.candidates) told.add_candidates(candidate);
        });
  });
}

grpc::Status IncidentServiceImpl::ResolvePlace(grpc::ServerContext* context,
                                               const v1::ResolvePlaceRequest* request,
                                               v1::ResolvePlaceResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.IncidentService/ResolvePlace", [&](const Call& call) {
    Violations violations;
    PlaceResolution resolution = FromProto(*request, violations);
    violations.ThrowIfAny();
    const auto loaded = with_.gazetteer.Get();
    const geo::Projection projection(loaded->municipality.crs);
    if (request->place().has_position()) {
      const v1::StatedPosition& stated = request->place().position();
      resolution.position = projection.Forward(
          geo::Projection(geo::Epsg{stated.epsg_code()})
              .Inverse({geo::Meters{stated.point().easting_m()}, geo::Meters{stated.point().northing_m()}}));
    }
    resolution.by = call.caller.name;
    resolution.at = with_.clock();
    const ResolutionOutcome outcome =
        service::ResolvePlace(with_.store, ContextOf(*loaded), resolution, call.stop());
    for (const std::int64_t id : outcome.incident_ids) {
      response->add_incident_names("incidents/" + std::to_string(id));
    }
    if (outcome.match.placed()) {
      *response->mutable_match() =
          ToProto(outcome.match, projection, loaded->study_area.contains(outcome.match.position));
    }
    for (const PictureRecord& picture : outcome.stale) {
      *response->add_stale_pictures() = ToProto(picture, false, true);
    }
    *response->mutable_resolution() = Told(with_.store, outcome.decision, *loaded);
  });
}

grpc::Status IncidentServiceImpl::ListResolutions(grpc::ServerContext* context,
                                                  const v1::ListResolutionsRequest* request,
                                                  v1::ListResolutionsResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.IncidentService/ListResolutions", [&](const Call&) {
    std::shared_ptr<const LoadedMunicipality> loaded;  // only where there is a decision, and so a register
    AnswerPage(
        *request, response, limits::kPageSize, limits::kMaxPageSize,
        [&](std::int64_t after, int limit) { return with_.store.ListDecisions(after, limit); },
        [&](const PlaceDecision& decision) {
          if (!loaded) loaded = with_.gazetteer.Get();
          *response->add_resolutions() = Told(with_.store, decision, *loaded);
        });
  });
}

grpc::Status IncidentServiceImpl::UndoResolution(grpc::ServerContext* context,
                                                 const v1::UndoResolutionRequest* request,
                                                 v1::UndoResolutionResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.IncidentService/UndoResolution", [&](const Call& call) {
    const std::int64_t id = IdOfName(request->name(), "resolutions", "name");
    const auto loaded = with_.gazetteer.Get();
    const UndoneResolution undone = service::UndoResolution(with_.store, ContextOf(*loaded), id,
                                                            call.caller.name, with_.clock(), call.stop());
    for (const std::int64_t incident : undone.incident_ids) {
      response->add_incident_names("incidents/" + std::to_string(incident));
    }
    response->set_waiting_count(undone.waiting);
    response->set_register_count(undone.by_register);
    response->set_earlier_version_count(undone.by_earlier_version);
    for (const PictureRecord& picture : undone.stale) {
      *response->add_stale_pictures() = ToProto(picture, false, true);
    }
    *response->mutable_resolution() = Told(with_.store, undone.decision, *loaded);
  });
}

}  // namespace lagesbild::service
