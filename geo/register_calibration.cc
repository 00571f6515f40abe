#include "geo/register_calibration.h"

#include <algorithm>
#include <cmath>

namespace lagesbild::geo {
namespace {

/// Fewer errors than this say nothing about a tenth of them.
constexpr std::size_t kEnough = 100;
constexpr double kCovered = 0.9;

double Distance(PlanePoint a, PlanePoint b) {
  return std::hypot(a.easting.value() - b.easting.value(), a.northing.value() - b.northing.value());
}

/// The value that covers nine tenths; `otherwise` when there are too few.
double Covering(std::vector<double> values, double otherwise) {
  if (values.size() < kEnough) return otherwise;
  const auto rank = static_cast<std::size_t>(std::ceil(kCovered * static_cast<double>(values.size()))) - 1;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank), values.end());
  return values[rank];
}

}  // namespace

double InterpolatedRadius(const RegisterCalibration& calibration, double gap_m) {
  return std::max(calibration.least_m, calibration.gap_share * gap_m);
}

Calibrator::Calibrator(const AddressStyle& style) {
  defaults_.gap_share = style.default_gap_share;
  if (style.default_end_m > 0) defaults_.end_m = style.default_end_m;
}

void Calibrator::AddLine(std::span<const NumberPoint> line) {
  for (const NumberPoint& left_out : line) {
    const NumberEstimate estimate = EstimateNumber(line, left_out.number);
    const double error_m = Distance(estimate.position, left_out.position);
    switch (estimate.kind) {
      case NumberEstimate::Kind::kBetween:
        gap_shares_.push_back(error_m <= defaults_.least_m ? 0 : error_m / std::max(1.0, estimate.gap_m));
        break;
      case NumberEstimate::Kind::kBeyondEnd:
        ends_m_.push_back(error_m);
        break;
      case NumberEstimate::Kind::kOutOfRange:
        break;
    }
  }
}

void Calibrator::AddLetters(std::span<const double> distances_m) {
  letters_m_.insert(letters_m_.end(), distances_m.begin(), distances_m.end());
}

RegisterCalibration Calibrator::Result() const {
  RegisterCalibration result = defaults_;
  result.gap_share = Covering(gap_shares_, defaults_.gap_share);
  result.end_m = Covering(ends_m_, defaults_.end_m);
  result.letter_m = Covering(letters_m_, defaults_.letter_m);
  result.street_by_own = gap_shares_.size() >= kEnough;
  return result;
}

}  // namespace lagesbild::geo
