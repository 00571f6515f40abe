#include <algorithm>
#include <span>

#include "geo/errors.h"
#include "service/convert.h"
#include "service/corrected_places.h"
#include "service/limits.h"
#include "service/services.h"
#include "service/stream.h"

namespace lagesbild::service {
namespace {

geo::PlanePoint InPlane(const v1::StatedPosition& stated, const geo::Projection& municipality,
                        ProjectionPool& projections) {
  const geo::PlanePoint point{geo::Meters{stated.point().easting_m()},
                              geo::Meters{stated.point().northing_m()}};
  return municipality.Forward(projections.Lend(geo::Epsg{stated.epsg_code()})->Inverse(point));
}

/// Answers queries of one call against one version of the registers.
class Finder {
 public:
  Finder(const Dependencies& with, ProjectionPool& projections, DecisionLookup lookup)
      : loaded_(with.gazetteer.Get()),
        projections_(projections),
        projection_(projections.Lend(loaded_->municipality.crs)),
        places_(with.store, loaded_->geocoder, loaded_->municipality.crs, lookup) {}

  v1::GeocodeMatch Find(const v1::PlaceQuery& query) const {
    CorrectedMatch found;
    if (query.has_position()) {  // needs no register: brought into the municipality's CRS as it is
      found.match.level = geo::MatchLevel::kCoordinate;
      found.match.position = InPlane(query.position(), *projection_, projections_);
    } else {
      found = places_.Find({query.address(), query.locality(), query.postcode()});
    }
    v1::GeocodeMatch match =
        ToProto(found.match, *projection_,
                found.match.placed() && loaded_->study_area.contains(found.match.position));
    if (found.resolved_by != 0) match.set_resolution_name("resolutions/" + std::to_string(found.resolved_by));
    return match;
  }

 private:
  std::shared_ptr<const LoadedMunicipality> loaded_;
  ProjectionPool& projections_;
  ProjectionPool::Lent projection_;
  CorrectedPlaces places_;
};

/// Answers one message of a stream. `first` is the index of its first query.
v1::StreamGeocodeResponse Answer(const Finder& finder, const v1::StreamGeocodeRequest& request,
                                 std::int64_t first) {
  v1::StreamGeocodeResponse response;
  for (const v1::PlaceQuery& query : request.queries()) {
    v1::StreamGeocodeResult& result = *response.add_results();
    result.set_index(first + response.results_size() - 1);
    const auto refuse = [&](const std::vector<FieldViolation>& violations) {
      for (const FieldViolation& violation : violations)
        result.mutable_error()->add_violations(violation.field + ": " + violation.description);
    };
    try {
      Violations violations;
      CheckPlaceQuery(query, "queries[" + std::to_string(result.index()) + "]", violations);
      violations.ThrowIfAny();
      *result.mutable_match() = finder.Find(query);
    } catch (const InvalidRequest& error) {
      refuse(error.violations);
    } catch (const geo::InvalidInput&) {
      refuse({{"queries[" + std::to_string(result.index()) + "].position",
               "lies outside its coordinate system"}});
    }
  }
  return response;
}

v1::StreetSide ToProto(geo::StreetSide side) {
  return side == geo::StreetSide::kLeft    ? v1::STREET_SIDE_LEFT
         : side == geo::StreetSide::kRight ? v1::STREET_SIDE_RIGHT
                                           : v1::STREET_SIDE_UNSPECIFIED;
}

}  // namespace

grpc::Status GeocodingServiceImpl::Geocode(grpc::ServerContext* context, const v1::GeocodeRequest* request,
                                           v1::GeocodeResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.GeocodingService/Geocode", [&](const Call&) {
    Violations violations;
    CheckPlaceQuery(request->query(), "query", violations);
    violations.ThrowIfAny();
    *response->mutable_match() = Finder(with_, projections_, DecisionLookup::kOne).Find(request->query());
  });
}

grpc::Status GeocodingServiceImpl::BatchGeocode(grpc::ServerContext* context,
                                                const v1::BatchGeocodeRequest* request,
                                                v1::BatchGeocodeResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.GeocodingService/BatchGeocode", [&](const Call& call) {
    Violations violations;
    if (request->queries_size() < 1 || request->queries_size() > limits::kBatchQueries) {
      violations.Add("queries", "must be 1 to " + std::to_string(limits::kBatchQueries));
      violations.ThrowIfAny();
    }
    for (int i = 0; i < request->queries_size(); ++i) {
      CheckPlaceQuery(request->queries(i), "queries[" + std::to_string(i) + "]", violations);
    }
    violations.ThrowIfAny();
    const Finder finder(with_, projections_, DecisionLookup::kAll);
    for (const v1::PlaceQuery& query : request->queries()) {
      if (call.stop().stop_requested()) {
        throw geo::Cancelled();
      }
      *response->add_matches() = finder.Find(query);
    }
  });
}

