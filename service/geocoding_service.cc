#include "geo/errors.h"
#include "service/convert.h"
#include "service/limits.h"
#include "service/services.h"

namespace lagesbild::service {
namespace {

/// A position needs no register: it is brought into the municipality's CRS as it is.
geo::GeocodeMatch FromCoordinates(const v1::StatedPosition& stated, const geo::Projection& municipality) {
  const geo::PlanePoint point{geo::Meters{stated.point().easting_m()},
                              geo::Meters{stated.point().northing_m()}};
  const geo::Projection projection{geo::Epsg{stated.epsg_code()}};
  geo::GeocodeMatch match;
  match.level = geo::MatchLevel::kCoordinate;
  match.position = municipality.Forward(projection.Inverse(point));
  return match;
}

v1::GeocodeMatch Find(const v1::PlaceQuery& query, const LoadedMunicipality& loaded,
                      const geo::Projection& projection) {
  const geo::GeocodeMatch match =
      query.has_position() ? FromCoordinates(query.position(), projection)
                           : loaded.geocoder.Geocode({query.address(), query.locality(), query.postcode()});
  return ToProto(match, projection, match.placed() && loaded.study_area.contains(match.position));
}

}  // namespace

grpc::Status GeocodingServiceImpl::Geocode(grpc::ServerContext* context, const v1::GeocodeRequest* request,
                                           v1::GeocodeResponse* response) {
  return with_.gate.Run(context, "lagesbild.v1.GeocodingService/Geocode", [&](const Call&) {
    Violations violations;
    CheckPlaceQuery(request->query(), "query", violations);
    violations.ThrowIfAny();
    const auto loaded = with_.gazetteer.Get();
    *response->mutable_match() = Find(request->query(), *loaded, geo::Projection(loaded->municipality.crs));
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
    const auto loaded = with_.gazetteer.Get();
    const geo::Projection projection(loaded->municipality.crs);
    for (const v1::PlaceQuery& query : request->queries()) {
      if (call.stop().stop_requested()) {
        throw geo::Cancelled();
      }
      *response->add_matches() = Find(query, *loaded, projection);
    }
  });
}

}  // namespace lagesbild::service
