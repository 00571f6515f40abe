#include "service/place_key.h"

#include "geo/geocoder.h"

namespace lagesbild::service {

std::string PlaceKeyOf(const Hmac& keys, std::string_view address, std::string_view locality) {
  return keys.HexOf("place\n" + geo::NormalizedPlaceKey(address, locality));
}

}  // namespace lagesbild::service
