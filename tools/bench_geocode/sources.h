#pragma once

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "geo/geocoder.h"
#include "tools/bench_geocode/bench.h"
#include "tools/bench_geocode/query.h"
#include "tools/bench_geocode/register.h"

namespace lagesbild::tools::bench {

/// The registers and query files that a run was told of. Missing files end the run with geo::InvalidInput
/// where their part was named, else are told once on stderr.
class BenchSources {
 public:
  explicit BenchSources(const GeocodeBenchOptions& options) : options_(options) {}

  bool own_register() const { return !options_.register_file.empty(); }
  /// One's own; else Malmö, Malmö as its file is (without a postal town, code "malmo_bare"), Elverum and the
  /// demo municipality.
  std::vector<BenchRegister> Registers();
  /// The register for what needs one alone: one's own, else Malmö. Null when there is none.
  const BenchRegister* First();
  const geo::Geocoder& FirstGeocoder();
  /// A query file against the first register.
  std::vector<BenchQuery> ReadAgainstFirst(const std::filesystem::path& file);

  bool Have(const std::filesystem::path& file);
  std::filesystem::path Malmo() const { return Folder() / "malmo" / "malmo_adresser.csv"; }
  std::filesystem::path MalmoNoisy() const { return Folder() / "malmo" / "malmo_noisy_queries.csv"; }
  std::filesystem::path Elverum() const { return Folder() / "elverum" / "elverum_no_adresser.csv"; }
  std::filesystem::path Philadelphia(const char* file) const { return Folder() / "philadelphia" / file; }

 private:
  std::filesystem::path Folder() const { return options_.data; }
  BenchRegister OwnRegister() const;

  const GeocodeBenchOptions& options_;
  std::set<std::filesystem::path> told_;
  std::unique_ptr<BenchRegister> first_;
  std::unique_ptr<geo::Geocoder> geocoder_;
};

}  // namespace lagesbild::tools::bench
