#include "tools/bench_geocoder_folds.h"

#include <algorithm>
#include <limits>

#include "geo/geocoder.h"
#include "tools/noise_numbers.h"
#include "tools/noise_register.h"

namespace lagesbild::tools {
namespace {

void Add(const geo::GeocodeMatch& match, geo::PlanePoint truth, EstimateErrors& errors) {
  const double error_m = DistanceMeters(match.position, truth);
  errors.error_m.push_back(error_m);
  errors.inside += error_m <= match.accuracy_radius.value() ? 1 : 0;
}

struct Missing {
  const StreetSide* side;
  const HouseNumber* house;
};

void Ask(const geo::Geocoder& geocoder, const NoiseRegister& places, const std::vector<Missing>& missing,
         FoldErrors& errors) {
  for (const auto& [side, house] : missing) {
    const std::string text = side->street + " " + std::to_string(house->number);
    const geo::GeocodeMatch match =
        geocoder.Geocode({.address = text, .postcode = places.address(house->addresses.front()).postcode});
    ++errors.asked;
    if (match.level == geo::MatchLevel::kInterpolated)
      Add(match, house->middle, errors.between);
    else if (match.level == geo::MatchLevel::kInterpolatedEnd)
      Add(match, house->middle, errors.end);
    else
      ++errors.elsewhere;
  }
}

}  // namespace

double EstimateErrors::Quantile(double share) const {
  if (error_m.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::vector<double> sorted = error_m;
  std::sort(sorted.begin(), sorted.end());
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

double EstimateErrors::InsideShare() const {
  return error_m.empty() ? std::numeric_limits<double>::quiet_NaN()
                         : static_cast<double>(inside) / static_cast<double>(error_m.size());
}

FoldErrors LeaveOutInFolds(const geo::Gazetteer& gazetteer, std::uint64_t seed, int folds) {
  const NoiseRegister places(gazetteer);
  const std::vector<StreetSide> sides = SidesOf(places);
  const auto fold_count = static_cast<std::size_t>(folds);
  NoiseRandom random(seed, "folds");
  std::vector<std::vector<Missing>> missing(fold_count);
  for (const StreetSide& side : sides) {
    const std::size_t start = random.Below(fold_count);
    for (std::size_t n = 0; n < side.numbers.size(); ++n)
      missing[(start + n) % fold_count].push_back({&side, &side.numbers[n]});
  }
  FoldErrors errors;
  for (const std::vector<Missing>& fold : missing) {
    std::vector<int> dropped;
    for (const Missing& m : fold)
      dropped.insert(dropped.end(), m.house->addresses.begin(), m.house->addresses.end());
    Ask(geo::Geocoder(Without(gazetteer, dropped)), places, fold, errors);
  }
  return errors;
}

}  // namespace lagesbild::tools
