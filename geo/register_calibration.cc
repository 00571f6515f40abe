#include "geo/register_calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace lagesbild::geo {
namespace {

/// Fewer errors than this say nothing about a tenth of them.
constexpr std::size_t kEnough = 100;
constexpr double kCovered = 0.9;
/// Beyond an end a little more: streets with namesakes are ambiguous there and not placed, and those that are
/// placed are rather the long roads of the country.
constexpr double kCoveredEnds = 0.915;

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

/// The value that covers a share; the values come out in another order.
double Rank(std::span<double> values, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size()))) - 1;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank), values.end());
  return values[rank];
}

/// The value that covers nine tenths; `otherwise` when there are too few.
double Covering(std::vector<double> values, double otherwise) {
  return values.size() < kEnough ? otherwise : NineTenths(values);
}

/// Of estimates beyond an end: how large a share of them is within reach of the nearest anyway.
constexpr std::array<double, 6> kWithinLeast{0.9, 0.85, 0.8, 0.7, 0.6, 0.5};

}  // namespace

double NineTenths(std::span<double> distances_m) { return Rank(distances_m, kCovered); }

double EndRadius(const LineCalibration& calibration, double gap_m) {
  return std::max(calibration.end_m, calibration.end_share * gap_m);
}

double InterpolatedRadius(const LineCalibration& calibration, double gap_m) {
  return std::max(calibration.least_m, calibration.gap_share * gap_m);
}

Calibrator::Calibrator(const AddressStyle& style) {
  defaults_.street.gap_share = style.default_gap_share;
  if (style.default_end_m > 0) defaults_.street.end_m = style.default_end_m;
}

void Calibrator::Add(const NumberEstimate& estimate, PlanePoint truth, Errors& errors) const {
  const double error_m = Distance(estimate.position, truth), gap_m = std::max(1.0, estimate.gap_m);
  switch (estimate.kind) {
    case NumberEstimate::Kind::kBetween:
      errors.gap_shares.push_back(error_m <= defaults_.street.least_m ? 0 : error_m / gap_m);
      break;
    case NumberEstimate::Kind::kBeyondEnd:
      errors.ends.push_back({error_m, gap_m});
      break;
    case NumberEstimate::Kind::kOutOfRange:
      break;
  }
}

void Calibrator::AddLine(std::span<const NumberPoint> line, bool village) {
  for (const NumberPoint& left_out : line)
    Add(EstimateNumber(line, left_out.number), left_out.position, village ? village_ : street_);
}

void Calibrator::AddLone(const NumberPoint& lone, std::span<const std::span<const NumberPoint>> others,
                         bool village) {
  NumberEstimate one;
  for (const std::span<const NumberPoint> line : others) {
    const NumberEstimate estimate = EstimateNumber(line, lone.number);
    if (estimate.kind == NumberEstimate::Kind::kOutOfRange) continue;
    if (one.kind != NumberEstimate::Kind::kOutOfRange) return;  // ambiguous, not placed
    one = estimate;
  }
  Add(one, lone.position, village ? village_ : street_);
}

void Calibrator::AddLetters(std::span<const double> distances_m) {
  std::vector<double> of_number(distances_m.begin(), distances_m.end());
  const double number_m = NineTenths(of_number);
  for (const double distance_m : distances_m) letters_.push_back({distance_m, number_m});
}

/// A distance alone, or a share of the gap where that is more: of those that cover nine tenths the one of the
/// smallest radii.
void Calibrator::Set(const Errors& errors, LineCalibration& result) {
  result.gap_share = Covering(errors.gap_shares, result.gap_share);
  const std::vector<End>& ends = errors.ends;
  if (ends.size() < kEnough) return;
  std::vector<double> errors_m;
  for (const End& end : ends) errors_m.push_back(end.error_m);
  std::sort(errors_m.begin(), errors_m.end());
  double least_sum_m = std::numeric_limits<double>::infinity();
  for (const double within : kWithinLeast) {
    const double least_m =
        errors_m[static_cast<std::size_t>(std::ceil(within * static_cast<double>(errors_m.size()))) - 1];
    std::vector<double> shares;
    for (const End& end : ends) shares.push_back(end.error_m <= least_m ? 0 : end.error_m / end.gap_m);
    const double share = Rank(shares, kCoveredEnds);
    double sum_m = 0;
    for (const End& end : ends) sum_m += std::max(least_m, share * end.gap_m);
    if (sum_m >= least_sum_m) continue;
    least_sum_m = sum_m;
    result.end_m = least_m;
    result.end_share = share;
  }
}

RegisterCalibration Calibrator::Result() const {
  RegisterCalibration result = defaults_;
  Set(street_, result.street);
  result.village = result.street;
  Set(village_, result.village);
  std::vector<double> letters_m;
  for (const Letter& letter : letters_) letters_m.push_back(letter.distance_m);
  const double usual_m = Covering(letters_m, defaults_.letter_m);
  // Numbers of a size of their own get a radius of their own.
  letters_m.clear();
  for (const Letter& letter : letters_)
    if (letter.number_m <= kWideNumber * usual_m) letters_m.push_back(letter.distance_m);
  result.letter_m = Covering(letters_m, defaults_.letter_m);
  result.street_by_own = street_.gap_shares.size() >= kEnough;
  return result;
}

}  // namespace lagesbild::geo
