#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/address_style.h"
#include "geo/number_line.h"

namespace lagesbild::geo {

/// Distances within which 90 % of a register's own points lie from where they would be put without them
/// (geocoding.md 3.1): measured on the register, each point left out in turn; the style's defaults where it
/// is too small to measure on.
struct RegisterCalibration {
  double gap_share = 0.5;      ///< of the gap between the neighbors, INTERPOLATED
  double least_m = 10;         ///< INTERPOLATED, however small the gap
  double end_m = 89;           ///< INTERPOLATED_END
  double letter_m = 28;        ///< ADDRESS_NUMBER: a number without its letter
  bool street_by_own = false;  ///< STREET: nine tenths of the street's own addresses, else at least 366 m
  friend bool operator==(const RegisterCalibration&, const RegisterCalibration&) = default;

  /// Into and out of a compiled index: every member.
  template <class Self, class Io>
  static void Transfer(Self& self, Io& io) {
    io.Value("gap_share", self.gap_share);
    io.Value("least_m", self.least_m);
    io.Value("end_m", self.end_m);
    io.Value("letter_m", self.letter_m);
    io.Value("street_by_own", self.street_by_own);
  }
  /// Whether each is a distance or a share; a damaged index may hold anything.
  bool Plausible() const {
    const auto amount = [](double value) { return value >= 0 && value <= 1e7; };
    return amount(gap_share) && amount(least_m) && amount(end_m) && amount(letter_m);
  }
};

double InterpolatedRadius(const RegisterCalibration& calibration, double gap_m);

/// Collects leave-one-out errors.
class Calibrator {
 public:
  explicit Calibrator(const AddressStyle& style);
  /// One stretch of a street, by number. O(n log n).
  void AddLine(std::span<const NumberPoint> line);
  /// The points of one number with several letters: distances from their middle, in meters.
  void AddLetters(std::span<const double> distances_m);
  RegisterCalibration Result() const;

 private:
  RegisterCalibration defaults_;
  std::vector<double> gap_shares_, ends_m_, letters_m_;
};

}  // namespace lagesbild::geo
