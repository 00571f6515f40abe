// Measured against the real registers: errors and radii with each point left out, and blocks of another year.
// Prints the figures; asserts the floors of geocoding.md section 5.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "geo/register_index.h"
#include "tests/geo/shared_registers.h"

namespace lagesbild::geo {
namespace {

using shared::Row;

double Quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

struct LeftOut {
  std::vector<double> between_m, end_m, letter_m;
  double between_inside = 0, end_inside = 0, letter_inside = 0;  // shares within the stated radius
};

/// Every number of the register left out in turn; every letter against the middle of its number.
LeftOut LeaveOut(const RegisterIndex& index) {
  LeftOut result;
  for (std::size_t stretch = 0; stretch + 1 < index.line_starts.size(); ++stretch) {
    const auto line = index.LineOf(static_cast<int>(stretch));
    for (const NumberPoint& point : line) {
      const NumberEstimate estimate = EstimateNumber(line, point.number);
      const double error_m = shared::Distance(estimate.position, point.position);
      if (estimate.kind == NumberEstimate::Kind::kBetween) {
        result.between_m.push_back(error_m);
        result.between_inside +=
            error_m <= InterpolatedRadius(index.calibration.street, estimate.gap_m) ? 1 : 0;
      } else if (estimate.kind == NumberEstimate::Kind::kBeyondEnd) {
        result.end_m.push_back(error_m);
        result.end_inside += error_m <= EndRadius(index.calibration.street, estimate.gap_m) ? 1 : 0;
      }
    }
  }
  std::map<std::pair<int, int>, std::vector<double>> letters_m;  // by stretch and number
  for (const NamedAddresses& street : index.streets)
    for (const int i : street.addresses) {
      const AddressView a = index.address(i);
      const int stretch = index.stretch[static_cast<std::size_t>(i)];
      const auto line = index.LineOf(stretch);
      const auto middle =
          std::find_if(line.begin(), line.end(), [&](const NumberPoint& p) { return p.number == a.number; });
      if (a.letter.empty() || middle == line.end()) continue;
      const double error_m = shared::Distance(middle->position, a.position);
      if (error_m > 0) letters_m[{stretch, a.number}].push_back(error_m);  // 0: the only letter
    }
  for (auto& [number, errors_m] : letters_m) {
    const double own_m = NineTenths(errors_m), usual_m = index.calibration.letter_m;
    const double radius_m = own_m > kWideNumber * usual_m ? own_m : usual_m;
    for (const double error_m : errors_m) {
      result.letter_m.push_back(error_m);
      result.letter_inside += error_m <= radius_m ? 1 : 0;
    }
  }
  result.between_inside /= static_cast<double>(result.between_m.size());
  result.end_inside /= static_cast<double>(result.end_m.size());
  result.letter_inside /= static_cast<double>(result.letter_m.size());
  return result;
}

void Report(const char* name, const LeftOut& measured, const RegisterCalibration& calibration) {
  std::printf(
      "%s: between p50/p90/p95 %.1f/%.1f/%.1f m (n=%zu, %.1f %% inside, %.2f of the gap); beyond the end "
      "%.1f/%.1f m (%.1f %% inside %.0f m); letter %.1f/%.1f m (%.1f %% inside %.0f m)\n",
      name, Quantile(measured.between_m, 0.5), Quantile(measured.between_m, 0.9),
      Quantile(measured.between_m, 0.95), measured.between_m.size(), 100 * measured.between_inside,
      calibration.street.gap_share, Quantile(measured.end_m, 0.5), Quantile(measured.end_m, 0.9),
      100 * measured.end_inside, calibration.street.end_m, Quantile(measured.letter_m, 0.5),
      Quantile(measured.letter_m, 0.9), 100 * measured.letter_inside, calibration.letter_m);
}

void ExpectRadiiHold(const LeftOut& measured) {
  for (const double inside : {measured.between_inside, measured.end_inside, measured.letter_inside}) {
    EXPECT_GE(inside, 0.85);
    EXPECT_LE(inside, 0.95);
  }
}

TEST(GeocoderMeasures, KeepToTheFloorsInMalmo) {
  if (!std::filesystem::exists(shared::kData / "malmo"))
    GTEST_SKIP() << "../shared/data/malmo not found: 1 test skipped";
  const RegisterIndex index(shared::Malmo());
  const LeftOut measured = LeaveOut(index);
  Report("Malmö", measured, index.calibration);
  EXPECT_GT(measured.between_m.size(), 30000U);
  EXPECT_LE(Quantile(measured.between_m, 0.5), 10);
  EXPECT_LE(Quantile(measured.between_m, 0.95), 45);
  ExpectRadiiHold(measured);
}

TEST(GeocoderMeasures, KeepToTheFloorsInElverum) {
  if (!std::filesystem::exists(shared::kData / "elverum"))
    GTEST_SKIP() << "../shared/data/elverum not found: 1 test skipped";
  const RegisterIndex index(shared::Elverum());
  const LeftOut measured = LeaveOut(index);
  Report("Elverum", measured, index.calibration);
  EXPECT_GT(measured.between_m.size(), 7000U);
  EXPECT_LE(Quantile(measured.between_m, 0.5), 25);
  EXPECT_LE(Quantile(measured.between_m, 0.95), 160);
  ExpectRadiiHold(measured);
}

TEST(GeocoderMeasures, FindEveryAddressOfElverumByItsOwnSpelling) {
  if (!std::filesystem::exists(shared::kData / "elverum"))
    GTEST_SKIP() << "../shared/data/elverum not found: 1 test skipped";
  const Geocoder geocoder(shared::Elverum());
  int asked = 0, found = 0;
  for (const Address& a : geocoder.gazetteer().addresses) {
    const GeocodeMatch match = geocoder.Geocode(
        {.address = a.area + " " + std::to_string(a.number) + a.letter, .postcode = a.postcode});
    ++asked;
    found += match.placed() && shared::Distance(match.position, a.position) <= 25 ? 1 : 0;
  }
  EXPECT_GE(found, asked * 999 / 1000) << "of " << asked;
}

TEST(GeocoderMeasures, KeepToTheFloorsInPhiladelphia) {
  if (!std::filesystem::exists(shared::kData / "philadelphia"))
    GTEST_SKIP() << "../shared/data/philadelphia not found: 1 test skipped";
  const Geocoder geocoder(shared::Philadelphia());
  const Projection projection(shared::kPhiladelphiaCrs);
  double asked = 0, answered = 0, in_100_m = 0, in_250_m = 0, over_1_km = 0, confident = 0;
  std::map<MatchLevel, std::pair<int, int>> inside;  // of its radius, of all
  shared::ForEachRow("philadelphia/philadelphia_geocode_pairs_dev_2019-2020.csv", [&](const Row& row) {
    ++asked;
    const GeocodeMatch match = geocoder.Geocode({.address = row.at("query_text")});
    if (!match.placed()) return;
    const double error_m = shared::Distance(match.position, shared::LonLatPoint(projection, row));
    ++answered;
    in_100_m += error_m <= 100 ? 1 : 0;
    in_250_m += error_m <= 250 ? 1 : 0;
    over_1_km += error_m > 1000 ? 1 : 0;
    confident += error_m > 1000 && match.category != MatchCategory::kC ? 1 : 0;
    inside[match.level].first += error_m <= match.accuracy_radius.value() ? 1 : 0;
    ++inside[match.level].second;
  });
  std::printf(
      "Philadelphia: %.1f %% answered, %.1f %% within 100 m, %.1f %% within 250 m, %.2f %% over 1 km "
      "(%.2f %% in category A or B) of %.0f\n",
      100 * answered / asked, 100 * in_100_m / asked, 100 * in_250_m / asked, 100 * over_1_km / asked,
      100 * confident / asked, asked);
  for (const auto& [level, count] : inside)
    std::printf("  %s: %.1f %% of %d inside the radius\n", std::string(MatchLevelCode(level)).c_str(),
                100.0 * count.first / count.second, count.second);
  EXPECT_GE(answered, 0.88 * asked);
  EXPECT_GE(in_100_m, 0.53 * asked);
  EXPECT_GE(in_250_m, 0.69 * asked);
  EXPECT_LE(over_1_km, 0.011 * asked);
  for (const MatchLevel level :
       {MatchLevel::kAddressNumber, MatchLevel::kInterpolated, MatchLevel::kInterpolatedEnd}) {
    const double share = static_cast<double>(inside[level].first) / inside[level].second;
    EXPECT_GE(share, 0.85) << MatchLevelCode(level);
    EXPECT_LE(share, 0.95) << MatchLevelCode(level);
  }
}

}  // namespace
}  // namespace lagesbild::geo
