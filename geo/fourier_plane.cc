#include "geo/fourier_plane.h"

#include <kissfft/kissfft.hh>

#include "geo/errors.h"
#include "geo/parallel.h"

namespace lagesbild::geo {

std::size_t FourierSize(std::size_t least) {
  for (std::size_t size = least < 1 ? 1 : least;; ++size) {
    std::size_t rest = size;
    for (const std::size_t factor : {2u, 3u, 5u})
      while (rest % factor == 0) rest /= factor;
    if (rest == 1) return size;
  }
}

void FourierPlane::Transform(bool inverse, int threads, std::stop_token stop) {
  using Transformer = kissfft<double>;
  constexpr std::size_t kTogether = 8;  // columns that share their cache lines
  const auto slots = static_cast<std::size_t>(ThreadCount(threads));
  const auto look = [&] {
    if (stop.stop_requested()) throw Cancelled();
  };
  std::vector<Transformer> along_row(slots, Transformer(columns_, inverse));
  std::vector<Transformer> along_column(slots, Transformer(rows_, inverse));
  std::vector<std::vector<std::complex<double>>> buffers(slots);
  ParallelFor(threads, rows_, [&](std::size_t row, std::size_t slot) {
    look();
    buffers[slot].resize(columns_);
    std::complex<double>* values = &values_[row * columns_];
    along_row[slot].transform(values, buffers[slot].data());
    std::copy(buffers[slot].begin(), buffers[slot].end(), values);
  });
  for (auto& buffer : buffers) buffer.assign((kTogether + 1) * rows_, {});
  ParallelFor(threads, (columns_ + kTogether - 1) / kTogether, [&](std::size_t part, std::size_t slot) {
    look();
    const std::size_t first = part * kTogether, end = std::min(columns_, first + kTogether);
    std::complex<double>* const columns = buffers[slot].data();
    std::complex<double>* const result = columns + kTogether * rows_;
    for (std::size_t row = 0; row < rows_; ++row)
      for (std::size_t column = first; column < end; ++column)
        columns[(column - first) * rows_ + row] = At(column, row);
    for (std::size_t column = first; column < end; ++column) {
      along_column[slot].transform(columns + (column - first) * rows_, result);
      std::copy(result, result + rows_, columns + (column - first) * rows_);
    }
    for (std::size_t row = 0; row < rows_; ++row)
      for (std::size_t column = first; column < end; ++column)
        At(column, row) = columns[(column - first) * rows_ + row];
  });
}

FourierPlane FourierPlane::Times(const FourierPlane& other) const {
  FourierPlane product(columns_, rows_);
  const double scale = 1 / static_cast<double>(values_.size());
  for (std::size_t i = 0; i < values_.size(); ++i) product.values_[i] = values_[i] * other.values_[i] * scale;
  return product;
}

}  // namespace lagesbild::geo
