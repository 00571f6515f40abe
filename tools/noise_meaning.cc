#include "tools/noise_meaning.h"

#include "tools/noise_text.h"

namespace lagesbild::tools {
namespace {

constexpr double kSamePlaceM = 50;

/// The address's own query; equal when the register has the address twice, far apart.
NoisyQuery QueryOf(const NoiseRegister& places, const geo::Address& address) {
  NoisyQuery query;
  query.truths = places.PlacesOf(address);
  for (const geo::PlanePoint& p : query.truths)
    query.has_equal = query.has_equal || DistanceMeters(p, query.truths.front()) > kSamePlaceM;
  return query;
}

}  // namespace

std::optional<NoisyQuery> MeaningOf(const NoiseRegister& places, const geo::Address& address,
                                    const std::string& spoilt, int own_distance, const NameForm& form) {
  if (own_distance > 0 && places.HasFolded(spoilt)) return std::nullopt;
  NoisyQuery query = QueryOf(places, address);
  for (const NoiseRegister::Street* rival : places.Rivals(address)) {
    const int distance = EditDistance(form(*rival), spoilt, own_distance);
    if (distance == 0 && own_distance > 0) return std::nullopt;
    query.has_equal = query.has_equal || distance == own_distance;
    query.has_nearer = query.has_nearer || distance < own_distance;
  }
  return query;
}

std::optional<NoisyQuery> MeaningOfStructure(const NoiseRegister& places, const geo::Address& address,
                                             const std::string& spoilt, const NameForm& form) {
  if (places.HasFolded(spoilt)) return std::nullopt;
  NoisyQuery query = QueryOf(places, address);
  const std::string own = form(places.StreetOf(address));
  for (const NoiseRegister::Street* rival : places.Rivals(address)) {
    query.has_equal = query.has_equal || form(*rival) == own;
    query.has_nearer = query.has_nearer || EditDistance(rival->folded, spoilt, 1) <= 1;
  }
  return query;
}

}  // namespace lagesbild::tools
