#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include "geo/geocoder.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/small_gazetteer.h"

using namespace lagesbild::geo;

/// Three texts with a 0 byte between: address, locality, postcode.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Geocoder geocoder(lagesbild::fuzz::SmallGazetteer());
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const auto next = [&] {
    const std::string_view text = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(rest.size(), text.size() + 1));
    return text;
  };
  PlaceQuery query;
  query.address = next();
  query.locality = next();
  query.postcode = next();
  const GeocodeMatch match = geocoder.Geocode(query), again = geocoder.Geocode(query);
  FUZZ_CHECK(match.placed() == (match.reason == UnplacedReason::kNone));
  FUZZ_CHECK(!match.placed() ||
             (std::isfinite(match.position.easting.value()) && match.accuracy_radius.value() > 0));
  FUZZ_CHECK(!match.placed() || !match.matched.empty());
  FUZZ_CHECK(match.reason != UnplacedReason::kAmbiguous || match.candidates.size() >= 2);
  FUZZ_CHECK(match.candidates.size() <= 10);
  FUZZ_CHECK(match.placed() == (match.category != MatchCategory::kNone));
  FUZZ_CHECK(match.placed() || !match.faults.empty());
  FUZZ_CHECK(match.faults.size() == match.fault_spans.size() && match.span.begin <= match.span.end);
  FUZZ_CHECK(match.score >= 0 && match.score <= 100 && match.span.end <= query.address.size());
  FUZZ_CHECK(geocoder.Suggest(query.address).size() <= 10);
  FUZZ_CHECK(match.matched == again.matched && match.faults == again.faults &&
             match.candidates == again.candidates);
  const std::string key = NormalizedPlaceKey(query.address, query.locality);
  FUZZ_CHECK(key == NormalizedPlaceKey(query.address, query.locality));
  return 0;
}
