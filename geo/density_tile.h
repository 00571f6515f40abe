#pragma once

#include <cstddef>
#include <cstdint>

#include "geo/density_sources.h"
#include "geo/kernel_density.h"

namespace lagesbild::geo {

/// A tile of the raster and the buffers of the thread that fills it. `differences` has DifferenceWidth
/// doubles for each of stride x rows columns, 0 between two uses; `scratch` has stride doubles.
struct DensityTile {
  int first_column = 0, first_row = 0, columns = 0, rows = 0;
  std::size_t stride = 0;  ///< at least columns + 2 kTileBlock
  double scale = 1;        ///< cells per unit of the polynomials
  double* differences = nullptr;
  double* scratch = nullptr;
  /// Null, or rows x (stride / kTileBlock + 1) marks, 0 between two uses, of the blocks of columns with
  /// differences: where sources are few most blocks have none, and need no sums.
  std::uint8_t* marks = nullptr;
};

/// Columns that are evaluated together, whatever the vector width.
inline constexpr int kTileBlock = 8;
inline constexpr int kMostTileRows = 64;
/// A cell whose center is on the rim belongs to the disc, also where rounding says otherwise.
inline constexpr double kDiscRim = 1e-12;

/// The exponent m of the polynomial kernels (1 - q²)^m; -1 for the others.
constexpr int PolynomialPower(Kernel kernel) {
  switch (kernel) {
    case Kernel::kUniform:
      return 0;
    case Kernel::kEpanechnikov:
      return 1;
    case Kernel::kQuartic:
      return 2;
    case Kernel::kTriweight:
      return 3;
    case Kernel::kTriangular:
    case Kernel::kGaussian:
      break;
  }
  return -1;
}

/// Doubles per column that the row differences of a kernel take.
constexpr std::size_t DifferenceWidth(Kernel kernel) {
  return PolynomialPower(kernel) < 0 ? 1 : PolynomialPower(kernel) < 2 ? 4 : 8;
}

/// Adds w (1 - q²)^power of every source, scaled by (radius / scale)^(2 power), as differences along the
/// rows: polynomials in the column begin and end where the support does. Sources may have radii of their own.
void AddRowDifferences(int power, const DensityTile& tile, const SourceSpan& sources, double radius);
/// Turns the differences of one row into values x factor and clears them. `add`: onto what `row` holds.
template <class Value>
void EvaluateRow(int power, const DensityTile& tile, int row, double factor, bool add, Value* values);

/// Adds w times the kernel with peak 1 of every source, cell by cell, into `differences` (one double per
/// column). `radius` is in cells, of the Gaussian the standard deviation, and `reach` how many of those it
/// reaches.
void AddDirect(Kernel kernel, const DensityTile& tile, const SourceSpan& sources, double radius,
               double reach);
/// Takes the sums of AddDirect out of one row, as EvaluateRow.
template <class Value>
void TakeRow(const DensityTile& tile, int row, double factor, bool add, Value* values);

/// Sums of sources at one location, the i-th source of a span in place i modulo kTileBlock.
struct LocationSums {
  double values[kTileBlock] = {};  ///< weight x kernel with peak 1
  double here[kTileBlock] = {};    ///< weights of the sources at the location itself, where they are left out
};
/// Adds the sources of a span at a location in cells. `others`: without those that lie at the location
/// itself.
void AddAt(Kernel kernel, double x, double y, const SourceSpan& sources, double radius, bool others,
           LocationSums& sums);

/// Adds values, and values x (column from 0), to kTileBlock sums each: one for every eighth column. NaN
/// counts as 0.
void SumRow(const double* values, int columns, double* mass, double* moment);
void SumRow(const float* values, int columns, double* mass, double* moment);

/// Name of the instruction set that is used; for reports.
const char* VectorTarget();

}  // namespace lagesbild::geo
