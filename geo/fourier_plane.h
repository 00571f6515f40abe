#pragma once

#include <complex>
#include <cstddef>
#include <stop_token>
#include <vector>

namespace lagesbild::geo {

/// The next size that a fast Fourier transform takes well: only 2, 3 and 5 divide it.
std::size_t FourierSize(std::size_t least);

/// A periodic plane of complex numbers, row-major, for convolutions.
class FourierPlane {
 public:
  FourierPlane(std::size_t columns, std::size_t rows)
      : columns_(columns), rows_(rows), values_(columns * rows) {}
  std::size_t columns() const { return columns_; }
  std::size_t rows() const { return rows_; }
  std::complex<double>& At(std::size_t column, std::size_t row) { return values_[row * columns_ + column]; }
  std::complex<double> At(std::size_t column, std::size_t row) const {
    return values_[row * columns_ + column];
  }

  /// Fourier transform in both directions, in place. Cost: O(n log n). Throws Cancelled.
  void Transform(bool inverse, int threads, std::stop_token stop);
  /// The product, divided by the number of values: after the inverse transform the convolution.
  FourierPlane Times(const FourierPlane& other) const;

 private:
  std::size_t columns_, rows_;
  std::vector<std::complex<double>> values_;
};

}  // namespace lagesbild::geo