grpc::Status GeocodingServiceImpl::StreamGeocode(
    grpc::ServerContext* context,
    grpc::ServerReaderWriter<v1::StreamGeocodeResponse, v1::StreamGeocodeRequest>* stream) {
  return with_.gate.Run(context, "lagesbild.v1.GeocodingService/StreamGeocode", [&](const Call& call) {
    const Finder finder(with_, projections_, DecisionLookup::kAll);
    // One message at a time: what the reader has not taken is all that is held for it.
    v1::StreamGeocodeRequest request;
    std::int64_t asked = 0;
    while (call.watch.Timed(limits::kIdleUpload, [&] { return stream->Read(&request); })) {
      if (request.queries_size() < 1 || request.queries_size() > limits::kStreamBatch) {
        throw InvalidRequest("queries", "must be 1 to " + std::to_string(limits::kStreamBatch) +
                                            " in each request of the stream");
      }
      if (asked + request.queries_size() > limits::kStreamQueries) {
        throw Exhausted("a stream takes at most " + std::to_string(limits::kStreamQueries) +
                        " queries; go on in another one");
      }
      const v1::StreamGeocodeResponse response = Answer(finder, request, asked);
      asked += request.queries_size();
      if (call.stop().stop_requested() ||
          !call.watch.Timed(limits::kBlockedWrite, [&] { return stream->Write(response); })) {
        throw geo::Cancelled();
      }
    }
    if (call.gone()) {
      throw geo::Cancelled();
    }
  });
}

grpc::Status GeocodingServiceImpl::ReverseGeocode(grpc::ServerContext* context,
                                                  const v1::ReverseGeocodeRequest* request,
                                                  v1::ReverseGeocodeResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.GeocodingService/ReverseGeocode", [&](const Call&) {
    Violations violations;
    if (request->has_position()) {
      CheckStatedPosition(request->position(), "position", violations);
    } else {
      violations.Add("position", "is missing");
    }
    const double limit_m = request->max_distance_m() == 0 ? limits::kNearestM : request->max_distance_m();
    if (!(limit_m >= limits::kMinNearestM && limit_m <= limits::kMaxNearestM)) {
      violations.Add("max_distance_m", "must be 1 to 5000 meters, or 0 for 200");
    }
    violations.ThrowIfAny();
    const auto loaded = with_.gazetteer.Get();
    const ProjectionPool::Lent projection = projections_.Lend(loaded->municipality.crs);
    const geo::PlanePoint point = InPlane(request->position(), *projection, projections_);
    const geo::NearestAddress nearest = loaded->geocoder.Nearest(point, geo::Meters{limit_m});
    response->set_inside_boundary(loaded->study_area.contains(point));
    response->set_locality(std::string(loaded->localities.NameAt(point)));
    response->set_district(std::string(loaded->districts.NameAt(point)));
    if (!nearest.found) {
      return;
    }
    v1::NearestAddress& found = *response->mutable_nearest();
    found.set_label(nearest.label);
    *found.mutable_position() = ToProto(projection->Inverse(nearest.position));
    *found.mutable_plane_position() = ToProto(nearest.position);
    found.set_epsg_code(static_cast<int>(projection->crs()));
    found.set_distance_m(nearest.distance_m);
    found.set_side(ToProto(nearest.side));
  });
}

grpc::Status GeocodingServiceImpl::SuggestPlaces(grpc::ServerContext* context,
                                                 const v1::SuggestPlacesRequest* request,
                                                 v1::SuggestPlacesResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.GeocodingService/SuggestPlaces", [&](const Call&) {
    Violations violations;
    if (request->text().empty() || request->text().size() > limits::kTypedBytes) {
      violations.Add("text", "must have 1 to " + std::to_string(limits::kTypedBytes) + " bytes");
    }
    if (request->max_suggestions() < 0 || request->max_suggestions() > limits::kMaxSuggestions) {
      violations.Add("max_suggestions", "must be 1 to " + std::to_string(limits::kMaxSuggestions) +
                                            ", or 0 for " + std::to_string(limits::kSuggestions));
    }
    violations.ThrowIfAny();
    const int most = request->max_suggestions() == 0 ? limits::kSuggestions : request->max_suggestions();
    const auto loaded = with_.gazetteer.Get();
    const ProjectionPool::Lent projection = projections_.Lend(loaded->municipality.crs);
    for (const geo::Suggestion& suggestion :
         loaded->geocoder.Suggest(request->text(), static_cast<std::size_t>(most))) {
      v1::PlaceSuggestion& told = *response->add_suggestions();
      told.set_label(suggestion.text);
      told.set_level(service::ToProto(suggestion.level));
      const geo::GeocodeMatch match = loaded->geocoder.Geocode({suggestion.text});
      if (!match.placed()) {
        continue;
      }
      *told.mutable_position() = ToProto(projection->Inverse(match.position));
      *told.mutable_plane_position() = ToProto(match.position);
      told.set_epsg_code(static_cast<int>(projection->crs()));
    }
  });
}

}  // namespace lagesbild::service
