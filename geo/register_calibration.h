#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/address_style.h"
#include "geo/number_line.h"

namespace lagesbild::geo {

/// Distances within which 90 % of the numbers of streets, or of villages, lie from where they would be put
/// without them.
struct LineCalibration {
  double gap_share = 0.5;  ///< of the gap between the neighbors, INTERPOLATED
  double least_m = 10;     ///< INTERPOLATED, however small the gap
  double end_m = 89;       ///< INTERPOLATED_END, however near the last number
  double end_share = 0;    ///< of a typical distance for as many numbers, INTERPOLATED_END
  friend bool operator==(const LineCalibration&, const LineCalibration&) = default;

  template <class Self, class Io>
  static void Transfer(Self& self, Io& io) {
    io.Value("gap_share", self.gap_share);
    io.Value("least_m", self.least_m);
    io.Value("end_m", self.end_m);
    io.Value("end_share", self.end_share);
  }
  /// Whether each is a distance or a share; a damaged index may hold anything.
  bool Plausible() const {
    const auto amount = [](double value) { return value >= 0 && value <= 1e7; };
    return amount(gap_share) && amount(least_m) && amount(end_m) && amount(end_share);
  }
};

/// Distances within which 90 % of a register's own points lie from where they would be put without them
/// (geocoding.md 3.1): measured on the register, each point left out in turn; the style's defaults where it
/// is too small to measure on. The numbers of a village or farm follow no line as those of a street do.
struct RegisterCalibration {
  LineCalibration street, village;
  double letter_m = 28;        ///< ADDRESS_NUMBER: a number without its letter
  bool street_by_own = false;  ///< STREET: nine tenths of the street's own addresses, else at least 366 m
  friend bool operator==(const RegisterCalibration&, const RegisterCalibration&) = default;

  /// Into and out of a compiled index: every member.
  template <class Self, class Io>
  static void Transfer(Self& self, Io& io) {
    io.In("street", [&] { LineCalibration::Transfer(self.street, io); });
    io.In("village", [&] { LineCalibration::Transfer(self.village, io); });
    io.Value("letter_m", self.letter_m);
    io.Value("street_by_own", self.street_by_own);
  }
  bool Plausible() const {
    return street.Plausible() && village.Plausible() && letter_m >= 0 && letter_m <= 1e7;
  }
};

double InterpolatedRadius(const LineCalibration& calibration, double gap_m);
/// `gap_m` of an estimate beyond the last number.
double EndRadius(const LineCalibration& calibration, double gap_m);
/// From so many times the usual distance on, a number's letters are a place of their own size.
inline constexpr double kWideNumber = 3;
/// The distance within which nine tenths lie; `distances_m` are not empty and come out in another order.
double NineTenths(std::span<double> distances_m);

/// Collects leave-one-out errors.
class Calibrator {
 public:
  explicit Calibrator(const AddressStyle& style);
  /// One stretch of a street, or a village, by number. O(n log n).
  void AddLine(std::span<const NumberPoint> line, bool village = false);
  /// A number that is a stretch by itself: without it its place is sought on the street's other stretches.
  void AddLone(const NumberPoint& lone, std::span<const std::span<const NumberPoint>> others, bool village);
  /// The points of one number with several letters: distances from their middle, in meters.
  void AddLetters(std::span<const double> distances_m);
  RegisterCalibration Result() const;

 private:
  struct End {
    double error_m, gap_m;
  };
  struct Letter {
    double distance_m, number_m;  ///< from the middle; nine tenths of the number's letters
  };
  struct Errors {
    std::vector<double> gap_shares;
    std::vector<End> ends;
  };
  void Add(const NumberEstimate& estimate, PlanePoint truth, Errors& errors) const;
  static void Set(const Errors& errors, LineCalibration& result);

  RegisterCalibration defaults_;
  Errors street_, village_;
  std::vector<Letter> letters_;
};

}  // namespace lagesbild::geo
