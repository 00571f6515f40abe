#include "tools/bench_geocode/query.h"

#include <array>
#include <cstdio>
#include <fstream>

#include "maps/errors.h"

namespace lagesbild::tools::bench {
namespace {

std::string Quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n;") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string Centimeters(double value) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%.2f", value);
  return text.data();
}

}  // namespace

const char* ExpectCode(Expect expect) {
  switch (expect) {
    case Expect::kPlace:
      return "place";
    case Expect::kPlaceOrAmbiguous:
      return "place_or_ambiguous";
    case Expect::kAmbiguous:
      return "ambiguous";
    case Expect::kCoarse:
      return "coarse";
    case Expect::kNothing:
      break;
  }
  return "nothing";
}

void WriteQueries(const std::vector<BenchQuery>& queries, const std::filesystem::path& file) {
  std::ofstream out(file, std::ios::binary);
  out << "class,query,locality,postcode,expect,truths,tolerance_m\n";
  for (const BenchQuery& query : queries) {
    std::string truths;
    for (const geo::PlanePoint& truth : query.truths)
      truths += (truths.empty() ? "" : ";") + Centimeters(truth.easting.value()) + " " +
                Centimeters(truth.northing.value());
    out << query.query_class << ',' << Quoted(query.address) << ',' << Quoted(query.locality) << ','
        << query.postcode << ',' << ExpectCode(query.expect) << ',' << Quoted(truths) << ','
        << Centimeters(query.tolerance_m) << '\n';
  }
  out.close();
  if (!out) throw maps::IoError(file.string(), "cannot be written");
}

}  // namespace lagesbild::tools::bench
