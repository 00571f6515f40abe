#include "tools/bench_geocode/scan.h"

#include <algorithm>
#include <array>
#include <set>

#include "tools/bench_geocode/text.h"

namespace lagesbild::tools::bench {
namespace {

constexpr int kMost = 2;

std::string Bytes(const std::u32string& plain) {
  std::string bytes;
  for (const char32_t c : plain) bytes += c < 0x80 ? static_cast<char>(c) : '?';
  return bytes;
}

/// Whether two names lie within distance 2. Rows are read from a band around the diagonal alone.
bool Within2(const std::string& a, const std::string& b) {
  const int rows = static_cast<int>(a.size()), columns = static_cast<int>(b.size());
  constexpr int kLongest = 96, kNone = kMost + 1;
  if (rows - columns > kMost || columns - rows > kMost || rows > kLongest || columns > kLongest) return false;
  // Cell k of a row stands for column i + k - 2; cell -1 and 5 are never near.
  std::array<int, 5> before{kNone, kNone, kNone, kNone, kNone}, last{kNone, kNone, 0, 1, 2}, now{};
  for (int i = 1; i <= rows; ++i) {
    int least = kNone;
    for (int k = 0; k < 5; ++k) {
      const int j = i + k - kMost;
      const auto at = static_cast<std::size_t>(k);
      now[at] = kNone;
      if (j < 0 || j > columns) continue;
      if (j == 0) {
        now[at] = i;
        least = std::min(least, i);
        continue;
      }
      const char x = a[static_cast<std::size_t>(i - 1)], y = b[static_cast<std::size_t>(j - 1)];
      int best = last[at] + (x == y ? 0 : 1);
      if (k < 4) best = std::min(best, last[at + 1] + 1);
      if (k > 0) best = std::min(best, now[at - 1] + 1);
      if (i > 1 && j > 1 && x == b[static_cast<std::size_t>(j - 2)] &&
          y == a[static_cast<std::size_t>(i - 2)])
        best = std::min(best, before[at] + 1);
      now[at] = std::min(best, kNone);
      least = std::min(least, now[at]);
    }
    if (least > kMost) return false;
    before = last;
    last = now;
  }
  return last[static_cast<std::size_t>(columns - rows + kMost)] <= kMost;
}

/// The same distance from the whole table.
bool Within2ByWholeTable(const std::string& a, const std::string& b) {
  const std::size_t width = b.size() + 1;
  std::vector<int> table((a.size() + 1) * width);
  const auto cell = [&](std::size_t row, std::size_t column) -> int& { return table[row * width + column]; };
  for (std::size_t i = 0; i <= a.size(); ++i) cell(i, 0) = static_cast<int>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) cell(0, j) = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      int best = std::min(
          {cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        best = std::min(best, cell(i - 2, j - 2) + 1);
      cell(i, j) = best;
    }
  return cell(a.size(), b.size()) <= kMost;
}

}  // namespace

LinearScan::LinearScan(const geo::Gazetteer& gazetteer) {
  std::set<std::string> names;
  for (const geo::Address& address : gazetteer.addresses) names.insert(Bytes(Plain(address.area)));
  names_.assign(names.begin(), names.end());
}

std::size_t LinearScan::Count(const std::string& name) const {
  return static_cast<std::size_t>(std::count_if(
      names_.begin(), names_.end(), [&](const std::string& other) { return Within2(name, other); }));
}

std::size_t LinearScan::CountByWholeTables(const std::string& name) const {
  return static_cast<std::size_t>(std::count_if(names_.begin(), names_.end(), [&](const std::string& other) {
    return Within2ByWholeTable(name, other);
  }));
}

std::string LinearScan::NameOf(const std::string& address) {
  const std::size_t digit = address.find_first_of("0123456789");
  return Bytes(Plain(digit == 0 || digit == std::string::npos ? address : address.substr(0, digit)));
}

}  // namespace lagesbild::tools::bench
